"""The command `flatlint`: its subcommands, and what becomes of everything that goes wrong."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from flatlint.cli.exit_codes import ExitCode
from flatlint.cli.output import complain
from flatlint.config.errors import ConfigurationError

COMMANDS = {
    "check": "flatlint.cli.check:check",
    "summary": "flatlint.cli.summary:summary",
    "why": "flatlint.cli.why:why",
    "rule": "flatlint.cli.rule:rule",
    "config": "flatlint.cli.show_config:config",
    "clean": "flatlint.cli.clean:clean",
    "server": "flatlint.cli.server:server",
}
"""Command -> where it is found; imported only when it is asked for."""


class Program(click.Group):
    """The group of all commands; ends every run with one of flatlint's exit codes."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which a reader needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def main(  # type: ignore[override]  # one signature instead of overloads
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> int:
        """Run, and turn what was raised into a sentence on stderr and an exit code."""
        code = self._run(args, prog_name, complete_var, **extra)
        if standalone_mode:
            sys.exit(code)
        return code

    def _run(
        self, args: Sequence[str] | None, name: str | None, complete_var: str | None, **extra: Any
    ) -> int:
        try:
            code = super().main(args, name, complete_var, standalone_mode=False, **extra)
            return int(code or ExitCode.CLEAN)
        except click.ClickException as error:
            error.show()
            return ExitCode.COULD_NOT_RUN
        except ConfigurationError as error:
            complain(str(error))
            return ExitCode.COULD_NOT_RUN
        except (click.Abort, KeyboardInterrupt):
            complain("interrupted")
            return ExitCode.INTERRUPTED
        except Exception as error:
            if os.environ.get("FLATLINT_DEBUG"):
                raise
            complain(f"internal failure: {type(error).__name__}: {error}")
            complain("this is a defect of flatlint; FLATLINT_DEBUG=1 shows where it happened")
            return ExitCode.COULD_NOT_RUN


def print_version(ctx: click.Context, _param: click.Parameter, asked: bool) -> None:
    """Print the version of flatlint and end."""
    if asked and not ctx.resilient_parsing:
        from flatlint.cli.version import installed_version

        click.echo(f"flatlint {installed_version()}")
        ctx.exit()


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-V",
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=print_version,
    help="Show the version and exit.",
)
def program() -> None:
    """Find mistakes in Keras models by following the shape of every tensor.

    Nothing is imported or run; nothing is written without `check --fix`.
    """


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line `argv` (without the program's name) and return the exit code."""
    # Classes, syntax trees and facts are many objects that live long: looking for garbage among
    # them finds next to nothing. A small run never looks, a large one keeps within its memory.
    gc.set_threshold(1_000_000, 20, 20)
    # pydantic would look for plugins among all packages that are installed, and run them.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    return program.main(argv, prog_name="flatlint", standalone_mode=False)
