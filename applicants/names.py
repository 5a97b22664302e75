"""How Chinese names are spelled, so that they can be found by typing Latin letters. No database."""

from typing import NamedTuple

from pypinyin import lazy_pinyin

# As surnames these are read otherwise than as words.
SURNAMES = {"单": "shan", "解": "xie", "查": "zha", "曾": "zeng", "仇": "qiu", "区": "ou", "朴": "piao", "盖": "ge", "乐": "yue", "任": "ren"}


class Spelling(NamedTuple):
    """A name in pinyin, whole and by its first letters: 田国鹏 -> tianguopeng, tgp."""

    pinyin: str
    initials: str


def spelled(name: str) -> Spelling:
    """The spelling of a person's or a firm's name."""
    syllables = [syllable.lower() for syllable in lazy_pinyin(name, errors=lambda text: text)]
    if name[:1] in SURNAMES and len(name) <= 4:
        syllables[0] = SURNAMES[name[0]]
    letters = ["".join(filter(str.isalnum, syllable)) for syllable in syllables]
    return Spelling("".join(letters)[:200], "".join(letter[:1] for letter in letters)[:60])
