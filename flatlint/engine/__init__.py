"""The pipeline as one pure function, under the command line, the hook and the editor."""

from flatlint.engine.linting import FileReport, evaluate, lint, lint_bytes, lint_paths

__all__ = ["FileReport", "evaluate", "lint", "lint_bytes", "lint_paths"]
