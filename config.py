"""Settings, read once from the environment and `.env`, checked before anything starts.

Each field of `Config` is one environment variable of the same name; `.env.example` lists them all. The environment
wins over `.env`, and an empty value is no value. A wrong one is refused with one line that says what to do.
"""

import fcntl
import math
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

from dotenv import dotenv_values

ROOT = Path(__file__).resolve().parent
SECRET_LENGTH = 32
_LIMIT = r"\d+ ?(/|per) ?(\d+ ?)?(second|minute|hour|day|month|year)s?"


class ConfigError(Exception):
    """A setting is missing or wrong; the message is one line that says what to do, and never repeats a secret."""


def _number(default: float, least: float, most: float = math.inf) -> Any:
    return field(default=default, metadata={"least": least, "most": most})


def _text(default: str, pattern: str, wanted: str) -> Any:
    return field(default=default, metadata={"pattern": re.compile(pattern), "wanted": wanted})


def _secret(pattern: str = ".*", wanted: str = "") -> Any:
    return field(default="", repr=False, metadata={"pattern": re.compile(pattern), "wanted": wanted, "secret": True})


def _limit(default: str) -> Any:
    return _text(default, rf"{_LIMIT}([;,|] ?{_LIMIT})*", "a rate like `20 per minute`, or several joined by `;`")


@dataclass(frozen=True, kw_only=True)
class Config:
    """Every setting, with its default. Durations are in seconds, sizes in tokens unless a name says otherwise."""

    APP_ENV: Literal["development", "testing", "production"] = _text(
        "development", "development|testing|production", "one of development, testing, production"
    )
    DATABASE_URL: str = _secret(
        r"(sqlite:///|postgres(ql)?(\+psycopg)?://).+", "an address that begins with postgresql:// or sqlite:///"
    )
    REDIS_URL: str = _secret(r"(rediss?|unix)://.+", "an address that begins with redis:// or rediss://")
    JWT_SECRET_KEY: str = _secret(
        f".{{{SECRET_LENGTH},}}", f"at least {SECRET_LENGTH} characters: try `openssl rand -hex 32`"
    )
    ENCRYPTION_KEY: str = _secret(
        f".{{{SECRET_LENGTH},}}", f"at least {SECRET_LENGTH} characters: try `openssl rand -hex 32`"
    )
    ACCESS_TOKEN_MINUTES: int = _number(60, 1, 24 * 60)
    REFRESH_TOKEN_DAYS: int = _number(30, 1, 365)
    MODEL_PROVIDER: Literal["auto", "embedded", "openai"] = _text(
        "auto", "auto|embedded|openai", "one of auto, embedded, openai"
    )
    OPENAI_API_KEY: str = _secret()
    OPENAI_BASE_URL: str = _text("", r"https?://\S+", "an address that begins with https:// or http://")
    CHAT_MODEL: str = _text("gpt-4.1-mini", r"\S{1,200}", "the name of a model, without blanks")
    CONTEXT_TOKENS: int = _number(8000, 1000)
    REPLY_TOKENS: int = _number(1000, 16)
    MODEL_CONNECT_TIMEOUT: float = _number(5, 0.1, 60)
    MODEL_SILENCE_TIMEOUT: float = _number(30, 0.1, 600)
    MODEL_TOTAL_TIMEOUT: float = _number(120, 0.1, 3600)
    TURN_LEASE: float = _number(30, 1, 3600)
    HEARTBEAT: float = _number(15, 0.1, 60)
    CREDITS_ON_SIGNUP: int = _number(10, 0, 1_000_000)
    CANCEL_ALLOWANCE: int = _number(20, 0, 10_000)
    RATE_LIMIT_TURNS: str = _limit("120 per minute")
    RATE_LIMIT_AUTH: str = _limit("20 per minute")
    TRUSTED_PROXIES: int = _number(0, 0, 10)
    LOG_LEVEL: str = _text("INFO", "DEBUG|INFO|WARNING|ERROR", "one of DEBUG, INFO, WARNING, ERROR")
    PORT: int = _number(8000, 1, 65535)
    WEB_CONCURRENCY: int = _number(1, 1, 256)

    @property
    def SQLALCHEMY_ENGINE_OPTIONS(self) -> dict[str, Any]:  # noqa: N802  (the name flask-sqlalchemy reads)
        """Errors never print what a statement carried; on PostgreSQL nothing waits for ever for the database."""
        options: dict[str, Any] = {"hide_parameters": True}
        if self.DATABASE_URL.startswith("postgresql"):
            bounds = "-c statement_timeout=15s -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s"
            alive = {"keepalives_idle": 30, "tcp_user_timeout": 30_000}  # a server that vanished answers nothing
            # A transaction is CPU between short waits: more than a few at once in a worker only all finish later.
            pool = {"pool_pre_ping": True, "pool_size": 5, "max_overflow": 0}
            options |= pool | {"connect_args": {"connect_timeout": 5, "options": bounds, **alive}}
        return options


