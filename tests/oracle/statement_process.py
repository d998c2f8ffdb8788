"""The process that programs of the fixtures run in, one statement after the other.

    python -m tests.oracle.statement_process keras3

A statement that raises does not end a program: what raised, and where, is told of each. Data sets
have their true shapes and nothing in them; a long training ends after a few batches.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import os
import signal
import sys
import traceback
from typing import TYPE_CHECKING, Any

from tests.oracle.judge_process import (
    PROGRAM,
    OutOfTimeError,
    forget_session,
    load_keras,
    out_of_time,
    stable_message,
)
from tests.oracle.real_programs.stubs.datasets import loaders, word_index

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS_A_PROGRAM = 240
MANY_SAMPLES = 2000
"""So many samples are trained on to the end: the last batch may be the one that is refused."""
BATCHES_OF_MANY = 3
OF_WORDS = frozenset({"imdb", "reuters"})


def run_by_statements(text: str) -> list[dict[str, Any]]:
    """What the statements of a program raised: the lines of the program on the way, the error."""
    names: dict[str, Any] = {"__name__": "__main__"}
    raised: list[dict[str, Any]] = []
    signal.setitimer(signal.ITIMER_REAL, SECONDS_A_PROGRAM)
    try:
        for statement in ast.parse(text, PROGRAM).body:
            told = run_statement(statement, names)
            raised += [told] if told else []
    except OutOfTimeError:
        raised.append({"lines": [], "error": "OutOfTime", "message": ""})
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return raised


def run_statement(statement: ast.stmt, names: dict[str, Any]) -> dict[str, Any] | None:
    """Run one statement of the program, and tell what it raised."""
    try:
        exec(compile(ast.Module([statement], []), PROGRAM, "exec"), names)
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        return {
            "lines": [frame.lineno for frame in frames if frame.filename == PROGRAM],
            "error": type(error).__name__,
            "message": stable_message(str(error)),
        }
    return None


def shorten_training(keras: Any) -> None:
    """One epoch in place of many, and a few batches of what would take long."""
    original = keras.Model.fit
    signature = inspect.signature(original)

    class FewBatches(keras.callbacks.Callback):  # type: ignore[misc, name-defined]
        """Ends an epoch early."""

        def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
            if batch + 1 >= BATCHES_OF_MANY:
                self.model.stop_training = True

    def fit(*args: Any, **kwargs: Any) -> Any:
        try:
            bound = signature.bind(*args, **kwargs)
        except TypeError:
            return original(*args, **kwargs)
        bound.arguments.update(epochs=1, verbose=0)
        if samples_in(bound.arguments.get("x")) > MANY_SAMPLES:
            callbacks = bound.arguments.get("callbacks") or []
            bound.arguments["callbacks"] = [*callbacks, FewBatches()]
        return original(*bound.args, **bound.kwargs)

    keras.Model.fit = fit


def samples_in(data: Any) -> int:
    """How many samples an argument holds, as far as it tells."""
    first = data[0] if isinstance(data, (list, tuple)) and data else data
    try:
        return len(first)
    except TypeError:
        return 0


def stub_datasets(keras: Any) -> None:
    """Put empty arrays in the place of the data sets that Keras would download."""
    tensorflow = importlib.import_module("tensorflow")
    for name, load in loaders().items():
        # Keras has each module under several names, and not as one object.
        for home in (keras.datasets, tensorflow.keras.datasets):
            getattr(home, name, None)
        for path in [path for path in sys.modules if path.endswith(f".datasets.{name}")]:
            module = sys.modules[path]
            module.load_data = with_many_words(load) if name in OF_WORDS else load
            if hasattr(module, "get_word_index"):
                module.get_word_index = word_index(88584)


def with_many_words(load: Callable[..., Any]) -> Callable[..., Any]:
    """The data set with its greatest word in every third text: a few batches are to meet it."""

    def load_data(*args: Any, **kwargs: Any) -> Any:
        parts = load(*args, **kwargs)
        for texts, _ in parts:
            for row in range(0, len(texts), 3):
                texts[row] = texts[0]
        return parts

    return load_data


def answering(era: str) -> Callable[[str], str]:
    """Load Keras, and give what answers a program with a line of JSON."""
    keras = load_keras(era)
    shorten_training(keras)
    stub_datasets(keras)
    signal.signal(signal.SIGALRM, out_of_time)
    np = importlib.import_module("numpy")

    def answer(line: str) -> str:
        np.random.seed(0)
        keras.utils.set_random_seed(0)
        raised = run_by_statements(json.loads(line))
        forget_session(keras, era, 0)
        return json.dumps(raised)

    return answer


def main() -> None:
    """Answer every JSON line on standard input with one on standard output, in order."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    answer = answering(sys.argv[1])
    for line in sys.stdin:
        answers.write(answer(line) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
