"""Everything that changes organisations, people and posts."""

from organisations.actions.directory import (
    add_alias,
    add_organisation,
    add_root,
    change_contact,
    change_organisation,
    keep_needs,
    keep_strengths,
    move_organisation,
    record_facts,
    remove_alias,
    reopen_organisation,
)
from organisations.actions.facilities import add_facility, change_facility, record_help, remove_help
from organisations.actions.invitations import accept, hand_over_to_new, invite, open_invitation, reissue, revoke
from organisations.actions.links import add_link, end_link
from organisations.actions.mandates import end_mandate, give_mandate
from organisations.actions.people import (
    appoint,
    change_details,
    change_own_phone,
    end_appointment,
    hand_over,
    restore,
    suspend,
)
from organisations.actions.phones import read_contact_phone, read_phone
from organisations.actions.restructuring import close, merge, rename, split

__all__ = [
    "accept",
    "add_alias",
    "add_facility",
    "add_link",
    "add_organisation",
    "add_root",
    "appoint",
    "change_contact",
    "change_details",
    "change_facility",
    "change_organisation",
    "change_own_phone",
    "close",
    "end_appointment",
    "end_link",
    "end_mandate",
    "give_mandate",
    "hand_over",
    "hand_over_to_new",
    "invite",
    "keep_needs",
    "keep_strengths",
    "merge",
    "move_organisation",
    "open_invitation",
    "read_contact_phone",
    "read_phone",
    "record_facts",
    "record_help",
    "reissue",
    "remove_alias",
    "remove_help",
    "rename",
    "reopen_organisation",
    "restore",
    "revoke",
    "split",
    "suspend",
]
