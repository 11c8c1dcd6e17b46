"""The board of resources: by kind with both columns, one entry with who answered, and each match (SH-25)."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from core.listing import render_list
from core.marks import Remembered
from core.refusals import Refused
from organisations.models import Need, Strength
from organisations.requests import Request
from organisations.views.editing import refuse_in
from pairing import resources as board_of
from pairing.actions import exchanges, resources
from pairing.forms.resources import AskForm, EntryForm, ExchangeForm, SearchForm
from pairing.listings.resources import EntryFilter, EntryTable
from pairing.models import ResourceEntry, ResourceExchange
from pairing.models.resource import Direction
from pairing.speaking import own_organisations, speaking_post
from pairing.states import EntryState, ExchangeState

AGREED = (ExchangeState.ACCEPTED, ExchangeState.DONE, ExchangeState.CONFIRMED)
TITLES = {Direction.OFFER: _("Post an offer"), Direction.REQUEST: _("Post a request")}
VERBS = {
    "accept": (exchanges.accept_exchange, _("Agree")),
    "decline": (exchanges.decline_exchange, _("Decline")),
    "done": (exchanges.report_done, _("Report it as done")),
    "confirm": (exchanges.confirm_done, _("Confirm that it was done")),
    "return": (exchanges.return_done, _("Not done, or not so")),
    "withdraw": (exchanges.withdraw_exchange, _("Withdraw")),
}


@require_safe
def board(request: Request) -> HttpResponse:
    """What is offered and asked for in the area now, with the known needs and strengths beside."""
    form = SearchForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {"q": "", "kind": ""}
    words, kind, user = chosen["q"].strip(), chosen["kind"], request.user
    entries = ResourceEntry.objects.visible_to(user).on_offer(timezone.localdate())
    found = board_of.searched(entries, words) if words else entries
    tallies = Remembered(found.values("pk")).get("tallies", lambda: board_of.tallies(found))
    here = found.filter(resource=kind) if kind else found
    own = list(own_organisations(user))
    keys = {organisation.pk for organisation in own}
    shown = {
        "form": form,
        "kind": kind,
        "words": words,
        "tallies": tallies,
        "offer_count": sum(each.offers for each in tallies if not kind or each.kind == kind),
        "request_count": sum(each.requests for each in tallies if not kind or each.kind == kind),
        "offers": board_of.column(here, Direction.OFFER)[: board_of.SHOWN],
        "requests": board_of.column(here, Direction.REQUEST)[: board_of.SHOWN],
        "needs": board_of.known_of(board_of.known_needs(user, kind, words), "village", keys),
        "strengths": board_of.known_of(board_of.known_strengths(user, kind, words), "unit", keys),
        "may_post": bool(own),
    }
    return render(request, "pairing/resources/board.html", shown)


@require_safe
def entry_list(request: Request) -> HttpResponseBase:
    counted = {"asked": Count("exchanges"), "agreed": Count("exchanges", filter=Q(exchanges__state__in=AGREED))}
    entries = ResourceEntry.objects.visible_to(request.user).annotate(**counted)
    return render_list(
        request,
        queryset=entries.select_related("organisation", "facility"),
        filterset_class=EntryFilter,
        table_class=EntryTable,
        title=str(_("Offers and requests")),
        is_long=True,
        template="pairing/resources/list.html",
        context={"empty_sentence": _("Nothing has been offered or asked for in your area yet.")},
    )


def new_entry(request: Request) -> HttpResponse:
    own = own_organisations(request.user)
    if not own.exists():
        raise Http404
    direction = Direction.OFFER if request.GET.get("direction") == Direction.OFFER else Direction.REQUEST
    form = EntryForm(request.POST or None, own=own, initial={"direction": direction})
    if request.method == "POST" and form.is_valid():
        try:
            entry = resources.post_entry(by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("Posted. Everybody of your area who is signed in sees it."))
            return redirect(entry)
    return render(request, "pairing/resources/edit.html", {"form": form, "title": TITLES[direction]})


def edit_entry(request: Request, pk: int) -> HttpResponse:
    entry = own_entry(request, pk)
    own = own_organisations(request.user).filter(pk=entry.organisation_id)
    form = EntryForm(request.POST or None, own=own, instance=ResourceEntry.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        try:
            resources.change_entry(by=request.user, entry=entry, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(entry)
    return render(request, "pairing/resources/edit.html", {"form": form, "entry": entry, "title": entry.title})


@require_POST
def withdraw_entry(request: Request, pk: int) -> HttpResponse:
    entry = resources.withdraw_entry(by=request.user, entry=own_entry(request, pk), at=timezone.now())
    messages.success(request, _("Taken down. Whoever had asked was told."))
    return redirect(entry)


@require_POST
def post_need(request: Request, pk: int) -> HttpResponse:
    return posted_known(request, get_object_or_404(Need.objects.select_related("village"), pk=pk))


@require_POST
def post_strength(request: Request, pk: int) -> HttpResponse:
    return posted_known(request, get_object_or_404(Strength.objects.select_related("unit"), pk=pk))


def posted_known(request: Request, known: Need | Strength) -> HttpResponse:
    """404 for whoever does not speak for the village or unit that it belongs to."""
    if speaking_post(request.user, known.village if isinstance(known, Need) else known.unit) is None:
        raise Http404
    entry = resources.post_known(by=request.user, known=known, at=timezone.now())
    messages.success(request, _("It stands on the board. Add details, if you like."))
    return redirect(entry)


def entry_page(request: Request, pk: int) -> HttpResponse:
    """What it is; for its owner who answered, for everybody else of the area a form to answer."""
    entry = visible_entry(request, pk)
    is_own = speaking_post(request.user, entry.organisation) is not None
    own = own_organisations(request.user).exclude(pk=entry.organisation_id)
    may_ask = board_of.is_on_offer(entry, timezone.localdate()) and not is_own and own.exists()
    if request.method == "POST" and not may_ask:
        raise Http404
    form = AskForm(request.POST or None, own=own) if may_ask else None
    if form and request.method == "POST" and form.is_valid():
        try:
            exchange = exchanges.ask(by=request.user, entry=entry, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("Sent. The answer comes to your messages."))
            return redirect("exchange", exchange.pk)
    shown = {
        "entry": entry,
        "is_own": is_own,
        "form": form,
        "exchanges": ResourceExchange.objects.visible_to(request.user).filter(entry=entry).select_related("asker"),
        "is_open": entry.state == EntryState.OPEN,
    }
    return render(request, "pairing/resources/page.html", shown)


def exchange_page(request: Request, pk: int) -> HttpResponse:
    """One who asked: what was said, how far it is, and the next step."""
    found = ResourceExchange.objects.visible_to(request.user).select_related("entry__organisation", "asker")
    exchange = get_object_or_404(found, pk=pk)
    verbs = board_of.offered_verbs(request.user, exchange)
    form = ExchangeForm(request.POST or None, with_day="done" in verbs, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            performed(request, exchange, verbs, form.cleaned_data)
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("Noted. The other side was told."))
            return redirect("exchange", exchange.pk)
    steps = [(verb, words) for verb, (_act, words) in VERBS.items() if verb in verbs]
    return render(request, "pairing/resources/exchange.html", {"exchange": exchange, "steps": steps, "form": form})


def performed(request: Request, exchange: ResourceExchange, verbs: list[str], given: dict) -> None:
    verb = request.POST.get("verb", "")
    if verb not in verbs:
        raise Refused(_("Choose one of the steps."))
    words = {} if verb == "confirm" else {"words": given["words"]}
    day = {"on": given["on"] or timezone.localdate()} if verb == "done" else {}
    VERBS[verb][0](by=request.user, exchange=exchange, at=timezone.now(), **words, **day)


def visible_entry(request: Request, pk: int) -> ResourceEntry:
    entries = ResourceEntry.objects.visible_to(request.user)
    return get_object_or_404(entries.select_related("organisation", "facility"), pk=pk)


def own_entry(request: Request, pk: int) -> ResourceEntry:
    """404 for whoever does not speak for it."""
    entry = visible_entry(request, pk)
    if speaking_post(request.user, entry.organisation) is None:
        raise Http404
    return entry
