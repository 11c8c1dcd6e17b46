"""What a scheme says of its survey, in words: name, words, clause and key of each line."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pairing.schemes.survey import SurveyChannel, SurveyOption, SurveyRules

Phrase = tuple[str, str, str, str]


def surveyed(own: SurveyRules) -> Iterator[Phrase]:
    if not own.is_asked:
        return
    for question in own.questions:
        beside = _("beside it: %(records)s") % {"records": question.beside.label} if question.beside else ""
        yield (
            _("Question"),
            f"{question.name}（{beside}）" if beside else question.name,
            question.clause,
            f"question:{question.key}",
        )
    for option in own.options:
        yield option.name, weight_words(option), option.clause, f"option:{option.key}"
    for subject in own.subjects:
        yield _("Asked about"), subject.name, subject.clause, f"subject:{subject.key}"
    for channel in own.channels:
        yield channel.name, channel_words(channel), channel.clause, f"channel:{channel.key}"
    least = ngettext("%(least)s answer", "%(least)s answers", own.least) % {"least": own.least}
    yield _("Results are shown from"), least, own.clause_of.get("least", ""), "least"


def weight_words(option: SurveyOption) -> str:
    if option.weight is None:
        return _("told, and not counted")
    if option.is_content:
        return _("counts %(weight)s per cent, and in the rate") % {"weight": option.weight}
    return _("counts %(weight)s per cent") % {"weight": option.weight}


def channel_words(channel: SurveyChannel) -> str:
    drawn = ngettext("%(households)s household of each village", "%(households)s households of each village",
                     channel.households) % {"households": channel.households}  # fmt: skip
    share = _("%(weight)s per cent of the score") % {"weight": channel.weight}
    return f"{drawn}，{share}"
