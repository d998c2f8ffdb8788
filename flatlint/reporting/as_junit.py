"""JUnit's XML, as test dashboards read it: a suite a file, a failed case a finding.

There is no standard; the members are those of https://github.com/testmoapp/junitxml that
Jenkins and GitLab read.
"""

from __future__ import annotations

import re
from itertools import groupby
from xml.etree import ElementTree as ET

from flatlint.diagnostics import Diagnostic
from flatlint.reporting.report import Report

NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_junit(report: Report) -> str:
    """A document that is well formed whatever stands in messages and paths."""
    total = str(len(report.diagnostics))
    root = ET.Element("testsuites", name="flatlint", tests=total, failures=total, errors="0")
    for filename, group in groupby(report.diagnostics, key=lambda found: found.place.filename):
        found = list(group)
        count = str(len(found))
        suite = ET.SubElement(
            root,
            "testsuite",
            name=clean(report.shown(filename)),
            tests=count,
            failures=count,
            errors="0",
            skipped="0",
        )
        for one in found:
            _add_case(suite, one, report)
    if not report.diagnostics:
        # Some dashboards take a report without any case for a broken one.
        suite = ET.SubElement(
            root, "testsuite", name="flatlint", tests="1", failures="0", errors="0"
        )
        root.set("tests", "1")
        ET.SubElement(suite, "testcase", name="no findings", classname="flatlint")
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _add_case(suite: ET.Element, diagnostic: Diagnostic, report: Report) -> None:
    start = diagnostic.place.start
    shown = clean(report.shown(diagnostic.place.filename))
    cell = "" if start.cell is None else f"cell {start.cell}, "
    case = ET.SubElement(
        suite,
        "testcase",
        name=f"{diagnostic.code} {diagnostic.name} ({cell}{start.row}:{start.column})",
        classname=shown,
        file=shown,
        line=str(start.row),
        column=str(start.column),
    )
    message = clean(diagnostic.message)
    failure = ET.SubElement(case, "failure", message=message, type=diagnostic.severity.value)
    failure.text = f"{cell}line {start.row}, column {start.column}: {message}"


def clean(text: str) -> str:
    """`text` without the characters that XML 1.0 has no way to write."""
    return NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
