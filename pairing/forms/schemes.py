"""A scheme changed in forms: names, numbers, dates, frequencies and reminders; no code, no nature of what counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pairing.forms.scheme_assessment import assessment_items
from pairing.forms.scheme_survey import survey_items
from pairing.models import SchemeVersion
from pairing.schemes.duties import MOST_AFTER, MOST_YUAN, Obligation
from pairing.schemes.duty_words import (
    FREQUENCY_WORDS,
    METHOD_WORDS,
    PART_PERIOD_WORDS,
    PARTIAL,
    Frequency,
    Method,
    PartPeriod,
    Subject,
)
from pairing.schemes.editing import Path
from pairing.schemes.reading import FaultyScheme
from pairing.schemes.scheme import Labels, MilestoneRule, SchemeText

LONGEST_NAME = 60
MOST = 1000
DAYS = range(1, 367)
MONTHS = 24
OF_CALENDAR = {Frequency.YEAR, Frequency.HALF_YEAR, Frequency.QUARTER, Frequency.MONTH}
OF_PAIRING = OF_CALENDAR | {Frequency.TERM, Frequency.AGREEMENT_YEAR}  # that a pairing has days of its own for


class DaysField(forms.CharField):
    """Days as 「30、7、1」; empty: none."""

    def prepare_value(self, value: Any) -> Any:
        return "、".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[int]:
        typed = super().clean(value)
        for mark in "，, ;；":
            typed = typed.replace(mark, "、")
        days = [each for each in typed.split("、") if each]
        if not all(each.isdecimal() and int(each) in DAYS for each in days):
            raise ValidationError(
                _("Write whole numbers of days between 1 and 366, with 、 between them, as 30、7、1.")
            )
        return [int(each) for each in days]

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return initial != self.clean(data)
        except ValidationError:
            return True


@dataclass(frozen=True)
class Item:
    """One field of the form: where its value stands in the file, and what stands there now."""

    path: Path
    field: forms.Field
    now: Any

    @property
    def name(self) -> str:
        return "-".join(map(str, self.path))


@dataclass(frozen=True)
class Part:
    """What belongs together: one block, or one line of a list."""

    title: str
    clause: str
    items: list[Item]
    heading: str = ""
    quiet: str = ""


class PartOfForm:
    """One part as the templates of forms read it: its fields, three in a row."""

    hidden_fields = ()

    def __init__(self, form: forms.Form, part: Part):
        self.part = part
        self.groups = [[form[item.name] for item in row] for row in _in_rows(part.items)]


def _in_rows(items: list[Item]) -> Iterator[list[Item]]:
    for first in range(0, len(items), 3):
        yield items[first : first + 3]


class SchemeChangeForm(forms.Form):
    """`values()`: what was changed, by its place in the file."""

    def __init__(self, *args, version: SchemeVersion, as_copy: bool, **options):
        super().__init__(*args, **options)
        self.parts = list(parts(version.rules, as_copy))
        self.items = {item.name: item for part in self.parts for item in part.items}
        for name, item in self.items.items():
            item.field.initial = item.now
            self.fields[name] = item.field

    @property
    def shown(self) -> list[PartOfForm]:
        return [PartOfForm(self, part) for part in self.parts]

    def values(self) -> dict[Path, Any]:
        return {item.path: self._value(name) for name, item in self.items.items() if name in self.changed_data}

    def _value(self, name: str) -> Any:
        given = self.cleaned_data[name]
        return None if given == "" else given

    def add_faults(self, refusal: FaultyScheme) -> None:
        """Each at its field; what belongs to none, on top."""
        for sentence, place in zip(refusal.faults, refusal.places, strict=True):
            self.add_error(self._field_of(place), sentence)

    def _field_of(self, place: tuple) -> str | None:
        paths = {item.path: name for name, item in self.items.items()}
        changed = [path for path, name in paths.items() if name in self.changed_data]
        within = next((path for path in [*changed, *paths] if place and path[: len(place)] == place), None)
        return paths.get(place[: len(place)]) or (paths[within] if within else None)


def parts(rules: SchemeText, as_copy: bool) -> Iterator[Part]:
    yield Part(_("Name"), "", list(_own(rules, as_copy)))
    named = {field.alias: getattr(rules.labels, name) for name, field in Labels.model_fields.items() if field.alias}
    del named["条款"]
    names = LABEL_NAMES
    yield Part(
        _("What things are called"),
        rules.labels.clause,
        [Item(("称谓", alias), _words(names[alias]), now) for alias, now in named.items()],
    )
    for number, step in enumerate(rules.milestones):
        yield Part(step.name, step.clause, list(_of_milestone(number, step)), _("Deadlines"))
    for number, duty in enumerate(rules.obligations):
        quiet = f"{duty.subject.label} · {duty.counted.label}"
        yield Part(duty.name, duty.clause, list(_of_duty(number, duty)), _("Duties"), quiet)
    if rules.obligations:
        yield Part(_("When somebody is reminded"), rules.reminders.clause, list(_of_reminders(rules)))
    if rules.survey.is_asked:
        for title, clause, items in survey_items(rules.survey):
            yield Part(title, clause, [Item(*item) for item in items], _("Satisfaction survey"))
    if rules.assessment.items:
        for title, clause, items in assessment_items(rules.assessment):
            yield Part(title, clause, [Item(*item) for item in items], _("Assessment"))


LABEL_NAMES = {
    "帮扶方": gettext_lazy("The aiding side"),
    "受援方": gettext_lazy("The aided side"),
    "协议": gettext_lazy("What they sign"),
    "薄弱村": gettext_lazy("Villages with special rules"),
}


def _own(rules: SchemeText, as_copy: bool) -> Iterator[Item]:
    if as_copy:
        code = forms.RegexField(
            r"^[a-z0-9-]+$",
            label=_("Code of the scheme"),
            max_length=50,
            help_text=_("Small Latin letters, digits and hyphens, as shanghai-qingshan."),
            error_messages={"invalid": _("Use small Latin letters, digits and hyphens.")},
        )
        yield Item(("代号",), code, "")
    yield Item(("名称",), _words(_("Name"), 120), "" if as_copy else rules.name)


def _words(label: Any, longest: int = LONGEST_NAME) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest)


def _number(label: Any, least: int, most: int, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, **options)


def _of_milestone(number: int, step: MilestoneRule) -> Iterator[Item]:
    at: Path = ("时间节点", number)
    yield Item((*at, "名称"), _words(_("Name")), step.name)
    if step.event:
        yield Item((*at, "事件"), _words(_("Waits for")), step.event)
        return
    if step.year:
        yield Item((*at, "年"), _number(_("Year"), 1949, 2100), step.year)
    yield Item((*at, "月"), _number(_("Month"), 1, 12), step.month)
    yield Item((*at, "日"), _number(_("Day of the month"), 1, 31), step.day)


def _of_duty(number: int, duty: Obligation) -> Iterator[Item]:
    at: Path = ("任务", number)
    yield Item((*at, "名称"), _words(_("Name")), duty.name)
    if duty.subject != Subject.CADRE:  # those owe the quota of their rank
        yield Item((*at, "数量"), _number(_("At least"), 1, MOST_YUAN), duty.least)
    hoped = _number(_("Wished for"), 1, MOST, required=False, help_text=_("Empty: nothing beyond the least."))
    yield Item((*at, "期望数量"), hoped, duty.hoped)
    possible = (OF_PAIRING if duty.subject == Subject.PAIRING else OF_CALENDAR) | {duty.frequency}
    if duty.milestone:
        possible |= {Frequency.MILESTONE}
    often = _choice(_("How often"), FREQUENCY_WORDS, possible)
    yield Item((*at, "频次"), often, _word(FREQUENCY_WORDS, duty.frequency))
    if duty.days:
        yield Item((*at, "天数"), _number(_("Within days"), 1, DAYS[-1]), duty.days)
    if duty.interval_months:
        yield Item((*at, "间隔月数"), _number(_("Every so many months"), 1, MONTHS), duty.interval_months)
    if duty.after_days:
        yield Item(
            (*at, "期满后天数"), _number(_("Days after the period until it is due"), 0, MOST_AFTER), duty.after_days
        )
    if duty.frequency in PARTIAL:
        label = _("Part of a period")
        yield Item(
            (*at, "不足一期"),
            _choice(label, PART_PERIOD_WORDS, set(PartPeriod)),
            _word(PART_PERIOD_WORDS, duty.part_period),
        )
    if len(duty.roles) > 1:
        label = _("How several roles count")
        yield Item(
            (*at, "计法"),
            _choice(label, METHOD_WORDS, {Method.TOGETHER, Method.EACH}),
            _word(METHOD_WORDS, duty.method),
        )


def _of_reminders(rules: SchemeText) -> Iterator[Item]:
    own, at = rules.reminders, "任务提醒"
    days = _("Days with 、 between them. Empty: not at all.")
    before = DaysField(label=_("Reminders, days before the last day"), required=False, help_text=days)
    after = DaysField(label=_("Reminders, days after it"), required=False, help_text=days)
    told = _number(_("The superior is told after days late"), 1, DAYS[-1], required=False, help_text=_("Empty: never."))
    yield Item((at, "提前天数"), before, own.before)
    yield Item((at, "逾期天数"), after, own.after)
    yield Item((at, "上报天数"), told, own.escalation_days)


def _choice(label: Any, known: dict, possible: set) -> forms.ChoiceField:
    """The word of the file is the value, so that it is written as it is read."""
    choices = [(word, value.label) for word, value in known.items() if value in possible]
    return forms.ChoiceField(label=label, choices=choices)


def _word(known: dict, value: Any) -> str:
    return next(word for word, each in known.items() if each == value)
