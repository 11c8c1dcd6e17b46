"""Schemes: the list, each as a document, taking over a changed file, changing one in forms, comparing two versions."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.refusals import Refused
from organisations.requests import Request
from pairing.actions import rounds as actions
from pairing.actions.schemes import change_scheme, copy_scheme
from pairing.forms.rounds import SchemeForm
from pairing.forms.schemes import SchemeChangeForm
from pairing.models import Round, Scheme, SchemeVersion
from pairing.schemes.comparing import compared, marked
from pairing.schemes.document import sections, standing
from pairing.schemes.reading import FaultyScheme


@require_safe
def scheme_list(request: Request) -> HttpResponse:
    newest = SchemeVersion.objects.order_by("scheme_id", "-number").distinct("scheme_id").select_related("scheme")
    shown = {"versions": newest, "may_take": request.user.can("scheme.manage")}
    return render(request, "pairing/schemes/list.html", shown)


@require_safe
def scheme_page(request: Request, key: str, number: int | None = None) -> HttpResponse:
    scheme = get_object_or_404(Scheme, key=key)
    versions = list(scheme.versions.select_related("taken_by", "adapts__scheme"))
    version = next((v for v in versions if number in (None, v.number)), None)
    if version is None:
        raise Http404
    document = sections(version.rules)
    shown = {
        "scheme": scheme,
        "version": version,
        "versions": versions,
        "rules": version.rules,
        "sections": marked(document, version.adapts.rules) if version.adapts else document,
        "earlier": next((each for each in versions if each.number < version.number), None),
        "standing": standing(version.rules),
        "rounds": Round.objects.visible_to(request.user)
        .filter(scheme_version__scheme=scheme)
        .select_related("scheme_version"),
        "may_take": request.user.can("scheme.manage"),
        "may_open": request.user.can("round.manage"),
    }
    return render(request, "pairing/schemes/page.html", shown)


def take_scheme(request: Request) -> HttpResponse:
    """A file pasted or changed in the browser; `?from=KEY` begins with the newest version of a scheme."""
    if not request.user.can("scheme.manage"):
        raise Http404
    origin = Scheme.objects.filter(key=request.GET.get("from", "")).first()
    newest = origin.versions.first() if origin else None
    initial = {"text": newest.text} if newest else {}
    form = SchemeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            version = actions.take_scheme(by=request.user, text=form.cleaned_data["text"], at=timezone.now())
        except FaultyScheme as refusal:
            for fault in refusal.faults:
                form.add_error("text", fault)
        else:
            messages.success(request, _("Version %(number)s is in force for new rounds.") % {"number": version.number})
            return redirect(version.scheme)
    return render(request, "pairing/schemes/take.html", {"form": form, "origin": origin})


def change(request: Request, key: str, number: int) -> HttpResponse:
    """A copy of this version under another name; of a copy, its next version, with `?copy` a further copy."""
    if not request.user.can("scheme.manage"):
        raise Http404
    version = get_object_or_404(
        SchemeVersion.objects.select_related("scheme", "adapts"), scheme__key=key, number=number
    )
    as_copy = version.adapts is None or "copy" in request.GET
    form = SchemeChangeForm(request.POST or None, version=version, as_copy=as_copy)
    if request.method == "POST" and form.is_valid():
        verb = copy_scheme if as_copy else change_scheme
        try:
            made = verb(by=request.user, version=version, values=form.values(), at=timezone.now())
        except FaultyScheme as refusal:
            form.add_faults(refusal)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Version %(number)s is in force for new rounds.") % {"number": made.number})
            return redirect(made.scheme)
    shown = {"form": form, "version": version, "as_copy": as_copy}
    return render(request, "pairing/schemes/change.html", shown)


@require_safe
def compare(request: Request, key: str, number: int, before: int) -> HttpResponse:
    """What version `number` changed against another one, named by its primary key: of the same scheme or the text
    that it adapts."""
    version = get_object_or_404(SchemeVersion.objects.select_related("scheme"), scheme__key=key, number=number)
    earlier = get_object_or_404(SchemeVersion.objects.select_related("scheme"), pk=before)
    if earlier.scheme_id != version.scheme_id and earlier.pk != version.adapts_id:
        raise Http404
    shown = {"version": version, "earlier": earlier, "changed": compared(earlier.rules, version.rules)}
    return render(request, "pairing/schemes/compare.html", shown)
