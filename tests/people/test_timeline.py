"""The time line of a person: articles and mentions by date and outlet, as wide as asked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kerman_tui.corpus import Corpus
from kerman_tui.model import Mention, MentionsAt
from kerman_tui.people.timeline import Step, timeline
from tests.people.names_support import article

SAID = "President Vladimir Putin met farmers. Putin smiled."


def corpus() -> Corpus:
    dated = [
        ("a", "The Lantern", "2024-01-03"),
        ("b", "The Lantern", "2024-01-04"),
        ("c", "Harbour Post", "2024-01-04"),
        ("d", "Harbour Post", "2024-02-11T08:00:00"),
        ("e", "Harbour Post", None),
    ]
    return Corpus.of([article(SAID, id=id_, outlet=outlet, date=date) for id_, outlet, date in dated])


def test_mentions_are_counted_by_day_and_outlet_and_undated_ones_come_last() -> None:
    opened = corpus()
    (putin,) = opened.people()

    assert opened.timeline(putin) == (
        MentionsAt("2024-01-03", "The Lantern", 1, 2),
        MentionsAt("2024-01-04", "Harbour Post", 1, 2),
        MentionsAt("2024-01-04", "The Lantern", 1, 2),
        MentionsAt("2024-02-11", "Harbour Post", 1, 2),
        MentionsAt(None, "Harbour Post", 1, 2),
    )


def test_weeks_are_named_by_their_monday_and_months_by_their_iso_form() -> None:
    opened = corpus()
    (putin,) = opened.people()

    weeks = [(one.date, one.outlet, one.articles) for one in opened.timeline(putin, step="week")]
    months = [(one.date, one.mentions) for one in opened.timeline(putin, step="month", among={"a", "b", "d"})]

    assert weeks[:2] == [("2024-01-01", "Harbour Post", 1), ("2024-01-01", "The Lantern", 2)]
    assert months == [("2024-01", 4), ("2024-02", 2)]


@given(
    st.lists(st.tuples(st.sampled_from([None, "2024", "2024-05", "2024-05-31", "2023-13-40"]), st.sampled_from("XY"))),
    st.sampled_from(("day", "week", "month", "year")),
)
def test_no_article_and_no_mention_is_lost_whatever_the_step(given_: list[tuple[str | None, str]], step: Step) -> None:
    articles = {str(at): [Mention(0, 0, 1, "P")] * (at + 1) for at in range(len(given_))}

    found = timeline(
        articles,
        {str(at): date for at, (date, _) in enumerate(given_)},
        {str(at): outlet for at, (_, outlet) in enumerate(given_)},
        step=step,
    )

    assert sum(one.articles for one in found) == len(given_)
    assert sum(one.mentions for one in found) == sum(range(len(given_) + 1))
    assert len({(one.date, one.outlet) for one in found}) == len(found)
