"""The data sets that Keras ships: the shapes, types and ranges of what `load_data` returns.

Source: the pages of https://keras.io/api/datasets/, each data set's own description.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flatlint.evaluation.base import Interpreter, models
from flatlint.evaluation.objects import DictObject
from flatlint.evaluation.values import Value
from flatlint.graph import Array, Made
from flatlint.shapes import UNFIXED, Shape


@dataclass(frozen=True)
class Kind:
    """One array of a data set for `n` samples: the axes behind the first, its type, its range."""

    axes: tuple[int, ...]
    dtype: str
    low: float | None = None
    high: float | None = None


IMAGES_28 = Kind((28, 28), "uint8", 0, 255)
IMAGES_32 = Kind((32, 32, 3), "uint8", 0, 255)

FIXED: dict[str, tuple[int, int, Kind, Kind]] = {
    "mnist": (60000, 10000, IMAGES_28, Kind((), "uint8", 0, 9)),
    "fashion_mnist": (60000, 10000, IMAGES_28, Kind((), "uint8", 0, 9)),
    "cifar10": (50000, 10000, IMAGES_32, Kind((1,), "uint8", 0, 9)),
    "cifar100": (50000, 10000, IMAGES_32, Kind((1,), "int64", 0, 99)),
    # Lists of word numbers, each of its own length.
    "imdb": (25000, 25000, Kind((), "object"), Kind((), "int64", 0, 1)),
    "reuters": (8982, 2246, Kind((), "object"), Kind((), "int64", 0, 45)),
    "boston_housing": (404, 102, Kind((13,), "float64"), Kind((), "float64")),
    "california_housing": (16512, 4128, Kind((8,), "float32"), Kind((), "float32")),
}
"""Data set -> training samples, test samples, inputs, labels."""


_FREQUENT = 30_000
"""Both sets of texts have at least so many words, so that each number below is reached."""

_TEST_SPLIT = 0.2
_RESIZING = frozenset({"version", "maxlen", "subset"})
"""Options that change how many samples there are."""


def _model(name: str) -> None:
    train, test, inputs, labels = FIXED[name]

    @models(f"keras.datasets.{name}.load_data")
    def load_data(run: Interpreter, *given: Value, **options: Value) -> Value:
        sizes: tuple[int | None, ...] = (train, test)
        if _RESIZING & options.keys() or options.get("test_split", _TEST_SPLIT) != _TEST_SPLIT:
            sizes = (None, None)
        mode = options.get("label_mode", given[0] if given else "fine")
        is_coarse = name == "cifar100" and mode == "coarse"
        kind = Kind((1,), "int64", 0, 19) if is_coarse else labels
        data = _reviews(given, options) if inputs.dtype == "object" else inputs
        return tuple((_array(run, size, data), _array(run, size, kind)) for size in sizes)


def _reviews(given: tuple[Value, ...], options: Mapping[str, Value]) -> Kind:
    """Lists of word numbers below `num_words`, which is `nb_words` in Keras 1.

    Source: `load_data` in keras/src/datasets/imdb.py; both sets have more words than people keep.
    """
    words = options.get("num_words", options.get("nb_words", given[1] if len(given) > 1 else None))
    if not isinstance(words, int) or not 0 < words <= _FREQUENT:
        return Kind((), "object")
    return Kind((), "object", 1, words - 1)


def _array(run: Interpreter, samples: int | None, kind: Kind) -> Array:
    first = UNFIXED if samples is None else samples
    made = Made("load_data", run.here)
    return Array(Shape((first, *kind.axes)), kind.dtype, None, made, low=kind.low, high=kind.high)


for _name in FIXED:
    _model(_name)


@models("keras.datasets.imdb.get_word_index", "keras.datasets.reuters.get_word_index")
def get_word_index(run: Interpreter, path: Value = None) -> Value:
    """A dict from words to numbers, read from a file."""
    return run.allocate(DictObject({}, is_whole=False))
