"""Plans: written by one side, handed over, confirmed by the other; a change is a new version beside the old."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from office import files
from organisations.history import act
from organisations.models import User
from pairing.actions.standing import standing_for
from pairing.models import Pairing, Plan, PlanItem, PlanReference
from pairing.notices import plans as notices
from pairing.personal import check_nothing_personal
from pairing.plans import asked as plans
from pairing.plans.content import PlanText
from pairing.plans.kinds import REFERENCES, WRITTEN
from pairing.schemes.scheme import PlanKind
from pairing.states import PlanState, Side, check_transition


@act(_("wrote a plan"))
def write_plan(
    *,
    by: User,
    pairing: Pairing,
    side: Side,
    kind: str,
    year: int | None,
    text: PlanText,
    edition: int,
    at: datetime,
    upload=None,
) -> Plan:
    """Write the version that is under way, or begin the next one; what was handed over is taken back.

    `edition`: of the version that the writer read, 0 where there was none under way.
    """
    pairing, _post = standing_for(by, pairing, side)
    check_period(pairing, kind, year)
    versions = Plan.objects.filter(pairing=pairing, kind=kind, year=year).order_by("-number")
    newest = versions.first()
    plan = newest if newest and newest.state != PlanState.CONFIRMED else None
    if edition != (plan.edition if plan else 0):
        raise Refused(_("Somebody else changed this plan meanwhile. Read it again, then change it."))
    if plan is None:
        plan = Plan(pairing=pairing, kind=kind, year=year, number=newest.number + 1 if newest else 1, edition=0)
        plan.file = newest.file if newest else None
    notices.settle_plan(plan, at)
    plan.state, plan.written_side = PlanState.DRAFT, side
    forget_confirmations(plan)
    for name, value in text.scalars().items():
        setattr(plan, name, value)
    if upload is not None:
        plan.file = files.store(upload=upload, by=by, kind=kind_of_file(upload))
    plan.edition += 1
    plan.save()
    replace_items(plan, text)
    return plan


@act(_("handed a plan over for confirmation"))
def propose_plan(*, by: User, plan: Plan, side: Side, edition: int, at: datetime) -> Plan:
    """The writing side stands by its text; the other one is told that it is its turn."""
    plan = locked_plan(by, plan, side, edition)
    if plan.written_side != side:
        raise Refused(_("The other side is writing this plan. Edit it, and it is yours to hand over."))
    check_transition(plan.state, PlanState.PROPOSED, _("This plan is handed over or confirmed already."))
    check_complete(plan)
    plan.state, plan.return_words = PlanState.PROPOSED, ""
    confirm(plan, side, by, at)
    plan.save()
    notices.tell_proposed(plan, side.other, at)
    return plan


@act(_("confirmed a plan"))
def confirm_plan(*, by: User, plan: Plan, side: Side, edition: int, at: datetime) -> Plan:
    """Confirmed by both: from here on the database refuses every change (SH-43, AH-10)."""
    plan = locked_plan(by, plan, side, edition)
    check_answering(plan, side)
    check_transition(plan.state, PlanState.CONFIRMED, _("There is nothing to confirm."))
    notices.settle_plan(plan, at)
    plan.state = PlanState.CONFIRMED
    confirm(plan, side, by, at)
    plan.save()
    notices.tell_confirmed(plan, side.other, at)
    return plan


@act(_("sent a plan back"))
def return_plan(*, by: User, plan: Plan, side: Side, edition: int, words: str, at: datetime) -> Plan:
    """Say what should change; the writing side has it again."""
    plan = locked_plan(by, plan, side, edition)
    check_answering(plan, side)
    if not words.strip():
        raise Refused(_("Say what should change; the other side will read it."))
    notices.settle_plan(plan, at)
    plan.state, plan.return_words = PlanState.DRAFT, words
    forget_confirmations(plan)
    plan.edition += 1
    plan.save()
    notices.tell_returned(plan, side.other, at)
    return plan


@act(_("noted that something planned is done"))
def note_done(*, by: User, item: PlanItem, side: Side, words: str, on: date) -> PlanItem:
    """Of a plan in force; either side may note it."""
    standing_for(by, item.plan.pairing, side)
    item = PlanItem.objects.select_for_update(no_key=True, of=("self",)).select_related("plan").get(pk=item.pk)
    if item.plan.state != PlanState.CONFIRMED:
        raise Refused(_("This plan is not confirmed yet; nothing of it can be done."))
    item.done_on, item.done_words = on, words
    item.save(update_fields=["done_on", "done_words"])
    return item


@act(_("noted where a work plan names the pairing"))
def refer_to_plan(
    *, by: User, pairing: Pairing, kind: str, year: int, title: str, at: datetime, upload=None
) -> PlanReference:
    """The unit ticks that its own plan, or its branch's, holds the measures, and attaches it (TN-22)."""
    pairing, _post = standing_for(by, pairing, Side.UNIT)
    check_period(pairing, kind, year)
    found = PlanReference.objects.filter(pairing=pairing, kind=kind, year=year).first()
    if upload is None and found is None:
        raise Refused(_("Attach the work plan; without it nobody can read what it says."))
    reference = found or PlanReference(pairing=pairing, kind=kind, year=year)
    if upload is not None:
        reference.file = files.store(upload=upload, by=by, kind=kind_of_file(upload))
    reference.title, reference.noted_at, reference.noted_by = title, at, by
    reference.save()
    return reference


