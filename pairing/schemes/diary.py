"""What a scheme says of the diary that its cadres keep."""

from typing import Annotated

from pydantic import Field

from pairing.schemes import words
from pairing.schemes.parts import BLANK_LIST, ONCE, Clause, Name, Part, Ruled, YesNo, in_words
from pairing.schemes.words import DiaryEdition

EditionWord = Annotated[DiaryEdition, in_words(words.EDITION_WORDS)]


class Edition(Part):
    """What the text calls one of the three editions (XY-19)."""

    key: Annotated[EditionWord, Field(alias="代号")]
    name: Name
    clause: Clause = ""


class DiaryRules(Ruled):
    """The diary of the people's situation (XY-18 to XY-21). `cover`: the lines printed on it."""

    is_required: Annotated[YesNo, Field(alias="人手一册")] = False
    editions: Annotated[list[Edition], Field(alias="日记版本"), BLANK_LIST, ONCE] = []
    cover: Annotated[list[str], Field(alias="封面", max_length=8), BLANK_LIST] = []

    def name_of(self, edition: str) -> str:
        named = {each.key: each.name for each in self.editions}
        return named.get(DiaryEdition(edition)) or str(DiaryEdition(edition).label)
