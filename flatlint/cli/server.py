"""`flatlint server`: the language server, imported only here."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import click

from flatlint.cli.exit_codes import ExitCode
from flatlint.cli.output import complain


@click.command()
def server() -> int:
    """Serve editors over stdin and stdout (LSP)."""
    if find_spec("pygls") is None:
        complain("the server needs pygls: pip install 'flatlint[server]'")
        return ExitCode.COULD_NOT_RUN
    # By name, as the server and the command line do not know each other.
    import_module("flatlint.server").start()
    return ExitCode.CLEAN
