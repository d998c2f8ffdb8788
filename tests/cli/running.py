"""Running the command line in this process, as a user would."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from flatlint.cli import program

UNFLATTENED = """\
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(16, input_shape=(3, 2)))
model.add(Dense(4))
"""
"""Keras runs it; both Dense layers get (None, 3, ...), so FL001 stands at lines 5 and 6."""

CLEAN = """\
from keras.models import Sequential
from keras.layers import Dense, Flatten

model = Sequential()
model.add(Flatten(input_shape=(3, 2)))
model.add(Dense(4))
"""
"""Keras runs it; Flatten stands before Dense, so there is nothing to report."""

WITHOUT_KERAS = "print('hello')\n"


def flatlint(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    """The result of a run: exit code, stdout, stderr."""
    return CliRunner().invoke(program, [str(one) for one in arguments], input=stdin)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
