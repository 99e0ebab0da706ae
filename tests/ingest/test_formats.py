"""Every format that is read, in the shapes that other tools write it, and what happens to damaged ones."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
from pathlib import Path

import pytest
import zstandard

from kerman_tui.ingest.pipeline import read
from kerman_tui.model import Article, Skipped

TEXT = (
    "The harbour bridge of Telmora will open again on Friday, the mayor said after a week of repairs.\n\n"
    "Engineers replaced two cables that the storm had torn, and lorries may cross at night only.\n\n"
    "The coast guard of Telmora said that two fishing boats were still missing."
)
TITLE = "Harbour bridge to open again"
PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{TITLE} - Harbour Post</title>
<meta property="og:title" content="{TITLE}"><meta property="og:site_name" content="Harbour Post">
<link rel="canonical" href="https://harbourpost.example/2021/05/04/bridge">
<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{TITLE}",
"datePublished":"2021-05-04T08:15:00+02:00",
"author":[{{"@type":"Person","name":"Ann Bell"}}]}}</script></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>{TITLE}</h1>
<figure><img src="http://nowhere.example/x.png"><figcaption>The bridge at night. Photo: Ann Bell</figcaption></figure>
{"".join(f"<p>{p}</p>" for p in TEXT.split(chr(10) * 2))}</article>
<footer>Copyright 2021 Harbour Post. All rights reserved.</footer><script>alert("no")</script></body></html>"""


def _read(path: Path) -> tuple[list[Article], list[Skipped]]:
    found = list(read([path]))
    return [f for f in found if isinstance(f, Article)], [f for f in found if isinstance(f, Skipped)]


def _one(path: Path) -> Article:
    articles, skipped = _read(path)
    assert not skipped
    assert len(articles) == 1
    return articles[0]


def _says_the_text(article: Article) -> bool:
    return [p.text for p in article.paragraphs if p.kind == "body"] == TEXT.split("\n\n")


RECORDS = {
    "news-please": {
        "title": TITLE,
        "maintext": TEXT,
        "date_publish": "2021-05-04 08:15:00",
        "date_download": "2024-01-01 00:00:00",
        "source_domain": "harbourpost.example",
        "authors": ["Ann Bell"],
        "language": "en",
    },
    "trafilatura": {
        "title": TITLE,
        "text": TEXT.replace("\n\n", "\n"),
        "date": "2021-05-04",
        "source-hostname": "harbourpost.example",
        "author": "Ann Bell",
        "language": "en",
        "filedate": "2024-01-01",
    },
    "NewsAPI": {
        "source": {"id": None, "name": "Harbour Post"},
        "author": "Ann Bell",
        "title": TITLE,
        "description": "Short.",
        "url": "https://harbourpost.example/b",
        "publishedAt": "2021-05-04T08:15:00Z",
        "content": TEXT,
    },
    "Media Cloud": {
        "title": TITLE,
        "publish_date": "2021-05-04",
        "media_name": "Harbour Post",
        "story_text": TEXT,
        "stories_id": 77,
        "collect_date": "2024-01-01",
    },
    "Guardian-like": {
        "id": "uk/bridge",
        "webTitle": TITLE,
        "webPublicationDate": "2021-05-04T08:15:00Z",
        "fields": {"bodyText": TEXT, "byline": "Ann Bell"},
    },
    "search engine": {
        "_id": "x1",
        "_source": {"headline": TITLE, "body": TEXT, "published": "4 May 2021", "publisher": "Harbour Post"},
    },
    "Hugging Face": {
        "title": TITLE,
        "article": TEXT,
        "date": "2021-05-04",
        "domain": "www.harbourpost.example",
    },
    "all caps": {
        "TITLE": TITLE,
        "CONTENT": TEXT,
        "PUBLICATION": "Harbour Post",
        "DATE": "2021-05-04",
    },
}


