"""Samples split into a part for training and one for testing; samples in another order."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from flatlint.evaluation.base import Interpreter, models
from flatlint.evaluation.libraries.numpy.arrays import array_with, kept_part
from flatlint.evaluation.libraries.numpy.reading import array_of, size_of
from flatlint.evaluation.objects import ListObject
from flatlint.evaluation.values import Value
from flatlint.graph import Array, Unknown, WhyUnknown
from flatlint.shapes import UNFIXED, Dim, Shape


@models("sklearn.model_selection.train_test_split", "sklearn.cross_validation.train_test_split",
        "sklearn.model_selection._split.train_test_split")  # fmt: skip
def train_test_split(
    run: Interpreter,
    *arrays: Value,
    test_size: Value = None,
    train_size: Value = None,
    random_state: Value = None,
    shuffle: Value = True,
    stratify: Value = None,
) -> Value:
    """Two parts of each array.

    Of a fraction the test part gets what is rounded up, the training part what is rounded down.
    Source: `_validate_shuffle_split` of sklearn/model_selection/_split.py.
    """
    read = [array_of(run, array) for array in arrays]
    if not read:
        return run.unknown(WhyUnknown.REFUSED, "at least one array required as input")
    samples = [array.shape[0] for array in read if isinstance(array.shape, Shape) and array.shape]
    known = [size for size in samples if isinstance(size, int)]
    if len(set(known)) > 1:
        text = f"arrays with inconsistent numbers of samples: {known}"
        unknown = run.unknown(WhyUnknown.ARGUMENT, text)
        return tuple(unknown for _ in range(2 * len(read)))
    total: Dim = (known or samples or [UNFIXED])[0]
    train, test = _sizes(total, test_size, train_size)
    parts: list[Value] = []
    for array in read:
        parts += [_part(run, array, train), _part(run, array, test)]
    # A list in truth; programs take it apart, and a tuple tells each name its part.
    return tuple(parts)


def _part(run: Interpreter, array: Array, size: Dim) -> Value:
    if isinstance(array.shape, Unknown) or not array.shape.rank:
        return array_with(run, array.shape, array.dtype, "train_test_split", [array])
    shape = Shape((size, *array.shape[1:]))
    bounds = (array.low, array.high)
    return kept_part(array_with(run, shape, array.dtype, "train_test_split", [array], bounds))


def _sizes(total: Dim, test_size: Value, train_size: Value) -> tuple[Dim, Dim]:
    """Training and test samples."""
    if test_size is None and train_size is None:
        test_size = 0.25
    test = _share(total, test_size, math.ceil)
    train = _share(total, train_size, math.floor)
    if test_size is None:
        return train, total - train
    if train_size is None:
        return total - test, test
    return train, test


def _share(total: Dim, share: Value, rounded: Callable[[float], int]) -> Dim:
    if isinstance(share, float):
        if not isinstance(total, int):
            return UNFIXED
        return rounded(share * total)
    size = size_of(share) if share is not None else None
    return UNFIXED if size is None else size


@models("sklearn.utils.shuffle", "sklearn.utils.resample")
def shuffle(
    run: Interpreter,
    *arrays: Value,
    random_state: Value = None,
    n_samples: Value = None,
    **_: Value,
) -> Value:
    """The arrays in another order, `n_samples` of them."""
    results: list[Value] = []
    for value in arrays:
        array = array_of(run, value)
        shape = array.shape
        if n_samples is not None and isinstance(shape, Shape) and shape.rank:
            size = size_of(n_samples)
            shape = Shape((UNFIXED if size is None else size, *shape[1:]))
        bounds = (array.low, array.high)
        mixed = array_with(run, shape, array.dtype, "shuffle", [array], bounds)
        results.append(kept_part(replace(mixed, library=array.library)))
    return results[0] if len(results) == 1 else run.allocate(ListObject(tuple(results)))
