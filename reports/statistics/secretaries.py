"""T8: the secretaries of the villages: who is in office, who is a deputy or delegate, who works further up (SF-06)."""

from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.figures import Column, Figure, Line, Table, address, in_all
from core.money import rounded
from members.kinds import DELEGATES
from members.models import Member, Secondment
from organisations.models import Appointment, Organisation
from organisations.querysets import within
from reports.figures.measures import MONEY
from reports.figures.summing import reported_section
from reports.figures.wording import Qualifier, printed
from reports.forms.statistics import DayForm
from reports.models import LeavingAllowance, ReportedFigure, SecretaryPay
from reports.querysets.pay import READ
from reports.statistics.frame import Asked, Section, Sheet, Statistic

READS = (SecretaryPay, LeavingAllowance, Appointment, Organisation, Member, Secondment, ReportedFigure)
ROLE = "village_secretary"


class By(TextChoices):
    AREA = "area", gettext_lazy("in all")


def build(asked: Asked) -> Sheet:
    sections = [secretaries_section(asked)]
    if asked.user.can(READ):
        sections += [pay_section(asked), leaving_section(asked)]
    return Sheet([*sections, reported_section(asked, "T8")])


def secretaries_section(asked: Asked) -> Section:
    """In office on the day; out of the villages, and out of the secretaries."""
    day = asked.form.day
    villages = Organisation.objects.visible_to(asked.user).villages().order_by()
    villages = villages.filter(Q(closed_on=None) | Q(closed_on__gt=day))
    villages = villages.filter(within(asked.form.places)) if asked.form.words else villages
    posts = Appointment.objects.filter(role=ROLE, organisation__in=villages.values("pk"), since__lte=day)
    posts = posts.filter(Q(until=None) | Q(until__gte=day)).order_by()
    found = counted(posts, day) | {"of": villages.count()}
    table = Table(_("secretaries of villages"), [Column(_("Persons"), _("out of"))])
    to_villages = address(reverse("villages"), township=asked.form.words)
    to_delegates = address(reverse("members"), roster="delegates", place=asked.form.words)
    to_seconded = address(reverse("postings"), direction="up", place=asked.form.words, since=day, until=day)
    table.lines = [
        Line(_("villages with a secretary in office"), [Figure(found["villages"], found["of"], to_villages)]),
        Line(_("secretaries in office"), [Figure(found["secretaries"], found["secretaries"], to_villages)]),
        Line(
            _("deputies, delegates or CPPCC members"), [Figure(found["delegates"], found["secretaries"], to_delegates)]
        ),
        Line(_("seconded further up"), [Figure(found["seconded"], found["secretaries"], to_seconded)]),
    ]
    return Section(
        _("Secretaries of villages"), table, note=_("Deputies and secondments are those on the rosters of members.")
    )


def counted(posts: QuerySet[Appointment], day: Any) -> dict[str, int]:
    people = Member.objects.filter(user=OuterRef("user")).order_by()
    up = Secondment.objects.filter(member__user=OuterRef("user"), direction=Secondment.Direction.UP, since__lte=day)
    up = up.filter(Q(until=None) | Q(until__gte=day)).order_by()
    return posts.aggregate(
        secretaries=Count("user", distinct=True),
        villages=Count("organisation", distinct=True),
        delegates=Count("user", distinct=True, filter=Exists(people.filter(marks__overlap=list(DELEGATES)))),
        seconded=Count("user", distinct=True, filter=Exists(up)),
    )


def pay_section(asked: Asked) -> Section:
    """Of the year of the day: what serving secretaries are paid, and who is insured (SF-17, SF-18)."""
    year = asked.form.day.year
    rows: Any = SecretaryPay.objects.visible_to(asked.user).filter(asked.form.near("village"), year=year).order_by()
    found, url = rows.pay_figures(), address(reverse("secretary_pays"), year=year)
    number = found["number"]
    columns = [Column(_("Yuan a year"), as_printed=True), Column(_("Persons"), _("secretaries whose pay is known"))]
    lines = [
        (_("pay on average"), found["mean"], number),
        (_("highest pay"), found["highest"], number),
        (_("lowest pay"), found["lowest"], number),
        (_("subsidy to two insurances"), found["insurance"], found["insured"]),
    ]
    table = Table(_("pay of village secretaries"), columns)
    if number:
        table.lines = [Line(name, [amount_of(amount, url), Figure(of, number, url)]) for name, amount, of in lines]
    nothing = _("No pay of %(year)s is known here.") % {"year": year}
    return Section(_("Pay of village secretaries"), table, nothing=nothing)


def leaving_section(asked: Asked) -> Section:
    """Of the year of the day: former secretaries, each year or once (SF-19)."""
    year = asked.form.day.year
    rows: Any = LeavingAllowance.objects.visible_to(asked.user).filter(asked.form.near("village"), year=year).order_by()
    found, url = rows.leaving_figures(), address(reverse("leaving_allowances"), year=year)
    number = found["number"]
    columns = [Column(_("Persons"), _("former secretaries who are paid")), Column(_("Yuan"), as_printed=True)]
    table = Table(_("how they are paid"), columns)
    if number:
        parts = [(_("each year"), found["regular"]), (_("once"), found["once"])]
        table.lines = [Line(name, [Figure(of, number, url), Figure(None)]) for name, of in parts]
        table.total = in_all([Figure(number, number, url), amount_of(found["amount"], url)])
    nothing = _("No allowance of %(year)s is known here.") % {"year": year}
    return Section(_("Allowances after leaving"), table, nothing=nothing)


def amount_of(amount: Decimal | None, url: str) -> Figure:
    """In ten thousands, as the texts print pay."""
    return Figure(amount, url=url, words="" if amount is None else printed(rounded(amount), Qualifier.EXACT, MONEY))


T8 = Statistic(
    "T8", gettext_lazy("Village secretaries"),
    gettext_lazy("In office, deputies and delegates, seconded further up; pay, insurance and leaving allowance."),
    By, build, ("member.read",), DayForm, READS,
)  # fmt: skip
