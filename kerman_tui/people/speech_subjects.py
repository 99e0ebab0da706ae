"""The words that name a speaker: a sentence and the place of a reporting verb in, the span of a noun phrase out.

Read leftwards from the verb ("State Department spokesman Matthew Miller said"), rightwards from it ("said Miller"), or
from the opening of the sentence where the verb only goes on ("…, adding that"). Each answer is a pair of token numbers.
"""

from __future__ import annotations

from kerman_tui.people.speech_sentences import QUOTE, Sentence
from kerman_tui.people.speech_words import Lexicon

Phrase = tuple[int, int]
"""First and last token, both in."""

STOPS = frozenset(",;:—–-()[]" + QUOTE + '"“”‘«»|/…')
DETERMINERS = frozenset("the a an his her their its this that these those my our your no any some every each".split())
PRONOUNS = frozenset("he she they it we i you who".split())
OWNERS = frozenset("his her its their my our your".split())
COORDINATORS = frozenset({"and", "but", "or", "nor", "yet", "then"})
_OPENS_CLAUSE = frozenset("when as while after before because where".split())
_RELATIVES = frozenset({"who", "which", "that"})
_VERBS_OF_BEING = frozenset("is are was were has have had be been".split())
_RIGHT_STOPS = frozenset(
    "in on at during after before last this late early adding saying speaking citing via amid".split()
)
_JOINING = frozenset({"of", "for", "from", "with", "to"})
_NAME_PARTICLES = frozenset("of the for bin al de van von ibn to del da el".split())
_OPENINGS = frozenset("meanwhile however later there here . ' ’ additionally moreover".split())
_PREDICATIVES = frozenset("likely unlikely clear able unable ready willing due set keen quick slow bound".split())
_ROUGHLY = frozenset("about just only nearly almost some over".split())
_MAX_TOKENS = 16
_ABBREVIATION = 4
_DATELINE_TOKENS = 12
_MAX_APPOSITION = 30
_ENDS_OF_SPEECH = frozenset({"say", "tell", "add", "ask", "report", "announce", "claim"})


def left(sentence: Sentence, last: int, words: Lexicon) -> Phrase | None:
    """The noun phrase that ends at token ``last``; an apposition gives way to what it stands by."""
    lows = sentence.lows
    if last < 0:
        return None
    if lows[last] in _RELATIVES and last:
        last -= 1
        if lows[last] == ",":
            last -= 1
        if last < 0 or lows[last] in STOPS - {")"}:
            return None
    last = _skip_times(sentence, last, words)
    last = _skip_bracket(sentence, last)
    if last > 0 and lows[last] in (",", "—", "–"):
        opening = _apposition_start(sentence, last, words)
        if opening is None:
            return None
        if (
            sentence.capital(opening + 1)
            and not sentence.capital(opening - 1)
            and not _pronoun_like(sentence, opening - 1)
        ):
            return opening + 1, _until(sentence, opening + 1, last - 1, words)
        last = _skip_bracket(sentence, opening - 1)
    last = _skip_times(sentence, last, words)
    if last < 0 or lows[last] in STOPS or _reports(sentence, last, words):
        return None
    if lows[last] in PRONOUNS:
        return last, last
    first = last + 1
    while first > 0 and last - first < _MAX_TOKENS and not _ends_left(sentence, first - 1, words):
        first -= 1
    first = _skip_opening(sentence, first, last, words)
    return (first, last) if first <= last and not _predicates(sentence, first, last, words) else None


def _predicates(sentence: Sentence, first: int, last: int, words: Lexicon) -> bool:
    """Whether a phrase tells something of a subject that stands elsewhere: "likely to please Democrats"."""
    low, second = sentence.lows[first], sentence.low(first + 1)
    if sentence.lows[last] in ("'s", "’s") or sentence.lows[last] in words.prepositions:
        return True
    if first == last or sentence.capital(first):
        return False
    participle = low.endswith(("ed", "ing")) or low in _PREDICATIVES
    return participle and (second in words.prepositions or second in ("to", "not") or second in DETERMINERS)


def _reports(sentence: Sentence, at: int, words: Lexicon) -> bool:
    """Whether the word is itself a reporting verb, so that it ends no noun phrase: "the email" and "The Post" do."""
    cue = words.cues.get(sentence.lows[at])
    if cue is None or cue.form == "base" or sentence.capital(at):
        return False
    return sentence.lows[at] not in words.noun_forms


def _pronoun_like(sentence: Sentence, at: int) -> bool:
    return sentence.low(at) in PRONOUNS


def _until(sentence: Sentence, first: int, last: int, words: Lexicon) -> int:
    for at in range(first, last):
        if sentence.lows[at + 1] in STOPS or sentence.lows[at + 1] in words.prepositions:
            return at
    return last


