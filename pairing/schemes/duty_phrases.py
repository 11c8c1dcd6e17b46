"""What one duty of a scheme asks for, in words."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from pairing.schemes.duties import Obligation
from pairing.schemes.duty_words import PARTIAL, Method, Subject


def joined(words: Iterable) -> str:
    return pgettext("between words", ", ").join(str(each) for each in words)


def asked(duty: Obligation, milestone: str) -> Iterator[object]:
    """Of whom, how often, how many of what, and what narrows it; settings that the text leaves open are said too."""
    yield duty.subject.label
    if duty.subject == Subject.PAIRING:
        yield joined(side.label for side in duty.sides)
    yield _("by: %(milestone)s") % {"milestone": milestone} if milestone else duty.frequency.label
    if duty.days:
        yield ngettext("within %(days)s day", "within %(days)s days", duty.days) % {"days": duty.days}
    if duty.interval_months:
        months = ngettext("every %(months)s month", "every %(months)s months", duty.interval_months)
        yield months % {"months": duty.interval_months}
    if duty.after_days:
        days = ngettext("due %(days)s day after it", "due %(days)s days after it", duty.after_days)
        yield days % {"days": duty.after_days}
    yield (
        _("as many as the quota of the rank")
        if duty.subject == Subject.CADRE
        else _("at least %(least)s") % {"least": duty.least}
    )
    if duty.hoped:
        yield _("%(hoped)s wished for") % {"hoped": duty.hoped}
    kinds = joined(each.label for each in (*duty.natures, *filter(None, [duty.plan, duty.pair_kind])))
    yield f"{duty.counted.label}（{kinds}）" if kinds else duty.counted.label
    if duty.reports_to:
        yield _("to: %(desk)s") % {"desk": duty.reports_to.label}
    if duty.roles:
        yield joined(each.label for each in duty.roles)
    if duty.method != Method.TOGETHER or len(duty.roles) > 1:
        yield duty.method.label
    if duty.village_class:
        yield _("only %(villages)s") % {"villages": duty.village_class.label}
    if duty.not_class:
        yield _("not %(villages)s") % {"villages": duty.not_class.label}
    if duty.unit_level:
        yield _("only units of this level: %(level)s") % {"level": duty.unit_level.label}
    if duty.frequency in PARTIAL:
        yield _("part of a period: %(words)s") % {"words": duty.part_period.label}
