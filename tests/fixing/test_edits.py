"""Fixes that go together, and the text that they make."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from flatlint.diagnostics import (
    Applicability,
    Diagnostic,
    Edit,
    Fix,
    Place,
    Severity,
)
from flatlint.fixing.edits import Patch, apply_round
from flatlint.sources import Position

SOMEWHERE = Position(1, 1)


def edit(start: int, end: int, content: str) -> Edit:
    return Edit(content, SOMEWHERE, SOMEWHERE, start, end)


def finding(*edits: Edit, code: str = "FL001", at: int = 0) -> Diagnostic:
    place = Place("model.py", SOMEWHERE, SOMEWHERE, at, at)
    fix = Fix(Applicability.SAFE, "fix", edits)
    return Diagnostic(code, "name", Severity.WARNING, "message", place, fix=fix)


def text_after(text: str, *diagnostics: Diagnostic) -> str:
    return apply_round(text, diagnostics).text


def test_edits_are_applied_by_the_offsets_of_the_old_text() -> None:
    assert text_after("abcdef", finding(edit(0, 1, "XYZ"), edit(4, 6, ""))) == "XYZbcd"


def test_of_two_fixes_that_overlap_the_first_is_applied() -> None:
    first, second = finding(edit(0, 4, "X"), at=0), finding(edit(2, 6, "Y"), at=2)
    done = apply_round("abcdef", [second, first])
    assert (done.text, done.applied) == ("Xef", (first,))


def test_a_fix_is_applied_whole_or_not_at_all() -> None:
    first = finding(edit(4, 5, "X"), at=0)
    second = finding(edit(0, 1, "A"), edit(4, 6, "Y"), at=1)
    assert text_after("abcdef", first, second) == "abcdXf"


def test_two_fixes_share_the_import_that_both_need() -> None:
    an_import = edit(0, 0, "import Flatten\n")
    first = finding(an_import, edit(2, 2, "F1"), at=2)
    second = finding(an_import, edit(4, 4, "F2"), at=4)
    done = apply_round("abcdef", [first, second])
    assert done.text == "import Flatten\nabF1cdF2ef"
    assert done.applied == (first, second)


def test_two_different_insertions_at_one_place_wait_for_each_other() -> None:
    first, second = finding(edit(3, 3, "X"), at=0), finding(edit(3, 3, "Y"), at=1)
    assert apply_round("abcdef", [first, second]).applied == (first,)


def test_an_insertion_beside_a_replacement_is_no_overlap() -> None:
    done = text_after(
        "abcdef", finding(edit(2, 4, "R"), at=0), finding(edit(2, 2, "<"), edit(4, 4, ">"), at=1)
    )
    assert done == "ab<R>ef"


def test_a_fix_whose_own_edits_overlap_is_left_out() -> None:
    assert apply_round("abcdef", [finding(edit(0, 3, "X"), edit(2, 4, "Y"))]).applied == ()


def test_findings_without_a_fix_change_nothing() -> None:
    bare = Diagnostic("FL1", "n", Severity.ERROR, "m", finding().place)
    assert apply_round("abc", [bare]).text == "abc"


TEXT = "abcdefghij"
EDITS = st.builds(
    lambda bounds, content: edit(min(bounds), max(bounds), content),
    st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))),
    st.text("XYZ", max_size=3),
)


def overlap(first: Edit, second: Edit) -> bool:
    """Whether two edits cannot both be applied, said directly: a shared character, an insertion
    strictly inside the other, or two different insertions at one place."""
    a, b = sorted((first, second), key=lambda e: (e.start_offset, e.end_offset))
    if a == b:
        return False
    if a.start_offset == a.end_offset == b.start_offset == b.end_offset:
        return True
    return b.start_offset < a.end_offset


def applied_one_by_one(text: str, edits: list[Edit]) -> str:
    """The naive way: the last edit first, so that offsets before it stay right."""
    ordered = sorted(set(edits), key=lambda e: (e.start_offset, e.end_offset))
    for one in reversed(ordered):
        text = text[: one.start_offset] + one.content + text[one.end_offset :]
    return text


@given(st.lists(EDITS, max_size=8))
def test_edits_that_do_not_overlap_give_what_applying_them_one_by_one_gives(
    edits: list[Edit],
) -> None:
    patch = Patch()
    taken: list[Edit] = []
    for one in edits:
        fits = not any(overlap(one, other) for other in taken)
        assert patch.accept([one]) is fits
        if fits:
            taken.append(one)
    assert patch.applied_to(TEXT) == applied_one_by_one(TEXT, taken)


@given(st.lists(st.lists(EDITS, min_size=1, max_size=3), max_size=5))
def test_what_a_round_reports_as_applied_is_what_its_text_contains(
    groups: list[list[Edit]],
) -> None:
    findings = [finding(*group, at=number) for number, group in enumerate(groups)]
    done = apply_round(TEXT, findings)
    edits = [one for found in done.applied if found.fix for one in found.fix.edits]
    assert done.text == applied_one_by_one(TEXT, edits)
    left = [found for found in findings if found not in done.applied]
    for found in left:
        own = found.fix.edits if found.fix else ()
        assert any(overlap(a, b) for a in own for b in (*edits, *own))


@given(st.lists(EDITS, max_size=8), st.randoms())
def test_the_order_in_which_findings_come_does_not_matter(edits: list[Edit], random) -> None:  # type: ignore[no-untyped-def]
    findings = [finding(one, at=number) for number, one in enumerate(edits)]
    shuffled = list(findings)
    random.shuffle(shuffled)
    assert apply_round(TEXT, shuffled) == apply_round(TEXT, findings)
