"""What is suggested to each committee, how far it is, and the document that says so (SH-28, SH-18)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db.models import Count, Q
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from core.dates import chinese_date
from core.marks import Remembered
from office import documents
from office.documents import TemplateKind
from organisations.models import Organisation
from pairing.figures.coverage import area_length, based_on, pairs_of_areas
from pairing.figures.stages import standing_pairings
from pairing.models import DirectoryEntry, Pairing, Round, TaskProposal
from pairing.states import Side

WEAK = "weak"
TASK_PROPOSAL = TemplateKind(
    key="task_proposal",
    name=_("Task proposal"),
    fields={
        "organiser": _("the organiser of the round"),
        "committee": _("the committee"),
        "scheme.name": _("name of the scheme"),
        "round.name": _("name of the round"),
        "round.ends": _("end, as the round prints it"),
        "task": _("what is suggested, in one sentence"),
        "weak": _("how many of them with weak villages; empty where none"),
        "base": _("the number of the round before; empty where there is none"),
        "deadlines[]": _("one deadline of the round"),
        "words": _("words to the committee"),
        "issued_on": _("date of issue"),
    },
    default=Path(__file__).parents[1] / "templates_word" / "task_proposal.docx",
)


@dataclass(frozen=True)
class Standing:
    """Of one committee on one side: lines of the directory, pairings now and signed, and the round before."""

    lines: int = 0
    weak_lines: int = 0
    pairings: int = 0
    signed: int = 0
    base: int = 0

    def short_of(self, suggested: int) -> int:
        """What is missing to the suggested number, or to the base number where that is higher (SH-18)."""
        return max(suggested - self.pairings, self.base - self.pairings, 0)


@dataclass(frozen=True)
class Suggestion:
    committee: Organisation
    side: Side
    suggested: int
    suggested_weak: int


Place = tuple[str, str]  # tree path of the committee, side


def standings(round: Round) -> dict[Place, Standing]:
    """By the places just below the organiser; remembered until somebody writes to a pairing or an organisation."""
    lines = DirectoryEntry.objects.current(round).values("organisation__path")
    read = Remembered(lines, Pairing.objects.filter(round__in=[round.pk, round.previous_id or 0]).values("unit__path"))
    return read.get("standings", lambda: counted(round))


def counted(round: Round) -> dict[Place, Standing]:
    """In three statements however large the round."""
    found: dict[Place, Counter] = {}

    def count(name: str, path: str, side: str, number: int) -> None:
        found.setdefault((path, side), Counter())[name] += number

    below = Left("organisation__path", area_length(round))
    lines = DirectoryEntry.objects.current(round).order_by().annotate(below=below).values_list("below", "side")
    for path, side, number, weak in lines.annotate(
        number=Count("pk"), weak=Count("pk", filter=Q(classes__contains=[WEAK]))
    ):
        count("lines", path, side, number)
        count("weak_lines", path, side, weak)
    for areas, numbers in pairs_of_areas(round, standing_pairings(round).order_by()).items():
        for side, path in zip(Side, areas, strict=True):
            count("pairings", path, side, numbers.reached)
            count("signed", path, side, numbers.signed)
    before = pairs_of_areas(round, based_on(round.previous)) if round.previous else {}
    for areas, numbers in before.items():
        for side, path in zip(Side, areas, strict=True):
            count("base", path, side, numbers.reached)
    return {place: Standing(**numbers) for place, numbers in found.items()}


def suggestions(round: Round, standings: Mapping[Place, Standing]) -> list[Suggestion]:
    """For villages: a unit for each. For units: the villages shared out by how many units a committee has, and never
    fewer than in the round before (SH-18)."""
    villages = sum(each.lines for (_path, side), each in standings.items() if side == Side.VILLAGE)
    weak = sum(each.weak_lines for (_path, side), each in standings.items() if side == Side.VILLAGE)
    units = {path: each.lines for (path, side), each in standings.items() if side == Side.UNIT and each.lines}
    shares, weak_shares = shared_out(villages, units), shared_out(weak, units)
    found = []
    for committee in Organisation.objects.filter(path__in={path for path, _side in standings}, numchild__gt=0):
        for side in Side:
            standing = standings.get((committee.path, side), Standing())
            if not standing.lines:
                continue
            suggested, of_weak = standing.lines, standing.weak_lines
            if side == Side.UNIT:
                suggested, of_weak = shares[committee.path], weak_shares[committee.path]
            found.append(Suggestion(committee, side, max(suggested, standing.base), min(of_weak, suggested)))
    return found


def shared_out(number: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Whole shares in proportion to the weights that sum to `number`: the largest remainders get the rest."""
    total = sum(weights.values())
    if not total:
        return {}
    shares = {key: number * weight // total for key, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda key: (-(number * weights[key] % total), key))
    for key in by_remainder[: number - sum(shares.values())]:
        shares[key] += 1
    return shares


def task_document(task: TaskProposal) -> bytes:
    return documents.render(TASK_PROPOSAL, task_context(task), place=task.round.organiser)


def task_context(task: TaskProposal) -> dict:
    round, labels = task.round, task.round.rules.labels
    who = f"所属{labels.unit}与{labels.village}" if task.side == Side.UNIT else f"所辖{labels.village}与{labels.unit}"
    base = standings(round).get((task.committee.path, task.side), Standing()).base if round.previous else 0
    return {
        "organiser": round.organiser.name,
        "committee": task.committee.name,
        "scheme": {"name": round.rules.name},
        "round": {"name": round.name, "ends": round.end_as_printed},
        "task": f"建议{who}结对{task.suggested}对",
        "weak": f"其中{labels.weak_village}{task.suggested_weak}对" if task.suggested_weak else "",
        "base": f"上一轮结对{base}对，本轮不低于这一基数" if base else "",
        "deadlines": [f"{step.name}：{chinese_date(step.deadline.last_day)}前" for step in round.milestones.all()],
        "words": task.words,
        "issued_on": chinese_date(task.issued_at.date()) if task.issued_at else "　　　年　　月　　日",
    }
