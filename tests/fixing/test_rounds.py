"""Fixing until nothing is left to fix."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flatlint.diagnostics import Applicability, Diagnostic, Edit, Fix, Place, Severity
from flatlint.fixing.rounds import BrokenFix, Content, fix_until_stable
from flatlint.fixing.writing import ChangedMeanwhile
from flatlint.sources import SourceFile
from flatlint.sources.reading import from_bytes, from_text


def replacing(pattern: str, content: str, code: str = "FL001"):  # type: ignore[no-untyped-def]
    """A linter whose one rule wants each match of `pattern` replaced."""

    def lint(source: SourceFile) -> Sequence[Diagnostic]:
        return [
            _diagnostic(source, found.start(), found.end(), content, code)
            for found in re.finditer(pattern, source.text)
        ]

    return lint


def _diagnostic(source: SourceFile, start: int, end: int, content: str, code: str) -> Diagnostic:
    first, last = source.position_of(start), source.position_of(end)
    fix = Fix(Applicability.SAFE, "fix", (Edit(content, first, last, start, end),))
    place = Place(source.name, first, last, start, end)
    return Diagnostic(code, "name", Severity.WARNING, "message", place, fix=fix)


def fixed(text: str, lint):  # type: ignore[no-untyped-def]
    content = Content(from_text(text, "model.py"), text.encode())
    return fix_until_stable(content, lint(content.source), lambda _found: True, lint)


def test_what_overlaps_in_one_round_is_fixed_in_the_next() -> None:
    def lint(source: SourceFile) -> Sequence[Diagnostic]:
        return [*replacing("ab", "b", "FL001")(source), *replacing("bc", "c", "FL002")(source)]

    done = fixed("abc\n", lint)
    assert done.content.source.text == "c\n"
    assert [found.code for found in done.applied] == ["FL001", "FL002"]


def test_a_mistake_that_a_fix_brings_to_light_is_fixed_too() -> None:
    def lint(source: SourceFile) -> Sequence[Diagnostic]:
        found = replacing(r"first\(3\)", "ok", "FL102")(source)
        return found or [
            replace(one, message="another layer")
            for one in replacing("second", "ok", "FL102")(source)
        ]

    assert fixed("first(3) + second\n", lint).content.source.text == "ok + ok\n"


def test_every_finding_that_was_mended_is_reported() -> None:
    assert len(fixed("old = old\n", replacing("old", "new")).applied) == 2


def test_fixes_that_are_not_allowed_stay_findings() -> None:
    lint = replacing("old", "new")
    content = Content(from_text("old\n", "model.py"), b"old\n")
    done = fix_until_stable(content, lint(content.source), lambda _found: False, lint)
    assert (done.content, len(done.remaining)) == (content, 1)


def test_a_fix_that_leaves_its_finding_is_not_applied_for_ever() -> None:
    done = fixed("x = 1\n", replacing("x", "xx"))
    assert done.content.source.text == "x = 1\n"
    assert len(done.remaining) == 1


def test_two_fixes_that_undo_each_other_come_to_an_end() -> None:
    def lint(source: SourceFile) -> Sequence[Diagnostic]:
        both = (replacing("ping", "pong", "FL001"), replacing("pong", "ping", "FL002"))
        return [found for one in both for found in one(source)]

    assert fixed("ping\n", lint).content.source.text in ("ping\n", "pong\n")


def test_a_fix_that_breaks_the_syntax_is_refused() -> None:
    with pytest.raises(BrokenFix, match="FL001"):
        fixed("x = 1\n", replacing("=", "= ="))


def test_a_program_that_python_refuses_anyway_can_still_be_mended() -> None:
    assert fixed("print old\n", replacing("old", "new")).content.source.text == "print new\n"


def test_encoding_byte_order_mark_and_line_ends_stay() -> None:
    data = b"\xef\xbb\xbf# \xc3\xa9\r\nold = 1\r\nb = 2\n"
    content = Content(from_bytes(data, None), data)
    lint = replacing("old", "new")
    done = fix_until_stable(content, lint(content.source), lambda _found: True, lint)
    assert done.content.data == data.replace(b"old", b"new")
    latin = b"# -*- coding: latin-1 -*-\n# \xe9\nold = 1\n"
    content = Content(from_bytes(latin, None), latin)
    done = fix_until_stable(content, lint(content.source), lambda _found: True, lint)
    assert done.content.data == latin.replace(b"old", b"new")


def test_a_file_that_changed_after_it_was_linted_is_not_mended() -> None:
    with pytest.raises(ChangedMeanwhile, match="changed meanwhile"):
        Content.of(from_text("old = 1\n", "model.py"), b"theirs = 1\n")


def test_a_character_that_the_encoding_lacks_is_no_silent_loss() -> None:
    data = b"# -*- coding: latin-1 -*-\nold = 1\n"
    content = Content(from_bytes(data, None), data)
    lint = replacing("old", "\u4e2d")
    with pytest.raises(UnicodeEncodeError):
        fix_until_stable(content, lint(content.source), lambda _found: True, lint)


@given(st.text("ab\n #é😀", max_size=40))
def test_fixing_what_is_fixed_changes_nothing(text: str) -> None:
    lint = replacing("ab+", "a")
    once = fixed(text, lint)
    again = fixed(once.content.source.text, lint)
    assert again.content.source.text == once.content.source.text
    assert not again.applied
