"""Single pictures read from files, and the arrays that are made of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flatlint.evaluation.base import Interpreter, attribute, method, models
from flatlint.evaluation.iteration import elements
from flatlint.evaluation.values import Value, size_value
from flatlint.graph import Array, Unknown, WhyUnknown
from flatlint.shapes import UNFIXED, Dim, Shape

IMAGES = ("keras.preprocessing.image", "keras.utils", "keras.utils.image_utils",
          "keras_preprocessing.image")  # fmt: skip
CHANNELS = {"grayscale": 1, "rgb": 3, "rgba": 4}


@dataclass(frozen=True)
class Picture:
    """A picture of PIL's: no array yet."""

    height: Dim = UNFIXED
    width: Dim = UNFIXED
    channels: Dim = UNFIXED


@models(*(f"{home}.load_img" for home in IMAGES))
def load_img(
    run: Interpreter,
    path: Value,
    grayscale: Value = False,
    color_mode: Value = "rgb",
    target_size: Value = None,
    **_: Value,
) -> Value:
    """A picture, of the size that the call asks for."""
    mode = "grayscale" if grayscale is True else color_mode
    return Picture(*size_of_image(run, target_size), channels_of(mode))


def channels_of(mode: Value) -> Dim:
    """How many numbers a pixel has."""
    return CHANNELS.get(mode, UNFIXED) if isinstance(mode, str) else UNFIXED


def size_of_image(run: Interpreter, size: Value) -> tuple[Dim, Dim]:
    """Height and width, as far as an argument `(height, width)` tells them."""
    from flatlint.evaluation.libraries.numpy.reading import size_of

    if size is None:
        return UNFIXED, UNFIXED
    items, rest = elements(run, size)
    if rest is not None or len(items) < 2:
        return UNFIXED, UNFIXED
    height, width = (size_of(item) for item in items[:2])
    return UNFIXED if height is None else height, UNFIXED if width is None else width


@method(Picture, "resize")
def resize(run: Interpreter, picture: Picture, size: Value, *_: Value, **__: Value) -> Value:
    """PIL gives the width before the height."""
    width, height = size_of_image(run, size)
    return replace(picture, height=height, width=width)


@method(Picture, "convert")
def convert(
    run: Interpreter, picture: Picture, mode: Value = None, *_: Value, **__: Value
) -> Value:
    """The same picture with other channels."""
    modes: dict[Value, Dim] = {"L": 1, "RGB": 3, "RGBA": 4}
    return replace(picture, channels=modes.get(mode, UNFIXED) if isinstance(mode, str) else UNFIXED)


@attribute(Picture, "size")
def size(run: Interpreter, picture: Picture) -> Value:
    """Width and height."""
    return size_value(picture.width), size_value(picture.height)


@method(Picture, "__array__")
def as_array(run: Interpreter, picture: Picture) -> Value:
    """`np.array(picture)`: a picture of one colour has no axis for it."""
    from flatlint.evaluation.libraries.numpy.arrays import array_with

    if not isinstance(picture.channels, int):
        unknown = run.unknown(WhyUnknown.FROM_OUTSIDE, "the colours of a picture")
        return array_with(run, unknown, "uint8", "Image")
    colours = () if picture.channels == 1 else (picture.channels,)
    return array_with(run, Shape((picture.height, picture.width, *colours)), "uint8", "Image")


@models(*(f"{home}.img_to_array" for home in IMAGES))
def img_to_array(
    run: Interpreter, img: Value, data_format: Value = None, dtype: Value = None, **_: Value
) -> Value:
    """A picture as an array of three axes."""
    from flatlint.evaluation.libraries.numpy.arrays import array_with
    from flatlint.evaluation.libraries.numpy.element_types import dtype_of

    shape = _axes_of(run, run.object_at(img), data_format)
    kind = "float32" if dtype is None else dtype_of(run, dtype)
    sources = [img] if isinstance(img, Array) else []
    return array_with(run, shape, kind, "img_to_array", sources)


def _axes_of(run: Interpreter, image: object, data_format: Value) -> Shape | Unknown:
    is_first = (data_format or run.image_data_format) == "channels_first"
    if isinstance(image, Picture):
        sizes = (image.height, image.width)
        if is_first:
            return Shape((image.channels, *sizes))
        return Shape((*sizes, image.channels))
    shape = image.shape if isinstance(image, Array) else None
    if isinstance(shape, Shape) and shape.rank == 2:
        return Shape((1, *shape.dims) if is_first else (*shape.dims, 1))
    if isinstance(shape, Shape) and shape.rank != 3:
        text = f"Unsupported image shape: {shape}"
        return run.unknown(WhyUnknown.REFUSED, text)
    return shape if isinstance(shape, Shape) else Shape((UNFIXED, UNFIXED, UNFIXED))


@models(*(f"{home}.{name}" for home in IMAGES for name in ("save_img", "array_to_img")))
def array_to_img(run: Interpreter, x: Value, *_: Value, **__: Value) -> Value:
    """A picture of an array."""
    shape = x.shape if isinstance(x, Array) else None
    if isinstance(shape, Shape) and shape.rank == 3:
        return Picture(*shape.dims)
    return Picture()
