"""Causes of poverty (QX-14): offices write them in words of their own; the words lead to the codes."""

import re
from collections.abc import Iterable

from organisations.kinds import Cause

# The first word is the one that we write; the pattern finds the code in other people's words.
WORDS: dict[Cause, tuple[str, str]] = {
    Cause.POOR_SOIL: ("土地贫瘠", "贫瘠|土质差|土壤差|石漠化"),
    Cause.TRANSPORT: ("交通落后", "交通|缺路|道路|路不通|出行难"),
    Cause.RESOURCES: ("资源匮乏", "资源匮乏|缺资源|资源不足|资源贫乏|资源短缺"),
    Cause.ORGANISATION: ("村级组织涣散", "涣散|班子(弱|不强|不力)|组织(软弱|薄弱)"),
    Cause.INFRASTRUCTURE: ("基础设施落后", "基础设施|缺水|缺电|水利"),
}


def codes_of(words: Iterable[str]) -> list[Cause]:
    """In the order of the codes."""
    text = "\n".join(words)
    return [code for code, (_word, pattern) in WORDS.items() if re.search(pattern, text)]


def word_of(code: str) -> str:
    return WORDS[Cause(code)][0]


def pattern_of(code: str) -> str:
    """For a search in the database, in the words of one village joined."""
    return WORDS[Cause(code)][1]
