"""Settings, read once from the environment (and `.env`), checked before anything starts.

Each field of `Config` is one environment variable of the same name; `.env.example` lists them all.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args

ROOT = Path(__file__).resolve().parent
AppEnv = Literal["development", "testing", "production"]
SECRET_BYTES = 32


class ConfigError(Exception):
    """A setting is missing or wrong; the message is one line that says what to do."""


@dataclass(frozen=True, kw_only=True)
class Config:
    """Every setting, with its default. Durations are in seconds, sizes in tokens unless a name says otherwise."""

    APP_ENV: AppEnv = "development"
    DATABASE_URL: str = ""
    REDIS_URL: str = ""
    JWT_SECRET_KEY: str = ""
    ACCESS_TOKEN_MINUTES: int = 60
    REFRESH_TOKEN_DAYS: int = 30
    OPENAI_API_KEY: str = ""
    OPENAI_BASE_URL: str = ""
    CHAT_MODEL: str = "gpt-4.1-mini"
    CONTEXT_TOKENS: int = 8000
    REPLY_TOKENS: int = 1000
    MODEL_CONNECT_TIMEOUT: float = 5
    MODEL_SILENCE_TIMEOUT: float = 30
    MODEL_TOTAL_TIMEOUT: float = 120
    TURN_LEASE: float = 30
    HEARTBEAT: float = 15
    RATE_LIMIT_TURNS: str = "120 per minute"
    RATE_LIMIT_AUTH: str = "20 per minute"
    TRUSTED_PROXIES: int = 0
    LOG_LEVEL: str = "INFO"
    PORT: int = 8000
    WEB_CONCURRENCY: int = 1

    @property
    def provider(self) -> Literal["openai", "embedded"]:
        """The model provider: `openai` as soon as there is a key or an address, else the built-in assistant."""
        return "openai" if self.OPENAI_API_KEY or self.OPENAI_BASE_URL else "embedded"

    @property
    def RATELIMIT_STORAGE_URI(self) -> str:  # noqa: N802  (the name flask-limiter reads)
        """Where rate limits are counted: in Redis for all workers together, else in each process."""
        return self.REDIS_URL or "memory://"


def load(environ: Mapping[str, str] = os.environ, *, instance: Path = ROOT / "instance") -> Config:
    """Read, complete and check the settings; raise `ConfigError` with one clear line."""
    values: dict[str, Any] = {}
    for field in fields(Config):
        raw = environ.get(field.name, "").strip()
        if raw:
            values[field.name] = _convert(field.name, raw, field.type)
    if "APP_ENV" in values and values["APP_ENV"] not in get_args(AppEnv):
        raise ConfigError(f"APP_ENV is {values['APP_ENV']!r}; it must be one of {', '.join(get_args(AppEnv))}.")
    if values.get("APP_ENV") != "production":
        _complete_for_development(values, instance)
    values["DATABASE_URL"] = _database_url(values.get("DATABASE_URL", ""))
    config = Config(**values)
    if config.APP_ENV == "production":
        _refuse_unsafe_production(config)
    return config


def _convert(name: str, raw: str, kind: object) -> object:
    if kind not in (int, float):
        return raw
    try:
        number = kind(raw)
    except ValueError:
        raise ConfigError(f"{name} is {raw!r}; it must be a number.") from None
    if number < 0:
        raise ConfigError(f"{name} is {raw!r}; it must not be negative.")
    return number


def _complete_for_development(values: dict[str, Any], instance: Path) -> None:
    """Without settings, development runs on SQLite and a random secret of its own, both under `instance/`."""
    instance.mkdir(exist_ok=True)
    values.setdefault("DATABASE_URL", f"sqlite:///{instance / 'bespoke.db'}")
    if "JWT_SECRET_KEY" not in values:
        kept = instance / "jwt-secret"
        if not kept.exists():
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_hex(SECRET_BYTES))
        values["JWT_SECRET_KEY"] = kept.read_text().strip()


def _database_url(url: str) -> str:
    """`postgresql://` (and the older `postgres://`) means psycopg 3."""
    for scheme in ("postgresql://", "postgres://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def _refuse_unsafe_production(config: Config) -> None:
    if len(config.JWT_SECRET_KEY.encode()) < SECRET_BYTES:
        raise ConfigError(
            f"JWT_SECRET_KEY must be set to at least {SECRET_BYTES} bytes in production: try `openssl rand -hex 32`."
        )
    if not config.DATABASE_URL.startswith("postgresql"):
        raise ConfigError(
            "DATABASE_URL must name a PostgreSQL database in production: postgresql://user:password@host/name."
        )
    if config.WEB_CONCURRENCY > 1 and not config.REDIS_URL:
        raise ConfigError(
            "REDIS_URL must be set in production when WEB_CONCURRENCY is over 1: limits kept per process are no limits."
        )
