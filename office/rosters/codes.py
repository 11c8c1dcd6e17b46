"""Phone numbers, credit codes and division codes: what is right, and what the damaged ones may have been."""

import re

from django.utils.translation import gettext_noop as N_
from stdnum.cn import uscc

from core.identity import HASH, MARK, identity_hash, is_identity
from core.masking import is_masked_phone
from core.roster import Column, Doubt

SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d{1,2}", re.IGNORECASE)
CERTAIN_DIGITS = 15
MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"(?:0\d{2,3}[- ]?)?[2-9]\d{6,7}(?:[-转 ]\d{1,6})?")
READ_AS_NUMBER = str.maketrans("OISZVLo", "0152U10")
Answer = tuple[str | None, str, Doubt | None]


def doubt(column: Column, code: str, wrong: str, remedy: str, *suggestions: str, **params: str) -> Doubt:
    return Doubt(column.key, code, wrong, remedy, params, suggestions)


def damaged(column: Column, text: str, was_number: bool) -> Doubt | None:
    """What a spreadsheet did to a long number: 1.39E+10, or zeros after the fifteenth digit."""
    if SCIENTIFIC.fullmatch(text):
        return doubt(
            column, "digits_lost",
            N_("The spreadsheet has shortened this number; its last digits are lost."),
            N_("Type it anew from the original, in a cell formatted as text."),
        )  # fmt: skip
    if was_number and text.isdigit() and len(text) > CERTAIN_DIGITS:
        return doubt(
            column, "digits_rounded",
            N_("Stored as a number, this code has lost what follows its fifteenth digit."),
            N_("Type it anew from the original, in a cell formatted as text."),
        )  # fmt: skip
    return None


def rounded_mobile(text: str) -> str:
    """13900000000 in a cell of numbers is what became of 1.39E+10."""
    return "1.39E+10" if MOBILE.fullmatch(text) and text.endswith("0000000") else text


def read_phone(column: Column, text: str, was_number: bool) -> Answer:
    """A mobile or a landline number; stored as a number it is understood and noted. A masked one wishes for nothing, so
    that an export of somebody who may not read numbers leaves the stored ones as they are."""
    if not was_number and MOBILE.fullmatch(text):
        return text, "", None
    if lost := damaged(column, rounded_mobile(text) if was_number else text, was_number):
        return None, "", lost
    if is_masked_phone(text):
        return None, "∅", None
    plain = re.sub(r"[\s()（）]+", "", text).replace("—", "-").removeprefix("+86")
    bare = plain.replace("-", "")
    if MOBILE.fullmatch(bare):
        return bare, bare if bare != text or was_number else "", None
    if LANDLINE.fullmatch(plain):
        return plain, plain if plain != text else "", None
    several = [part for part in re.split(r"[、，,;；/\s]+", text) if MOBILE.fullmatch(part)]
    return None, "", doubt(
        column, "not_a_phone", N_("This is neither a mobile nor a landline number."),
        N_("Check the number; a mobile has 11 digits."), *several,
    )  # fmt: skip


def read_uscc(column: Column, text: str, was_number: bool) -> Answer:
    """18 characters with a right check character (P-31). Suggests, never corrects."""
    if lost := damaged(column, text, was_number):
        return None, "", lost
    code = re.sub(r"[\s-]+", "", text).upper()
    if uscc.is_valid(code):
        return code, code if code != text else "", None
    mended = code.translate(READ_AS_NUMBER)
    if len(code) != 18:
        return None, "", doubt(
            column, "uscc_length", N_("A unified social credit code has 18 characters; here are %(length)s."),
            N_("Check the original, or leave the cell empty."), length=str(len(code)),
        )  # fmt: skip
    if mended != code and uscc.is_valid(mended):
        return None, "", doubt(
            column, "uscc_letters", N_("The letters I, O, S, V and Z do not occur in a credit code."),
            N_("Check the original; perhaps a digit was meant."), mended,
        )  # fmt: skip
    return None, "", doubt(
        column, "uscc_check", N_("The check character of this credit code does not fit; one character is wrong."),
        N_("Check the original; if only the last character is wrong, accept the suggestion."), *last_mended(code),
    )  # fmt: skip


def last_mended(code: str) -> list[str]:
    try:
        mended = code[:17] + uscc.calc_check_digit(code[:17])
    except ValueError:
        return []
    return [mended] if uscc.is_valid(mended) else []


def read_identity(column: Column, text: str, was_number: bool) -> Answer:
    """A keyed hash instead of the number; on a second reading the row holds the hash already."""
    if lost := damaged(column, text, was_number):
        return None, "", lost
    if HASH.fullmatch(text):
        return text.removeprefix(MARK), "", None
    if is_identity(text):
        return identity_hash(text), "", None
    return None, "", doubt(
        column, "not_an_identity", N_("This is no identity number: its length, date or check character does not fit."),
        N_("Type it anew from the original, or empty the cell. Only a key made from it is kept."),
    )  # fmt: skip


def read_division_code(column: Column, text: str, was_number: bool) -> Answer:
    """6, 9 or 12 digits (P-32). Whether the place exists is not asked: codes change."""
    if lost := damaged(column, text, was_number):
        return None, "", lost
    code = re.sub(r"[\s-]+", "", text)
    if re.fullmatch(r"\d{6}(\d{3}){0,2}", code) and not code.startswith("0"):
        return code, code if code != text or was_number else "", None
    mended = code.translate(READ_AS_NUMBER)
    suggestion = [mended] if mended != code and re.fullmatch(r"\d{6}(\d{3}){0,2}", mended) else []
    return None, "", doubt(
        column, "division_code", N_("A division code has 6, 9 or 12 digits."),
        N_("Check the code, or leave the cell empty."), *suggestion,
    )  # fmt: skip
