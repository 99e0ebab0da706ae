"""The JSON of the command line: model objects in, stable shapes out. Fields may be added, none renamed or dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerman_tui.model import (
    Article,
    Comparison,
    Disagreement,
    Figure,
    FigureRow,
    Hit,
    Mention,
    MentionsAt,
    Organisation,
    Passage,
    Person,
    Quote,
    Reuse,
    Row,
    SearchResult,
    Side,
    Skipped,
    Span,
    Story,
    Wording,
)

if TYPE_CHECKING:
    from kerman_tui.compare.collocates import Collocate
    from kerman_tui.compare.flows import Flow
    from kerman_tui.compare.omissions import Carried
    from kerman_tui.compare.reuse import NearDuplicate
    from kerman_tui.corpus.following import Followed
    from kerman_tui.people.collate import Utterance

Json = dict[str, Any]


def article(one: Article) -> Json:
    return {
        "id": one.id,
        "title": one.title,
        "outlet": one.outlet,
        "published": one.published,
        "date_evidence": one.date_evidence,
        "byline": one.byline,
        "language": one.language,
        "url": one.url,
        "source": one.source.name,
        "start_line": one.source.start_line,
        "end_line": one.source.end_line,
        "paragraphs": [{"text": p.text, "line": p.line, "kind": p.kind} for p in one.paragraphs],
        "sha256": one.source.sha256,
        "record": one.source.record,
        "title_lines": list(one.title_lines),
        "other_sources": [source.name for source in one.other_sources],
        "set_aside": [{"text": p.text, "line": p.line} for p in one.set_aside],
    }


def skipped(one: Skipped) -> Json:
    return {"source": one.source, "why": one.why}


def hit(one: Hit) -> Json:
    return {
        "id": one.id,
        "title": one.title,
        "outlet": one.outlet,
        "published": one.published,
        "score": one.score,
        "matches": [
            {
                "paragraph": match.paragraph,
                "line": match.line,
                "text": match.text,
                "spans": [list(span) for span in match.spans],
                "why": match.why,
            }
            for match in one.matches
        ],
        "why": one.why,
        "duplicates": list(one.duplicates),
    }


def search_result(one: SearchResult) -> Json:
    return {
        "query": one.query,
        "total": one.total,
        "took_ms": round(one.took_ms, 3),
        "hits": [hit(h) for h in one.hits],
        "problems": [{"start": p.start, "end": p.end, "why": p.why} for p in one.problems],
        "suggestions": list(one.suggestions),
    }


def mention(one: Mention) -> Json:
    return {"paragraph": one.paragraph, "start": one.start, "end": one.end, "text": one.text}


def person(one: Person) -> Json:
    return {
        "name": one.name,
        "role": one.role,
        "country": one.country,
        "leader": one.leader,
        "aliases": list(one.aliases),
        "mentions": one.mentions,
        "outlets": {o: {"articles": c.articles, "mentions": c.mentions} for o, c in one.outlets.items()},
        "articles": [
            {"id": i, "mentions": [mention(m) for m in ms], "title": one.titles.get(i)}
            for i, ms in one.articles.items()
        ],
    }


def mentions_at(one: MentionsAt) -> Json:
    return {"date": one.date, "outlet": one.outlet, "articles": one.articles, "mentions": one.mentions}


def organisation(one: Organisation) -> Json:
    return {
        "name": one.name,
        "kind": one.kind,
        "country": one.country,
        "mentions": one.mentions,
        "variants": {spelling: dict(outlets) for spelling, outlets in one.variants.items()},
        "articles": [{"id": i, "mentions": [mention(m) for m in ms]} for i, ms in one.articles.items()],
    }


def quote(one: Quote) -> Json:
    return {
        "article": one.article,
        "outlet": one.outlet,
        "speaker": one.speaker,
        "speaker_text": one.speaker_text,
        "verb": one.verb,
        "text": one.text,
        "kind": one.kind,
        "paragraph": one.paragraph,
        "start": one.start,
        "end": one.end,
    }


def clause(one: Quote | None) -> Json | None:
    """The reported clause in which a quotation stands."""
    return None if one is None else {"start": one.start, "end": one.end, "text": one.text}


def utterance(one: Utterance) -> Json:
    return {
        "speaker": one.speaker,
        "text": one.text,
        "outlets": list(one.outlets),
        "verbs": [{"outlet": outlet, "verb": verb} for outlet, verb in one.verbs],
        "versions": [
            {
                "treatment": version.treatment,
                "quote": quote(version.quote),
                "edits": [{"op": edit.op, "left": edit.left, "right": edit.right} for edit in version.edits],
            }
            for version in one.versions
        ],
    }


def figure(one: Figure) -> Json:
    return {
        "article": one.article,
        "outlet": one.outlet,
        "value": one.value,
        "low": one.low,
        "high": one.high,
        "unit": one.unit,
        "as_written": one.as_written,
        "qualifier": one.qualifier,
        "attribution": one.attribution,
        "paragraph": one.paragraph,
        "start": one.start,
        "end": one.end,
    }


def disagreement(one: Disagreement) -> Json:
    return {"unit": one.unit, "why": one.why, "figures": [figure(f) for f in one.figures]}


def figure_row(one: FigureRow) -> Json:
    return {
        "unit": one.unit,
        "why": one.why or None,
        "outlets": {outlet: [figure(f) for f in figures] for outlet, figures in one.outlets.items()},
    }


def passage(one: Passage | None) -> Json | None:
    if one is None:
        return None
    return {"paragraph": one.paragraph, "start": one.start, "end": one.end, "text": one.text}


def side(one: Side) -> Json:
    return {
        "id": one.id,
        "outlet": one.outlet,
        "title": one.title,
        "words": one.words,
        "shared_words": one.shared_words,
        "coverage": round(one.coverage, 4),
    }


def row(one: Row) -> Json:
    return {
        "kind": one.kind,
        "left": passage(one.left),
        "right": passage(one.right),
        "similarity": round(one.similarity, 4),
        "edits": [
            {
                "op": edit.op,
                "left": edit.left,
                "right": edit.right,
                "left_start": edit.left_start,
                "left_end": edit.left_end,
                "right_start": edit.right_start,
                "right_end": edit.right_end,
                "nature": edit.nature,
            }
            for edit in one.edits
        ],
    }


def comparison(one: Comparison) -> Json:
    return {
        "left": side(one.left),
        "right": side(one.right),
        "rows": [row(r) for r in one.rows],
        "longest_run": one.longest_run,
        "verbatim_words": one.verbatim_words,
        "earlier": one.earlier,
        "evidence": list(one.evidence),
        "notes": list(one.notes),
    }


def reuse(one: Reuse) -> Json:
    return {
        "articles": list(one.articles),
        "outlets": list(one.outlets),
        "left": passage(one.left),
        "right": passage(one.right),
        "kind": one.kind,
        "words": one.words,
        "earlier": one.earlier,
    }


def near_duplicate(one: NearDuplicate) -> Json:
    return {"articles": [one.left, one.right], "share": round(one.share, 4)}


def flow(one: Flow) -> Json:
    return {
        "outlet": one.outlet,
        "other": one.other,
        "passages": one.passages,
        "words": one.words,
        "share": round(one.share, 6),
        "earlier": one.earlier,
        "later": one.later,
    }


def story(one: Story) -> Json:
    return {
        "id": one.id,
        "articles": list(one.articles),
        "outlets": list(one.outlets),
        "from": one.start,
        "to": one.end,
    }


def followed(one: Followed) -> Json:
    return {
        "name": one.name,
        "query": one.query,
        "total": one.total,
        "new": None if one.new is None else list(one.new),
        "problem": one.problem or None,
    }


def place(one: Span) -> Json:
    return {"article": one.article, "paragraph": one.paragraph, "start": one.start, "end": one.end}


def carried(one: Carried) -> Json:
    return {
        "kind": one.kind,
        "what": one.what,
        "outlets": {outlet: [place(span) for span in spans] for outlet, spans in one.outlets.items()},
        "missing": list(one.missing),
    }


def collocate(one: Collocate) -> Json:
    return {
        "outlet": one.outlet,
        "word": one.word,
        "near": one.near,
        "count": one.count,
        "g2": one.g2,
        "log_ratio": one.log_ratio,
        "instances": [place(span) for span in one.instances],
    }


def wording(one: Wording) -> Json:
    return {
        "substitutions": [
            {
                "outlet": s.outlet,
                "other_outlet": s.other_outlet,
                "ours": s.ours,
                "theirs": s.theirs,
                "count": s.count,
                "instances": [[place(span) for span in instance] for instance in s.instances],
            }
            for s in one.substitutions
        ],
        "keyness": [
            {
                "outlet": k.outlet,
                "word": k.word,
                "count": k.count,
                "rest": k.rest,
                "g2": round(k.g2, 2),
                "log_ratio": round(k.log_ratio, 3),
            }
            for k in one.keyness
        ],
        "notes": list(one.notes),
    }
