"""Bodies as a frontend would send them, small and whole. Each call gives a new one; keyword arguments replace parts."""

from typing import Any

Body = dict[str, Any]


def a_resume(**parts: Any) -> Body:
    """A JSON Resume with something in every section that has a table; `work=[]` and the like replace a section."""
    return {
        "basics": {
            "name": "Amara Osei",
            "label": "Backend Engineer",
            "email": "amara@example.com",
            "phone": "+44 20 7946 0321",
            "url": "https://amara.example.com",
            "summary": "Backend engineer with nine years in payments and logistics.",
            "location": {"city": "Leeds", "countryCode": "GB"},
        },
        "work": [
            {
                "name": "Parcelwise",
                "position": "Senior Backend Engineer",
                "startDate": "2020-04",
                "summary": "Routing and tracking for 2 million parcels a day.",
                "highlights": [
                    "Cut the tracking API's p99 from 900 ms to 120 ms with PostgreSQL partitioning and Redis",
                    "Led the move of 14 services from virtual machines to Kubernetes without an outage",
                ],
            },
            {
                "name": "Tillpoint",
                "position": "Software Engineer",
                "startDate": "2015-09",
                "endDate": "2020-03",
                "highlights": ["Built the card settlement service in Python and Flask, 40 transactions a second"],
            },
        ],
        "education": [
            {
                "institution": "University of Leeds",
                "studyType": "BSc",
                "area": "Computer Science",
                "startDate": "2012",
                "endDate": "2015",
                "courses": ["Distributed systems"],
            }
        ],
        "skills": [
            {"name": "Backend", "level": "Expert", "keywords": ["Python", "Flask", "PostgreSQL", "Redis"]},
            {"name": "Operations", "keywords": ["Kubernetes", "Terraform"]},
        ],
        "projects": [
            {
                "name": "queuecheck",
                "description": "Finds stuck jobs in message queues",
                "highlights": ["Used by 30 teams"],
                "keywords": ["Python", "RabbitMQ"],
            }
        ],
        **parts,
    }


POSTING = """\
Harbourline moves freight across northern Europe. We are looking for somebody who likes systems that must not stop.

What you will do
- Own the booking API, from design to the night it misbehaves
- Split a large Django application into services that can be released on their own

What we ask for
- 5+ years of Python in production
- Strong SQL, PostgreSQL preferred
- Experience with Kubernetes and Terraform
- Kafka or another event log

Nice to have
- Go
- Experience in logistics

What we offer
- 30 days of leave, a train card, and a quiet office by the water
"""


def a_job(**parts: Any) -> Body:
    """A posting in its plain form."""
    return {
        "title": "Senior Backend Engineer",
        "company": "Harbourline",
        "location": "Hull, United Kingdom",
        "url": "https://harbourline.example.com/jobs/17",
        "description": POSTING,
        **parts,
    }
