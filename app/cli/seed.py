"""`flask seed user` and `flask seed resume`, and the group they share with the other nouns."""

from flask.cli import AppGroup

seed = AppGroup("seed", help="Load users, resumes, postings and demo data. Every command is safe to repeat.")
