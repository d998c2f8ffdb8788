"""The accuracies: which of them Keras takes for labels and output, and when one raises.

Source: `is_binary_or_sparse_categorical` in keras/src/trainers/compile_utils.py and
keras/src/metrics/accuracy_metrics.py; `_get_metric_object` in tf_keras/src/engine/compile_utils.py
and tf_keras/src/utils/metrics_utils.py.
"""

from __future__ import annotations

from flatlint.catalogue.eras import Era
from flatlint.catalogue.losses import FITS, LabelVerdict, raises, to_same_rank
from flatlint.shapes import Shape, are_equal, broadcast_shapes, product


def chosen_accuracy(labels: Shape, output: Shape) -> str:
    """The accuracy that Keras takes for the word `accuracy`."""
    if output[-1] == 1:
        return "BinaryAccuracy"
    is_column = labels.rank > 1 and labels[-1] == 1
    if labels.rank < output.rank or is_column:
        return "SparseCategoricalAccuracy"
    return "CategoricalAccuracy"


def value_by_value(labels: Shape, output: Shape, era: Era) -> LabelVerdict:
    """`BinaryAccuracy` and `Accuracy`: labels and output compared where they stand."""
    return _matches(*to_same_rank(labels, output, era))


def categorical(labels: Shape, output: Shape, era: Era) -> LabelVerdict:
    """The greatest label along the last axis against the greatest value of the output."""
    if era is Era.KERAS_2:
        labels, output = to_same_rank(labels, output, era)
    return _sparse_matches(Shape(labels[:-1]), output, era, is_strict=True)


def sparse(labels: Shape, output: Shape, era: Era) -> LabelVerdict:
    """Class numbers against the greatest value of the output."""
    if era is Era.KERAS_2:
        labels, output = to_same_rank(labels, output, era)
    return _sparse_matches(labels, output, era, is_strict=False)


def among_the_first(labels: Shape, output: Shape, era: Era, is_sparse: bool) -> LabelVerdict:
    """`TopK…`: one class number for each row of the output, all axes before the last as one."""
    if era is Era.KERAS_2:
        labels, output = to_same_rank(labels, output, era)
    if not is_sparse:
        labels = Shape(labels[:-1])
    if output.rank < 2:
        return raises(f"predictions must be 2-dimensional, and they have {output}")
    rows, numbers = product(output[:-1]), product(labels)
    if are_equal(rows, numbers) is False:
        return raises(
            f"First dimension of predictions {rows} must match length of targets {numbers}"
        )
    return FITS


def _sparse_matches(labels: Shape, output: Shape, era: Era, is_strict: bool) -> LabelVerdict:
    """Class numbers against the greatest value along the last axis of the output."""
    whole = labels
    is_squeezed = labels.rank == output.rank
    if is_squeezed and era is Era.KERAS_3 and not is_strict:
        is_squeezed = labels[-1] == 1
    if is_squeezed:
        if are_equal(labels[-1], 1) is False:
            return raises(f"Can not squeeze dim[{labels.rank - 1}], expected a dimension of 1")
        labels = Shape(labels[:-1])
    classes = Shape(output[:-1])
    verdict = _matches(labels, classes)
    met = broadcast_shapes(labels, classes)
    if is_squeezed and met is not None and are_equal(product(met), product(whole)) is False:
        return raises(f"Input to reshape is a tensor of shape {met}, but the labels have {whole}")
    return verdict


def _matches(labels: Shape, output: Shape) -> LabelVerdict:
    if broadcast_shapes(labels, output) is None:
        return raises(f"Incompatible shapes: labels {labels} and predictions {output}")
    return FITS
