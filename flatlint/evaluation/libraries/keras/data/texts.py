"""Texts as numbers: `Tokenizer`, `one_hot` and their like."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from flatlint.evaluation.base import Interpreter, attribute, method, models
from flatlint.evaluation.iteration import elements, length_of
from flatlint.evaluation.objects import DictObject, ListObject
from flatlint.evaluation.values import Many, Ref, Value
from flatlint.graph import Array, Made, WhyUnknown
from flatlint.shapes import UNFIXED, Dim, Shape

TEXTS = ("keras.preprocessing.text", "keras_preprocessing.text")
FILTERS = '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n'
"""What a Tokenizer takes for spaces."""


@dataclass(frozen=True)
class Tokenizer:
    """Numbers for words, the most frequent ones first, `num_words` at most."""

    num_words: Dim = UNFIXED
    word_index: Ref | None = None
    is_plain: bool = False
    """Whether it counts every word, and finds words as a tokenizer does by itself."""


@models(*(f"{home}.Tokenizer" for home in TEXTS))
def tokenizer(
    run: Interpreter,
    num_words: Value = None,
    *others: Value,
    nb_words: Value = None,
    **named: Value,
) -> Value:
    """A tokenizer; called `nb_words` in Keras 1."""
    from flatlint.evaluation.libraries.numpy.reading import size_of

    given = num_words if num_words is not None else nb_words
    size = size_of(given)
    index = run.allocate(DictObject({}, is_whole=False))
    is_plain = given is None and not others and not named
    return Tokenizer(UNFIXED if size is None else size, index, is_plain)


@method(Tokenizer, "fit_on_texts")
def fit_on_texts(run: Interpreter, tokenizer: Tokenizer, texts: Value) -> Value:
    """Counts words: where the program holds the texts itself, flatlint counts them too."""
    known, index = _texts(run, texts), tokenizer.word_index
    held = run.object_at(index)
    assert index is not None and isinstance(held, DictObject)
    is_first = not held.entries and not held.is_whole
    if known is not None and tokenizer.is_plain and is_first:
        numbers: dict[Value, Value] = dict(numbered(known).items())
        run.state.replace(index, DictObject(numbers))
    else:
        run.state.replace(index, DictObject({}, is_whole=False))
    return None


@method(Tokenizer, "fit_on_sequences")
def fit_on_sequences(run: Interpreter, tokenizer: Tokenizer, sequences: Value) -> Value:
    """Counts numbers."""
    return None


def _texts(run: Interpreter, texts: Value) -> list[str] | None:
    """The texts, if the program holds all of them."""
    found = run.object_at(texts)
    if isinstance(found, Array) and found.values is not None:
        items, rest = found.values.ravel().tolist(), None
    else:
        items, rest = elements(run, texts)
    is_whole = rest is None and isinstance(found, ListObject | tuple | Array)
    known = [item for item in items if isinstance(item, str)]
    return known if is_whole and known and len(known) == len(items) else None


def words_of(text: str) -> list[str]:
    """The words of a text as a Tokenizer with its defaults sees them.

    Source: `text_to_word_sequence` in tf_keras/src/preprocessing/text.py.
    """
    return text.lower().translate(str.maketrans(FILTERS, " " * len(FILTERS))).split()


def numbered(texts: list[str]) -> dict[str, int]:
    """Words with their numbers from 1, the most frequent first."""
    counts = Counter(word for text in texts for word in words_of(text))
    return {word: number for number, (word, _) in enumerate(counts.most_common(), start=1)}


@attribute(Tokenizer, "word_index")
def word_index(run: Interpreter, tokenizer: Tokenizer) -> Value:
    """The number of each word."""
    return tokenizer.word_index


@attribute(Tokenizer, "index_word", "word_counts", "word_docs")
def other_index(run: Interpreter, tokenizer: Tokenizer) -> Value:
    """Dicts with as many words as the texts have."""
    held = run.object_at(tokenizer.word_index)
    if isinstance(held, DictObject) and held.is_whole:
        entries: dict[Value, Value] = {number: word for word, number in held.entries.items()}
        return run.allocate(DictObject(entries))
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
    held, known = run.object_at(tokenizer.word_index), _texts(run, texts)
    if known is not None and isinstance(held, DictObject) and held.is_whole:
        rows = [[held.entries.get(word) for word in words_of(text)] for text in known]
        lists = [tuple(number for number in row if number is not None) for row in rows]
        return run.allocate(ListObject(tuple(run.allocate(ListObject(row)) for row in lists)))
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
