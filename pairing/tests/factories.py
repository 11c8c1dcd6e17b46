"""Records for tests: plain functions with typed keywords, straight into the tables."""

from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from organisations.models import Organisation
from pairing.directories import insert_entries
from pairing.models import (
    Agreement,
    Directory,
    Intention,
    MatchingRun,
    MatchProposal,
    Milestone,
    Pairing,
    Round,
    Scheme,
    SchemeVersion,
)
from pairing.schemes.reading import read_scheme
from pairing.schemes.scheme import SchemeText
from pairing.schemes.terms import default_milestones
from pairing.states import AgreementState, IntentionState, Origin, PairingState, RoundState, Side

SCHEMES = Path(__file__).parents[1] / "schemes"
CHINA = ZoneInfo("Asia/Shanghai")
SPRING = datetime(2026, 3, 24, 9, 0, tzinfo=CHINA)
SPRING_DAY = SPRING.date()


@cache
def as_written(key: str) -> tuple[str, SchemeText]:
    text = (SCHEMES / f"{key}.yaml").read_text(encoding="utf-8")
    return text, read_scheme(text)


def scheme_version(key: str = "shanghai", *, taken_at: datetime = SPRING) -> SchemeVersion:
    """The scheme as its file has it; the same row for the same key."""
    text, content = as_written(key)
    scheme, _ = Scheme.objects.get_or_create(
        key=content.key, defaults={"name": content.name, "issuer": content.issuer, "status": content.status}
    )
    found = scheme.versions.first()
    return found or SchemeVersion.objects.create(
        scheme=scheme, number=1, text=text, content=content.model_dump(mode="json"), taken_at=taken_at
    )


def round(
    organiser: Organisation,
    *,
    scheme: str = "shanghai",
    name: str = "第二轮结对",
    state: RoundState = RoundState.OPEN,
    starts_on: date = SPRING_DAY,
    **fields: Any,
) -> Round:
    """A round with the scheme's own milestones; open unless asked otherwise."""
    version = scheme_version(scheme)
    if state != RoundState.DRAFT:
        fields.setdefault("opened_at", SPRING)
    fields.setdefault("ends_on", date(starts_on.year + 3, 7, 31))
    made = Round.objects.create(
        scheme_version=version, organiser=organiser, name=name, state=state, starts_on=starts_on, **fields
    )
    Milestone.objects.bulk_create(
        Milestone(round=made, key=step.key, name=step.name, on=step.on, inclusive=step.inclusive)
        for step in default_milestones(version.rules, starts_on)
    )
    return made


def directory(round: Round, *, at: datetime = SPRING) -> Directory:
    """Everybody under the organiser, as the next version."""
    version = round.directories.count() + 1
    made = Directory.objects.create(round=round, version=version, published_at=at)
    reachable = Organisation.objects.under(round.organiser).open()
    insert_entries(made, Side.VILLAGE, reachable.villages())
    insert_entries(made, Side.UNIT, reachable.units())
    round.newest_directory = made
    round.save(update_fields=["newest_directory"])
    return made


def intention(
    round: Round, unit: Organisation, village: Organisation, *, proposed_side: Side = Side.UNIT, **fields: Any
) -> Intention:
    state = fields.setdefault("state", IntentionState.PROPOSED)
    if state != IntentionState.PROPOSED:
        fields.setdefault("answered_at", SPRING)
    fields.setdefault("proposed_at", SPRING)
    return Intention.objects.create(round=round, unit=unit, village=village, proposed_side=proposed_side, **fields)


def pairing(round: Round, unit: Organisation, village: Organisation, **fields: Any) -> Pairing:
    state = fields.setdefault("state", PairingState.NEGOTIATING)
    fields.setdefault("formed_at", SPRING)
    if state == PairingState.SIGNED:
        fields.setdefault("signed_on", SPRING.date())
    return Pairing.objects.create(round=round, unit=unit, village=village, origin=Origin.VOLUNTARY, **fields)


def agreement(pairing: Pairing, **fields: Any) -> Agreement:
    fields.setdefault("starts_on", pairing.round.starts_on)
    fields.setdefault("ends_on", pairing.round.ends_on)
    if fields.setdefault("state", AgreementState.DRAFT) == AgreementState.SIGNED:
        fields.setdefault("signed_at", SPRING)
    return Agreement.objects.create(pairing=pairing, **fields)


def match_proposal(round: Round, unit: Organisation, village: Organisation, **fields: Any) -> MatchProposal:
    """A pair that a finished run proposes; the same run for the same round."""
    values = {"number": 1, "directory": round.newest_directory, "finished_at": SPRING, "villages": 1, "units": 1}
    run = round.matching_runs.first() or MatchingRun.objects.create(round=round, **values)
    return MatchProposal.objects.create(run=run, village=village, unit=unit, proposed_unit=unit, **fields)
