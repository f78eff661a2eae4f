"""Credits with their holds and their ledger, matches, turns without a session, and the keys that make a retry safe."""

import datetime as dt

import sqlalchemy as sa
from alembic import op
from flask import current_app

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

GUARD = {
    "sqlite": (
        """
        CREATE TRIGGER credit_entries_append_only BEFORE UPDATE ON credit_entries
        BEGIN SELECT RAISE(ABORT, 'credit_entries is append-only'); END
        """,
    ),
    "postgresql": (
        """
        CREATE FUNCTION refuse_update() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
        """,
        """
        CREATE TRIGGER credit_entries_append_only BEFORE UPDATE ON credit_entries
        FOR EACH ROW EXECUTE FUNCTION refuse_update()
        """,
    ),
}


def upgrade():
    with op.batch_alter_table("resumes") as resumes:
        resumes.add_column(sa.Column("revised_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE resumes SET revised_at = updated_at")
    with op.batch_alter_table("resumes") as resumes:
        resumes.alter_column("revised_at", existing_type=sa.DateTime(timezone=True), nullable=False)

    with op.batch_alter_table("chat_turns") as turns:
        # The defaults let a worker of the release before go on until it is replaced.
        turns.add_column(sa.Column("about", sa.JSON(), nullable=False, server_default="{}"))
        turns.add_column(sa.Column("price", sa.Integer(), nullable=False, server_default="0"))
        turns.add_column(sa.Column("idempotency_key", sa.String(length=255), nullable=True))
        turns.add_column(sa.Column("request_hash", sa.String(length=64), nullable=True))
        turns.alter_column("session_id", existing_type=sa.Uuid(), nullable=True)
        turns.create_unique_constraint(
            op.f("uq_chat_turns_user_profile_id_idempotency_key"), ["user_profile_id", "idempotency_key"]
        )
    with op.batch_alter_table("chat_messages") as messages:
        messages.alter_column("session_id", existing_type=sa.Uuid(), nullable=True)

    _create_credits()
    _create_matches()
    for statement in GUARD[op.get_bind().dialect.name]:
        op.execute(statement)
    _open_accounts()


def _create_credits():
    op.create_table(
        "credit_accounts",
        sa.Column("user_profile_id", sa.Integer(), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("0 <= held AND held <= balance", name=op.f("ck_credit_accounts_held")),
        sa.ForeignKeyConstraint(
            ["user_profile_id"],
            ["user_profiles.id"],
            name=op.f("fk_credit_accounts_user_profile_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_profile_id", name=op.f("pk_credit_accounts")),
    )
    op.create_table(
        "credit_holds",
        sa.Column("turn_id", sa.Uuid(), nullable=False),
        sa.Column("user_profile_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("read_share", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_credit_holds_amount")),
        sa.CheckConstraint("state IN ('open', 'charged', 'released')", name=op.f("ck_credit_holds_state")),
        sa.ForeignKeyConstraint(["turn_id"], ["chat_turns.id"], name=op.f("fk_credit_holds_turn_id")),
        sa.ForeignKeyConstraint(
            ["user_profile_id"], ["user_profiles.id"], name=op.f("fk_credit_holds_user_profile_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("turn_id", name=op.f("pk_credit_holds")),
    )
    op.create_index(op.f("ix_credit_holds_user_profile_id"), "credit_holds", ["user_profile_id"], unique=False)
    op.create_index(
        "ix_credit_holds_read_free",
        "credit_holds",
        ["user_profile_id", "closed_at"],
        unique=False,
        sqlite_where=sa.text("read_share > 0"),
        postgresql_where=sa.text("read_share > 0"),
    )
    op.create_table(
        "credit_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_profile_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("balance_after", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=10), nullable=False),
        sa.Column("turn_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_credit_entries_amount")),
        sa.CheckConstraint("reason IN ('signup', 'grant', 'turn')", name=op.f("ck_credit_entries_reason")),
        sa.CheckConstraint("(reason = 'turn') = (turn_id IS NOT NULL)", name=op.f("ck_credit_entries_turn")),
        sa.ForeignKeyConstraint(
            ["user_profile_id"],
            ["user_profiles.id"],
            name=op.f("fk_credit_entries_user_profile_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_entries")),
        sa.UniqueConstraint("turn_id", name=op.f("uq_credit_entries_turn_id")),
    )
    op.create_index(op.f("ix_credit_entries_user_profile_id"), "credit_entries", ["user_profile_id"], unique=False)


def _create_matches():
    op.create_table(
        "match_analyses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_profile_id", sa.Integer(), nullable=False),
        sa.Column("resume_id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("score_version", sa.Integer(), nullable=False),
        sa.Column("resume_revision", sa.String(length=64), nullable=False),
        sa.Column("job_revision", sa.String(length=64), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job_postings.id"], name=op.f("fk_match_analyses_job_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["resume_id"], ["resumes.id"], name=op.f("fk_match_analyses_resume_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_profile_id"],
            ["user_profiles.id"],
            name=op.f("fk_match_analyses_user_profile_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_analyses")),
        sa.UniqueConstraint("resume_id", "job_id", name=op.f("uq_match_analyses_resume_id_job_id")),
    )
    op.create_index(op.f("ix_match_analyses_job_id"), "match_analyses", ["job_id"], unique=False)
    op.create_index(op.f("ix_match_analyses_user_profile_id"), "match_analyses", ["user_profile_id"], unique=False)


def _open_accounts():
    """Whoever was there before gets what a new user gets."""
    gift = current_app.config["CREDITS_ON_SIGNUP"]
    connection, at = op.get_bind(), dt.datetime.now(dt.UTC)
    parameters = {"gift": gift, "at": at}
    moment = sa.bindparam("at", type_=sa.DateTime(timezone=True))
    connection.execute(
        sa.text(
            "INSERT INTO credit_accounts (user_profile_id, balance, held, created_at, updated_at)"
            " SELECT id, :gift, 0, :at, :at FROM user_profiles"
        ).bindparams(moment),
        parameters,
    )
    if gift:
        connection.execute(
            sa.text(
                "INSERT INTO credit_entries (user_profile_id, amount, balance_after, reason, note, created_at)"
                " SELECT id, :gift, :gift, 'signup', '', :at FROM user_profiles"
            ).bindparams(moment),
            parameters,
        )


def downgrade():
    for table in ("match_analyses", "credit_entries", "credit_holds", "credit_accounts"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_update")
    op.execute("DELETE FROM chat_messages WHERE session_id IS NULL")
    op.execute("DELETE FROM chat_turns WHERE session_id IS NULL")
    with op.batch_alter_table("chat_messages") as messages:
        messages.alter_column("session_id", existing_type=sa.Uuid(), nullable=False)
    with op.batch_alter_table("chat_turns") as turns:
        turns.drop_constraint(op.f("uq_chat_turns_user_profile_id_idempotency_key"), type_="unique")
        turns.alter_column("session_id", existing_type=sa.Uuid(), nullable=False)
        for column in ("request_hash", "idempotency_key", "price", "about"):
            turns.drop_column(column)
    with op.batch_alter_table("resumes") as resumes:
        resumes.drop_column("revised_at")
