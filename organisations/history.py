"""The history of every row: who, when, which act, from where.

Statement-level triggers write one event per changed row into a table that the database itself
keeps append-only. Personal and computed columns stay outside (design §6).
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps

import pghistory
import pgtrigger
from django.db import models, transaction

from core.collisions import collisions_refused

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
        context_id_field=None,  # type: ignore[arg-type]  # documented; the annotation forgot it
        attrs={"pgh_id": models.BigAutoField(primary_key=True)},
    )


def act(sentence) -> Callable:
    """Decorator of a verb in `actions.py`: one transaction, known to the history by its name.

    `sentence` completes 「who, when …」 on the page of history: _("confirmed the agreement").
    The verb takes keyword arguments only, `by=` (a User, or None for the command line) among them.
    Where a verb calls another, the history tells the outer one: that is what the person did.
    Who collides with another act is refused with a sentence.
    """

    def decorate(verb: Callable) -> Callable:
        name = f"{verb.__module__.split('.')[0]}.{verb.__name__}"
        ACTS[name] = sentence

        @wraps(verb)
        def perform(*, by, **arguments):
            with collisions_refused(), transaction.atomic(), performing(name, by):
                return verb(by=by, **arguments)

        return perform

    return decorate


@contextmanager
def performing(name: str, by) -> Iterator[None]:
    """Name the act for every change within; the context of the request, where there is one, is kept."""
    with pghistory.context() as context:
        if "act" in context.metadata:
            yield
            return
        before = dict(context.metadata)
        context.metadata.update(act=name, user=by.pk if by else None)
        try:
            yield
        finally:
            context.metadata.clear()
            context.metadata.update(before)


def note_capacity(post) -> None:
    """The first post in which the user is found entitled is the one in which they act."""
    with pghistory.context() as context:
        if "act" in context.metadata:
            context.metadata.setdefault("post", post.pk)
