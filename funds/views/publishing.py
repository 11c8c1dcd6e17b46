"""Publishing what the aid money did: one page, filled from the ledger, one button; then the poster and the board."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.listing import render_list
from core.refusals import Refused
from funds.actions import publishing as acts
from funds.actions.entering import KEEP
from funds.forms.publishing import BoardForm, MatterForm, PublishForm, RulesForm, filled_before
from funds.listings.publishing import DisclosureFilter, DisclosureTable
from funds.models import Disclosure, DisclosurePicture
from funds.publishing import poster
from funds.publishing.filling import lines_for
from funds.publishing.personal import names_kept_in
from funds.publishing.profiles import PROFILES, profile_of
from funds.publishing.states import DisclosureKind, DisclosureState
from funds.publishing.village import lines_of
from funds.publishing.windows import Window, offered, suggested, window_of
from office.files import serve
from office.inspection.naming import DOCX
from organisations.models import Organisation
from organisations.requests import Request


@require_safe
def disclosure_list(request: Request) -> HttpResponseBase:
    village = publishes_for(request.user).order_by("path").first()
    place = Organisation.objects.managed_by(request.user, "round.manage").order_by("path").first()
    return render_list(
        request,
        queryset=Disclosure.objects.visible_to(request.user).select_related("village", "corrected_by"),
        filterset_class=DisclosureFilter,
        table_class=DisclosureTable,
        title=_("Village affairs disclosure"),
        template="funds/disclosures/list.html",
        context={"village": village, "place": place, "empty_sentence": _("Nothing has been published yet.")},
    )


def publishes_for(user):
    """Villages for which the user publishes."""
    return Organisation.objects.managed_by(user, KEEP).villages().open()


def own_village(user, pk: int) -> Organisation:
    return get_object_or_404(publishes_for(user), pk=pk)


def disclose(request: Request, pk: int) -> HttpResponse:
    """The quarter that waits longest, or the period asked for; the draft comes with the first try to publish."""
    village, today = own_village(request.user, pk), timezone.localdate()
    windows = offered(village, today)
    asked = request.GET.get("period", "")
    window = next((each for each in windows if each.period == asked), None) if asked else suggested(windows)
    if window is None and (asked or request.method == "POST"):
        raise Http404
    if window is None:
        return render(request, "funds/disclosures/nothing_due.html", {"village": village})
    return publishing(request, village, window, windows=windows)


def publish_draft(request: Request, pk: int) -> HttpResponse:
    """A major matter, or a correction that was begun."""
    draft = get_object_or_404(drafts(request.user), pk=pk)
    return publishing(request, draft.village, window_of(draft), draft=draft)


def drafts(user):
    rows = Disclosure.objects.filter(state=DisclosureState.DRAFT, village__in=publishes_for(user))
    return rows.select_related("village", "corrects")


def publishing(
    request: Request, village: Organisation, window: Window, *, draft: Disclosure | None = None, **shown: Any
) -> HttpResponse:
    today = timezone.localdate()
    draft = draft or Disclosure.objects.filter(village=village, period=window.period, corrects=None).first()
    if draft is not None and draft.state != DisclosureState.DRAFT:
        return redirect(draft)
    lines = lines_for(village, window)
    given: dict[str, Any] = {"names": names_kept_in(village), "is_correction": bool(window.corrects)}
    initial = filled_before(village, today)
    if window.corrects is not None:
        initial["words"] = window.corrects.words
    form = PublishForm(request.POST or None, request.FILES or None, lines=lines, initial=initial, **given)
    if request.method == "POST" and (made := published(request, form, village, window)):
        messages.success(request, said(made))
        return redirect(made)
    pictures = DisclosurePicture.objects.filter(disclosure=draft).order_by("pk") if draft else []
    shown |= {"village": village, "window": window, "form": form, "draft": draft, "pictures": pictures}
    shown |= {"lines": lines, "sums": poster.sums_now(village), "rules": profile_of(village)}
    return render(request, "funds/disclosures/publish.html", shown)


def published(request: Request, form: PublishForm, village: Organisation, window: Window) -> Disclosure | None:
    """Pictures are kept with the draft also where something else has to be mended first."""
    is_valid, at = form.is_valid(), timezone.now()
    pictures = form.cleaned_data.get("pictures") if "no_minors" not in form.errors else None
    try:
        if (key := form.cleaned_data.get("key")) and (known := published_as(key, village)):
            return known
        if not (pictures or is_valid):
            return None
        draft = acts.prepare(by=request.user, village=village, window=window, at=at)
        if pictures:
            acts.add_pictures(by=request.user, disclosure=draft, pictures=pictures, kind="picture", at=at)
        if is_valid:
            same = {name: form.cleaned_data[name] for name in ("key", "days")}
            return acts.publish(by=request.user, disclosure=draft, text=form.text, at=at, **same)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
    return None


def published_as(key: UUID, village: Organisation) -> Disclosure | None:
    """What the same form published before."""
    return Disclosure.objects.filter(key=key, village=village).public().first()


def said(disclosure: Disclosure) -> str:
    if disclosure.state == DisclosureState.SHORT:
        return _("Kept as too short: it does not count as published. Correct it with at least 15 days.")
    return _("Published. Everybody can read it now, without signing in. Print the poster for the board.")


@require_safe
def disclosure_page(request: Request, pk: int) -> HttpResponse:
    disclosure = reached(request, pk)
    if disclosure.state == DisclosureState.DRAFT and publishes_for(request.user).filter(pk=disclosure.village_id):
        return redirect("publish_disclosure", disclosure.pk)
    return page(request, disclosure, BoardForm())


def page(request: Request, disclosure: Disclosure, board_form: BoardForm) -> HttpResponse:
    newer = Disclosure.objects.filter(corrects=disclosure).first()
    may_publish = publishes_for(request.user).filter(pk=disclosure.village_id).exists()
    is_public, today = disclosure.state != DisclosureState.DRAFT, timezone.localdate()
    shown = {
        "disclosure": disclosure,
        "newer": newer,
        "days_left": disclosure.days_left(today),
        "lines": lines_of(disclosure) if is_public else [],
        "funds": disclosure.funds.select_related("fund"),
        "pictures": disclosure.pictures.all(),
        "may_correct": may_publish and is_public and newer is None,
        "may_add": may_publish and is_public,
        "board_form": board_form,
        "rules": profile_of(disclosure.village),
    }
    return render(request, "funds/disclosures/page.html", shown)


def reached(request: Request, pk: int) -> Disclosure:
    rows = Disclosure.objects.visible_to(request.user).select_related("village", "corrects", "published_by")
    return get_object_or_404(rows, pk=pk)


def own_published(request: Request, pk: int) -> Disclosure:
    rows = Disclosure.objects.public().filter(village__in=publishes_for(request.user)).select_related("village")
    return get_object_or_404(rows, pk=pk)


def new_matter(request: Request, pk: int) -> HttpResponse:
    """A major matter is published at once, whatever the quarter."""
    village, today = own_village(request.user, pk), timezone.localdate()
    form = MatterForm(request.POST or None, initial={"starts_on": today, "ends_on": today})
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        due_on = profile_of(village).due_on(held["ends_on"], is_matter=True)
        window = Window(DisclosureKind.MATTER, "", held["starts_on"], held["ends_on"], due_on, held["title"])
        try:
            draft = acts.prepare(by=request.user, village=village, window=window, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("publish_disclosure", draft.pk)
    return render(request, "funds/disclosures/matter.html", {"village": village, "form": form})


@require_POST
def correct_disclosure(request: Request, pk: int) -> HttpResponse:
    """Begins a new version beside this one, which stays readable."""
    old = own_published(request, pk)
    window = window_of(old)
    window = Window(old.kind, old.period, old.starts_on, old.ends_on, window.due_on, old.title, corrects=old)
    draft = acts.prepare(by=request.user, village=old.village, window=window, at=timezone.now())
    return redirect("publish_disclosure", draft.pk)


@require_POST
def add_board_photo(request: Request, pk: int) -> HttpResponse:
    disclosure, form = own_published(request, pk), BoardForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, disclosure, form)
    pictures = form.cleaned_data["pictures"]
    acts.add_pictures(by=request.user, disclosure=disclosure, pictures=pictures, kind="board", at=timezone.now())
    messages.success(request, _("Kept. It shows that the poster hangs there."))
    return redirect(disclosure)


@require_POST
def remove_picture(request: Request, pk: int, number: int) -> HttpResponse:
    draft = get_object_or_404(drafts(request.user), pk=pk)
    acts.remove_picture(by=request.user, picture=get_object_or_404(draft.pictures, pk=number))
    return redirect("publish_disclosure", draft.pk)


@require_safe
def disclosure_picture(request: Request, pk: int, number: int) -> HttpResponseBase:
    """While it is prepared; once it is published everybody has an address of their own."""
    picture = get_object_or_404(reached(request, pk).pictures.select_related("file"), pk=number)
    return serve(picture.file, as_attachment=False)


@require_safe
def poster_page(request: Request, pk: int) -> HttpResponse:
    """A4 for the board: in print, or as a Word file."""
    disclosure = reached(request, pk)
    if disclosure.state == DisclosureState.DRAFT:
        raise Http404
    content = poster.content_of(disclosure, request.build_absolute_uri)
    if request.GET.get("as") != "docx":
        shown = {"disclosure": disclosure, "poster": content, "code": poster.code_svg(content["address"])}
        return render(request, "funds/disclosures/poster.html", shown)
    response = HttpResponse(poster.document(content, disclosure), content_type=DOCX)
    name = f"{disclosure.village.name}{content['title']}.docx"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Cache-Control"] = "private, no-store"
    return response


def disclosure_rules(request: Request, pk: int) -> HttpResponse:
    """Which province's rules hold for the villages below."""
    place = get_object_or_404(Organisation.objects.managed_by(request.user, "round.manage"), pk=pk)
    form = RulesForm(request.POST or None, initial={"profile": profile_of(place).key})
    if request.method == "POST" and form.is_valid():
        acts.choose_rules(by=request.user, place=place, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Saved. It holds for all villages below."))
        return redirect("disclosure_rules", place.pk)
    return render(
        request, "funds/disclosures/rules.html", {"place": place, "form": form, "rules": PROFILES.values()}
    )  # fmt: skip
