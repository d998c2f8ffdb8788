"""The less common functions of TensorFlow and of the old backend, which models are made with."""

from __future__ import annotations

from dataclasses import replace

from tests.oracle.configurations.functions import (
    IMAGES,
    TWO,
    elementwise,
    function,
)
from tests.oracle.options import On, Tensor, called

WHOLE: list[On] = [
    called("a, b", Tensor((4, 3), "int32"), Tensor((4, 3), "int32")),
    called("a, b", Tensor((4, 3), "int32"), Tensor((3,), "int32")),
    called("a, b", Tensor((4, 3), "int32"), Tensor((1, 3), "int32")),
]
SAME_SHAPE = ["acos", "acosh", "asin", "asinh", "atan", "atanh", "cos", "sinh", "tan", "sign"]
SAME_IN_MATH = ["erfc", "lgamma", "digamma", "is_finite", "is_inf", "is_nan", "reciprocal",
                "log_sigmoid", "softsign", "softplus", "bessel_i0", "expm1", "log1p", "rsqrt",
                "reciprocal_no_nan", "ceil", "floor", "sigmoid"]  # fmt: skip
SAME_IN_BACKEND = ["sin", "cos", "sign", "round", "softsign", "elu", "print_tensor",
                   "stop_gradient", "cumsum", "cumprod"]  # fmt: skip
OF_IMAGES = ["flip_left_right", "flip_up_down", "per_image_standardization",
             "random_flip_left_right", "rgb_to_grayscale", "transpose"]  # fmt: skip
SORTED = ["sort", "argsort"]
TWO_IN_MATH = ["pow", "floordiv", "floormod", "atan2", "squared_difference", "divide_no_nan",
               "multiply_no_nan", "xlogy", "xdivy", "greater", "less_equal", "not_equal",
               "truediv"]  # fmt: skip
TWO_IN_BACKEND = ["not_equal", "greater", "greater_equal", "less", "less_equal"]


FUNCTIONS = [
    *elementwise("tf", *SAME_SHAPE),
    *elementwise("tf", *(f"math.{name}" for name in SAME_IN_MATH)),
    *elementwise("tf", "nn.softsign", "nn.silu", "nn.selu", "nn.elu", "nn.relu6", "size"),
    *elementwise("tf", "math.cumsum", "math.cumprod"),
    *elementwise("backend", *SAME_IN_BACKEND),
    *(function(f"tf.{name}", optional={"axis": [-1, 1]}) for name in SORTED),
    *(function(f"tf.image.{name}", on=IMAGES, programs=30) for name in OF_IMAGES),
    function("tf.image.adjust_brightness", {"delta": [0.1]}, on=IMAGES, programs=30),
    function("tf.image.adjust_contrast", {"contrast_factor": [2.0]}, on=IMAGES, programs=30),
    function("tf.image.resize_with_pad", {"target_height": [4], "target_width": [6]}, on=IMAGES),
    function("tf.image.crop_to_bounding_box",
             {"offset_height": [1], "offset_width": [0, 2], "target_height": [3],
              "target_width": [4]}, on=IMAGES),
    function("tf.roll", {"shift": [1], "axis": [1, -1]}),
    function("tf.math.top_k", {"k": [1, 2]}, programs=40),
    function("tf.nn.top_k", {"k": [1, 2]}, programs=40),
    function("tf.linalg.trace", on=[(3, 3), (4, 3), (None, None), (5,)], programs=30),
    function("tf.linalg.det", on=[(3, 3), (4, 3), (None, None), (5,)], programs=30),
    function("tf.linalg.diag_part", on=[(3, 3), (4, 3), (None, None), (5,)], programs=30),
    function("tf.linalg.diag", on=[(3,), (4, 3), (None,)], programs=30),
    function("tf.linalg.band_part", {"num_lower": [-1, 0], "num_upper": [0]}, programs=30),
    function("tf.linalg.matrix_transpose", programs=30),
    function("tf.linalg.norm", optional={"axis": [1, -1, None], "keepdims": [True]}, programs=30),
    function("tf.nn.max_pool2d", {"ksize": [2, 3], "strides": [2, 1], "padding": ["SAME", "VALID"]},
             on=IMAGES),
    function("tf.nn.avg_pool2d", {"ksize": [2, 3], "strides": [2, 1], "padding": ["SAME", "VALID"]},
             on=IMAGES),
    function("tf.nn.depth_to_space", {"block_size": [2]}, on=[(4, 4, 12), (None, None, 4), (4, 4)]),
    function("tf.nn.space_to_depth", {"block_size": [2]}, on=[(4, 4, 3), (None, None, 4), (4, 4)]),
    function("tf.nn.moments", {"axes": [[1], [0, 1], -1]}, {"keepdims": [True]}, programs=40),
    function("tf.nn.log_softmax", optional={"axis": [-1, 1]}, programs=30),
    function("tf.nn.local_response_normalization", on=IMAGES, programs=30),
    function("tf.slice", {"begin": [[0, 1, 0], [0, 0]], "size": [[-1, 2, -1], [-1, 2]]}),
    function("tf.where", on=[called("a > 0, a, b", (4, 3), (4, 3)),
                             called("x > 0, x, 0.0", (3,)), called("a > 0, a, b", (4, 3), (3,))],
             programs=20),
    *(function(f"tf.math.{name}", on=TWO, programs=30) for name in TWO_IN_MATH),
    *(function(f"backend.{name}", on=TWO, programs=30) for name in TWO_IN_BACKEND),
    *(function(f"tf.bitwise.bitwise_{name}", on=WHOLE, programs=20) for name in ("and", "or")),
    function("backend.pow", {"a": [2, 0.5]}, programs=30),
    function("backend.argmin", optional={"axis": [-1, 1, 0]}, programs=30),
    function("backend.pool2d", {"pool_size": [(2, 2), (3, 2)]},
             {"strides": [(1, 1), (2, 2)], "padding": ["same", "valid"], "pool_mode": ["avg"]},
             on=IMAGES),
    function("backend.categorical_crossentropy", on=TWO[:1], programs=20),
    function("backend.binary_crossentropy", on=TWO[:1], programs=20),
]  # fmt: skip

LAYERS = [replace(options, recorded=4) for options in FUNCTIONS]
"""A few programs of each are enough for the record: most do to shapes what another one does."""
