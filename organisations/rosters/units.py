"""The roster of units: which unit a row speaks of, and what is to be decided about it."""

from django.utils.translation import gettext_noop as N_

from core.roster import Line, Work
from organisations.kinds import Kind
from organisations.models import Alias
from organisations.rosters.directory import Directory, Entry, directory_of, name_key
from organisations.rosters.wishes import Wish, judge, wish_of

LIKELY_KINDS = (
    (("银行", "信用社", "信用联社", "保险"), "金融机构"),
    (("公司", "集团", "厂", "矿", "供电局"), "企业"),
    (("医院", "卫生院", "疾控"), "医疗卫生单位"),
    (("大学", "学院"), "高校"),
    (("合作社",), "农民专业合作社"),
    (("协会", "学会"), "专业协会"),
    (("研究院", "研究所"), "科研院所"),
    (("电视台", "日报社", "报社", "广播"), "文化传媒单位"),
    (("街道",), "街道"),
    (("社区", "居委会"), "社区"),
    (("学校", "中学", "小学", "中心", "站", "馆"), "事业单位"),
    (("局", "委", "办公室", "部", "院", "法院", "检察院", "办", "政府", "人大", "政协"), "机关"),
)


def check(work: Work, lines: list[Line], sheet) -> None:
    directory = directory_of(work)
    for line in lines:
        entry = locate(work, directory, line)
        if entry is not None:
            wish = wish_of(line, entry, work, village=False)
            line.plan = remember_code(wish, entry, line)
    judge(sheet, lines)


def locate(work: Work, directory: Directory, line: Line) -> Entry | None:
    """The unit of a row: stored, or new. None where the row says too little or says it a second time."""
    name = line.values.get("name")
    if not name:
        return None
    if refuse_twice(work, line, name_key(str(name)), column="name"):
        return None
    code = str(line.values.get("uscc") or "")
    found = by_code_or_name(directory, line, str(name), code)
    if found is not None:
        return found
    kind = line.values.get("kind")
    if kind is None and not any(doubt.column == "kind" for doubt in line.doubts):
        line.doubt(
            "kind", "kind_missing", N_("It is not said what kind of unit this is."), N_("Choose the kind."),
            suggestions=likely_kind(str(name)),
        )  # fmt: skip
    parent = parent_of(directory, line)
    return directory.add(Entry(str(name), str(kind or Kind.AGENCY), parent, uscc=code, origin=origin(work, line)))


def by_code_or_name(directory: Directory, line: Line, name: str, code: str) -> Entry | None:
    """By credit code, then by name or former name. Where the two disagree a person decides."""
    coded = directory.by_uscc.get(code) if code else None
    named = directory.units(name)
    if coded is not None and coded not in named:
        if coded.pk is None:
            line.doubt(
                "uscc", "uscc_twice", N_("The same credit code stands at “%(name)s” (%(where)s)."),
                N_("Check both originals and correct one of them."), params={"name": coded.name, "where": coded.origin},
            )  # fmt: skip
            return coded
        line.doubt(
            "name", "renamed", N_("This credit code belongs to “%(name)s”."),
            N_("Accept that name; or keep what was typed, and the unit is renamed."),
            params={"name": coded.name}, suggestions=(coded.name,), may_keep=True,
        )  # fmt: skip
        return coded
    if len(named) > 1:
        line.doubt(
            "name",
            "several",
            N_("Several units bear this name."),
            N_("Give the credit code, so that they are told apart."),
        )
        return named[0]
    if named and code and named[0].uscc and named[0].uscc != code:
        line.doubt(
            "uscc", "other_uscc", N_("Until now this unit had the credit code %(code)s."),
            N_("Accept the former code, or keep the new one."),
            params={"code": named[0].uscc}, suggestions=(named[0].uscc,), may_keep=True,
        )  # fmt: skip
    return named[0] if named else None


def remember_code(wish: Wish, entry: Entry, line: Line) -> Wish:
    """A name that is given up stays as a former name; a former name does not rename anything back."""
    name = str(line.values["name"])
    if entry.pk is not None and name_key(name) != name_key(entry.name):
        if name_key(name) in map(name_key, entry.aliases):
            wish.fields.pop("name", None)
        else:
            wish.aliases.append((Alias.Kind.FORMER_NAME, entry.name))
    elif entry.pk is not None:
        wish.fields["name"] = entry.name
    if entry.pk is not None and entry.uscc and wish.fields.get("uscc") not in (None, entry.uscc):
        wish.aliases.append((Alias.Kind.FORMER_CODE, entry.uscc))
    return wish


def parent_of(directory: Directory, line: Line) -> Entry:
    """The organisation above, where the row names one; else the place."""
    name = line.values.get("parent")
    if not name or name_key(str(name)) == name_key(directory.place.name):
        return directory.place
    found = directory.named(str(name), tuple(Kind))
    if len(found) == 1:
        return found[0]
    line.doubt(
        "parent", "unknown_parent", N_("No organisation of this name is known here, or several are."),
        N_("Correct the name, or empty the cell: the row then goes directly under the place."), suggestions=("",),
    )  # fmt: skip
    return directory.place


def refuse_twice(work: Work, line: Line, key: object, *, column: str) -> bool:
    """The same thing in two rows: the second one names the first."""
    seen: dict = work.memory.setdefault(f"rows:{work.sheet}", {})  # type: ignore[assignment]
    first = seen.setdefault(key, (work.sheet, line.number))
    if first == (work.sheet, line.number):
        return False
    line.doubt(
        column, "twice", N_("This stands already in row %(row)s."),
        N_("Leave one of the two rows out, or correct the name."), params={"row": str(first[1])},
    )  # fmt: skip
    return True


def origin(work: Work, line: Line) -> str:
    return f"{work.sheet}#{line.number}"


def likely_kind(name: str) -> tuple[str, ...]:
    return next(((kind,) for endings, kind in LIKELY_KINDS if any(name.endswith(end) for end in endings)), ())
