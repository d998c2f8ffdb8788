"""How Keras brings labels and output to one rank before a loss compares them.

Source: `squeeze_or_expand_to_same_rank` in keras/src/losses/loss.py; `match_dtype_and_rank` in
tf_keras/src/engine/compile_utils.py and `squeeze_or_expand_dimensions` in
tf_keras/src/utils/losses_utils.py.
"""

from __future__ import annotations

from flatlint.catalogue.eras import Era
from flatlint.shapes import Shape


def to_same_rank(labels: Shape, output: Shape, era: Era) -> tuple[Shape, Shape]:
    """Both shapes as the loss gets them; ranks that differ by more than one stay as they are."""
    if era is Era.KERAS_3:
        return _in_keras_3(labels, output)
    return _in_keras_2(labels, output)


def _in_keras_3(labels: Shape, output: Shape) -> tuple[Shape, Shape]:
    if labels.rank == output.rank + 1 and labels[-1] == 1:
        return (labels, _expanded(output)) if output.rank == 1 else (_squeezed(labels), output)
    if output.rank == labels.rank + 1 and output[-1] == 1:
        return (_expanded(labels), output) if labels.rank == 1 else (labels, _squeezed(output))
    return labels, output


def _in_keras_2(labels: Shape, output: Shape) -> tuple[Shape, Shape]:
    if labels.rank == 1 and output.rank == 2:
        labels = _expanded(labels)
    if output.rank == labels.rank + 1 and output[-1] == 1:
        return labels, _squeezed(output)
    if labels.rank == output.rank + 1 and labels[-1] == 1:
        return _squeezed(labels), output
    return labels, output


def _expanded(shape: Shape) -> Shape:
    return Shape((*shape, 1))


def _squeezed(shape: Shape) -> Shape:
    return Shape(shape[:-1])
