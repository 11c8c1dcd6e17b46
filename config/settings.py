"""All settings, in one file. What differs between machines comes from the environment (.env.example)."""

import sys
from pathlib import Path

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import environment, services
from config.wiring import (  # noqa: F401 - settings are what this module holds
    CLOSING_CONDITIONS,
    FACILITY_PANELS,
    FORMS_AHEAD,
    HOME_PANELS,
    OPEN_MATTERS,
    PAIR_VISIT,
    PAIRING_PANELS,
    PUBLIC_ROOMS,
    READABLE_ORGANISATIONS,
    ROSTER_PANELS,
    ROSTER_SHEETS,
    ROUND_PANELS,
    ROUND_ROOMS,
    SEARCH_GROUPS,
    SEEN_IN,
    STATISTICS,
    SUCCESSION,
    VILLAGE_PANELS,
    WALL_PANELS,
    WORD_TEMPLATES,
)

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = services.var_dir()
TESTING = "pytest" in sys.modules

# --- Mode -------------------------------------------------------------------------------------
DEBUG = environment.flag("DEBUG")
# Demonstration mode offers accounts without a password. Never with a given database, unless asked for by name.
DEMO = environment.flag("DEMO", default=not environment.text("DATABASE_URL"))
SECRET_KEY = environment.text("SECRET_KEY") or ("tests" if TESTING else services.secret_key())
ALLOWED_HOSTS = environment.text("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
HTTPS = environment.flag("HTTPS")  # a proxy in front speaks HTTPS
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # throttling and history count the reader's address, not the proxy's
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

# --- Services ---------------------------------------------------------------------------------
DATABASES = {"default": environment.database(services.database_url())}
REDIS_URL = services.redis_url()
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
CELERY_BROKER_URL = services.broker_url()
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE = {
    "heartbeat": {"task": "config.celery.heartbeat", "schedule": 10.0, "options": {"expires": 10}},
    "collect abandoned jobs": {"task": "office.tasks.collect_abandoned_jobs", "schedule": crontab(minute="*/5")},
    "remind of terms that end": {"task": "pairing.tasks.remind_expiring", "schedule": crontab(hour=7, minute=30)},
    "remind of overdue issues": {"task": "pairing.tasks.remind_overdue_issues", "schedule": crontab(hour=7, minute=40)},
    "erase what was kept long enough": {"task": "members.tasks.keep_retention", "schedule": crontab(hour=5, minute=20)},
    "plan and count duties": {"task": "duties.tasks.keep_duties", "schedule": crontab(minute=20)},
    "merge what is kept counted": {"task": "visits.tasks.merge_counted", "schedule": crontab(minute="*/10")},
    "send the outbox": {"task": "office.tasks.send_outgoing", "schedule": crontab(), "options": {"expires": 50}},
    "remind of duties": {"task": "duties.tasks.remind_of_duties", "schedule": crontab(hour=8, minute=10)},
    "note the ends of ledgers": {"task": "funds.tasks.note_ends", "schedule": crontab(minute="*/30")},
    "mail the ends of ledgers": {"task": "funds.tasks.mail_ends", "schedule": crontab(hour=6, minute=50)},
    "verify the ledgers": {"task": "funds.tasks.verify_ledgers", "schedule": crontab(hour=3, minute=40)},
    "draft periodic reports": {"task": "reports.tasks.draft_reports", "schedule": crontab(hour=0, minute=35)},
    "remove old packages": {"task": "reports.tasks.remove_past_packages", "schedule": crontab(hour=4, minute=25)},
    "take down what has expired": {"task": "pairing.tasks.expire_resources", "schedule": crontab(hour=0, minute=10)},
}

# --- Apps, from the highest layer to the lowest (docs/architecture.md) --------------------------
INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "reports.apps.ReportsConfig",
    "duties.apps.DutiesConfig",
    "visits.apps.VisitsConfig",
    "funds.apps.FundsConfig",
    "members.apps.MembersConfig",
    "pairing.apps.PairingConfig",
    "office.apps.OfficeConfig",
    "organisations.apps.OrganisationsConfig",
    "core.apps.CoreConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "config.apps.StaticFilesConfig",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",  # its templates, for TemplatesSetting
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "pghistory",
    "pgtrigger",
    "treebeard",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "organisations.middleware.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.PartsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "organisations.middleware.IdleTimeoutMiddleware",
    "organisations.middleware.HistoryContextMiddleware",
    "core.middleware.RefusedMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.navigation.navigation",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "core.templatetags.look"],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Tests and benchmarks build tables straight from the models, in seconds; tests/test_migrations.py proves that
