"""A scheme copied and changed in the browser: what is typed is all that changes, and two versions are compared."""

from datetime import datetime
from decimal import Decimal

import pytest
import yaml
from django.urls import reverse

from organisations.tests import factories as people
from pairing.actions.rounds import take_scheme
from pairing.forms.schemes import SchemeChangeForm
from pairing.models import Scheme, SchemeVersion
from pairing.schemes.comparing import compared
from pairing.schemes.editing import changed
from pairing.schemes.reading import read_scheme
from pairing.tests.factories import CHINA, SCHEMES

NOON = datetime(2026, 3, 24, 12, 0, tzinfo=CHINA)
FILES = {path.stem: path.read_text(encoding="utf-8") for path in SCHEMES.glob("*.yaml")}


def comments(text: str) -> list[str]:
    return [line.split("#", 1)[1] for line in text.splitlines() if "#" in line]


def at(content, path):
    for step in path:
        content = content[step] if isinstance(step, int) else (content or {}).get(step)
    return content


def other(value):
    """Another value of the same sort, with the signs that mean something in the file."""
    if isinstance(value, list):
        return [60, 14]
    return value + 1 if isinstance(value, int) else "甲，乙: {丙} # 丁, [戊]"


@pytest.mark.parametrize("name", sorted(FILES))
def test_each_value_of_each_file_is_changed_and_nothing_else(name):
    """Whatever the form offers, in braces or line by line, present or missing; comments stay."""
    text, before = FILES[name], yaml.safe_load(FILES[name])
    version = SchemeVersion(pk=1, text=text, content=read_scheme(text).model_dump(mode="json"))
    form = SchemeChangeForm(version=version, as_copy=True)
    new = {item.path: other(item.now if item.now is not None else 1) for item in form.items.values()}
    after_all = yaml.safe_load(changed(text, new))
    for path, value in new.items():
        assert at(after_all, path) == value
        one = changed(text, {path: value})
        assert comments(one) == comments(text) or "# 丁" in one
        read = yaml.safe_load(one)
        assert [at(read, each) for each in new if each != path] == [at(before, each) for each in new if each != path]


def test_an_emptied_item_and_a_missing_block():
    text = "代号: a\n任务提醒:\n名单:\n  - 一\n  - 二\n# 末尾\n"
    assert yaml.safe_load(changed(text, {("任务提醒", "上报天数"): 9}))["任务提醒"] == {"上报天数": 9}
    listed = changed(text, {("名单",): [3]})
    assert (yaml.safe_load(listed)["名单"], "# 末尾" in listed) == ([3], True)
    assert yaml.safe_load(changed(text, {("称谓", "协议"): "书"}))["称谓"] == {"协议": "书"}
    assert yaml.safe_load(changed(text, {("代号",): None}))["代号"] is None


@pytest.fixture
def original(db):
    return take_scheme(by=None, text=FILES["shanghai"], at=NOON)


@pytest.fixture
def organiser(original, client):
    user = people.user("organiser", people.organisation_dept(people.county()))
    client.force_login(user)
    return user


def address(version, query="") -> str:
    return reverse("change_scheme", args=[version.scheme.key, version.number]) + query


def typed(client, where, **new) -> dict:
    """What the form sends when only these are changed; `least` is named by its place in the file."""
    form = client.get(where).context["form"]
    sent = {field.html_name: "" if (value := field.value()) is None else value for field in form}
    for name, field in form.fields.items():
        sent[name] = field.prepare_value(sent[name]) if hasattr(field, "prepare_value") else sent[name]
    return sent | new


def place(version, code, item) -> str:
    codes = [duty.key for duty in version.rules.obligations]
    return f"任务-{codes.index(code)}-{item}"


def copy(client, original, **new) -> SchemeVersion:
    sent = typed(client, address(original), 代号="own", 名称="青山县城乡结对", **new)
    assert client.post(address(original), sent).status_code == 302
    return SchemeVersion.objects.get(scheme__key="own")


@pytest.mark.django_db
def test_a_copy_keeps_comments_and_clauses_and_shows_what_was_adapted(client, organiser, original):
    code = original.rules.obligations[-1].key
    name = place(original, code, "数量")
    made = copy(client, original, **{name: original.rules.obligations[-1].least + 3})
    assert comments(made.text) == comments(original.text)
    assert (made.adapts, made.taken_by, made.number) == (original, organiser, 1)
    duty = made.rules.obligations[-1]
    assert duty.model_copy(update={"least": duty.least - 3}) == original.rules.obligations[-1]
    page = client.get(reverse("scheme", args=["own"])).content.decode()
    assert page.count("已按本地实际调整") == 1
    assert duty.clause in page
    against = client.get(reverse("compare_schemes", args=["own", 1, original.pk])).content.decode()
    assert f"<del>{duty.least - 3}</del><ins>{duty.least}</ins>" in against


