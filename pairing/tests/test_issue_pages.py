from datetime import timedelta

import pytest
from django.utils import timezone

from organisations.tests import factories as people
from organisations.tests.conftest import signed_in
from organisations.tests.factories import reread
from pairing.actions import issues as acts
from pairing.models import Issue
from pairing.states import IssueState
from pairing.tests.market import IN_TIME, statements
from pairing.tests.promising import signed_under

assert signed_in
pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(db):
    return signed_under("shanghai")


def raised(place, pairing, **fields):
    given = {"by": place.village_secretary, "title": "猕猴桃销路不畅", "kind": "sales", "at": IN_TIME}
    return acts.raise_issue(pairing=pairing, **(given | fields))


def test_from_raising_to_closing_on_the_pages(signed, signed_in):
    place, pairing = signed
    due = (timezone.localdate() + timedelta(days=20)).isoformat()
    fields = {"title": "自来水不通", "kind": "infrastructure", "source": "visit", "owner": place.unit.pk, "due_on": due}
    signed_in(place.village_secretary).post(f"/pairings/{pairing.pk}/issues/new/", fields)
    issue = Issue.objects.get()
    url = issue.get_absolute_url()
    assert (issue.owner, issue.due_on.isoformat()) == (place.unit, due)
    page = signed_in(place.secretary).get(url).content.decode()
    assert "自来水不通" in page
    assert 'value="claimed"' in page
    assert 'value="confirmed"' not in page
    refused = signed_in(place.secretary).post(url, {"verb": "claimed", "words": ""})
    assert refused.context["form"].non_field_errors()
    signed_in(place.secretary).post(url, {"verb": "claimed", "words": "已接通，联系13900001111"})
    page = signed_in(place.village_secretary).get(url).content.decode()
    assert "13900001111" not in page
    assert "139****1111" in page
    for verb in ("confirmed", "closed"):
        signed_in(place.village_secretary).post(url, {"verb": verb, "words": ""})
    assert reread(issue).state == IssueState.CLOSED


def test_assigning_and_the_deadline_on_their_pages(signed, signed_in):
    place, pairing = signed
    issue = raised(place, pairing)
    bureau = people.unit(place.root, "县水务局")
    assert signed_in(place.secretary).get(f"/issues/{issue.pk}/assign/").status_code == 200
    assert "other" not in signed_in(place.secretary).get(f"/issues/{issue.pk}/assign/").context["form"].fields
    signed_in(place.organiser).post(f"/issues/{issue.pk}/assign/", {"other": "县水务局", "words": "请牵头"})
    assert reread(issue).owner == bureau
    due = (timezone.localdate() + timedelta(days=90)).isoformat()
    signed_in(place.village_secretary).post(f"/issues/{issue.pk}/deadline/", {"due_on": due, "words": "等雨季过"})
    assert reread(issue).due_on.isoformat() == due
    owner = people.user("branch_secretary", bureau)
    assert signed_in(owner).get(f"/issues/{issue.pk}/deadline/").status_code == 404
    assert signed_in(owner).get(issue.get_absolute_url()).status_code == 200


def test_who_finds_the_way_to_raise_one(signed, signed_in):
    place, pairing = signed
    page = signed_in(place.village_secretary).get("/issues/new/").content.decode()
    assert f"/pairings/{pairing.pk}/issues/new/" in page
    assert f"/organisations/{place.village.pk}/issues/new/" in page
    supervisor = people.user("township_supervisor", place.townships[0])
    answer = signed_in(supervisor).post("/issues/new/", {"organisation": place.village.name})
    assert answer.url == f"/organisations/{place.village.pk}/issues/new/"
    assert signed_in(people.user("cadre", place.unit)).get("/issues/new/").status_code == 404
    assert signed_in(people.user("auditor", place.root)).get(f"/pairings/{pairing.pk}/issues/new/").status_code == 404


def test_the_ledger_is_filtered_sorted_and_exported(signed, signed_in):
    place, pairing = signed
    late = raised(place, pairing, owner=place.unit)
    Issue.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - timedelta(days=9))
    open_one = raised(place, pairing, title="缺少农技人员", kind="industry")
    Issue.objects.filter(pk=open_one.pk).update(due_on=timezone.localdate() + timedelta(days=9))

    def titles(person, query=""):
        return {row.record.title for row in signed_in(person).get(f"/issues/{query}").context["table"].rows}

    assert titles(place.organiser, "?overdue=yes") == {late.title}
    assert titles(place.organiser, "?kind=industry&sort=-late") == {open_one.title}
    assert titles(place.secretary, "?mine=yes") == {late.title}
    assert titles(place.organiser, "?q=农技") == {open_one.title}
    supervisor = people.user("township_supervisor", place.townships[0])
    assert titles(supervisor) == {late.title, open_one.title}
    assert titles(people.user("township_supervisor", people.township(place.root))) == set()
    page = signed_in(place.organiser).get("/issues/")
    assert page.context["figures"] == {"total": 2, "unsolved": 2, "overdue": 1, "claimed": 0, "closed": 0}
    assert signed_in(place.organiser).get("/issues/?export=xlsx").status_code == 200


def test_pages_ask_no_more_for_many_issues(signed, signed_in):
    place, pairing = signed
    issue = raised(place, pairing, owner=place.unit)
    client = signed_in(place.secretary)
    addresses = ("/issues/", issue.get_absolute_url(), f"/pairings/{pairing.pk}/issues/", "/issues/new/")
    few = [statements(client, address) for address in addresses]
    for _number in range(3):
        raised(place, pairing, owner=place.unit)
    assert few == [statements(client, address) for address in addresses] == [11, 7, 8, 7]
    panel = client.get(f"/pairings/{pairing.pk}/issues/", headers={"HX-Request": "true"}).content.decode()
    assert issue.title in panel
    assert "<html" not in panel


@pytest.mark.clause("TN-17")
def test_the_ledger_calls_the_kinds_as_the_scheme_of_the_round_does(signed_in):
    place, pairing = signed_under("town")
    default = str(Issue.Kind.FUNDS.label)
    own = [{"key": "funds", "name": "启动资金", "clause": "TN-17"}]
    version = pairing.round.scheme_version
    place.round.scheme_version = type(version).objects.create(
        scheme=version.scheme, number=2, text="…", content=version.content | {"issue_kinds": own}
    )
    place.round.save()
    issue = raised(place, pairing, kind="funds")
    client = signed_in(place.village_secretary)
    pages = [issue.get_absolute_url(), "/issues/", f"/pairings/{pairing.pk}/issues/"]
    for url in pages:
        assert "启动资金" in client.get(url).content.decode(), url
    offered = dict(client.get(f"/pairings/{pairing.pk}/issues/new/").context["form"].fields["kind"].choices)
    assert (offered["funds"], offered["other"]) == ("启动资金", Issue.Kind.OTHER.label)
    place.round.scheme_version = version_without_kinds(version)
    place.round.save()
    for url in pages:
        page = client.get(url).content.decode()
        assert default in page, url
        assert "启动资金" not in page, url


def version_without_kinds(version):
    """As it was kept before schemes could name kinds of issue."""
    content = {name: value for name, value in version.content.items() if name != "issue_kinds"}
    return type(version).objects.create(scheme=version.scheme, number=3, text="…", content=content)
