# ruff: noqa: E501
"""Random programs on arrays, one or two lines each: what they put into `out` is compared."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random
from typing import TypeAlias

Size: TypeAlias = Callable[[int], str]
"""Writes a size of the program: as a number, as a name, or as something that nobody knows."""
Snippet: TypeAlias = Callable[[Random, Size], str]

SNIPPETS: dict[str, Snippet] = {}
LITERAL_ONLY: set[str] = set()
"""Snippets that make no sense with sizes that are not numbers."""

SIZES = (1, 1, 2, 3, 4, 5, 7, 12, 28, 40)
TYPES = ("float64", "float32", "int64", "uint8", "bool", "int32")


def snippet(literal_only: bool = False) -> Callable[[Snippet], Snippet]:
    """Register a maker of programs under its name."""

    def registered(function: Snippet) -> Snippet:
        SNIPPETS[function.__name__] = function
        if literal_only:
            LITERAL_ONLY.add(function.__name__)
        return function

    return registered


def shape_of(r: Random, least: int = 1, most: int = 4) -> list[int]:
    return [r.choice(SIZES) for _ in range(r.randint(least, most))]


def text_of(shape: list[int], s: Size) -> str:
    return "(" + "".join(f"{s(size)}, " for size in shape) + ")"


def zeros(r: Random, shape: list[int], s: Size, types: tuple[str, ...] = TYPES) -> str:
    return f"np.zeros({text_of(shape, s)}, {r.choice(types)!r})"


def axis_of(r: Random, shape: list[int]) -> int:
    return r.randrange(-len(shape), len(shape))


# --- shapes -------------------------------------------------------------------------------------


@snippet()
def reshape(r: Random, s: Size) -> str:
    shape = shape_of(r)
    target = shape[:]
    r.shuffle(target)
    texts = [s(size) for size in target]
    if len(target) > 1 and r.random() < 0.5:
        texts = ["-1", *texts[2:]]
    elif r.random() < 0.5:
        texts[r.randrange(len(texts))] = "-1"
    inner = ", ".join(texts)
    a = zeros(r, shape, s)
    return r.choice(
        [f"out = {a}.reshape({inner}, order='C')" if len(texts) > 1 else f"out = {a}.reshape([{inner}])",
         f"out = {a}.reshape(({inner},))",
         f"out = np.reshape({a}, [{inner}])"]
    )  # fmt: skip


@snippet(literal_only=True)
def reshape_that_may_fail(r: Random, s: Size) -> str:
    target = ", ".join(str(r.choice([*SIZES, -1])) for _ in range(r.randint(1, 3)))
    return f"out = {zeros(r, shape_of(r), s)}.reshape({target})"


@snippet()
def expand_dims(r: Random, s: Size) -> str:
    shape = shape_of(r)
    axis = r.randrange(-len(shape) - 1, len(shape) + 1)
    a = zeros(r, shape, s)
    return r.choice(
        [f"out = np.expand_dims({a}, {axis})", f"out = np.expand_dims({a}, axis={axis})",
         f"out = {a}[..., None]", f"out = {a}[np.newaxis]", f"out = {a}[:, np.newaxis]",
         f"out = np.expand_dims({a}, (0, -1))"]
    )  # fmt: skip


@snippet()
def squeeze(r: Random, s: Size) -> str:
    shape = [*shape_of(r, 1, 3), 1]
    r.shuffle(shape)
    a = zeros(r, shape, s)
    axis = shape.index(1)
    return r.choice([f"out = np.squeeze({a})", f"out = {a}.squeeze({axis})",
                     f"out = np.squeeze({a}, axis={axis})"])  # fmt: skip


@snippet()
def ravel(r: Random, s: Size) -> str:
    a = zeros(r, shape_of(r), s)
    return r.choice([f"out = {a}.ravel()", f"out = {a}.flatten()", f"out = np.ravel({a})"])


@snippet()
def transpose(r: Random, s: Size) -> str:
    shape = shape_of(r)
    order = list(range(len(shape)))
    r.shuffle(order)
    a = zeros(r, shape, s)
    inner = ", ".join(map(str, order))
    return r.choice([f"out = {a}.transpose({inner})", f"out = {a}.transpose(({inner},))",
                     f"out = np.transpose({a}, [{inner}])", f"out = np.transpose({a})",
                     f"out = {a}.T", f"out = {a}.transpose()"])  # fmt: skip


@snippet()
def moving_axes(r: Random, s: Size) -> str:
    shape = shape_of(r, 2, 4)
    a = zeros(r, shape, s)
    one, two = axis_of(r, shape), axis_of(r, shape)
    return r.choice([f"out = np.swapaxes({a}, {one}, {two})", f"out = {a}.swapaxes({one}, {two})",
                     f"out = np.moveaxis({a}, {one}, {two})",
                     f"out = np.moveaxis({a}, [0, 1], [-1, 0])",
                     f"out = np.rollaxis({a}, {abs(one) % len(shape)})"])  # fmt: skip


@snippet()
def at_least(r: Random, s: Size) -> str:
    rank = r.randint(1, 3)
    return f"out = np.atleast_{rank}d({zeros(r, shape_of(r, 0, 3), s)})"


# --- joining ------------------------------------------------------------------------------------


@snippet()
def stack(r: Random, s: Size) -> str:
    shape = shape_of(r, 1, 3)
    arrays = ", ".join(zeros(r, shape, s) for _ in range(r.randint(1, 3)))
    axis = r.randrange(-len(shape) - 1, len(shape) + 1)
    return r.choice([f"out = np.stack([{arrays}], axis={axis})", f"out = np.stack(({arrays},))",
                     f"out = np.array([{arrays}])"])  # fmt: skip


@snippet()
def concatenate(r: Random, s: Size) -> str:
    shape = shape_of(r, 1, 4)
    axis = axis_of(r, shape)
    parts = []
    for _ in range(r.randint(1, 3)):
        own = shape[:]
        own[axis] = r.choice(SIZES)
        parts.append(zeros(r, own, s))
    joined = ", ".join(parts)
    return r.choice([f"out = np.concatenate([{joined}], axis={axis})",
                     f"out = np.concatenate(({joined},), {axis})"])  # fmt: skip


@snippet()
def side_by_side(r: Random, s: Size) -> str:
    name = r.choice(["vstack", "hstack", "dstack", "column_stack"])
    shape = shape_of(r, 1, 3)
    arrays = ", ".join(zeros(r, shape, s) for _ in range(r.randint(1, 3)))
    return f"out = np.{name}([{arrays}])"


@snippet(literal_only=True)
def joining_that_may_fail(r: Random, s: Size) -> str:
    name = r.choice(["vstack", "hstack", "dstack", "column_stack", "concatenate", "stack"])
    return f"out = np.{name}([{zeros(r, shape_of(r, 1, 3), s)}, {zeros(r, shape_of(r, 1, 3), s)}])"


@snippet()
def append(r: Random, s: Size) -> str:
    shape = shape_of(r, 1, 3)
    axis = axis_of(r, shape)
    a, b = zeros(r, shape, s), zeros(r, shape, s)
    return r.choice([f"out = np.append({a}, {b})", f"out = np.append({a}, {b}, axis={axis})",
                     f"out = np.append({a}, [1, 2, 3])"])  # fmt: skip


# --- repeating, padding, cutting ----------------------------------------------------------------


@snippet()
def tile(r: Random, s: Size) -> str:
    reps = ", ".join(str(r.randint(1, 4)) for _ in range(r.randint(1, 3)))
    return f"out = np.tile({zeros(r, shape_of(r, 1, 3), s)}, ({reps},))"


@snippet()
def repeat(r: Random, s: Size) -> str:
    shape = shape_of(r, 1, 3)
    a, times, axis = zeros(r, shape, s), r.randint(1, 12), axis_of(r, shape)
    return r.choice([f"out = np.repeat({a}, {times}, axis={axis})", f"out = {a}.repeat({times})",
                     f"out = {a}.repeat({times}, {axis})", f"out = np.repeat({a}, {times})"])  # fmt: skip


@snippet()
def pad(r: Random, s: Size) -> str:
    shape = shape_of(r, 1, 3)
    pairs = ", ".join(f"({r.randint(0, 20)}, {r.randint(0, 3)})" for _ in shape)
    a = zeros(r, shape, s)
    return r.choice([f"out = np.pad({a}, {r.randint(0, 9)})", f"out = np.pad({a}, (1, 2))",
                     f"out = np.pad({a}, ({pairs},), 'constant')",
                     f"out = np.pad({a}, [{pairs}], mode='constant', constant_values=1)"])  # fmt: skip


@snippet(literal_only=True)
def delete(r: Random, s: Size) -> str:
    shape = shape_of(r, 1, 3)
    axis = axis_of(r, shape)
    number = r.randrange(-shape[axis] - 1, shape[axis] + 1)
    what = r.choice([str(number), "[0, -1]", "slice(0, 2)" if False else "0"])
    a = zeros(r, shape, s)
    return r.choice([f"out = np.delete({a}, {what}, axis={axis})", f"out = np.delete({a}, {what})"])


@snippet()
def delete_the_first(r: Random, s: Size) -> str:
    shape = shape_of(r, 1, 3)
    return f"out = np.delete({zeros(r, shape, s)}, 0, axis={axis_of(r, shape)})"


@snippet(literal_only=True)
def insert(r: Random, s: Size) -> str:
    shape = shape_of(r, 1, 3)
    axis = axis_of(r, shape)
    a = zeros(r, shape, s, ("float64", "int64"))
    return r.choice([f"out = np.insert({a}, 0, 7, axis={axis})", f"out = np.insert({a}, [0, 1], 7)",
                     f"out = np.insert({a}, 1, 5, {axis})"])  # fmt: skip


@snippet()
def diff(r: Random, s: Size) -> str:
    shape = shape_of(r, 1, 3)
    shape[-1] = 12
    a = zeros(r, shape, s, ("float64", "int64", "float32", "bool"))
    return r.choice([f"out = np.diff({a})", f"out = np.diff({a}, axis=-1)",
                     f"out = np.diff({a}, n=2)", f"out = np.diff({a}, 3, -1)"])  # fmt: skip


@snippet(literal_only=True)
def split(r: Random, s: Size) -> str:
    shape = shape_of(r, 1, 3)
    axis = axis_of(r, shape)
    a = zeros(r, shape, s)
    return r.choice([f"out = np.split({a}, {r.randint(1, 4)}, axis={axis})",
                     f"out = np.array_split({a}, {r.randint(1, 5)}, axis={axis})",
                     f"out = np.split({a}, [1, 3])", f"out = np.split({a}, (2,), axis={axis})",
                     f"out = np.vsplit({a}, 2)", f"out = np.hsplit({a}, [1])"])  # fmt: skip


@snippet()
def rearranging(r: Random, s: Size) -> str:
    shape = shape_of(r, 2, 4)
    a, axis = zeros(r, shape, s), axis_of(r, shape)
    return r.choice([f"out = np.roll({a}, 3, axis={axis})", f"out = np.roll({a}, 1)",
                     f"out = np.flip({a}, {axis})", f"out = np.flip({a})", f"out = np.fliplr({a})",
                     f"out = np.flipud({a})", f"out = np.rot90({a})", f"out = np.sort({a}, {axis})",
                     f"out = np.argsort({a}, axis={axis})", f"out = {a}.argsort()",
                     f"out = np.diagonal({a})" if len(shape) == 9 else f"out = np.triu({a})"])  # fmt: skip


# --- reducing -----------------------------------------------------------------------------------

REDUCTIONS = ("sum", "mean", "std", "var", "max", "min", "any", "all", "argmax", "argmin", "prod",
              "cumsum", "cumprod", "median", "nanmean", "nansum", "amax", "amin", "ptp",
              "count_nonzero")  # fmt: skip
OF_ARRAYS = frozenset({"sum", "mean", "std", "var", "max", "min", "any", "all", "argmax", "argmin",
                       "prod", "cumsum"})  # fmt: skip


@snippet()
def reduction(r: Random, s: Size) -> str:
    shape = shape_of(r, 1, 4)
    name, axis = r.choice(REDUCTIONS), axis_of(r, shape)
    types = ("float64", "float32", "int64", "uint8")
    a = zeros(r, shape, s, types)
    choices = [f"out = np.{name}({a}, axis={axis})", f"out = np.{name}({a}, {axis})"]
    if name not in ("argmax", "argmin", "cumsum", "cumprod"):
        pair = f"({', '.join(map(str, sorted({0, len(shape) - 1})))},)"
        choices += [f"out = np.{name}({a}, axis={pair})"]
    if name not in ("cumsum", "cumprod"):
        choices += [f"out = np.{name}({a}, axis={axis}, keepdims=True)"]
    if name in OF_ARRAYS:
        choices += [f"out = {a}.{name}(axis={axis})", f"out = {a}.{name}({axis})"]
    return r.choice(choices)


@snippet()
def reduction_of_all(r: Random, s: Size) -> str:
    a = f"np.random.rand{text_of(shape_of(r, 1, 3), s)}"
    b = zeros(r, shape_of(r, 1, 3), s, ("float32", "float64", "int64"))
    return r.choice([f"out = {b} - np.mean({a})", f"out = {a} / np.std({a})",
                     f"out = ({a} - {a}.min()) / {a}.max()", f"out = {b} * np.sum({a})",
                     f"out = np.percentile({a}, [25, 50, 75])", f"out = np.cumsum({a})",
                     f"out = np.quantile({a}, 0.5, axis=0)", f"out = np.linalg.norm({a}, axis=0)",
                     f"out = np.average({a}, axis=0)"])  # fmt: skip


# --- products -----------------------------------------------------------------------------------


@snippet()
def dot(r: Random, s: Size) -> str:
    inner = r.choice(SIZES)
    left, right = shape_of(r, 0, 2), shape_of(r, 0, 1)
    a = zeros(r, [*left, inner], s, ("float64", "float32", "int64"))
    b = zeros(r, [inner, *right], s, ("float64", "float32", "int64"))
    return r.choice([f"out = np.dot({a}, {b})", f"out = {a}.dot({b})",
                     f"out = np.tensordot({a}, {b}, axes=1)"])  # fmt: skip


@snippet()
def matmul(r: Random, s: Size) -> str:
    front, inner = shape_of(r, 0, 2), r.choice(SIZES)
    a = zeros(r, [*front, r.choice(SIZES), inner], s, ("float64", "float32", "int64"))
    b = zeros(r, [inner, r.choice(SIZES)], s, ("float64", "float32", "int64"))
    return r.choice([f"out = {a} @ {b}", f"out = np.matmul({a}, {b})"])


@snippet(literal_only=True)
def products_that_may_fail(r: Random, s: Size) -> str:
    a, b = zeros(r, shape_of(r, 1, 3), s), zeros(r, shape_of(r, 1, 3), s)
    return r.choice([f"out = {a} @ {b}", f"out = np.dot({a}, {b})", f"out = np.inner({a}, {b})"])


@snippet()
def einsum(r: Random, s: Size) -> str:
    letters = r.sample("ijklm", 4)
    sizes = {letter: r.choice(SIZES) for letter in letters}
    left, right = "".join(letters[:3]), "".join(letters[2:])
    result = "".join(r.sample(letters, r.randint(1, 4)))
    a = zeros(r, [sizes[letter] for letter in left], s, ("float64", "float32"))
    b = zeros(r, [sizes[letter] for letter in right], s, ("float64", "float32"))
    return r.choice([f"out = np.einsum('{left},{right}->{result}', {a}, {b})",
                     f"out = np.einsum('{left}->{left[::-1]}', {a})"])  # fmt: skip


@snippet()
def outer(r: Random, s: Size) -> str:
    a, b = zeros(r, shape_of(r, 1, 2), s), zeros(r, shape_of(r, 1, 2), s)
    return r.choice([f"out = np.outer({a}, {b})", f"out = np.kron({a}, {b})"])


@snippet()
def meshgrid(r: Random, s: Size) -> str:
    a, b = zeros(r, [r.choice(SIZES)], s), zeros(r, [r.choice(SIZES)], s)
    number = r.randint(0, 1)
    return r.choice([f"out = np.meshgrid({a}, {b})[{number}]",
                     f"x, out = np.meshgrid({a}, {b})",
                     f"out, y = np.meshgrid({a}, {b}, indexing='ij')"])  # fmt: skip


# --- elementwise --------------------------------------------------------------------------------

UNARY = ("abs", "sqrt", "exp", "log", "log1p", "square", "sign", "floor", "ceil", "isnan", "sin",
         "tanh", "negative", "logical_not", "round", "nan_to_num", "isfinite", "real",
         "rint", "absolute", "cos", "log2", "log10", "expm1", "reciprocal")  # fmt: skip
BINARY = ("add", "subtract", "multiply", "divide", "power", "maximum", "minimum", "equal", "less",
          "greater_equal", "logical_and", "arctan2", "mod", "floor_divide", "hypot")  # fmt: skip
SIGNS = ("+", "-", "*", "/", "//", "%", "**", "<", "<=", ">", ">=", "==", "!=", "&", "|", "^")


@snippet()
def unary(r: Random, s: Size) -> str:
    return f"out = np.{r.choice(UNARY)}({zeros(r, shape_of(r), s)})"


def matching(r: Random, shape: list[int]) -> list[int]:
    """A shape that broadcasts with another."""
    other = [size if r.random() < 0.7 else 1 for size in shape]
    return other[r.randrange(len(shape)) :]


@snippet()
def binary(r: Random, s: Size) -> str:
    shape = shape_of(r)
    a, b = zeros(r, shape, s), zeros(r, matching(r, shape), s)
    if r.random() < 0.5:
        a, b = b, a
    return r.choice([f"out = {a} {r.choice(SIGNS)} {b}", f"out = np.{r.choice(BINARY)}({a}, {b})"])


@snippet(literal_only=True)
def binary_that_may_fail(r: Random, s: Size) -> str:
    a, b = zeros(r, shape_of(r, 1, 3), s), zeros(r, shape_of(r, 1, 3), s)
    return f"out = {a} {r.choice(SIGNS)} {b}"


@snippet()
def with_a_number(r: Random, s: Size) -> str:
    a = zeros(r, shape_of(r), s)
    number = r.choice(["2", "255.", "1e-7", "True", "0.5", "-1", "300"])
    one, two = r.choice([(a, number), (number, a)])
    return r.choice([f"out = {one} {r.choice(SIGNS[:13])} {two}",
                     f"x = {a}\nx = x.astype('float32') / 255\nout = x",
                     f"out = np.{r.choice(BINARY)}({one}, {two})", f"out = -{a}.astype('int64')",
                     f"out = ~{a}.astype('bool')"])  # fmt: skip


@snippet()
def in_place(r: Random, s: Size) -> str:
    shape = shape_of(r)
    a = zeros(r, shape, s, ("float64", "float32"))
    b = zeros(r, matching(r, shape), s, ("float32", "uint8"))
    return f"out = {a}\nout {r.choice(['+', '-', '*', '/'])}= {r.choice([b, '2', '255.0'])}"


@snippet()
def where(r: Random, s: Size) -> str:
    shape = shape_of(r)
    a, b, c = (zeros(r, matching(r, shape), s) for _ in range(3))
    return r.choice([f"out = np.where({a} > 0, {b}, {c})", f"out = np.where({a} > 0.5, 1, 0)",
                     f"out = np.where({a}, {b}, 0.0)", f"out = np.clip({a}, 0, 1)",
                     f"out = {a}.clip(0, 255)", f"out = np.isin({a}, [0, 1])"])  # fmt: skip


@snippet()
def another_type(r: Random, s: Size) -> str:
    a, kind = zeros(r, shape_of(r), s), r.choice(TYPES)
    return r.choice([f"out = {a}.astype({kind!r})", f"out = {a}.astype(np.{kind.replace('bool', 'bool_')})",
                     f"out = {a}.astype(float)", f"out = {a}.astype(int)",
                     f"out = np.array({a}, dtype={kind!r})", f"out = np.asarray({a}, np.float32)",
                     f"out = np.float32({a})", f"out = {a}.astype(dtype=np.uint8)",
                     f"out = {a}.copy()"])  # fmt: skip


# --- subscripts ---------------------------------------------------------------------------------


def part(r: Random, size: int) -> str:
    bounds = [r.randint(-size - 1, size + 1) for _ in range(2)]
    return r.choice([":", str(r.randrange(-size, size)), f"{bounds[0]}:", f":{bounds[1]}",
                     f"{bounds[0]}:{bounds[1]}", "::2", "::-1", f":{bounds[1]}:3", "None"])  # fmt: skip


@snippet(literal_only=True)
def basic_index(r: Random, s: Size) -> str:
    shape = shape_of(r, 1, 4)
    parts = [part(r, size) for size in shape[: r.randint(1, len(shape))]]
    if r.random() < 0.3:
        parts.insert(r.randint(0, len(parts)), "...")
    return f"out = {zeros(r, shape, s)}[{', '.join(parts)}]"


@snippet()
def simple_index(r: Random, s: Size) -> str:
    shape = shape_of(r, 2, 4)
    parts = [r.choice([":", "0", "None", "-1", "::-1", ":-1" if size > 1 else ":"])
             for size in shape]  # fmt: skip
    return f"out = {zeros(r, shape, s)}[{', '.join(parts)}]"


@snippet(literal_only=True)
def index_that_may_fail(r: Random, s: Size) -> str:
    parts = ", ".join(part(r, r.choice(SIZES)) for _ in range(r.randint(1, 4)))
    return f"out = {zeros(r, shape_of(r, 1, 3), s)}[{parts}]"


@snippet(literal_only=True)
def fancy_index(r: Random, s: Size) -> str:
    shape = shape_of(r, 1, 4)
    indices = [f"np.random.randint(0, {size}, {text_of(shape_of(r, 1, 2), s)})" for size in shape]
    same = text_of(shape_of(r, 1, 2), s)
    alike = [f"np.zeros({same}, 'int64')" for _ in shape]
    parts = [r.choice([":", "0", "0:1", "...", indices[0]]) for _ in shape]
    if parts.count("...") > 1:
        parts = [":" if each == "..." else each for each in parts]
    parts[0] = indices[0]
    if "..." not in parts:
        parts = [
            own if each == indices[0] else each for each, own in zip(parts, indices, strict=True)
        ]
    else:
        parts = [indices[0], "..."]
    a = zeros(r, shape, s)
    return r.choice([f"out = {a}[{indices[0]}]", f"out = {a}[{', '.join(parts)}]",
                     f"out = {a}[{', '.join(alike)}]", f"out = {a}[[0, 0, -1]]",
                     f"out = np.take({a}, {indices[-1]}, axis=-1)",
                     f"out = np.take({a}, [0, 0], axis=0)"])  # fmt: skip


@snippet(literal_only=True)
def mask(r: Random, s: Size) -> str:
    shape = shape_of(r, 1, 3)
    kept = ", ".join(str(r.random() < 0.5) for _ in range(shape[0]))
    a = zeros(r, shape, s)
    return r.choice([f"out = {a}[np.array([{kept}])]", f"out = {a}[[{kept}]]",
                     f"x = {a}\nout = x[np.array([{kept}]), ..., None]"])  # fmt: skip


@snippet(literal_only=True)
def one_hot(r: Random, s: Size) -> str:
    labels = ", ".join(str(r.randint(0, 5)) for _ in range(r.randint(1, 6)))
    return r.choice([f"out = np.eye(6)[[{labels}]]", f"y = np.array([{labels}])\nout = np.eye(6)[y]",
                     f"y = np.array([{labels}])\nout = np.eye(np.max(y) + 1)[y]",
                     f"y = [{labels}]\nout = np.zeros((len(y), len(set(y))))",
                     f"y = np.array([{labels}])\nout = np.zeros(np.unique(y).size)",
                     f"y = np.array([{labels}])\nout = np.identity(6, dtype='float32')[y.reshape(-1)]",
                     f"y = np.array([{labels}])\nout = np.zeros((y.size, y.max() + 1))\nout[np.arange(y.size), y] = 1"])  # fmt: skip


# --- makers -------------------------------------------------------------------------------------


@snippet()
def filled(r: Random, s: Size) -> str:
    shape = text_of(shape_of(r), s)
    kind = r.choice(TYPES)
    return r.choice([f"out = np.ones({shape})", f"out = np.zeros(shape={shape}, dtype={kind!r})",
                     f"out = np.empty({shape}, {kind!r})", f"out = np.full({shape}, 7)",
                     f"out = np.full({shape}, 0.5, dtype={kind!r})",
                     f"out = np.full({shape}, True)", f"out = np.zeros(({s(7)} * {s(5)},))",
                     f"out = np.zeros_like(np.ones({shape}))",
                     f"out = np.ones_like(np.zeros({shape}), dtype={kind!r})",
                     f"out = np.full_like(np.zeros({shape}), 3)",
                     f"out = np.eye({s(5)})", f"out = np.eye({s(5)}, {s(7)})",
                     f"out = np.identity({s(12)})"])  # fmt: skip


@snippet(literal_only=True)
def counted(r: Random, s: Size) -> str:
    a, b, c = (round(r.uniform(-9, 9), r.randint(0, 2)) for _ in range(3))
    i, j = r.randint(-9, 9), r.randint(-20, 300)
    return r.choice([f"out = np.arange({j})", f"out = np.arange({i}, {j})",
                     f"out = np.arange({i}, {j}, {r.choice([1, 2, 3, -1])})",
                     f"out = np.arange({a}, {b}, {c})", f"out = np.arange({j}, dtype='float32')",
                     f"out = np.linspace({a}, {b})", f"out = np.linspace({a}, {b}, {abs(j)})",
                     f"out = np.linspace({i}, {j}, num=10, endpoint=False)",
                     f"out = np.logspace(0, 1, {abs(i)})",
                     f"out = np.arange({abs(j)}).reshape(-1, 1)", f"out = np.zeros({abs(j)})",
                     f"out = np.random.permutation({abs(j)})", f"out = np.ones({abs(j)})"])  # fmt: skip


@snippet()
def random(r: Random, s: Size) -> str:
    shape = shape_of(r)
    size, dims = text_of(shape, s), ", ".join(map(s, shape))
    return r.choice([
        f"out = np.random.rand({dims})", f"out = np.random.randn({dims})",
        f"out = np.random.random({size})", f"out = np.random.random_sample({size})",
        f"out = np.random.randint(10, size={size})", f"out = np.random.randint(0, 5, {size})",
        f"out = np.random.uniform(-1, 1, {size})", f"out = np.random.uniform(size={size})",
        f"out = np.random.normal(0, 1, size={size})", f"out = np.random.normal(0.0, 1.0, {size})",
        f"out = np.random.choice(10, {size})", f"out = np.random.choice([0, 1], size={size})",
        f"out = np.random.permutation(np.zeros({size}))",
        f"out = np.random.binomial(1, 0.5, {size})", f"out = np.random.poisson(3, {size})",
        f"out = np.random.RandomState(0).rand({dims})",
        f"rng = np.random.RandomState(1)\nout = rng.randint(0, 9, size={size})",
        f"rng = np.random.default_rng(1)\nout = rng.random({size})",
        f"rng = np.random.default_rng()\nout = rng.integers(0, 10, size={size})",
        f"rng = np.random.default_rng()\nout = rng.normal(size={size})",
        f"rng = np.random.default_rng()\nout = rng.standard_normal({size}, dtype='float32')",
        f"rng = np.random.default_rng()\nout = rng.choice(5, {size})",
        f"rng = np.random.default_rng()\nout = rng.uniform(0, 1, {size})",
        f"x = np.zeros({size})\nnp.random.shuffle(x)\nout = x",
        f"out = np.random.multivariate_normal([0, 0], [[1, 0], [0, 1]], ({s(7)},))",
        f"out = np.random.exponential(1.0, {size})",
    ])  # fmt: skip


def nested(r: Random, shape: list[int]) -> object:
    if not shape:
        return r.choice([r.randint(-3, 9), round(r.random(), 2), r.random() < 0.5])
    return [nested(r, shape[1:]) for _ in range(shape[0])]


@snippet(literal_only=True)
def literal(r: Random, s: Size) -> str:
    lists = nested(r, [r.randint(0, 4) for _ in range(r.randint(1, 3))])
    return r.choice([f"out = np.array({lists})", f"out = np.asarray({lists}, dtype='float32')",
                     f"out = np.mean({lists})", f"out = np.array({lists}).T",
                     f"out = np.sum({lists}, axis=0)", f"out = np.array({lists}).shape",
                     f"out = np.max({lists})", f"out = np.array({lists}) * 2",
                     f"out = np.unique({lists})", f"out = np.array({lists}).tolist()",
                     f"out = np.argmax(np.array({lists}))", f"out = np.array({lists}, ndmin=3)",
                     f"out = np.sqrt(np.array({lists}))", f"out = list(np.array({lists}).ravel())",
                     f"out = np.concatenate([{lists}, {lists}])"])  # fmt: skip


@snippet(literal_only=True)
def plain_numbers(r: Random, s: Size) -> str:
    shape = [r.randint(1, 30) for _ in range(r.randint(1, 4))]
    x = round(r.uniform(0.5, 90), 1)
    return r.choice([f"out = np.prod({tuple(shape)})", f"out = int(np.prod({shape}))",
                     f"out = np.ceil({x})", f"out = int(np.ceil({x} / 32))", f"out = np.floor({x})",
                     f"out = np.sqrt({x})", f"out = np.log2({shape[0]})", f"out = np.float32({x})",
                     f"out = np.int64({shape[0]})", f"out = np.sum({shape})",
                     f"out = np.zeros({tuple(shape)}).size", f"out = np.zeros({tuple(shape)}).ndim",
                     f"out = len(np.zeros({tuple(shape)}))", f"out = np.shape(np.zeros({tuple(shape)}))",
                     f"out = np.max({shape}) + 1", f"out = np.zeros({tuple(shape)}).shape[0] // 2",
                     f"out = np.mean({shape})", f"out = np.pi * {x}", f"out = np.abs(-{x})",
                     f"out = np.bincount({shape})", f"out = np.count_nonzero({shape})",
                     f"out = np.square({x})", f"out = np.minimum({shape[0]}, 7)",
                     f"out = {math.prod(shape)} // np.prod({shape})"])  # fmt: skip


@snippet()
def sizes_of_others(r: Random, s: Size) -> str:
    shape = shape_of(r, 2, 4)
    a = f"x = {zeros(r, shape, s)}\n"
    return a + r.choice(["out = np.zeros(x.shape)", "out = np.zeros((x.shape[0], 3))",
                         "out = x.reshape(x.shape[0], -1)", "out = np.zeros((x.size,))",
                         "out = np.ones([len(x)])", "out = x.reshape((len(x), -1, 1))",
                         "out = np.random.rand(*x.shape)", "out = np.zeros(x.shape[1:] + (2,))",
                         "out = np.zeros((x.ndim, 2))", "out = x.reshape(x.shape + (1,))",
                         "n, *rest = x.shape\nout = np.ones((n, 2))",
                         "out = x.reshape((*x.shape[:-1], x.shape[-1], 1))",
                         "out = np.zeros((int(np.prod(x.shape[1:])),))"])  # fmt: skip


@snippet(literal_only=True)
def windows(r: Random, s: Size) -> str:
    shape = shape_of(r, 1, 3)
    a, axis = zeros(r, shape, s), axis_of(r, shape)
    view = "np.lib.stride_tricks.sliding_window_view"
    return r.choice([f"out = {view}({a}, {r.randint(1, 5)}, axis={axis})",
                     f"out = {view}({a}, {tuple(r.randint(1, 4) for _ in shape)})",
                     f"out = np.random.multinomial(5, [0.2, 0.8], {text_of(shape, s)})",
                     "out = np.random.dirichlet([1, 2, 3])"])  # fmt: skip
