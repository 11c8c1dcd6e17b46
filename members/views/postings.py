"""Secondments, liaison officers, trainings, double training, and the statistics of them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.listing import render_list
from core.refusals import Refused
from members import figures
from members.actions import postings as acts
from members.forms.postings import AdvancementForm, EndForm, LiaisonForm, SecondmentForm, TrainingForm
from members.listings import postings as lists
from members.models import Advancement, Liaison, Member, Secondment, Training
from members.views.submitting import first_step, form_page, performed
from organisations.models import User
from organisations.requests import Request
from pairing.models import Pairing

KEEP = "member.edit"


def show(request: Request, part: str, queryset, filterset_class, table_class, title: str, **context):
    """One of the four lists, with the tabs to the others."""
    if not request.user.can("member.read"):
        raise Http404
    return render_list(
        request,
        queryset=queryset,
        filterset_class=filterset_class,
        table_class=table_class,
        title=title,
        template="members/postings/list.html",
        context={"part": part, "keeps": request.user.can(KEEP), **context},
    )


@require_safe
def secondments(request: Request) -> HttpResponseBase:
    rows = Secondment.objects.visible_to(request.user).select_related("member", "sender", "host")
    empty = first_step(
        request.user.can(KEEP),
        _("No secondment is recorded in your scope."),
        "add_secondment",
        _("Record a secondment"),
    )
    sheet = (lists.SecondmentFilter, lists.SecondmentTable)
    return show(request, "secondments", rows, *sheet, _("Secondments"), **empty)


@require_safe
def liaisons(request: Request) -> HttpResponseBase:
    """With how many of the standing pairings have an officer, and the list of those that have none."""
    rows = Liaison.objects.visible_to(request.user)
    pairings = Pairing.objects.visible_to(request.user).standing().order_by()
    without = pairings.exclude(pk__in=Liaison.objects.current().order_by().values("pairing"))
    related = rows.select_related("pairing__unit", "pairing__village", "member__organisation")
    number = without.count()
    first = without.select_related("unit", "village").order_by("pk")[:10] if number else ()
    return show(
        request,
        "liaisons",
        related,
        lists.LiaisonFilter,
        lists.LiaisonTable,
        _("Liaison officers"),
        pairings=pairings.count(),
        without_number=number,
        without=[(each, may_name(request.user, each)) for each in first],
        empty_sentence=_("No liaison officer is named yet."),
    )


def may_name(user: User, pairing: Pairing) -> bool:
    return any(user.can("pair.manage", side) for side in (pairing.unit, pairing.village))


@require_safe
def trainings(request: Request) -> HttpResponseBase:
    rows = Training.objects.visible_to(request.user).select_related("organiser")
    words = _("No training is recorded in your scope.")
    empty = first_step(request.user.can(KEEP), words, "add_training", _("Record a training"))
    return show(request, "trainings", rows, lists.TrainingFilter, lists.TrainingTable, _("Trainings"), **empty)


@require_safe
def advancements(request: Request) -> HttpResponseBase:
    visible = Member.objects.visible_to(request.user).order_by().values("pk")
    rows = Advancement.objects.filter(member__in=visible).select_related("member__organisation")
    sheet = (lists.AdvancementFilter, lists.AdvancementTable)
    words = _("Nothing is recorded yet: members who became leaders in getting rich, leaders who became members.")
    empty = first_step(request.user.can(KEEP), words, "add_advancement", _("Record a double training"))
    return show(request, "advancements", rows, *sheet, _("Double training"), **empty)


def keeper(request: Request) -> None:
    """Whoever keeps no roster of members has no page to record anything on."""
    if not request.user.can(KEEP):
        raise Http404


def add_secondment(request: Request) -> HttpResponse:
    keeper(request)
    form = SecondmentForm(request.POST or None, user=request.user)
    made = performed(request, form, acts.second, at=timezone.now())
    if made:
        messages.success(request, _("The secondment was recorded."))
        return redirect(made)
    return form_page(request, form, _("Record a secondment"), back=reverse("postings"), back_name=_("Secondments"))


def secondment(request: Request, pk: int) -> HttpResponse:
    """One secondment, with the form that ends it for those who may."""
    rows = Secondment.objects.visible_to(request.user).select_related("member", "sender", "host", "recorded_by")
    found = get_object_or_404(rows, pk=pk)
    may_end = any(request.user.can(KEEP, place) for place in (found.sender, found.host))
    form = EndForm(request.POST or None, initial={"on": timezone.localdate()}) if may_end else None
    if form is None and request.method == "POST":
        raise Http404
    if form and performed(request, form, acts.end_secondment, secondment=found):
        messages.success(request, _("It ends on that day."))
        return redirect(found)
    return render(request, "members/postings/secondment.html", {"secondment": found, "form": form})


def add_training(request: Request) -> HttpResponse:
    keeper(request)
    form = TrainingForm(request.POST or None, user=request.user)
    made = performed(request, form, acts.record_training, at=timezone.now())
    if made:
        messages.success(request, _("The training was recorded."))
        return redirect(made)
    return form_page(request, form, _("Record a training"), back=reverse("trainings"), back_name=_("Trainings"))


def training(request: Request, pk: int) -> HttpResponse:
    rows = Training.objects.visible_to(request.user).select_related("organiser", "village", "recorded_by")
    found = get_object_or_404(rows, pk=pk)
    keeps = request.user.can(KEEP, found.organiser)
    return render(request, "members/postings/training.html", {"training": found, "keeps": keeps})


def edit_training(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Training.objects.visible_to(request.user).select_related("organiser", "village"), pk=pk)
    if not request.user.can(KEEP, found.organiser):
        raise Http404
    form = TrainingForm(request.POST or None, instance=Training.objects.get(pk=pk), user=request.user)
    if performed(request, form, acts.correct_training, training=found):
        messages.success(request, _("Kept."))
        return redirect(found)
    return form_page(request, form, _("Correct a training"), back=found.get_absolute_url(), back_name=found.title)


def add_advancement(request: Request) -> HttpResponse:
    keeper(request)
    form = AdvancementForm(request.POST or None, user=request.user)
    if performed(request, form, acts.record_advancement, at=timezone.now()):
        messages.success(request, _("Recorded."))
        return redirect("advancements")
    return form_page(
        request, form, _("Record a double training"), back=reverse("advancements"), back_name=_("Double training")
    )


def add_liaison(request: Request, pk: int) -> HttpResponse:
    pairings = Pairing.objects.visible_to(request.user).standing().select_related("unit", "village")
    pairing = get_object_or_404(pairings, pk=pk)
    if not may_name(request.user, pairing):
        raise Http404
    form = LiaisonForm(request.POST or None, user=request.user)
    if performed(request, form, acts.name_liaison, pairing=pairing):
        messages.success(request, _("The liaison officer was named."))
        return redirect("liaisons")
    title = _("Liaison officer: %(pairing)s") % {"pairing": pairing}
    return form_page(request, form, title, back=reverse("liaisons"), back_name=_("Liaison officers"))


@require_POST
def end_liaison(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Liaison.objects.visible_to(request.user), pk=pk)
    try:
        acts.end_liaison(by=request.user, liaison=found, on=timezone.localdate())
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("It ends on that day."))
    return redirect("liaisons")


@require_safe
def statistics(request: Request) -> HttpResponse:
    """T3 and T9 of one year."""
    if not request.user.can("member.read"):
        raise Http404
    given, this_year = request.GET.get("year", ""), timezone.localdate().year
    year = int(given) if given.isdecimal() and len(given) == 4 else this_year
    counted = (figures.trainings, figures.postings, figures.double_trainings)
    days = figures.year_of(year)
    days = figures.year_of(year)
    shown = {
        "year": year,
        "years": [this_year - back for back in range(4)],
        "tables": [
            *(count(request.user, days) for count in counted),
            figures.organisations(request.user),
        ],
    }
    return render(request, "members/postings/statistics.html", shown)
