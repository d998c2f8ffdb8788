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
    """The steps of a MobileNet of that width.

    A block adds its input to its output where their channels agree, which rounding may bring about
    or undo.
    """
    wide, channels = _widened(family, steps, alpha)
    for place in range(len(wide), 0, -1):
        name, (class_name, _), inputs = wide[place - 1]
        if class_name == "Add" and name.endswith("_add"):
            if channels[inputs[0]] != channels[inputs[-1]]:
                wide = without(wide, place - 1)
        elif name.lower().endswith("project_bn"):
            start = _shortcut(wide, place, channels)
            if start is not None:
                added = f"{name[: -len('project_bn')]}add"
                wide = with_step(wide, place, (added, ("Add", {}), (start, place)))
    return wide


def _shortcut(steps: Sequence[Step], place: int, channels: Mapping[int, int]) -> int | None:
    """Where a block begins that could add its input and does not; `None` for any other."""
    block = steps[place - 1][0][: -len("project_bn")]
    named = {step[0]: step for step in steps}
    if f"{block}expand" not in named or f"{block}add" in named:
        return None
    start = named[f"{block}expand"][2][0]
    strides = named[f"{block}depthwise"][1][1].get("strides", 1)
    is_even = strides in (1, [1, 1])
    return start if is_even and channels[start] == channels[place] else None


def without(steps: Sequence[Step], place: int) -> list[Step]:
    """The steps without one; what took its output takes its last input."""
    source, taken = steps[place][2][-1], place + 1
    return [
        (name, config, tuple(_before(source if i == taken else i, taken) for i in inputs))
        for number, (name, config, inputs) in enumerate(steps)
        if number != place
    ]


def _before(place: int, removed: int) -> int:
    return place - 1 if place > removed else place


def with_step(steps: Sequence[Step], place: int, step: Step) -> list[Step]:
    """The steps with one more behind `place`; what took the output there takes the new one's."""
    moved = [
        (name, config, tuple(i + 1 if i >= place else i for i in inputs))
        for name, config, inputs in steps[place:]
    ]
    return [*steps[:place], step, *moved]


def _widened(family: str, steps: Sequence[Step], alpha: float) -> tuple[list[Step], dict[int, int]]:
    """The steps with other filters, and the channels that each of them gives."""
    rule = _RULES[family]
    channels: dict[int, tuple[int, int]] = {0: (3, 3)}
    squeezed = 0
    wide: list[Step] = []
    for place, (name, (class_name, given), inputs) in enumerate(steps, start=1):
        # Of what is added, the block's own output decides: its input may not fit any more.
        old, new = channels[inputs[-1]]
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
    return wide, {place: new for place, (_, new) in channels.items()}


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
