"""The history of every row: who, when, which act, from where.

Statement-level triggers write one event per changed row into a table that the database itself
keeps append-only. Personal and computed columns stay outside (design §6).
"""

from collections.abc import Callable, Sequence
from functools import wraps

import pghistory
import pgtrigger
from django.db import transaction

ACTS: dict[str, object] = {}


def with_history(*, exclude: Sequence[str] = ()):
    """Class decorator of a model: `exclude` names its personal and computed columns."""
    return pghistory.track(
        pghistory.InsertEvent("created"),
        pghistory.UpdateEvent("changed"),
        pghistory.DeleteEvent("deleted"),
        exclude=list(exclude),
        append_only=True,
        level=pgtrigger.Statement,
        context_field=pghistory.ContextJSONField(),
        context_id_field=None,
    )


def act(sentence) -> Callable:
    """Decorator of a verb in `actions.py`: one transaction, known to the history by its name.

    `sentence` completes 「who, when …」 on the page of history: _("confirmed the agreement").
    The verb takes keyword arguments only, `by=` (a User, or None for the command line) among them.
    """

    def decorate(verb: Callable) -> Callable:
        name = f"{verb.__module__.split('.')[0]}.{verb.__name__}"
        ACTS[name] = sentence

        @wraps(verb)
        def perform(*, by, **arguments):
            with transaction.atomic(), pghistory.context(act=name, user=by.pk if by else None):
                return verb(by=by, **arguments)

        return perform

    return decorate
