"""Archive packages: asked for at a pairing or a round, made in the background, fetched by whoever asked."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.listing import render_list
from core.refusals import Refused
from office.files import serve
from organisations.requests import Request
from pairing.forms.figures import near
from pairing.models import Pairing
from pairing.views.reach import visible_pairing, visible_round
from reports.actions import archive as acts
from reports.archive.retention import kinds, standard
from reports.forms.archive import PackageForm, PackagesForm
from reports.listings.archive import PackageFilter, PackageTable
from reports.models import ArchivePackage

SHOWN = 3


@require_safe
def archive_packages(request: Request) -> HttpResponseBase:
    return render_list(
        request,
        queryset=ArchivePackage.objects.visible_to(request.user).related(),
        filterset_class=PackageFilter,
        table_class=PackageTable,
        title=_("Archive packages"),
        context={
            "lead": _("Made for you alone, from what you may read; each is kept for %(days)s days.")
            % {"days": acts.KEPT_DAYS},
            "empty_sentence": _("No package yet. Ask for one on the page of a pairing or of a round."),
        },
    )


def pairing_archive(request: Request, pk: int) -> HttpResponse:
    """Of one pairing; for htmx the panel on its page."""
    pairing = visible_pairing(request.user, pk)
    form = PackageForm(request.POST or None, round=pairing.round, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        rows = Pairing.objects.visible_to(request.user).filter(pk=pairing.pk)
        return asked(request, round=pairing.round, rows=rows, year=form.cleaned_data["year"], pairing=pairing)
    mine = ArchivePackage.objects.visible_to(request.user).filter(pairing=pairing).related()[:SHOWN]
    template = "reports/archive/panel.html" if request.htmx else "reports/archive/pairing.html"
    shown = {"pairing": pairing, "form": form, "packages": mine, "kinds": kinds().values(), "standard": standard()}
    return render(request, template, shown)


def round_archive(request: Request, pk: int) -> HttpResponse:
    """Of all pairings of a round that the reader sees, or of those of an area."""
    round = visible_round(request.user, pk)
    form = PackagesForm(request.POST or None, round=round, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        seen = Pairing.objects.visible_to(request.user).filter(round=round)
        rows = seen.filter(near(request.user, form.cleaned_data["place"], "unit", "village")).distinct()
        try:
            return asked(request, round=round, rows=Pairing.objects.filter(pk__in=rows.order_by().values("pk")),
                         year=form.cleaned_data["year"])  # fmt: skip
        except Refused as refusal:
            form.add_error("place", refusal.sentence)
    mine = ArchivePackage.objects.visible_to(request.user).filter(round=round, pairing=None).related()[:SHOWN]
    shown = {"round": round, "form": form, "packages": mine, "kinds": kinds().values(), "standard": standard()}
    return render(request, "reports/archive/round.html", shown)


def asked(request: Request, **given) -> HttpResponse:
    base = request.build_absolute_uri("/")
    package = acts.ask_for_package(by=request.user, base=base, at=timezone.now(), **given)
    messages.success(request, _("The package is being made. The inbox tells you when it is done."))
    return redirect(package)


@require_safe
def archive_package(request: Request, pk: int) -> HttpResponse:
    package = own_package(request, pk)
    return render(request, "reports/archive/page.html", {"package": package, "job": package.job})


@require_safe
def archive_file(request: Request, pk: int) -> HttpResponseBase:
    """For whoever asked, as long as they see every pairing in it."""
    package = own_package(request, pk)
    seen = Pairing.objects.visible_to(request.user).filter(pk__in=package.pairings)
    if not package.is_ready or seen.values("pk").distinct().count() < len(package.pairings):
        raise Http404
    return serve(package.readable_file())


@require_POST
def remove_archive_package(request: Request, pk: int) -> HttpResponse:
    package = own_package(request, pk)
    acts.remove_package(by=request.user, package=package)
    messages.success(request, _("Removed. It can be made anew at any time."))
    return redirect("archive_packages")


def own_package(request: Request, pk: int) -> ArchivePackage:
    return get_object_or_404(ArchivePackage.objects.visible_to(request.user).related(), pk=pk)
