"""The ledger in SQL: what is hashed, and what the database does and refuses when an entry comes in.

Each entry carries the hash of the one before it in its fund. Hashed is what was entered, without words, names and
households: nothing that an erasure may strike. The database computes it, so whatever way an entry takes, it is chained.
"""

from funds.kinds import ANSWERED_BACK, RULES, WITH_LINES, EntryKind

# Of row {e}; what has no value is empty. A column that comes later is taken in where it has a value, behind the others.
CANONICAL = """
    concat_ws('|', '1', {e}.fund_id, {e}.number, {e}.kind, {e}.amount, to_char({e}."on", 'YYYY-MM-DD'),
        to_char({e}.entered_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), {e}.key,
        COALESCE({e}.giver_id::text, ''), {e}.source, {e}.use, {e}.channel, {e}.receipt_number,
        array_to_string({e}.resources, ','), COALESCE({e}.corrects_id::text, ''), COALESCE({e}.answers_id::text, ''),
        array_to_string({e}.vouchers, ','), {e}.goods, {e}.previous_hash, 'project=' || {e}.project_id)
"""
HASH = f"encode(sha256(convert_to({CANONICAL}, 'UTF8')), 'hex')"


def canonical(row: str) -> str:
    """The SQL expression of the text that is hashed."""
    return CANONICAL.format(e=row)


def hash_of(row: str) -> str:
    return HASH.format(e=row)


def links(condition: str = "true") -> str:
    """SQL: each entry with the number `before` it, whether it was `altered`, and whether it is `loose` of that one."""
    return f"""
        SELECT e.fund_id, e.number, e.hash, lag(e.number, 1, 0) OVER chain AS before,
            e.hash <> {hash_of("e")} AS altered, e.previous_hash <> lag(e.hash, 1, '') OVER chain AS loose
        FROM funds_entry e WHERE {condition} WINDOW chain AS (PARTITION BY e.fund_id ORDER BY e.number)
    """  # noqa: S608 - our own words


UNLINKED = "loose OR number <> before + 1"
BROKEN_LINK = f"altered OR {UNLINKED}"


def refuse(name: str) -> str:
    """SQL that ends the statement; `funds/refusals.py` says it in a sentence."""
    return f"RAISE EXCEPTION 'pgtrigger: {name}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';"


def sums() -> str:
    """SET-clauses that add an entry to the sums of its fund."""
    return ", ".join(
        f"{kind} = {kind} + CASE WHEN NEW.kind = '{kind}' THEN NEW.amount * factor ELSE 0 END" for kind in EntryKind
    )


def held(*what: str) -> str:
    """SQL: how much money ("cash"; of a project with "aside") or goods entries leave over, however they are grouped."""
    factors = {kind: sum(getattr(rule, each) for each in what) for kind, rule in RULES.items()}
    signs = " ".join(f"WHEN '{kind}' THEN {factor}" for kind, factor in factors.items() if factor)
    return f"COALESCE(sum(amount * CASE kind {signs} ELSE 0 END * CASE WHEN corrects_id IS NULL THEN 1 ELSE -1 END), 0)"


CASH = " + ".join(f"{rule.cash} * fund.{kind}" for kind, rule in RULES.items() if rule.cash)
FITTING = " OR ".join((
    *(f"(NEW.kind = '{kind}' AND other.kind = '{rule.answers}')" for kind, rule in RULES.items() if rule.answers),
    *(
        f"(NEW.kind = '{own}' AND other.kind = '{other}' AND other.giver_id = NEW.giver_id)"
        for other, own in ANSWERED_BACK.items()
    ),
))  # fmt: skip
REVERSED = "EXISTS (SELECT 1 FROM funds_entry r WHERE r.corrects_id = {})"