@pytest.mark.parametrize("tool", RECORDS)
@pytest.mark.parametrize("suffix", ["jsonl", "json"])
def test_records_of_other_tools(tool: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"dump.{suffix}"
    path.write_text(json.dumps(RECORDS[tool]) + "\n", "utf-8")
    article = _one(path)
    assert article.title == TITLE
    assert _says_the_text(article)
    assert (article.published or "")[:10] == "2021-05-04"
    assert article.outlet in ("Harbour Post", "harbourpost.example", "unknown outlet")
    assert article.date_evidence == "metadata"


@pytest.mark.parametrize("wrap", ["list", "articles", "items", "hits", "by id"])
def test_json_lists_however_they_are_wrapped(wrap: str, tmp_path: Path) -> None:
    records = [{"title": f"{TITLE} {n}", "text": TEXT, "id": f"i{n}"} for n in range(3)]
    wrapped: object = {
        "list": records,
        "articles": {"status": "ok", "totalResults": 3, "articles": records},
        "items": {"version": "https://jsonfeed.org/version/1.1", "title": "Harbour Post", "items": records},
        "hits": {"took": 3, "hits": {"hits": [{"_source": r} for r in records]}},
        "by id": {str(r["id"]): r for r in records},
    }[wrap]
    path = tmp_path / "all.json"
    path.write_text(json.dumps(wrapped), "utf-8")
    articles, skipped = _read(path)
    assert [a.id for a in articles] == ["i0", "i1", "i2"]
    assert not skipped
    assert {a.outlet for a in articles} == {"Harbour Post" if wrap == "items" else "unknown outlet"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_tables(delimiter: str, tmp_path: Path) -> None:
    cells = io.StringIO()
    writer = csv.writer(cells, delimiter=delimiter)
    writer.writerow(["", "title", "content", "publication", "date"])
    writer.writerow(["0", TITLE, TEXT, "Harbour Post", "2021-05-04"])
    writer.writerow(["1", "No text", "", "Harbour Post", "2021-05-05"])
    writer.writerow(["2", "=cmd|' /C calc'!A0", 'Second text, with a comma and a "quote".', "Harbour Post", ""])
    path = tmp_path / "table.csv"
    path.write_text(cells.getvalue(), "utf-8")
    articles, skipped = _read(path)
    assert [a.title for a in articles] == [TITLE, "=cmd|' /C calc'!A0"]
    assert _says_the_text(articles[0])
    assert (articles[0].source.start_line, articles[0].source.end_line) == (2, 6)
    assert [(s.source.rpartition(", ")[2], s.why) for s in skipped] == [("line 7", "no text in it")]


def test_a_saved_page(tmp_path: Path) -> None:
    path = tmp_path / "bridge.html"
    path.write_text(PAGE, "utf-8")
    article = _one(path)
    assert article.title == TITLE
    assert _says_the_text(article)
    assert article.published == "2021-05-04T08:15:00+02:00"
    assert (article.outlet, article.byline, article.language) == ("Harbour Post", "Ann Bell", "en")
    assert article.url == "https://harbourpost.example/2021/05/04/bridge"
    lines = PAGE.split("\n")
    assert all(article.paragraphs[0].text[:30] in lines[p.line - 1] for p in article.paragraphs[:1])


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, bz2.compress, zstandard.compress])
def test_packed_pages(pack: object, tmp_path: Path) -> None:
    path = tmp_path / "bridge.html.gz"
    path.write_bytes(pack(PAGE.encode()))  # type: ignore[operator]
    assert _says_the_text(_one(path))


def test_a_page_saved_by_a_browser_as_one_file(tmp_path: Path) -> None:
    path = tmp_path / "bridge.mhtml"
    body = PAGE.replace("=", "=3D")
    path.write_text(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://harbourpost.example/b\r\n"
        "Date: Mon, 1 Jan 2024 00:00:00 -0000\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="XX"\r\n\r\n'
        f"--XX\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        f"\r\n{body}\r\n--XX--\r\n",
        "utf-8",
    )
    article = _one(path)
    assert _says_the_text(article)
    assert (article.published or "")[:10] == "2021-05-04", "the day of saving is no publication date"


def test_a_newsletter_and_a_box_of_them(tmp_path: Path) -> None:
    letter = (
        "From: Harbour Post <news@harbourpost.example>\r\nSubject: =?utf-8?q?Harbour_bridge_to_open_again?=\r\n"
        "Date: Tue, 04 May 2021 08:15:00 +0200\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        + TEXT
    )
    (tmp_path / "one.eml").write_text(letter, "utf-8", newline="")
    article = _one(tmp_path / "one.eml")
    assert (article.title, article.outlet, article.published) == (TITLE, "Harbour Post", "2021-05-04T08:15+02:00")
    assert _says_the_text(article)
    second = letter.replace("bridge", "crane")
    box = f"From a@b Tue May  4 08:15:00 2021\n{letter}\n\nFrom a@b Tue May  4 09:15:00 2021\n{second}\n"
    (tmp_path / "all.mbox").write_text(box.replace("\r\n", "\n"), "utf-8")
    articles, skipped = _read(tmp_path / "all.mbox")
    assert [a.title for a in articles] == [TITLE, "Harbour crane to open again"]
    assert not skipped


