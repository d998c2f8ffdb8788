"""Arrays from files: never read, so that neither sizes nor values are known."""

from __future__ import annotations

from flatlint.evaluation.base import Interpreter, method, models
from flatlint.evaluation.libraries.numpy.arrays import array_with
from flatlint.evaluation.libraries.numpy.element_types import dtype_of
from flatlint.evaluation.libraries.numpy.reading import array_of
from flatlint.evaluation.objects import DictObject
from flatlint.evaluation.values import Value
from flatlint.graph import Array, WhyUnknown
from flatlint.shapes import UNFIXED, Shape


def _file(run: Interpreter, name: Value) -> str:
    return f"`{name}`" if isinstance(name, str) else "a file"


@models("numpy.load")
def load(run: Interpreter, file: Value, *_: Value, **__: Value) -> Value:
    """The array of a `.npy` file; the dict of arrays of a `.npz` file."""
    if isinstance(file, str) and file.endswith(".npz"):
        return run.allocate(DictObject({}, is_whole=False))
    return array_with(run, run.unknown(WhyUnknown.FROM_OUTSIDE, _file(run, file)), None, "load")


def _table(name: str) -> None:
    @models(f"numpy.{name}")
    def read(
        run: Interpreter, fname: Value, dtype: Value = None, *_: Value, **named: Value
    ) -> Value:
        unknown = run.unknown(WhyUnknown.FROM_OUTSIDE, _file(run, fname))
        kind = "float64" if dtype is None else dtype_of(run, dtype)
        columns = (named.get("unpack"), named.get("names"))
        is_plain = columns == (None, None) and (dtype is not None or name == "loadtxt")
        what = name if is_plain else "text"
        return array_with(run, unknown, kind if is_plain else None, what)


for _name in ("loadtxt", "genfromtxt"):
    _table(_name)


@models("numpy.fromfile", "numpy.frombuffer", "numpy.fromstring", "numpy.fromiter")
def from_bytes(run: Interpreter, data: Value, dtype: Value = None, *_: Value, **__: Value) -> Value:
    """One axis of unknown length."""
    kind = "float64" if dtype is None else dtype_of(run, dtype)
    return array_with(run, Shape((UNFIXED,)), kind, "frombuffer")


@models("numpy.memmap", "numpy.lib.format.open_memmap")
def memmap(
    run: Interpreter,
    filename: Value,
    dtype: Value = "uint8",
    mode: Value = "r+",
    offset: Value = 0,
    shape: Value = None,
    order: Value = "C",
) -> Value:
    """A file as an array, of the shape that the call gives."""
    from flatlint.evaluation.libraries.numpy.reading import sizes_of

    if shape is None:
        return array_with(run, Shape((UNFIXED,)), dtype_of(run, dtype), "memmap")
    sizes = sizes_of(run, shape)
    whole = Shape(sizes) if isinstance(sizes, tuple) else sizes
    return array_with(run, whole, dtype_of(run, dtype), "memmap")


@models("numpy.save", "numpy.savez", "numpy.savez_compressed", "numpy.savetxt",
        "numpy.set_printoptions", "numpy.seterr", "numpy.testing.assert_allclose",
        "numpy.testing.assert_array_equal", "numpy.testing.assert_almost_equal")  # fmt: skip
def nothing(run: Interpreter, *_: Value, **__: Value) -> Value:
    """Effects that no shape depends on."""
    return None


@method(Array, "tofile", "dump", "setflags", "close", "flush")
def nothing_of(run: Interpreter, array: Array, *_: Value, **__: Value) -> Value:
    """Effects that no shape depends on."""
    return None


@models("numpy.array_repr", "numpy.array_str", "numpy.array2string")
def text(run: Interpreter, a: Value, *_: Value, **__: Value) -> Value:
    """Text for people."""
    return run.unknown(WhyUnknown.NOT_MODELLED, "the text of an array")


@models("numpy.array_equal", "numpy.allclose")
def is_equal(run: Interpreter, a: Value, b: Value, *_: Value, **__: Value) -> Value:
    """Whether two arrays are the same; `False` where their shapes cannot be."""
    first, second = array_of(run, a), array_of(run, b)
    if first.values is not None and second.values is not None:
        import numpy as np

        return bool(np.array_equal(first.values, second.values))
    return run.unknown(WhyUnknown.ARGUMENT, "whether two arrays are equal")
