"""All settings, read from top to bottom. What differs between machines comes from the environment (or .env), in this file only."""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from config import folders, safety

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name, default=None):
    """What the environment says; without a default, a missing value explains itself."""
    if (value := os.environ.get(name, default)) is None:
        raise ImproperlyConfigured(f"{name} is not set. Copy .env.example to .env, or see README.")
    return value


folders.read_env_file(BASE_DIR / ".env")
DATA_DIR = Path(env("DATA_DIR", str(BASE_DIR / ".data"))).resolve()
if not env("DATABASE_URL", ""):
    folders.read_env_file(DATA_DIR / "office.env")  # what `make demo` noted when it opened this folder's office

# --- What kind of office this is: a demo, a developer's, or production -------------------------------------------------
DEMO = env("DEMO", "0") == "1"  # roles sign in with one click
DEBUG = env("DEBUG", "0") == "1"
PRODUCTION = not (DEMO or DEBUG)  # real people's money: everything is given by name, nothing is made up
SECRET_KEY = env("SECRET_KEY", "") or ("" if PRODUCTION else folders.kept_secret(DATA_DIR, "secret_key"))
IDENTITY_KEY = env("IDENTITY_KEY", "") or ("" if PRODUCTION else folders.kept_secret(DATA_DIR, "identity_key"))  # encrypts and indexes identity numbers
ALLOWED_HOSTS = [host for host in env("ALLOWED_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,[::1]").split(",") if host]
CSRF_TRUSTED_ORIGINS = [origin for origin in env("CSRF_TRUSTED_ORIGINS", "").split(",") if origin]
HTTPS = env("HTTPS", "0") == "1"
OFFICE_NAME = env("OFFICE_NAME", "双辽市小额担保贷款中心")
OFFICE_NAME_EN = env("OFFICE_NAME_EN", "Shuangliao Guaranteed Loan Centre")
OFFICE_MARK = env("OFFICE_MARK", "双担")  # 代字: 双担承〔2012〕1号

safety.refuse_unsafe(
    demo=DEMO,
    debug=DEBUG,
    secrets={"SECRET_KEY": SECRET_KEY, "IDENTITY_KEY": IDENTITY_KEY},
    hosts=ALLOWED_HOSTS,
    https=HTTPS,
    servers={name: env(name, "") for name in ("DATABASE_URL", "REDIS_URL")},
    marked_production=env("PRODUCTION", "0") == "1",
)

# --- Rooms -----------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "staff",
    "applicants",
    "training",
    "loans",
    "repayments",
    "guarantees",
    "reports",
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "staff.apps.OfficeAdminConfig",  # Django admin, for administrators only
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",  # its widget templates, found through our own engine
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_celery_beat",
    "django_celery_results",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "pgtrigger",
    "pghistory",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "staff.language.OfficeLanguage",
    "pghistory.middleware.HistoryMiddleware",  # whose hand changed a reference row
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["staff.templatetags.office"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "staff.context.office",
            ],
        },
    }
]
FORM_RENDERER = "staff.forms.OfficeRenderer"

# --- Database and broker: servers elsewhere, or real ones embedded ----------------------------------------------------
if env("DATABASE_URL", ""):
    DATABASES = {"default": {"OPTIONS": {}} | dj_database_url.parse(env("DATABASE_URL"))}
else:
    DATABASES = {
        "default": {"ENGINE": "config.embedded_postgres", "NAME": "postgres", "USER": "postgres", "HOST": str(folders.socket_folder(DATA_DIR)), "OPTIONS": {}}
    }
DATABASES["default"]["OPTIONS"] |= {"pool": {"min_size": 1, "max_size": 12, "timeout": 20}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

BROKER_IS_EMBEDDED = not env("REDIS_URL", "")
CELERY_BROKER_URL = env("REDIS_URL", "") or f"redis+socket://{folders.socket_folder(DATA_DIR)}/valkey.sock"
CELERY_RESULT_BACKEND = "django-db"
CELERY_RESULT_EXTENDED = True
CELERY_TASK_TRACK_STARTED = True
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"  # the timetable is rows, edited in admin
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_ACKS_LATE = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}

