"""The letter as an act, and its Word file as XML: the official page (domain P-28) and the targets of the year."""

from decimal import Decimal
from typing import Any

import docx
import pytest
from django.db import InternalError, transaction
from docx.oxml.ns import qn

from core.refusals import Refused
from office.models import Message
from organisations.tests import factories as people
from pairing.actions import letters as acts
from pairing.actions import targets as target_acts
from pairing.actions.targets import TargetTerms
from pairing.agreements import documents
from pairing.models import LetterSignature, ResponsibilityLetter
from pairing.plans import letters
from pairing.states import LetterState, Side, Signatory
from pairing.templates_word import build_letter
from pairing.tests.market import IN_TIME
from pairing.tests.promising import YEAR, planned, signed_under, taken
from pairing.tests.test_documents import paragraphs, parts

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn():
    place, pairing = signed_under("qianxi")
    target = taken(place, pairing)[1]
    terms = TargetTerms(unit_of_measure="元", baseline=Decimal(2100), baseline_year=YEAR - 1)
    target_acts.revise_target(by=place.secretary, target=target, side=Side.UNIT, terms=terms)
    planned(place, target, 2600)
    return place, acts.draw_letter(by=place.secretary, pairing=pairing, year=YEAR, at=IN_TIME)


def sign(place, letter, party, **changes):
    person = place.secretary if party == Signatory.UNIT else place.organiser
    given = {"by": person, "name": person.name, "shown_hash": letters.letter_hash(letter)} | changes
    return acts.sign_letter(letter=letter, party=party, at=IN_TIME, **given)


def fully_signed(place, letter):
    return sign(place, sign(place, letter, Signatory.UNIT), Signatory.ORGANISER)


@pytest.mark.clause("QX-05")
def test_the_letter_is_drawn_from_the_yearly_targets_and_signed_by_unit_and_organiser(drawn):
    place, letter = drawn
    assert Message.objects.open().filter(key__startswith="letter:").count() == 2
    letter = sign(place, letter, Signatory.UNIT)
    assert letter.state == LetterState.SIGNING
    letter = sign(place, letter, Signatory.ORGANISER)
    assert (letter.state, letter.signed_at) == (LetterState.SIGNED, IN_TIME)
    found = list(LetterSignature.objects.order_by("party").values_list("party", "name", "signed_by", "signed_at"))
    assert found == [
        ("organiser", place.organiser.name, place.organiser.pk, IN_TIME),
        ("unit", "王志远", place.secretary.pk, IN_TIME),
    ]
    assert Message.objects.open().filter(key__startswith="letter:").count() == 0
    lines = paragraphs(letters.letter_document(letter))
    assert f"{YEAR}年度目标责任书" in lines
    assert f"1. 生活富裕的条件更加具备：本年达到2,600元（{YEAR - 1}年为2,100元）；新建冷库。" in lines
    assert ("签字：王志远" in lines, f"签字：{place.organiser.name}" in lines) == (True, True)
    assert f"内容校验码：{letters.letter_hash(letter)}" in lines
    assert "目标未实现，结对帮扶不脱钩。" in lines
    assert not any("草案" in line for line in lines)


def test_once_signed_the_database_refuses_every_change(drawn):
    place, letter = drawn
    fully_signed(place, letter)
    changes: list[dict[str, Any]] = [{"content": {}}, {"state": "void"}, {"void_reason": "改"}, {"signed_at": None}]
    for change in changes:
        with pytest.raises(InternalError, match="pgtrigger: Cannot"), transaction.atomic():
            ResponsibilityLetter.objects.update(**change)
    with pytest.raises(InternalError, match="pgtrigger: Cannot"), transaction.atomic():
        LetterSignature.objects.update(name="别人")
    with pytest.raises(InternalError, match="pgtrigger: Cannot"), transaction.atomic():
        LetterSignature.objects.all().delete()
    assert letters.is_as_signed(ResponsibilityLetter.objects.get())