def _ends_left(sentence: Sentence, at: int, words: Lexicon) -> bool:
    """Whether the token at ``at`` is no part of the noun phrase behind it."""
    low = sentence.lows[at]
    if low in STOPS or low in words.clause_words or low in _VERBS_OF_BEING:
        return True
    if low in COORDINATORS:
        return not _joins(sentence, at)
    cue = words.cues.get(low)
    if cue is None or cue.form == "base" or sentence.capital(at):
        return False
    return cue.base in _ENDS_OF_SPEECH or (cue.form == "past" and at > 0 and sentence.lows[at - 1] not in DETERMINERS)


def _joins(sentence: Sentence, at: int) -> bool:
    """Whether "and" joins two names, or two plural nouns that open the clause: "activists and opposition leaders"."""
    if at <= 0 or (sentence.capital(at - 1) and sentence.capital(at + 1)):
        return at > 0
    plural = sentence.lows[at - 1].endswith("s") and sentence.lows[at - 1].isalpha()
    return plural and (at <= 3 or sentence.lows[at - 2] in STOPS or sentence.lows[at - 3] in STOPS)


def _skip_bracket(sentence: Sentence, last: int) -> int:
    """Step leftwards over a closed bracket: Senator Feinstein (D-Calif.) said."""
    if sentence.low(last) not in (")", "]"):
        return last
    for at in range(last - 1, max(-1, last - 12), -1):
        if sentence.lows[at] in ("(", "["):
            return at - 1
    return last


def _skip_times(sentence: Sentence, last: int, words: Lexicon) -> int:
    while last > 0 and (sentence.lows[last] in words.times or sentence.lows[last].isdigit()):
        last -= 1
        if sentence.lows[last + 1] == "ago":
            last = _before_span(sentence, last)
        if sentence.low(last) in ("on", "in", "since", "during", "of", "at"):
            last -= 1
    return last


def _apposition_start(sentence: Sentence, comma: int, words: Lexicon) -> int | None:
    """The comma (or dash) that opens what the one at ``comma`` closes."""
    lows = sentence.lows
    for at in range(comma - 1, max(0, comma - _MAX_APPOSITION), -1):
        if lows[at] in (",", "—", "–"):
            after = lows[at + 1]
            if after in COORDINATORS or sentence.quote[at + 1] >= 0:
                return None
            if sentence.capital(at - 1) or after in ("who", "whose", "which", "a", "an", "the") or lows[at - 1] == ")":
                return at
            if sentence.capital(at + 1) or speaker_like(sentence, at - 1, words) or after == "speaking":
                return at
    return None


def speaker_like(sentence: Sentence, at: int, words: Lexicon) -> bool:
    """Whether the word at ``at`` is one for someone who can speak: a pronoun, an office, a body."""
    low = sentence.low(at)
    return low in words.pronouns or low in words.organisations or low in words.roles


def apposed(sentence: Sentence, comma: int, words: Lexicon) -> bool:
    """Whether the comma before a verb closes an apposition: Smith, the minister, said."""
    for at in range(comma - 1, max(-1, comma - _MAX_APPOSITION), -1):
        if sentence.lows[at] == ",":
            after = sentence.lows[at + 1]
            return (
                after in DETERMINERS
                or after in ("who", "which", "whose")
                or after in words.roles
                or after[:1].isdigit()
                or sentence.capital(at + 1)
                or after.endswith("ing")
                or after in words.prepositions
            )
    return False


def _skip_opening(sentence: Sentence, first: int, last: int, words: Lexicon) -> int:
    """Step over what opens the clause before the speaker: "On Thursday", "Meanwhile", "In Kerman"."""
    lows = sentence.lows
    while first <= last and (lows[first] in words.between or lows[first] in COORDINATORS or lows[first] in _OPENINGS):
        first += 1
    if first <= last and lows[first] in words.prepositions:
        for at in range(first + 1, last + 1):
            if lows[at] in words.times and at < last:
                first = at + 1
        if lows[first] in words.prepositions:
            return last + 1
    while first < last and lows[first] in words.times:
        first += 1
    return first


def _before_span(sentence: Sentence, last: int) -> int:
    """Step leftwards over how long ago: "less than two weeks"."""
    last -= 2
    if sentence.low(last) == "than":
        last -= 2
    return max(-1, last - (sentence.low(last) in _ROUGHLY))


def right(sentence: Sentence, first: int, words: Lexicon, *, surely: bool = False) -> Phrase | None:
    """The noun phrase that begins at token ``first``; ``surely`` where grammar leaves no doubt that there is one."""
    lows = sentence.lows
    if first >= len(lows) or lows[first] in STOPS:
        return None
    if lows[first] in PRONOUNS:
        return first, first
    if lows[first] in words.clause_words or lows[first] in words.prepositions or lows[first] in words.between:
        return None
    opens = sentence.capital(first) or lows[first] in DETERMINERS or speaker_like(sentence, first, words)
    opens = opens or _describes_a_name(sentence, first, words)
    if not (surely or opens or lows[first].endswith("s") or lows[first] in ("one", "another", "former", "senior")):
        return None
    last = first
    while last + 1 < len(lows) and last - first < _MAX_TOKENS and not _ends_right(sentence, last, words):
        last += 1
    return first, last


