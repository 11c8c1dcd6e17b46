"""Writes statement.docx, where the gifts of a unit are: `python -m funds.templates_word.build_statement`.

The product ships what this writes; a test compares the two. The fields are those of funds/statement.py.
"""

from pathlib import Path

import docx

from funds.templates_word.grid import lines_table
from pairing.templates_word.build_agreement import body, describe, line
from pairing.templates_word.page import SECOND, TITLE, set_up

PATH = Path(__file__).with_name("statement.docx")
COLUMNS = (
    ("日期", "{{ line.day }}", 27),
    ("村和捐赠事项", "{{ line.what }}", 41),
    ("金额（元）", "{{ line.amount }}", 25),
    ("已使用（元）", "{{ line.used }}", 25),
    ("未使用（元）", "{{ line.left }}", 25),
    ("公开", "{{ line.published }}", 13),
)  # 156 millimetres: the type area


def build(path: Path = PATH) -> None:
    document = docx.Document()
    set_up(document)
    describe(document)
    document.core_properties.title = "捐赠资金物资使用情况"
    line(document, "{{ unit }}", font=TITLE, size=22, centred=True, pitch=36)
    line(document, "{{ title }}", font=TITLE, size=22, centred=True, pitch=36)
    line(document, "（截至{{ made_on }}）", font=SECOND, centred=True)
    body(document, "{{ sums }}")
    lines_table(document, COLUMNS, size=10)
    body(document, "先到的资金视为先用。逐笔明细和凭证以各村公开的账目为准。")
    line(document, "{%p for head in heads %}")
    line(document, "账本校验码：{{ head }}", size=12)
    line(document, "{%p endfor %}")
    line(document, "任何人可以核对账本：{{ address }}", size=12)
    document.save(str(path))


if __name__ == "__main__":
    build()
