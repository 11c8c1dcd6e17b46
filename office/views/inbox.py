"""The inbox: what waits for me first, then the rest."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, Value, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from office import actions
from office.models import Message
from organisations.requests import Request

PAGE_SIZE = 25


@require_safe
def inbox(request: Request) -> HttpResponse:
    found = Message.objects.visible_to(request.user).with_read(request.user).select_related("organisation")
    waiting_first = Case(When(settled_at=None, then=Value(0)), default=Value(1))
    pages = Paginator(found.order_by(waiting_first, "-sent_at", "-pk"), PAGE_SIZE)
    return render(request, "office/inbox/inbox.html", {"page": pages.get_page(request.GET.get("page"))})


@require_safe
def message(request: Request, pk: int) -> HttpResponse:
    """Open a message: it counts as read, and leads to where the turn is taken."""
    found = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    actions.mark_read(by=request.user, message=found, at=timezone.now())
    return redirect(found.url or "inbox")


@require_POST
def mark_all_read(request: Request) -> HttpResponse:
    count = actions.mark_all_read(by=request.user, at=timezone.now())
    messages.success(
        request,
        ngettext("%(count)s message marked as read.", "%(count)s messages marked as read.", count) % {"count": count},
    )
    return redirect("inbox")
