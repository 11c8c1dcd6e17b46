"""Who helps whom in one village, member by member: the accounts offered first find something to do.

Names of people are made up; the members and their pairs come with the workbook.
"""

from dataclasses import dataclass
from datetime import timedelta

from demonstration.calendar import Calendar
from demonstration.play import Pair
from members.actions.aids import note_aid, record_wish, write_plan
from members.actions.floating import depart, register_floating, report_in
from members.actions.households import GivenConsent, add_household, add_person, survey_household
from members.actions.members import add_member
from members.actions.pairs import pair_up
from members.actions.postings import record_training, second
from members.actions.zones import fill_zone, set_up_zone
from members.kinds import Hardship, HouseholdClass, Mark, PairKind, PersonKind, Rank
from members.models import Aid, Household, Member, PersonPair, Secondment, Training
from members.states import FLOATING
from organisations.models import User
from pairing.states import Side

# Head, people, group, in need, and whether the household has a helper.
HOUSEHOLDS = (
    ("丁广财", 5, "一组", True, True),
    ("高明礼", 3, "一组", True, True),
    ("孟昭福", 2, "二组", True, True),
    ("谢长生", 4, "二组", True, False),
    ("龙世兰", 1, "三组", True, False),
    ("蒙泽富", 6, "三组", False, False),
    ("杨胜才", 5, "一组", False, False),
)
ABLE = "蒙泽富"
PERSONS = (  # whom helping a household does not reach; guardian
    ("龙老幺", PersonKind.ELDER, "", "独居，需要有人定期上门，帮助代购药品。"),
    ("孟小芳", PersonKind.POOR_PUPIL, "孟昭福", "小学三年级，缺学习用品。"),
    ("谢成亮", PersonKind.LEFT_BEHIND_CHILD, "谢长生", "父母外出务工，需要课后照看。"),
)
CAUSES = (Hardship.NO_LABOUR, Hardship.NO_FUNDS)
# Who left for where: days since, whether they reported in there.
AWAY = (("广东省东莞市某电子厂", 420, True), ("浙江省义乌市", 150, True), ("福建省泉州市某制鞋厂", 40, False))


