"""Lists of surveys, of the villages and households of one, and of those who were judged."""

import django_filters as filters
import django_tables2 as tables
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, LinkColumn, ListTable, NumberColumn, StatusColumn
from members.listings.columns import NameColumn
from members.models import Household
from pairing.schemes.survey_words import Channel, SubjectKind
from reports.models import Survey, SurveyPlace, SurveySubject
from reports.survey.reading import of_subject
from reports.survey.results import rounded
from reports.survey.states import SurveyState


class SurveyFilter(filters.FilterSet):
    state = filters.ChoiceFilter(choices=SurveyState.choices)

    class Meta:
        model = Survey
        fields = ("state",)


class SurveyTable(ListTable):
    name = LinkColumn(accessor="pk", verbose_name=_("survey"), orderable=False)
    round = tables.Column(accessor="round__name", verbose_name=_("round"))
    state = StatusColumn()
    until = DateColumn()
    filed_at = DateColumn()
    always = ("name",)

    class Meta(ListTable.Meta):
        model = Survey
        fields = ("name", "round", "state", "until", "filed_at")

    def render_name(self, record):
        return str(record)

    def value_name(self, record):
        return str(record)


class PlaceFilter(filters.FilterSet):
    q = filters.CharFilter(field_name="village__name", lookup_expr="icontains", label=_("Name of the village"))

    class Meta:
        model = SurveyPlace
        fields = ("q",)


class OfDrawn(NumberColumn):
    """So many answers of so many households drawn."""

    def __init__(self, channel: Channel, **options):
        super().__init__(accessor="pk", verbose_name=channel.label, order_by=f"entered_{channel}", **options)
        self.channel = channel

    def render(self, record):
        return f"{record.entered(self.channel)} / {record.drawn(self.channel)}"

    def value(self, **cell):  # type: ignore[override]  # a table gives what is asked for
        return self.render(cell["record"])


class PlaceTable(ListTable):
    village = tables.Column(
        accessor="village__name", verbose_name=_("village"), order_by="village__path",
        linkify=("survey_place", {"pk": tables.A("pk")}),
    )  # fmt: skip
    field, paper, phone = (OfDrawn(channel) for channel in Channel)
    always = ("village",)

    class Meta(ListTable.Meta):
        model = SurveyPlace
        fields = ("village", "field", "paper", "phone")


class DrawnFilter(filters.FilterSet):
    channel = filters.ChoiceFilter(choices=Channel.choices, label=_("channel"))

    class Meta:
        model = Household
        fields = ("channel",)


class DrawnTable(ListTable):
    name = NameColumn(verbose_name=_("household"))
    group = tables.Column()
    channel = tables.Column(verbose_name=_("channel"), orderable=False)
    always = ("name",)

    class Meta(ListTable.Meta):
        model = Household
        fields = ("name", "group", "channel")

    def render_channel(self, value):
        return Channel(value).label

    value_channel = render_channel


class SubjectFilter(filters.FilterSet):
    q = filters.CharFilter(field_name="organisation__name", lookup_expr="icontains", label=_("Name"))
    kind = filters.ChoiceFilter(choices=SubjectKind.choices, label=_("asked about"))

    class Meta:
        model = SurveySubject
        fields = ("q", "kind")


class SubjectTable(ListTable):
    """In the order of the tree. There is no order by score: this is no ranking."""

    name = tables.Column(
        accessor="organisation__name", verbose_name=_("organisation"), order_by="organisation__path",
        linkify=("survey_subject", {"pk": tables.A("pk")}),
    )  # fmt: skip
    kind = tables.Column(verbose_name=_("asked about"))
    answers = NumberColumn(accessor="pk", verbose_name=_("answers"), orderable=False)
    rate = NumberColumn(accessor="pk", verbose_name=_("rate (%)"), orderable=False)
    score = NumberColumn(accessor="pk", verbose_name=_("score"), orderable=False)
    always = ("name", "kind")

    class Meta(ListTable.Meta):
        model = SurveySubject
        fields = ("name", "kind", "answers", "rate", "score")

    def result(self, record: SurveySubject):
        """Of each row once."""
        if not hasattr(record, "kept_result"):
            vars(record)["kept_result"] = of_subject(record.survey, record)
        return vars(record)["kept_result"]

    def value_answers(self, record):
        return self.result(record).answers

    def value_rate(self, record):
        return rounded(self.result(record).rate)

    def value_score(self, record):
        return rounded(self.result(record).score)

    def render_answers(self, record):
        return self.value_answers(record)

    def render_rate(self, record):
        return self.shown(self.value_rate(record))

    def render_score(self, record):
        return self.shown(self.value_score(record))

    def shown(self, value):
        return format_html('<span class="quiet">{}</span>', _("too few")) if value is None else value
