"""How deep a text nests, told before it is parsed: libcst's parser has no bound of its own.

Its parser is recursive and written in Rust: some thousand brackets overflow the stack and end the
process (about 8 KB of stack a bracket, measured with libcst 1.9), and chains of operators or calls
cost the square of their length. What passes here is safe to parse on a stack of 512 KB.
"""

from __future__ import annotations

import re

from flatlint.parsing.lexing import STRING_OR_COMMENT, lex

# Python's own parser gives up at 200 brackets; with lambdas between them 64 overflow 512 KB.
MAXIMUM_BRACKETS = 40
# Operators, attributes, calls, lambdas … of one expression that may each contain the one before.
MAXIMUM_CHAIN = 250
# libcst reads nested patterns of `case` in exponential time: 11 brackets take 11 seconds.
MAXIMUM_PATTERN_BRACKETS = 6
# `elif` of one chain, and of the chains within it.
MAXIMUM_ELIFS = 100

_WORDS = (
    *(("lambda", "$"), ("not ", "~"), ("not(", "~("), (" and ", "~"), (" or ", "~")),
    *((" if ", "~"), (" else ", "~"), (" for ", "~"), ("await", "~")),
)
_CASE = re.compile(r"^[ \t\f]*case\b(?![ \t]*[=.,)])", re.MULTILINE)
_OPENING = frozenset(b"([{")
_CLOSING = frozenset(b")]}")
# Not `=`: libcst keeps the targets of an assignment side by side, and no other `=` repeats.
_LINKS = frozenset(b'+-*/%@&|^~<>."')
_KEPT = bytes([*_OPENING, *_CLOSING, *_LINKS, *b",;:$\n"])
_DROPPED = bytes(byte for byte in range(256) if byte not in _KEPT)


def is_too_deep(text: str) -> bool:
    """Whether some statement of the text nests deeper than can be parsed and walked safely.

    Linear in the text. Errs only towards True: where brackets are not closed, or a chain of
    operators is counted that does not nest.
    """
    if _has_long_elif_chain(text):
        return True
    code = STRING_OR_COMMENT.sub(_one_link, text)
    if "\r" in code:
        code = code.replace("\r\n", "\n").replace("\r", "\n")
    if _has_deep_pattern(code):
        return True
    code = code.replace("\\\n", '"')
    for word, sign in _WORDS:
        code = code.replace(word, sign)
    return _is_chain_too_long(code)


def _one_link(match: re.Match[str]) -> str:
    """A string or comment as one sign; of an f-string, the brackets that nest in it as well."""
    token = match[0]
    if "{" not in token or token[0] not in "fFrRtT":
        return '"'
    deepest = depth = 0
    for sign in token:
        depth = max(0, depth + (sign in "([{") - (sign in ")]}"))
        deepest = max(deepest, depth)
    return '"' + "{" * deepest + "}" * deepest


def _has_long_elif_chain(text: str) -> bool:
    """Whether so many `elif` are each within the `else` of the one before, as libcst nests them."""
    if text.count("elif") <= MAXIMUM_ELIFS:
        return False
    counts: dict[int, int] = {}
    for line in lex(text).lines:
        indent = line.indent
        counts = {outer: count for outer, count in counts.items() if outer <= indent}
        if text.startswith("elif", line.start):
            counts[indent] = counts.get(indent, 0) + 1
            if sum(counts.values()) > MAXIMUM_ELIFS:
                return True
        elif not text.startswith("else", line.start):
            counts.pop(indent, None)
    return False


def _has_deep_pattern(code: str) -> bool:
    """Whether brackets nest too deep in what stands after a `case`, were it over many rows."""
    end = 0
    for case in _CASE.finditer(code):
        if case.end() <= end:
            continue
        depth = deepest = 0
        for end in range(case.end(), len(code)):
            sign = code[end]
            if sign in "\n:" and depth <= 0:
                break
            depth += (sign in "([{") - (sign in ")]}")
            deepest = max(deepest, depth)
        if deepest > MAXIMUM_PATTERN_BRACKETS:
            return True
    return False


def _is_chain_too_long(code: str) -> bool:  # noqa: C901 - one loop over bytes, spread out it is slow
    """Add up, over the brackets that are open, the links of the chain that each stands in."""
    open_chains: list[int] = []
    chain = total = lambdas = 0
    for sign in code.encode("utf-8", "replace").translate(None, _DROPPED):
        if sign in _LINKS:
            chain += 1
            total += 1
            if total > MAXIMUM_CHAIN:
                return True
        elif sign in _OPENING:
            open_chains.append(chain)
            if len(open_chains) > MAXIMUM_BRACKETS:
                return True
            chain = 0
        elif sign in _CLOSING:
            total -= chain
            chain = 0
            if open_chains:
                # What was closed is one link, as the call in `a.b().c()`.
                chain = open_chains.pop() + 1
                total += 1
                if total > MAXIMUM_CHAIN:
                    return True
        elif sign == _LAMBDA:
            lambdas += 1
            chain += _LAMBDA_WEIGHT
            total += _LAMBDA_WEIGHT
            if total > MAXIMUM_CHAIN:
                return True
        elif sign == _COLON:
            lambdas = 0
        elif sign != _COMMA or not lambdas:
            # A comma, a semicolon or a row's end begins a new chain; not so a lambda's commas,
            # nor a row's end within brackets.
            if sign != _NEWLINE or not open_chains:
                total -= chain
                chain = 0
            lambdas = 0 if sign != _NEWLINE else lambdas
    return False


# A lambda takes as much of the stack as a bracket.
_LAMBDA_WEIGHT = 8
_LAMBDA, _COLON, _COMMA, _NEWLINE = b"$:,\n"
