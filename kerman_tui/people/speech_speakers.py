"""From the words that name a speaker to the name: spans in, canonical names out, or nothing where it cannot be told.

Names of people come from detection; "he" is whoever spoke or led the sentence before; "the Russian leader" is the one
person of the article who bears such an office. Organisations speak too and go by their longest form in the article.
"""

from __future__ import annotations

import bisect
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from kerman_tui.model import Article
from kerman_tui.people.knowledge import knowledge
from kerman_tui.people.speech_clauses import Frame
from kerman_tui.people.speech_sentences import Sentence
from kerman_tui.people.speech_subjects import OWNERS
from kerman_tui.people.speech_words import lexicon

if TYPE_CHECKING:
    from kerman_tui.people.detect import ArticleNames

_WORD = re.compile(r"[^\W_]+(?:[.'’ʼ&\-‐‑][^\W_]+)*")
_WORD_OR_STOP = re.compile(r"[^\W_]+(?:[.'’\-][^\W_]+)*|[,;:]")
_NEAR = 50
_LONG_FORM = 60
_POSSESSIVE = re.compile(r"(?:['’]s|s['’])\Z")
_ARTICLE = re.compile(r"\A(?:the|a|an)\s+", re.IGNORECASE)
_ABBREVIATED = re.compile(r"\b[^\W\d_]\.[^\W\d_]\.\Z")
_HE = frozenset({"he", "she", "his", "her"})


class Speaker(NamedTuple):
    """``text``: the words that name the speaker, as they stand; ``name``: who that is, where it is known."""

    text: str
    name: str | None
    person: bool = False


@dataclass(slots=True)
class _Known:
    name: str
    roles: str
    countries: frozenset[str]
    first: tuple[int, int]
    """Paragraph (-1: the title) and character of the first mention."""


class _Here(NamedTuple):
    start: int
    end: int
    known: _Known


@cache
def demonyms() -> Mapping[str, str]:
    """Lower-case country names, demonyms and seats of government to ISO 3166-1 alpha-2."""
    text = resources.files("kerman_tui.people").joinpath("data/countries.toml").read_text(encoding="utf-8")
    table: Mapping[str, Sequence[str]] = tomllib.loads(text)["countries"]
    return {
        word.strip().lower(): code
        for code, groups in table.items()
        for group in groups
        for word in group.split(",")
        if word.strip()
    }


@cache
def _tracked_names() -> frozenset[str]:
    return frozenset(group.name for group in knowledge().groups)


