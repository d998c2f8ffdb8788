"""`MultiLabelBinarizer`: a column for each label that occurs in any of the sets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from flatlint.evaluation.base import Interpreter, attribute, method, models
from flatlint.evaluation.iteration import elements, length_of
from flatlint.evaluation.libraries.numpy.arrays import array_of_values, array_with
from flatlint.evaluation.libraries.numpy.reading import NOT_PLAIN, nested
from flatlint.evaluation.values import Many, Ref, Value
from flatlint.graph import Array, WhyUnknown
from flatlint.shapes import UNFIXED, Dim, Shape


@dataclass(frozen=True, eq=False)
class LabelSets:
    """The labels that it was given or fitted on; `None` where they are not known."""

    labels: tuple[object, ...] | None = None

    def joined(self, other: LabelSets) -> LabelSets:
        """What two branches may have made of it."""
        return self if self.labels == other.labels else LabelSets()


@models("sklearn.preprocessing.MultiLabelBinarizer",
        "sklearn.preprocessing.label.MultiLabelBinarizer")  # fmt: skip
def multi_label_binarizer(
    run: Interpreter, *, classes: Value = None, sparse_output: Value = False
) -> Value:
    """Sets of labels as rows of 0 and 1."""
    given = nested(run, classes)
    labels = tuple(given) if isinstance(given, list) else None
    return run.allocate(LabelSets(labels))


@method(LabelSets, "fit")
def fit(run: Interpreter, ref: Ref, y: Value) -> Value:
    """Learns the labels."""
    held = run.object_at(ref)
    assert isinstance(held, LabelSets)
    if held.labels is None:
        run.state.replace(ref, replace(held, labels=_labels_in(run, y)))
    return ref


def _labels_in(run: Interpreter, y: Value) -> tuple[object, ...] | None:
    items, rest = elements(run, y)
    if rest is not None:
        return None
    found: dict[object, None] = {}
    for item in items:
        labels = nested(run, item)
        if labels is NOT_PLAIN or not isinstance(labels, Iterable):
            return None
        try:
            found.update(dict.fromkeys(labels))
        except TypeError:
            return None
    return tuple(found)


@method(LabelSets, "transform")
def transform(run: Interpreter, ref: Ref, y: Value) -> Value:
    """A row for each set."""
    held = run.object_at(ref)
    assert isinstance(held, LabelSets)
    found = run.object_at(y)
    count: Dim | None = found.length if isinstance(found, Many) else length_of(run, y)
    if isinstance(found, Array) and isinstance(found.shape, Shape) and found.shape.rank:
        count = found.shape[0]
    columns: Dim = UNFIXED if held.labels is None else len(held.labels)
    shape = Shape((UNFIXED if count is None else count, columns))
    return array_with(run, shape, "int64", "MultiLabelBinarizer", [], (0, 1))


@method(LabelSets, "fit_transform")
def fit_transform(run: Interpreter, ref: Ref, y: Value) -> Value:
    """Learns the labels, and gives a row for each set."""
    fit(run, ref, y)
    return transform(run, ref, y)


@attribute(LabelSets, "classes_")
def classes(run: Interpreter, ref: Ref) -> Value:
    """The labels in order."""
    held = run.object_at(ref)
    assert isinstance(held, LabelSets)
    if held.labels is None:
        return run.unknown(WhyUnknown.ARGUMENT, "the labels of an encoder")
    return array_of_values(run, np.array(sorted(map(str, held.labels))), "classes_")
