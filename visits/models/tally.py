"""What is kept counted of activities, so that no page goes through millions of them: for each pairing by the month, for
each round by the day.

Triggers write a line for every change, in the transaction that makes it; lines of the same add up. So what a page sums
is what it would count at that moment, nobody waits for anybody's line, and merging them changes no sum
(docs/decisions/activities.md, visits/tallies.py).
"""

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from pairing.models import Pairing, Round
from pairing.schemes.words import Nature

TRIPS = (Nature.VISIT, Nature.SURVEY_TRIP, Nature.GOODWILL_VISIT)
NUMBERS = ("recorded", "confirmed", "trips", "went")
ROWS = {
    "insert": (pgtrigger.Insert, pgtrigger.Referencing(new="new_rows"), "SELECT 1 AS sign, * FROM new_rows"),
    "update": (
        pgtrigger.Update,
        pgtrigger.Referencing(old="old_rows", new="new_rows"),
        "SELECT -1 AS sign, * FROM old_rows UNION ALL SELECT 1, * FROM new_rows",
    ),
    "delete": (pgtrigger.Delete, pgtrigger.Referencing(old="old_rows"), "SELECT -1 AS sign, * FROM old_rows"),
}
# One line for each aspect of an activity that counts: a correction that waits is the same as what it corrects.
COUNTED = """
    SELECT p.round_id, t.pairing_id, t.unit_id, t."on", a.aspect, a.value,
        SUM(t.sign) AS recorded,
        COALESCE(SUM(t.sign) FILTER (WHERE t.state = 'confirmed'), 0) AS confirmed,
        COALESCE(SUM(t.sign) FILTER (WHERE t.state = 'confirmed' AND t.nature IN ({trips})), 0) AS trips,
        COALESCE(SUM(t.sign * a.went) FILTER (WHERE t.state = 'confirmed'), 0) AS went
    FROM ({rows}) t
    JOIN pairing_pairing p ON p.id = t.pairing_id
    CROSS JOIN LATERAL (
        SELECT 'whole' AS aspect, '' AS value, cardinality(t.ranks) AS went
        UNION ALL SELECT 'kind', t.name, cardinality(t.ranks)
        UNION ALL SELECT DISTINCT 'tag', each.value, cardinality(t.ranks) FROM unnest(t.tags) each(value)
        UNION ALL SELECT DISTINCT 'resource', each.value, cardinality(t.ranks) FROM unnest(t.resources) each(value)
        UNION ALL SELECT 'rank', each.value, COUNT(*) FROM unnest(t.ranks) each(value) GROUP BY each.value
    ) a
    WHERE t.state = 'confirmed' OR t.state IN ('submitted', 'returned') AND t.corrects_id IS NULL
    GROUP BY 1, 2, 3, 4, 5, 6
    HAVING SUM(t.sign) <> 0 OR SUM(t.sign) FILTER (WHERE t.state = 'confirmed') <> 0
        OR SUM(t.sign * a.went) FILTER (WHERE t.state = 'confirmed') <> 0
        OR SUM(t.sign) FILTER (WHERE t.state = 'confirmed' AND t.nature IN ({trips})) <> 0
"""
SUMS = "SUM(recorded), SUM(confirmed), SUM(trips), SUM(went)"
WRITE = f"""
    WITH counted AS ({COUNTED}), by_month AS (
        INSERT INTO visits_activitymonth
            (pairing_id, unit_id, month, aspect, value, recorded, confirmed, trips, went, is_merged)
        SELECT pairing_id, unit_id, date_trunc('month', "on")::date, aspect, value, {SUMS}, {{merged}}
        FROM counted GROUP BY 1, 2, 3, 4, 5
    )
    INSERT INTO visits_activityday (round_id, "on", aspect, value, recorded, confirmed, trips, went, is_merged)
    SELECT round_id, "on", aspect, value, {SUMS}, {{merged}} FROM counted GROUP BY 1, 2, 3, 4
"""  # noqa: S608 - our own words


def writing(rows: str, *, merged: bool = False) -> str:
    """The statement that counts these rows: activities, each with the sign of its change."""
    return WRITE.format(rows=rows, trips=", ".join(f"'{each}'" for each in TRIPS), merged=str(merged).lower())


def kept_counted() -> list[pgtrigger.Trigger]:
    """Of the table of activities, once a statement."""
    return [
        pgtrigger.Trigger(
            name=f"counted_{verb}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=referencing,
            func=f"{writing(rows)}; RETURN NULL;",
        )
        for verb, (operation, referencing, rows) in ROWS.items()
    ]


class Tally(models.Model):
    """`recorded` activities of one aspect, of them `confirmed`, of those `trips` to the village; `went`: person-times
    of those who took part for the unit in what is confirmed. A line may take away."""

    class Aspect(models.TextChoices):
        WHOLE = "whole", _("every activity")
        KIND = "kind", _("as the scheme calls it")
        TAG = "tag", _("tag")
        RESOURCE = "resource", _("resource")
        RANK = "rank", _("rank of those who went")

    aspect = models.CharField(_("counted by"), max_length=10, choices=Aspect.choices)
    value = models.CharField(_("value"), max_length=60, blank=True)
    recorded = models.IntegerField(_("recorded"))
    confirmed = models.IntegerField(_("confirmed"))
    trips = models.IntegerField(_("visits to the village"))
    went = models.IntegerField(_("person-times of those who went"))
    is_merged = models.BooleanField(_("merged with those of the same"), default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.aspect} {self.value}: {self.confirmed}/{self.recorded}"


def reference(to: type[models.Model], name, *, db_index: bool = False) -> Any:
    """Not checked at each line: the activities hold what is counted, and where none is left the lines are nothing."""
    return models.ForeignKey(
        to, models.CASCADE, related_name="+", verbose_name=name, db_constraint=False, db_index=db_index
    )


class ActivityMonth(Tally):
    """Of a pairing and one of its units, in the month that begins on this day."""

    pairing = reference(Pairing, _("pairing"))
    unit = reference(Organisation, _("aiding unit"), db_index=True)
    month = models.DateField(_("month"))

    class Meta:
        verbose_name = _("activities of a month")
        verbose_name_plural = _("activities by month")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["pairing", "aspect", "month"], name="activity_month_of_pairing"),
            models.Index(
                fields=["month", "pairing"], include=["confirmed"], condition=Q(aspect="whole"),
                name="activity_month_whole",
            ),
            models.Index(fields=["pairing"], condition=Q(is_merged=False), name="activity_month_new"),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(
                fields=["pairing", "unit", "month", "aspect", "value"], condition=Q(is_merged=True),
                name="activity_month_once",
            )
        ]  # fmt: skip


class ActivityDay(Tally):
    """Of all pairings of a round, on one day."""

    round = reference(Round, _("round"))
    on = models.DateField(_("day"))

    class Meta:
        verbose_name = _("activities of a day")
        verbose_name_plural = _("activities by day")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["round", "aspect", "on"], name="activity_day_of_round"),
            models.Index(fields=["round"], condition=Q(is_merged=False), name="activity_day_new"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "on", "aspect", "value"], condition=Q(is_merged=True), name="activity_day_once"
            )
        ]
