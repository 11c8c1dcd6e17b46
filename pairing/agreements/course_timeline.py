"""What happened to a pairing after it was signed, as entries of its story."""

from collections.abc import Iterator

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from core.masking import mask_phones_in
from pairing.agreements.timeline_entry import Entry
from pairing.models import Ending, Pairing, Responsible
from pairing.states import EndingState, EndReason, Side

ENDED = {
    EndReason.EARLY: _("%(name)s agreed: the pairing ended early."),
    EndReason.RESELECTION: _("%(name)s released the pairing for re-selection."),
    EndReason.TARGETS_MET: _("The organiser closed the pairing."),
    EndReason.ORGANISATION_GONE: _("The pairing ended: one side was merged or closed."),
}
ANSWERED = {
    EndingState.DECLINED: _("%(name)s did not agree to end the pairing."),
    EndingState.WITHDRAWN: _("%(name)s withdrew the proposal to end the pairing."),
}


def entries(pairing: Pairing) -> Iterator[Entry]:
    yield from spoken_entries(pairing)
    yield from ending_entries(pairing)


def spoken_entries(pairing: Pairing) -> Iterator[Entry]:
    """Notes, changes of who answers for it, answers about renewal, takeovers: one statement for all of them."""
    nothing = Value("", CharField())
    notes = rows(pairing.notes, "note", "written_at", nothing, nothing, F("words"))
    changes = rows(pairing.responsibles, "responsible", "recorded_at", F("kind"), F("name"), F("reason"))
    verdict = Cast("consents", CharField())
    answers = rows(pairing.renewal_answers, "renewal", "answered_at", verdict, nothing, F("words"))
    names = F("former__name"), F("successor__name")
    takeovers = rows(pairing.takeovers, "takeover", "recorded_at", *names, F("reason"))
    for what, at, side, first, second, words in notes.union(changes, answers, takeovers, all=True):
        name = pairing.party(Side(side)).name
        said = {"name": name, "first": first, "second": second}
        detail = mask_phones_in(words)
        if what == "responsible":
            said["first"], detail = Responsible.Kind(first).label, f"{second} · {detail}"
        key = (what, first) if what == "renewal" else what
        yield Entry(at, SPOKEN[key] % said, detail)


SPOKEN = {
    "note": _("%(name)s wrote a note."),
    "responsible": _("%(name)s changed: %(first)s."),
    ("renewal", "true"): _("%(name)s consented to the renewal."),
    ("renewal", "false"): _("%(name)s declined the renewal."),
    "takeover": _("%(second)s took the place of %(first)s."),
}


def rows(records, what: str, at: str, first, second, words) -> QuerySet:
    columns = {"what": Value(what, CharField()), "at": F(at), "first": first, "second": second, "said": words}
    return records.order_by().annotate(**columns).values_list("what", "at", "side", "first", "second", "said")


def ending_entries(pairing: Pairing) -> Iterator[Entry]:
    for ending in pairing.endings.all():
        kind = EndReason(ending.kind)
        if kind == EndReason.EARLY:
            proposed = _("%(name)s proposed to end the pairing early.")
            yield Entry(ending.proposed_at, proposed % {"name": actor(pairing, ending.side)}, mask(ending))
        if ending.state == EndingState.DONE:
            other = Side(ending.side).other if kind == EndReason.EARLY else ending.side
            detail = mask_phones_in(ending.answer) if kind == EndReason.EARLY else mask(ending)
            yield Entry(ending.answered_at or ending.proposed_at, ENDED[kind] % {"name": actor(pairing, other)}, detail)
        elif ending.state in ANSWERED:
            state = EndingState(ending.state)
            other = Side(ending.side).other if state == EndingState.DECLINED else Side(ending.side)
            words = {"name": actor(pairing, other)}
            yield Entry(
                ending.answered_at or ending.proposed_at, ANSWERED[state] % words, mask_phones_in(ending.answer)
            )


def actor(pairing: Pairing, side: str) -> str:
    return pairing.party(Side(side)).name if side else pairing.round.organiser.name


def mask(ending: Ending) -> str:
    return mask_phones_in(ending.words)
