"""The agreement as a Word file: always in Chinese, on the official page (domain P-28), amounts in words (P-27)."""

from datetime import datetime
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.dates import chinese_date
from core.money import in_words, rounded
from office import documents
from office.documents import TemplateKind
from pairing.agreements.content import content_hash
from pairing.consortium import parts_of
from pairing.models import Agreement, Commitment, Signature
from pairing.schemes.scheme import Status
from pairing.states import AgreementState, Side

AGREEMENT = TemplateKind(
    key="agreement",
    name=_("Agreement"),
    fields={
        "title": _("what the scheme calls the agreement"),
        "mark": _("「草案」 with the version until one has signed; later what became of the text"),
        "scheme.name": _("name of the scheme"),
        "scheme.is_binding": _("whether the scheme is binding"),
        "round.name": _("name of the round"),
        "unit.label": _("what the scheme calls the unit"),
        "unit.name": _("name of the unit"),
        "unit.signatory": _("who signed for the unit"),
        "unit.signed_at": _("when the unit signed"),
        "village.label": _("what the scheme calls the village"),
        "village.name": _("name of the village"),
        "village.signatory": _("who signed for the village"),
        "village.signed_at": _("when the village signed"),
        "consortium[]": _("one unit of a consortium with its share, the lead first; none where one unit aids alone"),
        "term.starts": _("first day"),
        "term.ends": _("end, as the round prints it"),
        "groups[].heading": _("kind of commitments, numbered"),
        "groups[].promises[]": _("one commitment, numbered, with its amount in words"),
        "leader_in_charge": _("leader in charge"),
        "responsible_dept": _("responsible department"),
        "replaces": _("of an amendment: which agreement it takes the place of"),
        "terms[]": _("one paragraph of the further terms"),
        "proof": _("hash of the signed content"),
    },
    default=Path(__file__).parents[1] / "templates_word" / "agreement.docx",
)
ORDER = {
    Commitment.Kind.MONEY: "帮扶资金",
    Commitment.Kind.PROJECT: "帮扶项目",
    Commitment.Kind.ACTIVITY: "帮扶活动",
    Commitment.Kind.OTHER: "其他事项",
}
NUMERALS = "一二三四"
BLANK_NAME, BLANK_DATE = "　" * 6, "　　　年　　月　　日"


def agreement_document(agreement: Agreement) -> bytes:
    """The .docx of an agreement in whatever state it is."""
    return documents.render(AGREEMENT, agreement_context(agreement), place=agreement.pairing.round.organiser)


def agreement_context(agreement: Agreement) -> dict:
    round = agreement.pairing.round
    labels = round.rules.labels
    signatures = {signature.side: signature for signature in agreement.signatures.all()}
    signed = agreement.state == AgreementState.SIGNED
    return {
        "title": labels.agreement,
        "mark": mark_of(agreement),
        "scheme": {"name": round.rules.name, "is_binding": round.rules.status == Status.BINDING},
        "round": {"name": round.name},
        "unit": party(labels.unit, agreement.unit_name, signatures.get(Side.UNIT)),
        "village": party(labels.village, agreement.village_name, signatures.get(Side.VILLAGE)),
        "consortium": consortium_lines(agreement),
        "term": {"starts": chinese_date(agreement.starts_on), "ends": printed_end(agreement)},
        "groups": commitment_groups(agreement),
        "leader_in_charge": agreement.leader_in_charge or BLANK_NAME,
        "responsible_dept": agreement.responsible_dept or BLANK_NAME,
        "terms": [text.strip() for text in agreement.terms.splitlines() if text.strip()] or ["无其他约定。"],
        "replaces": replaces(agreement),
        "proof": content_hash(agreement) if signed else "",
    }


def replaces(agreement: Agreement) -> str:
    """The sentence by which an amendment takes the place of what was signed before."""
    former = agreement.amends
    if former is None:
        return ""
    day = chinese_date(timezone.localtime(former.signed_at).date())
    return f"本协议自双方签字之日起取代双方于{day}签订的第{former.number}号协议。"


def consortium_lines(agreement: Agreement) -> list[str]:
    """组合式帮扶 (SH-13): who leads and who takes part, each with its share."""
    return [
        f"{'牵头单位' if part.is_lead else '参与单位'}：{part.name}，承担{part.share.normalize():f}%"
        + (f"，{part.contribution.rstrip('。')}。" if part.contribution else "。")
        for part in parts_of(agreement)
    ]


def mark_of(agreement: Agreement) -> str:
    """What stands under the title: of a text that carries a signature nobody says draft any more."""
    marks = {
        AgreementState.DRAFT: f"「草案」第{agreement.version}稿",
        AgreementState.CONFIRMED: f"「草案」第{agreement.version}稿",
        AgreementState.SUPERSEDED: "「已被变更协议取代」",
        AgreementState.VOID: "「已作废」",
    }
    return marks.get(AgreementState(agreement.state), "")


def party(label: str, name: str, signature: Signature | None) -> dict:
    return {
        "label": label,
        "name": name,
        "signatory": signature.name if signature else BLANK_NAME,
        "signed_at": printed_moment(signature.signed_at) if signature else BLANK_DATE,
    }


def printed_moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{chinese_date(local.date())} {local:%H:%M}"


def printed_end(agreement: Agreement) -> str:
    """「2013年7月」 where the round prints a month (SH-38) and the agreement ends with the round."""
    round = agreement.pairing.round
    return round.end_as_printed if agreement.ends_on == round.ends_on else chinese_date(agreement.ends_on)


def commitment_groups(agreement: Agreement) -> list[dict]:
    """By kind, numbered （一）, and 1. within (P-28)."""
    promises = list(agreement.commitments.all())
    kinds = [kind for kind in ORDER if any(promise.kind == kind for promise in promises)]
    return [
        {
            "heading": f"（{numeral}）{ORDER[kind]}",
            "promises": [
                f"{number}. {printed_promise(promise)}"
                for number, promise in enumerate((each for each in promises if each.kind == kind), start=1)
            ],
        }
        for numeral, kind in zip(NUMERALS, kinds, strict=False)
    ]


def printed_promise(promise: Commitment) -> str:
    parts = [promise.title]
    if promise.amount is not None:
        parts.append(f"每年{rounded(promise.amount):,.2f}元（{in_words(promise.amount)}）")
    if promise.times_a_year:
        parts.append(f"每年{promise.times_a_year}次")
    return "，".join(parts) + "。"
