"""Schemes: the list, each as a document, and taking over a changed file."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from organisations.requests import Request
from pairing.actions import rounds as actions
from pairing.forms.rounds import SchemeForm
from pairing.models import Round, Scheme, SchemeVersion
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
    versions = list(scheme.versions.select_related("taken_by"))
    version = next((v for v in versions if number in (None, v.number)), None)
    if version is None:
        raise Http404
    shown = {
        "scheme": scheme,
        "version": version,
        "versions": versions,
        "rules": version.rules,
        "sections": sections(version.rules),
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
