"""People and quotations: our detection beside the names of spaCy's small English pipeline (no quotations)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from figures import OURS, Row, row
from inputs import Inputs
from processes import call
from report import Omitted, installed

LIMIT = 1_000
"""Articles that ours is given."""
SPACY, SPACY_LIMIT = "spaCy small, names only", 100


def measure(inputs: Inputs) -> Iterator[Row | Omitted]:
    subjects = {OURS: ("ours", LIMIT)}
    model = small_model()
    if model is None:
        yield Omitted(SPACY, "no small English pipeline is installed (python -m spacy download en_core_web_sm)")
    else:
        subjects[SPACY] = ("spacy", SPACY_LIMIT)
    rates: dict[str, list[float]] = {subject: [] for subject in subjects}
    peaks = dict.fromkeys(subjects, 0.0)
    found: dict[str, dict[str, Any]] = {}
    for _ in range(min(3, inputs.runs)):
        for subject, (function, limit) in subjects.items():
            ran = call(
                "measures.people",
                function,
                path=inputs.articles,
                count=min(limit, inputs.count),
                model=model,
                environment=inputs.environment,
            )
            found[subject] = ran.value
            rates[subject].append(ran.value["articles"] / ran.value["seconds"])
            peaks[subject] = max(peaks[subject], ran.peak_mib)
    size = inputs.megabytes / inputs.count
    for subject, several in rates.items():
        speed = row("people", subject, "articles/s", several).median * size
        each = found[subject]["mentions"] / found[subject]["articles"]
        note = f"{speed:,.2f} MB/s; {each:.1f} mentions an article"
        if "quotes" in found[subject]:
            note += f", {found[subject]['quotes'] / found[subject]['articles']:.1f} quotations"
        yield row("people and quotations, one core", subject, "articles/s", several, peaks[subject], note)
    parts = found[OURS]
    yield row("people alone, one core", OURS, "articles/s", parts["articles"] / parts["names_seconds"])


def small_model() -> str | None:
    """The name of an installed small English pipeline."""
    if installed("spacy") is None:
        return None
    import importlib.metadata

    found = [point.name for point in importlib.metadata.entry_points(group="spacy_models")]
    return next((name for name in sorted(found) if name.startswith("en_core_web_sm")), None)


def ours(path: str, count: int, model: str | None) -> dict[str, Any]:
    from records import articles

    from kerman_tui.people.detect import detect
    from kerman_tui.people.quotes import quotes

    several = list(articles(path, count))
    detect(several[0])  # the tables are read once, at the first article
    begun = time.perf_counter()
    names = [detect(article) for article in several]
    named = time.perf_counter() - begun
    said = sum(len(quotes(article, found)) for article, found in zip(several, names, strict=True))
    seconds = time.perf_counter() - begun
    mentions = sum(len(person.mentions) for found in names for person in found.persons)
    return {
        "articles": len(several),
        "seconds": seconds,
        "names_seconds": named,
        "mentions": mentions,
        "quotes": said,
    }


def spacy(path: str, count: int, model: str) -> dict[str, Any]:
    import spacy as library
    from records import articles

    texts = ["\n\n".join(paragraph.text for paragraph in article.paragraphs) for article in articles(path, count)]
    pipeline = library.load(model, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])
    begun = time.perf_counter()
    mentions = sum(entity.label_ == "PERSON" for text in pipeline.pipe(texts) for entity in text.ents)
    return {"articles": len(texts), "seconds": time.perf_counter() - begun, "mentions": mentions}