def test_even_unsigned_what_it_says_is_not_changed_but_drawn_anew(drawn):
    place, letter = drawn
    with pytest.raises(InternalError, match="pgtrigger: Cannot"), transaction.atomic():
        ResponsibilityLetter.objects.update(content={})
    same = acts.draw_letter(by=place.organiser, pairing=letter.pairing, year=YEAR, at=IN_TIME)
    assert same == letter
    target = letter.pairing.targets.exclude(years=None).get()
    planned(place, target, 2700)
    anew = acts.draw_letter(by=place.organiser, pairing=letter.pairing, year=YEAR, at=IN_TIME)
    assert list(ResponsibilityLetter.objects.order_by("number").values_list("number", "state")) == [
        (1, "void"), (2, "drawn"),
    ]  # fmt: skip
    with pytest.raises(Refused):
        sign(place, anew, Signatory.UNIT, shown_hash=letters.letter_hash(letter))
    assert LetterSignature.objects.count() == 0


def test_the_planned_values_of_a_signed_year_stay(drawn):
    place, letter = drawn
    sign(place, letter, Signatory.UNIT)
    target = letter.pairing.targets.exclude(years=None).get()
    with pytest.raises(Refused, match=str(YEAR)):
        planned(place, target, 1)
    with pytest.raises(Refused):
        acts.draw_letter(by=place.secretary, pairing=letter.pairing, year=YEAR, at=IN_TIME)
    void = acts.void_letter(by=place.organiser, letter=letter, party=Signatory.ORGANISER, words="数字有误", at=IN_TIME)
    assert (void.state, void.void_reason, void.signatures.count()) == ("void", "数字有误", 1)
    planned(place, target, 1)
    assert target.years.get().planned == 1


def test_without_a_planned_value_there_is_nothing_to_sign_and_strangers_draw_nothing():
    place, pairing = signed_under("qianxi")
    taken(place, pairing)
    with pytest.raises(Refused):
        acts.draw_letter(by=place.secretary, pairing=pairing, year=YEAR, at=IN_TIME)
    with pytest.raises(Refused):
        acts.draw_letter(by=place.village_secretary, pairing=pairing, year=YEAR, at=IN_TIME)
    assert ResponsibilityLetter.objects.count() == 0


def test_the_same_person_does_not_sign_for_both_and_a_liaison_officer_not_at_all(drawn):
    place, letter = drawn
    people.appointment(place.organiser, "branch_secretary", place.unit)
    letter = sign(place, letter, Signatory.ORGANISER)
    with pytest.raises(Refused):
        sign(place, letter, Signatory.UNIT, by=place.organiser, name=place.organiser.name)
    officer = people.user("liaison_officer", place.unit)
    with pytest.raises(Refused):
        sign(place, letter, Signatory.UNIT, by=officer, name=officer.name)
    assert LetterSignature.objects.count() == 1


def test_a_draft_says_so_and_leaves_the_lines_blank(drawn):
    _place, letter = drawn
    lines = paragraphs(letters.letter_document(letter))
    assert "「草案」第1稿" in lines
    assert lines.count("签字：" + documents.BLANK_NAME) == 2


def test_the_template_is_what_its_builder_writes(tmp_path):
    build_letter.build(tmp_path / "built.docx")
    assert parts(tmp_path / "built.docx") == parts(build_letter.PATH)


def test_page_margins_grid_and_fonts_are_those_of_the_standard():
    template = docx.Document(str(build_letter.PATH))
    section = template.sections[0]
    edges = ("page_width", "page_height", "top_margin", "bottom_margin", "left_margin", "right_margin")
    assert [round(getattr(section, edge).mm, 1) for edge in edges] == [210.0, 297.0, 37.0, 35.0, 28.0, 26.0]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert [grid.get(qn(f"w:{name}")) for name in ("type", "linePitch", "charSpace")] == [
        "linesAndChars",
        "579",
        "-848",
    ]
    looks = {
        paragraph.text: (paragraph.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")), paragraph.runs[0].font.size.pt)
        for paragraph in template.paragraphs
        if paragraph.runs
    }
    assert looks["{{ title }}"] == ("小标宋", 22)
    assert looks["一、年度目标"] == ("黑体", 16)
    assert looks["{{ target }}"] == ("仿宋", 16)
