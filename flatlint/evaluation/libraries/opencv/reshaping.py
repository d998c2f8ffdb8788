"""Pictures made larger, smaller, grey: what each function does to height, width and colours."""

from __future__ import annotations

from flatlint.evaluation.base import Interpreter, models
from flatlint.evaluation.libraries.keras.data.pictures import size_of_image
from flatlint.evaluation.libraries.numpy.arrays import array_with
from flatlint.evaluation.libraries.numpy.reading import array_of
from flatlint.evaluation.values import Name, Value
from flatlint.graph import Array, Unknown, WhyUnknown
from flatlint.shapes import Dim, Shape

KEEPING = ("GaussianBlur", "blur", "medianBlur", "bilateralFilter", "flip", "bitwise_not", "dilate",
           "erode", "equalizeHist", "morphologyEx", "convertScaleAbs", "normalize",
           "fastNlMeansDenoising", "fastNlMeansDenoisingColored")  # fmt: skip
"""Functions that give a picture of the same size and colours."""


def _keeping(name: str) -> None:
    @models(f"cv2.{name}")
    def same(run: Interpreter, src: Value, *_: Value, **__: Value) -> Value:
        picture = array_of(run, src)
        if isinstance(picture.shape, Shape) and picture.shape.rank == 3:
            height, width = picture.shape[0], picture.shape[1]
            return _of_size(run, name, picture, height, width)
        return array_with(run, picture.shape, picture.dtype, name, [picture])


for _name in KEEPING:
    _keeping(_name)


@models("cv2.resize")
def resize(run: Interpreter, src: Value, dsize: Value = None, *_: Value, **__: Value) -> Value:
    """`dsize` is the width before the height."""
    width, height = size_of_image(run, dsize)
    return _of_size(run, "resize", array_of(run, src), height, width)


@models("cv2.warpAffine", "cv2.warpPerspective")
def warp(run: Interpreter, src: Value, M: Value, dsize: Value, *_: Value, **__: Value) -> Value:  # noqa: N803
    """Moved and turned, and cut to `dsize`."""
    width, height = size_of_image(run, dsize)
    return _of_size(run, "warp", array_of(run, src), height, width)


def _of_size(run: Interpreter, what: str, picture: Array, height: Dim, width: Dim) -> Array:
    """OpenCV leaves out an axis of one colour."""
    shape: Shape | Unknown = picture.shape
    if isinstance(shape, Shape) and shape.rank == 2:
        shape = Shape((height, width))
    elif isinstance(shape, Shape) and shape.rank == 3 and isinstance(shape[2], int):
        colours = () if shape[2] == 1 else (shape[2],)
        shape = Shape((height, width, *colours))
    elif isinstance(shape, Shape):
        shape = run.unknown(WhyUnknown.ARGUMENT, "how many colours a picture has")
    return array_with(run, shape, picture.dtype, what, [picture])


@models("cv2.cvtColor")
def convert(run: Interpreter, src: Value, code: Value, *_: Value, **__: Value) -> Value:
    """The name of the code says what comes out: `COLOR_BGR2GRAY`, `COLOR_GRAY2RGB`."""
    picture = array_of(run, src)
    name = code.path if isinstance(code, Name) else ""
    target = name.rpartition("2")[2]
    shape = picture.shape
    if isinstance(shape, Shape) and shape.rank in (2, 3) and target:
        colours = {"GRAY": (), "RGBA": (4,), "BGRA": (4,)}.get(target, (3,))
        shape = Shape((*shape[:2], *colours))
    elif isinstance(shape, Shape):
        shape = run.unknown(WhyUnknown.ARGUMENT, "the colours of a picture")
    return array_with(run, shape, picture.dtype, "cvtColor", [picture])


@models("cv2.Canny")
def canny(run: Interpreter, image: Value, *_: Value, **__: Value) -> Value:
    """Edges, without colours."""
    picture = array_of(run, image)
    shape = picture.shape
    if isinstance(shape, Shape) and shape.rank in (2, 3):
        shape = Shape(shape[:2])
    return array_with(run, shape, "uint8", "Canny", [picture])


@models("cv2.threshold")
def threshold(run: Interpreter, src: Value, *_: Value, **__: Value) -> Value:
    """The threshold, and the picture in black and white."""
    picture = array_of(run, src)
    number = run.unknown(WhyUnknown.FROM_OUTSIDE, "a threshold")
    return number, array_with(run, picture.shape, picture.dtype, "threshold", [picture])
