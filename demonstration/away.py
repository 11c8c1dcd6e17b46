"""Members of Qianxi away from home, in every state: those whom the roster names at once, a few act by act.

One township writes its letters and holds its forum; some villagers work in the county itself, so that both desks meet.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import DateField, ExpressionWrapper, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Concat

from core.copying import insert_rows
from core.lunar import lunar_year_of, twelfth_month
from demonstration.calendar import Calendar, at
from members.actions import floating_forum as forums
from members.actions.floating import RULES, depart, note_contact, register_floating, report_in
from members.actions.floating_applicants import complete, enter_applicant, note_step
from members.actions.floating_inquiries import answer, ask
from members.actions.floating_letters import prepare_letters
from members.actions.floating_reports import confirm_deed, enter_deed
from members.floating.forums import invited
from members.floating.halves import half_of
from members.floating.kinds import Appraisal, Channel, DeedKind, Desk, InquiryResult, Placement, StepKind
from members.models import FloatingContact, FloatingDeed, FloatingRecord, HalfYearReport, Member
from members.states import AWAY, FLOATING, FloatingState
from organisations.kinds import Kind
from organisations.models import Appointment, Organisation, User

TOWNSHIP_STAFF = "jinbi"
# Of ten who left, by the last digit of the key: reported in with a community, with a firm, back again; the others are
# still expected at their destination.
SETTLED, EMPLOYED, RETURNED = (1, 2, 3, 4), (5, 6), (7,)
LEFT_WITHIN, LEFT_AT_LEAST = 300, 40  # days ago
TALKS = ("电话了解务工和思想情况。", "转告村里换届安排，征求意见。", "问候家人近况，提醒按时交纳党费。")
WORK = ("在电子厂务工，收入稳定，遵守厂规。", "在建筑工地带班，安全无事故。", "经营小餐馆，雇了两名同乡。")
DEEDS = ((DeedKind.GOOD_DEED, None, "为村小学捐图书一百册。"), (DeedKind.LED_OTHERS, 4, "介绍同村青年进厂务工。"))
CHANNELS = (Channel.PHONE, Channel.ONLINE, Channel.PHONE, Channel.LETTER)
IN_COUNTY = ("registered", "departed", "reported in", "reported in", "reported in")
APPLICANTS = ("冉明先", "柏文兴")
HEARD_OF = (("涂学友", 9), ("尚昌林", 2), ("糜天福", 25))  # days since; the first was answered


@dataclass
class Away:
    root: Organisation
    secretaries: dict[int, User]
    calendar: Calendar

    def load(self) -> None:
        records = FloatingRecord.objects.filter(origin__path__startswith=self.root.path)
        self.settle(records.filter(state=FloatingState.DEPARTED))
        self.keep_in_touch(records)
        self.work_in_the_county()
        self.township()

    def settle(self, records: QuerySet[FloatingRecord]) -> None:
        """When each left, and where they are by now."""
        records = FloatingRecord.objects.filter(pk__in=list(records.values_list("pk", flat=True)))
        ago = Cast(F("pk") * 7 % LEFT_WITHIN + LEFT_AT_LEAST, IntegerField())
        records.update(leaves_on=days_before(Value(self.calendar.today, DateField()), ago))
        came = {"state": FloatingState.REPORTED_IN, "reported_in_on": days_before(F("leaves_on"), Value(-5))}
        where = {"reported_in_where": Concat(F("place"), Value("某街道党群服务中心"))}
        for digits, placement in ((SETTLED, Placement.TERRITORY), (EMPLOYED, Placement.FIRM)):
            placed = {"placement": placement, "placement_rule": str(RULES[placement])}
            self.of(records, digits).update(**came, **where, **placed)
        over = {"ended_on": self.calendar.days_ago(12).date(), "end_words": "已返乡，恢复在村组织生活。"}
        self.of(records, RETURNED).update(state=FloatingState.RETURNED, **over)

    def of(self, records: QuerySet[FloatingRecord], digits: tuple[int, ...]) -> QuerySet[FloatingRecord]:
        return records.filter(pk__in=records.annotate(digit=F("pk") % 10).filter(digit__in=digits).values("pk"))

    def keep_in_touch(self, records: QuerySet[FloatingRecord]) -> None:
        """Most villages called within the last months; some members sent their report and told of a deed."""
        contacts, reports, deeds = [], [], []
        for place, record in enumerate(records.filter(state__in=AWAY).select_related("origin").order_by("pk")):
            by = self.secretaries[record.origin_id].pk
            moment = self.calendar.days_ago(5 + place * 3 % 80, 19)
            called = max(moment.date(), record.leaves_on)
            noted = {"record_id": record.pk, "on": called}
            if place % 6:
                contact = {"desk": Desk.ORIGIN.value, "channel": CHANNELS[place % 4].value, "words": TALKS[place % 3]}
                contacts.append(noted | contact | {"noted_at": moment, "noted_by_id": by})
            if place % 8 == 1:
                half = half_of(called)
                said = {"year": half.year, "half": half.half, "channel": Channel.PHONE.value, "work": WORK[place % 3]}
                entered = {"entered_at": moment, "entered_by_id": by, "delegate_reason": "本人电话口述，村支书代填。"}
                reports.append({"record_id": record.pk, "reported_on": called} | said | entered)
            if place % 12 == 1:
                kind, people, words = DEEDS[place // 12 % 2]
                deeds.append(noted | {"kind": kind.value, "people": people, "words": words, "entered_at": moment})
        insert_rows(FloatingContact, contacts)
        insert_rows(HalfYearReport, reports)
        insert_rows(FloatingDeed, deeds)

    def work_in_the_county(self) -> None:
        """Both places are organisations of this county, so both desks have something to do."""
        firms = list(
            Organisation.objects.under(self.root).filter(kind=Kind.ENTERPRISE).order_by("pk")[: len(IN_COUNTY)]
        )
        at_home = Member.objects.present().exclude(floating_records__state__in=FLOATING)
        villagers = at_home.filter(organisation__kind=Kind.VILLAGE, organisation__path__startswith=self.root.path)
        villages = (
            villagers.exclude(marks__contains=["needy"]).order_by("organisation_id", "pk").distinct("organisation_id")
        )
        members = list(villages.select_related("organisation")[20 : 20 + len(firms)])
        for number, (member, firm, state) in enumerate(zip(members, firms, IN_COUNTY, strict=False)):
            self.move(member, firm, state, number)
        for number, (name, days) in enumerate(HEARD_OF):
            self.ask(name, members[number].organisation, firms[number], days, answered=number == 0)
        for name, member, firm, is_complete in zip(APPLICANTS, members, firms, (False, True), strict=False):
            self.cultivate(name, member.organisation, firm, is_complete=is_complete)

    def move(self, member: Member, firm: Organisation, state: str, number: int) -> None:
        home, there = self.secretaries[member.organisation_id], self.secretaries[firm.pk]
        left = self.calendar.days_ago(70 - 12 * number if state != "registered" else -6)
        record = register_floating(
            by=home,
            member=member,
            leaves_on=left.date(),
            destination=firm,
            at=min(left, self.calendar.days_ago(1)) - timedelta(days=4),
        )
        if state == "registered":
            return
        record = depart(by=home, record=record, on=left.date(), at=left)
        if state == "departed":
            return
        came = left + timedelta(days=3)
        words = f"{firm.name}党支部"
        record = report_in(by=there, record=record, on=came.date(), where=words, firm_has_organisation=True, at=came)
        later = came + timedelta(days=6)
        told = {"channel": Channel.PHONE, "words": "已编入党小组，参加组织生活正常。"}
        note_contact(by=there, record=record, desk=Desk.DESTINATION, on=later.date(), at=later, **told)
        kind, people, words = DEEDS[number % 2]
        deed = enter_deed(by=there, record=record, kind=kind, people=people, words=words, on=later.date(), at=later)
        if number % 2:
            confirm_deed(by=home, deed=deed, at=later + timedelta(days=1))

    def ask(self, name: str, village: Organisation, firm: Organisation, days: int, *, answered: bool) -> None:
        """The destination heard of somebody who did not report in."""
        moment = self.calendar.days_ago(days)
        inquiry = ask(
            by=self.secretaries[firm.pk],
            asker=firm,
            asked=village,
            person=name,
            words="在本单位务工，自称是贵村党员，请核实组织关系。",
            at=moment,
        )
        if answered:
            words = "系本村党员，去年外出，已提醒其报到。"
            by, at = self.secretaries[village.pk], moment + timedelta(days=3)
            answer(by=by, inquiry=inquiry, result=InquiryResult.OURS, words=words, at=at)

    def cultivate(self, name: str, village: Organisation, firm: Organisation, *, is_complete: bool) -> None:
        """Both places cultivate an applicant; of one the village has still to do its part."""
        home, there, applied = self.secretaries[village.pk], self.secretaries[firm.pk], self.calendar.days_ago(80)
        applicant = enter_applicant(
            by=there,
            name=name,
            origin=village,
            destination=firm,
            lead=Desk.DESTINATION,
            applied_on=applied.date(),
            at=applied,
        )
        steps = (StepKind.CULTIVATION, StepKind.INSPECTION, StepKind.OPINIONS, StepKind.NOTICE)
        for by, desk, done in (
            (there, Desk.DESTINATION, steps),
            (home, Desk.ORIGIN, steps if is_complete else steps[:1]),
        ):
            for number, kind in enumerate(done):
                moment = applied + timedelta(days=10 + 12 * number)
                until = moment.date() + timedelta(days=7) if kind == StepKind.NOTICE else None
                note_step(
                    by=by, applicant=applicant, kind=kind, desk=desk, on=moment.date(), until=until, at=moment
                )  # fmt: skip
        if is_complete:
            complete(by=there, applicant=applicant, at=self.calendar.days_ago(20))

    def township(self) -> None:
        """Letters of the year that comes next, and the forum of the last lunar month 12."""
        staff = User.objects.get(username=TOWNSHIP_STAFF)
        place = Appointment.objects.select_related("organisation").get(user=staff).organisation
        prepare_letters(
            by=staff,
            place=place,
            plans="一年来，镇党委围绕产业、就业和人居环境开展工作。",
            tasks="下半年抓好秋种、村级活动场所和返乡创业服务。",
            results="新修通组路六公里，三个村集体收入超过五万元。",
            at=self.calendar.days_ago(8),
        )
        month = twelfth_month(lunar_year_of(self.calendar.today) - 1)
        held = at(month.first_day + timedelta(days=19))
        forum = forums.open_forum(by=staff, place=place, lunar_year=month.lunar_year, at=held)
        forum = forums.hold_forum(by=staff, forum=forum, on=held.date(), at=held)
        for number, record in enumerate(invited(forum)[:6]):
            came = number % 3 < 2
            forums.note_entry(
                by=staff,
                forum=forum,
                record=record,
                attended=came,
                report="外出期间遵纪守法，按月与支部联系，带动同乡务工。" if came else "",
                appraisal=(Appraisal.EXCELLENT, Appraisal.GOOD)[number % 2] if came else "",
                opinions="希望村里提供返乡创业政策咨询。" if number == 0 else "",
                at=held,
            )


def days_before(day, number) -> ExpressionWrapper:
    return ExpressionWrapper(day - number, output_field=DateField())
