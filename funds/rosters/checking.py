"""What a row of a ledger says, and what is to be decided about it."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from core.money import yuan
from core.names import normal
from core.roster import Line, Verdict, Work
from funds.actions.entering import Line as Goods
from funds.kinds import LEAST, MOST, RULES, Channel, EntryKind
from funds.models import Project
from funds.models.entry import FIRST_DAY
from funds.querysets.supervision import SUPERVISE
from funds.rosters.accounts import KEY, Account, Accounts, EntryWish
from office.rosters.values import number_in
from organisations.models import Organisation
from organisations.rosters.directory import directory_of
from pairing.models import Pairing
from pairing.rosters.checking import find_unit, find_village

OPENING = "opening"
AMOUNTS = {"amount": "", "income": EntryKind.RECEIPT, "expense": EntryKind.SPENDING}
IN_GOODS = {"amount": "", "income": EntryKind.GOODS, "expense": EntryKind.HANDOUT}
GOODS = ("goods", "quantity", "measure")
LONGEST_UNIT, CENT, MOST_GOODS = 10, Decimal("0.01"), Decimal("99999999.99")
OUTGOING = (EntryKind.SPENDING, EntryKind.REFUND, EntryKind.HANDOUT)


def check(work: Work, lines: Sequence[Line]) -> None:
    """A constant number of statements for each chunk of rows."""
    directory = directory_of(work)
    found = [(line, find_unit(directory, line), find_village(directory, line)) for line in lines]
    accounts: Accounts = work.memory.setdefault(KEY, Accounts())
    accounts.learn({unit.pk for _line, unit, _village in found if unit is not None and unit.pk})
    may = work.by is not None and work.place is not None and work.by.capacity(SUPERVISE, work.place) is not None
    for line, unit, village in found:
        if not may:
            fatal(
                line, "unit", "may_not", N_("Ledgers are taken over by the organiser of the round."),
                N_("Have somebody import it whose post supervises the money of these villages."),
            )  # fmt: skip
        elif unit is not None and village is not None:
            follow(line, unit.pk or 0, village.pk or 0, accounts)
        if line.verdict is None:
            line.judge(Verdict.CREATED)
    accounts.tell(work, [pk for pk, account in accounts.of.items() if account.received or account.spent])


def fatal(line: Line, column: str, code: str, wrong: str, remedy: str, **more) -> None:
    line.doubt(column, code, wrong, remedy, fatal=True, **more)


def follow(line: Line, unit: int, village: int, accounts: Accounts) -> None:
    """One row, after those above it."""
    pairing = accounts.pairings.get((unit, village))
    if pairing is None:
        fatal(
            line, "village", "not_paired", N_("These two are no standing pairing."),
            N_("Correct the unit or the village, or import the pairing first."),
        )  # fmt: skip
        return
    account = accounts.of[pairing.pk]
    wish = wish_of(line, account, pairing, accounts.units[unit])
    if wish is None:
        account.balance = None
        return
    account.read(wish)
    compare_balance(line, account)
    line.plan = wish
    if is_known(line, account, wish):
        line.judge(Verdict.UNCHANGED)
        return
    if wish.is_opening and account.has_entries:
        fatal(
            line, "kind", "opening_late", N_("This ledger has entries already: an opening balance would count twice."),
            N_("Leave the row out."),
        )  # fmt: skip
    check_stock(line, account, wish)
    if account.left + wish.cash < 0:
        fatal(
            line, column_of_amount(line), "not_received",
            N_("Up to this row only %(left)s of what was received is left."),
            N_("Correct the amount, or put what was received before it into the workbook."),
            params={"left": yuan(account.left)},
        )  # fmt: skip
    elif wish.project is not None and account.left_of(wish.project) + wish.cash < 0:
        fatal(
            line, column_of_amount(line), "not_received_for_project",
            N_("Up to this row only %(left)s of what was received for this project is left."),
            N_("Empty the project if it was paid out of other money, or put what was received for it before it."),
            params={"left": yuan(account.left_of(wish.project))},
        )  # fmt: skip
    line.judge(Verdict.CREATED)
    if line.verdict is Verdict.CREATED:
        wish.answers = None if wish.is_opening else account.claim_counterpart(wish)
        account.take_in(wish)


def check_stock(line: Line, account: Account, wish: EntryWish) -> None:
    """What is entered as goods says what and how much; no more is handed out than was received."""
    if RULES[wish.kind].has_lines and wish.goods is None and not any(each.column in GOODS for each in line.doubts):
        fatal(
            line, "quantity" if line.values.get("goods") else "goods", "goods_missing",
            N_("It is not said which goods these are, and how many."),
            N_("Name them, with their number and in what it is counted (10吨): one sort in one row."),
        )  # fmt: skip
    if account.goods_left + wish.worth < 0:
        fatal(
            line, column_of_amount(line), "goods_not_received",
            N_("Up to this row only goods worth %(left)s of what was received are left."),
            N_("Correct the value, or put the goods that were received before it into the workbook."),
            params={"left": yuan(account.goods_left)},
        )  # fmt: skip


def column_of_amount(line: Line) -> str:
    return next((name for name in AMOUNTS if line.values.get(name)), "amount")


def wish_of(line: Line, account: Account, pairing: Pairing, unit: Organisation) -> EntryWish | None:
    kind, amount, on = kind_of(line), amount_of(line), day_of(line)
    if kind is None or amount is None or on is None:
        return None
    is_opening = kind == OPENING
    kind = EntryKind.RECEIPT if is_opening else EntryKind(kind)
    giver = None
    if RULES[kind].is_aid:
        giver = unit
        ask(line, "source", "source_missing", N_("It is not said where the money comes from."), "单位自有资金")
    if kind == EntryKind.SPENDING:
        ask(line, "use", "use_missing", N_("It is not said what the money was spent on."), "其他")
    check_receipt(line)
    goods = goods_of(line, amount) if RULES[kind].has_lines else None
    return EntryWish(
        pairing, giver, kind, on, amount, is_opening, project_of(line, account), goods, dict(line.values)
    )  # fmt: skip


def goods_of(line: Line, value: Decimal) -> Goods | None:
    """What the row names, where it says how many of what: 10吨, or 10 beside 吨."""
    number, rest = number_in(str(line.values.get("quantity") or ""))
    name, unit = str(line.values.get("goods") or ""), rest.strip() or str(line.values.get("measure") or "")
    if not name or not unit or len(unit) > LONGEST_UNIT or number is None:
        return None
    number = number.quantize(CENT, ROUND_HALF_UP)
    return Goods(name, number, unit, value) if CENT <= number <= MOST_GOODS else None


def project_of(line: Line, account: Account) -> Project | None:
    """The one of the pairing that is called so."""
    title = str(line.values.get("project") or "")
    found = account.projects.get(normal(title), [])
    if title and len(found) != 1:
        several, none = N_("Several projects of this pairing are called so."), N_("This pairing has no such project.")
        fatal(
            line, "project", "no_project", several if found else none,
            N_("Type the name as the list of projects has it, plan the project first, or empty the cell."),
        )  # fmt: skip
    return found[0] if len(found) == 1 else None


def ask(line: Line, column: str, code: str, wrong: str, suggestion: str) -> None:
    if not line.values.get(column) and not any(doubt.column == column for doubt in line.doubts):
        line.doubt(column, code, wrong, N_("Choose one."), suggestions=(suggestion,))


def check_receipt(line: Line) -> None:
    number = str(line.values.get("receipt_number") or "")
    if "|" in number:
        fatal(
            line, "receipt_number", "strokes", N_("The number of a receipt holds no strokes."),
            N_("Copy the number of the receipt without strokes."),
        )  # fmt: skip
    if number and line.values.get("channel") in (None, Channel.DIRECT):
        fatal(
            line, "channel", "no_channel", N_("What is handed straight to the village has no donation receipt."),
            N_("Name the channel of the gift, or empty the number of the receipt."),
        )  # fmt: skip


def kind_of(line: Line) -> str | None:
    """As the row says; else by the column in which its amount stands."""
    kind, of_goods = str(line.values.get("kind") or ""), bool(line.values.get("goods"))
    filled = [name for name in AMOUNTS if line.values.get(name)]
    if len(filled) > 1:
        fatal(
            line, filled[-1], "two_amounts", N_("One row holds one amount: received, or spent."),
            N_("Put each into a row of its own."),
        )  # fmt: skip
        return None
    implied = (IN_GOODS if of_goods and not kind else AMOUNTS)[filled[0]] if filled else ""
    if kind and implied and (kind in OUTGOING) != (implied in OUTGOING):
        fatal(
            line, "kind", "other_column", N_("The kind of the row does not fit the column in which its amount stands."),
            N_("Correct one of the two."),
        )  # fmt: skip
        return None
    if not kind and not implied:
        ask(line, "kind", "kind_missing", N_("It is not said whether this was received or spent."), "到账")
    return kind or implied or None


def amount_of(line: Line) -> Decimal | None:
    column = column_of_amount(line)
    amount = line.values.get(column)
    if isinstance(amount, Decimal) and LEAST <= amount <= MOST:
        return amount
    if not any(doubt.column in AMOUNTS for doubt in line.doubts):
        fatal(
            line, column, "no_amount", N_("An amount is more than 0 and at most 1,000,000,000.00 yuan."),
            N_("Type what is right, or leave the row out."),
        )  # fmt: skip
    return None


def day_of(line: Line) -> date | None:
    on = line.values.get("on")
    if not isinstance(on, date):
        return None
    if on > timezone.localdate():
        fatal(line, "on", "ahead", N_("This day lies in the future."), N_("Correct the day."))
        return None
    if on < FIRST_DAY:
        wrong = N_("That day lies before October 1949: check the year.")
        fatal(line, "on", "before_1949", wrong, N_("Correct the day."))
        return None
    return on


def compare_balance(line: Line, account: Account) -> None:
    """The balance that the office wrote, beside the one that its rows add up to; after a difference, theirs."""
    typed = line.values.get("balance")
    if not isinstance(typed, Decimal):
        return
    if account.balance is not None and typed != account.balance:
        line.doubt(
            "balance", "balance_differs", N_("The rows up to here add up to %(balance)s, not to what stands here."),
            N_("Look for the row that is missing or wrong; keep it where only the balance was miscounted."),
            params={"balance": yuan(account.balance)}, may_keep=True,
        )  # fmt: skip
    account.balance = typed


def is_known(line: Line, account: Account, wish: EntryWish) -> bool:
    """Entered already, by an earlier import or by what was exported; what only looks alike is a doubt."""
    same = account.known.get(wish.signature)
    if same:
        line.target = same.pop(0)
        line.doubts = [doubt for doubt in line.doubts if doubt.column == "balance"]
        return True
    alike = [known for known, pks in account.known.items() if pks and known[:4] == wish.signature[:4]]
    if alike:
        line.doubt(
            column_of_amount(line), "entered_already",
            N_("On that day the same amount is entered already (%(words)s)."),
            N_("Leave the row out if it is the same; else keep it."),
            params={"words": alike[0][4] or "—"}, may_keep=True,
        )  # fmt: skip
    return False
