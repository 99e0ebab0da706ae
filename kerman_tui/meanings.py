"""What the fields of a query mean that the index alone cannot tell: people, organisations, countries, stories, tags."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from kerman_tui.model import Organisation, Person, Story
    from kerman_tui.people.merge import PeopleIndex


class Meanings(Struct, frozen=True):
    """The part of a corpus that gives a field's value its articles; each is asked for when a query has the field."""

    people_index: Callable[[], PeopleIndex]
    stories: Callable[[], Iterable[Story]]
    numbers_of: Callable[[Iterable[str]], set[int]]
    """The numbers that the index has for articles of these ids."""

    def resolvers(self) -> Mapping[str, Callable[[str], Collection[int]]]:
        """By field, what turns its value into the numbers of articles."""
        return {
            "person": self.of_person,
            "org": self.of_organisation,
            "country": self.of_country,
            "story": self.of_story,
            "tag": self.tagged,
        }

    def of_person(self, name: str) -> Collection[int]:
        """Articles that mention the person, or any person whom the name can mean."""
        return self.numbers_of(id_ for person in self.people_index().resolve(name) for id_ in person.articles)

    def of_organisation(self, name: str) -> Collection[int]:
        """Articles that mention the organisation under any of its spellings."""
        from kerman_tui.text.fold import fold

        wanted = fold(name)
        return self.numbers_of(
            id_
            for organisation in (*self.people_index().organisations(), *self.people_index().places())
            if any(fold(spelling) == wanted for spelling in (organisation.name, *organisation.variants))
            for id_ in organisation.articles
        )

    def of_country(self, name: str) -> Collection[int]:
        """Articles that name an office-holder or an organisation of a country, given by name, demonym or code."""
        from kerman_tui.people.knowledge import knowledge

        code = name.strip().upper() if len(name.strip()) == 2 else knowledge().country_of(name.strip())
        index = self.people_index()
        named: list[Person | Organisation] = [*index.people(everyone=True), *index.organisations()]
        return self.numbers_of(id_ for one in named if code and one.country == code for id_ in one.articles)

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
