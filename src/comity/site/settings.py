"""Settings of the site; what differs between installations comes from the environment."""

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from comity.evidence import languages
from comity.evidence.errors import WorkspaceError
from comity.evidence.workspaces import own_files, workspace
from comity.site import database
from comity.site.serving import log

NEVER_ASKED = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
"""What a browser could be asked for and no page of ours asks for."""
PACKAGE = Path(__file__).resolve().parent.parent


def _secret_key() -> str:
    """`COMITY_SECRET_KEY`, or the workspace's own key, or for a command without a workspace one that nobody keeps."""
    if given := os.environ.get("COMITY_SECRET_KEY"):
        return given
    path = workspace.home() / "keys" / "secret"
    try:
        return own_files.bytes_of(path).decode()
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return secrets.token_urlsafe(48)
    except (OSError, UnicodeDecodeError):
        raise WorkspaceError(f"{path}: expected the workspace's own secret, in a file that can be read") from None


SECRET_KEY = _secret_key()
DEBUG = os.environ.get("COMITY_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("COMITY_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
PUBLIC_URL = os.environ.get("COMITY_PUBLIC_URL", "http://localhost:8000").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "csp",
    "comity.evidence",
    "comity.areas",
    "comity.charts",
    "comity.instruments",
    "comity.mandates",
    "comity.classifications",
    "comity.statistics",
    "comity.analysis",
    "comity.reports",
    "comity.site",
]
MIDDLEWARE = [
    "comity.site.middleware.Told",
    "comity.site.middleware.Headers",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "comity.site.middleware.Refusals",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "comity.site.middleware.OneState",
    "comity.site.serving.kept_pages.KeptPages",
    "comity.site.middleware.Zipped",
    "django.middleware.locale.LocaleMiddleware",
    "comity.site.middleware.AddressIsText",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "comity.site.serving.ranges.Ranges",
    "comity.site.middleware.Visible",
    "comity.site.middleware.Sentences",
]
TAGS = ("addresses", "figures", "labels", "names", "paragraphs", "values")
"""What every template knows beside Django's own tags and filters: the modules of site/templatetags."""
ROOT_URLCONF = "comity.site.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "comity.site.context_processors.everywhere",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                *(f"comity.site.templatetags.{name}" for name in TAGS),
            ],
        },
    }
]
WSGI_APPLICATION = "comity.site.serving.wsgi.application"
DATABASES = {"default": database.configuration()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
# In the order of the United Nations, which is that of their English names.
LANGUAGES = [(one.site, one.name) for one in sorted(languages.LANGUAGES, key=lambda one: one.english)]
LOCALE_PATHS = [PACKAGE / "locale"]
# Pages mark numbers as charts and sentences do, by `evidence/languages.py` and not by Django.
FORMAT_MODULE_PATH = "comity.site.formats"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
POLICY_OF_DOWNLOADS = "default-src 'none'; frame-ancestors 'none'; sandbox"
HEADERS = {
    "Server": "Comity",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in NEVER_ASKED),
}
# An address has a dozen fields at most; one of hundreds is answered with 400.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Readers come by HTTPS alone, which a proxy in front speaks; and what that proxy says of host and scheme is believed.
HTTPS = os.environ.get("COMITY_HTTPS") == "1"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
if os.environ.get("COMITY_PROXY") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True

LOGGING = log.configuration()
