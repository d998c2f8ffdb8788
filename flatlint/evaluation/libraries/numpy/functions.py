"""The table of functions that numpy itself answers, with the methods of arrays that are alike."""

from __future__ import annotations

import numpy as np

from flatlint.evaluation.base import Arguments, Interpreter, attribute, method, models
from flatlint.evaluation.libraries import takes_arguments
from flatlint.evaluation.libraries.numpy.arrays import is_dense
from flatlint.evaluation.libraries.numpy.asking import ask
from flatlint.evaluation.libraries.numpy.calls import (
    Asked,
    answer,
    register,
    register_method,
)
from flatlint.evaluation.libraries.numpy.question import Question
from flatlint.evaluation.values import Value
from flatlint.graph import Array
from flatlint.shapes import Shape

REDUCTIONS = [
    *(Asked(name, "a axis dtype out keepdims initial where")
      for name in ("sum", "prod", "nansum", "nanprod")),
    *(Asked(name, "a axis dtype out keepdims where") for name in ("mean", "nanmean")),
    *(Asked(name, "a axis dtype out ddof keepdims where")
      for name in ("std", "var", "nanstd", "nanvar")),
    *(Asked(name, "a axis out keepdims where") for name in ("any", "all")),
    *(Asked(name, "a axis out keepdims")
      for name in ("argmax", "argmin", "nanargmax", "nanargmin", "ptp")),
    *(Asked(name, "a axis dtype out") for name in ("cumsum", "cumprod", "nancumsum")),
    *(Asked(name, "a axis out overwrite_input keepdims") for name in ("median", "nanmedian")),
    *(Asked(name, "a q axis out overwrite_input method keepdims", arrays="a q", multiplies=True)
      for name in ("percentile", "quantile", "nanpercentile", "nanquantile")),
    Asked("average", "a axis weights returned keepdims", arrays="a weights", multiplies=True),
    Asked("count_nonzero", "a axis keepdims"),
    Asked("trapezoid", "y x dx axis", arrays="y x", multiplies=True),
    Asked("linalg.norm", "x ord axis keepdims", arrays="x"),
]  # fmt: skip

REARRANGEMENTS = [
    Asked("sort", "a axis kind order stable"),
    Asked("flip", "m axis", arrays="m"),
    Asked("fliplr", "m", arrays="m"),
    Asked("flipud", "m", arrays="m"),
    Asked("roll", "a shift axis", loose="shift"),
    Asked("rot90", "m k axes", arrays="m"),
    Asked("expand_dims", "a axis"),
    Asked("squeeze", "a axis"),
    Asked("transpose", "a axes"),
    Asked("permute_dims", "a axes", function=np.transpose),
    Asked("matrix_transpose", "x", arrays="x", function=lambda x: np.swapaxes(x, -1, -2)),
    Asked("swapaxes", "a axis1 axis2"),
    Asked("moveaxis", "a source destination"),
    Asked("rollaxis", "a axis start"),
    *(Asked(name, "*arys", lists="arys") for name in ("atleast_1d", "atleast_2d", "atleast_3d")),
]

JOINTS = [
    Asked("stack", "arrays axis out dtype casting", lists="arrays"),
    *(Asked(name, "tup dtype casting", lists="tup") for name in ("vstack", "hstack")),
    Asked("row_stack", "tup dtype casting", lists="tup", function=np.vstack),
    *(Asked(name, "tup", lists="tup") for name in ("dstack", "column_stack")),
    *(Asked(name, "arrays axis out dtype casting", lists="arrays", function=np.concatenate)
      for name in ("concatenate", "concat")),
    Asked("append", "arr values axis", arrays="arr values"),
    Asked("tile", "A reps", arrays="A", sizes="reps", multiplies=True),
    Asked("repeat", "a repeats axis", sizes="repeats", multiplies=True),
    Asked("broadcast_to", "array shape subok", arrays="array", sizes="shape", multiplies=True),
    Asked("broadcast_arrays", "*args", lists="args", multiplies=True),
    Asked("meshgrid", "*xi copy sparse indexing", lists="xi", multiplies=True),
    Asked("ix_", "*args", lists="args"),
    Asked("resize", "a new_shape", sizes="new_shape", multiplies=True),
    Asked("diagonal", "a offset axis1 axis2"),
]  # fmt: skip

PRODUCTS = [
    Asked("dot", "a b out", arrays="a b", multiplies=True),
    Asked("matmul", "x1 x2 out", arrays="x1 x2", multiplies=True),
    Asked("inner", "a b", arrays="a b", multiplies=True),
    Asked("outer", "a b out", arrays="a b", multiplies=True),
    Asked("vdot", "a b", arrays="a b"),
    Asked("tensordot", "a b axes", arrays="a b", multiplies=True),
    Asked("kron", "a b", arrays="a b", multiplies=True),
    Asked("cross", "a b axisa axisb axisc axis", arrays="a b", multiplies=True),
    Asked("convolve", "a v mode", arrays="a v"),
    Asked("linalg.det", "a"),
    Asked("linalg.svd", "a full_matrices compute_uv hermitian", multiplies=True),
    Asked("linalg.qr", "a mode", multiplies=True),
    Asked("linalg.pinv", "a rcond hermitian", multiplies=True),
    Asked("cov", "m y rowvar bias ddof", arrays="m y", multiplies=True),
    Asked("corrcoef", "x y rowvar", arrays="x y", multiplies=True),
    Asked("trace", "a offset axis1 axis2 dtype out"),
]

