"""What the scheme asks each pairing to write down - plans, references, letter, commitments - and what is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from core.marks import Remembered
from pairing.models import Pairing, Plan, PlanReference, PublicCommitment, ResponsibilityLetter, Round
from pairing.plans.kinds import REFERENCES, WRITTEN
from pairing.plans.states import PlanStanding
from pairing.schemes.scheme import Per, PlanKind, PlanRule, SchemeText
from pairing.states import LetterState

LETTER, COMMITMENT = "letter", "public_commitment"  # asked for beside the plans
YEARLY = (PlanKind.YEARLY_PLAN, PlanKind.JOINT_PLAN, PlanKind.KEY_POINTS, *REFERENCES)
SHARING = (PlanKind.JOINT_PLAN, PlanKind.YEARLY_PLAN, PlanKind.TERM_PLAN)


@dataclass(frozen=True)
class Asked:
    """One thing that a scheme asks of each pairing, once a term or once a year."""

    kind: str
    name: str
    per: Per
    clause: str = ""

    def period(self, year: int) -> int | None:
        return year if self.per == Per.YEAR else None

    @property
    def is_reference(self) -> bool:
        return self.kind in REFERENCES

    def words(self, standing: PlanStanding) -> object:
        """A letter is not confirmed but signed."""
        to_be_signed = self.kind == LETTER and standing == PlanStanding.PROPOSED
        return LetterState.DRAWN.label if to_be_signed else standing.label

    @property
    def column(self) -> str:
        """Its name as an annotation of pairings."""
        return f"standing_{self.kind}"


def rule_for(rules: SchemeText, kind: str) -> PlanRule:
    """What the scheme says about a kind of plan; where it is silent, any pairing may still write one."""
    found = next((rule for rule in rules.plans if rule.kind == kind), None)
    per = Per.YEAR if kind in YEARLY else Per.TERM
    return found or PlanRule(kind=PlanKind(kind), name=str(PlanKind(kind).label), per=per)


def asked_of(rules: SchemeText) -> list[Asked]:
    """In the order of the scheme; the plan that carries the shared responsibility is one of them (XC-03)."""
    found = [Asked(rule.kind, rule.name, rule.per, rule.clause) for rule in rules.plans]
    promises, carrier = rules.promises, sharing_kind(rules)
    if promises.shared_responsibility and all(each.kind != carrier for each in found):
        found.append(_promised(rules, carrier, str(carrier.label), "shared_responsibility"))
    if promises.responsibility_letter:
        found.append(_promised(rules, LETTER, _("Responsibility letter"), "responsibility_letter"))
    if promises.public_commitment:
        found.append(_promised(rules, COMMITMENT, _("Public commitment"), "public_commitment"))
    return found


def _promised(rules: SchemeText, kind: str, name: str, item: str) -> Asked:
    return Asked(kind, name, Per.YEAR, rules.promises.clause_of.get(item, ""))


def sharing_kind(rules: SchemeText) -> PlanKind:
    """The plan in which responsibility, target, reward and penalty are shared (联责任、联目标、联奖惩, XC-03)."""
    asked = {rule.kind for rule in rules.plans}
    return next((kind for kind in SHARING if kind in asked), SHARING[0])


def shares(rules: SchemeText, kind: str) -> bool:
    return rules.promises.shared_responsibility and kind == sharing_kind(rules)


def period(rule: PlanRule, year: int) -> int | None:
    return year if rule.per == Per.YEAR else None


def other_kinds(rules: SchemeText) -> list[PlanRule]:
    """What may be written besides."""
    asked = {each.kind for each in asked_of(rules)}
    return [rule_for(rules, kind) for kind in WRITTEN if kind not in asked]


def year_in(round: Round, today: date) -> int:
    """The year of the round that the pages show: this one, or the nearest."""
    return min(max(today.year, round.starts_on.year), round.ends_on.year)


def years_of(round: Round) -> range:
    return range(round.starts_on.year, round.ends_on.year + 1)


@dataclass
class Requirement:
    """One thing that a pairing must have for a period, and how far it is."""

    pairing: Pairing
    asked: Asked
    year: int | None
    standing: PlanStanding = PlanStanding.MISSING
    url: str = ""
    plan: Plan | None = None
    reference: PlanReference | None = None

    @property
    def words(self) -> object:
        return self.asked.words(self.standing)

    @property
    def beginning_url(self) -> str:
        """Where its first version is written."""
        if self.asked.kind == LETTER:
            return reverse("pairing_plans", args=[self.pairing.pk]) + "#letters"
        if self.asked.kind == COMMITMENT:
            return reverse("write_promise", args=[self.pairing.pk])
        name = "refer_to_plan" if self.asked.is_reference else "write_plan"
        query = f"?year={self.year}" if self.year else ""
        return reverse(name, args=[self.pairing.pk, self.asked.kind]) + query


@dataclass(frozen=True)
class Kept:
    """Everything that one pairing has written down, read once."""

    plans: list[Plan]
    references: list[PlanReference]
    letters: list[ResponsibilityLetter]
    commitments: list[PublicCommitment]

    @classmethod
    def of(cls, pairing: Pairing) -> "Kept":
        """At most four statements: what the scheme doesn't know is not looked for."""
        asked = asked_of(pairing.round.rules)
        references = pairing.plan_references.select_related("file")
        letters = pairing.letters.exclude(state=LetterState.VOID)
        return cls(
            list(Plan.objects.filter(pairing=pairing).order_by("kind", "year", "number")),
            list(references) if any(each.is_reference for each in asked) else [],
            list(letters) if any(each.kind == LETTER for each in asked) else [],
            list(pairing.public_commitments.in_force().order_by("year", "due_on", "pk")),
        )

    def versions(self, kind: str, year: int | None) -> list[Plan]:
        """The newest one first."""
        return [plan for plan in reversed(self.plans) if (plan.kind, plan.year) == (kind, year)]


