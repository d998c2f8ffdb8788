"""For people: each finding with its code, the way the shape took to there, and what helps."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from flatlint.diagnostics import Applicability, Diagnostic, Fix, TrailStep
from flatlint.reporting.as_concise import fix_mark
from flatlint.reporting.code_frame import code_frame
from flatlint.reporting.paint import Paint
from flatlint.reporting.report import Report, shown_line, shown_place
from flatlint.reporting.widths import columns_of, padded, shortened, visible


def as_text(report: Report, paint: Paint, width: int | None = None) -> str:
    """All findings; `width` is the terminal's, None where lines may be as long as they are."""
    return "".join(
        "\n".join(finding(diagnostic, report, paint, width)) + "\n\n"
        for diagnostic in report.diagnostics
    )


def finding(
    diagnostic: Diagnostic, report: Report, paint: Paint, width: int | None
) -> Iterator[str]:
    """The lines of one finding."""
    severity = paint.severity(diagnostic.severity)
    code = paint.code(diagnostic.code)
    message = paint.bold(visible(diagnostic.message))
    yield f"{code} {severity}: {fix_mark(diagnostic, report)}{message}"
    yield f"{paint.frame('  -->')} {shown_place(diagnostic.place, report)}"
    source = report.sources.get(diagnostic.place.filename)
    if source is not None and source.text:
        yield from code_frame(source, diagnostic.place, diagnostic.severity, paint, width)
    yield from trail(diagnostic.trail, report, diagnostic.place.filename, paint)
    for note in diagnostic.related:
        where = shown_line(note.place, report, diagnostic.place.filename)
        yield from remark("note", f"{note.message} ({where})", paint, width)
    if diagnostic.help is not None:
        yield from remark("help", diagnostic.help, paint, width)
    if diagnostic.fix is not None:
        yield from remark("fix", fix_hint(diagnostic.fix), paint, width)
    yield from remark("rule", f"{diagnostic.name}, see `flatlint rule {diagnostic.code}`", paint)


def trail(steps: tuple[TrailStep, ...], report: Report, filename: str, paint: Paint) -> list[str]:
    """The way that the shape took, a step a line: where, what was applied, what came out."""
    if not steps:
        return []
    wheres = [shown_line(step.place, report, filename) for step in steps]
    texts = [shortened(step.text) for step in steps]
    where_width = max(map(columns_of, wheres))
    text_width = max(map(columns_of, texts))
    return [
        f"{paint.frame('  =')} {paint.bold('shape')}: how it came about",
        *(
            f"      {paint.dim(where.rjust(where_width))}  {padded(text, text_width)}  {step.shape}"
            for where, text, step in zip(wheres, texts, steps, strict=True)
        ),
    ]


def fix_hint(fix: Fix) -> str:
    """What the fix does, and which option applies it."""
    option = {
        Applicability.SAFE: " (--fix)",
        Applicability.UNSAFE: " (--fix --unsafe-fixes: it changes what the program computes)",
        Applicability.DISPLAY_ONLY: "",
    }
    return fix.message + option[fix.applicability]


def remark(label: str, text: str, paint: Paint, width: int | None = None) -> Iterator[str]:
    """`= label: text`, wrapped to the terminal with the text's lines under each other."""
    head = f"  = {label}: "
    paragraphs = text.splitlines() or [""]
    lines = [
        line
        for paragraph in paragraphs
        for line in (
            textwrap.wrap(visible(paragraph), max(30, width - len(head)), break_long_words=False)
            if width is not None
            else [visible(paragraph)]
        )
        or [""]
    ]
    yield f"{paint.frame('  =')} {paint.bold(label)}: {lines[0]}"
    yield from (" " * len(head) + line for line in lines[1:])
