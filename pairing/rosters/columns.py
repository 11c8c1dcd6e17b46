"""The days of a pairing, as every roster of pairings has them."""

from core.roster import Column, Holds

SIGNED_ON = Column(
    "signed_on",
    "签订日期",
    Holds.DATE,
    synonyms=(
        "签约日期",
        "签订时间",
        "签约时间",
        "结对时间",
        "结对日期",
        "协议签订日期",
        "协议签订时间",
        "签订协议时间",
    ),
)
TERM = Column("term", "期限", Holds.TERM, synonyms=("结对期限", "协议期限", "帮扶期限", "年限", "结对年限"))
ENDS_ON = Column(
    "ends_on",
    "截止日期",
    Holds.DATE,
    synonyms=("终止日期", "结束日期", "结束时间", "到期日期", "截止时间", "协议到期日"),
)
