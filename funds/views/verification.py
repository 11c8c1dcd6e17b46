"""What the last verification found, sentence by sentence, and acknowledging what a restored back-up has lost."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from funds import verifying
from funds.actions.acknowledging import acknowledge_losses
from funds.models import AcknowledgedLoss, Fund
from funds.notices.heads import KEY
from funds.querysets.ledger import ACKNOWLEDGE
from members.views.submitting import performed
from office.models import Message
from organisations.models import User
from organisations.requests import Request

SHOWN = 200


class LossForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("what happened"), max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Which back-up was restored, when and why, and how what is missing is made up for."),
    )  # fmt: skip


def ledger_verification(request: Request) -> HttpResponse:
    if not request.user.can(ACKNOWLEDGE):
        raise Http404
    form = LossForm(request.POST or None)
    if count := performed(request, form, acknowledge_losses, at=timezone.now()):
        said = ngettext("Acknowledged for %(count)s ledger.", "Acknowledged for %(count)s ledgers.", count)
        messages.success(request, said % {"count": count})
        return redirect("ledger_verification")
    losses = AcknowledgedLoss.objects.visible_to(request.user)
    losses = losses.select_related("acknowledged_by", "acknowledged_as__organisation")
    shown: dict[str, Any] = {"form": form, "losses": list(losses[:SHOWN]), **found(request.user)}
    return render(request, "funds/ledger/verification.html", shown)


def found(user: User) -> dict[str, Any]:
    """Of the ledgers that the user sees; of those that are not here any more only their numbers."""
    verdict = verifying.last_verdict()
    if verdict is None:
        return {"verdict": None}
    keys = {"pk__in": verdict.of_fund}
    there = set(Fund.objects.filter(**keys).values_list("pk", flat=True))
    seen = {0, *Fund.objects.visible_to(user).filter(**keys).values_list("pk", flat=True)}
    sentences = [one for fund, told in verdict.of_fund.items() if fund in seen for one in told]
    gone = sorted(verdict.of_fund.keys() - there - seen)
    sentences += [_("Fund no. %(number)s, which is not here any more") % {"number": fund} for fund in gone]
    return {"verdict": verdict, "sentences": sentences[:SHOWN], "number": len(sentences)}


@require_safe
def ledger_heads(request: Request, day: str) -> HttpResponse:
    """The lines that were mailed to the user that day: for whoever takes no mail, or has lost it."""
    message = get_object_or_404(Message, recipient=request.user, key=f"{KEY}:{day}")
    return render(request, "funds/ledger/heads.html", {"message": message, "lines": message.params["lines"]})
