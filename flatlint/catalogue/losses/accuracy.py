"""`accuracy`: which of its three forms Keras takes for labels and output, and when that raises.

Source: `is_binary_or_sparse_categorical` in keras/src/trainers/compile_utils.py and
keras/src/metrics/accuracy_metrics.py; `_get_metric_object` in tf_keras/src/engine/compile_utils.py
and tf_keras/src/utils/metrics_utils.py.
"""

from __future__ import annotations

from flatlint.catalogue.eras import Era
from flatlint.catalogue.losses.ranks import to_same_rank
from flatlint.catalogue.losses.verdict import FITS, LabelVerdict, raises
from flatlint.shapes import Shape, are_equal, broadcast_shapes, product

WORDS = frozenset({"accuracy", "acc"})


def judge_accuracy(labels: Shape, output: Shape, era: Era) -> LabelVerdict:
    """Whether the metric `accuracy` makes Keras raise; both shapes as the program has them."""
    if era is Era.KERAS_1 or not labels.rank or not output.rank:
        return FITS
    is_sparse = labels.rank < output.rank or (
        labels.rank > 1 and labels[-1] == 1 and output[-1] != 1
    )
    if output[-1] == 1:
        return _matches(*to_same_rank(labels, output, era))
    if era is Era.KERAS_2:
        labels, output = to_same_rank(labels, output, era)
    if not is_sparse:
        labels = Shape(labels[:-1])
    return _sparse_matches(labels, output, era, is_strict=not is_sparse)


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
