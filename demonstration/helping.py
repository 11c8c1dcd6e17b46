"""Poor households of 82 villages: the roster of the county, helpers by the product's own assignment, what came of it.

The work of the assignment is done here and now; in the product it is done in the background. What the helpers have
done since is laid down at once.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Case, F, OuterRef, Subquery, Value, When

from core.copying import insert_rows
from demonstration import people, workbooks
from demonstration.calendar import Calendar, at
from demonstration.play import Pair
from members.actions.assigning import keep_shares
from members.actions.assigning_all import issue_assignment
from members.actions.pairs import end_pair
from members.assignment.quotas import quotas_of
from members.assignment.reading import read
from members.assignment.sharing import share
from members.kinds import EndReason, PairKind
from members.models import Aid, AssignmentRun, Household, PersonPair
from members.states import AssignmentState
from organisations.models import Appointment, Organisation, User
from pairing.models import Round
from pairing.states import Side

SHEETS = ("困难户",)
SURVEYED, PAIRED = 20, 30  # days of the round
WISHES = ("想种天麻，缺种苗和技术。", "想扩大养牛，缺周转资金。", "盼孩子读完高中，减轻学费负担。")
DONE = (
    (Aid.Sort.AID, "送去化肥和良种，讲解种植要点。"),
    (Aid.Sort.TALK, "入户谈心，了解收入和开支情况。"),
    (Aid.Sort.AID, "帮助联系县城务工岗位。"),
    (Aid.Sort.TALK, "商量明年的种养打算，宣讲惠农政策。"),
    (Aid.Sort.AID, "协调信用社办理小额贷款手续。"),
    (Aid.Sort.AID, "送去棉被和粮油，查看住房安全。"),
)
VISITS = (2, 1, 3, 0, 2, 1, 2)  # of every so many pairs
EVERY_DAYS, LAST_WITHIN = 41, 75
WAITING = 1  # villages whose proposed helpers nobody has paired yet
TRANSFERRED = 400  # one of so many helpers


@dataclass
class Helping:
    round: Round
    root: Organisation
    organiser: User
    pairs: list[Pair]
    calendar: Calendar
    begun: date = field(init=False)

    def __post_init__(self) -> None:
        self.begun = self.calendar.first_of_march

    def load(self) -> None:
        year, name = self.begun.year, self.organiser.username
        workbooks.import_sheets(workbooks.HOUSEHOLDS, SHEETS, people.QIANXI, year, by=name)
        self.survey()
        self.issue(self.propose())
        self.look_after()
        self.part()

    def survey(self) -> None:
        """By the secretaries of the villages, before anybody plans measures; every other household said its wish."""
        secretary = Appointment.objects.filter(role="village_secretary", organisation=OuterRef("village"))
        wishes = [When(rest=number, then=Value(wish)) for number, wish in enumerate(WISHES)]
        surveyed = Household.objects.filter(village__path__startswith=self.root.path)
        surveyed.annotate(rest=F("pk") % (2 * len(WISHES))).update(
            surveyed_on=self.day(SURVEYED),
            surveyed_by=Subquery(secretary.values("user")[:1]),
            wish=Case(*wishes, default=Value("")),
            wished_on=Case(When(rest__lt=len(WISHES), then=Value(self.day(SURVEYED))), default=None),
        )

    def propose(self) -> AssignmentRun:
        moment = at(self.day(PAIRED - 1))
        run = AssignmentRun.objects.create(
            place=self.root, round=self.round, started_at=moment, started_by=self.organiser
        )
        task = read(run, quotas_of(self.round))
        helpers = sum(map(len, task.teams.values()))
        counts = {"households": len(task.households), "helpers": helpers, "teams": len(task.teams)}
        return keep_shares(by=self.organiser, run=run, shares=share(task), at=moment, **counts)

    def issue(self, run: AssignmentRun) -> None:
        """Those of pairs that had signed first, the others yesterday; in the last village they are still proposed."""
        signed = [pair.village.pk for pair in self.pairs]
        proposed = run.proposals.filter(state=AssignmentState.PROPOSED).exclude(village__in=signed[-WAITING:])
        first, late = proposed.filter(village__in=signed), proposed.exclude(village__in=signed)
        for rows, moment in ((first, at(self.day(PAIRED))), (late, self.calendar.days_ago(1))):
            issue_assignment(by=self.organiser, run=run, proposals=list(rows.values_list("pk", flat=True)), at=moment)

    def look_after(self) -> None:
        """Some came twice, some never. Cadres without an account have it noted by their secretary."""
        secretaries = {pair.unit.pk: pair.secretary(Side.UNIT) for pair in self.pairs}
        pairs = PersonPair.objects.active().filter(kind=PairKind.CADRE_HOUSEHOLD, unit__in=secretaries)
        rows = [
            self.aid(pair, place, number, secretaries[pair.unit_id])
            for place, pair in enumerate(pairs.order_by("pk"))
            for number in range(VISITS[place % len(VISITS)])
        ]
        insert_rows(Aid, [row for row in rows if row["on"] >= self.day(PAIRED)])
        seen = Aid.objects.order_by("-on").values("on")
        pairs.update(seen_on=Subquery(seen.filter(pair=OuterRef("pk"))[:1]))
        helped = Household.objects.filter(pk__in=pairs.values("target_household"))
        helped.update(seen_on=Subquery(seen.filter(pair__target_household=OuterRef("pk"))[:1]))

    def aid(self, pair: PersonPair, place: int, number: int, by: User) -> dict:
        sort, words = DONE[(place + number) % len(DONE)]
        moment = self.calendar.days_ago(3 + 7 * place % LAST_WITHIN + number * EVERY_DAYS, 17)
        noted = {"noted_at": moment, "noted_by_id": by.pk}
        return {"pair_id": pair.pk, "sort": sort.value, "on": moment.date(), "words": words, **noted}

    def part(self) -> None:
        """Some helpers were transferred: who takes their households is still open, and told to the secretaries."""
        cadres = PersonPair.objects.active().filter(kind=PairKind.CADRE_HOUSEHOLD, since=self.day(PAIRED))
        for pair in cadres.order_by("pk")[::TRANSFERRED]:
            end_pair(
                by=self.organiser,
                pair=pair,
                reason=EndReason.HELPER_LEFT,
                words="联系干部调离本县。",
                at=self.calendar.days_ago(4),
            )

    def day(self, number: int) -> date:
        """Of the round."""
        return self.begun + timedelta(days=number)
