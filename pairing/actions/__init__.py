"""The verbs of pairing. Each takes `by`, checks, locks, changes and tells whoever is next."""

from pairing.actions.agreements import confirm_agreement, return_agreement, revise_agreement, sign_agreement
from pairing.actions.decisions import assign, prefer, release
from pairing.actions.market import accept, decline, propose, withdraw
from pairing.actions.rounds import (
    change_round,
    close_round,
    open_round,
    prepare_round,
    publish_directory,
    remind_behind,
    take_scheme,
)

__all__ = [
    "accept",
    "assign",
    "change_round",
    "close_round",
    "confirm_agreement",
    "decline",
    "open_round",
    "prefer",
    "prepare_round",
    "propose",
    "publish_directory",
    "release",
    "remind_behind",
    "return_agreement",
    "revise_agreement",
    "sign_agreement",
    "take_scheme",
    "withdraw",
]
