"""The application factory: a table of contents of what the service is made of."""

from flask import Flask

from app import api, cli, engine, limits, logins
from app.extensions import db, migrate
from config import Config


def create_app(config: Config) -> Flask:
    """Build the application from its settings: extensions, then the HTTP side, then the commands."""
    app = Flask(__name__, static_folder=None)
    app.config.from_object(config)
    app.config["SQLALCHEMY_DATABASE_URI"] = config.DATABASE_URL

    db.init_app(app)
    migrate.init_app(app, db)
    logins.init_app(app)
    limits.init_app(app)
    engine.init_app(app)

    api.init_app(app)
    cli.init_app(app)
    return app
