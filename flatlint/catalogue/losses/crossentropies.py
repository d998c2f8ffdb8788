"""Cross-entropies: of one class among many, of a class number, of yes and no.

Source: `categorical_crossentropy` and its siblings in keras/src/backend/tensorflow/nn.py and
tf_keras/src/backend.py.
"""

from __future__ import annotations

from flatlint.catalogue.eras import Era
from flatlint.catalogue.losses.elementwise import compare, require_equal
from flatlint.catalogue.losses.verdict import FITS, LabelMeeting, LabelVerdict, raises
from flatlint.shapes import OPEN, Shape, are_equal, product


def categorical(labels: Shape, output: Shape, meeting: LabelMeeting) -> LabelVerdict:
    """One probability for each class: labels and output of one shape in every era."""
    verdict = require_equal(labels, output)
    if verdict is FITS or meeting.era is Era.KERAS_3:
        return verdict
    return raises(f"Shapes {_static(labels)} and {_static(output)} are incompatible")


def categorical_focal(labels: Shape, output: Shape, meeting: LabelMeeting) -> LabelVerdict:
    """Keras 3 lets this one broadcast."""
    if meeting.era is Era.KERAS_3:
        return compare(labels, output)
    return categorical(labels, output, meeting)


def binary(labels: Shape, output: Shape, meeting: LabelMeeting) -> LabelVerdict:
    """A yes or no for each value; Keras 2 broadcasts unless it finds logits to work on.

    Both `sigmoid` and `softmax` leave their logits with the output, for as long as that is not
    changed any more.
    """
    if meeting.era is Era.KERAS_3:
        return require_equal(labels, output)
    is_squeezed = output.rank != meeting.output.rank
    sees_logits = meeting.activation in ("sigmoid", "softmax") and not is_squeezed
    if sees_logits or meeting.loss.option("from_logits", False) is True:
        verdict = require_equal(labels, output)
        if verdict is FITS:
            return verdict
        return raises(
            "`logits` and `labels` must have the same shape, received "
            f"({_static(output)} vs {_static(labels)})"
        )
    return compare(labels, output)


def sparse(labels: Shape, output: Shape, meeting: LabelMeeting) -> LabelVerdict:
    """A class number where the output has an axis of classes."""
    if meeting.era is Era.KERAS_3:
        return _sparse_in_keras_3(labels, output)
    return _sparse_in_keras_2(labels, output)


def _sparse_in_keras_3(labels: Shape, output: Shape) -> LabelVerdict:
    if labels.rank == output.rank:
        # The batch axis is open while Keras looks: as a last axis it is never seen to be 1.
        if labels.rank > 1 and not isinstance(labels[-1], int):
            return FITS
        if labels.rank > 1 and labels[-1] == 1:
            labels = Shape(labels[:-1])
    if labels.rank != output.rank - 1:
        return raises(
            "Argument `output` must have rank (ndim) `target.ndim - 1`. Received: "
            f"target.shape={labels}, output.shape={output}"
        )
    if any(are_equal(a, b) is False for a, b in zip(labels, output[:-1], strict=True)):
        return raises(
            "Arguments `target` and `output` must have the same shape up until the last "
            f"dimension: target.shape={labels}, output.shape={output}"
        )
    return FITS


def _sparse_in_keras_2(labels: Shape, output: Shape) -> LabelVerdict:
    """Where ranks do not fit, Keras 2 flattens both: then the numbers of elements decide."""
    if output.rank == 1:
        # The batch is taken for the classes of a single sample.
        return FITS if are_equal(labels[0], 1) is not False else _unequal_rows(labels, output)
    if labels.rank == output.rank - 1:
        pairs = zip(labels, output[:-1], strict=True)
        if any(are_equal(a, b) is False for a, b in pairs):
            return raises(
                "`labels.shape` must equal `logits.shape` except for the last dimension. "
                f"Received: labels.shape={_static(labels)} and logits.shape={_static(output)}"
            )
        return FITS
    if are_equal(product(labels[1:]), product(output[1:-1])) is False:
        return _unequal_rows(labels, output)
    return FITS


def _unequal_rows(labels: Shape, output: Shape) -> LabelVerdict:
    return raises(
        "logits and labels must have the same first dimension, got logits shape "
        f"[{product(output[:-1])},{output[-1]}] and labels shape [{product(labels)}]"
    )


def _static(shape: Shape) -> str:
    """The shape as Keras 2 prints it while it traces: the batch is open."""
    return str(Shape((OPEN, *shape[1:]))) if shape.rank else "()"
