"""Which comments keep which findings away."""

from __future__ import annotations

import pytest

from flatlint.parsing.suppressions import Suppressions, suppressions_of
from flatlint.sources.reading import from_text
from flatlint.sources.source_file import Cell, SourceFile
from tests.parsing.programs import FIXTURES, text_of


def read(text: str) -> Suppressions:
    return suppressions_of(from_text(text, "x.py"))


def is_kept_away(text: str, row: int, code: str = "FL001", name: str = "some-name") -> bool:
    return read(text).suppresses(code, name, row, row) is not None


def test_each_row_of_the_fixture_keeps_away_what_it_says() -> None:
    text = text_of(FIXTURES / "suppressions.py")
    expected = [row for row, line in enumerate(text.split("\n"), 1) if "# kept away" in line]
    rows = range(1, text.count("\n") + 1)
    code_rows = [row for row in rows if "Dense(1)" in text.split("\n")[row - 1]]
    assert [row for row in code_rows if is_kept_away(text, row)] == expected


@pytest.mark.parametrize(
    "comment",
    [
        "# flatlint: ignore",
        "# flatlint:ignore[FL001]",
        "#flatlint: ignore[fl001]",
        "# flatlint: ignore[FL002, FL001]",
        "# flatlint: ignore[ some-name ]: why",
        "# why # flatlint: ignore[FL001]",
        "# noqa",
        "# NOQA:FL001",
        "# noqa: E501,FL001 # why",
        "# flatlint: file-ignore[FL001]",
    ],
)
def test_a_comment_at_the_end_keeps_a_finding_away(comment: str) -> None:
    assert is_kept_away(f"a\nf(x)  {comment}\n", 2)


@pytest.mark.parametrize(
    "comment",
    [
        "# flatlint: ignore[FL002]",
        "# flatlint: ignore[FL0011]",
        "# flatlint ignore[FL001]",
        "# noqa: E501",
        "# noqa: FL002",
        "# noqaFL001",
        "'# flatlint: ignore'",
        "# flatlint: enable",
    ],
)
def test_another_comment_does_not(comment: str) -> None:
    assert not is_kept_away(f"f(x)  {comment}\n", 1)


def test_a_comment_above_reaches_the_statement_below_alone() -> None:
    text = "a\n# flatlint: ignore\n# more\nf(\n  x\n)\nb\n"
    assert [row for row in range(1, 9) if is_kept_away(text, row)] == [4, 5, 6]


def test_a_comment_above_an_empty_row_reaches_nothing() -> None:
    assert not is_kept_away("# flatlint: ignore\n\nf(x)\n", 3)


def test_a_comment_inside_a_statement_reaches_its_own_row_alone() -> None:
    text = "f([\n  a,\n  b,  # flatlint: ignore\n  c,\n])\n"
    assert [row for row in range(1, 6) if is_kept_away(text, row)] == [3]


def test_a_comment_alone_inside_a_statement_reaches_the_next_row() -> None:
    text = "f([\n  a,\n  # flatlint: ignore\n  c,\n])\n"
    assert [row for row in range(1, 6) if is_kept_away(text, row)] == [4]


def test_a_wide_finding_is_not_kept_away_by_a_comment_in_its_middle() -> None:
    suppressions = read("f([\n  a,  # flatlint: ignore\n])\n")
    assert suppressions.suppresses("FL001", "some-name", 1, 3) is None


def test_a_comment_after_a_header_does_not_reach_its_body() -> None:
    text = "for a in b:  # flatlint: ignore\n    f(a)\n"
    assert [row for row in (1, 2) if is_kept_away(text, row)] == [1]


def test_a_region_without_end_reaches_to_the_end_of_the_file() -> None:
    text = "a\n# flatlint: disable[FL001]\nb\n\nc"
    assert [row for row in range(1, 6) if is_kept_away(text, row)] == [2, 3, 4, 5]


def test_each_code_of_a_region_may_end_on_its_own() -> None:
    text = "# flatlint: disable[FL001, FL002]\na\n# flatlint: enable[FL001]\nb\n"
    text += "# flatlint: enable\nc\n"
    assert [row for row in (2, 4, 6) if is_kept_away(text, row)] == [2]
    assert [row for row in (2, 4, 6) if is_kept_away(text, row, "FL002")] == [2, 4]


def test_a_region_that_was_ended_is_not_ended_again_further_down() -> None:
    text = "# flatlint: disable\na\n# flatlint: enable\nb\n# flatlint: disable\nc\n"
    text += "# flatlint: enable\n"
    assert [row for row in (2, 4, 6) if is_kept_away(text, row)] == [2, 6]


def test_the_narrowest_suppression_is_said_to_be_of_use() -> None:
    suppressions = read("# flatlint: file-ignore\nf(x)  # flatlint: ignore\n")
    used = suppressions.suppresses("FL001", "some-name", 2, 2)
    assert used is not None
    assert used.last_row == 2


def test_what_suppresses_nothing_is_listed_with_its_place() -> None:
    text = "a  # why # flatlint: ignore[FL001] because\nb  # noqa: FL002\nc  # noqa\n"
    text += "d  # noqa: E1, FL001\n"
    suppressions = read(text)
    spans = [one.span for one in suppressions.unused([])]
    assert [text[span.start : span.end] for span in spans] == [
        "# flatlint: ignore[FL001] because",
        "# noqa: FL002",
    ]
    used = suppressions.suppresses("FL001", "some-name", 1, 1)
    assert used is not None
    assert used.reason == "because"
    assert used not in suppressions.unused([used])


def test_a_word_that_means_nothing_is_found() -> None:
    text = "a  # flatlint: ignroe[FL001]\n"
    (span,) = read(text).misspelled
    assert text[span.start : span.end] == "# flatlint: ignroe[FL001]"


def test_a_suppression_survives_the_half_typed_statement_above_it() -> None:
    assert is_kept_away("f(a,\nb = 1  # flatlint: ignore\n", 2)


def test_no_suppression_reaches_over_the_end_of_a_cell() -> None:
    text = "# 1\nf(\n# 2\ng(x)  # flatlint: ignore\n"
    source = SourceFile(None, "", text, (Cell(1, 4, 6), Cell(2, 11, len(text))), separator="# ")
    assert suppressions_of(source).suppresses("FL001", "", 2, 2) is None
    assert suppressions_of(source).suppresses("FL001", "", 4, 4) is not None
