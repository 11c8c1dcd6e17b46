"""What the schemes of the rounds ask of money, and the limit of the tax law: printed beside what was given (T4)."""

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from core.figures import Column, Figure, Line, Table
from funds.deduction import PART_OF_PROFIT
from pairing.models import Round
from pairing.schemes.duties import Obligation
from pairing.schemes.duty_words import Counted
from reports.figures.measures import MONEY
from reports.figures.wording import Qualifier, printed
from reports.statistics.frame import Asked, Section

MOST_ROUNDS = 12


def standards_section(asked: Asked) -> Section:
    """Of the round asked for, else of the latest ones that one sees."""
    rounds = Round.objects.visible_to(asked.user).select_related("scheme_version")
    if asked.form.chosen_round:
        rounds = rounds.filter(pk=asked.form.chosen_round.pk)
    table = Table(_("standard"), [Column(_("At least, or at most")), Column(_("Clause"))])
    for round in rounds[:MOST_ROUNDS]:
        for rule in round.rules.obligations:
            if rule.counted == Counted.MONEY:
                table.lines.append(line_of(round, rule))
    limit = f"{PART_OF_PROFIT * 100:f}".rstrip("0").rstrip(".") + "%"
    words = _("%(limit)s of the profit of the year") % {"limit": limit}
    figures = [Figure(float(PART_OF_PROFIT), words=words), Figure(None, words="SH-50")]
    table.lines.append(Line(_("gifts deducted before tax"), figures))
    return Section(_("What is asked of money"), table)


def line_of(round: Round, rule: Obligation) -> Line:
    words = printed(Decimal(rule.least), Qualifier.EXACT, MONEY)
    figures = [
        Figure(rule.least, url=reverse("round", args=[round.pk]), words=_("not below %(amount)s") % {"amount": words}),
        Figure(None, words=rule.clause),
    ]
    return Line(f"{round.name}：{rule.name}", figures, key=(round.pk, rule.key))
