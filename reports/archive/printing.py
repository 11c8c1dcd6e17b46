"""Printing what a package prints itself: many papers by one child process, always to the same bytes."""

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from office.documents import render_each
from reports.archive.asked import Paper, Part

AT_ONCE = 100  # so many stand in memory
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of the calendar of ZIP files


def printed(found: Iterable[Part | Paper]) -> Iterator[Part]:
    """In their order."""
    waiting = iter(found)
    while chunk := list(islice(waiting, AT_ONCE)):
        done = made_of(chunk)
        for position, each in enumerate(chunk):
            yield done.pop(position) if isinstance(each, Paper) else each


def made_of(chunk: list[Part | Paper]) -> dict[int, Part]:
    """By their position, the papers of a chunk: one child process for each template in force."""
    groups: dict[tuple[str, int], list[tuple[int, Paper]]] = defaultdict(list)
    for position, each in enumerate(chunk):
        if isinstance(each, Paper):
            groups[each.template.key, each.place.pk].append((position, each))
    done: dict[int, Part] = {}
    for papers in groups.values():
        _position, first = papers[0]
        contents = render_each(first.template, [(one.context, one.pictures) for _at, one in papers], place=first.place)
        for (position, one), content in zip(papers, contents, strict=True):
            done[position] = replace(one.part, content=sealed(content), suffix=".docx")
    return done


def sealed(content: bytes) -> bytes:
    """The same words, the same bytes: a .docx is a ZIP, and each of its parts says when it was written."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            part = zipfile.ZipInfo(name, FIRST_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return made.getvalue()
