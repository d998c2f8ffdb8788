"""Why data does not get into a model: which of the usual slips a refusal looks like."""

from __future__ import annotations

from enum import Enum, auto

from flatlint.graph import Array, DataCall, Feed
from flatlint.shapes import Dim, Open, Shape, are_equal, product


class Cause(Enum):
    """What a person would say went wrong."""

    BATCH_AXIS = auto()
    """One sample is given without the axis that counts the samples."""
    CHANNEL_AXIS = auto()
    """Every axis is there but the last one."""
    SAMPLE_COUNT = auto()
    """The model's own input shape begins with the number of samples."""
    ORDER = auto()
    """The sizes are right, in another order."""
    LAYOUT = auto()
    """The samples have the right number of values, cut into axes in another way."""
    ELEMENTS = auto()
    """The array holds Python objects, lists of unequal length mostly: no shape would help."""
    OTHER = auto()
    """Anything else."""


def cause_of(feed: Feed, call: DataCall) -> Cause:
    """The cause that explains a refusal best: the first in the list that the sizes prove."""
    data, declared = feed.data.shape, feed.declared.shape
    if feed.data.dtype == "object":
        return Cause.ELEMENTS
    if not isinstance(data, Shape) or not isinstance(declared, Shape) or not data.rank:
        return Cause.OTHER
    if is_built_on(feed):
        return _cause_in_first_layer(feed, data, call)
    sample = declared[1:]
    if _same(data.dims, sample):
        return Cause.SAMPLE_COUNT if _counts_samples(data[0], call) else Cause.BATCH_AXIS
    if _same((*data.dims, 1), sample) and not _counts_samples(data[0], call):
        return Cause.BATCH_AXIS
    if sample[:-1] and _same(data[1:], sample[:-1]):
        return Cause.CHANNEL_AXIS
    if is_reordered(data, sample):
        return Cause.ORDER
    size = product(data[1:])
    if isinstance(size, int) and size == product(sample) and data.rank > 1:
        return Cause.LAYOUT
    return Cause.OTHER


def is_built_on(feed: Feed) -> bool:
    """Whether the model has no input of its own and was to be built on this data."""
    return feed.declared.made_by is None


def _cause_in_first_layer(feed: Feed, data: Shape, call: DataCall) -> Cause:
    """Without a declared input only the rank that the refusing layer wants tells anything."""
    spec = feed.refused_by.layer.spec if feed.refused_by is not None else None
    wanted = spec.input_rank if spec is not None else None
    if wanted == data.rank + 1 and call.arguments.get("y") is not None:
        return Cause.CHANNEL_AXIS
    return Cause.OTHER


def _counts_samples(size: Dim, call: DataCall) -> bool:
    """Whether labels go with the data, one for each of `size` samples."""
    labels = call.arguments.get("y")
    if not isinstance(labels, Array) or not isinstance(labels.shape, Shape):
        return labels is not None
    return bool(labels.shape.rank) and are_equal(labels.shape[0], size) is not False


def _same(ours: tuple[Dim, ...], theirs: tuple[Dim, ...]) -> bool:
    """Whether axes surely agree, one of them at least; open ones of the model agree with any."""
    if len(ours) != len(theirs):
        return False
    agreed = [are_equal(a, b) for a, b in zip(ours, theirs, strict=True) if not _is_open(b)]
    return bool(agreed) and all(agreed)


def _is_open(size: Dim) -> bool:
    return isinstance(size, Open)


def is_reordered(data: Shape, sample: tuple[Dim, ...]) -> bool:
    """Whether the axes of a sample, or samples and features, stand in another order."""
    ours = data[1:]
    if len(ours) != len(sample) or not all(isinstance(size, int) for size in (*ours, *sample)):
        return False
    if len(sample) == 1:
        return are_equal(data[0], sample[0]) is True
    return sorted(map(str, ours)) == sorted(map(str, sample)) and ours != sample
