"""One's own households, longest unseen first; and what is noted in a pair: help, a talk, the wish, the plan."""

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.actions import aids as acts
from members.course import Course, course_of
from members.forms.pairs import AidForm, PlanForm, WishForm, WithdrawForm
from members.models import PersonPair
from members.views.pair_reach import visible_pair
from members.views.submitting import performed
from organisations.models import User
from organisations.requests import Request

MOST = 300
SHOWN_ON_HOME = 3


def own_pairs(user: User):
    """Whom somebody looks after, the longest unseen first."""
    mine = PersonPair.objects.of_helper(user).active().with_people().with_nearness(user)
    return mine.order_by(F("seen_on").asc(nulls_first=True), "since", "pk")


@require_safe
def my_households(request: Request) -> HttpResponse:
    """The page; asked for by htmx, the part of it that stands on the first page of whoever helps."""
    if request.htmx:
        return panel(request)
    pairs = list(own_pairs(request.user)[:MOST])
    unseen = sum(pair.seen_on is None for pair in pairs)
    shown = {"pairs": pairs, "unseen": unseen, "today": timezone.localdate()}
    return render(request, "members/my_households/page.html", shown)


def panel(request: Request) -> HttpResponse:
    """The households longest unseen; nothing for whoever looks after none."""
    mine = own_pairs(request.user)
    pairs = list(mine[:SHOWN_ON_HOME])
    number = mine.count() if pairs else 0
    shown = {"pairs": pairs, "number": number, "today": timezone.localdate()}
    return render(request, "members/my_households/panel.html", shown)


def note_aid(request: Request, pk: int) -> HttpResponse:
    pair, course = noted(request, pk)
    form = AidForm(request.POST or None, rules=course.rules)
    if performed(request, form, acts.note_aid, pair=pair, at=timezone.now()):
        messages.success(request, _("Noted."))
        return back(request, pair)
    return render(request, "members/pairs/note.html", {"pair": pair, "course": course, "form": form})


def withdraw_aid(request: Request, pk: int, note: int) -> HttpResponse:
    pair, _course = noted(request, pk)
    entry = get_object_or_404(pair.aids.standing(), pk=note)
    form = WithdrawForm(request.POST or None)
    if performed(request, form, acts.withdraw_aid, note=entry, at=timezone.now()):
        messages.success(request, _("Taken back; the entry stays readable, struck out."))
        return redirect(pair)
    return render(request, "members/pairs/withdraw.html", {"pair": pair, "note": entry, "form": form})


def record_wish(request: Request, pk: int) -> HttpResponse:
    pair, course = noted(request, pk)
    if course.household is None:
        raise Http404
    form = WishForm(request.POST or None, initial={"words": course.household.wish})
    if performed(request, form, acts.record_wish, pair=pair, at=timezone.now()):
        messages.success(request, _("The wish is recorded."))
        return back(request, pair)
    return render(request, "members/pairs/record_wish.html", {"pair": pair, "form": form})


def write_plan(request: Request, pk: int) -> HttpResponse:
    pair, course = noted(request, pk)
    if not course.is_for_people:
        raise Http404
    plan = course.plan
    start = {"content": plan.content, "measures": plan.measures, "leaves_on": plan.leaves_on} if plan else {}
    form = PlanForm(request.POST or None, initial=start)
    if performed(request, form, acts.write_plan, pair=pair, at=timezone.now()):
        messages.success(request, _("The plan is written."))
        return redirect(pair)
    return render(request, "members/pairs/write_plan.html", {"pair": pair, "course": course, "form": form})


def noted(request: Request, pk: int) -> tuple[PersonPair, Course]:
    """A pair in force in which the user may write; everything else does not exist."""
    pair = visible_pair(request.user, pk)
    course = course_of(pair, request.user)
    if not course.may_note:
        raise Http404
    return pair, course


def back(request: Request, pair: PersonPair) -> HttpResponse:
    """The helper goes on with the next one; whoever writes for them sees the pair."""
    is_own = pair.helper_member is not None and pair.helper_member.user_id == request.user.pk
    return redirect("my_households") if is_own else redirect(pair)
