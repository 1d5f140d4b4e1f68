"""Where a term stands in an official text, whatever the typography of either."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.store.official.typography import normalise, occurrences

TEXTS = st.text(st.sampled_from(list('茶树Aａ1１ 　\n（(“"㈠㎡ﬁfi\u200b')), max_size=12)


def test_a_term_is_found_across_line_breaks_and_widths() -> None:
    text = "每年 100\n万人以上，１００万人"
    assert [text[start:stop] for start, stop in occurrences(text, "100万人")] == ["100\n万人", "１００万人"]


@given(TEXTS, TEXTS)
def test_what_is_found_holds_the_term_and_nothing_is_missed(text: str, term: str) -> None:
    found = occurrences(text, term)
    assert all(normalise(term) in normalise(text[start:stop]) for start, stop in found)
    assert bool(found) == (normalise(term) != "" and normalise(term) in normalise(text))