def requirements(pairing: Pairing, year: int, kept: Kept) -> list[Requirement]:
    """What the scheme asks of this pairing in a year, in the order of the scheme."""
    found = [Requirement(pairing, asked, asked.period(year)) for asked in asked_of(pairing.round.rules)]
    for each in found:
        fill_in(each, kept)
    return found


def fill_in(each: Requirement, kept: Kept) -> None:
    """A version in force counts before a new draft."""
    kind, year = each.asked.kind, each.year
    if kind == LETTER:
        letter = next((letter for letter in kept.letters if letter.year == year), None)
        if letter:
            signed = letter.state == LetterState.SIGNED
            each.standing = PlanStanding.CONFIRMED if signed else PlanStanding.PROPOSED
            each.url = letter.get_absolute_url()
    elif kind == COMMITMENT:
        if any(promise.year == year and promise.published_at for promise in kept.commitments):
            each.standing, each.url = PlanStanding.CONFIRMED, "#commitments"
    elif each.asked.is_reference:
        each.reference = next((r for r in kept.references if (r.kind, r.year) == (kind, year)), None)
        each.standing = PlanStanding.CONFIRMED if each.reference else PlanStanding.MISSING
    elif versions := kept.versions(kind, year):
        each.plan = versions[0]
        each.url = each.plan.get_absolute_url()
        confirmed = any(plan.state == PlanStanding.CONFIRMED for plan in versions)
        each.standing = PlanStanding.CONFIRMED if confirmed else PlanStanding(each.plan.state)


def missing(pairing: Pairing, today: date, kept: Kept) -> list[Requirement]:
    """What should have been there by now: once a term, and for every year since the signing."""
    first = pairing.signed_on.year if pairing.signed_on else pairing.round.starts_on.year
    last = min(today.year, (pairing.ends_on or pairing.round.ends_on).year)
    found: dict[tuple, Requirement] = {}
    for year in range(first, max(first, last) + 1):
        for each in requirements(pairing, year, kept):
            if each.standing != PlanStanding.CONFIRMED:
                found.setdefault((each.asked.kind, each.year), each)
    return list(found.values())


def is_there(asked: Asked, year: int) -> Exists:
    """A condition on pairings: it is confirmed by both, signed by both, published, or referred to with its file."""
    if asked.kind == LETTER:
        rows: QuerySet = _rows(ResponsibilityLetter, year=year, state=LetterState.SIGNED)
    elif asked.kind == COMMITMENT:
        rows = _rows(PublicCommitment, year=year, published_at__isnull=False)
    elif asked.is_reference:
        rows = _rows(PlanReference, kind=asked.kind, year=year)
    else:
        rows = _rows(Plan, kind=asked.kind, year=asked.period(year), state=PlanStanding.CONFIRMED)
    return Exists(rows)