def test_feeds(tmp_path: Path) -> None:
    item = (
        f"<title>{TITLE}</title><link>https://harbourpost.example/b</link>"
        f"<pubDate>Tue, 04 May 2021 08:15:00 +0200</pubDate>"
        f"<dc:creator>Ann Bell</dc:creator><description>Short.</description>"
        f"<content:encoded><![CDATA[{''.join(f'<p>{p}</p>' for p in TEXT.split(chr(10) * 2))}]]></content:encoded>"
    )
    rss = (
        '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Harbour Post</title>'
        "<language>en-gb</language>"
        f"<item>{item}</item><item><title>Empty</title></item></channel></rss>"
    )
    (tmp_path / "feed.xml").write_text(rss, "utf-8")
    articles, skipped = _read(tmp_path / "feed.xml")
    assert len(articles) == len(skipped) == 1
    assert (articles[0].title, articles[0].outlet, articles[0].byline) == (TITLE, "Harbour Post", "Ann Bell")
    assert (articles[0].published, articles[0].date_evidence) == ("2021-05-04T08:15:00+02:00", "feed")
    assert _says_the_text(articles[0])
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Post</title><updated>2024-01-01T00:00:00Z</updated>'
        "<entry>"
        f"<title>{TITLE}</title><published>2021-05-04T08:15:00Z</published><updated>2024-01-01T00:00:00Z</updated>"
        f'<link href="https://harbourpost.example/b"/><author><name>Ann Bell</name></author>'
        f'<content type="html">{"".join(f"&lt;p&gt;{p}&lt;/p&gt;" for p in TEXT.split(chr(10) * 2))}</content>'
        "</entry></feed>"
    )
    (tmp_path / "feed.atom").write_text(atom, "utf-8")
    article = _one(tmp_path / "feed.atom")
    assert _says_the_text(article)
    assert (article.published or "")[:10] == "2021-05-04"


def test_entities_of_a_feed_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("PWNED", "utf-8")
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    for number, declared in enumerate(
        (f'<!ENTITY x SYSTEM "file://{secret}">', f'<!ENTITY a0 "ha">{bomb}<!ENTITY x "&a11;">')
    ):
        path = tmp_path / f"evil{number}.xml"
        path.write_text(
            f"<?xml version='1.0'?><!DOCTYPE rss [{declared}]><rss><channel><title>x</title>"
            f"<item><title>A title</title>"
            f"<description>Before &x; after, said the mayor.</description></item></channel></rss>",
            "utf-8",
        )
        articles, _ = _read(path)
        assert all("PWNED" not in p.text and len(p.text) < 100 for a in articles for p in a.paragraphs)


def test_a_web_archive(tmp_path: Path) -> None:
    page = PAGE.encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    missing = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>No.</p>"

    def record(body: bytes, url: str) -> bytes:
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-01-01T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{url[-1]}>\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body + b"\r\n\r\n"

    whole = record(http, "https://harbourpost.example/a") + record(missing, "https://harbourpost.example/b")
    (tmp_path / "crawl.warc").write_bytes(whole)
    articles, skipped = _read(tmp_path / "crawl.warc")
    assert [a.url for a in articles] == ["https://harbourpost.example/a"]
    assert (articles[0].published or "")[:10] == "2021-05-04", "the day of the crawl is no publication date"
    assert [s.why for s in skipped] == ["answered 404, not a page"]


