"""The data sets of `keras.datasets` with nothing in them but their true shapes and labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS_OF_IMDB = 88584
WORDS_OF_REUTERS = 30979


def loaders() -> dict[str, Callable[..., Any]]:
    """`load_data` of each data set, by the name of its module; sizes as documented by Keras."""
    return {
        "mnist": lambda *_, **__: _images((28, 28), 60000, 10, column=False),
        "fashion_mnist": lambda *_, **__: _images((28, 28), 60000, 10, column=False),
        "cifar10": lambda *_, **__: _images((32, 32, 3), 50000, 10, column=True),
        "cifar100": lambda *_, **__: _images((32, 32, 3), 50000, 100, column=True),
        "imdb": _imdb,
        "reuters": _reuters,
        "boston_housing": _boston_housing,
        "california_housing": _california_housing,
    }


def word_index(words: int) -> Callable[..., dict[str, int]]:
    """`get_word_index` of a data set of so many words."""
    return lambda *_, **__: {f"w{number}": number for number in range(1, words + 1)}


def _images(size: tuple[int, ...], training: int, classes: int, *, column: bool) -> Any:
    def part(count: int) -> tuple[Any, Any]:
        images = np.zeros((count, *size), "uint8")
        images.reshape(-1)[-1] = 255  # programs divide by the largest value
        labels = np.arange(count) % classes
        return images, labels.astype("int64")[:, None] if column else labels.astype("uint8")

    return part(training), part(10000)


def _sequences(count: int, words: int, longest: int, shortest: int) -> Any:
    """Lists of word numbers; the first is as long as the longest and holds the largest number."""
    few = [
        [1] + [(7 * row + at) % max(words - 3, 1) + 2 for at in range(1, shortest)]
        for row in range(5)
    ]
    rows = np.empty(count, dtype=object)
    rows[:] = [few[row % 5] for row in range(count)]
    rows[0] = [1] + [max(words - 1 - at, 2) for at in range(longest - 1)]
    return rows


def _reviews(words: int, longest: tuple[int, int], maxlen: int | None, counts: Any) -> Any:
    """Two parts of (sequences, labels); `counts` is (training, test, classes)."""
    training, test, classes = counts
    limit = maxlen or 10_000
    return (
        (_sequences(training, words, min(longest[0], limit), 11), np.arange(training) % classes),
        (_sequences(test, words, min(longest[1], limit), 7), np.arange(test) % classes),
    )


def _imdb(
    path: str = "imdb.npz",
    num_words: int | None = None,
    skip_top: int = 0,
    maxlen: int | None = None,
    **more: Any,
) -> Any:
    words = num_words or more.get("nb_words") or WORDS_OF_IMDB + 3
    return _reviews(words, (2494, 2315), maxlen, (25000, 25000, 2))


def _reuters(
    path: str = "reuters.npz",
    num_words: int | None = None,
    skip_top: int = 0,
    maxlen: int | None = None,
    test_split: float = 0.2,
    **more: Any,
) -> Any:
    words = num_words or more.get("nb_words") or WORDS_OF_REUTERS + 3
    test = int(11228 * test_split)
    return _reviews(words, (2376, 1032), maxlen, (11228 - test, test, 46))


def _boston_housing(*_: Any, **__: Any) -> Any:
    def part(count: int) -> tuple[Any, Any]:
        return np.ones((count, 13)), np.linspace(5, 50, count)

    return part(404), part(102)


def _california_housing(version: str = "large", *_: Any, **__: Any) -> Any:
    def part(count: int) -> tuple[Any, Any]:
        return np.ones((count, 8), "float32"), np.linspace(1, 5, count).astype("float32")

    return (part(16512), part(4128)) if version == "large" else (part(480), part(120))
