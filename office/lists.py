"""What the list of background work shows and filters."""

import django_filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.tables import LinkColumn, ListTable, StatusColumn
from core.templatetags.look import moment_filter
from office.models import Job
from office.states import JobState


class JobFilter(django_filters.FilterSet):
    title = django_filters.CharFilter(label=_("Title"), lookup_expr="icontains")
    state = django_filters.ChoiceFilter(label=_("State"), choices=JobState.choices, empty_label=_("All"))

    class Meta:
        model = Job
        fields = ("title", "state")


class MomentColumn(tables.Column):
    def render(self, value):
        return moment_filter(value)


class JobTable(ListTable):
    title = LinkColumn(verbose_name=_("Title"))
    state = StatusColumn(verbose_name=_("State"))
    queued_at = MomentColumn(verbose_name=_("Started at"))
    started_by = tables.Column(verbose_name=_("Started by"))
    organisation = tables.Column(verbose_name=_("Started for"))

    class Meta(ListTable.Meta):
        model = Job
        fields = ("title", "state", "queued_at", "started_by", "organisation")
