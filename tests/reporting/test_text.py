"""The report for people: frames, carets, trails."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from flatlint.diagnostics import Severity
from flatlint.reporting.as_concise import as_concise
from flatlint.reporting.as_grouped import as_grouped
from flatlint.reporting.as_text import as_text
from flatlint.reporting.paint import Paint
from tests.reporting.hand_made import (
    PROGRAM,
    bare_finding,
    dense_finding,
    report_on,
    source_of,
)
from tests.reporting.notebook import NOTEBOOK

PLAIN = Paint(is_coloured=False)


def text_of(source_text: str, words: str, width: int | None = None) -> list[str]:
    source = source_of(source_text)
    return as_text(report_on(source, bare_finding(source, words)), PLAIN, width).splitlines()


def caret_columns(lines: list[str]) -> tuple[int, int]:
    """Terminal columns where the carets begin and end."""
    line = next(line for line in lines if "^" in line)
    return line.index("^"), line.rindex("^") + 1


def columns_of_words(lines: list[str], words: str) -> tuple[int, int]:
    """Terminal columns where the shown `words` begin and end, as rich measures them."""
    line = next(line for line in lines if words in line)
    start = cell_len(line[: line.index(words)])
    return start, start + cell_len(words)


def test_a_finding_shows_code_way_of_the_shape_help_and_fix() -> None:
    source = source_of(PROGRAM)
    assert as_text(report_on(source, dense_finding(source)), PLAIN) == (
        "FL001 warning: Dense(4) gets (None, 3, 16)\n"
        "  --> model.py:5:11\n"
        "  |\n"
        "3 | model = Sequential()\n"
        "4 | model.add(Dense(16, input_shape=(3, 2)))\n"
        "5 | model.add(Dense(4))\n"
        "  |           ^^^^^^^^\n"
        "  |\n"
        "  = shape: how it came about\n"
        "      line 4  input_shape=(3, 2)  (None, 3, 2)\n"
        "      line 4  Dense(16)           (None, 3, 16)\n"
        "  = note: the input shape is set here (line 4)\n"
        "  = help: Put Flatten() before it.\n"
        "  = fix: Add Flatten() before Dense(4) "
        "(--fix --unsafe-fixes: it changes what the program computes)\n"
        "  = rule: dense-on-unflattened-input, see `flatlint rule FL001`\n"
        "\n"
    )


@pytest.mark.parametrize(
    "before",
    ["", "é = 1; ", "😀 = 1; ", "中文 = 1; ", "e\u0301 = 1; ", "\tx = 1; ", "x\u200b = 1; "],
)
def test_carets_stand_under_the_words_whatever_stands_before_them(before: str) -> None:
    lines = text_of(f"{before}Dense(4)\n", "Dense(4)")
    assert caret_columns(lines) == columns_of_words(lines, "Dense(4)")


def test_carets_are_as_wide_as_wide_words() -> None:
    lines = text_of('y = f("é😀")\n', 'f("é😀")')
    assert caret_columns(lines) == columns_of_words(lines, 'f("é😀")')


@pytest.mark.parametrize("width", [30, 40, 60])
def test_a_long_line_is_cut_to_the_terminal_with_the_place_in_sight(width: int) -> None:
    long = "x = [" + "1, " * 100 + "Dense(4), " + "2, " * 100 + "]\n"
    lines = text_of(long, "Dense(4)", width)
    frame = [line for line in lines if " | " in line]
    assert all(cell_len(line) <= width for line in frame)
    assert caret_columns(lines) == columns_of_words(lines, "Dense(4)")


def test_a_line_of_megabytes_is_shown_in_no_time_and_in_part() -> None:
    data = "é" * 3_000_000
    lines = text_of(f'x = "{data}"; Dense(4); y = "{data}"\n', "Dense(4)")
    assert max(map(len, lines)) < 1_100
    assert caret_columns(lines) == columns_of_words(lines, "Dense(4)")


def test_a_call_over_several_lines_is_underlined_on_each() -> None:
    lines = text_of("x = Dense(\n    4,\n)\n", "Dense(\n    4,\n)")
    carets = [line for line in lines if "^" in line]
    assert carets == ["  |     ^^^^^^", "  |     ^^", "  | ^"]


def test_a_very_long_call_is_not_shown_whole() -> None:
    call = "Dense(\n" + "    # a comment\n" * 50 + ")"
    assert len(text_of(f"x = {call}\n", call)) < 25


def test_escape_codes_in_a_source_do_not_reach_the_terminal() -> None:
    lines = text_of('x = "\x1b[31m\x9b\u202e"; Dense(4)\n', "Dense(4)")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", "".join(lines))
    assert caret_columns(lines) == columns_of_words(lines, "Dense(4)")


def test_no_frame_shows_lines_of_another_cell_or_what_masks_magics() -> None:
    source = source_of(NOTEBOOK, "model.ipynb")
    finding = bare_finding(source, "from keras.layers import Dense")
    text = as_text(report_on(source, finding), PLAIN)
    assert "model.ipynb:cell 2:2:1" in text
    assert "1 | %matplotlib inline" in text
    assert "size" not in text


def test_a_finding_at_the_end_of_an_empty_file_shows_no_frame() -> None:
    source = source_of("")
    text = as_text(report_on(source, bare_finding(source, "", "cannot be decoded")), PLAIN)
    assert text.splitlines()[:2] == ["FL102 error: cannot be decoded", "  --> model.py:1:1"]
    assert "|" not in text


def test_help_is_wrapped_to_the_terminal() -> None:
    source = source_of(PROGRAM)
    lines = as_text(report_on(source, dense_finding(source)), PLAIN, 50).splitlines()
    remarks = lines[lines.index("  = note: the input shape is set here (line 4)") : -2]
    assert all(len(line) <= 50 for line in remarks)


def test_colours_change_nothing_but_colours() -> None:
    source = source_of(PROGRAM)
    report = report_on(source, dense_finding(source))
    for render in (as_text, as_concise, as_grouped):
        coloured = render(report, Paint(is_coloured=True))
        assert "\x1b[" in coloured
        assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == render(report, PLAIN)


def test_concise_is_one_line_a_finding() -> None:
    source = source_of(PROGRAM)
    report = report_on(
        source, dense_finding(source), bare_finding(source, "Dense(16", severity=Severity.INFO)
    )
    assert as_concise(report, PLAIN) == (
        "model.py:5:11: FL001 warning: Dense(4) gets (None, 3, 16)\n"
        "model.py:4:11: FL102 info: message\n"
    )


def test_grouped_names_each_file_once() -> None:
    source = source_of(PROGRAM)
    report = report_on(source, bare_finding(source, "Dense(16"), dense_finding(source))
    assert as_grouped(report, PLAIN) == (
        "model.py:\n"
        "  4:11  FL102 error: message\n"
        "  5:11  FL001 warning: Dense(4) gets (None, 3, 16)\n"
        "\n"
    )
