"""Reading floating members and what hangs on them: every chain begins with `visible_to(user)`.

Whoever keeps floating members at the origin or at the destination sees a record (AH-33), and the member their own.
"""

from datetime import date

from django.apps import apps
from django.db import models
from django.db.models import DateField, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest

from members.floating.halves import HalfYear, months_before
from members.floating.rules import rules_of
from members.states import AWAY, FLOATING, FloatingState, InquiryState
from organisations.querysets import within

KEEP = "floating.manage"


def model(name: str):
    return apps.get_model("members", name)


def kept(user, *fields: str) -> Q:
    """Within what the user keeps floating members for, by one of the tree paths named."""
    scopes, found = user.scopes(KEEP), Q(pk__in=[])
    for field in fields:
        found |= within(scopes, field)
    return found


class FloatingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(kept(user, "origin__path", "destination__path") | Q(member__user=user))

    def flowing_out(self, user):
        """Those whose origin the user keeps."""
        return self.filter(kept(user, "origin__path"))

    def flowing_in(self, user):
        """Those whose destination the user keeps."""
        return self.filter(kept(user, "destination__path"))

    def floating(self):
        """Neither back nor ended."""
        return self.filter(state__in=FLOATING)

    def away(self):
        return self.filter(state__in=AWAY)

    def not_reported_in(self):
        """Left, and reported in nowhere yet (SF-10)."""
        return self.filter(state=FloatingState.DEPARTED)

    def of_unknown_destination(self):
        return self.floating().filter(destination=None, place="")

    def by_rules(self, condition, versions=None):
        """Those that fit `condition(rules)`, each by the scheme pinned on it: one statement for all schemes."""
        fitting = Q(scheme_version=None) & condition(rules_of(None))
        for version in versions_of(self) if versions is None else versions:
            fitting |= Q(scheme_version=version) & condition(version.rules.floating)
        return self.filter(fitting)

    def without_report(self, half: HalfYear, versions=None):
        """Away since before the half-year began, asked for a report by the scheme, and none is there (SF-33)."""
        reports = model("HalfYearReport").objects.filter(record=OuterRef("pk"), year=half.year, half=half.half)
        asked = self.by_rules(lambda rules: Q() if rules.half_yearly_report else Q(pk__in=[]), versions)
        return asked.away().filter(~Exists(reports), leaves_on__lt=half.first_day)

    def with_last_contact(self):
        """Adds `last_contact_on`: the last contact of the two places, or the day of leaving where there was none."""
        contacts = model("FloatingContact").objects.filter(record=OuterRef("pk")).order_by("-on")
        last = Subquery(contacts.values("on")[:1], output_field=DateField())
        return self.annotate(last_contact_on=Greatest(Coalesce(last, F("leaves_on")), F("leaves_on")))

    def without_contact(self, today: date, versions=None):
        """The two places have not been in touch for longer than the scheme allows (XC-12)."""
        return (
            self.away()
            .with_last_contact()
            .by_rules(lambda rules: Q(last_contact_on__lt=months_before(today, rules.contact_months)), versions)
        )


def versions_of(rows) -> list:
    """The scheme versions pinned on some of the rows."""
    used = rows.order_by().exclude(scheme_version=None).values("scheme_version")
    return list(apps.get_model("pairing", "SchemeVersion").objects.filter(pk__in=used))


class InquiryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever keeps floating members where it comes from, or where it went."""
        return self.filter(kept(user, "asker__path", "asked__path"))

    def waiting(self):
        return self.filter(state=InquiryState.ASKED)

    def overdue(self, today: date):
        return self.waiting().filter(due_on__lt=today)

    def to_answer(self, user):
        return self.waiting().filter(kept(user, "asked__path"))


class GreetingBatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(kept(user, "place__path"))


class ForumQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(kept(user, "place__path"))


class ApplicantQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Both places see the record, whichever leads (AH-35)."""
        return self.filter(kept(user, "origin__path", "destination__path"))