def test_a_header_above_a_text_is_read_as_one(tmp_path: Path) -> None:
    path = tmp_path / "saved.txt"
    path.write_text(
        f"Title: {TITLE}\nDate: 2021-05-04\nSource: Harbour Post\nURL: https://harbourpost.example/b\n\n{TEXT}\n",
        "utf-8",
    )
    article = _one(path)
    assert (article.title, article.published, article.outlet) == (TITLE, "2021-05-04", "Harbour Post")
    assert _says_the_text(article)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_of_text(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    title = "Café “Zur Brücke” reopens – at last" if encoding != "utf-16-le" else TITLE
    path.write_bytes(f"{title}\n\n{TEXT}\n".encode(encoding))
    article = _one(path)
    assert article.title == title
    assert _says_the_text(article)


def test_one_bad_line_does_not_spoil_the_others(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(
        f"{TITLE}\n\n".encode()
        + "The café said “no” to the mayor again.\n\n".encode("cp1252")
        + "The café – said “yes” later on.\n".encode()
    )
    assert [p.text for p in _one(path).paragraphs] == [
        "The café said “no” to the mayor again.",
        "The café – said “yes” later on.",
    ]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "no text"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "PNG"),
        ("a.zip", b"PK\x03\x04" + b"\0" * 50, "zip"),
        ("deep.json", b"[" * 200_000, "levels deep"),
        ("no.json", b'{"a": 1}', "no article"),
        ("cut.txt.gz", gzip.compress(b"text " * 5000, mtime=0)[:-20], "damaged"),
        ("twice.txt.gz", gzip.compress(gzip.compress(b"text", mtime=0), mtime=0), "more than once"),
        ("bomb.txt.gz", gzip.compress(b"\0" * (40 << 20), mtime=0), ""),
        ("header.csv", b"title,text\n", "no rows"),
        ("strange.csv", b"colour,size\nred,3\n", "no column"),
    ],
)
def test_what_gives_no_article_says_why(name: str, data: bytes, why: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    articles, skipped = _read(path)
    assert not articles
    assert len(skipped) == 1
    assert skipped[0].source == str(path)
    assert why in skipped[0].why


def test_rubbish_after_a_packed_file_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(f"{TITLE}\n\n{TEXT}".encode()) + b"rubbish" * 9)
    assert _says_the_text(_one(path))


def test_files_of_a_folder_that_are_no_files_are_named_and_never_opened(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "gone.txt").symlink_to("nowhere")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (tmp_path / "again").symlink_to(".")
    (tmp_path / ".secret.txt").write_text(f"{TITLE}\n\n{TEXT}", "utf-8")
    (tmp_path / "a\x1b[31m\n.txt").write_text(f"{TITLE}\n\n{TEXT}", "utf-8")
    articles, skipped = _read(tmp_path)
    assert [a.source.name.rpartition("/")[2] for a in articles] == [r"a\x1b[31m\n.txt"]
    reasons = {s.source.rpartition("/")[2]: s.why for s in skipped}
    assert set(reasons) == {"pipe.txt", "loop.txt", "gone.txt", "zero.txt", "again", ".secret.txt"}
    assert "named pipe" in reasons["pipe.txt"]
    assert "device" in reasons["zero.txt"]
    assert "back to itself" in reasons["loop.txt"]


def test_paths_files_folders_and_globs_mix_and_each_file_comes_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{TITLE} {name}\n\n{TEXT}", "utf-8")
    found = list(read([tmp_path / "b.txt", tmp_path, str(tmp_path / "*.txt"), tmp_path / "nope"]))
    assert [f.id if isinstance(f, Article) else f.why for f in found] == [
        "b",
        "a",
        "c",
        "there is no such file or folder",
    ]


