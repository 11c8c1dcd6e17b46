"""Reading issues, suggestions and the board of resources: every chain begins with `visible_to(user)`."""

from datetime import date

from django.apps import apps
from django.db import models
from django.db.models import CharField, F, Func, Q

from organisations.models import Organisation
from organisations.querysets import within
from pairing.querysets.market import party_to
from pairing.states import OVER, UNSOLVED, EntryState, ExchangeState, RoundState, SuggestionState

NAME_IN_SCHEME = """(jsonb_path_query_first(
    %(expressions)s, '$.issue_kinds[*] ? (@.key == $kind).name', jsonb_build_object('kind', "pairing_issue"."kind")
) #>> '{}')"""


class IssueQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of pairings that one sees, of organisations in one's scope, and those one has to deal with.

        Pairings first: where the round decides, the database builds none of the other sets (`party_to`).
        """
        scopes = user.scopes()
        below = Organisation.objects.filter(within(scopes)).order_by().values("pk")
        return self.filter(party_to(scopes, "pairing__") | Q(organisation__in=below) | Q(owner__in=below))

    def with_kind_named(self):
        """Adds `scheme_kind`: what the version pinned by the round calls the kind, None where it says nothing."""
        content = F("pairing__round__scheme_version__content")
        return self.annotate(scheme_kind=Func(content, template=NAME_IN_SCHEME, output_field=CharField()))

    def pending(self):
        """Neither closed nor withdrawn."""
        return self.exclude(state__in=OVER)

    def running(self):
        """Pending, and not of a round that was closed: there nothing can be done any more."""
        closed = apps.get_model("pairing", "Round").objects.filter(state=RoundState.CLOSED).order_by()
        return self.pending().exclude(pairing__round__in=closed.values("pk"))

    def overdue(self, today: date):
        """Not solved, though the deadline has passed; the day itself counts."""
        return self.running().filter(state__in=UNSOLVED, due_on__lt=today)


class SuggestionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who wrote it, who acts for the organisation that it comes from, and who organises where it went."""
        return self.filter(
            Q(written_by=user)
            | within(user.scopes("unit.act"), "organisation__path")
            | within(user.scopes("village.act"), "organisation__path")
            | within(user.scopes("round.manage"), "organiser__path")
        )

    def waiting(self):
        return self.filter(state=SuggestionState.SENT)


class EntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of one's own area: whatever stands under the same top committee."""
        return self.filter(in_area_of(user, "organisation__path"))

    def on_offer(self, today: date):
        """Still to be had, or still sought."""
        return self.filter(Q(until=None) | Q(until__gte=today), state=EntryState.OPEN)


def in_area_of(user, field: str = "path") -> Q:
    """A condition on tree paths: under the same top committee as one of the user's posts."""
    return within({str(path)[: Organisation.steplen] for path in user.scopes()}, field)


class ExchangeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The two sides of it, and whoever stands above one of them."""
        scopes = user.scopes()
        return self.filter(within(scopes, "asker__path") | within(scopes, "entry__organisation__path"))

    def agreed(self):
        return self.filter(state__in=[ExchangeState.ACCEPTED, ExchangeState.DONE, ExchangeState.CONFIRMED])
