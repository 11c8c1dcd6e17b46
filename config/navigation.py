"""Who finds what where: the side navigation, the tabs of a phone, and what the frame of each page shows."""

from dataclasses import dataclass

from django.db.models import Exists
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from config.guide import help_address
from members.models import PersonPair
from office.inbox import unread
from organisations.models import User
from pairing.models import Round
from pairing.round_order import own_first
from reports.models import PeriodicReport

MOST_ROUNDS = 12
ELDER_COOKIE = "elder"


@dataclass(frozen=True)
class Item:
    """A page by its address name. `needs` names permissions, one of which is enough; none: for everybody.
    `has` names what somebody must have, as `standing` tells it; `holds` names pages that lie below another's address.
    """

    name: str
    title: object
    icon: str = "dot"
    needs: tuple[str, ...] = ()
    has: str = ""
    holds: tuple[str, ...] = ()

    def is_for(self, user, standing) -> bool:
        may = not self.needs or any(user.can(permission) for permission in self.needs)
        return may and (not self.has or bool(standing[self.has]))


HOME = Item("home", _("Today"), "list-task")
INBOX = Item("inbox", _("Messages"), "chat-left")
ROUNDS = Item("rounds", _("Rounds"), "calendar3")
PAIRINGS = Item("pairings", _("Pairings"), "house")
ACTIVITIES = Item("activities", _("Visits and activities"), "journal-check")
MY_DUTIES = Item("my_duties", _("My duties"), "check2-square", needs=("unit.act", "village.act", "floating.told"))
SECTIONS = (
    ("", (HOME, MY_DUTIES, INBOX)),
    (
        _("Pairing"),
        (
            ROUNDS,
            PAIRINGS,
            ACTIVITIES,
            Item("issues", _("Issue ledger")),
            Item("resources", _("Sharing resources")),
            Item("suggestions", _("Suggestions and replies")),
            Item("board_index", _("Public board")),
            Item("schemes", _("Schemes")),
        ),
    ),
    (
        _("Aid money"),
        (
            Item("funds", _("Ledgers of aid money")),
            Item("projects", _("Projects")),
            Item(
                "disclosures",
                _("Village affairs disclosure"),
                holds=("disclose", "new_disclosed_matter", "disclosure_rules"),
            ),
            Item("objections", _("Questions and objections"), needs=("fund.keep", "fund.watch")),
            Item("feedback_list", _("Feedback on aid money")),
            Item("gifts", _("Where our gifts are"), needs=("fund.give",)),
            Item("channels", _("Donation channels")),
            Item("deductions", _("Deduction of gifts"), needs=("unit.act",)),
            Item("money_watch", _("Supervision of aid money"), needs=("fund.watch",), holds=("money_checks",)),
        ),
    ),
    (
        _("Reports and assessment"),
        (
            Item("my_reports", _("My reports"), has="reports"),
            Item("reports_received", _("Reports received"), needs=("report.read",), holds=("reports_missing",)),
            Item("notices", _("Circulars and notices")),
            Item(
                "inspections", _("Inspections"), holds=("inspected_village", "replace_village", "raise_from_inspection")
            ),
            Item("onsite_meetings", _("On-site meetings")),
            Item("good_cases", _("Good cases")),
            Item("assessments", _("Assessments")),
            Item("surveys", _("Satisfaction surveys"), needs=("survey.manage", "history.read")),
            Item("contests", _("Contests")),
            Item("change_notes", _("The three changes")),
            Item(
                "secretary_pays",
                _("Pay of village secretaries"),
                needs=("pay.read", "village.sign"),
                holds=("leaving_allowances", "leaving_allowance", "secretary_pay", "enter_pay", "enter_leaving"),
            ),
        ),
    ),
    (
        _("Statistics and archive"),
        (
            Item("dashboard", _("Dashboard"), needs=("round.manage", "task.receive", "ledger.acknowledge")),
            Item("statistics", _("Statistics tables")),
            Item("reported_figures", _("Reported figures")),
            Item("one_form", _("One form")),
            Item("archive_packages", _("Archive packages")),
        ),
    ),
    (
        _("People"),
        (
            Item("my_households", _("My households"), has="helps"),
            Item("household_visits", _("Household visits")),
            Item("findings", _("Findings of visits")),
            Item("my_diary", _("My diary")),
            Item("diaries", _("Diaries to review"), needs=("diary.review",)),
            Item("members", _("Members and cadres"), needs=("member.read",)),
            Item("households", _("Households"), needs=("household.read", "pair.manage")),
            Item("helper_coverage", _("Who helps whom"), needs=("pair.manage", "member.read")),
            Item("zones", _("Responsibility zones and chains"), needs=("household.read", "household.edit")),
            Item("floating_members", _("Floating members"), needs=("floating.manage",)),
            Item("postings", _("Secondments and trainings"), needs=("member.read",)),
        ),
    ),
    (
        _("Rosters"),
        (
            Item("organisations", _("Organisations")),
            Item("villages", _("Villages")),
            Item("units", _("Units")),
            Item("facilities", _("Facilities")),
            Item("successions", _("Changes of organisations")),
            Item("imports", _("Import a roster"), needs=("roster.import",)),
        ),
    ),
    (
        _("Administration"),
        (
            Item("users", _("Users and posts"), needs=("appointment.manage",)),
            Item("word_templates", _("Word templates"), needs=("template.replace",)),
            Item("jobs", _("Background work"), needs=("job.manage", "roster.import", "round.manage")),
            Item("outbox", _("Outbox"), needs=("job.manage",)),
            Item("group_channels", _("Group robots"), needs=("channel.manage",)),
        ),
    ),
)
TABS = (HOME, PAIRINGS, ACTIVITIES, INBOX)
ACCOUNT = (
    Item("me", _("My posts and my account"), "person"),
    Item("my_channels", _("How I am told"), "bell"),
    Item("account_change_password", _("Change password"), "key"),
    Item("mfa_index", _("Two-step sign-in"), "shield-check"),
    Item("usersessions_list", _("Where I am signed in"), "pc-display"),
)
FOOT = (
    Item("guide_start", _("Guide")),
    Item("accessibility", _("Accessibility statement")),
)


