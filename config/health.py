"""Whether database, broker, worker and beat are alive, and which is not: for machines and for the administrator."""

from collections.abc import Callable

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.backoff import NoBackoff
from redis.retry import Retry

SECONDS_TO_ANSWER = 2
SECONDS_OF_LIFE = 30  # three beats


def mark_alive(part: str) -> None:
    """Note that the worker or beat was seen; the note expires by itself. A Redis that is away is reported by Celery."""
    try:
        with _redis() as client:
            client.set(_key(part), "1", ex=SECONDS_OF_LIFE)
    except redis.RedisError:
        return


@require_safe
@never_cache
@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when all parts are alive, else 503; `failing` names the parts, `sentences` says the same to people."""
    found = failing()
    report = {
        "healthy": not found,
        "parts": {name: name not in found for name in PARTS},
        "failing": list(found),
        "sentences": list(found.values()),
    }
    return JsonResponse(report, status=503 if found else 200, json_dumps_params={"ensure_ascii": False})


def failing() -> dict[str, str]:
    """The parts that are not alive, each with a sentence for people."""
    sentences = {
        "database": _("The database does not answer."),
        "broker": _("The message broker (Redis) does not answer."),
        "worker": _("No background worker has been seen for half a minute."),
        "beat": _("The scheduler (beat) has not been seen for half a minute."),
    }
    return {name: sentences[name] for name, is_alive in PARTS.items() if not is_alive()}


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except Error:
        return False


def _broker_answers() -> bool:
    try:
        with _redis() as client:
            return client.ping()
    except redis.RedisError:
        return False


def _was_seen(part: str) -> bool:
    try:
        with _redis() as client:
            return client.exists(_key(part)) == 1
    except redis.RedisError:
        return False


PARTS: dict[str, Callable[[], bool]] = {
    "database": _database_answers,
    "broker": _broker_answers,
    "worker": lambda: _was_seen("worker"),
    "beat": lambda: _was_seen("beat"),
}


def _redis() -> redis.Redis:
    """Without the client's patient retries: a health check answers at once."""
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=SECONDS_TO_ANSWER, retry=Retry(NoBackoff(), 0))


def _key(part: str) -> str:
    return f"jiedui:alive:{part}"
