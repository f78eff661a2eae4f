"""The group `flask seed`, which the nouns' commands join."""

from app.cli.groups import DatabaseGroup

seed = DatabaseGroup("seed", help="Load users, resumes, postings and demo data. Every command is safe to repeat.")
