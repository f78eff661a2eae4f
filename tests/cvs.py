"""CVs and letters with something everywhere, documents made of them, and the text of a PDF."""

from typing import Any

import pypdfium2
from flask import Flask

from app.cv.data import CvData, Data, Education, Experience, LetterData, PersonalInfo, Project, Skills
from app.documents import StoredDocument, create_or_add_version
from tests.api_client import ApiUser

AMARA = PersonalInfo(
    full_name="Amara Osei",
    title="Backend Engineer",
    phone="+44 20 7946 0321",
    email="amara@example.com",
    linkedin="https://www.linkedin.com/in/amaraosei",
    website="https://amara.example.com",
    location="Leeds, England, GB",
)


def a_cv(**parts: Any) -> CvData:
    """A CV with something in every section; keyword arguments replace sections."""
    sections: dict[str, Any] = {
        "personal_info": AMARA,
        "summary": "Backend engineer with nine years in payments and logistics.",
        "experience": (
            Experience(
                title="Senior Backend Engineer",
                company="Parcelwise",
                location="Leeds",
                start_date="04/2020",
                end_date="Present",
                description_bullets=(
                    "Cut the tracking API's p99 from 900 ms to 120 ms with PostgreSQL partitioning and Redis",
                    "Led the move of 14 services from virtual machines to Kubernetes without an outage",
                ),
            ),
            Experience(
                title="Software Engineer",
                company="Tillpoint",
                start_date="2015",
                end_date="03/2020",
                description_bullets=("Built the card settlement service in Python and Flask",),
            ),
        ),
        "education": (
            Education(
                institution="University of Leeds",
                degree="BSc",
                field_of_study="Computer Science",
                graduation_date="06/2015",
                details="Score: 1st; Distributed systems; Compilers",
            ),
        ),
        "skills": Skills(
            core_competencies=("System design", "Mentoring"),
            software_proficiency=("Python", "PostgreSQL"),
            language_fluency=("English (Native)", "French"),
            certifications=("CKA · Linux Foundation (05/2022)", "PMP"),
        ),
        "key_projects_achievements": (
            Project(
                name="queuecheck",
                description="Finds stuck jobs in message queues\n- Used by 30 teams",
                key_areas_used=("Python", "RabbitMQ"),
            ),
        ),
        "awards_and_recognitions": ("Engineer of the year · Parcelwise (12/2023) — For a year without an outage",),
    }
    return CvData(**(sections | parts))


def a_letter(**parts: Any) -> LetterData:
    """A letter with everything a letter has."""
    whole: dict[str, Any] = {
        "personal_info": AMARA,
        "recipient": "Maria Lopez, Head of Engineering",
        "company": "Harbourline",
        "role": "Lead Engineer",
        "why_company": "Harbourline runs fewer empty trucks every year.",
        "proofs": ("I cut a p99 from 900 ms to 120 ms.", "I led the move of 14 services."),
        "closing": "I would be glad to tell you more.",
    }
    return LetterData(**(whole | parts))


def a_document(app: Flask, user: ApiUser, data: Data | None = None, **parts: Any) -> StoredDocument:
    """A stored document of the user's."""
    data = data or a_cv()
    given = {
        "session_id": None,
        "doc_type": "cv" if isinstance(data, CvData) else "cover_letter",
        "title": "Amara Osei - Engineer CV",
        "template_code": "default",
        **parts,
    }
    with app.app_context():
        return create_or_add_version(user.id, data=data, **given)


def text_of(pdf: bytes) -> str:
    """What a plain extractor reads in a PDF, page after page, with single spaces."""
    pages = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())
