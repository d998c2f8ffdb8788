"""Names of losses: every string, function and class that means one, in each era.

Source: `ALL_OBJECTS_DICT` of keras/src/losses/__init__.py, the module names of
tf_keras/src/losses.py, and keras/losses.py of Keras 2.3.1 and 1.2.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from flatlint.catalogue.eras import Era


@dataclass(frozen=True)
class LossUse:
    """A loss as a program uses it: by its name in today's Keras, with the options given to it."""

    name: str
    options: Mapping[str, object] = field(default_factory=dict)
    is_whole: bool = True
    """Whether `options` are surely all."""

    def option(self, name: str, default: object) -> object:
        """An option, or its default; `None` where the source does not show it."""
        if name in self.options:
            return self.options[name]
        return default if self.is_whole else None


_EVERY = tuple(Era)
_LATER = (Era.KERAS_2, Era.KERAS_3)

# name -> (class, other functions and strings, eras)
_LOSSES: dict[str, tuple[str, tuple[str, ...], tuple[Era, ...]]] = {
    "mean_squared_error": ("MeanSquaredError", ("mse", "MSE"), _EVERY),
    "mean_absolute_error": ("MeanAbsoluteError", ("mae", "MAE"), _EVERY),
    "mean_absolute_percentage_error": ("MeanAbsolutePercentageError", ("mape", "MAPE"), _EVERY),
    "mean_squared_logarithmic_error": ("MeanSquaredLogarithmicError", ("msle", "MSLE"), _EVERY),
    "hinge": ("Hinge", (), _EVERY),
    "squared_hinge": ("SquaredHinge", (), _EVERY),
    "categorical_hinge": ("CategoricalHinge", (), _LATER),
    "binary_crossentropy": ("BinaryCrossentropy", ("bce", "BCE"), _EVERY),
    "binary_focal_crossentropy": ("BinaryFocalCrossentropy", (), _LATER),
    "categorical_crossentropy": ("CategoricalCrossentropy", (), _EVERY),
    "categorical_focal_crossentropy": ("CategoricalFocalCrossentropy", (), _LATER),
    "sparse_categorical_crossentropy": ("SparseCategoricalCrossentropy", (), _EVERY),
    "kl_divergence": ("KLDivergence", ("kld", "KLD"), _EVERY),
    "poisson": ("Poisson", (), _EVERY),
    "cosine_similarity": ("CosineSimilarity", (), _LATER),
    "log_cosh": ("LogCosh", (), _LATER),
    "huber": ("Huber", (), _LATER),
    "ctc": ("CTC", (), (Era.KERAS_3,)),
    "circle": ("Circle", (), (Era.KERAS_3,)),
    "dice": ("Dice", (), (Era.KERAS_3,)),
    "tversky": ("Tversky", (), (Era.KERAS_3,)),
}

# What Keras 3 dropped, and what it means.
_DROPPED: dict[str, tuple[str, tuple[Era, ...]]] = {
    "kullback_leibler_divergence": ("kl_divergence", (Era.KERAS_1, Era.KERAS_2)),
    "logcosh": ("log_cosh", (Era.KERAS_2,)),
    "huber_loss": ("huber", (Era.KERAS_2,)),
    "cosine_proximity": ("cosine_similarity", (Era.KERAS_1,)),
    "cosine": ("cosine_similarity", (Era.KERAS_1,)),
}

_BY_CLASS = {cls: name for name, (cls, _, _) in _LOSSES.items()}
_BY_WORD: dict[str, tuple[str, tuple[Era, ...]]] = {
    word: (name, eras) for name, (_, others, eras) in _LOSSES.items() for word in (name, *others)
} | _DROPPED

# Words that mean a loss of their own in some era, or one that is chosen by the shapes.
_OTHERS: dict[str, tuple[Era, ...]] = {
    "crossentropy": (Era.KERAS_3,),
    "ce": (Era.KERAS_3,),
    "Loss": (Era.KERAS_2, Era.KERAS_3),
    "LossFunctionWrapper": (Era.KERAS_2, Era.KERAS_3),
    "is_categorical_crossentropy": (Era.KERAS_2,),
    "binary_focal_crossentropy": (Era.KERAS_2, Era.KERAS_3),
    "categorical_generalized_cross_entropy": (Era.KERAS_3,),
}

_STANDALONE = frozenset({"cosine_proximity", "cosine"})

_HOMES = ("keras.losses.", "keras.objectives.", "keras.metrics.", "keras.backend.")


def loss_named(word: str, eras: Iterable[Era]) -> LossUse | None:
    """The loss that a string or the path of a function means in all of the eras.

    `keras.losses.mean_squared_error` and `mse` mean the same; a class passed as it is, without
    being called, means no loss.
    """
    word = _without_home(word)
    wanted = list(eras)
    if word in _BY_CLASS:
        return LossUse(_BY_CLASS[word])
    name, known_in = _BY_WORD.get(word, ("", ()))
    return LossUse(name) if name and all(era in known_in for era in wanted) else None


def is_known_loss(word: str, era: Era) -> bool:
    """Whether `losses.get` of an era finds something under a word.

    What standalone Keras 2 had and tf_keras has not counts as known.
    """
    if word in _BY_CLASS:
        return era is not Era.KERAS_1 and era in _LOSSES[_BY_CLASS[word]][2]
    if word in _STANDALONE and era is Era.KERAS_2:
        return True
    return era in _BY_WORD.get(word, ("", ()))[1] or era in _OTHERS.get(word, ())


def similar_losses(word: str, era: Era) -> list[str]:
    """Known words that one may have meant, the likeliest first."""
    known = sorted(name for name, (_, eras) in _BY_WORD.items() if era in eras)
    meant = _BY_WORD.get(word)
    if meant is not None:
        return [meant[0]]
    return get_close_matches(word.lower().replace("-", "_").replace(" ", "_"), known, n=2)


def loss_class_named(path: str) -> str | None:
    """The loss that a class makes, by the path of the class: `keras.losses.Huber` -> `huber`."""
    return _BY_CLASS.get(_without_home(path))


def paths_of_losses() -> Iterator[str]:
    """The paths of all classes of losses."""
    for cls in _BY_CLASS:
        yield f"keras.losses.{cls}"


def _without_home(path: str) -> str:
    for home in _HOMES:
        if path.startswith(home):
            return path.removeprefix(home)
    return path
