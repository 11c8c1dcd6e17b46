"""Activities: the list, the page of one, what the other side answers, the archive of a pairing, what waits."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.figures import address
from core.listing import MOST_COUNTED, render_list
from core.refusals import Refused
from office.files import serve
from organisations.models import User
from organisations.requests import Request
from pairing.schemes import tags
from pairing.views.reach import visible_pairing
from visits import comparing, reading
from visits.actions import confirming, recording
from visits.actions import evidence as evidence_acts
from visits.forms.activities import SignForm, WordsForm
from visits.listings.activities import ActivityFilter, ActivityTable
from visits.listings.narrowing import narrowed_to
from visits.models import Activity, Evidence
from visits.states import RECORDED, ActivityState
from visits.year import year_asked

SHOWN_ON_HOME = 3
RELATED = (
    "pairing__round",
    "pairing__unit",
    "pairing__village",
    "unit",
    "entered_by",
    "answered_by",
    "corrects__detail",
    "detail",
)


@require_safe
def activities(request: Request) -> HttpResponseBase:
    """The page; asked for by htmx in part, what waits on the first page of whoever records or confirms."""
    if request.htmx and request.htmx.target != "list":
        return panel(request)
    rows = Activity.objects.all_visible_to(request.user).select_related("pairing__unit", "pairing__village", "unit")
    return render_list(
        request,
        queryset=rows,
        filterset_class=ActivityFilter,
        table_class=ActivityTable,
        title=_("Visits and activities"),
        most=MOST_COUNTED,
        template="visits/activities/list.html",
        context={
            "may_record": request.user.can(recording.LOG),
            "narrowed": narrowed_to(request),
            "empty_sentence": _("Nothing is recorded yet: visits, lectures, trainings, whatever is done together."),
        },
    )


def panel(request: Request) -> HttpResponse:
    """What waits for this person, and the one button to record something; nothing for those who do neither."""
    user = request.user
    if not any(map(user.can, (recording.LOG, reading.CONFIRM))):
        return HttpResponse()
    waiting = Activity.objects.to_be_confirmed_by(user).exclude(entered_by=user).order_by("on", "pk")
    shown = {
        "waiting": list(waiting.select_related(*RELATED)[:SHOWN_ON_HOME]),
        "number": waiting.count(),
        "returned": list(Activity.objects.returned_to(user).select_related(*RELATED)[:SHOWN_ON_HOME]),
        "may_record": user.can(recording.LOG),
    }
    return render(request, "visits/activities/panel.html", shown)


@require_safe
def activity_page(request: Request, pk: int) -> HttpResponse:
    return page(request, visible_activity(request.user, pk))


def page(request: Request, activity: Activity, form: WordsForm | None = None) -> HttpResponse:
    user = request.user
    acting = reading.acts_for(user, activity.pairing)
    is_own = acting is not None and acting[1] == activity.side
    state = ActivityState(activity.state)
    named = tags.names() if activity.tags or activity.corrects else {}
    shown = {
        "activity": activity,
        "participants": list(activity.participants.all()),
        "evidence": list(activity.evidence.select_related("file", "added_by", "marked")),
        "position": getattr(activity, "position", None),
        "may_sign": acting is not None and state in RECORDED,
        "tags": [named.get(key, key) for key in activity.tags],
        "changes": comparing.changes(activity.corrects, activity, named) if activity.corrects else [],
        "correction": activity.corrections.recorded().first(),
        "answers": reading.answers(user, activity),
        "form": form or WordsForm(),
        "may_mend": is_own and state in (ActivityState.PLANNED, ActivityState.RETURNED),
        "may_correct": is_own and state == ActivityState.CONFIRMED,
        "may_cancel": is_own and state in (ActivityState.PLANNED, ActivityState.SUBMITTED, ActivityState.RETURNED),
        "may_miss": is_own and activity.is_planned,
    }
    return render(request, "visits/activities/page.html", shown)


def visible_activity(user: User, pk: int) -> Activity:
    return get_object_or_404(Activity.objects.visible_to(user).select_related(*RELATED, "position"), pk=pk)


def answered_activity(user: User, pk: int) -> Activity:
    """One that waits for this user; everything else does not exist."""
    rows = Activity.objects.to_be_confirmed_by(user).exclude(entered_by=user)
    return get_object_or_404(rows.select_related(*RELATED), pk=pk)


def own_activity(user: User, pk: int) -> Activity:
    """One that the user's side recorded."""
    activity = visible_activity(user, pk)
    acting = reading.acts_for(user, activity.pairing)
    if acting is None or acting[1] != activity.side:
        raise Http404
    return activity


