"""One title or paragraph cut into tokens with what each can be: text in, a ``Block`` out. Nothing of it is kept."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from kerman_tui.people.knowledge import Knowledge
from kerman_tui.people.words import Word

_ABBREVIATIONS = (
    "Mr|Mrs|Ms|Dr|Prof|Sen|Sens|Rep|Reps|Gov|Govs|Gen|Lt|Maj|Col|Capt|Cmdr|Cpl|Sgt|Pvt|Adm|Brig|Rev|Hon|St|Jr|Sr|Pres|Sec|Amb|Insp|Supt|Det|Messrs"
    "|Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Vt|Va|Wash|Wis|Wyo"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Inc|Corp|Ltd|Co|Dept"
)
_TOKEN = re.compile(
    rf"""(?:[^\W\d_]\.){{2,}}            # U.S., J.D.
    | (?:{_ABBREVIATIONS})\.            # Gen.
    | [^\W\d_]\.(?=[ \-]*[^\W\d_])      # an initial
    | [^\W\d_]+(?:(?:[-‐‑]|['’](?![sS](?!\w)))[^\W\d_]+)*
    | ['’][sS](?!\w)
    | \d[\d.,]*\d|\d
    | [^\w\s]""",
    re.VERBOSE,
)
_GLUE = re.compile(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ][a-zß-ÿ]|[A-ZÀ-Þ]{2,}+\Z)")
_BRANDED = re.compile(r"(?:Mc|Mac|Abd|Abdel|Abdul|De|Di|Du|La|Le|Van|Fitz|O|D|Al|El|Bin|Abu|Ben)\Z")

_BINDING = int(Word.FUNCTION | Word.LINK)
_GLUED = frozenset(
    "said says told and has had was were will would with who that from for but have also adds added warned vowed urged"
    " called while which when after where".split()
)
"""Words that are taken off a family name they are glued to; none ends a name of its own, as "man" does."""
_COINED = frozenset("care nomics gate world land phone mania ville".split())
"""What makes a word of its own of a family name: "ObamaCare"."""
LEAST_ADVERB = 6
"""Letters of the shortest adverb in "-ly" that is taken off."""
LEAST_NAME = 4
"""Letters of the shortest family name from which a glued word is taken off."""
LEAST_GLUED = 3
"""Letters of the shortest word that is taken off."""
_OFFICE = int(Word.LEADER | Word.PLAIN)
SENTENCE_ENDS = frozenset('.!?:;“"”‘«»')
MAX_TOKEN = 40
"""Longest word that can be part of a name, in characters; longer ones are scraping debris."""


@dataclass(slots=True)
class Block:
    """Tokens of one title or paragraph, in parallel lists. ``lower`` is the form under which words are looked up."""

    paragraph: int | None
    text: str
    tokens: list[str]
    starts: list[int]
    flags: list[int]
    places: dict[int, tuple[int, str | None]]
    """Index of the first token of a place to (number of tokens, country)."""
    shouting: bool
    """A headline: capitals tell nothing here."""

    def end(self, index: int) -> int:
        """The offset behind a token."""
        return self.starts[index] + len(self.tokens[index])

    def country(self, index: int) -> str | None:
        """The country of the place that a token belongs to, if any."""
        for first in (index, index - 1, index - 2, index - 3):
            place = self.places.get(first)
            if place and first + place[0] > index:
                return place[1]
        return None


def read_block(paragraph: int | None, text: str, knowledge: Knowledge) -> Block:
    """Cut a text into tokens and look each up. Linear in the length of ``text``."""
    tokens: list[str] = []
    starts: list[int] = []
    flags: list[int] = []
    words = knowledge.words
    places: dict[int, tuple[int, str | None]] = {}
    multiple: list[int] = []
    capitals = small = 0
    single_place = int(Word.PLACE)
    for match in _TOKEN.finditer(text):
        token = match.group()
        start = match.start()
        parts = _divided(token, knowledge) if len(token) > 5 else None
        for piece in parts or (token,):
            if piece.islower():
                lower = piece
                small += len(piece) > 3 and not words.get(piece, 0) & _BINDING
            else:
                lower = piece.lower().replace("’", "'")
                capitals += len(piece) > 3
            flag = words.get(lower, 0)
            if not flag and "-" in lower:
                flag = _office_of_compound(lower, words)
            if flag & single_place:
                places[len(tokens)] = (1, knowledge.places.get(lower))
            if flag & 65536:
                multiple.append(len(tokens))
            tokens.append(piece)
            starts.append(start)
            flags.append(flag)
            start += len(piece)
    block = Block(paragraph, text, tokens, starts, flags, places, _is_headline(text, capitals, small))
    for index in multiple:
        _mark_long_place(block, index, knowledge)
    return block


def _office_of_compound(lower: str, words: Mapping[str, int]) -> int:
    """The flags of the office in "president-elect", "minister-designate", "co-leader"; 0 for other compounds."""
    first, _, last = lower.rpartition("-")
    office = words.get(first if last in ("elect", "designate") else last, 0)
    return office & _OFFICE if last in ("elect", "designate") or first in ("vice", "co", "deputy", "sub") else 0


def _is_headline(text: str, capitals: int, small: int) -> bool:
    """Whether nearly every word has a capital without this being a short sentence full of names."""
    if capitals < 3 or capitals < 10 * small:
        return False
    return not text.rstrip("\"'”’) \n").endswith(".") or text.isupper()


def _mark_long_place(block: Block, index: int, knowledge: Knowledge) -> None:
    tokens = block.tokens
    if not tokens[index][0].isupper():
        return
    for parts, country in knowledge.long_places[tokens[index].lower().replace("’", "'")]:
        if tuple(t.lower() for t in tokens[index : index + len(parts)]) == parts:
            block.places[index] = (len(parts), country)
            for at in range(index, index + len(parts)):
                block.flags[at] = int(Word.PLACE | Word.ORGANISATION)
                if at > index:
                    block.places.pop(at, None)
            return


def _divided(token: str, known: Knowledge) -> tuple[str, ...] | None:
    """The parts of "then-President", or of a token that scraping glued together where each part is a word by itself."""
    if token[:5].lower() == "then-":
        return token[:5], token[5:]
    if token[:3].lower() == "ex-":
        return token[:3], token[3:]
    if token.islower() or token.isupper() or "-" in token or "'" in token or "’" in token:
        return None
    cuts = [match.start() for match in _GLUE.finditer(token)]
    if not cuts:
        return _off_a_name(token, known)
    parts = tuple(token[a:b] for a, b in itertools.pairwise([0, *cuts, len(token)]))
    if len(parts) == 2 and (_BRANDED.match(parts[0]) or parts[1].lower() in _COINED):
        return None
    first = parts[0].lower()
    if len(first) > LEAST_NAME and first in known.families and first not in known.words and first not in known.everyday:
        return parts[0], token[len(first) :]
    for part in parts:
        low = part.lower()
        if low not in known.words and (len(low) <= LEAST_NAME or low not in known.families):
            return None
    return parts


def _off_a_name(token: str, known: Knowledge) -> tuple[str, str] | None:
    """The family name of an office holder and the word that is glued to it: "Netanyahuquietly", "Bidensaid"."""
    if not token[0].isupper() or len(token) > MAX_TOKEN or token.lower() in known.words or not token.isascii():
        return None
    low = token.lower()
    if low in known.families:
        return None
    for cut in range(len(token) - LEAST_GLUED, LEAST_NAME - 1, -1):
        rest = low[cut:]
        if low[:cut] not in known.families:
            continue
        if rest in _GLUED or (rest.endswith("ly") and len(rest) >= LEAST_ADVERB):
            return token[:cut], token[cut:]
    return None
