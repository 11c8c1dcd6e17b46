"""What the database refuses of a ledger, said in sentences."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from core.money import yuan
from core.refusals import Refused
from funds.models import Fund, Project

SENTENCES = {
    "fund_spends_what_it_has": _("“%(fund)s” has only %(cash)s of the money it received: nothing was entered."),
    "fund_hands_out_what_it_has": _("“%(fund)s” has only goods worth %(goods)s left: nothing was entered."),
    "project_spends_what_it_received": _(
        "“%(project)s” has only %(project_cash)s of the money that was received for it: nothing was entered. "
        "What was received for no project is spent without naming one, or set aside for the project first."
    ),
    "project_hands_out_what_it_received": _(
        "“%(project)s” has only goods worth %(project_goods)s left of those received for it: nothing was entered."
    ),
    "entry_set_aside_of_free_money": _(
        "“%(fund)s” has only %(free)s of money that is for no project: nothing was entered."
    ),
    "entry_set_aside_for_a_project": _("Choose the project for which the money is set aside."),
    "entry_for_a_project_of_its_fund": _("This project belongs to another ledger: choose one of this one."),
    "entry_not_in_the_future": _("This day lies in the future: enter it once it happened."),
    "entry_not_before_1949": _("That day lies before October 1949: check the year."),
    "entry_amount_positive": _("An amount is more than 0 and at most 1,000,000,000.00 yuan."),
    "funds_entry_corrects_id_key": _("This entry has been reversed already."),
    "entry_reversed_as_it_stands": _("A reversal can't be reversed: enter it anew as it should be."),
    "entry_confirmed_by_the_other_side": _("The other side has confirmed this: it reverses its own entry first."),
    "entry_answers_what_stands": _("What you confirm no longer stands: look at the ledger again."),
    "entry_answers_once": _("This has been confirmed already."),
}


@contextmanager
def said(*funds: Fund, project: Project | None = None, aside: Decimal = Decimal(0)) -> Iterator[None]:
    """`funds` were read under their lock: how much they have stands in the sentence. Their last one has too little.

    `aside`: what of it is for projects.
    """
    held = project.entries.sums() if project else None
    try:
        yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if name not in SENTENCES:
            raise
        told: dict[str, object] = {
            "fund": funds[-1].name,
            "cash": yuan(funds[-1].cash),
            "goods": yuan(funds[-1].goods_left),
            "free": yuan(funds[-1].cash - aside),
        }
        if held is not None:
            told |= {"project": project, "project_cash": yuan(held.cash), "project_goods": yuan(held.goods_left)}
        raise Refused(SENTENCES[name] % told) from error
