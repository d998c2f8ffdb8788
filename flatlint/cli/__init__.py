"""The command line: arguments in, text and an exit code out."""

from flatlint.cli.program import main, program

__all__ = ["main", "program"]
