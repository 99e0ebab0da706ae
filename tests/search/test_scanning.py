"""Records of documents and what is read from them: where words may stand, and which documents say the same."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kerman_tui.search.duplicates import ALIKE, alike, originals, sketches
from kerman_tui.search.forward import Unpacked, pack, unpack
from kerman_tui.search.scanning import Scanner
from kerman_tui.search.stream import BREAK, Folder

WORDS = ["kerman", "blast", "iran", "hall", "bread", "water", "rose", "andQatari", "talks", "sea"]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), min_size=1, max_size=5)


def record(texts: list[str]) -> Unpacked:
    """The record of a document: its title, then its paragraphs."""
    (stream,) = Folder().fold([f" {BREAK} ".join(texts).encode()])
    return unpack(pack(stream))


@settings(max_examples=60)
@given(st.lists(TEXTS, max_size=4))
def test_every_word_of_a_query_is_found_where_it_stands(documents: list[list[str]]) -> None:
    keys = {"kerman": (1, 0.0), "blast": (2, 3.0), "qatari": (2, 1.0)}
    scanned = Scanner(keys).scan([record(texts) for texts in documents])
    for texts, places in zip(documents, scanned, strict=True):
        expected = {}
        for number, text in enumerate(texts):
            own = [word for word in text.split() if word in ("kerman", "blast", "andQatari")]
            if own:
                words = ("kerman" in own) + 2 * ("blast" in own or "andQatari" in own)
                cost = 1.0 if "andQatari" in own else 3.0 if "blast" in own else 0.0
                at = [n for n, word in enumerate(text.split()) if word in own]
                expected[number] = (words, cost, at)
        found = {p.number: (p.words, p.cost, p.rows.at[p.first : p.last]) for p in places}
        assert found == expected
        assert [place.number for place in places] == sorted(found)


@settings(max_examples=60)
@given(st.lists(TEXTS, max_size=6), st.data())
def test_near_duplicates_are_those_that_share_most_of_their_runs_of_words(
    documents: list[list[str]], data: st.DataObject
) -> None:
    if documents:
        documents += data.draw(st.lists(st.sampled_from(documents), max_size=3))
    several = sketches([record(texts) for texts in documents])
    known: list[int] = []
    expected: list[int | None] = []
    sets = [frozenset(sketch.tolist()) for sketch in several]
    for number, sketch in enumerate(sets):
        expected.append(next((first for first in known if alike(sketch, sets[first])), None))
        if expected[-1] is None:
            known.append(number)
    assert originals(several) == expected


def test_a_long_text_with_a_line_more_is_the_same_text() -> None:
    paragraphs = [f"delegate{n} from district{n * 7} spoke about water{n} and bread{n} at length" for n in range(60)]
    first, second, third = sketches(
        [record(["One", *paragraphs]), record(["Two", *paragraphs, "a line more"]), record(["Three", *paragraphs[40:]])]
    )
    assert originals([first, second, third]) == [None, 0, None]
    assert 0 < len(first) < 600 * ALIKE
