"""Whose turn it is with a project: derived from its state, never stored."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from funds.models.project import Project
from funds.projects.states import BEFORE, ProjectState
from organisations.models import Organisation
from pairing.states import Side

POOL = "fund.open"  # the same right as to open the pool that the money goes through


class Need(models.TextChoices):
    """What has to be done next."""

    SHARES = "shares", gettext_lazy("both sides of each share have to agree")
    CONSENT = "consent", gettext_lazy("what the villagers say has to be recorded")
    AGREEMENT = "agreement", gettext_lazy("the other side has to agree that it begins")
    WORK = "work", gettext_lazy("it has to be carried out")
    ACCEPTANCE = "acceptance", gettext_lazy("the village has to accept it")


@dataclass(frozen=True)
class Turn:
    """`side` None: of the givers, each for its share; `need` None: nothing more is to be done."""

    need: Need | None
    side: Side | None = None
    party: Organisation | None = None

    @property
    def words(self) -> str:
        name = {"name": self.party.name if self.party else ""}
        sentences = {
            Need.SHARES: _("It is the turn of those who give: each side has to agree to its share."),
            Need.CONSENT: _("It is the turn of %(name)s to record what the villagers say."),
            Need.AGREEMENT: _("It is the turn of %(name)s to agree that it begins."),
            Need.WORK: _("%(name)s carries it out and reports when it is finished."),
            Need.ACCEPTANCE: _("It is the turn of %(name)s to look at it and to accept it."),
        }
        return sentences[self.need] % name if self.need else _("Nothing more is to be done.")


def turn_of(project: Project, *, shares_open: bool) -> Turn:
    """`shares_open`: a side of a share has not agreed yet."""
    need, side = needed(project, shares_open)
    return Turn(need, side, project.party(side) if side else None)


def needed(project: Project, shares_open: bool) -> tuple[Need | None, Side | None]:
    if project.state in BEFORE:
        if shares_open:
            return Need.SHARES, None
        if project.asks_villagers and project.state == ProjectState.PLANNED:
            return Need.CONSENT, Side.VILLAGE
        return Need.AGREEMENT, Side(project.planned_side).other
    if project.state == ProjectState.UNDER_WAY:
        return Need.WORK, Side(project.carrier)
    if project.state == ProjectState.FINISHED:
        return Need.ACCEPTANCE, Side.VILLAGE
    return None, None


def permission_of(project: Project, side: Side) -> str:
    """By which its posts act for a side: those of the unit or the village, or those who pool for a committee."""
    return POOL if side == Side.UNIT and project.is_pooled else f"{side}.act"
