"""What one person may know of the people on a page, asked of records that were read already."""

from functools import cached_property

from members.kinds import TARGETS
from members.models import Household, Member, Person, PersonPair
from organisations.models import Organisation, User

Rosterable = Member | Household | Person
READING = {Member: "member.read", Household: "household.read", Person: "household.read"}
KEEPING = {Member: "member.edit", Household: "household.edit", Person: "household.edit"}


def place_of(record: Rosterable) -> Organisation:
    """The organisation that keeps the roster."""
    return record.organisation if isinstance(record, Member) else record.village


def words_of(record: Rosterable) -> list[str]:
    """What tells who it is: the names (of one character they tell nothing) and the phone, the longest first."""
    named = [getattr(record, record.named_by), getattr(record, "guardian", "")]
    return sorted({word for word in (*named, record.phone) if len(word) > 1}, key=len, reverse=True)


class Reader:
    """Answers as `with_nearness` and `visible_to` do, at the cost of one statement for all records of a page.

    `may_open` may say no where the queryset says yes (a member registered elsewhere), never the other way round.
    """

    def __init__(self, user: User):
        self.user = user

    @cached_property
    def helped(self) -> set[tuple[str, int]]:
        """Column and key of everybody whom the user helps."""
        rows = PersonPair.objects.active().of_helper(self.user).order_by().values(*TARGETS)
        return {(column, key) for row in rows for column, key in row.items() if key is not None}

    def helps(self, record: Rosterable) -> bool:
        return (f"target_{record._meta.model_name}", record.pk) in self.helped

    def keeps(self, record: Rosterable) -> bool:
        return self.user.can(KEEPING[type(record)], place_of(record))

    def is_near(self, record: Rosterable) -> bool:
        is_self = isinstance(record, Member) and record.user_id == self.user.pk
        return is_self or self.keeps(record) or self.helps(record)

    def may_open(self, record: Rosterable) -> bool:
        return self.user.can(READING[type(record)], place_of(record)) or self.is_near(record)

    def name_of(self, record: Rosterable | Organisation) -> str:
        if isinstance(record, Organisation):
            return record.name
        return record.full_name if self.is_near(record) else str(record)

    def address_of(self, record: Rosterable | Organisation) -> str:
        """Where the record has its page, for whoever may open it."""
        if isinstance(record, Organisation):
            return record.get_absolute_url() if reaches(self.user, record) else ""
        return record.get_absolute_url() if self.may_open(record) else ""

    def address_of_pair(self, pair: PersonPair) -> str:
        """Where what was given stands, for whoever may read it."""
        own = any(side and side.user_id == self.user.pk for side in (pair.helper_member, pair.target_member))
        may = own or any(self.user.can("member.read", place) for place in (pair.unit, pair.village))
        return pair.get_absolute_url() if may else ""


def reaches(user: User, organisation: Organisation) -> bool:
    """Whether one of the user's posts covers the organisation."""
    return organisation.path.startswith(tuple(user.scopes()))
