"""Identity numbers at rest: encrypted with a random nonce, found again through a keyed blind index.

AES-256-GCM and HMAC-SHA-256; both keys are derived from settings.IDENTITY_KEY, so a stolen table says nothing.
"""

import hashlib
import hmac
import os
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

NONCE_BYTES = 12


@cache
def _key(purpose):
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(settings.IDENTITY_KEY.encode())


def seal(data):
    """These bytes as bytes that only this office's key opens."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(_key(b"identity at rest")).encrypt(nonce, data, None)


def unseal(kept):
    """The bytes that were sealed; raises InvalidTag where they were tampered with or the key is another."""
    kept = bytes(kept)
    return AESGCM(_key(b"identity at rest")).decrypt(kept[:NONCE_BYTES], kept[NONCE_BYTES:], None)


def encrypt(text):
    """The text as bytes that only this office's key opens."""
    return seal(text.encode())


def decrypt(kept):
    """The text behind the bytes; raises InvalidTag as `unseal` does."""
    return unseal(kept).decode()


def blind_index(text, *, purpose="full"):
    """A keyed fingerprint of the text: the same text gives the same one, and nothing else is to be learnt from it."""
    return hmac.new(_key(b"identity index " + purpose.encode()), text.upper().encode(), hashlib.sha256).hexdigest()


class EncryptedText(models.BinaryField):
    """A text kept encrypted; Python sees the plain text. It cannot be searched: keep a blind index beside it."""

    def from_db_value(self, value, expression, connection):
        return None if value is None else decrypt(value)

    def get_db_prep_value(self, value, connection, prepared=False):
        return super().get_db_prep_value(None if value is None else encrypt(value), connection, prepared)

    def to_python(self, value):
        return value

    def value_to_string(self, obj):
        raise TypeError("An encrypted text is never serialised.")


class EncryptedBytes(models.BinaryField):
    """A file's bytes kept encrypted, since identity numbers stand in it; Python sees them plain."""

    def from_db_value(self, value, expression, connection):
        return None if value is None else unseal(value)

    def get_db_prep_value(self, value, connection, prepared=False):
        return super().get_db_prep_value(None if value is None else seal(value), connection, prepared)

    def value_to_string(self, obj):
        raise TypeError("Encrypted bytes are never serialised.")
