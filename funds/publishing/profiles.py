"""When a village has to publish and to answer, by province: read once from profiles.yaml (P-20, P-21)."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import yaml
from django.db.models import Case, IntegerField, Q, Value, When

from core.dates import month_end
from organisations.models import Organisation
from organisations.roles import spoken

NATIONAL = "national"
LEAST_DAYS = 15  # that a publication stands, whatever the province says (P-20)


@dataclass(frozen=True)
class Profile:
    """`due_day`: of the month after the period; the others are days. Each counts its last day."""

    key: str
    names: dict[str, str]
    due_day: int
    matter_days: int
    reply_days: int
    second_days: int
    source: str

    @property
    def name(self) -> str:
        return self.names[spoken()]

    def due_on(self, ends_on: date, *, is_matter: bool = False) -> date:
        """The last day on which what happened until `ends_on` is published in time."""
        if is_matter:
            return ends_on + timedelta(days=self.matter_days)
        following = month_end(ends_on.year, ends_on.month) + timedelta(days=1)
        return following.replace(day=self.due_day)


def _read() -> dict[str, Profile]:
    text = Path(__file__).with_name("profiles.yaml").read_text(encoding="utf-8")
    columns = ("名称", "期后公布日", "重大事项天数", "答复天数", "二级答复天数", "依据")
    return {key: Profile(key, *(one[name] for name in columns)) for key, one in yaml.safe_load(text).items()}


PROFILES = _read()


def profile_choices() -> list[tuple[str, str]]:
    return [(key, profile.name) for key, profile in PROFILES.items()]


def profile_of(place: Organisation) -> Profile:
    """That of the nearest organisation above which has chosen one."""
    above = Organisation.paths_down_to(place.path)
    rows = Organisation.objects.filter(path__in=above, disclosure_rules__isnull=False).order_by("-path")
    return PROFILES[rows.values_list("disclosure_rules__profile", flat=True).first() or NATIONAL]


def days_in_sql(what: str, path: str) -> Case:
    """As an expression: the number `what` of the profile that holds for rows whose tree path stands in `path`.

    Few organisations choose one, so each is a condition of its own, the nearest first.
    """
    chosen = Organisation.objects.filter(disclosure_rules__isnull=False).order_by("-path")
    rows = chosen.values_list("path", "disclosure_rules__profile")
    conditions = [When(Q(**{f"{path}__startswith": at}), then=Value(getattr(PROFILES[key], what))) for at, key in rows]
    return Case(*conditions, default=Value(getattr(PROFILES[NATIONAL], what)), output_field=IntegerField())
