"""`flatlint check`: its options, and what a run does in which order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from flatlint.cli.options import (
    Names,
    RuleOptions,
    configuration_options,
    configurations,
    paths_argument,
)
from flatlint.cli.output import Output, color_option
from flatlint.config import OutputFormat

_LIST = Names()


@click.command()
@paths_argument
@click.option("--fix", is_flag=True, help="Apply safe fixes to the files.")
@click.option(
    "--unsafe-fixes/--no-unsafe-fixes",
    default=None,
    help="Count fixes in that change what the program computes.",
)
@click.option("--diff", is_flag=True, help="Show what --fix would change; write nothing.")
@click.option("--show-fixes", is_flag=True, help="List the fixes that were applied.")
@click.option(
    "--select", type=_LIST, multiple=True, metavar="RULES", help="Run these rules, and no others."
)
@click.option(
    "--extend-select", type=_LIST, multiple=True, metavar="RULES", help="Run these rules too."
)
@click.option("--ignore", type=_LIST, multiple=True, metavar="RULES", help="Leave out these rules.")
@click.option(
    "--fixable", type=_LIST, multiple=True, metavar="RULES", help="Mend only these rules."
)
@click.option(
    "--unfixable", type=_LIST, multiple=True, metavar="RULES", help="Never mend these rules."
)
@click.option("--info/--no-info", default=None, help="Show findings of severity info too.")
@click.option(
    "--output-format",
    type=click.Choice([output_format.value for output_format in OutputFormat]),
    help="The form of the report. [default: full]",
)
@click.option(
    "-o",
    "--output-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the report to this file.",
)
@click.option(
    "--stdin-filename",
    type=click.Path(path_type=Path),
    help="The name that code from stdin is taken for.",
)
@click.option("-e", "--exit-zero", is_flag=True, help="Exit with 0 even where there are findings.")
@click.option("--exit-non-zero-on-fix", is_flag=True, help="Exit with 1 where files were mended.")
@click.option("--statistics", is_flag=True, help="Count findings by rule instead of showing them.")
@click.option("-q", "--quiet", is_flag=True, help="Print findings, and nothing else.")
@click.option("-s", "--silent", is_flag=True, help="Print nothing.")
@configuration_options
@color_option
def check(
    paths: tuple[Path, ...],
    color: str,
    output_file: Path | None,
    stdin_filename: Path | None,
    select: Sequence[tuple[str, ...]],
    extend_select: Sequence[tuple[str, ...]],
    ignore: Sequence[tuple[str, ...]],
    **options: Any,
) -> int:
    """Find mistakes in the Keras models under PATHS, by default under the working folder.

    `-` stands for code that is piped in. Exit codes: 0 nothing to report, 1 findings, 2 flatlint
    could not run.
    """
    from flatlint.cli.check_run import CheckOptions, CheckRun

    run_options = {name: options.pop(name) for name in CheckOptions.option_names()}
    chosen = configurations(rules=RuleOptions(select, extend_select, ignore), **options)
    run = CheckRun(
        CheckOptions(stdin_filename=stdin_filename, **run_options),
        chosen,
        Output(color, output_file),
    )
    return run.run(paths)
