"""A citation that a desk will accept, in the style it wants, with the receipt that lets it check."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerman_tui.clips import differences
from kerman_tui.clips.citation import STYLES, CitationError, cite, render
from kerman_tui.clips.entries import bibtex, tex
from kerman_tui.clips.names import Name, authors
from kerman_tui.model import UNKNOWN_OUTLET, Article, Citation, Clip, Edit, Paragraph, Source, Span
from kerman_tui.text.safe import make_safe

SHA = "fedcba9876543210" * 4


def article(**changes: object) -> Article:
    fields: dict[str, object] = {
        "id": "a",
        "title": "“Two bombs” near a {grave} & 100% of_it",
        "outlet": "Example Post",
        "paragraphs": (Paragraph("Officials said 84 were killed.", 12),),
        "source": Source("news/a b.txt", SHA, 1, 20),
        "published": "2024-01-04T08:30:00+03:30",
        "byline": "By Ann van Dam, Bo J. Lee and Carl Smith Jr., Reuters",
        "url": "https://post.example/a_b?c=1",
    }
    return Article(**{**fields, **changes})  # type: ignore[arg-type]


def clip(**changes: object) -> Clip:
    one = article(**changes)
    return Clip("1", "84 were killed", Span("a", 0, 15, 29), cite(one, Span("a", 0, 15, 29)), "2024-02-02T00:00:00Z")


def test_plain_names_all_that_a_desk_needs() -> None:
    text = render(clip())
    assert text == (
        "84 were killed\n— Example Post, “Two bombs” near a {grave} & 100% of_it, by Ann van Dam, Bo J. Lee and Carl "
        f"Smith Jr., Reuters, 2024-01-04, https://post.example/a_b?c=1; news/a b.txt, line 12, SHA-256 {SHA[:12]}"
    )


def test_what_is_not_known_is_not_made_up() -> None:
    bare = clip(published=None, byline=None, url=None, source=Source("x.txt"), title="Title")
    assert render(bare.citation) == "Example Post, “Title”, undated; x.txt, line 12"
    assert render(bare.citation, "chicago") == "“Title.” Example Post, n.d. [x.txt, line 12]"
    assert render(bare.citation, "apa") == "Title. (n.d.). Example Post. [x.txt, line 12]"
    assert "year" not in render(bare, "bibtex") and "undated" in render(bare, "bibtex")
    assert "issued" not in json.loads(render(bare, "csl-json"))[0]
    unknown = clip(outlet=UNKNOWN_OUTLET, published=None, byline=None, url=None, title="Title?")
    assert render(unknown.citation, "apa").startswith("Title? (n.d.). [")
    assert "journal" not in render(unknown, "bibtex")


def test_the_title_is_cited_at_its_own_line() -> None:
    titled = article(title_lines=(3, 4))
    assert cite(titled, Span("a", None, 0, 5)).line == 3


def test_chicago_and_apa() -> None:
    receipt = f"[news/a b.txt, line 12, SHA-256 {SHA[:12]}]"
    assert render(clip(title="A title").citation, "chicago") == (
        "van Dam, Ann, Bo J. Lee, and Carl Smith Jr. “A title.” Example Post, January 4, 2024. "
        f"https://post.example/a_b?c=1. {receipt}"
    )
    assert render(clip(title="A title").citation, "apa") == (
        "van Dam, A., Lee, B. J., & Smith, C., Jr. (2024, January 4). A title. Example Post. "
        f"https://post.example/a_b?c=1 {receipt}"
    )
    assert "“‘Two bombs’ near" in render(clip().citation, "chicago")


def test_markdown_shows_what_an_article_wrote_and_links_nowhere_else() -> None:
    text = render(
        clip(title="[x](javascript:1) *b* `c` <i>", url="https://e.example/) [evil](https://f.example"), "markdown"
    )
    assert text.startswith(
        "> 84 were killed\n>\n> — *Example Post*, [\\[x\\](javascript:1) \\*b\\* \\`c\\` \\<i\\>](https://"
    )
    assert "(https://e.example/%29%20[evil]%28https://f.example)" in text


def test_bibtex_balances_escapes_and_keeps_keys_apart() -> None:
    entries = bibtex([clip(), clip(title="Two bombs elsewhere"), clip()])
    assert entries.count("@article{") == 2
    keys = re.findall(r"@article\{([^,]+),", entries)
    assert len(set(keys)) == 2 and all(re.fullmatch(r"[a-z0-9-]+", key) for key in keys)
    assert r"title = {{“Two bombs” near a \textbraceleft{}grave\textbraceright{} \& 100\% of\_it}}" in entries
    assert "author = {van Dam, Ann and Lee, Bo J. and Smith, Jr, Carl}".replace("Jr,", "Jr.,") in entries
    assert "month = jan" in entries and "url = {https://post.example/a_b?c=1}" in entries
    assert entries.count("84 were killed") == 3


@given(st.text(max_size=60))
def test_no_text_unbalances_bibtex_or_reaches_tex(text: str) -> None:
    escaped = tex(text)
    depth = 0
    for char in re.sub(r"\\[#$%&_]", "", escaped):
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    assert depth == 0
    assert not re.search(r"(?<!\\)[#$%&_]|[~^]", escaped)


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40), st.sampled_from(STYLES))
def test_no_article_breaks_a_style(title: str, byline: str, url: str, style: str) -> None:
    made = clip(title=title, byline=byline, url=url, source=Source(title or "x", SHA))
    text = render(made, style)
    assert make_safe(text) == unicodedata.normalize("NFC", text), "a file keeps its name letter for letter"
    if style == "csl-json":
        assert json.loads(text)[0]["type"] == "article-newspaper"


def test_csl_json_is_what_citation_programs_read() -> None:
    (item,) = json.loads(render(clip(), "csl-json"))
    assert item["author"] == [
        {"family": "van Dam", "given": "Ann"},
        {"family": "Lee", "given": "Bo J."},
        {"family": "Smith", "given": "Carl", "suffix": "Jr."},
    ]
    assert item["issued"] == {"date-parts": [[2024, 1, 4]]}
    assert item["container-title"] == "Example Post"


def test_her_own_template() -> None:
    made = clip(title="T")
    assert render(made, "{text} ({outlet}, {date}, {source}:{line}) {{x}}") == (
        "84 were killed (Example Post, 2024-01-04, news/a b.txt:12) {x}"
    )
    assert render(made, r"{author}\n{chicago}").startswith(
        "Ann van Dam, Bo J. Lee and Carl Smith Jr., Reuters\nvan Dam"
    )
    for wrong in ("{nothing}", "{text.__class__}", "{0}", "{", "{text!r}"):
        with pytest.raises(CitationError):
            render(made, "x {outlet} " + wrong)
    with pytest.raises(CitationError, match="there are plain"):
        render(made, "vancouver")


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ann Lee", [Name("Lee", "Ann")]),
        ("ANN LEE and Bo von Berg", [Name("LEE", "ANN"), Name("von Berg", "Bo")]),
        ("Ann Lee | Example Post", [Name("Lee", "Ann")]),
        ('Rep. Ann Lee, "Bo OMalley", Senior Legal Analyst', [Name("Lee", "Ann"), Name("OMalley", "Bo")]),
        ("Ann Lee and ann.lee@post.example", [Name("Lee", "Ann")]),
        ("Newsroom Staff", [Name("Newsroom Staff")]),
        ("Reuters", [Name("Reuters")]),
        ("علی رضایی", [Name("علی رضایی")]),
        ("毛泽东", [Name("毛泽东")]),
        ("Example Post", []),
        ("", []),
        (None, []),
    ],
)
def test_authors_of_a_byline(byline: str | None, names: list[Name]) -> None:
    assert list(authors(byline, "Example Post")) == names


WORDS = st.lists(st.sampled_from("two bombs killed 84 95 people in Kerman, — “said” it. \n قم".split(" ")), max_size=12)


@given(WORDS, WORDS)
def test_marked_differences_give_back_both_sides(left_words: list[str], right_words: list[str]) -> None:
    left, right = " ".join(left_words), " ".join(right_words)
    marked = differences.marked(left, right)
    assert re.sub(r"\[-.*?-\]", "", re.sub(r"\{\+(.*?)\+\}", r"\1", marked, flags=re.S), flags=re.S) == right
    assert re.sub(r"\{\+.*?\+\}", "", re.sub(r"\[-(.*?)-\]", r"\1", marked, flags=re.S), flags=re.S) == left


def test_a_comparison_to_paste() -> None:
    left = clip(title="T")
    right = Clip(
        "2", "95 people were killed", Span("b", 0, 0, 21), Citation("Other", "U", None, None, None, "b.txt", 3, ""), ""
    )
    text = differences.comparison(left, right)
    assert "[-84-]{+95 people+} were killed" in text
    assert "A — Example Post" in text and "B — Other, “U”, undated; b.txt, line 3" in text
    edits = [Edit("replace", "84", "95 people", 0, 2, 0, 9)]
    assert differences.marked(left.text, right.text, edits) == "[-84-]{+95 people+} were killed"
    assert differences.comparison(left, left).startswith("The same in both:\n84 were killed\n")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html;base64,eA", "file:///x"])
def test_only_an_address_of_the_web_becomes_a_link_in_markdown(url: str) -> None:
    shown = render(clip(url=url), "markdown")
    assert "](" not in shown and re.sub(r"\\", "", shown).count(url) == 1
