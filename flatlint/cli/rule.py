"""`flatlint rule`: a rule's page, or the list of all rules."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from flatlint.cli.options import text_or_json
from flatlint.cli.output import Output, color_option

if TYPE_CHECKING:
    from flatlint.rules.base import Rule


@click.command()
@click.argument("wanted", metavar="[CODE|NAME]", required=False)
@click.option("--all", "show_all", is_flag=True, help="Show the pages of all rules.")
@text_or_json
@color_option
def rule(wanted: str | None, show_all: bool, form: str, color: str) -> int:
    """Explain a rule; without one, list all rules."""
    from flatlint.rules.registry import all_rules

    if wanted is not None and show_all:
        raise click.UsageError("give a rule or --all, not both")
    output = Output(color)
    rules = [rule_called(wanted)] if wanted is not None else list(all_rules())
    if form == "json":
        facts = [as_facts(found) for found in rules]
        output.write(json.dumps(facts[0] if wanted else facts, indent=2) + "\n")
    elif wanted is not None or show_all:
        output.write("\n\n".join(page(found, output) for found in rules))
    else:
        output.write("".join(entry(found, output) for found in rules))
    output.finish()
    return 0


def rule_called(wanted: str) -> type[Rule]:
    """The rule with that code or name; raises click's UsageError with the closest one."""
    from flatlint.config.errors import suggestion
    from flatlint.rules.registry import all_rules, rule_named

    found = rule_named(wanted)
    if found is None:
        known = [word for rule in all_rules() for word in (rule.code, rule.name())]
        raise click.UsageError(f"there is no rule `{wanted}`{suggestion(wanted, known)}")
    return found


def as_facts(found: type[Rule]) -> dict[str, Any]:
    """What there is to know about a rule, as JSON has it."""
    text = found.documentation()
    return {
        "code": found.code,
        "name": found.name(),
        "severity": found.severity.value,
        "since": found.since,
        "summary": summary_of(text),
        "documentation": text,
    }


def summary_of(documentation: str) -> str:
    """The first paragraph, on one line."""
    return " ".join(documentation.partition("\n\n")[0].split())


def page(found: type[Rule], output: Output) -> str:
    """A rule's page."""
    paint = output.paint
    title = f"{paint.bold(found.name())} ({paint.code(found.code)})"
    about = f"{paint.severity(found.severity)}, since {found.since}"
    return f"{title}\n{about}\n\n{found.documentation()}\n"


def entry(found: type[Rule], output: Output) -> str:
    """A rule's line in the list."""
    paint = output.paint
    severity = paint.as_severe(found.severity.value.ljust(7), found.severity)
    name = paint.bold(found.name())
    return f"{paint.code(found.code)} {severity} {name}: {summary_of(found.documentation())}\n"
