"""Loaded by pytest before anything else: tests have a data folder of their own, touch no other, and read pages in Chinese."""

import os
from pathlib import Path

from tools import messages

ROOT = Path(__file__).resolve().parent.parent

os.environ["DATA_DIR"] = str(ROOT / ".data" / "test")
os.environ["DEMO"] = "1"
# Empty rather than absent, so that no .env file fills them in.
for name in ("DATABASE_URL", "REDIS_URL", "PRODUCTION", "DEBUG", "SECRET_KEY", "IDENTITY_KEY", "ALLOWED_HOSTS", "HTTPS", "CSRF_TRUSTED_ORIGINS"):
    os.environ[name] = ""

messages.compile_all()  # Django reads the catalogues once
(ROOT / "staticfiles").mkdir(exist_ok=True)  # WhiteNoise warns where nothing was gathered yet, and warnings are errors