ELEMENTWISE = [
    Asked("clip", "a a_min a_max out min max", loose="a_min a_max min max"),
    Asked("round", "a decimals out", loose="decimals"),
    Asked("around", "a decimals out", loose="decimals"),
    Asked("round_", "a decimals out", loose="decimals", function=np.around),
    Asked("fix", "x out", arrays="x"),
    Asked("nan_to_num", "x copy nan posinf neginf", arrays="x", loose="nan posinf neginf"),
    *(Asked(name, "val", arrays="val") for name in ("real", "imag")),
    Asked("angle", "z deg", arrays="z"),
    Asked("isclose", "a b rtol atol equal_nan", arrays="a b", loose="rtol atol", multiplies=True),
    Asked("sinc", "x", arrays="x"),
    Asked("unwrap", "p discont axis period", arrays="p", loose="discont period"),
    Asked("isin", "element test_elements assume_unique invert", arrays="element test_elements"),
    Asked(
        "interp",
        "x xp fp left right period",
        arrays="x xp fp",
        loose="left right period",
        multiplies=True,
    ),
    Asked("digitize", "x bins right", arrays="x bins"),
    Asked("searchsorted", "a v side sorter", arrays="a v sorter"),
    Asked("argsort", "a axis kind order stable"),
    Asked("tril", "m k", arrays="m", loose="k", multiplies=True),
    Asked("triu", "m k", arrays="m", loose="k", multiplies=True),
    Asked("take_along_axis", "arr indices axis", arrays="arr indices", multiplies=True),
    Asked("take", "a indices axis out mode", arrays="a indices", multiplies=True),
    Asked(
        "select",
        "condlist choicelist default",
        lists="condlist choicelist",
        loose="default",
        multiplies=True,
    ),
    Asked("gradient", "f *varargs axis edge_order", arrays="f"),
    Asked("fft.fft", "a n axis norm", sizes="n"),
    Asked("fft.ifft", "a n axis norm", sizes="n"),
    Asked("fft.fft2", "a s axes norm", sizes="s"),
    Asked("fft.ifft2", "a s axes norm", sizes="s"),
    Asked("fft.fftshift", "x axes", arrays="x"),
    Asked("fft.ifftshift", "x axes", arrays="x"),
    Asked("histogram", "a bins range density weights", sizes="bins"),
    Asked("diag", "v k", arrays="v", multiplies=True),
    Asked("vander", "x N increasing", arrays="x", sizes="N", multiplies=True),
]

EXTREMES = [
    Asked(name, "a axis out keepdims initial where")
    for name in ("max", "min", "amax", "amin", "nanmax", "nanmin")
]

METHODS = frozenset(
    {"sum", "prod", "mean", "std", "var", "any", "all", "argmax", "argmin", "ptp", "cumsum",
     "cumprod", "squeeze", "swapaxes", "diagonal", "trace", "dot", "round", "take", "repeat",
     "argsort", "searchsorted"}
)  # fmt: skip
"""Methods of arrays whose parameters are those of the function of the same name."""

for _asked in (*REDUCTIONS, *PRODUCTS, *ELEMENTWISE, *REARRANGEMENTS, *JOINTS):
    if _asked.name != "prod":
        register(_asked)
    if _asked.name in METHODS:
        register_method(_asked, _asked.name)

register_method(
    Asked("transpose", "a *axes", function=lambda a, *axes: a.transpose(*axes)),
    "transpose",
)
register_method(
    Asked(
        "clip",
        "a min max out",
        loose="min max",
        function=lambda a, min=None, max=None: np.clip(a, min, max),
    ),
    "clip",
)


@attribute(Array, "T", "mT")
def transposed(run: Interpreter, array: Array) -> Value:
    """The axes the other way round."""
    if isinstance(array.shape, Shape) and array.shape.rank < 2:
        return array
    return ask(run, "T", Question(np.transpose, (array,)), (array.low, array.high))


def _extreme(asked: Asked) -> None:
    @models(f"numpy.{asked.name}")
    @takes_arguments
    def extreme(run: Interpreter, arguments: Arguments) -> Value:
        return _reached(run, asked, arguments)

    if asked.name in ("max", "min"):

        @method(Array, asked.name)
        @takes_arguments
        def extreme_of(run: Interpreter, arguments: Arguments) -> Value:
            return _reached(run, asked, arguments)


def _reached(run: Interpreter, asked: Asked, arguments: Arguments) -> Value:
    """The extreme of numbers whose bounds are surely reached, where their values are not kept."""
    found = answer(run, asked, arguments)
    whole = arguments.positional[0] if arguments.positional else None
    if not isinstance(found, Array) or found.shape != Shape(()) or not isinstance(whole, Array):
        return found
    bound = whole.high if "max" in asked.name else whole.low
    return int(bound) if bound is not None and is_dense(whole) else found


for _asked in EXTREMES:
    _extreme(_asked)