# --- People ----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "staff.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend", "allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "staff:desk"
ACCOUNT_ADAPTER = "staff.signin.OfficeAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True  # the session's own age below counts
MFA_TOTP_ISSUER = OFFICE_NAME
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
SESSION_COOKIE_AGE = 10 * 3600  # a working day
SESSION_COOKIE_HTTPONLY = True

# --- Language and time -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# --- Files -----------------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
MEDIA_ROOT = DATA_DIR / "papers"  # never served by URL: only through a view that checks rights
_PLAIN, _HASHED, _COMPRESSED = (
    "django.contrib.staticfiles.storage.StaticFilesStorage",
    "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
    "whitenoise.storage.CompressedManifestStaticFilesStorage",  # compressing takes half a minute: not for a demo on one's own machine
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _PLAIN if DEBUG else _HASHED if DEMO else _COMPRESSED},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
PAPER_MAX_BYTES = 10 * 1024 * 1024
LEDGER_MAX_BYTES = 30 * 1024 * 1024

# --- API -------------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "EXCEPTION_HANDLER": "config.api.problem",
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": _("Interface for banks"),
    "DESCRIPTION": _(
        "Every operation does what the page of the same name does, and refuses what that page refuses. Sign in as the bank's credit officer, "
        "send the session's cookie, and with every POST the header X-CSRFToken. Amounts are yuan as text with two decimals, days are written "
        "2012-01-04. A refusal is an RFC 9457 problem: its type names the rule, its detail is a sentence for people."
    ),
    "VERSION": "1",
    "DISABLE_DOCSTRING_DESCRIPTIONS": True,  # docstrings are for who changes the code, and in English only
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api",
    "ENUM_NAME_OVERRIDES": {"CaseState": "loans.states.State", "RepaymentForm": "loans.forms_of_repayment.Form"},
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"validatorUrl": None, "defaultModelsExpandDepth": -1},  # no validator: nothing is asked of any host but ours
}

# --- Messages: the kit's words for their tone ----------------------------------------------------------------------------
MESSAGE_TAGS = {10: "", 20: "", 25: "ok", 30: "warn", 40: "bad"}

# --- Tables ----------------------------------------------------------------------------------------------------------
DJANGO_TABLES2_TEMPLATE = "pieces/table.html"

# --- Browser -----------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        # Vega and unfold write style attributes; scripts stay ours alone.
        "style-src": [SELF, "'unsafe-inline'"],
        "script-src": [SELF],
        "object-src": [NONE],
        "frame-ancestors": [SELF],
        "form-action": [SELF],
        "base-uri": [SELF],
    },
    "EXCLUDE_URL_PREFIXES": ["/admin"],  # unfold's Alpine needs eval; administrators only
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

UNFOLD = {
    "SITE_TITLE": OFFICE_NAME,
    "SITE_HEADER": OFFICE_NAME,
    "SITE_SUBHEADER": _("Administration"),
    "SITE_URL": "/",
    "SITE_DROPDOWN": [{"icon": "arrow_back", "title": _("Back to the office's pages"), "link": "/"}],
    "STYLES": [lambda request: static("css/admin.css")],
    "SHOW_HISTORY": True,
    "THEME": "light",
    "BORDER_RADIUS": "6px",
    "COLORS": {
        "primary": {
            "50": "#f0f8f8", "100": "#e3f1f1", "200": "#c4dfe0", "300": "#9dcacc", "400": "#5aa3a7", "500": "#2a868b",
            "600": "#0f6e74", "700": "#0b585d", "800": "#0c474b", "900": "#14323a", "950": "#0a2026",
        }
    },
}  # fmt: skip

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    # Whoever asks /healthz reads the answer; the log need not repeat it.
    "filters": {"not_health": {"()": "django.utils.log.CallbackFilter", "callback": lambda record: "/healthz" not in record.getMessage()}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["not_health"]}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", "WARNING")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
