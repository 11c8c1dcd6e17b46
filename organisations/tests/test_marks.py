"""What long lists remember is never out of date: on real connections, with transactions that stay open."""

from threading import Event, Thread

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from core.marks import Remembered
from organisations.models import Organisation
from organisations.tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nothing_remembered():
    cache.clear()


def remembered() -> int:
    villages = Organisation.objects.villages()
    return Remembered(villages.values("pk")).get("number", villages.count)


def test_a_number_is_counted_once_until_somebody_writes(django_assert_num_queries):
    county = factories.county()
    village = factories.village(county)
    assert remembered() == 1
    with django_assert_num_queries(1):  # the mark alone
        assert remembered() == 1
    factories.village(county)
    assert remembered() == 2
    Organisation.objects.filter(pk=village.pk).update(kind="community")
    assert remembered() == 1


def test_what_a_rolled_back_transaction_counted_is_forgotten():
    county = factories.county()
    factories.village(county)
    with transaction.atomic():
        factories.village(county)
        assert remembered() == 2
        transaction.set_rollback(True)
    assert remembered() == 1


def test_nothing_is_remembered_while_an_older_change_is_not_committed():
    """The event of the open transaction is older than the newest one that is seen."""
    village = factories.village(factories.county())
    written, may_commit = Event(), Event()

    def slow() -> None:
        with transaction.atomic():
            Organisation.objects.filter(pk=village.pk).update(kind="community")
            written.set()
            may_commit.wait(10)
        connection.close()

    thread = Thread(target=slow)
    thread.start()
    written.wait(10)
    factories.county()  # a newer event, committed at once
    assert remembered() == 1
    may_commit.set()
    thread.join()
    assert remembered() == 0


@pytest.mark.parametrize(
    "rows",
    [
        lambda: Organisation.objects.filter(search_text__contains="村").values("pk"),  # no event tells of this column
        lambda: Organisation.objects.none().values("pk"),
    ],
)
def test_what_no_event_tells_of_is_counted_each_time(rows):
    read = Remembered(rows())
    assert not read.is_known
    numbers = iter((1, 2))
    assert [read.get("number", lambda: next(numbers)) for _time in range(2)] == [1, 2]
