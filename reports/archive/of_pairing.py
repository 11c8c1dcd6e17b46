"""What the two sides agreed on: agreements as signed, plans, targets and letters of the year."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils import timezone

from core.dates import chinese_date
from pairing.agreements.documents import AGREEMENT, agreement_context
from pairing.models import Agreement, Plan, PlanItem, PlanReference, ResponsibilityLetter, TargetYear
from pairing.plans.letters import LETTER, letter_context, printed
from pairing.states import SEALED, LetterState, Side
from reports.archive.asked import Asked, Paper, Part
from reports.archive.papers import RECORD, record

SHARED = {"responsibility": "共担责任", "target": "共定目标", "reward_penalty": "共同奖惩"}


def agreements(asked: Asked) -> Iterator[Part | Paper]:
    """Those whose term touches the year, as signed, each with its scans."""
    rows = Agreement.objects.with_papers_for(asked.user).filter(
        pairing__in=asked.pairings, state__in=SEALED, starts_on__lte=asked.last, ends_on__gte=asked.first
    )
    related = ("pairing__round__scheme_version", "pairing__round__organiser", "pairing__unit", "pairing__village")
    rows = rows.select_related(*related, "amends").prefetch_related("commitments", "signatures", "scans__file")
    for agreement in rows.order_by("pairing", "number"):
        pairing = asked.pairings[agreement.pairing_id]
        title = pairing.round.rules.labels.agreement + (f"（第{agreement.number}号）" if agreement.number > 1 else "")
        both = f"{agreement.unit_name}、{agreement.village_name}"
        on = timezone.localdate(agreement.signed_at)
        part = Part(pairing.pk, "agreement", title, on, both)
        yield Paper(part, AGREEMENT, agreement_context(agreement), pairing.round.organiser)
        for number, scan in enumerate(agreement.scans.all(), 1):
            yield Part(pairing.pk, "agreement_scan", f"{title}签字扫描件{number}", on, both, scan.file)


def plans(asked: Asked) -> Iterator[Part | Paper]:
    """Those in force in the year, for it or for the whole term; where the pairing stands in the plan of the unit."""
    rows = Plan.objects.visible_to(asked.user).in_force().filter(Q(year=asked.year) | Q(year=None))
    rows = rows.filter(pairing__in=asked.pairings).select_related("file").prefetch_related("items")
    for plan in rows.order_by("pairing", "kind", "year"):
        pairing = asked.pairings[plan.pairing_id]
        by, title = pairing.party(Side(plan.written_side)).name, str(plan)
        on = timezone.localdate(max(plan.unit_confirmed_at, plan.village_confirmed_at))  # type: ignore[type-var]
        yield Paper(Part(pairing.pk, "plan", title, on, by), RECORD, plan_record(plan, title), pairing.round.organiser)
        if plan.file is not None and pairing.pk in asked.papers:
            yield Part(pairing.pk, "plan_file", f"{title}附件", on, by, plan.file)
    references = PlanReference.objects.with_papers_for(asked.user).filter(pairing__in=asked.pairings, year=asked.year)
    for one in references.select_related("file").order_by("pairing", "kind"):
        unit = asked.pairings[one.pairing_id].unit.name
        yield Part(one.pairing_id, "plan_reference", one.title, timezone.localdate(one.noted_at), unit, one.file)


def plan_record(plan: Plan, title: str) -> dict[str, Any]:
    facts = [("主要负责人", plan.principal), ("支部书记", plan.branch_secretary)]
    lines = [(name, words) for name, words in facts if words]
    lines += [(item.heading, words_of(item)) for item in plan.items.all()]
    lines += [(name, getattr(plan, key)) for key, name in SHARED.items() if getattr(plan, key)]
    confirmed = (plan.unit_confirmed_at, plan.village_confirmed_at)
    days = "、".join(chinese_date(timezone.localdate(each)) for each in confirmed)
    return record(title, f"双方已确认：{days}", lines, plan.body)


def words_of(item: PlanItem) -> str:
    parts = [chinese_date(item.on) if item.on else "", item.words]
    if item.done_on:
        parts.append(f"{chinese_date(item.done_on)}完成")
    return "，".join(each for each in (*parts, item.done_words) if each) or "—"


def targets(asked: Asked) -> Iterator[Part | Paper]:
    """All targets of the year on one sheet a pairing, then their proofs; and the letters that were signed."""
    rows = TargetYear.objects.filter(target__pairing__in=asked.pairings, year=asked.year)
    found: dict[int, list[TargetYear]] = defaultdict(list)
    for row in rows.select_related("target", "proof").order_by("target__pairing", "target"):
        found[row.target.pairing_id].append(row)
    for pk, years in found.items():
        pairing = asked.pairings[pk]
        title, both = f"{asked.year}年度目标", f"{pairing.unit.name}、{pairing.village.name}"
        content = record(title, f"{pairing.unit.name}—{pairing.village.name}", [reached(row) for row in years])
        yield Paper(Part(pk, "targets", title, asked.last, both), RECORD, content, pairing.round.organiser)
        for row in years:
            if row.proof is not None and pk in asked.papers:
                on = timezone.localdate(row.claimed_at) if row.claimed_at else None
                by = pairing.party(Side(row.claimed_side)).name if row.claimed_side else both
                yield Part(pk, "target_proof", f"{row.target.name}完成佐证", on, by, row.proof)
    yield from letters(asked)


def reached(row: TargetYear) -> tuple[str, str]:
    unit = row.target.unit_of_measure
    said = [
        f"计划{printed(row.planned)}{unit}" if row.planned is not None else "",
        row.planned_words.rstrip("。；"),
        f"实际{printed(row.actual)}{unit}" if row.actual is not None else "",
        row.proof_words.rstrip("。；"),
        "对方已确认" if row.confirmed_at else "",
    ]
    return row.target.name, "；".join(each for each in said if each) or "—"


def letters(asked: Asked) -> Iterator[Part | Paper]:
    rows = ResponsibilityLetter.objects.visible_to(asked.user).filter(
        pairing__in=asked.pairings, year=asked.year, state=LetterState.SIGNED
    )
    for letter in rows.prefetch_related("signatures").order_by("pairing", "number"):
        organiser = asked.pairings[letter.pairing_id].round.organiser
        on = timezone.localdate(letter.signed_at)
        by = f"{letter.content['organiser']}、{letter.content['unit']}"
        part = Part(letter.pairing_id, "letter", f"{letter.year}年度目标责任书", on, by)
        yield Paper(part, LETTER, letter_context(letter), organiser)