def address(name: str) -> str:
    """The address of a page, or nothing where this installation has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def standing_of(user) -> dict:
    """What the frame says of the person: messages unread, whether they help anybody, whether they report as a member
    or by a post. One statement for each page."""
    helps = Exists(PersonPair.objects.active().of_helper(user))
    reports = Exists(PeriodicReport.objects.filter(member__user=user))
    found = User.objects.filter(pk=user.pk).values("pk", unread=unread(user), helps=helps, reports=reports).get()
    return found | {"reports": found["reports"] or user.can("report.file")}


def entries(items, request: HttpRequest, standing) -> list[dict]:
    """Items that exist and are for this user, the nearest one to the page marked as current."""
    found = [
        {
            "title": item.title,
            "icon": item.icon,
            "url": address(item.name),
            "counts": item is INBOX,
            "holds": item.holds,
        }
        for item in items
        if item.is_for(request.user, standing)
    ]
    return [entry | {"current": False} for entry in found if entry["url"]]


def mark_current(groups: list[list[dict]], request: HttpRequest) -> None:
    """The item that holds the page, else the longest address that it lies under; the root only fits itself."""
    path, name = request.path, request.resolver_match.url_name if request.resolver_match else None
    for group in groups:
        under = [e for e in group if path == e["url"] or (len(e["url"]) > 1 and path.startswith(e["url"]))]
        fitting = [e for e in group if name in e["holds"]] or under
        if fitting:
            max(fitting, key=lambda entry: len(entry["url"]))["current"] = True


def sections(request: HttpRequest, standing) -> list[dict]:
    found: list[dict] = [{"title": title, "items": entries(items, request, standing)} for title, items in SECTIONS]
    mark_current([[entry for section in found for entry in section["items"]]], request)
    for section in found:
        section["current"] = any(entry["current"] for entry in section["items"])
    return [section for section in found if section["items"]]


def tabs(request: HttpRequest, standing) -> list[dict]:
    found = entries(TABS, request, standing)
    mark_current([found], request)
    return found


def round_switch(request: HttpRequest, user: User) -> dict:
    """The rounds to switch between, one's own first, and the one of the page (else the first)."""
    rounds = list(own_first(Round.objects.visible_to(user), user)[:MOST_ROUNDS])
    match = request.resolver_match
    of_page = match.kwargs.get("pk") if match and match.route.startswith("rounds/<int:pk>") else None
    current = next((round for round in rounds if round.pk == of_page), rounds[0] if rounds else None)
    return {"rounds": rounds, "current": current}


def guide_address(request: HttpRequest) -> str:
    """The paragraph of the users' guide that explains this page."""
    page, paragraph = help_address(request.resolver_match.url_name if request.resolver_match else None, request.user)
    return reverse("guide", args=[page]) + (f"#{paragraph}" if paragraph else "")


def navigation(request: HttpRequest) -> dict:
    """Context processor: the frame of the page. Reads nothing before a template asks for it.

    A page's own context wins over these names; they are chosen so that no page will want them.
    """
    frame = {
        "page_language": "en" if get_language() == "en" else "zh-Hans",
        "elder": request.COOKIES.get(ELDER_COOKIE) == "1",
        "public_home_url": address("board_index") or "/",
        "guide_url": SimpleLazyObject(lambda: guide_address(request)),
        "foot_items": [{"title": item.title, "url": address(item.name)} for item in FOOT if address(item.name)],
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return frame
    standing = SimpleLazyObject(lambda: standing_of(user))
    return frame | {
        "home_url": address("home") or "/",
        "search_url": address("search"),
        "inbox_url": address("inbox"),
        "unread_messages": SimpleLazyObject(lambda: standing["unread"]),
        "reads_history": SimpleLazyObject(lambda: user.can("history.read")),
        "my_posts": SimpleLazyObject(lambda: user.posts),
        "round_switch": SimpleLazyObject(lambda: round_switch(request, user)),
        "nav_sections": SimpleLazyObject(lambda: sections(request, standing)),
        "nav_tabs": SimpleLazyObject(lambda: tabs(request, standing)),
        "account_items": SimpleLazyObject(lambda: entries(ACCOUNT, request, standing)),
    }