# migrations end there too.
if TESTING or "benchmarks" in sys.modules:
    OURS_AND_ALLAUTHS = (
        "reports",
        "duties",
        "visits",
        "funds",
        "members",
        "pairing",
        "office",
        "organisations",
        "account",
        "mfa",
        "usersessions",
    )
    MIGRATION_MODULES: dict[str, None] = dict.fromkeys(OURS_AND_ALLAUTHS)
    PGTRIGGER_INSTALL_ON_MIGRATE = True

# --- Sign-in ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "organisations.User"
AUTHENTICATION_BACKENDS = ["organisations.signin.UserNameOrPhoneBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "account_login", "home", "board_index"
ACCOUNT_ADAPTER = "organisations.signin.ClosedSignupAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {"login": "organisations.forms.SignInForm"}
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "invitation": "10/5m/ip",
    "check_in": "20/10m/ip",
    "calendar": "20/10m/ip",
    "objection": "6/10m/ip",
    "check_ledger": "30/10m/ip",
    "survey": "20/10m/ip",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "结对"
USERSESSIONS_TRACK_ACTIVITY = False  # four statements a page; organisations.middleware does it once a minute
SESSION_IDLE_SECONDS = 30 * 60
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# --- Files --------------------------------------------------------------------------------------
MEDIA_ROOT = VAR_DIR / "files"  # private: served only through views
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("guide", BASE_DIR / "docs/guide/images"),
    ("vendor/bootstrap", BASE_DIR / "node_modules/bootstrap/dist"),
    ("vendor/echarts", BASE_DIR / "node_modules/echarts/dist"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024**2
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024**2
UPLOAD_MAX_BYTES = 50 * 1024**2

# --- Language, time -----------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- Security headers -----------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "config.views.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"

# --- Personal data that was kept long enough (members/retention.py) --------------------------------
RETENTION_NOTICE_DAYS = environment.number("RETENTION_NOTICE_DAYS", 30)
RETENTION_ERASES = environment.flag("RETENTION_ERASES", default=True)  # 0: whoever may erase is only reminded

# --- The ledger of aid money (funds/heads.py) -------------------------------------------------------
LEDGER_HEADS = environment.text("LEDGER_HEADS") or VAR_DIR / "ledger-heads.txt"

# --- Look ---------------------------------------------------------------------------------------
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
FILTERS_EMPTY_CHOICE_LABEL = _("All")
DJANGO_TABLES2_TEMPLATE = "parts/table.html"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Messages to the outside (office/outbox); they lead to PUBLIC_URL ----------------------------------
PUBLIC_URL = environment.text("PUBLIC_URL", f"http://127.0.0.1:{environment.text('PORT', '8000')}").rstrip("/")
EMAIL_HOST = environment.text("MAIL_HOST")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_USE_SSL = environment.flag("MAIL_SSL")  # TLS from the first byte
EMAIL_USE_TLS = environment.flag("MAIL_STARTTLS")  # TLS after STARTTLS
EMAIL_PORT = environment.number("MAIL_PORT", 465 if EMAIL_USE_SSL else 587 if EMAIL_USE_TLS else 25)
EMAIL_HOST_USER = environment.text("MAIL_USER")
EMAIL_HOST_PASSWORD = environment.text("MAIL_PASSWORD")
EMAIL_TIMEOUT = 30  # seconds
DEFAULT_FROM_EMAIL = environment.text("MAIL_FROM", "jiedui@localhost")
# The WeCom application that tells people in person; without its secret nobody is offered this channel.
WECOM_CORP_ID = environment.text("WECOM_CORP_ID")
WECOM_AGENT_ID = environment.text("WECOM_AGENT_ID")
WECOM_SECRET = environment.text("WECOM_SECRET")
WECOM_ACCOUNTS = environment.number("WECOM_ACCOUNTS", 0)  # the account limit; 0: not known, not counted
CHANNEL_SCHEMES = ["wecombot", "dingtalk", "feishu"]  # addresses of group robots that may be entered
# Kinds of messages that whoever mutes everything else still wants.
DEADLINE_KINDS = ["duties due", "issues overdue", "reminder"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {"apprise": {"propagate": False}},  # its lines for developers hold addresses of robots
    "root": {"handlers": ["console"], "level": environment.text("LOG_LEVEL", "INFO")},
}

if not DEBUG and not TESTING and SECRET_KEY == "tests":  # noqa: S105
    raise ImproperlyConfigured("SECRET_KEY is the one of the tests.")
APPLICATION_NAME = _("Jiedui")
