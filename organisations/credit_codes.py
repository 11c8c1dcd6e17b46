"""Unified social credit codes (统一社会信用代码, GB 32100): 18 characters, the last one checks the others."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _
from stdnum import numdb
from stdnum.cn import uscc

# python-stdnum wants digits in front; the codes of rural collectives begin with a letter (N2…).
SHAPE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")


def compact(code: str) -> str:
    """Half-width capitals without spaces and hyphens."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", code)).upper()


def mistake(code: str):
    """What is surely wrong with a compact code, as a sentence with its remedy; None where nothing is."""
    if len(code) != 18:
        return _(
            "A unified social credit code has 18 characters; this one has %(count)s. Compare with the original."
        ) % {"count": len(code)}
    if not SHAPE.fullmatch(code):
        return _(
            "A unified social credit code has digits and capitals without I, O, S, V, Z. Compare with the original."
        )
    right = uscc.calc_check_digit(code[:17])
    if code[17] != right:
        return _(
            "The last character does not fit the others: it would be “%(right)s”, not “%(given)s”."
            " One character was mistyped; compare with the original."
        ) % {"right": right, "given": code[17]}
    return None


def doubt(code: str):
    """What may be wrong with a code of the right shape: only a warning, since areas come and go."""
    if not numdb.get("cn/loc").info(code[2:8])[0][1]:
        return _(
            "No area with the division code %(area)s is known. The credit code was saved; please compare it once."
        ) % {"area": code[2:8]}
    return None
