"""Functions of TensorFlow on pictures that rearrange or recolour them."""

from __future__ import annotations

from collections.abc import Callable

from flatlint.evaluation.base import Interpreter, models
from flatlint.evaluation.libraries.keras.functions.elementwise import lost
from flatlint.evaluation.libraries.keras.inputs import shape_argument
from flatlint.evaluation.libraries.keras.operations.recording import operation, refused
from flatlint.evaluation.values import Value, value_size
from flatlint.graph import Array, Made, Tensor
from flatlint.shapes import OPEN, Dim, Open, Shape

BLOCKS = ("tensorflow.nn", "tensorflow", "tensorflow.compat.v1")


def _picture(value: Value) -> Shape | None:
    shape = value.shape if isinstance(value, Tensor | Array) else None
    return shape if isinstance(shape, Shape) and shape.rank >= 3 else None


def _made(run: Interpreter, name: str, source: Value, shape: Shape) -> Value:
    """A result that is as symbolic as what it is made of."""
    if isinstance(source, Tensor):
        return operation(run, name, [source], shape)
    assert isinstance(source, Array)
    made = Made(name, run.here, (source,))
    return Array(shape, source.dtype, made=made, library="tensorflow")


def _in_blocks(name: str, change: Callable[[Shape, int], tuple[Dim, ...]]) -> None:
    @models(*(f"{home}.{name}" for home in BLOCKS))
    def model(
        run: Interpreter,
        input: Value,
        block_size: Value,
        data_format: Value = "NHWC",
        name_: Value = None,
        **_: Value,
    ) -> Value:
        shape = _picture(input)
        known = isinstance(block_size, int) and block_size > 1 and data_format == "NHWC"
        if shape is None or shape.rank != 4 or not known:
            return lost(run, name)
        assert isinstance(block_size, int)
        return _made(run, name, input, Shape(change(shape, block_size)))


_in_blocks("space_to_depth", lambda s, n: (s[0], s[1] // n, s[2] // n, s[3] * n * n))
_in_blocks("depth_to_space", lambda s, n: (s[0], s[1] * n, s[2] * n, s[3] // (n * n)))


def _recoloured(name: str, channels: int) -> None:
    @models(f"tensorflow.image.{name}")
    def model(run: Interpreter, images: Value, *_: Value, **__: Value) -> Value:
        shape = _picture(images)
        if shape is None:
            return lost(run, name)
        return _made(run, name, images, Shape((*shape[:-1], channels)))


_recoloured("rgb_to_grayscale", 1)
_recoloured("grayscale_to_rgb", 3)
for _name in ("rgb_to_hsv", "hsv_to_rgb", "rgb_to_yuv", "yuv_to_rgb", "rgb_to_yiq", "yiq_to_rgb"):
    _recoloured(_name, 3)


@models("tensorflow.image.resize", "tensorflow.image.resize_images", "keras.ops.image.resize",
        "tensorflow.image.resize_bilinear", "tensorflow.compat.v1.image.resize_bilinear",
        "tensorflow.image.resize_nearest_neighbor")  # fmt: skip
def resize(run: Interpreter, images: Value, size: Value, *_: Value, **__: Value) -> Value:
    """Height and width become `size`."""
    wanted = shape_argument(run, size)
    source = images.shape if isinstance(images, Tensor | Array) else None
    if not isinstance(source, Shape):
        return lost(run, "resize")
    if isinstance(images, Tensor) and source.rank not in (3, 4):
        message = f"resize takes pictures, one or a batch of them, and not {source}"
        return refused(
            run, "resize", [images], message, "'images' must have either 3 or 4 dimensions."
        )
    if not isinstance(wanted, Shape):
        return lost(run, "resize")
    if wanted.rank == 2 and source.rank >= 3:
        dims = Shape((*source[:-3], *wanted, source[-1]))
        if isinstance(images, Tensor):
            return operation(run, "resize", [images], dims)
        assert isinstance(images, Array)
        made = Made("resize", run.here, (images,))
        return Array(dims, "float32", made=made, library="tensorflow")
    return lost(run, "resize")


@models("keras.backend.resize_images")
def resize_images(
    run: Interpreter,
    x: Value,
    height_factor: Value,
    width_factor: Value,
    data_format: Value = "channels_last",
    **_: Value,
) -> Value:
    """Height and width multiplied; both are open where one of them is.

    Source: `resize_images` in tf_keras/src/backend.py.
    """
    high, wide = value_size(height_factor), value_size(width_factor)
    if high is None or wide is None or data_format not in ("channels_last", "channels_first"):
        return lost(run, "resize_images")
    if not isinstance(x, Tensor) or not isinstance(x.shape, Shape) or x.shape.rank != 4:
        return lost(run, "resize_images")
    first = 1 if data_format == "channels_last" else 2
    height, width = x.shape[first : first + 2]
    is_open = isinstance(height, Open) or isinstance(width, Open)
    resized = (OPEN, OPEN) if is_open else (height * high, width * wide)
    return operation(run, "resize", [x], Shape((*x.shape[:first], *resized, *x.shape[first + 2 :])))
