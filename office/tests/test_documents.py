"""Templates of staff: fields, loops and conditions - and nothing else, whatever they try."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import Error, connection, transaction

from core.refusals import Refused
from office import actions, documents
from office.models import StoredFile, WordTemplate
from office.tests import factories as make
from organisations.tests import factories as people

CONTEXT = {
    "unit": {"name": "县农业局 <甲> & 乙", "items": 3, "phone": "13800001234"},
    "promises": [{"text": "修路", "cost": 1}, {"text": "打井", "cost": 2}],
    "terms": ["一", "二"],
    "mark": "",
    "secret": "不列入",
}


@pytest.fixture
def kind(tmp_path):
    return make.template_kind(tmp_path)


@pytest.fixture
def county(db):
    return people.county()


@pytest.fixture
def editor(county):
    return people.user("administrator", county)


def replace(kind, by, *paragraphs, place=None, note="", content=None):
    upload = ("新模板.docx", content or make.docx(*paragraphs))
    place = place or by.posts[0].organisation
    return actions.replace_template(by=by, place=place, kind=kind, upload=upload, note=note, at=make.NOON)


def printed(kind, *paragraphs):
    return make.text_of(documents.fill(make.docx(*paragraphs), kind.permitted(CONTEXT)))


@pytest.mark.django_db
def test_the_default_is_filled_and_escaped(kind, county):
    assert make.text_of(documents.render(kind, CONTEXT, place=county)) == "县农业局 <甲> & 乙"


@pytest.mark.parametrize(
    ("template", "text"),
    [
        (
            "{% for p in promises %}{{ loop.index }}{{ p.text }}{% if not loop.last %}；{% endif %}{% endfor %}",
            "1修路；2打井",
        ),
        ("{% for t in terms %}{{ t }}{% endfor %}", "一二"),
        ("{% if mark %}草案{% else %}正式{% endif %}", "正式"),
        ("{{ unit.items }}", "3"),
        ("{{ promises|length }}", "2"),
        ("{{ nobody|default('—') }}", "—"),
    ],
)
def test_what_a_template_may_do(kind, template, text):
    assert printed(kind, template) == text


@pytest.mark.parametrize(
    ("template", "named"),
    [
        ("{{ unit.boss }}", "boss"),
        ("{{ nobody.name }}", "nobody"),
        ("{% for x in nobody %}{% endfor %}", "nobody"),
        ("{{ secret }}", "secret"),
        ("{{ unit.phone }}", "phone"),
        ("{% for p in promises %}{{ p.cost }}{% endfor %}", "cost"),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "__class__"),
        ("{{ unit.__init__.__globals__ }}", "__init__"),
        ("{{ self.__init__ }}", "__init__"),
        ("{{ cycler.__init__.__globals__.os.popen('id') }}", "__init__"),
        ("{{ terms.append('x') }}", "append()"),
        ("{{ 'a' * 10**9 }}", "**"),
        ("{{ 'a' * 1000000000 }}", "*"),
        ("{{ '%s' % unit.name }}", "%"),
        ("{% for x in range(10) %}{% endfor %}", "range()"),
        ("{% include '/etc/passwd' %}", "loader"),
        ("{{ terms|map(attribute='x') }}", "map"),
        ("{{ unit.name", "写法有误"),
        ("{{ 1 / 0 }}", "zero"),
    ],
)
def test_what_it_may_not_is_refused_by_name(kind, template, named):
    with pytest.raises(Refused) as refusal:
        printed(kind, template)
    assert named in str(refusal.value.sentence)


@pytest.mark.parametrize(
    "template",
    [
        "{% for a in t %}" * 12 + "x" + "{% endfor %}" * 12,
        "{% for a in t %}{% for b in t %}{% for c in t %}{% for d in t %}{{ t }}" + "{% endfor %}" * 4,
    ],
    ids=["time", "memory"],
)
def test_a_document_without_end_is_stopped_and_the_server_lives_on(kind, template, monkeypatch):
    monkeypatch.setattr(documents, "SECONDS", 3)
    before = time.monotonic()
    with pytest.raises(Refused, match="没有尽头"):
        documents.fill(make.docx(template), {"t": ["长" * 200] * 60})
    assert time.monotonic() - before < 12


def test_the_context_must_hold_every_listed_field(kind):
    with pytest.raises(LookupError):
        kind.permitted({"unit": {"name": "甲"}})


def test_the_page_says_what_to_type(kind):
    typed = [field["typed"] for field in kind.usage]
    assert typed[0] == "{{ unit.name }}"
    assert typed[2:4] == ["{% for x in promises %}{{ x.text }}{% endfor %}", "{% for x in terms %}{{ x }}{% endfor %}"]
    assert printed(kind, *typed).splitlines()[2:] == ["修路打井", "一二"]


def test_a_sample_is_made_of_the_descriptions(kind):
    assert kind.sample_context() == {
        "unit": {"name": "〔单位名称〕", "items": "〔事项〕"},
        "promises": [{"text": "〔承诺〕"}],
        "terms": ["〔条款〕"],
        "mark": "〔标记〕",
    }


def test_the_newest_replacement_counts_and_the_way_back_is_open(kind, county, editor):
    first = replace(kind, editor, "第一版 {{ unit.name }}", note="改了抬头")
    assert make.text_of(documents.render(kind, CONTEXT, place=county)).startswith("第一版")
    replace(kind, editor, "第二版")
    assert make.text_of(documents.render(kind, CONTEXT, place=county)) == "第二版"
    actions.restore_template(by=editor, place=county, kind=kind, version=first, at=make.NOON)
    assert make.text_of(documents.render(kind, CONTEXT, place=county)).startswith("第一版")
    actions.restore_template(by=editor, place=county, kind=kind, version=None, at=make.NOON)
    assert make.text_of(documents.render(kind, CONTEXT, place=county)) == "县农业局 <甲> & 乙"
    rows = [(row.version, row.note) for row in WordTemplate.objects.of(kind.key, county)]
    assert rows == [(4, "恢复系统自带模板"), (3, "恢复第 1 版"), (2, ""), (1, "改了抬头")]


def test_the_template_of_the_nearest_place_counts_and_no_other_county_s(kind, county, editor):
    township, other = people.township(county), people.county("绿水县")
    replace(kind, editor, "本县", place=county)
    assert make.text_of(documents.render(kind, CONTEXT, place=township)) == "本县"
    replace(kind, editor, "本镇", place=township)
    assert make.text_of(documents.render(kind, CONTEXT, place=township)) == "本镇"
    assert make.text_of(documents.render(kind, CONTEXT, place=county)) == "本县"
    assert make.text_of(documents.render(kind, CONTEXT, place=other)) == "县农业局 <甲> & 乙"
    with pytest.raises(Refused, match="绿水县"):
        replace(kind, editor, "外县", place=other)
    assert WordTemplate.objects.filter(place=other).count() == 0


def test_what_is_in_force_already_is_not_put_in_force_again(kind, county, editor):
    with pytest.raises(Refused, match="现行模板"):
        actions.restore_template(by=editor, place=county, kind=kind, version=None, at=make.NOON)
    assert WordTemplate.objects.count() == 0


@pytest.mark.parametrize("hostile", ["{{ ''.__class__ }}", "{{ unit.boss }}", "{% for %}"])
def test_a_bad_template_is_refused_on_upload_and_nothing_kept(kind, editor, settings, hostile):
    with pytest.raises(Refused):
        replace(kind, editor, hostile)
    assert (WordTemplate.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert not settings.MEDIA_ROOT.exists()


def test_only_the_permission_replaces(kind, db):
    with pytest.raises(Refused):
        replace(kind, people.user("village_secretary", people.village(people.county())), "x")
    assert WordTemplate.objects.count() == 0


def test_the_database_keeps_every_version(kind, county, editor):
    replace(kind, editor, "第一版")
    for statement in ("UPDATE office_wordtemplate SET note = 'x'", "DELETE FROM office_wordtemplate"):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert WordTemplate.objects.get().note == ""


@pytest.mark.django_db(transaction=True)
def test_two_at_once_become_two_versions(tmp_path):
    kind = make.template_kind(tmp_path)
    editor = people.user("administrator", people.county())

    def replace_once(number):
        try:
            replace(kind, editor, f"第 {number} 份")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(replace_once, range(2)))
    assert list(WordTemplate.objects.values_list("version", flat=True)) == [2, 1]
