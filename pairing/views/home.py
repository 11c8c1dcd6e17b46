"""The first page after sign-in: for each person what they came for."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organisations.kinds import AREAS, DESKS, Kind
from organisations.models import Appointment, User
from organisations.requests import Request
from organisations.roles import ROLES
from pairing.figures.progress import progress_for
from pairing.figures.worst import worst
from pairing.home import cards_of
from pairing.models import Round
from pairing.round_order import nearest_first
from pairing.states import RoundState

SHOWN_BEHIND = 6
WATCHES_FROM = (*AREAS, *DESKS, Kind.TOWNSHIP, Kind.PARTY_COMMITTEE, Kind.WORK_COMMITTEE, Kind.ORGANS_WORK_COMMITTEE)
TASKS_OF_OTHERS = ("unit.act", "village.act", "job.manage")


@require_safe
def home(request: Request) -> HttpResponse:
    """The desk of whoever runs or watches rounds; else the cards of whoever acts; else the posts, explained."""
    if any(watches(post) for post in request.user.posts):
        return desk(request)
    cards = cards_of(request.user, today=timezone.localdate())
    explained = [(post, ROLES[post.role].description) for post in request.user.posts if post.role in ROLES]
    shown = {**in_turn(cards), "explained": explained, "panels": settings.HOME_PANELS}
    return render(request, "pairing/home/cards.html", shown)


def in_turn(cards: list) -> dict[str, list]:
    """What waits for the reader stands before the panels, the rest after them."""
    pressing = [card for card in cards if card.is_mine and not card.is_done]
    return {"pressing": pressing, "cards": [card for card in cards if card not in pressing]}


def watches(post: Appointment) -> bool:
    """Organises rounds, or looks after a committee's subtree."""
    if post.grants("round.manage"):
        return True
    looks_on = post.grants("history.read") and not any(post.grants(task) for task in TASKS_OF_OTHERS)
    return looks_on and post.organisation.kind in WATCHES_FROM


def desk(request: Request) -> HttpResponse:
    """One round at a time; `?round=` chooses, by default the largest open one of the reader's own office."""
    rounds = list(rounds_of(request.user))
    round = chosen(rounds, request.GET.get("round", ""))
    if round is None:
        return render(request, "pairing/home/no_round.html", {"may_open": request.user.can("round.manage")})
    today = timezone.localdate()
    progress = progress_for(request.user, round, today=today)
    cards = cards_of(request.user, today=today)
    behind = worst(round, request.user.scopes(), progress.revision, SHOWN_BEHIND)
    shown = {
        "round": round,
        "rounds": rounds,
        "current_round": round,
        "today": today,
        "progress": progress,
        "behind": behind.lines,
        "behind_number": behind.number,
        "manages": request.user.can("round.manage", round.organiser),
        **in_turn(cards),
        "panels": settings.HOME_PANELS,
    }
    return render(request, "pairing/home/desk.html", shown)


def rounds_of(user: User):
    rounds = nearest_first(Round.objects.visible_to(user).exclude(state=RoundState.CLOSED), user)
    return rounds.select_related("organiser", "scheme_version", "newest_directory").prefetch_related("milestones")


def chosen(rounds: list[Round], given: str) -> Round | None:
    """Open rounds come before those still being prepared."""
    return next((round for round in rounds if str(round.pk) == given), rounds[0] if rounds else None)
