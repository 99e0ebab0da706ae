"""Which holder of an office a lone family name means: a candidate and its article's date in, a holder or none out."""

from __future__ import annotations

from collections.abc import Set

from kerman_tui.people.candidates import Candidate
from kerman_tui.people.knowledge import Holder, Knowledge
from kerman_tui.people.names import bare, full_key
from kerman_tui.people.roles import Role, singular
from kerman_tui.people.words import Word

_OFFICES = {
    "sen.": "senator", "sens.": "senator", "rep.": "representative", "reps.": "representative", "gov.": "governor",
    "congressman": "representative", "congresswoman": "representative", "lawmaker": "representative",
    "pm": "prime minister", "premier": "prime minister", "fm": "foreign minister", "amb.": "ambassador",
    "sec.": "secretary", "pres.": "president", "spokeswoman": "spokes", "spokesman": "spokes", "spokesperson": "spokes",
}  # fmt: skip
"""Titles under the word that the table of offices uses for them."""
_SERVANT_OF = ("abdul-", "abdel-", "abd-", "abdur-", "abdal-")
"""How given names begin that mean "servant of": alone such a name is no family's."""
REMEMBERED = 2
"""Years around an office in which its holder can be named by the family name alone."""


def holder_of(c: Candidate, known: Knowledge, published: str | None, things: Set[str]) -> Holder | None:
    """The holder whom a lone family name can mean, by the office before it and the date of the article.

    ``things`` are keys of what the article names after somebody ("Ford Foundation"): such a word alone is nobody.
    """
    names = known.families.get(c.key, ())
    if not names:
        return None
    holders = [known.holders[n] for n in names]
    date = published if published and published[:4].isdigit() else ""
    common = bool(c.flags & (Word.COMMON | Word.GIVEN)) and not any(_named(h, c.key) for h in holders)
    common = common or c.name.lower().startswith(_SERVANT_OF)
    role = c.role
    if role is not None and role.vote < 0:
        return None
    if role is not None and role.vote > 0:
        near = sorted(holders, key=lambda h: h.years_from(date) if date else 0)
        fit, best = max(((office_fit(h, role, published), h) for h in near), key=lambda pair: pair[0])
        if fit >= (3 if common else 2):
            return best
        if role.countries:
            return None
    if common or (c.lowered and not role) or c.after_article or c.key in things:
        return None
    if bare(c.name) != c.name:
        holders = [h for h in holders if _named(h, c.key)]
    if date:
        holders = [h for h in holders if h.years_from(date) <= REMEMBERED or _named(h, c.key)]
    if len(holders) > 1 and published:
        serving = [h for h in holders if any(t.covers(published) for t in h.tenures)]
        holders = serving if len(serving) == 1 else _nearest(holders, date) if date else holders
    if len(holders) > 1:
        lone = [h for h in holders if _named(h, c.key)]
        holders = lone if len(lone) == 1 else holders
    return holders[0] if len(holders) == 1 else None


def _named(holder: Holder, key: str) -> bool:
    """Whether the table gives a family name alone as a spelling of a holder."""
    return any(full_key(spelling) == key for spelling in holder.spellings)


def _nearest(holders: list[Holder], date: str) -> list[Holder]:
    """The one holder whose office lies clearly nearer to the date than the others', else all."""
    ranked = sorted(((h.years_from(date), h) for h in holders), key=lambda pair: pair[0])
    return [ranked[0][1]] if ranked[0][0] + REMEMBERED < ranked[1][0] else holders


def office_fit(holder: Holder, role: Role, published: str | None) -> int:
    """How well a title and a date fit a holder: 2 for the country, 2 or 3 for the head noun, 1 for the time."""
    best = 0
    heads = [_OFFICES.get(head, singular(head).lower()) for head in role.heads]
    for tenure in holder.tenures:
        text = tenure.role.lower().removeprefix("us ")
        score = max((3 if text.startswith(head) else 2 for head in heads if head in text), default=0)
        score += 2 * (tenure.country is not None and tenure.country in role.countries)
        score += published is not None and tenure.covers(published)
        if role.countries and tenure.country and tenure.country not in role.countries:
            score -= 2
        best = max(best, score)
    return best
