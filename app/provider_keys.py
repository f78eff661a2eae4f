"""Users' own keys for the model: encrypted in their rows, read for a turn, never shown and never logged.

What encrypts them is derived from `ENCRYPTION_KEY`, which is not in the database, and each is bound to its user: a row
copied to somebody else opens nothing. One that does not open, since the setting changed, counts as none.
"""

import base64
import binascii
import logging
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import Flask, current_app
from sqlalchemy import delete, select

from app.errors import ApiKeyNotSet, Unavailable
from app.extensions import db
from app.models.accounts import UserProfile
from app.models.provider_keys import ProviderKey, get_ciphertext, get_provider_key
from app.providers import KeyNeeded, Providers
from app.providers.base import Provider

log = logging.getLogger(__name__)

NO_ENCRYPTION = "Keys cannot be kept here: whoever runs this service has to set ENCRYPTION_KEY first."
NO_MODEL = "The built-in assistant answers here, and needs no key (MODEL_PROVIDER is embedded)."
_NONCE = 12
_PURPOSE = b"bespoke: users' own provider keys, 1"


def init_app(app: Flask) -> None:
    """Choose who answers those without a key of their own, and say how one is used."""
    providers = Providers(app.config)
    app.extensions["providers"] = providers
    app.extensions["provider"] = providers.default()


def store_key(user_id: int, key: str) -> None:
    """Keep the user's own key in place of the one before; raise `Unavailable` where no key can be kept or used."""
    if not current_app.extensions["providers"].takes_keys:
        raise Unavailable(NO_MODEL)
    if not current_app.config["ENCRYPTION_KEY"]:
        raise Unavailable(NO_ENCRYPTION)
    ciphertext = _seal(user_id, key)
    # Two that come at once are one after the other, where a second INSERT would fail.
    db.session.scalar(select(UserProfile.id).where(UserProfile.id == user_id).with_for_update(key_share=True))
    row = get_provider_key(user_id)
    if row is None:
        db.session.add(ProviderKey(user_profile_id=user_id, ciphertext=ciphertext))
    else:
        row.ciphertext = ciphertext
    db.session.commit()


def forget_key(user_id: int) -> None:
    """Delete the user's own key; without one, do nothing."""
    db.session.execute(delete(ProviderKey).where(ProviderKey.user_profile_id == user_id))
    db.session.commit()


def has_key(user_id: int) -> bool:
    """Whether the user has a key that can be used."""
    return _key_of(user_id) is not None


def provider_for(user_id: int) -> Provider:
    """Who answers this user: the model by the user's own key, else the deployment's provider.

    Raises `ApiKeyNotSet` where every user has to bring a key and this one has none.
    """
    providers: Providers = current_app.extensions["providers"]
    deployments: Provider = current_app.extensions["provider"]
    key = _key_of(user_id)
    if key is not None:
        return providers.with_key(key)
    if isinstance(deployments, KeyNeeded):
        raise ApiKeyNotSet
    return deployments


def _key_of(user_id: int) -> str | None:
    """The user's own key, or None: there is none, it does not open, or nobody would be asked with it."""
    if not (current_app.config["ENCRYPTION_KEY"] and current_app.extensions["providers"].takes_keys):
        return None
    ciphertext = get_ciphertext(user_id)
    if ciphertext is None:
        return None
    try:
        return _open(user_id, ciphertext)
    except (InvalidTag, ValueError, binascii.Error):
        log.warning("The own key of user %d does not open: was ENCRYPTION_KEY changed? It counts as none.", user_id)
        return None


def _seal(user_id: int, key: str) -> str:
    nonce = os.urandom(_NONCE)
    return base64.b64encode(nonce + _cipher().encrypt(nonce, key.encode(), _owner(user_id))).decode()


def _open(user_id: int, ciphertext: str) -> str:
    sealed = base64.b64decode(ciphertext, validate=True)
    return _cipher().decrypt(sealed[:_NONCE], sealed[_NONCE:], _owner(user_id)).decode()


def _owner(user_id: int) -> bytes:
    """What a ciphertext is bound to."""
    return f"user {user_id}".encode()


def _cipher() -> AESGCM:
    return _cipher_of(current_app.config["ENCRYPTION_KEY"])


@lru_cache(maxsize=4)
def _cipher_of(secret: str) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret.encode()))
