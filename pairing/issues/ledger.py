"""What pages and other apps read of the ledger: figures, the journal in sentences, what is open in somebody's hands."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from core.dates import localized_date
from core.marks import Remembered
from core.masking import mask_phones_in
from pairing.agreements.timeline_entry import Entry
from pairing.models import Issue, IssueStep, Round
from pairing.querysets.issues import IssueQuerySet
from pairing.states import UNSOLVED, IssueState, RoundState

RELATED = ("organisation", "owner", "pairing__unit", "pairing__village")
LISTED = ("title", "kind", "source", "due_on", "state", "raised_at", "closed_at", "pairing__unit", "pairing__village")
READ_WITH = (
    *RELATED, "pairing__round__organiser", "pairing__round__scheme_version", "raised_by", "raised_as__organisation",
    "owner_post__user", "owner_post__organisation",
)  # fmt: skip


def with_parties(issues: IssueQuerySet) -> QuerySet[Issue]:
    """For a list: what it shows of each, with the names of everybody and of its kind."""
    names = [f"{path}__name" for path in RELATED]
    return issues.with_kind_named().select_related(*RELATED).only(*LISTED, *names)


def figures(issues: QuerySet[Issue], today: date) -> dict[str, int]:
    """One statement."""
    running = ~Q(pairing__round__state=RoundState.CLOSED) | Q(pairing=None)
    return issues.aggregate(
        total=Count("pk"),
        unsolved=Count("pk", filter=Q(state__in=UNSOLVED)),
        overdue=Count("pk", filter=Q(state__in=UNSOLVED, due_on__lt=today) & running),
        claimed=Count("pk", filter=Q(state=IssueState.CLAIMED)),
        closed=Count("pk", filter=Q(state=IssueState.CLOSED)),
    )


def remembered_figures(issues: QuerySet[Issue], today: date) -> dict[str, int]:
    """Those of a long list, counted anew once somebody wrote to an issue, a round or whatever shows whose it is."""
    read = Remembered(issues.values("pk"), Round.objects.values("pk"))
    return read.get(f"figures {today}", lambda: figures(issues, today))


def journal(issue: Issue) -> Iterator[Entry]:
    """Who did what when, newest first."""
    steps = issue.steps.select_related("by", "acting_as__organisation", "owner").order_by("-at", "-pk")
    for step in steps:
        who = step.by.name if step.by else _("Somebody without an account")
        if step.acting_as:
            who = _("%(name)s (%(post)s)") % {"name": who, "post": step.acting_as}
        yield Entry(step.at, _("%(who)s %(did)s") % {"who": who, "did": done(step)}, mask_phones_in(step.words))


def done(step: IssueStep) -> str:
    words = {"name": step.owner.name if step.owner else "", "day": localized_date(step.due_on) if step.due_on else ""}
    if step.verb == IssueStep.Verb.ASSIGNED:
        return _("assigned it to %(name)s") % words
    if step.verb == IssueStep.Verb.DUE_CHANGED:
        return _("moved the deadline to %(day)s") % words
    return str(step.get_verb_display())