def locked_plan(by: User, plan: Plan, side: Side, edition: int) -> Plan:
    """The plan as it is now, if it still is the edition that was read; its pairing is locked first."""
    pairing, _post = standing_for(by, plan.pairing, side)
    plan = Plan.objects.select_for_update(no_key=True, of=("self",)).get(pk=plan.pk)
    plan.pairing = pairing
    if plan.edition != edition:
        raise Refused(_("Somebody else changed this plan meanwhile. Read it again, then decide."))
    return plan


def check_period(pairing: Pairing, kind: str, year: int | None) -> None:
    if kind not in (*WRITTEN, *REFERENCES):
        raise Refused(_("There is no such kind of plan."))
    rule = plans.rule_for(pairing.round.rules, kind)
    if plans.period(rule, 1) is None and year is not None:
        raise Refused(_("This plan holds for the whole term; it has no year."))
    if plans.period(rule, 1) and year not in plans.years_of(pairing.round):
        raise Refused(_("Name a year of this round."))


def check_answering(plan: Plan, side: Side) -> None:
    if plan.state != PlanState.PROPOSED:
        raise Refused(
            _("This plan is not waiting for a confirmation: %(state)s.") % {"state": plan.get_state_display()}
        )
    if plan.confirmed_at(side):
        raise Refused(_("Your side has written this plan; the other side has to confirm it."))


def check_complete(plan: Plan) -> None:
    """What the scheme wants in this kind of plan before it is handed over."""
    rules = plan.pairing.round.rules
    rule = plans.rule_for(rules, plan.kind)
    items = list(plan.items.all())
    words = {"clause": rule.clause}
    if not (plan.body.strip() or plan.file_id or items):
        raise Refused(_("Write the plan or attach it as a file first."))
    if plan.kind == PlanKind.MEASURES and not items:
        raise Refused(_("Write down at least one measure, each as a line of its own."))
    if rule.needs_principal and not plan.principal.strip():
        raise Refused(_("Name the principal who takes charge; the scheme asks for it (%(clause)s).") % words)
    if rule.needs_secretary and not plan.branch_secretary.strip():
        raise Refused(_("Name the branch secretary who carries it out; the scheme asks for it (%(clause)s).") % words)
    shared = (plan.responsibility, plan.target, plan.reward_penalty)
    if plans.shares(rules, plan.kind) and not all(text.strip() for text in shared):
        clause = rules.promises.clause_of.get("shared_responsibility", "")
        raise Refused(
            _("Fill in shared responsibility, target, and reward and penalty; the scheme asks for them (%(clause)s).")
            % {"clause": clause}
        )
    if plan.kind == PlanKind.KEY_POINTS:
        check_nothing_personal(plan.body, *(f"{item.heading} {item.words}" for item in items))


def confirm(plan: Plan, side: Side, by: User, at: datetime) -> None:
    setattr(plan, f"{side}_confirmed_at", at)
    setattr(plan, f"{side}_confirmed_by", by)


def forget_confirmations(plan: Plan) -> None:
    plan.unit_confirmed_at = plan.unit_confirmed_by = None
    plan.village_confirmed_at = plan.village_confirmed_by = None


def replace_items(plan: Plan, text: PlanText) -> None:
    """The order on the page is by day, then as typed."""
    plan.items.all().delete()
    PlanItem.objects.bulk_create(PlanItem(plan=plan, **vars(line)) for line in text.lines)


def kind_of_file(upload) -> str:
    """A Word file or a scan; which it really is, its content says."""
    name = upload[0] if isinstance(upload, tuple) else upload.name or ""
    return "word" if name.lower().endswith(".docx") else "scan"
