"""Keys of users' own for the model's provider."""

from sqlalchemy import ForeignKey, Text, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, db
from app.models.columns import Created, Updated


class ProviderKey(Base):
    """A user's own key, encrypted with a key that is not in the database."""

    __tablename__ = "provider_keys"

    user_profile_id: Mapped[int] = mapped_column(ForeignKey("user_profiles.id", ondelete="CASCADE"), primary_key=True)
    ciphertext: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Created]
    updated_at: Mapped[Updated]


_CIPHERTEXT = select(ProviderKey.ciphertext).where(ProviderKey.user_profile_id == bindparam("user"))


def get_ciphertext(user_id: int) -> str | None:
    """The user's own key, still encrypted: every turn asks for it, so the statement is built once."""
    return db.session.connection().scalar(_CIPHERTEXT, {"user": user_id})


def get_provider_key(user_id: int) -> ProviderKey | None:
    """The user's own key, still encrypted."""
    return db.session.get(ProviderKey, user_id)
