"""Floating members from the entry at home to the return: who sees them, what is refused, where they are placed."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.db.transaction import atomic

from core.refusals import Refused
from members.actions import floating as acts
from members.actions.floating_inquiries import ask
from members.floating.checklist import checklist, grouped
from members.floating.kinds import Desk
from members.floating.succession import hand_over
from members.models import FloatingContact, FloatingRecord, FloatingTick, Member
from members.states import FloatingState
from members.tests.floating import LEFT, NOW, TODAY, floating, places
from office.models import Message
from organisations.tests.factories import reread

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return places()


def registered(place, **fields) -> FloatingRecord:
    start = {"leaves_on": TODAY, "destination": place.community}
    return acts.register_floating(by=place.secretary, member=place.member, at=NOW, **{**start, **fields})


def ready(place) -> FloatingRecord:
    return registered(place, certificate_number="0231", agreement_signed_on=TODAY, trained_on=TODAY)


@pytest.mark.clause("AH-33")
def test_origin_and_destination_both_see_the_record_and_nobody_else(place):
    record = floating(place.village, place.community, member=place.member)
    seeing = (place.secretary, place.host, place.supervisor, place.organiser, place.walker)
    assert all(record in FloatingRecord.objects.visible_to(user) for user in seeing)
    for user in (place.other_secretary, place.stranger):
        assert not FloatingRecord.objects.visible_to(user).exists()
    assert record in FloatingRecord.objects.all().flowing_out(place.secretary)
    assert record in FloatingRecord.objects.all().flowing_in(place.host)
    assert not FloatingRecord.objects.all().flowing_in(place.secretary).exists()


@pytest.mark.clause("AH-33")
def test_the_destination_is_in_charge_and_the_origin_supports(place):
    record = floating(place.village, place.community)
    assert acts.acting_desk(place.host, record) == Desk.DESTINATION
    assert acts.acting_desk(place.secretary, record) == Desk.ORIGIN
    assert acts.acting_desk(place.organiser, record) == Desk.DESTINATION
    for user in (place.other_secretary, place.stranger):
        with pytest.raises(Refused):
            acts.acting_desk(user, record)


@pytest.mark.clause("SF-30")
def test_the_origin_registers_and_nobody_else_and_each_member_once(place):
    for user in (place.host, place.other_secretary, place.walker):
        with pytest.raises(Refused):
            acts.register_floating(by=user, member=place.member, leaves_on=TODAY, at=NOW)
    assert not FloatingRecord.objects.exists()
    record = registered(place, certificate_number="0231")
    assert (record.state, record.certificate_number) == (FloatingState.REGISTERED, "0231")
    assert record.scheme_version == place.version
    with pytest.raises(Refused, match="已登记"):
        registered(place)
    with pytest.raises(IntegrityError, match="floating_once"), atomic():
        floating(place.village, member=place.member)
    assert FloatingRecord.objects.count() == 1


@pytest.mark.clause("SF-30", "SF-32", "SF-39")
def test_whoever_leaves_needs_certificate_agreement_and_training_or_a_reason(place):
    record = registered(place)
    with pytest.raises(Refused, match=r"流动党员证.*协议书.*培训"):
        acts.depart(by=place.secretary, record=record, on=TODAY, at=NOW)
    assert reread(record).state == FloatingState.REGISTERED
    acts.depart(by=place.secretary, record=record, on=TODAY, although="临时用工，连夜出发", at=NOW)
    record = reread(record)
    assert (record.state, record.left_although) == (FloatingState.DEPARTED, "临时用工，连夜出发")
    open_steps = [each.step.key for each in checklist(record, TODAY) if each.step.before_leaving and not each.is_done]
    assert open_steps == ["certificate", "agreement", "training"]


@pytest.mark.clause("SF-39")
def test_the_agreement_is_signed_before_leaving(place):
    with pytest.raises(Refused, match="外出前"):
        registered(place, agreement_signed_on=TODAY + timedelta(days=1))
    assert not FloatingRecord.objects.exists()
    record = ready(place)
    with pytest.raises(Refused, match="外出前"):
        acts.depart(by=place.secretary, record=record, on=TODAY - timedelta(days=1), at=NOW)
    acts.depart(by=place.secretary, record=record, on=TODAY, at=NOW)
    with pytest.raises(IntegrityError, match="floating_agreement_before_leaving"), atomic():
        FloatingRecord.objects.update(agreement_signed_on=TODAY + timedelta(days=1))
    assert reread(record).agreement_signed_on == TODAY


@pytest.mark.clause("SF-32")
def test_training_takes_place_before_leaving(place):
    record = floating(place.village, place.community, leaves_on=TODAY)
    with pytest.raises(Refused, match="培训"):
        acts.change_floating(by=place.secretary, record=record, trained_on=TODAY + timedelta(days=3), at=NOW)
    acts.change_floating(by=place.secretary, record=record, trained_on=TODAY - timedelta(days=3), at=NOW)
    assert reread(record).trained_on == TODAY - timedelta(days=3)


@pytest.mark.clause("SF-09")
@pytest.mark.parametrize(
    ("has_organisation", "where", "other"), [(True, "firm", "community"), (False, "community", "firm")]
)
def test_a_firm_with_a_party_organisation_takes_the_member_in_else_the_territory(place, has_organisation, where, other):
    record = floating(place.village, getattr(place, other))
    told = {"on": TODAY, "where": "报到处", "firm_has_organisation": has_organisation, "at": NOW}
    with pytest.raises(Refused, match="不符"):
        acts.report_in(by=place.organiser, record=record, **told)
    assert (reread(record).state, reread(record).placement) == (FloatingState.DEPARTED, "")
    done = acts.report_in(by=place.organiser, record=record, destination=getattr(place, where), **told)
    assert done.placement == ("firm" if has_organisation else "territory")
    assert done.placement_rule == str(acts.RULES[done.placement])
    assert reread(done).destination == getattr(place, where)


@pytest.mark.clause("SF-10")
def test_who_left_stays_on_the_list_until_they_report_in(place):
    record = ready(place)
    acts.depart(by=place.secretary, record=record, on=TODAY, at=NOW)
    assert list(FloatingRecord.objects.not_reported_in()) == [record]
    assert Message.objects.open().filter(organisation=place.community).count() == 1
    with pytest.raises(Refused, match="早于"):
        acts.report_in(
            by=place.host,
            record=record,
            on=TODAY - timedelta(days=1),
            where="社区",
            firm_has_organisation=False,
            at=NOW,
        )
    acts.report_in(by=place.host, record=record, on=TODAY, where="朝阳社区", firm_has_organisation=False, at=NOW)
    assert not FloatingRecord.objects.not_reported_in().exists()
    assert not Message.objects.open().filter(organisation=place.community).exists()
    assert Message.objects.filter(organisation=place.village).count() == 1


def test_the_destination_may_be_unknown_or_outside_the_system(place):
    unknown = registered(place, destination=None)
    assert list(FloatingRecord.objects.of_unknown_destination()) == [unknown]
    acts.depart(by=place.secretary, record=unknown, on=TODAY, although="去向未定", at=NOW)
    acts.change_floating(by=place.secretary, record=unknown, place="海参崴，建筑工地", at=NOW)
    assert not FloatingRecord.objects.of_unknown_destination().exists()
    done = acts.report_in(
        by=place.secretary, record=unknown, on=TODAY, where="工地党小组", firm_has_organisation=False, at=NOW
    )
    assert (done.where, done.placement) == ("海参崴，建筑工地", "territory")
    with pytest.raises(Refused):
        acts.report_in(by=place.secretary, record=done, on=TODAY, where="x", firm_has_organisation=False, at=NOW)


@pytest.mark.clause("SF-28", "SF-31")
def test_the_steps_come_from_the_scheme_under_its_headings_as_many_as_it_names(place):
    record = floating(place.village, place.community, scheme_version=place.version, certificate_number="0231")
    found = list(checklist(record, TODAY))
    assert len(found) == 9
    assert [heading for heading, _steps in grouped(found, record.rules.headings)] == ["安家", "立户", "搭台", "服务"]
    assert {each.step.key for each in found if each.is_done} == {"certificate"}
    plain = floating(place.village, place.community)
    assert list(checklist(plain, TODAY)) == []


@pytest.mark.clause("SF-31")
def test_a_step_that_only_people_know_of_is_ticked_by_hand(place):
    content = place.version.content
    content["floating"]["steps"].append({"key": "safety_talk", "name": "一次安全谈话"})
    version = place.version.scheme.versions.create(number=2, text="", content=content, taken_at=NOW)
    record = floating(place.village, place.community, scheme_version=version)
    with pytest.raises(Refused):
        acts.tick_step(by=place.secretary, record=record, step="certificate", on=TODAY, at=NOW)
    for _twice in range(2):
        acts.tick_step(by=place.secretary, record=record, step="safety_talk", on=TODAY, at=NOW)
    assert FloatingTick.objects.count() == 1
    assert [each.step.name for each in checklist(record, TODAY) if each.is_done] == ["一次安全谈话"]


@pytest.mark.clause("XC-12")
def test_both_places_note_contacts_and_the_list_names_those_who_are_overdue(place):
    record = floating(place.village, place.community, scheme_version=place.version)
    fresh = floating(place.village, place.community, leaves_on=TODAY - timedelta(days=30))
    assert list(FloatingRecord.objects.all().without_contact(TODAY)) == [record]
    with pytest.raises(Refused):
        contact(place, place.host, record, Desk.ORIGIN)
    with pytest.raises(Refused):
        contact(place, place.stranger, record, Desk.DESTINATION)
    assert not FloatingContact.objects.exists()
    contact(place, place.host, record, Desk.DESTINATION)
    contact(place, place.secretary, record, Desk.ORIGIN)
    assert [each.desk for each in record.contacts.order_by("pk")] == [Desk.DESTINATION, Desk.ORIGIN]
    assert not FloatingRecord.objects.all().without_contact(TODAY).exists()
    later = TODAY + timedelta(days=95)
    assert set(FloatingRecord.objects.all().without_contact(later)) == {record, fresh}


def contact(place, by, record, desk):
    words = {"on": TODAY, "channel": "phone", "words": "通报近况", "at": NOW}
    return acts.note_contact(by=by, record=record, desk=desk, **words)


def test_a_closed_record_can_be_read_only_and_its_link_dies(place):
    record = floating(place.village, place.community)
    with pytest.raises(Refused):
        acts.end_floating(by=place.host, record=record, returned=True, on=TODAY, words="", at=NOW)
    with pytest.raises(Refused, match="原因"):
        acts.end_floating(by=place.secretary, record=record, returned=False, on=TODAY, words=" ", at=NOW)
    acts.end_floating(by=place.secretary, record=record, returned=True, on=TODAY, words="", at=NOW)
    for step in (
        lambda: contact(place, place.secretary, record, Desk.ORIGIN),
        lambda: acts.change_floating(by=place.secretary, record=record, place="别处", at=NOW),
    ):
        with pytest.raises(Refused):
            step()
    assert (reread(record).state, reread(record).place) == (FloatingState.RETURNED, "")


def test_nothing_is_written_about_somebody_who_was_erased(place):
    record = floating(place.village, place.community, member=place.member)
    Member.objects.update(name="", search_text="", erased_at=NOW)
    with pytest.raises(Refused):
        acts.report_in(by=place.host, record=record, on=TODAY, where="社区", firm_has_organisation=False, at=NOW)
    assert reread(record).state == FloatingState.DEPARTED


def test_less_than_six_months_is_a_warning_only(place, client):
    client.force_login(place.secretary)
    form = {"member": "于洪江", "leaves_on": "2026-09-10", "back_on": "2026-12-01", "destination": "朝阳社区"}
    page = client.post("/floating/new/", form, follow=True)
    assert "不足六个月" in page.content.decode()
    assert FloatingRecord.objects.get().back_on == date(2026, 12, 1)
    assert LEFT < TODAY


def test_a_merger_hands_floating_members_over_and_leaves_what_is_closed(place):
    staying = floating(place.village, place.community, member=place.member)
    inward = floating(place.village, place.firm)
    closed = floating(place.firm, place.community, state="returned")
    inquiry = ask(by=place.host, asker=place.community, asked=place.village, person="于洪江", words="", at=NOW)
    between = ask(by=place.organiser, asker=place.firm, asked=place.village, person="孙长海", words="", at=NOW)
    told = hand_over(
        by=place.organiser, successions=[(place.village, place.firm)], kind="merger", reason="", on=TODAY, at=NOW
    )
    assert told == ["2名流动党员转由北寒木业管理。"]
    assert (reread(staying).origin, reread(staying).destination) == (place.firm, place.community)
    assert (reread(inward).origin, reread(inward).destination, reread(inward).place) == (place.firm, None, "北寒木业")
    assert reread(closed).origin == place.firm
    assert (reread(inquiry).asked, reread(between).state) == (place.firm, "withdrawn")
