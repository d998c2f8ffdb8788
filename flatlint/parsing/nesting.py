"""How deep a text nests, told before it is parsed: libcst's parser has no bound of its own.

Its parser is recursive and written in Rust: some thousand brackets overflow the stack and end the
process (about 8 KB of stack a bracket, measured with libcst 1.9), and chains of operators or calls
cost the square of their length. What passes here is safe to parse on a stack of 512 KB.
"""

from __future__ import annotations

from flatlint.parsing.lexing import STRING_OR_COMMENT, lex

# Python's own parser gives up at 200 brackets.
MAXIMUM_BRACKETS = 64
# Operators, attributes, calls, lambdas … of one expression that may each contain the one before.
MAXIMUM_CHAIN = 250
# libcst reads nested patterns of `case` in exponential time: 11 brackets take 11 seconds.
MAXIMUM_PATTERN_BRACKETS = 6
# `elif` of one chain, and of the chains within it.
MAXIMUM_ELIFS = 100

_WORDS = (("lambda", "$"), (" not ", "~"), ("not(", "~("), (" and ", "~"), (" or ", "~"))
_MORE_WORDS = ((" if ", "~"), (" else ", "~"), (" for ", "~"), ("await", "~"), ("elif", "~"))
_OPENING = frozenset(b"([{")
_CLOSING = frozenset(b")]}")
_LINKS = frozenset(b'+-*/%@&|^~<>.="')
_KEPT = bytes([*_OPENING, *_CLOSING, *_LINKS, *b",;:$\n"])
_DROPPED = bytes(byte for byte in range(256) if byte not in _KEPT)


def is_too_deep(text: str) -> bool:
    """Whether some statement of the text nests deeper than can be parsed and walked safely.

    Linear in the text. Errs only towards True, where brackets are not closed.
    """
    if _braces(text) > MAXIMUM_BRACKETS or _has_long_elif_chain(text):
        return True
    code = STRING_OR_COMMENT.sub('"', text.replace("\\\r\n", '"').replace("\\\n", '"'))
    if _has_deep_pattern(code):
        return True
    for word, sign in _WORDS + _MORE_WORDS:
        code = code.replace(word, sign)
    return _is_chain_too_long(code)


def _braces(text: str) -> int:
    """The deepest nesting of braces, those in strings counted too: f-strings nest by them."""
    deepest = depth = 0
    for sign in text.encode("utf-8", "replace").translate(None, _ALL_BUT_BRACES):
        depth += 1 if sign == _OPEN_BRACE else -1
        if depth > deepest:
            deepest = depth
        elif depth < 0:
            depth = 0
    return deepest


_OPEN_BRACE = ord("{")
_ALL_BUT_BRACES = bytes(byte for byte in range(256) if byte not in b"{}")


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
    if "case" not in code:
        return False
    for row in code.splitlines():
        if row.lstrip().startswith("case"):
            depth = deepest = 0
            for sign in row:
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
        elif sign == _LAMBDA:
            lambdas += 1
            chain += 1
            total += 1
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


_LAMBDA, _COLON, _COMMA, _NEWLINE = b"$:,\n"
