"""Functions and operators on symbolic tensors: `keras.ops`, `keras.backend`, `tf`, slicing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.oracle.options import (
    ONLY_KERAS_2,
    ONLY_KERAS_3,
    LayerOptions,
    On,
    Source,
    Tensor,
    called,
    listed,
)
from tests.oracle.programs import Era

if TYPE_CHECKING:
    from collections.abc import Sequence

TENSORS: list[On] = [
    (4, 3),
    (6,),
    (None, 3),
    (8, 8, 3),
    (1, 6),
    (2, 3, 4),
    (None, None, 3),
    Tensor((4, 3), batch_size=2),
]
SAME: list[On] = [listed((4, 3), (4, 3)), listed((6,), (6,)), listed((None, 3), (4, 3))]
LISTS: list[On] = [
    *SAME,
    listed((4, 3), (4, 5)),
    listed((4, 3), (2, 3)),
    listed((4, 3), (4, 3), (4, 3)),
    listed((4, 3), (6,)),
    called("[a]", (4, 3), (4, 3)),
]
TWO: list[On] = [
    called("a, b", (4, 3), (4, 3)),
    called("a, b", (4, 3), (3, 5)),
    called("a, b", (4, 3), (1, 3)),
    called("a, b", (4, 3), (3,)),
    called("a, b", (4, 3), (5, 3)),
    called("a, b", (6,), (6,)),
    called("a, b", (None, 3), (4, 3)),
    called("a, b", (2, 4, 3), (2, 3, 5)),
    called("x, 2.0", (4, 3)),
    called("x, 0.5", (6,)),
]
AXES: list[Any] = [1, -1, 2, (1, 2), [1], None, 0, -2]
WRONG_AXES: list[Any] = [5, "a", -6, 1.5]
SHAPES: list[Any] = [(-1, 3), (-1, 12), (-1, 4, 3), (-1, 1, 6), (2, -1), (-1,), [-1, 6]]
WRONG_SHAPES: list[Any] = [(-1, -1), (-1, 7), "a", (-1, 0), None, 12]
REFUSED_IN_KERAS_3 = {"tf.reshape", "tf.concat", "tf.reduce_mean", "tf.nn.relu", "tf.expand_dims"}
"""Functions of TensorFlow that are tried in Keras 3 too, which refuses all of them."""
STATEMENT = "t = {function}({inputs}, {arguments})\ny = layers.Identity()(t)"


def function(
    name: str,
    required: dict[str, list[Any]] | None = None,
    optional: dict[str, list[Any]] | None = None,
    invalid: dict[str, list[Any]] | None = None,
    *,
    on: list[On] | None = None,
    cases: Sequence[str] = (),
    programs: int = 60,
    recorded: int = 10,
) -> LayerOptions:
    """A function whose first argument is a tensor, or several; its result goes into a layer."""
    module = name.split(".")[0]
    eras: tuple[Era, ...]
    if name in REFUSED_IN_KERAS_3:
        eras, path = tuple(Era), name
    elif module == "ops":
        eras, path = ONLY_KERAS_3, f"keras.{name}"
    elif module == "backend":
        eras, path = ONLY_KERAS_2, f"keras.{name}"
    else:
        eras, path = ONLY_KERAS_2, name
    return LayerOptions(
        name,
        on=on or TENSORS,
        any_rank=False,
        any_keyword=False,
        required=required or {},
        optional=optional or {},
        invalid=invalid or {},
        eras=eras,
        statement=STATEMENT.replace("{function}", path),
        cases=cases,
        at_random=25,
        programs=programs,
        recorded=recorded,
    )


def elementwise(module: str, *names: str) -> list[LayerOptions]:
    return [function(f"{module}.{name}", programs=24) for name in names]


def reductions(module: str, axis: str, keepdims: str, *names: str) -> list[LayerOptions]:
    return [
        function(
            f"{module}.{name}",
            optional={axis: AXES, keepdims: [True, False]},
            invalid={axis: WRONG_AXES},
            programs=50,
        )
        for name in names
    ]


def binary(module: str, *names: str) -> list[LayerOptions]:
    return [function(f"{module}.{name}", on=TWO, programs=36) for name in names]


PADS: list[Any] = [
    [[0, 0], [1, 1], [2, 0]],
    ((0, 0), (1, 2)),
    [[0, 0], [0, 0], [1, 1], [0, 0]],
]
REPEATS: list[Any] = [[1, 2, 1], [1, 1, 3], (2, 1), [1, 2]]
INDICES: list[Any] = [Source("[0, 1]"), 0, Source("[[0, 1], [1, 0]]")]
INTEGERS: list[On] = [
    Tensor((4,), "int32"),
    Tensor((), "int32"),
    Tensor((None,), "int64"),
    Tensor((2, 3), "int32"),
    (4,),
]
IMAGES: list[On] = [(8, 8, 3), (None, None, 3), (7, 9, 1), (6,), Tensor((8, 8, 3), batch_size=2)]

KERAS_OPS = [
    function("ops.reshape", {"newshape": SHAPES}, invalid={"newshape": WRONG_SHAPES}),
    function(
        "ops.transpose",
        optional={"axes": [(0, 2, 1), (1, 0), (0, 2, 1, 3), None, [0, 1], (0, 1, 3, 2)]},
        invalid={"axes": [(0, 0, 1), (0, 5), "a"]},
    ),
    function("ops.expand_dims", {"axis": [-1, 1, 0, 2, -2]}, invalid={"axis": [9, "a", None]}),
    function("ops.squeeze", optional={"axis": [1, 2, -1, None]}, invalid={"axis": [9, 0, "a"]}),
    function("ops.concatenate", optional={"axis": [-1, 1, 0, 2]}, invalid={"axis": [7]}, on=LISTS),
    function("ops.stack", optional={"axis": [0, 1, -1, 2]}, invalid={"axis": [9]}, on=LISTS),
    function(
        "ops.split",
        {"indices_or_sections": [2, 3, [1, 2], 1, [2]]},
        {"axis": [1, -1, 2, 0]},
        {"indices_or_sections": [0, 5, -1, "a"], "axis": [9]},
    ),
    *reductions(
        "ops", "axis", "keepdims", "sum", "mean", "max", "min", "prod", "std", "var", "any"
    ),
    *reductions("ops", "axis", "keepdims", "all", "logsumexp", "norm", "median", "argmax"),
    *binary("ops", "matmul", "add", "subtract", "multiply", "divide", "maximum", "minimum"),
    *binary("ops", "power", "dot", "equal", "greater", "logical_and"),
    function(
        "ops.einsum",
        on=[
            called('"bij,bjk->bik", a, b', (4, 3), (3, 5)),
            called('"bij,bkj->bik", a, b', (4, 3), (5, 3)),
            called('"bi,bi->b", a, b', (4,), (4,)),
            called('"bij->bji", x', (4, 3)),
            called('"bij->bj", x', (None, 3)),
            called('"...i,ij->...j", a, b', (4, 3), (3, 5)),
            called('"bij,bjk->bik", a, b', (4, 3), (4, 5)),
            called('"bij->bj", x', (4,)),
            called('"bij,jk", a, b', (4, 3), (3, 5)),
        ],
        programs=20,
    ),
    function("ops.tile", {"repeats": REPEATS}, invalid={"repeats": ["a", -1]}),
    function(
        "ops.pad",
        {"pad_width": [*PADS, 1, (1, 1)]},
        {"mode": ["constant", "reflect", "symmetric"]},
        {"mode": ["zero"], "pad_width": [[1, 2, 3], "a"]},
    ),
    function("ops.take", {"indices": INDICES}, {"axis": [1, -1, None, 2]}, {"axis": [9]}),
    function("ops.one_hot", {"num_classes": [5, 1]}, {"axis": [-1, 1]}, on=INTEGERS),
    function("ops.cast", {"dtype": ["int32", "float16"]}, invalid={"dtype": ["float31", None]}),
    function("ops.repeat", {"repeats": [2, 3]}, {"axis": [1, -1, None]}, {"axis": [9]}),
    function("ops.flip", optional={"axis": [1, -1, None]}, invalid={"axis": [9]}),
    function("ops.roll", {"shift": [1, 2]}, {"axis": [1, -1, None]}, {"axis": [9]}),
    function("ops.swapaxes", {"axis1": [1, 0], "axis2": [2, 1, -1]}, invalid={"axis1": [9]}),
    function("ops.moveaxis", {"source": [1, -1], "destination": [2, -1, 1]}),
    function("ops.cumsum", optional={"axis": [1, -1, None]}, invalid={"axis": [9]}),
    function("ops.clip", {"x_min": [0.0], "x_max": [1.0, 6]}),
    function(
        "ops.where", on=[called("a > 0, a, b", (4, 3), (4, 3)), called("x > 0, x, 0.0", (3,))]
    ),
    function("ops.normalize", optional={"axis": [-1, 1]}, invalid={"axis": [9]}),
    function("ops.top_k", {"k": [2, 1, 3]}, invalid={"k": [0, 9, "a"]}),
    function(
        "ops.image.resize",
        {"size": [(4, 4), (16, 5), [2, 2]]},
        {"interpolation": ["bilinear", "nearest"]},
        {"size": [4, (4,), "a"], "interpolation": ["linear"]},
        on=IMAGES,
    ),
    function("ops.softmax", optional={"axis": [-1, 1, None]}, invalid={"axis": [9]}),
    *elementwise("ops", "relu", "sigmoid", "tanh", "gelu", "abs", "exp", "log", "sqrt", "square"),
    *elementwise("ops", "zeros_like", "ones_like", "ravel", "shape", "log_softmax", "leaky_relu"),
    *elementwise("ops", "isnan", "round", "sin", "negative", "stop_gradient", "silu"),
]

BACKEND = [
    function("backend.reshape", {"shape": SHAPES}, invalid={"shape": WRONG_SHAPES}),
    function(
        "backend.permute_dimensions",
        {"pattern": [(0, 2, 1), (1, 0), (0, 2, 1, 3), [0, 1]]},
        invalid={"pattern": [(0, 0, 1), (0, 5)]},
    ),
    function("backend.expand_dims", optional={"axis": [-1, 1, 0, 2]}, invalid={"axis": [9]}),
    function("backend.squeeze", {"axis": [1, 2, -1]}, invalid={"axis": [9, 0]}),
    function("backend.concatenate", optional={"axis": [-1, 1, 0, 2]}, on=LISTS),
    function("backend.stack", optional={"axis": [0, 1, -1, 2]}, on=LISTS),
    *reductions("backend", "axis", "keepdims", "sum", "mean", "max", "min", "prod", "std", "var"),
    function("backend.argmax", optional={"axis": [-1, 1, 0]}, invalid={"axis": [9]}),
    *binary("backend", "dot", "maximum", "minimum", "equal"),
    function("backend.batch_dot", optional={"axes": [1, 2, (2, 1), (1, 1)]}, on=TWO[:8]),
    function("backend.tile", {"n": REPEATS}),
    function("backend.repeat_elements", {"rep": [2, 3], "axis": [1, -1, 2]}),
    function("backend.repeat", {"n": [2, 5]}),
    function("backend.flatten"),
    function("backend.batch_flatten"),
    function("backend.one_hot", {"num_classes": [5, 1]}, on=INTEGERS),
    function("backend.cast", {"dtype": ["int32", "float16"]}),
    function("backend.clip", {"min_value": [0.0], "max_value": [1.0]}),
    function("backend.l2_normalize", optional={"axis": [-1, 1, None]}),
    function(
        "backend.resize_images",
        {
            "height_factor": [2],
            "width_factor": [2, 3],
            "data_format": ["channels_last", "channels_first"],
        },
        on=IMAGES,
    ),
    function("backend.temporal_padding", optional={"padding": [(1, 1), (2, 0)]}),
    function("backend.spatial_2d_padding", optional={"padding": [((1, 1), (2, 0))]}, on=IMAGES),
    function("backend.reverse", {"axes": [1, -1, [1, 2]]}),
    function("backend.gather", {"indices": INDICES}),
    *elementwise("backend", "relu", "sigmoid", "tanh", "softmax", "abs", "exp", "log", "sqrt"),
    *elementwise("backend", "square", "zeros_like", "ones_like", "hard_sigmoid", "softplus"),
]

TENSORFLOW = [
    function("tf.reshape", {"shape": SHAPES}, invalid={"shape": WRONG_SHAPES}),
    function(
        "tf.transpose",
        optional={"perm": [(0, 2, 1), (1, 0), (0, 2, 1, 3), None, [0, 1]]},
        invalid={"perm": [(0, 0, 1), (0, 5)]},
    ),
    function("tf.expand_dims", {"axis": [-1, 1, 0, 2]}, invalid={"axis": [9]}),
    function("tf.squeeze", optional={"axis": [1, [1], -1, None]}, invalid={"axis": [9, 0]}),
    function("tf.concat", {"axis": [-1, 1, 0, 2]}, invalid={"axis": [7]}, on=LISTS),
    function("tf.stack", optional={"axis": [0, 1, -1, 2]}, invalid={"axis": [9]}, on=LISTS),
    function("tf.unstack", optional={"axis": [1, -1]}, on=[(4, 3), (2,), (None, 3)]),
    function(
        "tf.split",
        {"num_or_size_splits": [2, 3, [1, 2], 1, [2, 2]]},
        {"axis": [1, -1, 2, 0]},
        {"num_or_size_splits": [5, "a"], "axis": [9]},
    ),
    *reductions("tf", "axis", "keepdims", "reduce_sum", "reduce_mean", "reduce_max", "reduce_min"),
    *reductions("tf", "axis", "keepdims", "norm", "reduce_prod", "reduce_any"),
    function("tf.argmax", optional={"axis": [-1, 1, 0]}, invalid={"axis": [9]}),
    *binary("tf", "matmul", "add", "subtract", "multiply", "divide", "maximum", "minimum"),
    function("tf.tile", {"multiples": REPEATS}),
    function("tf.pad", {"paddings": PADS}, {"mode": ["CONSTANT", "REFLECT", "SYMMETRIC"]}),
    function("tf.gather", {"indices": INDICES}, {"axis": [1, -1, 0]}, {"axis": [9]}),
    function("tf.one_hot", {"depth": [5, 1]}, on=INTEGERS),
    function("tf.cast", {"dtype": [Source("tf.float32"), "float16", Source("tf.int32")]}),
    function("tf.repeat", {"repeats": [2, 3]}, {"axis": [1, -1, None]}),
    function("tf.reverse", {"axis": [[1], [-1]]}),
    function("tf.cumsum", optional={"axis": [1, -1]}),
    function("tf.clip_by_value", {"clip_value_min": [0.0], "clip_value_max": [1.0]}),
    function("tf.image.resize", {"size": [(4, 4), (16, 5), [2, 2]]}, on=IMAGES),
    function("tf.nn.l2_normalize", optional={"axis": [-1, 1]}),
    *elementwise("tf", "nn.relu", "nn.softmax", "sigmoid", "tanh", "abs", "exp", "sqrt", "square"),
    *elementwise("tf", "zeros_like", "ones_like", "identity", "shape", "stop_gradient"),
    *elementwise("tf", "math.log", "nn.leaky_relu", "nn.gelu", "negative", "round"),
]

EXPRESSIONS = [
    *("x + 1", "1 - x", "x * 2.0", "x / 3", "x ** 2", "-x", "abs(x)", "x // 2", "x % 2", "x @ x"),
    *("x > 0", "x == 0", "x[0]", "x[:, 0]", "x[:, -1]", "x[..., 0]", "x[:, :2]", "x[:, 1:]"),
    *("x[:, ::2]", "x[:, None]", "x[..., None]", "x[:, 9]", "x[:, 0, 0, 0, 0]", "x[:, ::-1]"),
    *("x[:, :, 1]", "x[:, -2:]", "x[1:]", "x[:, 5:2]", "x[:, 0:1]", "x[..., ::2, :]", "x['a']"),
    *("x[0, 0]", "x[:, :-1]", "x[:, 1.5]", "x[..., -1:]", "x[None]", "x[:, :20]", "x.shape[1] * x"),
    *("x + x", "x * x.shape[-1]", "x + [1.0, 2.0, 3.0]", "x + 'a'", "x - None", "x + (1, 2)"),
]
PAIR_EXPRESSIONS = ["a + b", "a - b", "a * b", "a / b", "a @ b", "a > b", "a ** b", "a % b"]
OPERATORS = LayerOptions(
    "operators",
    on=[called("", tensor) for tensor in TENSORS],
    any_rank=False,
    any_keyword=False,
    required={"expression": [Source(text) for text in EXPRESSIONS]},
    cases=EXPRESSIONS,
    at_random=0,
    statement="t = {arguments}\ny = layers.Identity()(t)",
)
PAIR_OPERATORS = LayerOptions(
    "operators on two",
    on=[called("", *call.tensors) for call in TWO[:8] if hasattr(call, "tensors")],
    any_rank=False,
    any_keyword=False,
    required={"expression": [Source(text) for text in PAIR_EXPRESSIONS]},
    cases=PAIR_EXPRESSIONS,
    at_random=0,
    statement="t = {arguments}\ny = layers.Identity()(t)",
)

LAYERS = [*KERAS_OPS, *BACKEND, *TENSORFLOW, OPERATORS, PAIR_OPERATORS]
