"""Sentences with their offsets: a paragraph in, (start, end) of every sentence out, closing quotes included."""

from __future__ import annotations

import re

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof rev hon st sr jr gen lt col maj capt sgt cmdr adm brig cpl pvt gov sen rep pres amb min sec "
    "jan feb mar apr jun jul aug sept sep oct nov dec mon tue wed thu fri sat sun "
    "inc corp co ltd plc llc bros dept univ assn intl int'l no nos vol pp fig vs etc approx est al cf ca "
    "ft mt ave blvd rd km kg lb oz a.m p.m i.e e.g u.s u.n u.k d.c ph.d".split()
)
"""Words after which a full stop ends no sentence, in lower case and without the last stop."""

_ENDS_SOMETIMES = frozenset("a.m p.m u.s u.n u.k d.c inc corp co ltd plc etc jr sr al ph.d".split())
"""Those of them after which a sentence may end all the same, when a capital that opens one follows."""

_OPENERS = frozenset(
    "The A An In On At But And It He She They We I His Her Their This That These Those There When While As After "
    "Before If For From Meanwhile However No Not Some Many Most All Both Earlier Last Since With".split()
)

_CLOSING = r"[\"'”’»)\]]*"
_END = re.compile(
    rf"""[.!?…。！？؟۔।\n](?:  # one set of characters comes first: what is none of them is passed over in C
        (?<=[.!?])(?<![.!?].)[.!?]*+{_CLOSING}(?=\s)
        | (?<=[…。！？؟۔।]){_CLOSING}(?=\s)
        | (?<=[。！？])(?=\S)
        | (?<=\n)\n*
    )""",
    re.VERBOSE,
)
_WORD_BACKWARDS = re.compile(r"[\w.'’]+")
_NEXT_WORD = re.compile(r"\s*[\"'“‘«(\[]*([\w'’]+)")
_WORD_WINDOW = 40


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the sentences of ``text`` as (start, end), without the white space between them. Linear time.

    Every character that is not white space stands in exactly one sentence.
    """
    found: list[tuple[int, int]] = []
    start = _skip_space(text, 0)
    for match in _END.finditer(text):
        if match.start() < start or not _ends(text, match):
            continue
        end = match.start() if match.group().startswith("\n") else match.end()
        if end > start:
            found.append((start, end))
        start = _skip_space(text, match.end())
    end = len(text.rstrip())
    if start < end:
        found.append((start, end))
    return found


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _ends(text: str, match: re.Match[str]) -> bool:
    mark = match.group()
    if mark[0] in "\n。！？؟۔।":
        return True
    following = _NEXT_WORD.match(text, match.end())
    opener = following.group(1) if following else ""
    if mark[0] in "!?" or (len(mark) > 1 and mark[0] != "…" and mark[1] != "."):
        # "Stop!" he said: a quotation that ends with its own mark goes on in lower case
        return not opener[:1].islower()
    if mark[0] != "." or mark.startswith(".."):
        return opener[:1].isupper()
    last = _WORD_BACKWARDS.match(text[max(0, match.start() - _WORD_WINDOW) : match.start()][::-1])
    before = last.group()[::-1].lower().strip("'’") if last else ""
    if len(before) == 1 and before.isalpha():
        return before not in "abcdefghjklmnopqrstuvwxyz" or not opener[:1].isupper() or opener in _OPENERS
    if before in _ABBREVIATIONS:
        return before in _ENDS_SOMETIMES and opener in _OPENERS
    return not opener[:1].islower()
