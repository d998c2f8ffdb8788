"""What is said at the end of a run of `check`: counts, and the exit code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from flatlint.cli.checking import Checked
from flatlint.diagnostics import Diagnostic
from flatlint.reporting.paint import Paint
from flatlint.reporting.report import Report


def closing_words(report: Report, mended: int, *, files: int) -> str:
    """`Found 3 findings (1 fixed, 2 remaining).` and how more could be mended.

    Empty where no file uses Keras: a commit without Keras gets no word from us.
    """
    remaining = len(report.diagnostics)
    if not remaining and not mended:
        return "All checks passed!\n" if files else ""
    fixed = f" ({mended} fixed, {remaining} remaining)" if mended else ""
    lines = [f"Found {counted(remaining + mended, 'finding')}{fixed}."]
    mendable = sum(map(report.is_mendable, report.diagnostics))
    hidden = sum(map(_is_mendable_if_unsafe, report.diagnostics)) - mendable
    if mendable:
        more = f" ({hidden} more with `--unsafe-fixes`)" if hidden else ""
        lines.append(f"[*] {mendable} fixable with the `--fix` option{more}.")
    elif hidden:
        lines.append(f"{hidden} fixable with the options `--fix --unsafe-fixes`.")
    return "\n".join(lines) + "\n"


def _is_mendable_if_unsafe(diagnostic: Diagnostic) -> bool:
    return diagnostic.fix is not None and diagnostic.fix.applicability.is_allowed(unsafe=True)


def statistics(diagnostics: Sequence[Diagnostic]) -> str:
    """How often each rule found something, the most frequent first: count, code, name."""
    counts = Counter((found.code, found.name) for found in diagnostics)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    width = max((len(str(count)) for _, count in ordered), default=0)
    return "".join(f"{count:>{width}}\t{code}\t{name}\n" for (code, name), count in ordered)


def fixes_shown(results: Sequence[Checked], report: Report, paint: Paint) -> str:
    """Which rules were mended in which file, how often."""
    lines = []
    total = 0
    for result in results:
        if not result.is_changed:
            continue
        total += len(result.applied)
        lines.append(f"- {paint.bold(report.shown(result.source.name))}:")
        counts = Counter((found.code, found.name) for found in result.applied)
        lines += [
            f"    {count} × {paint.code(code)} ({name})"
            for (code, name), count in sorted(counts.items())
        ]
    if not lines:
        return ""
    return "\n".join([f"Fixed {counted(total, 'finding')}:", *lines]) + "\n\n"


def counted(number: int, thing: str) -> str:
    """`1 finding`, `2 findings`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
