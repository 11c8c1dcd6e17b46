"""Feedback between village and unit, and where each gift is."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.listing import render_list
from core.refusals import Refused
from funds import statement
from funds.actions import feedback as acts
from funds.actions.entering import GIVE, KEEP
from funds.forms.feedback import AskFeedbackForm, FeedbackForm
from funds.listings.feedback import FeedbackFilter, FeedbackTable, GiftFilter, GiftTable
from funds.models import Entry, Feedback
from funds.publishing.filling import with_parts
from funds.querysets.disclosure import DISCLOSABLE
from funds.querysets.feedback import gifts_of, with_whereabouts
from office.inspection.naming import DOCX
from organisations.requests import Request
from pairing.models import Pairing

MOST_YEARS = 6  # whose statements are offered
USUAL = timedelta(days=90)  # a quarter


@require_safe
def feedback_list(request: Request) -> HttpResponseBase:
    rows = Feedback.objects.visible_to(request.user).select_related("pairing__unit", "pairing__village")
    return render_list(
        request,
        queryset=rows,
        filterset_class=FeedbackFilter,
        table_class=FeedbackTable,
        title=_("Feedback on aid money"),
        template="funds/feedback/list.html",
        context={"pairings": own_pairings(request.user), "empty_sentence": _("No feedback has been sent yet.")},
    )


def own_pairings(user):
    """Those with a ledger, for whose village the user tells or for whose unit they ask."""
    rows = Pairing.objects.visible_to(user).filter(fund__last_number__gt=0).select_related("unit", "village")
    return [one for one in rows[:20] if user.can(KEEP, one.village) or user.can(GIVE, one.unit)]


def write_feedback(request: Request, pk: int) -> HttpResponse:
    """The village tells, the unit asks: whichever the user speaks for."""
    pairing = get_object_or_404(Pairing.objects.visible_to(request.user).select_related("unit", "village"), pk=pk)
    tells = request.user.can(KEEP, pairing.village)
    if not tells and not request.user.can(GIVE, pairing.unit):
        raise Http404
    asked, today = Feedback.objects.filter(pairing=pairing, sent_at=None).first(), timezone.localdate()
    days = {"starts_on": asked.starts_on if asked else today - USUAL, "ends_on": asked.ends_on if asked else today}
    form = (FeedbackForm if tells else AskFeedbackForm)(request.POST or None, initial=days)
    if request.method == "POST" and form.is_valid():
        verb = acts.send_feedback if tells else acts.ask_for_feedback
        try:
            made = verb(by=request.user, pairing=pairing, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(
                request, _("Sent. The unit is asked to confirm that it read it.") if tells else _("Asked.")
            )
            return redirect(made)
    return render(request, "funds/feedback/write.html", {"pairing": pairing, "form": form, "tells": tells})


def feedback_page(request: Request, pk: int) -> HttpResponse:
    """With the entries of its days; the unit confirms that it read it."""
    rows = Feedback.objects.visible_to(request.user).select_related(
        "pairing__unit", "pairing__village", "sent_by", "read_by"
    )
    feedback = get_object_or_404(rows, pk=pk)
    reads = request.user.can(GIVE, feedback.pairing.unit) and feedback.sent_at is not None and feedback.read_at is None
    if request.method == "POST":
        if not reads:
            raise Http404
        acts.note_read(by=request.user, feedback=feedback, at=timezone.now())
        messages.success(request, _("Confirmed. The village sees that you read it."))
        return redirect(feedback)
    days = (feedback.starts_on, feedback.ends_on)
    entries = Entry.objects.filter(fund__pairing=feedback.pairing, kind__in=DISCLOSABLE, on__range=days)
    shown = {"feedback": feedback, "reads": reads, "entries": with_parts(entries).order_by("on", "number")}
    shown["tells"] = feedback.sent_at is None and request.user.can(KEEP, feedback.pairing.village)
    return render(request, "funds/feedback/page.html", shown)


@require_safe
def gift_list(request: Request) -> HttpResponseBase:
    """Where each gift is; as a workbook or, of a year, on paper it is the statement."""
    if not request.user.can(GIVE):
        raise Http404
    gifts = with_whereabouts(gifts_of(request.user)).select_related("fund__holder", "giver").order_by("-on", "-pk")
    asked = request.GET.get("statement", "")
    if asked.isdecimal() and len(asked) == 4:
        return statement_of(request, gifts.filter(on__year=asked), int(asked))
    return render_list(
        request,
        queryset=gifts,
        filterset_class=GiftFilter,
        table_class=GiftTable,
        title=_("Where our gifts are"),
        template="funds/feedback/gifts.html",
        context={
            "lead": _("What became of each gift that a village confirmed. What came first counts as spent first."),
            "years": [day.year for day in gifts_of(request.user).dates("on", "year", order="DESC")[:MOST_YEARS]],
            "empty_sentence": _("No village has confirmed a gift of yours yet."),
        },
    )


def statement_of(request: Request, gifts: QuerySet, year: int) -> HttpResponse:
    found = list(gifts)
    if not found:
        raise Http404
    content = statement.content_of(found, year, timezone.localdate(), request.build_absolute_uri)
    response = HttpResponse(statement.document(content, found[0].giver), content_type=DOCX)
    name = f"{content['unit']}{content['title']}.docx"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def gift_name(request: Request, pk: int) -> HttpResponse:
    gift = get_object_or_404(gifts_of(request.user).select_related("giver"), pk=pk)
    is_shown = request.POST.get("shown") == "yes"
    acts.say_name(by=request.user, gift=gift, is_shown=is_shown, at=timezone.now())
    messages.success(
        request,
        _("The name is shown with this gift.") if is_shown else _("The name is no longer shown with this gift."),
    )
    return redirect("gifts")
