"""What the fields of a query mean that the index alone cannot tell: people, organisations, countries, stories, tags."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from kerman_tui.model import Match, Organisation, Person, Story
    from kerman_tui.people.merge import PeopleIndex
    from kerman_tui.search.index import Readable
    from kerman_tui.search.query import Field, Node


NAMED = ("person", "org", "country")
"""The fields that ask for those who are named in the text."""


class Meanings(Struct, frozen=True):
    """The part of a corpus that gives a field's value its articles; each is asked for when a query has the field."""

    people_index: Callable[[], PeopleIndex]
    stories: Callable[[], Iterable[Story]]
    numbers_of: Callable[[Iterable[str]], set[int]]
    """The numbers that the index has for articles of these ids."""

    def resolvers(self) -> Mapping[str, Callable[[str], Collection[int]]]:
        """By field, what turns its value into the numbers of articles."""
        return {
            **{field: partial(self._naming, field) for field in NAMED},
            "story": self.of_story,
            "tag": self.tagged,
        }

    def _naming(self, field: str, value: str) -> Collection[int]:
        return self.numbers_of(id_ for one in self.named(field, value) for id_ in one.articles)

    def named(self, field: str, value: str) -> Sequence[Person | Organisation]:
        """Whom the value of a field of ``NAMED`` means: a person or any whom the name can mean, an organisation
        under any of its spellings, or all office-holders and organisations of a country (name, demonym or code).
        """
        index = self.people_index()
        if field == "person":
            return index.resolve(value)
        if field == "org":
            from kerman_tui.text.fold import fold

            wanted = fold(value)
            return [
                organisation
                for organisation in (*index.organisations(), *index.places())
                if any(fold(spelling) == wanted for spelling in (organisation.name, *organisation.variants))
            ]
        from kerman_tui.people.knowledge import knowledge

        code = value.strip().upper() if len(value.strip()) == 2 else knowledge().country_of(value.strip())
        named: list[Person | Organisation] = [*index.people(everyone=True), *index.organisations()]
        return [one for one in named if code and one.country == code]

    def asked_for(self, query: str) -> Sequence[Person | Organisation]:
        """Those whom the fields of a query name; fields behind ``!`` are left out."""
        from kerman_tui.search.query import parse

        return [one for field in _naming_fields(parse(query).root) for one in self.named(field.name, field.value)]

    def of_story(self, name: str) -> Collection[int]:
        """Articles of the story of that id, or of any story that holds an article of that id."""
        return self.numbers_of(
            id_
            for story in self.stories()
            if any(one.startswith(name) for one in (story.id, *story.articles))
            for id_ in story.articles
        )

    def tagged(self, tag: str) -> Collection[int]:
        """Articles of which a passage in her basket bears the tag."""
        from kerman_tui.clips.basket import Basket
        from kerman_tui.text.fold import fold

        with Basket.open() as basket:
            return self.numbers_of(c.span.article for c in basket.clips() if fold(tag) in map(fold, c.tags))


def naming(article: Readable, those: Iterable[Person | Organisation]) -> tuple[Match, ...]:
    """The paragraphs of an article that name any of ``those``, in the order of the text, their names highlighted."""
    from kerman_tui.model import Match

    spans: dict[int | None, set[tuple[int, int]]] = {}
    for one in those:
        for mention in one.articles.get(article.id, ()):
            spans.setdefault(mention.paragraph, set()).add((mention.start, mention.end))
    return tuple(
        Match(at, article.line_of(at), article.text_of(at), tuple(sorted(spans[at])), "name")
        for at in sorted(spans, key=lambda at: -1 if at is None else at)
    )


def beginning(article: Readable) -> tuple[Match, ...]:
    """How the body of an article begins, as its passage with nothing highlighted; none where it has no body."""
    from kerman_tui.model import Match

    kinds = article.kinds
    if "body" not in kinds:
        return ()
    first = kinds.index("body")
    return (Match(first, article.line_of(first), article.text_of(first), (), "name"),)


def _naming_fields(node: Node | None) -> Iterator[Field]:
    from kerman_tui.search.query import And, Field, Or

    if isinstance(node, Field):
        if node.name in NAMED:
            yield node
    elif isinstance(node, And | Or):
        for child in node.children:
            yield from _naming_fields(child)