def load(environ: Mapping[str, str] | None = None, *, instance: Path = ROOT / "instance") -> Config:
    """Read, complete and check the settings; raise `ConfigError` with one clear line.

    Without `environ` they come from `.env` and, before it, from the process's environment. `instance` is the folder
    that keeps what development makes for itself: a database and two secrets.
    """
    if environ is None:
        environ = {name: value or "" for name, value in dotenv_values(ROOT / ".env").items()} | dict(os.environ)
    given = {setting.name: environ.get(setting.name, "").strip() for setting in fields(Config)}
    values: dict[str, Any] = {
        setting.name: _checked(setting, given[setting.name]) for setting in fields(Config) if given[setting.name]
    }
    if values.get("APP_ENV") != "production":
        _complete_for_development(values, instance)
    values["DATABASE_URL"] = _with_driver(values.get("DATABASE_URL", ""))
    config = Config(**values)
    _refuse_contradictions(config)
    if config.APP_ENV == "production":
        _refuse_unsafe_production(config)
    return config


def _checked(setting: "Field[Any]", raw: str) -> object:
    """The value of one setting in its own type, within its bounds."""
    if setting.type in (int, float):
        return _checked_number(setting, raw)
    if setting.metadata["pattern"].fullmatch(raw) is None:
        shown = "" if setting.metadata.get("secret") else f" is {raw!r}; it"
        raise ConfigError(f"{setting.name}{shown} must be {setting.metadata['wanted']}.")
    return raw


def _checked_number(setting: "Field[Any]", raw: str) -> float:
    kind, least, most = setting.type, setting.metadata["least"], setting.metadata["most"]
    try:
        number = int(raw) if kind is int else float(raw)
    except ValueError:
        raise ConfigError(f"{setting.name} is {raw!r}; it must be a {'whole ' * (kind is int)}number.") from None
    if not least <= number <= most or not math.isfinite(number):
        bounds = f"between {least} and {most}" if math.isfinite(most) else f"at least {least}"
        raise ConfigError(f"{setting.name} is {raw}; it must be {bounds}.")
    return number


def _complete_for_development(values: dict[str, Any], instance: Path) -> None:
    """Without settings, development runs on SQLite and random secrets of its own, all under `instance/`."""
    missing = [name for name in ("DATABASE_URL", "JWT_SECRET_KEY", "ENCRYPTION_KEY") if name not in values]
    if missing:
        try:
            instance.mkdir(parents=True, exist_ok=True)
            values.setdefault("DATABASE_URL", f"sqlite:///{instance / 'bespoke.db'}")
            for name, file in (("JWT_SECRET_KEY", "jwt-secret"), ("ENCRYPTION_KEY", "encryption-key")):
                if name in missing:
                    values[name] = _kept_secret(instance / file)
        except OSError as error:
            raise ConfigError(
                f"{error.filename} cannot be written ({error.strerror}): set {' and '.join(missing)}."
            ) from None


def _kept_secret(path: Path) -> str:
    """The secret in this file, written first if there is none; whoever comes at the same time waits and reads it."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        kept = file.read().strip()
        if len(kept) < SECRET_LENGTH:
            kept = secrets.token_hex()
            file.seek(0)
            file.write(kept)
        return kept


def _with_driver(url: str) -> str:
    """`postgresql://` (and the older `postgres://`) means psycopg 3."""
    return re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", url)


def _refuse_contradictions(config: Config) -> None:
    if config.CONTEXT_TOKENS <= config.REPLY_TOKENS:
        raise ConfigError("CONTEXT_TOKENS must be more than REPLY_TOKENS: a request needs more room than its answer.")


def _refuse_unsafe_production(config: Config) -> None:
    if not config.JWT_SECRET_KEY:
        raise ConfigError("JWT_SECRET_KEY must be set in production: try `openssl rand -hex 32`.")
    if not config.DATABASE_URL.startswith("postgresql"):
        raise ConfigError(
            "DATABASE_URL must name a PostgreSQL database in production: postgresql://user:password@host/name."
        )
    if config.WEB_CONCURRENCY > 1 and not config.REDIS_URL:
        raise ConfigError(
            "REDIS_URL must be set in production when WEB_CONCURRENCY is over 1: limits kept per process are no limits."
        )
