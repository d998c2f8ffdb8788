"""Joining values: what stands for either of two branches."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from flatlint.catalogue.numpy_integers import NumpyInteger
from flatlint.evaluation.bounds import MAX_OPTIONS
from flatlint.evaluation.values import THINGS, Either, Many, Name, Value
from flatlint.graph import Array, Tensor, Unknown, WhyUnknown
from flatlint.shapes import Shape, join_shapes


def same(left: Value, right: Value) -> bool:
    """Whether two values are one; unlike `==`, `1`, `1.0` and `True` are three."""
    if left is right:
        return True
    if type(left) is not type(right):
        return False
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(map(same, left, right))
    return bool(left == right)


def join_values(left: Value, right: Value) -> Value:
    """The value that stands for either; unknown where they have nothing in common."""
    if same(left, right):
        return left
    match left, right:
        case (NumpyInteger(), int() as number) | (int() as number, NumpyInteger()) if left == right:
            return int(number)
        case Unknown(), _:
            return left
        case _, Unknown():
            return right
        case tuple(), tuple() if len(left) == len(right):
            return tuple(map(join_values, left, right))
        case Tensor(), Tensor():
            return _join_tensors(left, right)
        case Array(), Array():
            dtype = left.dtype if left.dtype == right.dtype else None
            library = left.library if left.library == right.library else "unknown"
            return Array(_join_known(left.shape, right.shape), dtype, library=library)
        case Many(), Many():
            return Many(join_values(left.element, right.element))
        case Name(), Name() if _plain(left) == _plain(right):
            return _plain(left)
        case _:
            return _either(left, right)


def join_all(items: Sequence[Value], rest: Value | None = None) -> Value:
    """What stands for any element of a sequence, of which there is one at least."""
    return reduce(join_values, items if rest is None else (*items, rest))


def _either(left: Value, right: Value) -> Value:
    """Both, where they are few and things that can be tried; otherwise nothing is known."""
    options: list[Value] = []
    for value in (left, right):
        for option in value.options if isinstance(value, Either) else (value,):
            if not any(same(option, other) for other in options):
                options.append(option)
    can_be_tried = all(option is None or isinstance(option, THINGS) for option in options)
    if not can_be_tried or len(options) > MAX_OPTIONS:
        return Unknown(WhyUnknown.BRANCHES_DIFFER)
    return Either(tuple(options)) if len(options) > 1 else options[0]


def _plain(name: Name) -> Name:
    """The layer that runs anywhere for its twin that runs on a GPU alone: `LSTM`, `CuDNNLSTM`."""
    home, _, last = name.path.rpartition(".")
    return Name(f"{home}.{last.removeprefix('CuDNN')}")


def _join_tensors(left: Tensor, right: Tensor) -> Tensor:
    # The graph goes on through one side: which layers lie before is then only partly told,
    # but the shape holds for both.
    dtype = left.dtype if left.dtype == right.dtype else None
    is_either = left.is_either or right.is_either or left.made_by is not right.made_by
    shape = _join_known(left.shape, right.shape)
    return Tensor(shape, left.made_by, left.index, dtype, is_either)


def _join_known(left: Shape | Unknown, right: Shape | Unknown) -> Shape | Unknown:
    if isinstance(left, Unknown):
        return left
    if isinstance(right, Unknown):
        return right
    return join_shapes(left, right) or Unknown(WhyUnknown.BRANCHES_DIFFER, f"{left} or {right}")
