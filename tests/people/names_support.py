"""Small articles for the tests of people, made from paragraphs."""

from __future__ import annotations

from kerman_tui.model import Article, Paragraph, Source
from kerman_tui.people.detect import ArticleNames, LocalPerson, detect


def article(
    *paragraphs: str, title: str = "", id: str = "a", outlet: str = "The Lantern", date: str | None = None
) -> Article:
    """An article of some paragraphs."""
    body = tuple(Paragraph(text, at + 1) for at, text in enumerate(paragraphs))
    return Article(id, title, outlet, body, Source("made.txt"), date)


def named(*paragraphs: str, title: str = "", date: str | None = None) -> dict[str, LocalPerson]:
    """The certain people of a made article by name."""
    found: ArticleNames = detect(article(*paragraphs, title=title, date=date))
    return {person.name: person for person in found.persons if person.certain}


def forms(person: LocalPerson) -> list[str]:
    """The texts of a person's mentions in order."""
    return [mention.text for mention in person.mentions]
