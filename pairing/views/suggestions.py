"""Suggestions to an organisation department: the list, a new one, one with its reply."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core.listing import render_list
from core.refusals import Refused
from organisations.models import Organisation
from organisations.requests import Request
from organisations.views.editing import refuse_in
from pairing.actions import suggestions as acts
from pairing.forms.issues import ReplyForm, SuggestionForm
from pairing.listings.issues import SuggestionFilter, SuggestionTable
from pairing.models import Suggestion
from pairing.states import SuggestionState


@require_safe
def suggestion_list(request: Request) -> HttpResponseBase:
    return render_list(
        request,
        queryset=Suggestion.objects.visible_to(request.user).select_related("organisation", "organiser"),
        filterset_class=SuggestionFilter,
        table_class=SuggestionTable,
        title=str(_("Suggestions and replies")),
        is_long=True,
        template="pairing/suggestions/list.html",
        context={
            "may_suggest": bool(acts.posts_that_speak(request.user)),
            "empty_sentence": _("No suggestion yet. What would make the work better is read and answered."),
        },
    )


def new_suggestion(request: Request) -> HttpResponse:
    """To a committee above one's own place; whoever acts for an organisation may write."""
    places = {str(post.scope_path) for post in acts.posts_that_speak(request.user)}
    if not places:
        raise Http404
    organisations = Organisation.objects.open().filter(path__in=places)
    organisers = acts.addressees(*organisations)
    form = SuggestionForm(request.POST or None, organisations=organisations, organisers=organisers)
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.suggest(by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("Sent. The reply comes to your messages."))
            return redirect(made)
    return render(request, "pairing/suggestions/new.html", {"form": form})


def suggestion_page(request: Request, pk: int) -> HttpResponse:
    related = ("organisation", "organiser", "written_by", "replied_by")
    suggestion = get_object_or_404(Suggestion.objects.visible_to(request.user).select_related(*related), pk=pk)
    waits = suggestion.state == SuggestionState.SENT
    may_reply = waits and request.user.can(acts.REPLIES, suggestion.organiser)
    if request.method == "POST" and not may_reply:
        raise Http404
    form = ReplyForm(request.POST or None) if may_reply else None
    if form and request.method == "POST" and form.is_valid():
        try:
            acts.reply(by=request.user, suggestion=suggestion, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("Replied. Whoever made the suggestion was told."))
            return redirect(suggestion)
    return render(request, "pairing/suggestions/page.html", {"suggestion": suggestion, "form": form})