def is_begun(asked: Asked, year: int) -> Subquery | Value:
    """An expression on pairings: how far it is where it is not there yet; NULL where nobody has begun."""
    if asked.kind == LETTER:
        drawn = _rows(ResponsibilityLetter, year=year).exclude(state=LetterState.VOID)
        return Subquery(drawn.annotate(so=Value(PlanStanding.PROPOSED.value)).values("so")[:1])
    if asked.kind == COMMITMENT or asked.is_reference:
        return Value(None, output_field=CharField())
    return Subquery(_rows(Plan, kind=asked.kind, year=asked.period(year)).values("state")[:1])


def _rows(model, **conditions) -> QuerySet:
    return model.objects.filter(pairing=OuterRef("pk"), **conditions).order_by()


def with_standings(pairings: QuerySet[Pairing], asked: Sequence[Asked], year: int) -> QuerySet[Pairing]:
    """Adds one `standing_<kind>` for each thing asked; empty where nobody has begun."""
    there = Value(PlanStanding.CONFIRMED.value)
    return pairings.annotate(
        **{
            each.column: Case(
                When(is_there(each, year), then=there), default=is_begun(each, year), output_field=CharField()
            )
            for each in asked
        }
    )


def lacking(pairings: QuerySet[Pairing], asked: Iterable[Asked], year: int) -> QuerySet[Pairing]:
    """Those that lack at least one of these."""
    lacks = Q(pk__in=[])
    for each in asked:
        lacks |= Q(~is_there(each, year))
    return pairings.filter(lacks)


def remembered_tally(pairings: QuerySet[Pairing], asked: Sequence[Asked], year: int) -> list[dict]:
    """As `tally`, counted anew once somebody wrote to a pairing or to one of the papers."""
    papers = (Plan, PlanReference, ResponsibilityLetter, PublicCommitment)
    read = Remembered(pairings.values("pk"), *(model._default_manager.values("pk") for model in papers))
    numbers = read.get(f"tally {year}", lambda: [(row["number"], row["of"]) for row in tally(pairings, asked, year)])
    return [tallied(each, year, *row) for each, row in zip(asked, numbers, strict=True)]


def tallied(asked: Asked, year: int, number: int, of: int) -> dict:
    """With the address of those that lack it."""
    return {"asked": asked, "number": number, "of": of, "url": f"?year={year}&what={asked.kind}&there=no"}


def tally(pairings: QuerySet[Pairing], asked: Sequence[Asked], year: int) -> list[dict]:
    """For each thing asked: how many pairings have it, of how many. Two statements, however many rows."""
    kinds = {each.kind for each in asked}
    of_year = {"year": year, "pairing__in": pairings.order_by().values("pk")}
    # A second version is begun only once the first is confirmed: the first ones are as many as the pairings.
    plans = Plan.objects.confirmed().filter(Q(year=year) | Q(year=None), pairing__in=of_year["pairing__in"], number=1)
    counted = [_counted(plans, F("kind"), Count("pk"))]
    if kinds & set(REFERENCES):
        counted.append(_counted(PlanReference.objects.filter(**of_year), F("kind"), Count("pk")))
    if LETTER in kinds:
        letters = ResponsibilityLetter.objects.filter(**of_year, state=LetterState.SIGNED)
        counted.append(_counted(letters, Value(LETTER), Count("pk")))
    if COMMITMENT in kinds:
        promises = PublicCommitment.objects.filter(**of_year, published_at__isnull=False)
        counted.append(_counted(promises, Value(COMMITMENT), Count("pairing", distinct=True)))
    rows = counted[0].union(*counted[1:], all=True)
    having, total = dict(rows), pairings.count()
    return [tallied(each, year, having.get(each.kind, 0), total) for each in asked]


def _counted(rows: QuerySet, what: F | Value, number: Count) -> QuerySet:
    """Pairs of kind and number of pairings."""
    named = rows.order_by().annotate(what=Cast(what, CharField())).values("what")
    return named.annotate(number=number).values_list("what", "number")