# Before an entry is kept: under the lock of its fund it gets its number and its place in the chain.
CHAINED = f"""
    SELECT * INTO fund FROM funds_fund WHERE id = NEW.fund_id FOR NO KEY UPDATE;
    IF NEW."on" > (NEW.entered_at AT TIME ZONE 'Asia/Shanghai')::date THEN
        {refuse("entry_not_in_the_future")}
    END IF;
    IF NEW.corrects_id IS NOT NULL THEN
        factor := -1;
        SELECT * INTO other FROM funds_entry WHERE id = NEW.corrects_id;
        IF other.corrects_id IS NOT NULL
            OR ROW(other.fund_id, other.kind, other.amount, other.giver_id, other.project_id)
            IS DISTINCT FROM ROW(NEW.fund_id, NEW.kind, NEW.amount, NEW.giver_id, NEW.project_id)
        THEN
            {refuse("entry_reversed_as_it_stands")}
        END IF;
        IF EXISTS (
            SELECT 1 FROM funds_entry a WHERE a.answers_id = NEW.corrects_id AND a.kind <> 'transfer_in'
            AND NOT {REVERSED.format("a.id")}
        ) THEN
            {refuse("entry_confirmed_by_the_other_side")}
        END IF;
    ELSIF NEW.answers_id IS NOT NULL THEN
        SELECT * INTO other FROM funds_entry WHERE id = NEW.answers_id;
        IF NOT ({FITTING}) OR other.corrects_id IS NOT NULL OR {REVERSED.format("other.id")}
            OR (other.fund_id <> NEW.fund_id) <> (NEW.kind = 'transfer_in')
        THEN
            {refuse("entry_answers_what_stands")}
        END IF;
        IF other.answers_id IS NOT NULL OR EXISTS (
            SELECT 1 FROM funds_entry a WHERE a.answers_id = NEW.answers_id AND NOT {REVERSED.format("a.id")}
        ) THEN
            {refuse("entry_answers_once")}
        END IF;
    END IF;
    IF NEW.project_id IS NOT NULL AND NEW.corrects_id IS NULL AND NOT EXISTS (
        SELECT 1 FROM funds_project p WHERE p.id = NEW.project_id AND
        CASE WHEN fund.pairing_id IS NULL THEN p.committee_id = fund.holder_id ELSE p.pairing_id = fund.pairing_id END
    ) THEN
        {refuse("entry_for_a_project_of_its_fund")}
    END IF;
    IF NEW.project_id IS NOT NULL THEN
        PERFORM 1 FROM funds_project WHERE id = NEW.project_id FOR NO KEY UPDATE;
        SELECT {held("cash", "aside")} AS cash, {held("goods")} AS goods INTO sums FROM (
            SELECT kind, amount, corrects_id FROM funds_entry WHERE project_id = NEW.project_id
            UNION ALL SELECT NEW.kind, NEW.amount, NEW.corrects_id
        ) with_this_one;
        IF sums.cash < 0 THEN
            {refuse("project_spends_what_it_received")}
        ELSIF sums.goods < 0 THEN
            {refuse("project_hands_out_what_it_received")}
        END IF;
    END IF;
    IF NEW.kind = '{EntryKind.SET_ASIDE}' AND NEW.corrects_id IS NULL THEN
        SELECT COALESCE(sum(GREATEST(cash, 0)), 0) AS cash INTO sums FROM (
            SELECT {held("cash", "aside")} AS cash FROM funds_entry
            WHERE fund_id = NEW.fund_id AND project_id IS NOT NULL GROUP BY project_id
        ) of_projects;
        IF NEW.amount > {CASH} - sums.cash THEN
            {refuse("entry_set_aside_of_free_money")}
        END IF;
    END IF;
    NEW.number := fund.last_number + 1;
    NEW.previous_hash := fund.head;
    NEW.hash := {hash_of("NEW")};
    UPDATE funds_fund SET last_number = NEW.number, head = NEW.hash, {sums()} WHERE id = NEW.fund_id;
    RETURN NEW;
"""  # noqa: S608 - our own words

# At the end of the transaction: an entry has come with all that belongs to it.
WHOLE = f"""
    IF NEW.corrects_id IS NULL AND NEW.kind IN ({", ".join(f"'{kind}'" for kind in WITH_LINES)}) AND NEW.amount
        IS DISTINCT FROM (SELECT sum(value) FROM funds_goodsline WHERE entry_id = NEW.id)
    THEN
        {refuse("entry_worth_what_its_lines_are")}
    END IF;
    IF cardinality(NEW.vouchers) <> (SELECT count(*) FROM funds_voucher WHERE entry_id = NEW.id) THEN
        {refuse("entry_with_its_vouchers")}
    END IF;
    IF NEW.kind IN ('transfer_out', 'transfer_in') THEN
        SELECT * INTO one FROM funds_entry WHERE id = COALESCE(NEW.corrects_id, NEW.id);
        IF one.kind = 'transfer_out' THEN
            SELECT * INTO other FROM funds_entry WHERE answers_id = one.id;
        ELSE
            SELECT * INTO other FROM funds_entry WHERE id = one.answers_id;
        END IF;
        IF other.id IS NULL OR other.amount <> one.amount
            OR {REVERSED.format("one.id")} <> {REVERSED.format("other.id")}
        THEN
            {refuse("transfer_with_both_sides")}
        END IF;
    END IF;
    RETURN NULL;
"""  # noqa: S608 - our own words

# A line and a voucher are those that the entry was hashed with: nothing is added to it later.
LINE_OF_ENTRY = f"""
    IF split_part((SELECT goods FROM funds_entry WHERE id = NEW.entry_id), ';', NEW.position)
        IS DISTINCT FROM NEW.quantity::text || 'x' || NEW.value::text
    THEN
        {refuse("line_belongs_to_its_entry")}
    END IF;
    RETURN NEW;
"""  # noqa: S608 - our own words
VOUCHER_OF_ENTRY = f"""
    IF (SELECT vouchers[NEW.position] FROM funds_entry WHERE id = NEW.entry_id) IS DISTINCT FROM
        (SELECT sha256 FROM office_storedfile WHERE id = NEW.file_id)
    THEN
        {refuse("voucher_belongs_to_its_entry")}
    END IF;
    RETURN NEW;
"""  # noqa: S608 - our own words
# What comes later is no part of the hash: it carries the checksum of its own file.
IS_ITS_FILE = f"""
    IF NEW.sha256 IS DISTINCT FROM (SELECT sha256 FROM office_storedfile WHERE id = NEW.file_id) THEN
        {refuse("late_voucher_is_its_file")}
    END IF;
    RETURN NEW;
"""  # noqa: S608 - our own words
KEPT_BY_ENTRIES = f"""
    IF pg_trigger_depth() < 2 THEN
        {refuse("fund_sums_come_from_entries")}
    END IF;
    RETURN NEW;
"""