def _describes_a_name(sentence: Sentence, first: int, words: Lexicon) -> bool:
    """Whether a word or two in lower case lead to a name: "research firm Harbour Analytics", "analyst Anna Telder"."""
    for at in range(first, first + 3):
        low = sentence.low(at)
        if not low.isalpha() or low in words.prepositions or low in words.clause_words or low in words.between:
            return False
        if sentence.capital(at + 1):
            return True
    return False


def _ends_right(sentence: Sentence, last: int, words: Lexicon) -> bool:
    """Whether the noun phrase ends at ``last``, seen from the token behind it."""
    lows = sentence.lows
    low = lows[last + 1]
    if low in STOPS or low in words.clause_words or low in ("!", "?"):
        return True
    if low == ".":
        return not (len(lows[last]) <= 4 and sentence.capital(last) and sentence.capital(last + 2))
    if low in words.times or low in _RIGHT_STOPS:
        return not (sentence.capital(last + 1) and lows[last] in DETERMINERS)
    if low in COORDINATORS:
        return not _joins(sentence, last + 1)
    cue = words.cues.get(low)
    if cue is not None and cue.form in ("past", "ing") and not sentence.capital(last + 1):
        return True
    return low in words.between or (low in words.prepositions and low not in _JOINING)


def following(sentence: Sentence, at: int, words: Lexicon) -> Phrase | None:
    """The subject behind a participle that opens the sentence: "Citing the storm, Smith said"."""
    for comma in range(at + 1, min(len(sentence.lows) - 1, at + _MAX_APPOSITION)):
        if sentence.lows[comma] in (",", QUOTE):
            return _subject_at(sentence, comma + 1, len(sentence.lows) - 1, words)
    return None


def opening(sentence: Sentence, back: int, words: Lexicon) -> Phrase | None:
    """The subject of the main clause before token ``back``, where its words look like someone who can speak."""
    start = first = _behind_dateline(sentence)
    while first <= back and first < len(sentence.lows):
        phrase = _subject_at(sentence, first, back, words)
        if phrase is not None and (first <= start or sentence.low(phrase[1] + 1) != ","):
            return phrase  # in “in Salem, New Hampshire, Smith …” the second is part of the place
        comma = next((at for at in range(first, back) if sentence.lows[at] in (",", QUOTE)), None)
        if comma is None:
            return None
        first = comma + 1
    return None


def nearest_subject(sentence: Sentence, back: int, words: Lexicon) -> Phrase | None:
    """The subject of the last clause before token ``back`` that a word such as "when" opens: "when Smith rose and"."""
    for at in range(back - 1, -1, -1):
        if sentence.lows[at] in _OPENS_CLAUSE and sentence.capital(at + 1):
            return _subject_at(sentence, at + 1, back, words)
    return None


def _behind_dateline(sentence: Sentence) -> int:
    """The first token behind "WASHINGTON (AFP) —", 0 where no dateline opens the sentence."""
    for at, low in enumerate(sentence.lows[:_DATELINE_TOKENS]):
        if low in ("—", "–", "-", "--"):
            return at + 1 if at else 0
        if low[0].isalpha() and not sentence.capital(at):
            return 0
    return 0


def _subject_at(sentence: Sentence, first: int, back: int, words: Lexicon) -> Phrase | None:
    lows = sentence.lows
    low = lows[first]
    if low in PRONOUNS and low != "who":
        return first, first
    skipped = low in words.prepositions or low in words.clause_words or low in COORDINATORS or low in _OPENINGS
    if skipped or low in STOPS or low in words.times or sentence.low(first + 1) in words.times:
        return None
    if low.endswith(("ing", "ed", "ly")) and low not in words.organisations:
        return None
    last = first - 1
    named = False
    for at in range(first, min(back + 1, first + _MAX_TOKENS)):
        low = lows[at]
        if low in STOPS or low in words.between or low in words.clause_words or low in COORDINATORS:
            break
        if low == "." and at > first and sentence.capital(at - 1) and len(lows[at - 1]) <= _ABBREVIATION:
            continue
        if not sentence.capital(at) and (
            (named and low not in _NAME_PARTICLES) or low in words.cues or low.endswith("ed") or low in words.pasts
        ):
            break
        if low in words.prepositions and low not in _NAME_PARTICLES:
            break
        named = named or (sentence.capital(at) and (at > first or low not in DETERMINERS))
        last = at
    while last >= first and lows[last] in _NAME_PARTICLES:
        last -= 1
    return (first, last) if last >= first else None
