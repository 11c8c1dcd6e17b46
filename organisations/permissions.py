"""What each permission of roles.yaml allows, in words for the people who hold it."""

from django.utils.translation import gettext_lazy as _

PERMISSION_NAMES = {
    "round.manage": _("open rounds, publish the directory, decide with a reason, close rounds"),
    "scheme.manage": _("take over scheme files"),
    "unit.act": _("propose, answer and negotiate for a unit"),
    "unit.sign": _("sign for a unit"),
    "units.choose": _("propose to villages for the units below"),
    "village.act": _("propose, answer and negotiate for a village"),
    "village.sign": _("sign for a village"),
    "issue.manage": _("assign and close issues of those below, speak for the own committee on the board of resources"),
    "organisation.edit": _("change organisations, village facts, needs and strengths"),
    "village.edit": _("change the facts and needs of the village"),
    "unit.edit": _("change the strengths and the contact of the unit"),
    "roster.import": _("import rosters"),
    "appointment.manage": _("give posts, hand them over, invite people"),
    "history.read": _("read who did what when"),
    "personal.read": _("read phone numbers and the names of people in need in full; every reading is recorded"),
    "member.read": _("read the rosters of members and cadres, and who helps whom"),
    "member.edit": _("keep the roster of members and cadres"),
    "household.read": _("read the rosters of households and persons, names masked"),
    "household.edit": _("keep the roster of households and persons, names in full"),
    "pair.manage": _("say who helps whom, person to person"),
    "floating.manage": _("keep floating members"),
    "floating.told": _("be told what is next for floating members"),
    "fund.give": _("enter what the unit promised, sent, co-ordinated or invested"),
    "fund.keep": _("keep the ledger of the funds that the organisation holds"),
    "fund.open": _("open a pool or a fund for members in need"),
    "ledger.acknowledge": _("take note of what ledgers have lost when a back-up was restored"),
    "fund.watch": _("read how the aid money of the villages below is used, published and questioned"),
    "fund.supervise": _("supervise the aid money of the villages below: remind, note checks, answer objections"),
    "voucher.read": _("open the vouchers of a ledger"),
    "person.erase": _("erase the personal data of one person everywhere"),
    "template.replace": _("replace Word templates"),
    "job.manage": _("see and cancel the background work of others, and what was sent to the outside"),
    "channel.manage": _("keep the robots of groups"),
    "figure.report": _("report figures that the system cannot count"),
}


def named(permissions) -> list:
    """In the order above."""
    return [words for key, words in PERMISSION_NAMES.items() if key in permissions]
