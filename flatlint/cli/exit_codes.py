"""What the exit code of flatlint says."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes that hooks and scripts rely on."""

    CLEAN = 0
    FINDINGS = 1
    COULD_NOT_RUN = 2
    """Bad usage, bad configuration, or a failure of flatlint itself."""
    INTERRUPTED = 130
    """Stopped with Ctrl-C: 128 and the number of the signal, as shells count."""
