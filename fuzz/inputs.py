"""What the targets are fed: text that is hostile to terminals, queries, news-like articles, damaged documents."""

from __future__ import annotations

import gzip
import json

from hypothesis import strategies as st

from kerman_tui.model import Article, Paragraph, Source
from kerman_tui.text.safe import make_safe, make_safe_line

ANYTHING = st.text(st.characters(codec=None, categories=None), max_size=200)
"""Any code points, surrogates included."""

SEQUENCES = (
    *("\x1b[31m", "\x1b]52;c;QUFB\x07", "\x1b]8;;file:///etc/passwd\x1b\\", "\x1bPq#0\x1b\\", "\x1b[2J", "\x1b]0;t\x07"),
    *("\x9b31m", "\x9d52;c;QUFB\x9c", "\x90q\x9c", "\x85", "\u2028", "\u202e", "\u2066", "\u2069", "\u200b", "\ufeff"),
    *("\x00", "\x07", "\x08", "\r", "\x7f", "\ud800", "\ufffe", "\U000e0041", "e" + "\u0301" * 9, "\u0645\u06cc\u200c\u06af"),
)  # fmt: skip
HOSTILE = st.lists(st.sampled_from(SEQUENCES) | ANYTHING, max_size=12).map("".join)

_WORDS = (
    "the a of in said told told reporters President Prime Minister Minister Foreign Mr. Dr. U.S. al- bin van Anna "
    "Telder Oyelaran Ruben Iran Tehran Kerman United Nations Security Council Mayor King Sheikh Gen. and, according to "
    "at least more than 12 22,300 1.5 million dozens half percent $4.2 km/h 3 March 2024 Jan. 4 on Wednesday killed "
    "wounded people bridge harbour “ ” ‘ ’ \" ' — - ( ) , . ! ? … : ; which who that would not no one"
).split()
SENTENCE = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=24).map(" ".join)
PROSE = st.lists(SENTENCE | HOSTILE.map(make_safe_line), max_size=5).map(" ".join)


@st.composite
def articles(draw: st.DrawFn, ident: str = "a") -> Article:
    """An article as ingest makes them: its text is safe, whatever it says."""
    texts = draw(st.lists(PROSE, max_size=6))
    kinds = st.sampled_from(["body", "body", "caption", "heading"])
    paragraphs = tuple(Paragraph(make_safe(text), at, draw(kinds)) for at, text in enumerate(texts, 2) if text.strip())
    published = draw(st.sampled_from([None, "2024-01-04", "2024-01-03T10:00:00+03:30"]))
    outlet = draw(st.sampled_from(["The Post", "[bold]Post[/]", make_safe_line(draw(HOSTILE)) or "?"]))
    return Article(ident, draw(PROSE), outlet, paragraphs, Source("a.txt", "0" * 64, 1, 9), published)


QUERY = st.lists(
    st.sampled_from(
        [
            *("bridge", "brigde", "Telder", "AND", "OR", "NOT", "NEAR", "NEAR/3", "(", ")", '"', "'", "“", "”", "-", "+", "*"),
            *("?", "^", "$", "~", "~2", ":", "title:", "outlet:", "person:", "date:", "before:", "after:", "2024-01", "..", "=", "/"),
            *("\\", "{", "}", "[a TO b]", "said", " ", "  ", ",", "界", "\u0301", "é"),
        ]
    )
    | ANYTHING,
    max_size=14,
).map(lambda parts: " ".join(parts) if len(parts) % 2 else "".join(parts))  # fmt: skip

_BODY = "The mayor of Port Ellery said on Tuesday that the bridge would reopen within a week, after two years. " * 3
_RECORD = {
    "id": "r1",
    "title": "Bridge",
    "outlet": "Post",
    "date": "2024-01-04",
    "url": "https://e.example/1",
    "body": _BODY,
}
DOCUMENTS: dict[str, bytes] = {
    ".txt": f"Title: Bridge\nDate: 2024-01-04\n\nBridge to reopen\nBy Anna Bell\nJan 4, 2024\n\n{_BODY}\n\n{_BODY}".encode(),
    ".html": (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Bridge</title><meta property="og:site_name" '
        'content="Post"><script type="application/ld+json">{"@type":"NewsArticle","headline":"Bridge","datePublished":'
        f'"2024-01-04"}}</script></head><body><article><h1>Bridge</h1><p>{_BODY}</p><p>{_BODY}</p></article></body></html>'
    ).encode(),
    ".json": json.dumps([_RECORD, _RECORD]).encode(),
    ".jsonl": (json.dumps(_RECORD) + "\n" + json.dumps({**_RECORD, "id": "r2"}) + "\n").encode(),
    ".csv": f'title,date,body\r\nBridge,2024-01-04,"{_BODY}"\r\nTwo,,"{_BODY}\n{_BODY}"\r\n'.encode(),
    ".xml": (
        '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "b">]><rss version="2.0"><channel><title>Post</title><item><title>'
        f"Bridge</title><pubDate>Thu, 04 Jan 2024 10:00:00 GMT</pubDate><description><![CDATA[{_BODY}]]></description>"
        "</item></channel></rss>"
    ).encode(),
    ".eml": (
        "From: Post <a@example.org>\r\nSubject: =?utf-8?q?Bridge?=\r\nDate: Thu, 4 Jan 2024 10:00:00 +0000\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; '
        f"charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{_BODY}\r\n--b--\r\n"
    ).encode(),
    ".mbox": f"From a@example.org Thu Jan  4 10:00:00 2024\nSubject: Bridge\nDate: Thu, 4 Jan 2024\n\n{_BODY}\n\n".encode(),
    ".warc": (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://e.example/1\r\nWARC-Date: 2024-01-04T00:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:0>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: 520\r\n\r\n"
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><title>Bridge</title><p>{_BODY}</p></html>"
    ).ljust(760).encode() + b"\r\n\r\n",
}  # fmt: skip
_TOKENS = [sequence.encode("utf-8", "surrogatepass") for sequence in SEQUENCES] + [
    *(b"\xff", b"\xfe\xff", b"\xc0\xaf", b"<", b">", b"</p>", b"<p>", b"<!--", b"]]>", b"<![CDATA[", b"&a;", b"&#0;", b"&#x1b;"),
    *(b'"', b"\\ud800", b"\\u001b", b"{", b"}", b"[", b"]" * 300, b"[" * 300, b"\r\n\r\n", b"\n", b"--b", b"=1B", b"=\r\n"),
    *(b"9" * 400, b"1e999", b"NaN", b"null", b"99999-99-99", b"0000-00-00", b"=?utf-8?b?G1sx?=", b"Content-Length: -1\r\n"),
]  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """The suffix and the bytes of a document in which a few stretches are cut, doubled or replaced."""
    suffix = draw(st.sampled_from(sorted(DOCUMENTS)))
    data = DOCUMENTS[suffix]
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(data)))
        to = min(len(data), at + draw(st.integers(0, 40)))
        new = draw(st.sampled_from([b"", data[at:to] * 2, *_TOKENS]) | st.binary(max_size=12))
        data = data[:at] + new + data[to:]
    if draw(st.integers(0, 12)) == 0:
        data, suffix = gzip.compress(data, 1)[: draw(st.integers(1, 2000))], suffix + ".gz"
    return suffix, data
