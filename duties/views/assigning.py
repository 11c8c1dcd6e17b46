"""A duty given to a colleague, and taken back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.refusals import Refused
from duties import assigning
from duties.forms import AssignForm
from duties.models import Duty
from organisations.requests import Request
from organisations.views.editing import refuse_in


def assign_duty(request: Request, pk: int) -> HttpResponse:
    duty = duty_for(request, pk)
    posts = assigning.colleagues(request.user, duty)
    form = AssignForm(request.POST or None, posts=posts)
    if request.method == "POST" and form.is_valid():
        post, words = form.cleaned_data["post"], form.cleaned_data["words"]
        try:
            assigning.assign(by=request.user, duty=duty, post=post, words=words, at=timezone.now())
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            told = _("%(name)s was told and finds it among the own duties.")
            messages.success(request, told % {"name": post.user.name})
            return redirect(duty)
    return render(request, "duties/assign.html", {"duty": duty, "form": form, "anybody": posts.exists()})


@require_POST
def take_back_duty(request: Request, pk: int) -> HttpResponse:
    duty = duty_for(request, pk)
    try:
        assigning.take_back(by=request.user, duty=duty, at=timezone.now())
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Taken back: all posts that owe it see to it again."))
    return redirect(duty)


def duty_for(request: Request, pk: int) -> Duty:
    """One that the user's own posts answer for, else 404."""
    duty = get_object_or_404(Duty.objects.visible_to(request.user).related(), pk=pk)
    if not assigning.answered_by(request.user, duty):
        raise Http404
    return duty
