"""`fit`, `predict` and their like: they build what is not built yet, and train nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tests.oracle.real_programs.stand_ins import Losses, StandIn, World
from tests.oracle.real_programs.stubs.building import build_from_data
from tests.oracle.real_programs.stubs.callers import called_by_program

if TYPE_CHECKING:
    from collections.abc import Callable

CALLS = {"fit": 12, "evaluate": 40, "predict": 12, "train_on_batch": 4, "loop": 6}
"""How often a statement may train without making a layer before it is stopped."""
_LARGEST_PREDICTION = 2e8


class StopTrainingError(BaseException):
    """A training loop has shown all it has to show; not an `Exception`, so nobody catches it."""


class TrainingCalls:
    """Counts the training calls of a statement since a layer was last made."""

    def __init__(self, layers_made: Callable[[], int]) -> None:
        self._layers_made = layers_made
        self.begin_statement()

    def begin_statement(self) -> None:
        """Count from nothing."""
        self._calls, self._layers = 0, -1

    def count(self, kind: str) -> None:
        """One more call.

        Raises StopTrainingError: it was one too many.
        """
        made = self._layers_made()
        if made != self._layers:
            self._calls, self._layers = 0, made
        self._calls += 1
        if self._calls > CALLS[kind]:
            self._calls = 0
            raise StopTrainingError("stopped after repeated training calls")


class _Curves(dict[str, list[float]]):
    """Every curve that one could ask for, flat."""

    def __init__(self, epochs: int) -> None:
        names = ("loss", "accuracy", "acc", "val_loss", "val_accuracy", "val_acc")
        super().__init__({name: [0.5] * epochs for name in names})
        self._epochs = epochs

    def __missing__(self, key: str) -> list[float]:
        return [0.5] * self._epochs


class History:
    """What `fit` gives back."""

    def __init__(self, epochs: int, model: Any) -> None:
        self.history = _Curves(epochs)
        self.epoch = list(range(epochs))
        self.params = {"epochs": epochs, "steps": 1, "verbose": 0}
        self.model = model


class Training:
    """The methods of a model that work on data, for one Keras."""

    def __init__(self, keras: Any, tf: Any, era: str, calls: TrainingCalls) -> None:
        self.keras, self.tf, self.era, self.calls = keras, tf, era, calls

    def install(self) -> None:
        """Put them in place of the real ones."""
        model = self.keras.Model
        for names, method in (
            (("fit", "fit_generator"), self._fit()),
            (("evaluate", "evaluate_generator"), self._evaluate()),
            (("train_on_batch", "test_on_batch"), self._train_on_batch()),
        ):
            for name in names:
                setattr(model, name, method)
        predict = self._predict()
        for name in ("predict", "predict_generator", "predict_proba", "predict_on_batch"):
            setattr(model, name, predict)
        model.predict_classes = lambda m, x, *_, **__: np.argmax(predict(m, x), -1)
        for name in ("save", "save_weights", "load_weights", "export", "summary"):
            setattr(model, name, lambda *_, **__: None)
        model.compile = _forgiving(model.compile)
        self._install_loops()

    def _build(self, model: Any, data: Any) -> None:
        build_from_data(model, data, self.keras, self.tf, self.era)

    def _fit(self) -> Callable[..., History]:
        def fit(model: Any, x: Any = None, *_: Any, **options: Any) -> History:
            self.calls.count("fit")
            self._build(model, options.get("generator") if x is None else x)
            epochs = options.get("epochs", options.get("nb_epoch", 1))
            sane = isinstance(epochs, int | float) and 0 < epochs < 2000
            history = History(int(epochs) if sane else 1, model)
            try:
                model.history = history
            except Exception:
                World.note("history not kept")
            return history

        return fit

    def _evaluate(self) -> Callable[..., Any]:
        def evaluate(model: Any, x: Any = None, *_: Any, **options: Any) -> Any:
            self.calls.count("evaluate")
            self._build(model, x)
            return _Curves(1) if options.get("return_dict") else Losses()

        return evaluate

    def _train_on_batch(self) -> Callable[..., Any]:
        def train_on_batch(model: Any, x: Any = None, *_: Any, **__: Any) -> Any:
            self.calls.count("train_on_batch")
            self._build(model, x)
            return Losses()

        return train_on_batch

    def _predict(self) -> Callable[..., Any]:
        def predict(model: Any, x: Any = None, *_: Any, **__: Any) -> Any:
            self.calls.count("predict")
            self._build(model, x)
            try:
                outputs = [_zeros(output, _rows(x)) for output in model.outputs]
            except Exception:
                World.note("predict")
                return StandIn()
            return outputs[0] if len(outputs) == 1 else outputs

        return predict

    def _install_loops(self) -> None:
        """Training loops by hand: two elements of a data set, a few gradients."""
        from tensorflow.python.data.ops import dataset_ops

        dataset, tape, calls = dataset_ops.DatasetV2, self.tf.GradientTape, self.calls
        real_iterate, real_enter = dataset.__iter__, tape.__enter__

        def iterate(data: Any) -> Any:
            if not called_by_program():
                return real_iterate(data)
            calls.count("loop")
            return real_iterate(data.take(2))

        def enter(recording: Any) -> Any:
            if called_by_program():
                calls.count("loop")
            return real_enter(recording)

        dataset.__iter__ = iterate
        tape.__enter__ = enter


def _rows(data: Any) -> int:
    first = data[0] if isinstance(data, list | tuple) and data else data
    shape = getattr(first, "shape", None)
    if isinstance(first, StandIn) or not shape or not isinstance(shape[0], int):
        return World.sizes().rows
    return int(shape[0])


def _zeros(output: Any, rows: int) -> Any:
    sizes = [rows] + [1 if size is None else int(size) for size in tuple(output.shape)[1:]]
    if np.prod(sizes, dtype=float) > _LARGEST_PREDICTION:
        sizes[0] = 1
    return np.zeros(sizes, "float32")


def _forgiving(compile_model: Callable[..., Any]) -> Callable[..., Any]:
    """Losses and metrics of other eras matter to nobody here."""

    def attempt(model: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return compile_model(model, *args, **kwargs)
        except Exception:
            World.note("compile failed")
            return None

    return attempt
