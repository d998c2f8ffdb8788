"""Frames around any place of any text."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from flatlint.diagnostics import Place, Severity
from flatlint.reporting.code_frame import code_frame
from flatlint.reporting.paint import Paint
from flatlint.sources.reading import from_text

TEXTS = st.text("ab \t\r\n\x0c\x1b\u2028é中😀e\u0301()", max_size=200)


@given(TEXTS, st.data(), st.none() | st.integers(10, 100))
def test_every_place_of_every_text_can_be_framed(
    text: str, data: st.DataObject, width: int | None
) -> None:
    source = from_text(text, "model.py")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    place = Place("model.py", source.position_of(start), source.position_of(end), start, end)
    lines = list(code_frame(source, place, Severity.ERROR, Paint(False), width))
    assert sum("^" in line for line in lines) >= 1
    assert not re.search("[\x00-\x1f\x7f-\x9f]", "".join(lines))
    numbers = [int(found[1]) for line in lines if (found := re.match(r" *(\d+) \|", line))]
    assert source.row_of(start) in numbers
    assert numbers == sorted(set(numbers))
    if width is not None:
        gutter = len(str(max(numbers))) + 3
        assert all(cell_len(line) <= max(width, gutter + 20) for line in lines)
