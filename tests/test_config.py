"""Settings: what is refused, what is completed, and what is never shown."""

import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from limits import parse_many

import config
from config import Config, ConfigError, load

PRODUCTION = {
    "APP_ENV": "production",
    "DATABASE_URL": "postgresql://bespoke:pw@db/bespoke",
    "JWT_SECRET_KEY": "0123456789abcdef" * 2,
}

REFUSED = {
    "unknown environment": ({"APP_ENV": "prod"}, "APP_ENV is 'prod'; it must be one of"),
    "port as a word": ({"PORT": "http"}, "PORT is 'http'; it must be a whole number"),
    "port zero": ({"PORT": "0"}, "PORT is 0; it must be between 1 and 65535"),
    "port too high": ({"PORT": "65536"}, "PORT is 65536"),
    "half a worker": ({"WEB_CONCURRENCY": "1.5"}, "WEB_CONCURRENCY is '1.5'; it must be a whole number"),
    "negative": ({"TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES is -1"),
    "not a number": ({"HEARTBEAT": "nan"}, "HEARTBEAT is nan"),
    "for ever": ({"MODEL_TOTAL_TIMEOUT": "inf"}, "MODEL_TOTAL_TIMEOUT is inf"),
    "no time at all": ({"MODEL_SILENCE_TIMEOUT": "0"}, "MODEL_SILENCE_TIMEOUT is 0; it must be between"),
    "context too small": ({"CONTEXT_TOKENS": "10"}, "CONTEXT_TOKENS is 10; it must be at least 1000"),
    "answer fills context": ({"CONTEXT_TOKENS": "2000", "REPLY_TOKENS": "2000"}, "CONTEXT_TOKENS must be more than"),
    "rate in words": ({"RATE_LIMIT_TURNS": "seldom"}, "RATE_LIMIT_TURNS is 'seldom'; it must be a rate like"),
    "rate without time": ({"RATE_LIMIT_AUTH": "20"}, "RATE_LIMIT_AUTH is '20'"),
    "log level": ({"LOG_LEVEL": "loud"}, "LOG_LEVEL is 'loud'; it must be one of"),
    "model with blanks": ({"CHAT_MODEL": "gpt 5"}, "CHAT_MODEL is 'gpt 5'"),
    "model address": ({"OPENAI_BASE_URL": "localhost:11434"}, "OPENAI_BASE_URL is 'localhost:11434'"),
    "other database": ({"DATABASE_URL": "mysql://me:topsecret@db/x"}, "DATABASE_URL must be an address"),
    "other store": ({"REDIS_URL": "memcached://me:topsecret@cache"}, "REDIS_URL must be an address"),
    "short secret": ({"JWT_SECRET_KEY": "topsecret"}, "JWT_SECRET_KEY must be at least 32 characters"),
    "short encryption": ({"ENCRYPTION_KEY": "topsecret"}, "ENCRYPTION_KEY must be at least 32 characters"),
    "unknown provider": ({"MODEL_PROVIDER": "gemini"}, "MODEL_PROVIDER is 'gemini'; it must be one of"),
    "two lines": ({"CHAT_MODEL": "a\nb"}, "CHAT_MODEL is 'a\\nb'"),
    "production without a secret": (PRODUCTION | {"JWT_SECRET_KEY": ""}, "JWT_SECRET_KEY must be set in production"),
    "production with a short one": (PRODUCTION | {"JWT_SECRET_KEY": "topsecret"}, "JWT_SECRET_KEY must be at least"),
    "production on SQLite": (PRODUCTION | {"DATABASE_URL": "sqlite:///x.db"}, "DATABASE_URL must name a PostgreSQL"),
    "production without a database": (PRODUCTION | {"DATABASE_URL": ""}, "DATABASE_URL must name a PostgreSQL"),
    "limits per process": (PRODUCTION | {"WEB_CONCURRENCY": "2"}, "REDIS_URL must be set in production"),
}


@pytest.mark.parametrize(("environ", "complaint"), REFUSED.values(), ids=REFUSED.keys())
def test_a_wrong_setting_is_refused_in_one_line(environ: dict[str, str], complaint: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        load(environ, instance=tmp_path)
    sentence = str(refused.value)
    assert sentence.startswith(complaint)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "topsecret" not in sentence


def test_production_starts_when_all_is_set() -> None:
    assert load(PRODUCTION).WEB_CONCURRENCY == 1
    assert load(PRODUCTION | {"WEB_CONCURRENCY": "4", "REDIS_URL": "redis://cache:6379/0"}).WEB_CONCURRENCY == 4


def test_production_writes_nothing(tmp_path: Path) -> None:
    load(PRODUCTION, instance=tmp_path / "instance")
    assert not (tmp_path / "instance").exists()


def test_numbers_come_in_their_own_type(tmp_path: Path) -> None:
    loaded = load({"PORT": " 8080 ", "HEARTBEAT": "0.5", "TURN_LEASE": "30"}, instance=tmp_path)
    assert (loaded.PORT, loaded.HEARTBEAT, loaded.TURN_LEASE) == (8080, 0.5, 30.0)


def test_an_empty_value_is_no_value(tmp_path: Path) -> None:
    assert load({"PORT": "", "CHAT_MODEL": "  "}, instance=tmp_path).CHAT_MODEL == Config.CHAT_MODEL


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_means_psycopg(scheme: str) -> None:
    loaded = load(PRODUCTION | {"DATABASE_URL": f"{scheme}://u@h/d"})
    assert loaded.DATABASE_URL == "postgresql+psycopg://u@h/d"


@pytest.mark.parametrize(
    "limit", ["20 per minute", "20/minute", "1 per 5 minutes", "10/second; 100 per hour", "5 per day, 1 per second"]
)
def test_every_accepted_rate_is_one_that_the_limiter_reads(limit: str, tmp_path: Path) -> None:
    assert parse_many(load({"RATE_LIMIT_TURNS": limit}, instance=tmp_path).RATE_LIMIT_TURNS)


def test_secrets_do_not_show_when_the_settings_are_printed() -> None:
    hidden = {
        "JWT_SECRET_KEY": "s" * 32,
        "ENCRYPTION_KEY": "e" * 32,
        "OPENAI_API_KEY": "sk-hidden",
        "REDIS_URL": "redis://:hidden@cache",
    }
    printed = repr(load(PRODUCTION | hidden))
    assert all(value not in printed for value in (*hidden.values(), "bespoke:pw"))


def test_development_makes_a_secret_for_its_owner_only_and_keeps_it(tmp_path: Path) -> None:
    first = load({}, instance=tmp_path / "new" / "instance")
    kept = tmp_path / "new" / "instance" / "jwt-secret"
    for file in (kept, kept.parent / "encryption-key"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = load({}, instance=kept.parent)
    for name in ("JWT_SECRET_KEY", "ENCRYPTION_KEY"):
        assert len(getattr(first, name)) >= 32
        assert getattr(again, name) == getattr(first, name)
    assert first.JWT_SECRET_KEY != first.ENCRYPTION_KEY
    assert f"sqlite:///{kept.parent}/bespoke.db" == first.DATABASE_URL


def test_a_secret_file_left_empty_by_a_crash_is_filled(tmp_path: Path) -> None:
    (tmp_path / "jwt-secret").touch(mode=0o600)
    assert len(load({}, instance=tmp_path).JWT_SECRET_KEY) >= 32


def test_all_who_start_at_once_share_one_secret(tmp_path: Path) -> None:
    """Each opens the file for itself, so threads exclude each other here exactly as processes do."""
    together = threading.Barrier(8)

    def secret_made_in(folder: Path) -> str:
        together.wait()
        return load({}, instance=folder).JWT_SECRET_KEY

    with ThreadPoolExecutor(8) as pool:
        for turn in range(300):
            assert len(set(pool.map(secret_made_in, [tmp_path / str(turn)] * 8))) == 1


def test_a_file_in_the_folders_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "instance").write_text("")
    with pytest.raises(ConfigError, match="instance cannot be written"):
        load({}, instance=tmp_path / "instance")


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("PORT=9001\nCHAT_MODEL=from-file\nLOG_LEVEL=DEBUG\n")
    monkeypatch.setattr(config, "ROOT", tmp_path)
    monkeypatch.setenv("PORT", "9002")
    monkeypatch.setenv("LOG_LEVEL", "")
    loaded = load(instance=tmp_path)
    assert (loaded.PORT, loaded.CHAT_MODEL, loaded.LOG_LEVEL) == (9002, "from-file", "INFO")