@dataclass
class Neighbours:
    """The village of `pair`, whose unit sends the cadre with an account of their own."""

    pair: Pair
    cadre: User
    calendar: Calendar

    def load(self) -> None:
        self.unit_secretary, self.village_secretary = (self.pair.secretary(side) for side in (Side.UNIT, Side.VILLAGE))
        self.helper = self.member_of_the_cadre()
        households = [self.household(number, *row) for number, row in enumerate(HOUSEHOLDS, 1)]
        pairs = [self.helped(household) for household, row in zip(households, HOUSEHOLDS, strict=True) if row[4]]
        self.look_after(pairs)
        self.chain(households)
        self.single_persons()
        self.leave_for_work()
        self.post_and_train()

    def member_of_the_cadre(self) -> Member:
        """The roster of the workbook may name nobody with this account."""
        fields = {"name": self.cadre.name, "rank": Rank.SECTION, "user": self.cadre, "is_party_member": True}
        fields["marks"] = [Mark.IN_SERVICE, Mark.ABLE_TO_HELP]
        return add_member(by=self.unit_secretary, organisation=self.pair.unit, fields=fields)

    def household(self, number: int, head: str, people: int, group: str, is_needy: bool, has_helper: bool) -> Household:
        fields = {"head": head, "people": people, "group": group, "is_needy": is_needy, "number": str(number)}
        fields |= {"is_able": head == ABLE, "phone": f"1390000{1370 + number}"}
        made = add_household(by=self.village_secretary, village=self.pair.village, fields=fields)
        if is_needy:
            moment, cause = self.calendar.days_ago(60), CAUSES[number % len(CAUSES)]
            found = {"household_class": HouseholdClass.POOR, "causes": [cause], "is_needy": True}
            by = self.village_secretary
            survey_household(by=by, household=made, on=moment.date(), fields=found, at=moment)
        return made

    def helped(self, household: Household) -> PersonPair:
        return pair_up(
            by=self.unit_secretary,
            kind=PairKind.CADRE_HOUSEHOLD,
            helper=self.helper,
            target=household,
            at=self.calendar.days_ago(50),
        )

    def look_after(self, pairs: list[PersonPair]) -> None:
        """The first was seen last week and has a plan, the second a month ago, the third never."""
        first, second_one, _never = pairs
        wish = self.calendar.days_ago(45)
        record_wish(by=self.cadre, pair=first, words="想扩种两亩天麻，缺技术和启动资金。", at=wish)
        record_wish(by=self.cadre, pair=second_one, words="盼着把牛圈修好，多养两头牛。", at=wish)
        for pair, days, words in (
            (first, 30, "送去天麻种植手册，联系县农技站。"),
            (first, 6, "陪技术员到地里看土，定下先种一亩。"),
            (second_one, 28, "帮忙申请圈舍改造补助。"),
        ):
            moment = self.calendar.days_ago(days)
            note_aid(by=self.cadre, pair=pair, sort=Aid.Sort.AID, on=moment.date(), words=words, at=moment)
        write_plan(
            by=self.cadre,
            pair=first,
            content="五口人，两个劳力，地少，靠零工。",
            measures="种天麻一亩，农技站全程指导；申请小额信贷；年底由林业局消费帮扶收购。",
            leaves_on=self.calendar.today + timedelta(days=300),
            at=self.calendar.days_ago(20),
        )

    def chain(self, households: list[Household]) -> None:
        """One able household helps another; a member of the village looks after a zone."""
        able = next(each for each in households if each.head == ABLE)
        pair_up(
            by=self.village_secretary,
            kind=PairKind.CHAIN,
            helper=able,
            target=households[3],
            at=self.calendar.days_ago(40),
        )
        zone = set_up_zone(
            by=self.village_secretary, village=self.pair.village, kind="zone", name="一组责任区", area="一组沿河各户"
        )
        fill_zone(by=self.village_secretary, zone=zone, members=self.villagers()[:2], households=households[:2])

    def single_persons(self) -> None:
        """Children with the consent of whoever brings them up."""
        moment = self.calendar.days_ago(55)
        for name, kind, guardian, need in PERSONS:
            fields = {"name": name, "kind": kind, "guardian": guardian, "need": need}
            consent = GivenConsent(moment.date()) if guardian else None
            by, village = self.village_secretary, self.pair.village
            add_person(by=by, village=village, fields=fields, at=moment, consent=consent)

    def villagers(self) -> list[Member]:
        """Six of those who are at home, in the order of the roster."""
        at_home = Member.objects.present().exclude(floating_records__state__in=FLOATING)
        return list(at_home.filter(organisation=self.pair.village).order_by("pk")[:6])

    def leave_for_work(self) -> None:
        """Three members of the village work far away."""
        for member, (place, days, reported) in zip(self.villagers()[2:], AWAY, strict=False):
            left = self.calendar.days_ago(days)
            before, by = left - timedelta(days=3), self.village_secretary
            record = register_floating(by=by, member=member, leaves_on=left.date(), place=place, at=before)
            record = depart(by=by, record=record, on=left.date(), at=left, although="临时接到用工通知，回来补办。")
            if reported:
                arrived = left + timedelta(days=5)
                report_in(
                    by=self.village_secretary,
                    record=record,
                    on=arrived.date(),
                    where=f"{place}所在社区",
                    firm_has_organisation=False,
                    at=arrived,
                )

    def post_and_train(self) -> None:
        """Somebody of the unit works in the village for a year; the unit taught a technique there."""
        sent = add_member(
            by=self.unit_secretary,
            organisation=self.pair.unit,
            fields={"name": "申国强", "rank": Rank.SUB_SECTION, "is_party_member": True, "marks": [Mark.YOUNG_CADRE]},
        )
        moment = self.calendar.days_ago(70)
        second(
            by=self.unit_secretary,
            member=sent,
            host=self.pair.village,
            kind=Secondment.Kind.YOUNG_CADRE,
            direction=Secondment.Direction.DOWN,
            post="村党支部副书记（挂职）",
            since=moment.date(),
            until=moment.date() + timedelta(days=364),
            at=moment,
        )
        held = self.calendar.days_ago(15)
        record_training(
            by=self.unit_secretary,
            organiser=self.pair.unit,
            village=self.pair.village,
            pairing=self.pair.pairing,
            title="天麻栽培技术",
            kind=Training.Kind.PRACTICAL,
            starts_on=held.date() - timedelta(days=2),
            ends_on=held.date(),
            sessions=3,
            persons=32,
            person_times=88,
            technicians=5,
            at=held,
        )
