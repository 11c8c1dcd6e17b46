"""Everything that changes organisations, people and posts."""

from organisations.actions.directory import (
    add_alias,
    add_organisation,
    add_root,
    change_contact,
    change_organisation,
    close_organisation,
    keep_needs,
    keep_strengths,
    move_organisation,
    record_facts,
    remove_alias,
    reopen_organisation,
)
from organisations.actions.invitations import accept, hand_over_to_new, invite, open_invitation, reissue, revoke
from organisations.actions.people import appoint, end_appointment, hand_over, restore, suspend
from organisations.actions.phones import read_contact_phone, read_phone

__all__ = [
    "accept",
    "add_alias",
    "add_organisation",
    "add_root",
    "appoint",
    "change_contact",
    "change_organisation",
    "close_organisation",
    "end_appointment",
    "hand_over",
    "hand_over_to_new",
    "invite",
    "keep_needs",
    "keep_strengths",
    "move_organisation",
    "open_invitation",
    "read_contact_phone",
    "read_phone",
    "record_facts",
    "reissue",
    "remove_alias",
    "reopen_organisation",
    "restore",
    "revoke",
    "suspend",
]
