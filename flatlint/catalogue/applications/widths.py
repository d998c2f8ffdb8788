"""Widths: how many filters the MobileNets have for an `alpha` other than 1.

Sources: mobilenet.py, mobilenet_v2.py and mobilenet_v3.py in keras/src/applications/.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

Config: TypeAlias = "tuple[str, Mapping[str, Any]]"
Step: TypeAlias = "tuple[str, Config, tuple[int, ...]]"

FOR_CLASSES = ("conv_preds", "logits")
"""Convolutions whose filters are the classes."""


@dataclass(frozen=True)
class Convolution:
    """A convolution to be widened: its filters and channels at `alpha=1`, its channels now."""

    name: str
    filters: int
    channels: int
    new_channels: int
    squeezed: int
    """The channels, as they are now, of what the last squeeze-and-excite block took in."""


def with_width(family: str, steps: Sequence[Step], alpha: float) -> list[Step]:
    """The steps of a MobileNet with the filters of that width."""
    rule = _RULES[family]
    channels: dict[int, tuple[int, int]] = {0: (3, 3)}
    squeezed = 0
    wide: list[Step] = []
    for place, (name, (class_name, given), inputs) in enumerate(steps, start=1):
        old, new = channels[inputs[0]]
        changed = dict(given)
        if name.endswith("squeeze_excite_avg_pool"):
            squeezed = new
        if class_name == "Conv2D" and name not in FOR_CLASSES:
            filters = given["filters"]
            wider = rule(Convolution(name, filters, old, new, squeezed), alpha)
            changed["filters"] = wider
            old, new = filters, wider
        if class_name == "Reshape" and len(given["target_shape"]) == 3:
            changed["target_shape"] = [1, 1, new]
        channels[place] = (old, new)
        wide.append((name, (class_name, changed), inputs))
    return wide


def divisible(value: float, divisor: int = 8) -> int:
    """The multiple of `divisor` next to a number, not more than a tenth below it."""
    rounded = max(divisor, int(value + divisor / 2) // divisor * divisor)
    return rounded + divisor if rounded < 0.9 * value else rounded


def _mobile_net(layer: Convolution, alpha: float) -> int:
    return int(layer.filters * alpha)


def _mobile_net_v2(layer: Convolution, alpha: float) -> int:
    if layer.name.endswith("_expand"):
        return layer.filters // layer.channels * layer.new_channels
    if layer.name == "Conv_1":
        return divisible(layer.filters * alpha) if alpha > 1 else layer.filters
    if layer.name == "Conv1":
        return divisible(layer.filters * alpha)
    return divisible(int(layer.filters * alpha))


def _mobile_net_v3(layer: Convolution, alpha: float) -> int:
    if layer.name == "conv":
        return layer.filters
    if layer.name == "conv_2":
        return divisible(layer.filters * alpha) if alpha > 1 else layer.filters
    if layer.name.endswith("_project"):
        return divisible(layer.filters * alpha)
    if layer.name.endswith("squeeze_excite_conv"):
        return divisible(layer.squeezed * 0.25)
    if layer.name.endswith("squeeze_excite_conv_1"):
        return layer.squeezed
    return divisible(layer.new_channels * layer.filters / layer.channels)


_RULES: dict[str, Callable[[Convolution, float], int]] = {
    "MobileNet": _mobile_net,
    "MobileNetV2": _mobile_net_v2,
    "MobileNetV3Large": _mobile_net_v3,
    "MobileNetV3Small": _mobile_net_v3,
}