def test_ids_are_unique_and_stable(tmp_path: Path) -> None:
    for folder in ("one", "two", "three"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(f"{TITLE} {folder}\n\n{TEXT}", "utf-8")
    first = [f.id for f in read([tmp_path]) if isinstance(f, Article)]
    assert len(set(first)) == 3
    assert first == [f.id for f in read([tmp_path]) if isinstance(f, Article)]
    assert all(id_.startswith("a") for id_ in first)


def test_nothing_is_fetched_whatever_a_page_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a reader opened a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    reaching = (
        '<base href="http://nowhere.example/"><meta http-equiv="refresh" content="0; url=http://nowhere.example/">'
        '<link rel="stylesheet" href="http://nowhere.example/x.css"><iframe src="http://nowhere.example/"></iframe>'
    )
    (tmp_path / "page.html").write_text(PAGE.replace("<body>", f"<body>{reaching}"), "utf-8")
    (tmp_path / "feed.xml").write_text(
        '<!DOCTYPE rss SYSTEM "http://nowhere.example/x.dtd"><rss><channel><item><title>Another title</title>'
        "<description>The crane of the harbour was sold on Monday.</description></item></channel></rss>",
        "utf-8",
    )
    articles, skipped = _read(tmp_path)
    assert sorted(a.title for a in articles) == ["Another title", TITLE]
    assert not skipped


_QUAY = [
    "The quay of Telmora will be repaired from March on, its master told the council.",
    "The work takes nine weeks.",
]


@pytest.mark.parametrize(
    "script",
    [
        '<script id="__NEXT_DATA__" type="application/json">{"props": {"article": %s}}</script>',
        "<script>window.App=window.App||{};App.content=%s;App.other={};</script>",
    ],
)
def test_a_page_that_keeps_its_text_in_a_script_alone_is_read(script: str, tmp_path: Path) -> None:
    pieces = [{"type": "text", "content": text} for text in _QUAY * 4]
    value = {"headlines": {"basic": "Quay repaired"}, "content_elements": pieces, "display_date": "2024-03-05"}
    head = "<html><head><title>Quay repaired | Harbour Post</title></head><body><div id=app></div>"
    (tmp_path / "page.html").write_text(head + script % json.dumps(value) + "</body></html>")
    (article,) = (item for item in read([tmp_path]) if isinstance(item, Article))
    assert article.title.startswith("Quay repaired")
    assert [p.text for p in article.paragraphs[:2]] == _QUAY


def test_articles_in_the_xml_of_agencies_and_extractors_are_read(tmp_path: Path) -> None:
    body = "".join(f"<p>{text}</p>" for text in _QUAY)
    (tmp_path / "nitf.xml").write_text(
        '<?xml version="1.0"?><nitf><head><docdata><date.issue norm="20240305T100000"/></docdata>'
        '<pubdata name="Harbour Post"/>'
        f"</head><body><body.head><hedline><hl1>Quay repaired</hl1></hedline><byline>Ann Bell</byline></body.head>"
        f"<body.content><block>{body}</block></body.content></body></nitf>"
    )
    (tmp_path / "doc.xml").write_text(
        f'<doc sitename="Harbour Post" title="Quay again" author="Ann Bell" date="2024-03-05"><main>{body}</main></doc>'
    )
    (tmp_path / "other.xml").write_text("<catalogue><item2>A chair</item2></catalogue>")
    found = list(read([tmp_path]))
    told = [(a.title, a.outlet, a.byline, (a.published or "")[:10]) for a in found if isinstance(a, Article)]
    assert told == [(t, "Harbour Post", "Ann Bell", "2024-03-05") for t in ("Quay again", "Quay repaired")]
    assert [s.why.split(":")[0] for s in found if isinstance(s, Skipped)] == ["no feed and no article"]


def test_markdown_is_read_without_its_marks_and_keeps_its_lines(tmp_path: Path) -> None:
    linked = _QUAY[0].replace("quay", "[quay](https://quay.example/a_(b))")
    (tmp_path / "note.md").write_text(f"# Quay repaired\n\n{linked}\n\n## Costs\n\n**{_QUAY[1]}**\n")
    (article,) = (item for item in read([tmp_path]) if isinstance(item, Article))
    assert article.title == "Quay repaired"
    assert [(p.text, p.line) for p in article.paragraphs] == [(_QUAY[0], 3), ("Costs", 5), (_QUAY[1], 7)]


def test_exports_of_channels_tables_by_column_and_entities_in_titles(tmp_path: Path) -> None:
    channel = {
        "name": "Harbour Post",
        "messages": [
            {"id": 1, "type": "service", "text": ""},
            {
                "id": 2,
                "type": "message",
                "date": "2024-03-05T10:00:00",
                "text": [{"type": "bold", "text": _QUAY[0]}, " Well."],
            },
        ],
    }
    frame = {"title": {"0": "Quay &#8220;repaired&#8221;", "1": "Quay again - Post"}, "text": dict(enumerate(_QUAY))}
    (tmp_path / "channel.json").write_text(json.dumps(channel))
    (tmp_path / "frame.json").write_text(json.dumps(frame | {"source": {"0": "Post", "1": "Post"}}))
    articles = [item for item in read([tmp_path]) if isinstance(item, Article)]
    assert [(a.outlet, a.title) for a in articles[1:]] == [("Post", "Quay “repaired”"), ("Post", "Quay again")]
    assert (articles[0].outlet, articles[0].paragraphs[0].text) == ("Harbour Post", f"{_QUAY[0]} Well.")