@require_POST
def confirm_activity(request: Request, pk: int) -> HttpResponse:
    """One tap, from the page or from the first page."""
    activity = answered_activity(request.user, pk)
    confirming.confirm(by=request.user, activity=activity, at=timezone.now())
    messages.success(request, _("Confirmed: %(what)s.") % {"what": activity.name})
    return redirect("home" if request.POST.get("back") == "home" else activity)


@require_POST
def return_activity(request: Request, pk: int) -> HttpResponse:
    activity = answered_activity(request.user, pk)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return page(request, activity, form)
    confirming.send_back(by=request.user, activity=activity, words=form.cleaned_data["words"], at=timezone.now())
    messages.success(request, _("Sent back with your reason."))
    return redirect(activity)


@require_POST
def cancel_activity(request: Request, pk: int) -> HttpResponse:
    activity = own_activity(request.user, pk)
    recording.cancel(by=request.user, activity=activity, at=timezone.now())
    messages.success(request, _("Cancelled; it stays readable."))
    return redirect(activity)


@require_POST
def miss_activity(request: Request, pk: int) -> HttpResponse:
    activity = own_activity(request.user, pk)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return page(request, activity, form)
    recording.miss(by=request.user, activity=activity, words=form.cleaned_data["words"], at=timezone.now())
    messages.success(request, _("Noted, with the reason."))
    return redirect(activity)


@require_safe
def evidence(request: Request, pk: int, record: int) -> HttpResponseBase:
    activity = visible_activity(request.user, pk)
    found = Evidence.objects.select_related("file", "marked__file").filter(activity=activity)
    shown = get_object_or_404(found, pk=record)
    file = shown.file
    if hasattr(shown, "marked") and not (request.GET.get("as") == "received" and sees_received(request.user, shown)):
        file = shown.marked.file
    if file.destroyed_at is not None:
        raise Http404
    return serve(file, as_attachment=False)


def sees_received(user: User, shown: Evidence) -> bool:
    """A photo without the words drawn on it: whoever uploaded it, and who looks into the history of the unit."""
    return shown.added_by_id == user.pk or user.can("history.read", shown.activity.unit)


def sign_activity(request: Request, pk: int) -> HttpResponse:
    """The screen is handed to those present, or to a villager."""
    activity = visible_activity(request.user, pk)
    if reading.acts_for(request.user, activity.pairing) is None or activity.state not in RECORDED:
        raise Http404
    form = SignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            evidence_acts.sign(by=request.user, activity=activity, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("The signature is kept with the record."))
            return redirect(activity)
    return render(request, "visits/activities/sign.html", {"activity": activity, "form": form})


@require_safe
def pairing_activities(request: Request, pk: int) -> HttpResponse:
    """The archive of a pairing, the same for both sides (TN-25); a panel of its page holds this year's numbers."""
    pairing = visible_pairing(request.user, pk)
    today = timezone.localdate()
    year = year_asked(request.GET.get("year", ""), today)
    since, until = today.replace(year=year, month=1, day=1), today.replace(year=year, month=12, day=31)
    found = reading.tallies(pairing, since, until)
    acting = reading.acts_for(request.user, pairing)
    shown = {
        "pairing": pairing,
        "year": year,
        "tallies": found,
        "lacks_diagnosis": reading.lacks_diagnosis(pairing, found),
        "may_record": acting is not None,
        "may_hand_in": acting is not None and acting[0] == pairing.unit,
    }
    if request.htmx:
        return render(request, "visits/activities/pairing_panel.html", shown)
    archive = comparing.archive(pairing, since, until, today)
    shown |= {
        "rows": archive.rows,
        "number": archive.number,
        "of_the_year": address(
            reverse("activities"), unit=pairing.unit_id, village=pairing.village_id, since=since, until=until
        ),
        "years": range(today.year, min(pairing.round.starts_on.year, today.year) - 1, -1),
        "comparison": archive.comparison,
    }
    return render(request, "visits/activities/archive.html", shown)