@pytest.mark.django_db
def test_points_of_the_assessment_and_whose_points_count_are_changed(client, organiser, original):
    before = original.rules.assessment
    sent = {"考核-考核项目-0-满分": "12.35", "考核-自评权重": "20", "考核-组织者评分权重": before.organiser_weight - 20}
    after = copy(client, original, **sent).rules.assessment
    assert (after.items[0].full, after.own_weight) == (Decimal("12.35"), before.own_weight + 20)
    assert after.items[1:] == before.items[1:]
    assert client.get(reverse("scheme", args=["own"])).content.decode().count("已按本地实际调整") == 2


@pytest.mark.django_db
def test_clicking_twice_makes_one_copy_and_one_version(client, organiser, original):
    made = copy(client, original)
    sent = typed(client, address(original), 代号="own", 名称="青山县城乡结对")
    assert client.post(address(original), sent).status_code == 302
    sent = typed(client, address(made), **{"任务提醒-提前天数": "60，14"})
    for _click in range(2):
        assert client.post(address(made), sent).status_code == 302
    assert [version.number for version in made.scheme.versions.all()] == [2, 1]
    newest = made.scheme.versions.first()
    assert (newest.rules.reminders.before, newest.adapts) == ([60, 14], original)
    late = client.post(address(made), sent | {"任务提醒-提前天数": "5"})
    assert "更新的版本" in late.content.decode()
    assert late.context["form"]["任务提醒-提前天数"].value() == "5"
    assert made.scheme.versions.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("任务-0-数量", "0"),
        ("任务-0-数量", "十"),
        ("任务提醒-提前天数", "7,x"),
        ("时间节点-0-日", "31"),
        ("考核-考核项目-0-满分", "-1"),
        ("考核-组织者评分权重", "90"),
        ("代号", "shanghai"),
    ],
)
def test_a_fault_stands_at_its_field_and_nothing_typed_is_lost(client, organiser, original, name, value):
    new = {"代号": "own", "名称": "青山县城乡结对", name: value}
    answer = client.post(address(original), typed(client, address(original), **new))
    form = answer.context["form"]
    assert list(form.errors) == [name]
    assert (form[name].value(), form["名称"].value()) == (value, "青山县城乡结对")
    assert Scheme.objects.count() == SchemeVersion.objects.count() == 1


@pytest.mark.django_db
def test_nobody_else_changes_a_scheme_and_the_issued_text_is_copied_first(client, organiser, original):
    made = copy(client, original)
    client.force_login(people.user("branch_secretary", people.county("白水县")))
    for where in (address(made), address(made, "?copy")):
        assert client.get(where).status_code == client.post(where, {"名称": "另一个"}).status_code == 404
    assert SchemeVersion.objects.count() == 2
    client.force_login(organiser)
    assert "代号" in client.get(address(original)).context["form"].fields
    assert "代号" not in client.get(address(made)).context["form"].fields
    foreign = take_scheme(by=None, text=FILES["town"], at=NOON)
    assert client.get(reverse("compare_schemes", args=["own", 1, foreign.pk])).status_code == 404


def test_lines_are_compared_by_their_codes_not_their_names():
    before = read_scheme(FILES["suifenhe"])
    text = (
        FILES["suifenhe"]
        .replace("名称: 向流出地党组织汇报", "名称: 半年汇报")
        .replace("腊月召开座谈会: 是", "腊月召开座谈会: 否")
    )
    lines = text.splitlines()
    text = "\n".join(line for line in lines if "代号: good_deed, 名称: 为家乡群众办好事, 对象" not in line)
    found = compared(before, read_scheme(text))
    kinds = [(bool(each.before), bool(each.after)) for section in found for each in section.changes]
    assert sorted(kinds) == [(True, False), (True, True), (True, True)]
    assert compared(before, before) == []


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("scheme", 8), ("change_scheme", 6), ("compare_schemes", 7)])
def test_as_many_statements_for_one_version_as_for_three(
    client, organiser, original, name, queries, number, django_assert_num_queries
):
    made = copy(client, original)
    for each in range(number - 1):
        text = made.text.replace("期限年数: 3", f"期限年数: 3   # {each}")
        take_scheme(by=organiser, text=text, at=NOON)
    keys: dict[str, list] = {"scheme": ["own"], "change_scheme": ["own", 1], "compare_schemes": ["own", 1, original.pk]}
    where = reverse(name, args=keys[name])
    client.get(where)
    with django_assert_num_queries(queries):
        client.get(where)
