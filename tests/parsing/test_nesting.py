"""What nests too deep is told before it is parsed, and what does not can be walked."""

from __future__ import annotations

import subprocess
import sys
import threading

import libcst as cst
import pytest

from flatlint.parsing.nesting import is_too_deep
from flatlint.parsing.parse import RECURSION_LIMIT, parse
from flatlint.parsing.skipped import SkipReason
from flatlint.sources.reading import from_text
from tests.parsing.programs import OWN, STANDARD_LIBRARY, text_of

DEEP = {
    "parentheses": lambda n: "x = " + "(" * n + "1" + ")" * n,
    "lists over rows": lambda n: "x = " + "[\n" * n + "]\n" * n,
    "calls in calls": lambda n: "x = " + "f(" * n + ")" * n,
    "dicts": lambda n: "x = " + "{1: " * n + "1" + "}" * n,
    "unclosed": lambda n: "x = " + "(" * n,
    "sum": lambda n: "x = 1" + " + 1" * n,
    "sum over rows": lambda n: "x = 1" + " + \\\n 1" * n,
    "sum in brackets": lambda n: "x = (1" + "\n + 1" * n + ")",
    "calls of calls": lambda n: "x = a" + ".b()" * n,
    "subscripts": lambda n: "x = a" + "[0]" * n,
    "attributes": lambda n: "x = a" + ".b" * n,
    "not": lambda n: "x = " + "not " * n + "1",
    "minus": lambda n: "x = " + "-" * n + "1",
    "lambda": lambda n: "x = " + "lambda a, b: " * n + "1",
    "conditions": lambda n: "x = " + "1 if a else " * n + "1",
    "comprehension": lambda n: "x = [a" + " for a in b" * n + "]",
    "strings side by side": lambda n: "x = (" + "'a'\n" * n + ")",
    "f-strings": lambda n: "x = " + "f'{a} {f\"{a} {" * (n // 2) + "1" + "}\"}'" * (n // 2),
    "elif": lambda n: "if a: pass\n" + "elif a: pass\n" * n,
}
DEEP_TEXTS = pytest.mark.parametrize("program", DEEP.values(), ids=DEEP)


@DEEP_TEXTS
def test_thousands_of_levels_cost_their_statement_and_not_the_process(program: object) -> None:
    text = "before = 1\n" + program(3000) + "\nafter = 2\n"  # type: ignore[operator]
    assert is_too_deep(text)
    parsed = parse(from_text(text, "x.py"))
    assert {one.reason for one in parsed.skipped} <= {
        SkipReason.TOO_DEEP,
        SkipReason.NOT_A_STATEMENT,
    }
    assert parsed.text.startswith("before = 1\n")
    assert parsed.text.endswith("after = 2\n")


@DEEP_TEXTS
def test_what_is_taken_is_walked_within_the_recursion_limit(program: object) -> None:
    deepest = max(n for n in range(2, 300, 2) if not is_too_deep(program(n)))  # type: ignore[operator]
    assert deepest >= 20
    module = parse(from_text(program(deepest), "x.py")).module  # type: ignore[operator]
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(RECURSION_LIMIT)
    try:
        assert module.visit(cst.CSTTransformer()).code == module.code
    finally:
        sys.setrecursionlimit(limit)


def test_everything_deep_at_once_is_walked_within_the_recursion_limit() -> None:
    blocks = 85
    text = "".join(" " * level + "if a:\n" for level in range(blocks))
    text += " " * blocks + "if a: pass\n" + (" " * blocks + "elif a: pass\n") * 99
    text += " " * blocks + "else: x = " + "[[" * 20 + "-" * 200 + "1" + "]]" * 20 + "\n"
    parsed = parse(from_text(text, "x.py"))
    assert not parsed.skipped
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(RECURSION_LIMIT)
    try:
        assert parsed.module.code == text
    finally:
        sys.setrecursionlimit(limit)


def test_what_is_taken_is_parsed_on_the_smallest_stack_of_a_thread() -> None:
    # macOS gives 512 KB to a thread; an overflow would end this process, so another one tries.
    program = (
        "import threading, sys\n"
        "from flatlint.parsing.parse import parse\n"
        "from flatlint.sources.reading import from_text\n"
        "texts = ['x = ' + '(' * 40 + ')' * 40, 'x = ' + '{1: [x for x in ' * 20 + '1' + ']}' * 20,"
        " 'x = ' + 'f(a=' * 40 + '1' + ')' * 40, 'x = ' + 'lambda a=(' * 25 + '1' + '): 1' * 25]\n"
        "threading.stack_size(512 * 1024)\n"
        "t = threading.Thread(target=lambda: [parse(from_text(t, '')) for t in texts])\n"
        "t.start(); t.join()\n"
        "assert not any(parse(from_text(t, '')).skipped for t in texts); print('alive')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stdout == "alive\n", done.stderr[-500:]
    assert threading.stack_size() == 0


@pytest.mark.parametrize("brackets", ["[]", "()"])
def test_a_pattern_that_would_take_hours_is_left_out(brackets: str) -> None:
    opening, closing = f"{brackets[0]}\n" * 30, brackets[1] * 30
    text = f"match a:\n    case {opening}b{closing}: pass\nafter = 2\n"
    parsed = parse(from_text(text, "x.py"))
    assert parsed.text.endswith("after = 2\n")
    assert parsed.skipped


@pytest.mark.parametrize(
    "text",
    [
        "x = [" + "1.5, -2, a.b(c)[0],\n" * 5000 + "]",
        "x = {" + "'a': lambda a, b: a + b,\n" * 500 + "}",
        "def f(a):\n    if a: pass\n    elif b: pass\n" * 300,
        "x = '" + "(" * 1000 + "'  # " + "[" * 1000,
        "a.b(c + d)\n" * 1000,
        "a.b(c + d)\r" * 1000,
        "a = '{'\n" * 1000 + 'b = "c\\\n{"\n' * 1000,
        "if " + " and ".join(f"a{n} == {n}" for n in range(100)) + ": pass",
        "x = [\n" + "case_weights(((((((((1))))))))),\n" * 3 + "]",
        "a = 1; b = 2; " * 300,
    ],
)
def test_a_long_text_is_not_a_deep_one(text: str) -> None:
    assert not is_too_deep(text)


@pytest.mark.parametrize("path", [*OWN[::5], *STANDARD_LIBRARY[::8]], ids=lambda path: path.name)
def test_no_real_program_is_too_deep(path: object) -> None:
    assert not is_too_deep(text_of(path))  # type: ignore[arg-type]