@dataclass(slots=True)
class Speakers:
    """Resolves speakers in one article, read from its beginning to its end."""

    article: Article
    names: ArticleNames
    _mentions: dict[int | None, list[_Here]] = field(init=False)
    _known: list[_Known] = field(init=False)
    _organisations: dict[tuple[int | None, int], tuple[int, str]] = field(init=False)
    _last: Speaker | None = field(init=False, default=None)
    _subject: _Known | None = field(init=False, default=None)
    _organisation: Speaker | None = field(init=False, default=None)
    _long: dict[str, str] = field(init=False, default_factory=dict)
    _spoke: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self._known = []
        self._mentions = {}
        for known, spans in _people(self.names):
            self._known.append(known)
            for paragraph, start, end in spans:
                self._mentions.setdefault(paragraph, []).append(_Here(start, end, known))
        self._organisations = {
            (mention.paragraph, mention.end): (mention.start, organisation.name)
            for organisation in self.names.organisations
            for mention in organisation.mentions
        }
        for here in self._mentions.values():
            here.sort(key=lambda mention: mention[:2])

    def resolve(
        self, paragraph: int | None, text: str, span: tuple[int, int] | None, sentence_start: int
    ) -> Speaker | None:
        """Who the words at ``span`` name, or ``None`` without a span."""
        if span is None:
            return None
        words = text[span[0] : span[1]]
        low = words.lower()
        if low in lexicon().pronouns or low in OWNERS:
            return self._pronoun(paragraph, words, low, sentence_start, span[0])
        person = self._head(paragraph, text, span)
        if person is not None:
            self._spoke.add(person.name)
            return Speaker(words, person.name, True)
        office = self._office(low, _place(paragraph, span[0]))
        if office is not None:
            return Speaker(words, office.name, True)
        return Speaker(words, self._tracked(paragraph, span) or self._body(words))

    def named(self, words: str) -> str | None:
        """The name that a bare name stands for: "Clinton" under a quotation."""
        bearers = {known.name for known in self._known if known.name == words or known.name.endswith(" " + words)}
        return bearers.pop() if len(bearers) == 1 else self._body(words)

    def remember(
        self, paragraph: int | None, sentence: Sentence, found: Sequence[Frame], resolved: Mapping[int, Speaker | None]
    ) -> None:
        """Take in a sentence that was read, so that "he" in the next one can be told."""
        colon = next((resolved[frame.at] for frame in found if frame.verb == ":" and resolved.get(frame.at)), None)
        named = [who for frame in found if (who := resolved.get(frame.at)) and who.name]
        speaker = colon or next(iter(named), None)
        # "Jilani expressed his sympathy, the ministry said": the next "it" is the ministry, the next "he" Jilani.
        self._organisation = next((who for who in reversed(named) if not who.person), self._organisation)
        if speaker is not None and speaker.name is not None:
            self._last = speaker
            self._subject = None
            return
        inside = self._between(paragraph, sentence.start, sentence.end)
        subject = next((here.known for here in inside if not self._governed(paragraph, sentence, here.start)), None)
        if subject is not None:
            self._subject = subject
            self._last = None

    # --- people -------------------------------------------------------------------------------------------------

    def _between(self, paragraph: int | None, start: int, end: int) -> list[_Here]:
        here = self._mentions.get(paragraph, [])
        first = bisect.bisect_left(here, start, key=lambda mention: mention.start)
        last = bisect.bisect_left(here, end, key=lambda mention: mention.start)
        return here[first:last]

    def _head(self, paragraph: int | None, text: str, span: tuple[int, int]) -> _Known | None:
        """The person whom a noun phrase names: not one who only owns or governs its head ("Trump's lawyer")."""
        for here in self._between(paragraph, span[0], span[1]):
            after = text[here.end : span[1]]
            if after[:2] in ("'s", "’s") or after[:1] in ("'", "’"):
                continue
            before = [word.lower() for word in _WORD.findall(text[span[0] : here.start])]
            if any(
                word in ("of", "for", "to", "with", "by", "from", "at", "in", "on") for word in before
            ) and not _titled(before):
                continue
            rest = _WORD.findall(after)
            if rest and rest[0][:1].islower() and rest[0] not in ("of", "and"):
                continue
            return here.known
        return None

    def _pronoun(self, paragraph: int | None, words: str, low: str, sentence_start: int, at: int) -> Speaker:
        if low in _HE:
            earlier = [here.known for here in self._between(paragraph, sentence_start, at)]
            if len({known.name for known in earlier}) == 1:
                return Speaker(words, earlier[0].name, True)
            if self._last is not None and self._last.person:
                return Speaker(words, self._last.name, True)
            if self._subject is not None:
                return Speaker(words, self._subject.name, True)
        if low in ("it", "its") and self._organisation is not None:
            return Speaker(words, self._organisation.name)
        return Speaker(words, None)

    def _office(self, low: str, at: tuple[int, int]) -> _Known | None:
        """The one person of the article whom "the Russian leader" can mean."""
        words = [word for word in _WORD.findall(_POSSESSIVE.sub("", low)) if word not in ("the", "former", "late")]
        if not words or (not low.startswith(("the ", "iran", "his ", "her ")) and len(words) > 3):
            return None
        roles = lexicon().roles
        wanted = roles.get(" ".join(words[-2:])) or roles.get(words[-1])
        if wanted is None:
            return None
        countries = {
            demonyms()[word.removesuffix("’s").removesuffix("'s")]
            for word in words
            if word.removesuffix("’s").removesuffix("'s") in demonyms()
        }
        bearers = [
            known for known in self._known
            if any(word in known.roles for word in wanted) and (not countries or known.countries & countries)
        ]  # fmt: skip
        if len(bearers) > 1:
            named = [known for known in bearers if known.first < at]
            bearers = [known for known in named if self._last is not None and known.name == self._last.name] or named
        if not bearers and countries:
            bearers = [known for known in self._known if not known.roles and known.name in self._spoke]
        return bearers[0] if len(bearers) == 1 else None

    def _governed(self, paragraph: int | None, sentence: Sentence, start: int) -> bool:
        """Whether the mention at ``start`` follows a preposition in its sentence."""
        before = self.article.text_of(paragraph)[max(sentence.start, start - _NEAR) : start]
        for word in reversed(_WORD_OR_STOP.findall(before)):
            low = word.lower()
            if low in lexicon().prepositions:
                return True
            if not low[:1].isalnum() or low.endswith("ed"):
                return False
        return False

    # --- bodies -------------------------------------------------------------------------------------------------

    def _body(self, words: str) -> str | None:
        """The organisation that a noun phrase names, without article; ``None`` where it names none."""
        name = _ARTICLE.sub("", words).strip(" ,'’")
        name = name if _ABBREVIATED.search(name) else name.rstrip(".")
        parts = _WORD.findall(name)
        if not parts or parts[0].lower() in ("spokesman", "spokeswoman", "spokesperson", "official", "source"):
            return None
        capital = [part for part in parts if part[:1].isupper()]
        last = parts[-1].lower()
        is_body = (
            any(part.lower() in lexicon().organisations for part in parts)
            or any(part.isupper() and len(part) > 1 for part in parts)
            or (len(parts) <= 3 and len(capital) == len(parts) and not self._is_person(parts[-1]))
            or last in demonyms()
        )
        return self._proper(name, parts) if is_body and (capital or last in lexicon().organisations) else None

    def _tracked(self, paragraph: int | None, span: tuple[int, int]) -> str | None:
        """The organisation of the program’s table by whose name the words end; others keep the words of the article."""
        start, name = self._organisations.get((paragraph, span[1]), (-1, ""))
        if start < span[0]:
            return None
        return self._long_form(name) if name in _tracked_names() else None

    def _proper(self, name: str, parts: Sequence[str]) -> str:
        """The proper name, in its long form, in what describes a body: "KAN" for "public broadcaster KAN"."""
        bodies = lexicon().organisations
        lower = [at for at, part in enumerate(parts) if not part[:1].isupper()]
        if lower and lower[-1] < len(parts) - 1 and parts[lower[-1]] in bodies:
            return self._long_form(" ".join(parts[lower[-1] + 1 :]))
        if lower and lower[0] > 0 and all(parts[at] in lexicon().media for at in range(lower[0], len(parts))):
            front = parts[: lower[0]]
            if not any(part.lower() in demonyms() for part in front):
                return self._long_form(" ".join(front))
        return self._long_form(name) if not lower else name

    def _long_form(self, name: str) -> str:
        """The name with the words for its kind that the article adds somewhere: "Xinhua News Agency" for "Xinhua"."""
        bodies = lexicon().organisations
        if name not in self._long:
            longest = name
            for paragraph in self.article.paragraphs:
                at = paragraph.text.find(name + " ")
                if at >= 0:
                    longer = name
                    for word in _WORD.findall(paragraph.text[at + len(name) : at + len(name) + _LONG_FORM]):
                        if not word[:1].isupper() or word.lower() not in bodies:
                            break
                        longer += " " + word
                    longest = max(longest, longer, key=len)
            self._long[name] = longest
        return self._long[name]

    def _is_person(self, word: str) -> bool:
        return any(word in known.name for known in self._known)


def _place(paragraph: int | None, start: int) -> tuple[int, int]:
    return (-1 if paragraph is None else paragraph, start)


def _titled(before: Sequence[str]) -> bool:
    """Whether the preposition belongs to a title that runs on to the name: "President of Serbia Aleksandar Vucic"."""
    roles = lexicon().roles
    return any(word in roles for word in before) and before[-1] not in ("of", "for", "to", "with", "by", "from")


def _people(names: ArticleNames) -> list[tuple[_Known, list[tuple[int | None, int, int]]]]:
    """Every person of the article with the places where they are named."""
    people = []
    for person in names.persons:
        roles = " ".join(role.text.lower() for role in person.roles)
        countries = frozenset(role.country for role in person.roles if role.country)
        if person.holder is not None:
            for tenure in knowledge().holders[person.holder].tenures:
                roles += " " + tenure.role.lower()
                countries |= {tenure.country} if tenure.country else frozenset()
        spans = [(mention.paragraph, mention.start, mention.end) for mention in person.mentions]
        first = min((_place(paragraph, start) for paragraph, start, _ in spans), default=(0, 0))
        people.append((_Known(person.holder or person.name, roles, countries, first), spans))
    return people
