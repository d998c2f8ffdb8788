"""`flatlint server`: the language server, imported only here."""

from __future__ import annotations

from importlib import import_module

import click

from flatlint.cli.exit_codes import ExitCode
from flatlint.cli.output import complain


@click.command()
def server() -> int:
    """Serve editors over stdin and stdout (LSP)."""
    try:
        # By name, as the server and the command line do not know each other.
        start = import_module("flatlint.server").start
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        complain("the server needs pygls: pip install 'flatlint[server]'")
        return ExitCode.COULD_NOT_RUN
    start()
    return ExitCode.CLEAN
