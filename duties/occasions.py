"""What is owed only where there is an occasion: money to be told of, a trip that both sides have to have on record.

Each is a condition on a row of `owed` (`duties/subjects.py`): its pairing, its first day and the last of its period.
"""

from funds.kinds import RULES
from funds.querysets.disclosure import DISCLOSABLE
from pairing.schemes.duty_words import Counted
from visits.states import RECORDED


def listed(values) -> str:
    return ", ".join(f"'{value}'" for value in values)


OF_LEDGER = f"""
    FROM funds_fund f JOIN funds_entry e ON e.fund_id = f.id AND e.kind IN ({listed(DISCLOSABLE)})
    WHERE f.pairing_id = owed.pairing_id AND e."on" <= owed.due_on
"""
SIGNED = "".join(f" WHEN '{kind}' THEN {RULES[kind].cash + RULES[kind].goods}" for kind in DISCLOSABLE)
LEFT_OVER = f"SUM(e.amount * CASE e.kind{SIGNED} END * CASE WHEN e.corrects_id IS NULL THEN 1 ELSE -1 END)"
# Received or spent in these days: every entry belongs into a disclosure (SH-53).
SOMETHING_TO_DISCLOSE = f'EXISTS (SELECT 1 {OF_LEDGER} AND e."on" >= owed.starts_on)'
# The same, or money or goods of before that are still there: whoever has spent and told all owes nothing more (SH-54).
SOMETHING_TO_TELL = f'(SELECT COALESCE(bool_or(e."on" >= owed.starts_on) OR {LEFT_OVER} > 0, false) {OF_LEDGER})'
# Where nobody went, nothing is missing in an archive (TN-25).
SOMETHING_ON_RECORD = f"""EXISTS (
    SELECT 1 FROM visits_activity a
    WHERE a.pairing_id = owed.pairing_id AND a."on" BETWEEN owed.starts_on AND owed.due_on
        AND a.state IN ({listed(RECORDED)})
)"""  # noqa: S608 - our own words
OCCASIONS: dict[str, str] = {
    Counted.DISCLOSURE: SOMETHING_TO_DISCLOSE,
    Counted.FEEDBACK: SOMETHING_TO_TELL,
    Counted.SHARED_RECORD: SOMETHING_ON_RECORD,
}
WHEN = " ".join(f"WHEN '{kind}' THEN {sql}" for kind, sql in OCCASIONS.items())
HAS_OCCASION = f"CASE counted {WHEN} ELSE true END"
