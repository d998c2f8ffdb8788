"""Texts as numbers: `Tokenizer`, `one_hot` and their like."""

from __future__ import annotations

from dataclasses import dataclass

from flatlint.evaluation.base import Interpreter, attribute, method, models
from flatlint.evaluation.iteration import length_of
from flatlint.evaluation.objects import DictObject
from flatlint.evaluation.values import Many, Ref, Value
from flatlint.graph import Array, Made, WhyUnknown
from flatlint.shapes import UNFIXED, Dim, Shape

TEXTS = ("keras.preprocessing.text", "keras_preprocessing.text")


@dataclass(frozen=True)
class Tokenizer:
    """Numbers for words, the most frequent ones first, `num_words` at most."""

    num_words: Dim = UNFIXED
    word_index: Ref | None = None


@models(*(f"{home}.Tokenizer" for home in TEXTS))
def tokenizer(
    run: Interpreter, num_words: Value = None, *_: Value, nb_words: Value = None, **__: Value
) -> Value:
    """A tokenizer; called `nb_words` in Keras 1."""
    from flatlint.evaluation.libraries.numpy.reading import size_of

    size = size_of(num_words if num_words is not None else nb_words)
    index = run.allocate(DictObject({}, is_whole=False))
    return Tokenizer(UNFIXED if size is None else size, index)


@method(Tokenizer, "fit_on_texts", "fit_on_sequences")
def fit(run: Interpreter, tokenizer: Tokenizer, texts: Value) -> Value:
    """Counts words."""
    return None


@attribute(Tokenizer, "word_index", "index_word", "word_counts", "word_docs")
def word_index(run: Interpreter, tokenizer: Tokenizer) -> Value:
    """Dicts with as many words as the texts have."""
    return tokenizer.word_index


@attribute(Tokenizer, "num_words")
def num_words(run: Interpreter, tokenizer: Tokenizer) -> Value:
    """The most words that it tells apart."""
    if isinstance(tokenizer.num_words, int):
        return tokenizer.num_words
    return run.unknown(WhyUnknown.ARGUMENT, "the number of words")


@method(Tokenizer, "texts_to_sequences", "texts_to_sequences_generator")
def texts_to_sequences(run: Interpreter, tokenizer: Tokenizer, texts: Value) -> Value:
    """A list of numbers below `num_words` for each text."""
    highest = tokenizer.num_words
    word = _word(run, "texts_to_sequences", highest - 1 if isinstance(highest, int) else None)
    return Many(Many(word), _count(run, texts))


def _word(run: Interpreter, what: str, high: int | None) -> Array:
    low = 1 if high is not None else None
    return Array(Shape(()), "int64", made=Made(what, run.here), low=low, high=high)


def _count(run: Interpreter, texts: Value) -> Dim:
    found = run.object_at(texts)
    if isinstance(found, Array) and isinstance(found.shape, Shape) and found.shape.rank:
        return found.shape[0]
    length = length_of(run, texts)
    if isinstance(found, Many):
        return found.length
    return UNFIXED if length is None else length


@method(Tokenizer, "texts_to_matrix", "sequences_to_matrix")
def texts_to_matrix(
    run: Interpreter, tokenizer: Tokenizer, texts: Value = (), mode: Value = "binary", **_: Value
) -> Value:
    """A row for each text, a column for each word that is told apart."""
    shape = Shape((_count(run, texts), tokenizer.num_words))
    return Array(shape, "float64", made=Made("texts_to_matrix", run.here))


@method(Tokenizer, "sequences_to_texts")
def sequences_to_texts(run: Interpreter, tokenizer: Tokenizer, sequences: Value) -> Value:
    """Texts of words."""
    return run.unknown(WhyUnknown.FROM_OUTSIDE, "texts")


@models(*(f"{home}.one_hot" for home in TEXTS), *(f"{home}.hashing_trick" for home in TEXTS))
def one_hot(run: Interpreter, text: Value, n: Value = None, *_: Value, **__: Value) -> Value:
    """A list of numbers from 1 to `n - 1`, one for each word."""
    return Many(_word(run, "one_hot", n - 1 if isinstance(n, int) else None))


@models(*(f"{home}.text_to_word_sequence" for home in TEXTS))
def text_to_word_sequence(run: Interpreter, text: Value, *_: Value, **__: Value) -> Value:
    """The words of a text."""
    return Many(run.unknown(WhyUnknown.FROM_OUTSIDE, "a word"))
