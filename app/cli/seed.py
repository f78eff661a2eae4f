"""The group `flask seed`, which the nouns' commands join."""

from flask.cli import AppGroup

seed = AppGroup("seed", help="Load users, resumes, postings and demo data. Every command is safe to repeat.")
