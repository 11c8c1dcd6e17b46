"""Entering, confirming, passing on and reversing; each form once, however often it is sent."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.money import yuan
from core.refusals import Refused
from funds import reading
from funds.actions import adding, entering, opening, reversing
from funds.actions.entering import Particulars
from funds.forms.ledger import ConfirmForm, EntryForm, FundForm, LateVoucherForm, ReverseForm, TransferForm
from funds.kinds import EntryKind, FundKind
from funds.models import Fund
from funds.views.ledger import visible_entry, visible_fund
from members.views.submitting import form_page, performed
from organisations.models import Organisation, User
from organisations.querysets import within
from organisations.requests import Request
from pairing.models import Pairing
from pairing.views.reach import visible_pairing


def enter(request: Request, pk: int, kind: str) -> HttpResponse:
    fund = visible_fund(request.user, pk)
    return entry_form(request, fund, kind, back=fund.get_absolute_url(), back_name=fund.name)


def enter_in_pairing(request: Request, pk: int, kind: str) -> HttpResponse:
    """Into the ledger of a pairing, which its first entry opens."""
    pairing = visible_pairing(request.user, pk)
    return entry_form(request, pairing, kind, back=pairing.get_absolute_url(), back_name=str(pairing))


def entry_form(request: Request, into: Fund | Pairing, kind: str, *, back: str, back_name: str) -> HttpResponse:
    if kind not in reading.kinds_for(request.user, into):
        raise Http404
    fund = Fund.objects.filter(pairing=into).first() if isinstance(into, Pairing) else into
    form = EntryForm(
        request.POST or None, request.FILES or None, kind=kind, user=request.user, fund=fund,
        givers=givers_of(request.user, into, kind), holder=into.village if isinstance(into, Pairing) else into.holder,
        projects=reading.projects_of(into),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            entry = entering.enter(
                by=request.user, into=into, kind=kind, given=form.particulars, key=form.cleaned_data["key"],
                at=timezone.now(), answers=form.cleaned_data.get("answers"),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Entered as no. %(number)s.") % {"number": entry.number})
            return redirect(entry.fund)
    shown = {"form": form, "title": EntryKind(kind).label, "back": back, "back_name": back_name}
    return render(request, "funds/ledger/form.html", shown)


def givers_of(user: User, into: Fund | Pairing, kind: str) -> list[Organisation]:
    """Units that may be named as giver: for whoever gives their own, for the keeper all of the pairing."""
    if reading.RULES[kind].hand == reading.Hand.GIVER:
        return reading.givers_for(user, into)
    if isinstance(into, Pairing):
        return reading.units_of(into)
    if into.pairing is not None:
        return reading.units_of(into.pairing)
    return list(Organisation.objects.filter(within([into.holder.path])).units().open()[:200])


@require_POST
def confirm_entry(request: Request, pk: int) -> HttpResponse:
    """One tap, from the page of the entry or from the first page; by whichever side has not entered it."""
    entry = visible_entry(request.user, pk)
    if not reading.may_answer(request.user, entry):
        raise Http404
    form = ConfirmForm(request.POST, entry=entry)
    if not form.is_valid():
        messages.error(request, " ".join(str(words) for errors in form.errors.values() for words in errors))
        return redirect(entry)
    made = entering.confirm(by=request.user, entry=entry, at=timezone.now(), **form.cleaned_data)
    said = _("Confirmed. It stands in the ledger as %(kind)s.") % {"kind": made.get_kind_display()}
    messages.success(request, said)
    return redirect("home" if request.POST.get("back") == "home" else entry.fund)


def reverse_entry(request: Request, pk: int) -> HttpResponse:
    entry = visible_entry(request.user, pk)
    if not reading.may_reverse(request.user, entry):
        raise Http404
    form = ReverseForm(request.POST or None)
    if performed(request, form, reversing.reverse, entry=entry, at=timezone.now()):
        messages.success(request, _("Reversed. Both entries stay readable."))
        return redirect(entry)
    shown = {"about": _("A counter-entry takes the whole amount back. Then enter it as it should be.")}
    title, fund = _("Reverse entry no. %(number)s") % {"number": entry.number}, entry.fund.name
    return form_page(request, form, title, back=entry.get_absolute_url(), back_name=fund, **shown)


def add_voucher(request: Request, pk: int) -> HttpResponse:
    """A paper that turned up after the entry."""
    entry = visible_entry(request.user, pk)
    if not reading.may_add_voucher(request.user, entry):
        raise Http404
    form = LateVoucherForm(request.POST or None, request.FILES or None)
    if performed(request, form, adding.add_voucher, entry=entry, at=timezone.now()):
        messages.success(request, _("Added. The entry itself stays as it is."))
        return redirect(entry)
    shown = {"about": _("It is kept beside the entry, with your name and the day; it can't be taken away again.")}
    title = _("Add a voucher to entry no. %(number)s") % {"number": entry.number}
    return form_page(request, form, title, back=entry.get_absolute_url(), back_name=entry.fund.name, **shown)


def transfer(request: Request, pk: int) -> HttpResponse:
    fund = visible_fund(request.user, pk)
    if request.user.capacity(reading.KEEP, fund.holder) is None:
        raise Http404
    givers = reading.units_of(fund.pairing) if fund.pairing is not None else []
    funds = targets(request.user, fund)
    form = TransferForm(
        request.POST or None, funds=funds, givers=givers, projects=reading.projects_to(request.user, funds)
    )
    if passed_on := performed(request, form, pass_on, source=fund):
        messages.success(request, _("Passed on: it stands in both ledgers."))
        return redirect(passed_on)
    left = _("“%(fund)s” has %(cash)s left. What is entered can't be changed any more, only reversed.")
    shown = {"about": left % {"fund": fund.name, "cash": yuan(fund.cash)}}
    title = _("Pass money on to another fund")
    return form_page(request, form, title, back=fund.get_absolute_url(), back_name=fund.name, **shown)


def pass_on(*, by: User, source: Fund, target: Fund, key, **given):
    return reversing.transfer(
        by=by, source=source, target=target, given=Particulars(**given), key=key, at=timezone.now()
    )


def targets(user: User, fund: Fund):
    """Pools of committees above the keeper, and what the user sees."""
    *above, _itself = Organisation.paths_down_to(fund.holder.path)
    pools = Q(kind=FundKind.POOL, holder__path__in=above)
    seen = Q(pk__in=Fund.objects.visible_to(user).order_by().values("pk"))
    return Fund.objects.filter(pools | seen).exclude(pk=fund.pk).order_by("name")


def new_fund(request: Request) -> HttpResponse:
    holders = [post for post in request.user.posts if post.grants(opening.OPEN)]
    if not holders:
        raise Http404
    paths = [post.scope_path for post in holders]
    form = FundForm(request.POST or None, holders=list(Organisation.objects.filter(path__in=paths)))
    if fund := performed(request, form, opening.open_fund, at=timezone.now()):
        messages.success(request, _("The fund is open."))
        return redirect(fund)
    return form_page(request, form, _("Open a fund"), back=reverse("funds"), back_name=_("Aid money"))
