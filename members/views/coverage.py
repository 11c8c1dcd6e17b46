"""The coverage board: is everybody in need helped, does everybody help as asked; the lists behind; the reminder."""

from django.contrib import messages
from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from core.listing import render_list
from members.actions import reminding
from members.actions.pairs import MANAGE
from members.coverage import asked
from members.coverage import counting as figures
from members.forms.assignment import may_assign
from members.kinds import SENSITIVE_MARKS, PairKind
from members.listings.coverage import (
    CompositionFilter,
    CompositionTable,
    QuotaFilter,
    QuotaTable,
    UncoveredFilter,
    UncoveredTable,
    UncoveredTableWithStep,
)
from members.models import Household, Member
from organisations.models import User
from organisations.requests import Request
from pairing.models import Round
from pairing.schemes.persons import PersonRules
from pairing.states import RoundState

SHOWN = 15
MOST = 3000
LATEST_ROUNDS = 12


@require_safe
def helper_coverage(request: Request) -> HttpResponse:
    """Each figure with its denominator and the list behind it; the lines that are most behind first."""
    rounds, round = rounds_of(request)
    rules = rules_of(round)
    found = figures.coverage(request.user, rules)
    most = MOST if request.GET.get("all") else SHOWN
    shown = {
        "rounds": rounds,
        "round": round,
        "rules": rules,
        "coverage": found,
        "villages": found.worst_villages[:most],
        "units": found.worst_units[:most],
        "chain_rule": rules.rule(PairKind.CHAIN),
        "may_assign": may_assign(request.user),
        "may_remind": reminding.reminding_post(request.user) is not None and bool(reminding.behind_in(found)),
    }
    return render(request, "members/coverage/page.html", shown)


@require_safe
def uncovered_households(request: Request) -> HttpResponseBase:
    checked(request)
    households = Household.objects.visible_to(request.user).in_need()
    return render_list(
        request,
        queryset=households.with_nearness(request.user).with_helped().select_related("village"),
        filterset_class=UncoveredFilter,
        table_class=UncoveredTableWithStep if request.user.can(MANAGE) else UncoveredTable,
        title=_("Households in need"),
        is_long=True,
        template="members/coverage/list.html",
        context={"empty_sentence": _("No household is marked as in need. Rosters of households are imported or kept.")},
    )


@require_safe
def quota_list(request: Request) -> HttpResponseBase:
    rules = rules_of(rounds_of(request)[1])
    members = asked.with_quota(asked.members_of(request.user), rules.quota(PairKind.CADRE_HOUSEHOLD))
    return render_list(
        request,
        queryset=readable(members, request.user),
        filterset_class=QuotaFilter,
        table_class=QuotaTable,
        title=_("Households by rank"),
        is_long=True,
        template="members/coverage/list.html",
        context={"empty_sentence": _("The scheme names no number of households by rank, or nobody has such a rank.")},
    )


@require_safe
def compositions(request: Request) -> HttpResponseBase:
    rules = rules_of(rounds_of(request)[1])
    rule = rules.rule(PairKind.MEMBER_PERSON)
    if rule is None or rule.composition is None:
        raise Http404
    members = asked.members_of(request.user).filter(asked.eligible(rules.participants))
    return render_list(
        request,
        queryset=readable(asked.with_composition(members, rule.composition), request.user),
        filterset_class=CompositionFilter,
        table_class=CompositionTable,
        title=rule.name,
        is_long=True,
        template="members/coverage/list.html",
        context={"empty_sentence": _("Nobody is marked as somebody who helps in this way.")},
    )


def remind(request: Request) -> HttpResponse:
    """First how many, then the sending."""
    round = rounds_of(request)[1]
    if reminding.reminding_post(request.user) is None:
        raise Http404
    rules = rules_of(round)
    if request.method == "POST":
        told = reminding.remind_behind(by=request.user, rules=rules, at=timezone.now())
        words = ngettext("%(count)s was reminded.", "%(count)s were reminded.", told) % {"count": told}
        messages.success(request, words)
        return redirect("helper_coverage")
    found = figures.coverage(request.user, rules)
    behind = {
        "villages": [line for line in found.worst_villages if line.missing],
        "units": [line for line in found.worst_units if line.short],
    }
    return render(request, "members/coverage/remind.html", {"round": round, "shown": SHOWN, **behind})


def checked(request: Request) -> None:
    if not (request.user.can(MANAGE) or request.user.can("member.read")):
        raise Http404


def rounds_of(request: Request) -> tuple[list[Round], Round | None]:
    """Those that may be chosen, and the chosen one: by default the newest open one whose scheme speaks of persons."""
    checked(request)
    published = Round.objects.visible_to(request.user).published().select_related("scheme_version")
    rounds = list(published.order_by("-starts_on", "-pk")[:LATEST_ROUNDS])
    given = request.GET.get("round", "")
    named = next((round for round in rounds if str(round.pk) == given), None)
    speaking = [round for round in rounds if round.rules.persons.pairs]
    still_open = [round for round in (*speaking, *rounds) if round.state == RoundState.OPEN]
    return rounds, named or next(iter([*still_open, *speaking, *rounds]), None)


def rules_of(round: Round | None) -> PersonRules:
    return round.rules.persons if round else PersonRules()


def readable(members: QuerySet[Member], user: User) -> QuerySet[Member]:
    """Each with `is_near` and `is_readable`: a working roster shows its names, those in need apart."""
    plain = When(~Q(marks__overlap=list(SENSITIVE_MARKS)), then=Value(True))
    named = members.with_nearness(user).select_related("organisation")  # type: ignore[attr-defined]  # those of members
    return named.annotate(is_readable=Case(plain, default=Value(False), output_field=BooleanField()))
