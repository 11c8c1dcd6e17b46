"""What a responsibility letter says: taken from the targets once, kept, and printed from what was kept."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from office import documents
from office.documents import TemplateKind
from pairing.agreements.documents import BLANK_DATE, BLANK_NAME, printed_moment
from pairing.models import Pairing, Plan, ResponsibilityLetter, TargetYear
from pairing.plans import asked as plans
from pairing.schemes.scheme import Status
from pairing.states import LetterState, Signatory

LETTER = TemplateKind(
    key="letter",
    name=_("Responsibility letter"),
    fields={
        "title": _("title with the year"),
        "mark": _("that it is a draft, until both have signed"),
        "scheme.name": _("name of the scheme"),
        "scheme.is_binding": _("whether the scheme is binding"),
        "round.name": _("name of the round"),
        "year": _("the year"),
        "unit.label": _("what the scheme calls the unit"),
        "unit.name": _("name of the unit"),
        "unit.signatory": _("who signed for the unit"),
        "unit.signed_at": _("when the unit signed"),
        "village.label": _("what the scheme calls the village"),
        "village.name": _("name of the village"),
        "organiser.name": _("name of the organiser"),
        "organiser.signatory": _("who signed for the organiser"),
        "organiser.signed_at": _("when the organiser signed"),
        "holds_until_met": _("whether the pairing goes on until its targets are met"),
        "lines[]": _("one target of the year, numbered"),
        "shared[].heading": _("shared responsibility, target, or reward and penalty"),
        "shared[].text": _("what was agreed about it"),
        "proof": _("hash of the signed content"),
    },
    default=Path(__file__).parents[1] / "templates_word" / "letter.docx",
)
SHARED = {"responsibility": "共担责任", "target": "共定目标", "reward_penalty": "共同奖惩"}


def content_of(pairing: Pairing, year: int) -> dict[str, Any]:
    """The yearly targets as they stand, with the names of the day; plain data that is kept as it is."""
    rows = TargetYear.objects.filter(target__pairing=pairing, year=year).select_related("target").order_by("target")
    round, plan = pairing.round, sharing_plan(pairing, year)
    return {
        "unit": pairing.unit.name,
        "village": pairing.village.name,
        "organiser": round.organiser.name,
        "round": round.name,
        "scheme": round.rules.name,
        "is_binding": round.rules.status == Status.BINDING,
        "holds_until_met": round.rules.closing.needs_targets,
        "labels": {"unit": round.rules.labels.unit, "village": round.rules.labels.village},
        "year": year,
        "lines": [line_of(row) for row in rows],
        "shared": {name: getattr(plan, name) for name in SHARED if plan and getattr(plan, name)},
    }


def line_of(row: TargetYear) -> dict[str, Any]:
    """Numbers as text: what is hashed must read the same for ever."""
    target = row.target
    return {
        "name": target.name,
        "unit": target.unit_of_measure,
        "baseline": printed(target.baseline),
        "baseline_year": target.baseline_year,
        "planned": printed(row.planned),
        "words": row.planned_words,
    }


def printed(value) -> str:
    """1,234.5 - without zeros that say nothing."""
    if value is None:
        return ""
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".")


def sharing_plan(pairing: Pairing, year: int) -> Plan | None:
    """The plan in force that says how the two share responsibility, target, reward and penalty (XC-03)."""
    rule = plans.rule_for(pairing.round.rules, plans.sharing_kind(pairing.round.rules))
    in_force = Plan.objects.in_force().filter(pairing=pairing, kind=rule.kind, year=plans.period(rule, year))
    return in_force.first()


def letter_hash(letter: ResponsibilityLetter) -> str:
    """SHA-256 over what the letter says, in hexadecimal digits: what a signature is given over."""
    content = {"pairing": letter.pairing_id, "number": letter.number, **letter.content}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def is_as_signed(letter: ResponsibilityLetter) -> bool:
    now = letter_hash(letter)
    return all(signature.content_hash == now for signature in letter.signatures.all())


def letter_document(letter: ResponsibilityLetter) -> bytes:
    """The .docx of a letter in whatever state it is."""
    return documents.render(LETTER, letter_context(letter), place=letter.pairing.round.organiser)


def letter_context(letter: ResponsibilityLetter) -> dict[str, Any]:
    content, signed = letter.content, letter.state == LetterState.SIGNED
    signatures = {signature.party: signature for signature in letter.signatures.all()}
    return {
        "title": f"{letter.year}年度目标责任书",
        "mark": "" if signed else f"「草案」第{letter.number}稿",
        "scheme": {"name": content["scheme"], "is_binding": content["is_binding"]},
        "round": {"name": content["round"]},
        "year": letter.year,
        "holds_until_met": content["holds_until_met"],
        "unit": {"label": content["labels"]["unit"], "name": content["unit"]} | signed_line(signatures, Signatory.UNIT),
        "village": {"label": content["labels"]["village"], "name": content["village"]},
        "organiser": {"name": content["organiser"]} | signed_line(signatures, Signatory.ORGANISER),
        "lines": [f"{number}. {printed_line(line)}" for number, line in enumerate(content["lines"], 1)],
        "shared": [
            {"heading": f"（{numeral}）{SHARED[name]}", "text": content["shared"][name]}
            for numeral, name in zip("一二三", (each for each in SHARED if each in content["shared"]), strict=False)
        ],
        "proof": letter_hash(letter) if signed else "",
    }


def signed_line(signatures: dict, party: Signatory) -> dict[str, str]:
    found = signatures.get(party)
    return {
        "signatory": found.name if found else BLANK_NAME,
        "signed_at": printed_moment(found.signed_at) if found else BLANK_DATE,
    }


def printed_line(line: dict) -> str:
    """村集体经济收入：本年达到12万元（2025年为8万元）；新建冷库一座。"""
    parts = []
    if line["planned"]:
        start = f"（{line['baseline_year']}年为{line['baseline']}{line['unit']}）" if line["baseline"] else ""
        parts.append(f"本年达到{line['planned']}{line['unit']}{start}")
    if line["words"]:
        parts.append(line["words"].rstrip("。；"))
    return f"{line['name']}：{'；'.join(parts)}。"


def file_name(letter: ResponsibilityLetter) -> str:
    return f"{letter.content['unit']}—{letter.content['village']}{letter.year}年度目标责任书.docx"
