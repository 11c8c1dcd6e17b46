"""The people of the demonstration: those whom the rosters name, and one account for each kind of visitor."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from organisations.actions import appoint
from organisations.history import act
from organisations.indexing import searchable
from organisations.kinds import Kind
from organisations.models import Appointment, Organisation, User


@dataclass(frozen=True)
class Account:
    """An account offered on the sign-in page."""

    username: str
    name: str
    posts: tuple[tuple[str, str], ...]  # role, name of the organisation


QIANXI, XINCHENG, YUDU, SUIFENHE = "黔西县", "新城区", "于都县", "绥芬河市"
CADRE = "ganbu"
ORGANISERS = (
    Account("qianxi", "周明远", (("organiser", QIANXI),)),
    Account("xincheng", "乌云其其格", (("organiser", XINCHENG),)),
    Account("yudu", "钟建平", (("organiser", YUDU),)),
    Account("suifenhe", "付春雷", (("organiser", SUIFENHE),)),
)
OTHERS = (
    Account("nongban", "蒋立新", (("rural_work_office", QIANXI),)),
    Account("jinbi", "罗开富", (("township_supervisor", "金碧镇"),)),
    Account("liangbian", "韩志成", (("liaison_officer", "黔西县农业局"), ("committee_staff", QIANXI))),
    Account(CADRE, "苏晓梅", (("cadre", "黔西县林业局"),)),
    Account("cunwei", "白玉兰", (("village_committee", "小源村"),)),
    Account("shenji", "冯国安", (("auditor", QIANXI),)),
    Account("guanliyuan", "马建华", (("administrator", QIANXI), ("administrator", XINCHENG))),
)


def make_accounts(accounts: tuple[Account, ...], since: date) -> None:
    """One account for each kind of person who works above the two sides, or beside them."""
    for account in accounts:
        user = User(username=account.username, name=account.name, is_demo=True)
        user.search_text, user.search_grams = searchable(user.name, [user.username])
        user.set_unusable_password()
        user.save()
        for role, organisation in account.posts:
            appoint(by=None, user=user, role=role, organisation=named(organisation), since=since)


def named(name: str) -> Organisation:
    return Organisation.objects.get(name=name)


def appoint_contacts(root: Organisation, since: date) -> dict[int, User]:
    """The contact of each unit becomes its branch secretary, that of each village its village secretary.

    Returns the secretary by the key of the organisation.
    """
    parties = [
        (organisation, "village_secretary" if organisation.kind == Kind.VILLAGE else "branch_secretary")
        for organisation in Organisation.objects.under(root)
        if organisation.is_unit or organisation.is_village
    ]
    users = User.objects.bulk_create([_secretary(organisation) for organisation, _role in parties])
    Appointment.objects.bulk_create(
        Appointment(user=user, role=role, organisation=organisation, since=since)
        for user, (organisation, role) in zip(users, parties, strict=True)
    )
    return {organisation.pk: user for user, (organisation, _role) in zip(users, parties, strict=True)}


def _secretary(organisation: Organisation) -> User:
    user = User(
        username=f"{'c' if organisation.is_village else 'd'}{organisation.pk:05d}", name=organisation.contact_name
    )
    user.search_text, user.search_grams = searchable(user.name, [user.username])
    user.set_unusable_password()
    return user


@act(_("offered the account on the sign-in page of the demonstration"))
def offer(*, by: User | None, user: User) -> None:
    """Put a secretary among the accounts of the sign-in page."""
    user.is_demo = True
    user.save(update_fields=["is_demo"])
