"""Where syntax nodes stand in the text, found for those that are asked for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

import libcst as cst
from libcst._nodes.internal import CodegenState


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of text: the offset of its first character, and the one after its last."""

    start: int
    end: int


def spans_of(
    module: cst.Module, nodes: Collection[cst.CSTNode], text: str | None = None
) -> dict[cst.CSTNode, Span]:
    """The span of each node, as libcst's PositionProvider has it, in offsets into the text.

    `text` is what the module was parsed from: libcst forgets a form feed before the first word
    of a row and a backslash in an indentation, and with the text at hand we count them in.
    Nodes that are not part of the module are left out.
    """
    if not nodes:
        return {}
    recorder = _Recorder(module, nodes)
    module._codegen(recorder)
    offsets = [0, *accumulate(map(len, recorder.tokens))]
    generated = None if text is None else "".join(recorder.tokens)
    if text is not None and generated is not None and generated != text:
        offsets = _aligned(generated, text, offsets)
    last = len(offsets) - 1
    found = {}
    for node in nodes:
        if (mark := recorder.marks.get(id(node))) is not None:
            found[node] = Span(offsets[min(mark[0], last)], offsets[min(mark[1], last)])
    return found


class _Recorder(CodegenState):
    """Writes the module out as libcst does, and notes between which tokens a node came.

    `add_token` is list.append itself: the bulk of the work then stays out of Python.
    """

    def __init__(self, module: cst.Module, nodes: Collection[cst.CSTNode]) -> None:
        super().__init__(
            default_indent=module.default_indent, default_newline=module.default_newline
        )
        self.add_token = self.tokens.append  # type: ignore[assignment, method-assign]
        self.wanted = {id(node) for node in nodes}
        self.marks: dict[int, tuple[int, int]] = {}
        self._starts: list[int] = []

    def before_codegen(self, node: cst.CSTNode) -> None:
        if id(node) in self.wanted:
            self._starts.append(len(self.tokens))

    def after_codegen(self, node: cst.CSTNode) -> None:
        if id(node) in self.wanted and self._starts:
            start = self._starts.pop()
            self.marks.setdefault(id(node), (start, len(self.tokens)))

    def record_syntactic_position(  # type: ignore[override]
        self,
        node: cst.CSTNode,
        *,
        start_node: cst.CSTNode | None = None,
        end_node: cst.CSTNode | None = None,
    ) -> AbstractContextManager[None]:
        if id(node) not in self.wanted:
            return _NOTHING
        return self._recording(node, start_node, end_node)

    @contextmanager
    def _recording(
        self, node: cst.CSTNode, start_node: cst.CSTNode | None, end_node: cst.CSTNode | None
    ) -> Iterator[None]:
        start = len(self.tokens)
        # They come later, as parts of this node: asking for them now is early enough.
        self.wanted |= {id(part) for part in (start_node, end_node) if part is not None}
        yield
        end = len(self.tokens)
        if start_node is not None:
            start = self.marks[id(start_node)][0]
        if end_node is not None:
            end = self.marks[id(end_node)][1]
        self.marks[id(node)] = (start, end)


_NOTHING = nullcontext()
_ROW = re.compile(r"(?:(?<=\n)|(?<=\r)(?!\n)|(?<![\s\S]))[^\r\n]*")


def _aligned(generated: str, text: str, offsets: list[int]) -> list[int]:
    """Offsets into `generated` as offsets into `text`, which differs in some of its rows.

    What libcst forgets stands at the beginning of rows, or is a row of its own; so rows that
    differ are laid upon one another from the last to the first, and each from its end.
    """
    here, there = list(_ROW.finditer(generated)), list(_ROW.finditer(text))
    starts = [row.start() for row in here]
    row_in_text = [0] * len(here)
    rows = SequenceMatcher(None, [row[0] for row in here], [row[0] for row in there], False)
    for _, first, last, text_first, text_last in rows.get_opcodes():
        for row in range(first, last):
            row_in_text[row] = max(text_first, text_last - (last - row))
    found = []
    for offset in offsets:
        row = bisect_right(starts, offset) - 1
        twin = there[min(row_in_text[row], len(there) - 1)]
        found.append(max(twin.start(), twin.end() - (here[row].end() - offset)))
    return found
