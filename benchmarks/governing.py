"""Around the tree: teams and the villages they serve, parts in the work, changes of organisations, task proposals."""

from collections import defaultdict
from datetime import datetime

from django.db.models import F

from organisations.kinds import Kind
from organisations.mandates import PARTS
from organisations.models import Mandate, Organisation, OrganisationLink, Succession, SuccessionStep
from pairing.models import Round, TaskProposal
from pairing.states import Side

OF_A_TEAM = 3  # villages
HOLDERS = 20  # organisations that have a part in an area


def fill(round: Round, now: datetime) -> None:
    teams()
    for area in Organisation.objects.filter(depth__lte=2).order_by("path"):
        mandates(area)
    changes(round, now)
    tasks(round, now)


def teams() -> None:
    """One to a township; its villages are the first ones there."""
    townships = list(Organisation.objects.filter(kind=Kind.TOWNSHIP).order_by("path"))
    below = defaultdict(list)
    for village in Organisation.objects.villages().order_by("path"):
        below[village.path[: -Organisation.steplen]].append(village)
    made = [
        Organisation(
            name=f"{township.name}工作队",
            kind=Kind.WORK_TEAM,
            path=Organisation._get_path(township.path, township.depth + 1, township.numchild + 1),
            depth=township.depth + 1,
        )
        for township in townships
    ]
    Organisation.objects.bulk_create(made, 2_000)
    Organisation.objects.filter(kind=Kind.TOWNSHIP).update(numchild=F("numchild") + 1)
    OrganisationLink.objects.bulk_create(
        [
            OrganisationLink(kind=OrganisationLink.Kind.SERVED, holder=team, member=village)
            for team, township in zip(made, townships, strict=True)
            for village in below[township.path][:OF_A_TEAM]
        ],
        2_000,
    )


def mandates(area: Organisation) -> None:
    holders = Organisation.objects.filter(path__startswith=area.path).order_by("depth", "path")[:HOLDERS]
    parts = list(PARTS)
    Mandate.objects.bulk_create(
        [Mandate(area=area, holder=holder, part=parts[i % len(parts)]) for i, holder in enumerate(holders)]
    )


def changes(round: Round, now: datetime) -> None:
    """Every village was renamed once."""
    villages = list(Organisation.objects.villages().order_by("pk").values_list("pk", "name"))
    made = Succession.objects.bulk_create(
        [
            Succession(
                kind=Succession.Kind.RENAME,
                on=now.date(),
                reason="同名",
                decided_at=now,
                decided_by=round.opened_by,
            )
            for _village in villages
        ],
        2_000,
    )
    SuccessionStep.objects.bulk_create(
        [
            SuccessionStep(succession=each, predecessor_id=pk, successor_id=pk, old_name=f"旧{name}", new_name=name)
            for each, (pk, name) in zip(made, villages, strict=True)
        ],
        2_000,
    )


def tasks(round: Round, now: datetime) -> None:
    """For every committee below the organiser: those for its units issued, those for its villages drafts."""
    committees = Organisation.objects.filter(kind=Kind.COUNTY).order_by("path")
    TaskProposal.objects.bulk_create(
        [
            TaskProposal(
                round=round,
                committee=committee,
                side=side,
                suggested=200,
                suggested_weak=50,
                **({"issued_at": now, "issued_by": round.opened_by} if side == Side.UNIT else {}),
            )
            for committee in committees
            for side in Side
        ]
    )
