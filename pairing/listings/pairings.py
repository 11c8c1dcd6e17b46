"""The lists of pairings, agreements and intentions."""

from datetime import timedelta

import django_filters as filters
import django_tables2 as tables
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.tables import SHORT, DateColumn, ListTable, RecordColumn, StatusColumn
from core.templatetags.look import day_filter, tag
from organisations.kinds import UNITS, Kind
from organisations.models import Organisation
from organisations.querysets import within
from pairing.models import Agreement, Intention, Pairing, Round
from pairing.querysets.market import PairingQuerySet
from pairing.schemes import tags
from pairing.states import AgreementState, IntentionState, Origin, PairingState, Side, Turn

LATE = [("yes", _("late")), ("no", _("in time"))]
TERM_ENDED = "ended"
TERMS = [(TERM_ENDED, _("term ended")), ("30", _("ends within 30 days")), ("90", _("ends within 90 days"))]
TURN_TONES = {Turn.NOBODY: "done"}
MOST_TOWNSHIPS = 50


def pairings_with_turn(pairings: QuerySet[Pairing]) -> QuerySet[Pairing]:
    """Adds `turn` and `agreement_state` of the newest text that stands."""
    newest = Agreement.objects.standing().filter(pairing=OuterRef("pk"))
    return pairings.annotate(
        turn=Subquery(newest.with_turn().values("turn")[:1]), agreement_state=Subquery(newest.values("state")[:1])
    )


