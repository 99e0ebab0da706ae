"""Folding many texts over their bytes gives what folding every word by itself gives."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kerman_tui.search.stream import BREAK, Folder, cuts, hash_of, hashes_of, key_of
from kerman_tui.text.tokens import words

PIECES = st.sampled_from(
    "Iran Iran's U.S. a.m. 22,300 9:24 3rd andQatari McDonald don’t O'Neill “Vučić’s” naïve سلیمانی ـ Путин x_y _ - '"
    " . … é e\u0301 12.5.1 R2D2 rock'n'roll 'quoted' end. (see) https://a.example/b?c=d#e \U0001f600 ʼ ß Æ 1990's"
    " 3rd's".split(" ")
)  # fmt: skip
TEXTS = st.lists(
    st.lists(PIECES | st.text(alphabet="aB1'’.,:- \t\n\xa0é“", max_size=8), max_size=12).map(" ".join), max_size=4
).map(f" {BREAK} ".join)


@settings(max_examples=300)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_a_batch_is_folded_as_word_by_word(texts: list[str]) -> None:
    streams = Folder().fold([text.encode() for text in texts])
    assert len(streams) == len(texts)
    for text, stream in zip(texts, streams, strict=True):
        keys = [key_of(word) for word in words(text)]
        assert stream.keys(0, len(stream.starts)).split() == keys
        assert stream.hashes.tolist() == [hash_of(key) for key in keys]
        ends = [len(list(words(part))) for part in text.split(BREAK)]
        assert stream.ends.tolist() == [sum(ends[: n + 1]) for n in range(len(ends))]


def test_endless_words_are_cut() -> None:
    (stream,) = Folder().fold([b"kerman " * 9_000 + b"x" * 30_000])
    assert len(stream.hashes) == 9_001
    assert set(stream.hashes[:-1].tolist()) == {hash_of("kerman")}
    assert int(stream.hashes[-1]) == hash_of("x" * 100)


def test_hashes_of_keys_agree_with_each_by_itself() -> None:
    keys = ["a", "kerman", "سلیمانی", "22300", "z" * 100, *("x" * length for length in range(7, 26))]
    assert hashes_of(keys).tolist() == [hash_of(key) for key in keys]


def test_a_capital_tells_names_from_words_in_every_script() -> None:
    folder = Folder()
    folder.fold(["Kerman and kermes; Vučić’s Čaj i čaj. Путин и мир. Мир!".encode()])
    keys = ["kerman", "kermes", "vucic", "caj", "путин", "мир"]
    seen, lower = folder.casing.of(hashes_of(keys))
    assert [bool(count) for count in lower] == [False, True, False, True, False, True]
    assert all(seen)


def test_parts_of_a_glued_word_stand_outside_possessives() -> None:
    assert [(cut.key, cut.glued) for cut in cuts("andQatari")] == [
        ("andqatari", False),
        ("and", True),
        ("qatari", True),
    ]
    assert [(cut.start, cut.end, cut.key) for cut in cuts("Vučić’s")] == [(0, 5, "vucic")]
