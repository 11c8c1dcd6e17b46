"""A running round uses another version of its scheme from a chosen day on."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisations.history import with_history
from organisations.models import Appointment, User
from organisations.protection import append_only
from pairing.models.round import Round, SchemeVersion
from pairing.schemes.duties import Obligation


@with_history()
class SchemeChange(models.Model):
    """Decided by the organiser, with a reason that everybody who sees the round reads. Append-only.

    From `from_day` on `version` is in force, whatever was decided earlier for that day or a later one; `before` is the
    version of the round when it was decided.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="scheme_changes", verbose_name=_("round"))
    before = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="+", verbose_name=_("version until then"))
    version = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="+", verbose_name=_("version from then on"))
    from_day = models.DateField(_("from this day on"))
    words = models.CharField(_("reason"), max_length=200)
    decided_at = models.DateTimeField(_("decided at"))
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("decided by"))
    decided_as = models.ForeignKey(Appointment, models.PROTECT, related_name="+", verbose_name=_("acting as"))

    class Meta:
        verbose_name = _("change of the scheme version")
        verbose_name_plural = _("changes of the scheme version")
        ordering = ["pk"]
        triggers = [append_only("scheme_change")]

    def __str__(self) -> str:
        return str(self.round)


@dataclass(frozen=True)
class InForce:
    """A version and its days, both included; None: since the round began, until further notice."""

    version: SchemeVersion
    since: date | None = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


CHANGES = models.Prefetch("scheme_changes", SchemeChange.objects.select_related("before", "version__scheme"))


def in_force(round: Round, *supposed: SchemeChange) -> list[InForce]:
    """The versions of a round, one after the other; as if `supposed` were decided as well."""
    models.prefetch_related_objects([round], CHANGES)
    decided = [*round.scheme_changes.all(), *supposed]
    found = [InForce(decided[0].before if decided else round.scheme_version)]
    for change in decided:
        found = [each for each in found if each.since is None or each.since < change.from_day]
        found[-1] = replace(found[-1], until=change.from_day - timedelta(days=1))
        found.append(InForce(change.version, change.from_day))
    return found


def obligations_of(round: Round, today: date) -> list[Obligation]:
    """Every line under which something was or is owed, worded as it was last."""
    found: dict[str, Obligation] = {}
    for held in reversed(in_force(round)):
        if held.since is None or held.since <= today:
            for rule in held.version.rules.obligations:
                found.setdefault(rule.key, rule)
    return list(found.values())
