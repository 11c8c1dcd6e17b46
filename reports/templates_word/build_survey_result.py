"""Writes survey_result.docx, the result of a survey: `python -m reports.templates_word.build_survey_result`.

The product ships what this writes; a test compares the two. The fields are those of reports/survey/document.py.
"""

from pathlib import Path

import docx

from funds.templates_word.grid import lines_table
from pairing.templates_word.build_agreement import body, describe, line
from pairing.templates_word.page import SECOND, TITLE, set_up

PATH = Path(__file__).with_name("survey_result.docx")
COLUMNS = (
    ("测评对象", "{{ line.about }}", 27),
    ("测评题目", "{{ line.question }}", 36),
    ("方式", "{{ line.channel }}", 18),
    ("各选项份数", "{{ line.marks }}", 34),
    ("样本", "{{ line.answers }}", 13),
    ("满意率（%）", "{{ line.rate }}", 14),
    ("得分", "{{ line.score }}", 14),
)  # 156 millimetres: the type area


def build(path: Path = PATH) -> None:
    document = docx.Document()
    set_up(document)
    describe(document)
    document.core_properties.title = "满意度测评结果"
    line(document, "{{ title }}", font=TITLE, size=22, centred=True, pitch=36)
    line(document, "（{{ round }}，{{ made_on }}）", font=SECOND, centred=True)
    lines_table(document, COLUMNS, size=10)
    body(document, "计算办法：")
    line(document, "{%p for rule in rules %}")
    line(document, "{{ rule }}", size=12)
    line(document, "{%p endfor %}")
    line(document, "抽样种子：{{ seed }}", size=12)
    document.save(str(path))


if __name__ == "__main__":
    build()
