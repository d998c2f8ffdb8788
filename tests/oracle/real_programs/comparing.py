"""One reported shape against one true shape."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.oracle.real_programs.facts import Shape


class Match(IntEnum):
    """How well a report fits the truth; of several, the largest counts."""

    MISSING = 0
    """No layer of that class is reported at that place."""
    UNKNOWN = 1
    """It is reported without a shape."""
    WRONG = 2
    PARTIAL = 3
    """Nothing is contradicted, and some size that Keras knows is not told."""
    EXACT = 4


CLASS_OF_ALIAS = {
    "Convolution1D": "Conv1D",
    "Convolution2D": "Conv2D",
    "Convolution3D": "Conv3D",
    "Convolution1DTranspose": "Conv1DTranspose",
    "Convolution2DTranspose": "Conv2DTranspose",
    "Convolution3DTranspose": "Conv3DTranspose",
    "Deconvolution2D": "Conv2DTranspose",
    "Deconvolution3D": "Conv3DTranspose",
    "SeparableConvolution1D": "SeparableConv1D",
    "SeparableConvolution2D": "SeparableConv2D",
    "AtrousConvolution1D": "Conv1D",
    "AtrousConvolution2D": "Conv2D",
    "MaxPool1D": "MaxPooling1D",
    "MaxPool2D": "MaxPooling2D",
    "MaxPool3D": "MaxPooling3D",
    "AvgPool1D": "AveragePooling1D",
    "AvgPool2D": "AveragePooling2D",
    "AvgPool3D": "AveragePooling3D",
    "GlobalAvgPool1D": "GlobalAveragePooling1D",
    "GlobalAvgPool2D": "GlobalAveragePooling2D",
    "GlobalAvgPool3D": "GlobalAveragePooling3D",
    "GlobalMaxPool1D": "GlobalMaxPooling1D",
    "GlobalMaxPool2D": "GlobalMaxPooling2D",
    "GlobalMaxPool3D": "GlobalMaxPooling3D",
    "CuDNNLSTM": "LSTM",
    "CuDNNGRU": "GRU",
    "BatchNormalizationV1": "BatchNormalization",
    "BatchNormalizationV2": "BatchNormalization",
    "SyncBatchNormalization": "BatchNormalization",
}
"""Spellings of one class: which of them a report uses says nothing about the shape."""


def class_of(name: str | None) -> str | None:
    """The one spelling by which classes are compared."""
    return None if name is None else CLASS_OF_ALIAS.get(name, name)


def is_nested(shape: object) -> bool:
    """Whether a shape is the list of the shapes of several outputs."""
    return isinstance(shape, list) and bool(shape) and isinstance(shape[0], list)


def best_match(reported: Any, shapes: Iterable[Shape]) -> Match:
    """The best fit of a reported shape to any of the shapes that the layer really had."""
    return max((match_shape(reported, shape) for shape in shapes), default=Match.UNKNOWN)


def match_shape(reported: Any, truth: Shape) -> Match:
    """Compare a shape as `summary` prints it in JSON with one that Keras gave."""
    if reported is None or reported == []:
        return Match.UNKNOWN
    if is_nested(reported):
        reported = _flat(reported)
        reported = reported[0] if len(reported) == 1 else reported
    if is_nested(reported) and is_nested(truth):
        return _match_outputs(reported, truth)
    if is_nested(truth):
        first = match_shape(reported, truth[0])
        return min(first, Match.PARTIAL)
    if is_nested(reported) or len(reported) != len(truth):
        return Match.WRONG
    return _match_sizes(reported, truth)


def _flat(shapes: Any) -> list[Any]:
    """The shapes in a nest in their order, as the truth has them."""
    found: list[Any] = []
    for shape in shapes:
        found += _flat(shape) if is_nested(shape) else [shape]
    return found


def _match_outputs(reported: Sequence[Any], truth: Sequence[Shape]) -> Match:
    if len(reported) != len(truth):
        return Match.WRONG
    got = [match_shape(one, other) for one, other in zip(reported, truth, strict=True)]
    if Match.WRONG in got:
        return Match.WRONG
    return Match.EXACT if set(got) == {Match.EXACT} else Match.PARTIAL


def _match_sizes(reported: Sequence[Any], truth: Sequence[Any]) -> Match:
    """The batch size may be told or not; told, it must not contradict a fixed one."""
    result = Match.EXACT
    for axis, (told, true) in enumerate(zip(reported, truth, strict=True)):
        if axis == 0 and not (isinstance(told, int) and isinstance(true, int)):
            continue
        got = _match_size(told, true)
        if got is Match.WRONG:
            return Match.WRONG
        result = min(result, got)
    return result


def _match_size(told: object, true: object) -> Match:
    if isinstance(true, str):  # `?32`: any name is right, and so is the value it had
        return Match.EXACT if not isinstance(told, int) or true == f"?{told}" else Match.WRONG
    if isinstance(told, int):
        return Match.EXACT if told == true else Match.WRONG
    return Match.EXACT if true is None else Match.PARTIAL