class PartiesFilter(filters.FilterSet):
    """What the three lists share: the round, the place, a name."""

    through = ""
    q = filters.CharFilter(label=_("Unit or village"), method="found")
    round = filters.ModelChoiceFilter(label=_("Round"), queryset=lambda request: Round.objects.visible_to(request.user))
    township = filters.CharFilter(label=_("Township"), method="in_township")
    kind = filters.ChoiceFilter(
        label=_("Kind of unit"), choices=[(kind.value, kind.label) for kind in Kind if kind in UNITS], method="of_kind"
    )

    def found(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        hits = Organisation.objects.found_by(value).order_by().values("pk")
        return rows.filter(Q(**{f"{self.through}unit__in": hits}) | Q(**{f"{self.through}village__in": hits}))

    def in_township(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Typed, not chosen: a province has sixteen hundred of them."""
        townships = Organisation.objects.visible_to(self.request.user).filter(kind=Kind.TOWNSHIP).found_by(value)
        paths = townships.values_list("path", flat=True)[:MOST_TOWNSHIPS]
        return rows.filter(within(paths, f"{self.through}village__path"))

    def of_kind(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(**{f"{self.through}unit__kind": value})

    def is_late(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(is_late=value == "yes")


class PairingFilter(PartiesFilter):
    state = filters.ChoiceFilter(label=_("State"), choices=PairingState.choices)
    origin = filters.ChoiceFilter(label=_("Origin"), choices=Origin.choices)
    turn = filters.ChoiceFilter(
        label=_("Whose turn"), choices=[c for c in Turn.choices if c[0] != Turn.NOBODY], method="whose_turn"
    )
    late = filters.ChoiceFilter(label=_("Intention"), choices=LATE, method="is_late")
    term = filters.ChoiceFilter(label=_("Term"), choices=TERMS, method="of_term")
    tag = filters.ChoiceFilter(label=_("Tags"), method="marked")

    class Meta:
        model = Pairing
        fields = ("q", "round", "state", "turn", "term", "township", "kind", "origin", "late", "tag")

    def __init__(self, *args, **options):
        """The tag is not chosen here: the page of a pairing leads to all that bear the same."""
        super().__init__(*args, **options)
        key = (self.data or {}).get("tag")
        if key:
            self.filters["tag"].extra["choices"] = [(key, tags.name_of(key))]
        else:
            del self.filters["tag"]

    def marked(self, pairings: QuerySet, name: str, value: str) -> QuerySet:
        return pairings.filter(tags__contains=[value])

    def of_term(self, pairings: PairingQuerySet, name: str, value: str) -> QuerySet:
        """Signed ones whose term is over, or comes to its end within the days chosen (SH-38)."""
        today = timezone.localdate()
        if value == TERM_ENDED:
            return pairings.signed().filter(ends_on__lt=today)
        return pairings.signed().filter(ends_on__gte=today, ends_on__lte=today + timedelta(days=int(value)))

    def whose_turn(self, pairings: QuerySet, name: str, value: str) -> QuerySet:
        waiting = Agreement.objects.under_way().with_turn().filter(turn=value)
        return pairings.filter(pk__in=waiting.order_by().values("pairing"))


class PairingTable(ListTable):
    always = ("unit", "village")
    unit = RecordColumn(verbose_name=_("Aiding unit"), order_by="unit__name")
    village = tables.Column(verbose_name=_("Paired village"), order_by="village__name", attrs=SHORT)
    round = tables.Column(verbose_name=_("Round"), order_by="round__name")
    state = StatusColumn(verbose_name=_("State"))
    turn = tables.Column(verbose_name=_("Whose turn"), orderable=False, attrs=SHORT)
    origin = tables.Column(verbose_name=_("Origin"), attrs=SHORT)
    formed_at = DateColumn(verbose_name=_("Intention reached on"))
    is_late = tables.Column(verbose_name=_("Intention"), attrs=SHORT)
    signed_on = DateColumn(verbose_name=_("Signed on"))
    ends_on = DateColumn(verbose_name=_("Last day"))

    class Meta(ListTable.Meta):
        fields = ("unit", "village", "round", "state", "turn", "origin", "formed_at", "is_late", "signed_on", "ends_on")

    def render_turn(self, value):
        return Turn(value).label

    def render_ends_on(self, value, record):
        ended = record.is_expired(timezone.localdate())
        return format_html("{} {}", day_filter(value), tag("late", _("term ended"))) if ended else day_filter(value)

    def value_ends_on(self, value):
        return value

    def render_is_late(self, value):
        return tag("late", _("late")) if value else _("in time")


class AgreementFilter(PartiesFilter):
    through = "pairing__"
    round = filters.ModelChoiceFilter(
        label=_("Round"),
        field_name="pairing__round",
        queryset=lambda request: Round.objects.visible_to(request.user),
    )
    state = filters.ChoiceFilter(label=_("State"), choices=AgreementState.choices)
    turn = filters.ChoiceFilter(label=_("Whose turn"), choices=Turn.choices)
    late = filters.ChoiceFilter(label=_("Signing"), choices=LATE, method="is_late")

    class Meta:
        model = Agreement
        fields = ("q", "round", "state", "turn", "township", "kind", "late")


class AgreementTable(ListTable):
    always = ("unit", "village")
    unit = RecordColumn(verbose_name=_("Aiding unit"), accessor="pairing__unit")
    village = tables.Column(verbose_name=_("Paired village"), accessor="pairing__village")
    state = StatusColumn(verbose_name=_("State"))
    turn = tables.Column(verbose_name=_("Whose turn"))
    version = tables.Column(verbose_name=_("Version"))
    starts_on = DateColumn(verbose_name=_("First day"))
    ends_on = DateColumn(verbose_name=_("Last day"))
    signed_at = DateColumn(verbose_name=_("Signed on"))
    is_late = tables.Column(verbose_name=_("Signing"))

    class Meta(ListTable.Meta):
        fields = ("unit", "village", "state", "turn", "version", "starts_on", "ends_on", "signed_at", "is_late")

    def render_turn(self, value):
        return Turn(value).label

    def render_is_late(self, value):
        return tag("late", _("late")) if value else "—"


class IntentionFilter(PartiesFilter):
    state = filters.ChoiceFilter(label=_("State"), choices=IntentionState.choices)
    proposed_side = filters.ChoiceFilter(label=_("Proposed by"), choices=Side.choices)
    late = filters.ChoiceFilter(label=_("Date"), choices=LATE, method="is_late")

    class Meta:
        model = Intention
        fields = ("q", "round", "state", "proposed_side", "township", "kind", "late")


class IntentionTable(ListTable):
    always = ("unit", "village")
    unit = RecordColumn(verbose_name=_("Aiding unit"), order_by="unit__name")
    village = tables.Column(verbose_name=_("Paired village"), order_by="village__name")
    proposed_side = tables.Column(verbose_name=_("Proposed by"))
    state = StatusColumn(verbose_name=_("State"))
    proposed_at = DateColumn(verbose_name=_("Proposed on"))
    answered_at = DateColumn(verbose_name=_("Answered on"))
    is_late = tables.Column(verbose_name=_("Date"))

    class Meta(ListTable.Meta):
        fields = ("unit", "village", "proposed_side", "state", "proposed_at", "answered_at", "is_late")

    def render_is_late(self, value):
        return tag("late", _("late")) if value else _("in time")
