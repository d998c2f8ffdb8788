"""IPython's own syntax, replaced by Python of the same width."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Cell magics whose body is Python and runs in the notebook's own namespace; any other cell magic
# (%%bash, %%writefile, %%html, %%javascript, …) makes the whole cell something else.
_PYTHON_CELL_MAGICS = frozenset(
    ("time", "timeit", "capture", "prun", "heat", "mprun", "memit", "debug", "scrub", "tensorflow")
)
_CELL_MAGIC = re.compile(r"%%(\w+)")
_LINE_MAGIC = re.compile(r"[%!?]|,|;(?=\w)")
_TIMED = re.compile(
    r"%time\s+(?![-\s]|(?:for|while|with|if|def|class|try|async)\b)"
    # What `%timeit` binds is bound within it: of its statements a bare call alone is followed.
    r"|%timeit\s+(?:-\w+(?:\s+\d+)?\s+)*(?=[\w.]+\([^=]*\)\s*$)"
)
_ASSIGNED_MAGIC = re.compile(r"[\w\s.,\[\]()*'\"]*[^=!<>%\s]\s*=\s*([!%](?![=\s]).*)")
_HELP = re.compile(r"%{0,2}[A-Za-z_*][\w.*\[\]]*\?{1,2}\s*$")
# These work without their `%`, as long as no variable has their name.
_AUTOMAGIC = re.compile(
    r"(?:pip3?|conda|mamba)\s+\w|(?:cd|ls|mkdir|cp|mv|rm|cat)\s+[\w~./-][^=(]*$"
)
_STRING = re.compile(r"(?P<quote>\"\"\"|''')|#.*|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'", re.DOTALL)


@dataclass(frozen=True)
class MaskedCell:
    """A cell's text as Python, and the lines (from 0) in which something was masked."""

    text: str
    masked_rows: tuple[int, ...]


def mask_magics(text: str) -> MaskedCell | None:
    """Mask what is IPython's and not Python's; None where the whole cell is no Python."""
    lines = text.split("\n")
    first = next((row for row, line in enumerate(lines) if _is_code(line)), 0)
    if magic := _CELL_MAGIC.match(lines[first].lstrip()):
        if magic[1] not in _PYTHON_CELL_MAGICS:
            return None
        lines[first] = _blank(lines[first])
    elif lines[first].startswith("%%"):
        return None
    masked = [first] if magic else []
    masked += _mask_lines(lines)
    return MaskedCell("\n".join(lines), tuple(masked))


def _is_code(line: str) -> bool:
    return not (line.isspace() or not line or line.lstrip().startswith("#"))


def _mask_lines(lines: list[str]) -> list[int]:
    """Mask each logical line that is IPython's, in place; the rows that changed."""
    masked = []
    row, state = 0, _LineState()
    while row < len(lines):
        if state.is_at_statement and (harmless := _harmless(lines[row])) is not None:
            masked.append(row)
            is_continued = lines[row].rstrip("\r").endswith("\\")
            lines[row] = harmless
            while is_continued and row + 1 < len(lines):
                row += 1
                is_continued = lines[row].rstrip("\r").endswith("\\")
                lines[row] = _blank(lines[row])
                masked.append(row)
        else:
            state.read(lines[row])
        row += 1
    return masked


def _harmless(line: str) -> str | None:
    """The line as Python of the same width, where it is IPython's; None where it is Python's."""
    body = line.lstrip()
    if not body or body.startswith("#"):
        return None
    if timed := _TIMED.match(body):
        # `%time x = f()` and `%timeit f()` run what follows as if it stood there alone.
        start, width = len(line) - len(body), timed.end()
        return line[:start] + "None".ljust(width - 1) + ";" + body[width:]
    if _LINE_MAGIC.match(body) or _HELP.match(body) or _AUTOMAGIC.match(body):
        return _statement(line)
    if ("!" in body or "%" in body) and (assigned := _ASSIGNED_MAGIC.fullmatch(line)):
        start = assigned.start(1)
        # A call is a value of which nothing is known, as the output of a command is.
        width = len(line.rstrip("\r")) - start
        value = "_()" if width >= 3 else "_" if width else ""
        return line[:start] + value.ljust(width) + line[start + width :]
    return None


def _statement(line: str) -> str:
    """A statement that does nothing, as wide as the line and at its indentation."""
    indent = len(line) - len(line.lstrip())
    width = len(line.rstrip("\r")) - indent
    return line[:indent] + ("pass" if width >= 4 else "0").ljust(width) + line[indent + width :]


def _blank(line: str) -> str:
    return " " * len(line.rstrip("\r")) + line[len(line.rstrip("\r")) :]


class _LineState:
    """Whether a line begins a statement, or goes on inside a string, a bracket or after a `\\`."""

    def __init__(self) -> None:
        self.quote = ""
        self.depth = 0
        self.is_continued = False

    @property
    def is_at_statement(self) -> bool:
        return not self.quote and self.depth <= 0 and not self.is_continued

    def read(self, line: str) -> None:
        code = self._without_strings(line)
        self.depth += sum(map(code.count, "([{")) - sum(map(code.count, ")]}"))
        self.depth = max(self.depth, 0)
        self.is_continued = not self.quote and code.rstrip("\r").endswith("\\")

    def _without_strings(self, line: str) -> str:
        """The line's code outside of strings and comments; remembers an open triple quote."""
        code, at = [], 0
        while at <= len(line):
            if self.quote:
                end = re.compile(rf"(?:\\.|[^\\])*?{self.quote}").match(line, at)
                if end is None:
                    break
                self.quote, at = "", end.end()
            found = _STRING.search(line, at)
            if found is None:
                code.append(line[at:])
                break
            code.append(line[at : found.start()])
            self.quote, at = found["quote"] or "", found.end()
        return "".join(code)
