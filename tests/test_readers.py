"""“Who can see this?” says what is so: the people it counts are those whom the records themselves let in."""

from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from organisations.audience import SOURCES, THROUGH, people_in, readers
from organisations.models import Organisation, User
from organisations.tests import factories as people
from pairing.models import Pairing, PairingPartner, Round, TaskProposal
from pairing.states import RoundState
from tests.world import World, build

pytestmark = pytest.mark.django_db

# Records with a page that need no list of their own readers.
TOLD_ELSEWHERE = {
    "office.Message": "its own addressee reads it, and it says so",
    "pairing.Scheme": "policies are for everybody who may sign in",
    "pairing.MatchProposal": "a line of its matching",
    "members.AssignmentProposal": "as the assignment that it belongs to",
    "pairing.PairingPartner": "its page is that of the pairing",
}


@pytest.fixture
def world(db) -> World:
    return build()


def records(world: World) -> list:
    """Of every sort one or more, also such as few may read."""
    draft: Any = Round.objects.get(pk=world.round.pk)
    draft.pk, draft.state, draft.opened_at, draft.opened_by = None, RoundState.DRAFT, None, None
    draft.newest_directory = None
    draft.save()
    team = world.planned["links"].holder
    people.user("cadre", team, username="team-member")
    task = {"round": world.round, "committee": world.village, "side": "unit", "suggested": 3}
    return [
        TaskProposal.objects.create(**task),
        TaskProposal.objects.create(**task, version=2, issued_at=timezone.now(), issued_by=world.cast["organiser"]),
        *(Organisation.objects.get(pk=pk) for pk in (world.county.pk, world.unit.pk, world.village.pk, team.pk)),
        *(world.cast[who] for who in ("organiser", "branch_secretary", "former secretary", "without a post")),
        *(record for record in world.planned.values() if type(record) in SOURCES),
        world.round,
        draft,
        world.intention,
        world.pairing,
        world.agreement,
        world.job,
        world.roster,
        world.scan.file,
        world.word_template,
        *(world.planned[start] for start in ("issues", "suggestions", "resources", "resources/exchanges")),
    ]


def test_the_people_it_counts_are_those_who_can_read(world):
    asked = records(world)
    everybody = list(User.objects.all())
    for record in asked:
        told = set(people_in(readers(record).circles).values_list("username", flat=True))
        rows = type(record)._default_manager
        may = {user.username for user in everybody if can_read(rows, record, user)}
        assert told == may, (record._meta.label, str(record))
    assert SOURCES.keys() - {type(record) for record in asked} == set()


def can_read(rows, record, user: User) -> bool:
    return getattr(rows, THROUGH[type(record)])(User.objects.get(pk=user.pk)).filter(pk=record.pk).exists()


def test_parts_of_a_pairing_name_those_who_may_have_its_papers(world):
    for record in (world.pairing, world.intention, world.agreement):
        (_title, circles), *_more = readers(record).parts
        told = set(people_in(circles).values_list("username", flat=True))
        rows = type(record)._default_manager
        assert told == {
            user.username for user in User.objects.all() if rows.with_papers_for(user).filter(pk=record.pk).exists()
        }, record


def test_a_partner_of_a_consortium_is_among_the_readers(world):
    unit = people.unit(world.county, "青山三局")
    secretary = people.user("branch_secretary", unit, username="partner")
    PairingPartner.objects.create(
        pairing=world.pairing, unit=unit, share=20, state="invited", invited_by=world.cast["organiser"]
    )
    told = set(people_in(readers(world.pairing).circles).values_list("username", flat=True))
    assert secretary.username in told
    assert Pairing.objects.visible_to(secretary).filter(pk=world.pairing.pk).exists()


def test_every_record_with_a_page_says_who_reads_it():
    silent = {
        model._meta.label
        for model in apps.get_models()
        if hasattr(model, "get_absolute_url")
        and model not in SOURCES
        and model._meta.app_label
        in ("organisations", "office", "pairing", "members", "visits", "funds", "duties", "reports")
    }
    assert silent == TOLD_ELSEWHERE.keys()


def test_the_panel_counts_people_by_post_and_names_what_is_public(world, client, django_assert_max_num_queries):
    client.force_login(world.cast["branch_secretary"])
    address = reverse("readers", args=["pairing.pairing", world.pairing.pk])
    client.get(address)
    with django_assert_max_num_queries(12):
        page = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "青山村 村党组织书记（1人）" in page
    assert "公开看板" in page
    assert "白水" not in page


def test_whoever_can_not_see_a_record_learns_nothing_of_its_readers(world, client):
    for who in ("foreign organiser", "without a post"):
        client.force_login(world.cast[who])
        assert client.get(reverse("readers", args=["pairing.pairing", world.pairing.pk])).status_code == 404
        assert client.get(reverse("readers", args=["pairing.nothing", 1])).status_code == 404
        assert client.get(reverse("readers", args=["sessions.session", 1])).status_code == 404
