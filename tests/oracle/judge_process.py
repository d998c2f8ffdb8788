"""The process that real Keras runs in: programs come in as JSON lines, verdicts go out.

    python -m tests.oracle.judge_process keras3            judge what comes in
    python -m tests.oracle.judge_process keras3 --names    list what `keras.layers` has

A program is run with `exec` in a process that keeps Keras loaded. Which layers it made, where, and
what came out of them is seen by wrapping `Layer.__new__` and `Layer.__call__`: shapes are those of
real calls on symbolic inputs, never of `compute_output_shape`.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import importlib.abc
import importlib.machinery
import json
import logging
import os
import re
import signal
import sys
import traceback
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.oracle.programs import BuiltLayer, BuiltModel, Outcome, Verdict
from tests.oracle.ready_made import spare_values
from tests.oracle.records import verdict_to_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import FrameType, ModuleType

PROGRAM = "<oracle program>"
SECONDS_A_PROGRAM = 60
PROGRAMS_BETWEEN_CLEANINGS = 25
MERGING_FUNCTIONS = frozenset(
    ["add", "subtract", "multiply", "average", "maximum", "minimum", "concatenate", "dot"]
)
PLUMBING = frozenset({"__new__", "__call__", "error_handler", "wrapper"})


class OutOfTimeError(BaseException):
    """The program took too long; not an `Exception`, so that Keras does not catch it."""


class AliasFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports `alias.x.y` as `package.x.y`, so that one text serves every spelling of an era."""

    def __init__(self, alias: str, package: str) -> None:
        self.alias = alias
        self.package = package

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.alias and not fullname.startswith(self.alias + "."):
            return None
        return importlib.machinery.ModuleSpec(fullname, self)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return importlib.import_module(self.package + spec.name.removeprefix(self.alias))

    def exec_module(self, module: ModuleType) -> None:
        """The aliased module has run already."""


class Recorder:
    """What one program created and called, seen through the wrapped `Layer`."""

    def __init__(self, keras: Any) -> None:
        self.keras = keras
        self.forget()

    def forget(self) -> None:
        """Start anew, for the next program."""
        self.created: list[tuple[Any, int]] = []
        self.lines: dict[int, int] = {}
        self.called: set[int] = set()
        self.shapes: dict[int, Any] = {}
        self.uncounted: list[int] = []
        self.culprit: int | None = None

    def install(self) -> None:
        """Wrap `Layer.__new__` and `Layer.__call__` once, for the life of the process."""
        layer_class = self.keras.layers.Layer
        original_new, original_call = layer_class.__new__, layer_class.__call__

        def __new__(cls: type, *args: Any, **kwargs: Any) -> Any:  # noqa: N807
            instance = original_new(cls, *args, **kwargs)
            self.note_creation(instance, sys._getframe(1))
            return instance

        def __call__(layer: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N807
            if id(layer) not in self.lines:
                return original_call(layer, *args, **kwargs)
            if line_in_program(sys._getframe(1)) is not None:
                self.called.add(id(layer))
            try:
                outputs = original_call(layer, *args, **kwargs)
            except Exception:
                if self.culprit is None:
                    self.culprit = self.lines[id(layer)]
                raise
            self.shapes.setdefault(id(layer), shape_of(outputs))
            return outputs

        def pop(model: Any, *args: Any, **kwargs: Any) -> Any:
            before = list(model.layers)
            result = original_pop(model, *args, **kwargs)
            left = {id(layer) for layer in model.layers}
            gone = [layer for layer in before if id(layer) not in left]
            self.uncounted += [self.lines[id(layer)] for layer in gone if id(layer) in self.lines]
            return result

        original_pop = self.keras.Sequential.pop
        self.keras.Sequential.pop = pop
        layer_class.__new__ = __new__
        layer_class.__call__ = __call__

    def note_creation(self, instance: Any, frame: FrameType) -> None:
        """Remember a layer whose constructor the program itself called."""
        line = line_in_program(frame)
        if line is None and isinstance(instance, self.keras.Model):
            line = line_of_application(frame)
            self.uncounted += [] if line is None else [line]
        if line is None or id(instance) in self.lines:
            return
        self.created.append((instance, line))
        self.lines[id(instance)] = line

    def layers(self) -> Iterator[BuiltLayer]:
        """Layers, in creation order, that the program called or that one of its models has."""
        in_models = {
            id(layer)
            for model, _ in self.created
            if isinstance(model, self.keras.Model)
            for layer in model.layers
        }
        for instance, line in self.created:
            if isinstance(instance, self.keras.Model):
                continue
            if id(instance) not in self.called and id(instance) not in in_models:
                continue
            yield BuiltLayer(
                type(instance).__name__,
                line,
                self.shapes.get(id(instance)),
                *counts_of(instance),
            )

    def models(self) -> Iterator[BuiltModel]:
        """Models in creation order; an unbuilt one has no shape and no counts."""
        for instance, line in self.created:
            if not isinstance(instance, self.keras.Model):
                continue
            shape = None
            if instance.built:
                with contextlib.suppress(Exception):
                    shape = shape_of(instance.outputs)
                    if len(instance.outputs) == 1:
                        shape = shape_of(instance.outputs[0])
            yield BuiltModel(type(instance).__name__, line, shape, *counts_of(instance))


def line_in_program(frame: FrameType | None) -> int | None:
    """The line of the program that made this call, None if Keras made it for itself."""
    while frame is not None:
        if frame.f_code.co_filename == PROGRAM:
            return frame.f_lineno
        if frame.f_code.co_name not in PLUMBING | MERGING_FUNCTIONS:
            return None
        frame = frame.f_back
    return None


def line_of_application(frame: FrameType | None) -> int | None:
    """The line of the program that called a function of `keras.applications`, now at work."""
    inside = False
    while frame is not None:
        if frame.f_code.co_filename == PROGRAM:
            return frame.f_lineno if inside else None
        inside = inside or "applications" in Path(frame.f_code.co_filename).parts
        frame = frame.f_back
    return None


def shape_of(outputs: Any) -> Any:
    """A list of sizes; a list of such lists for several outputs; None without a rank."""
    if isinstance(outputs, dict):
        outputs = list(outputs.values())
    if isinstance(outputs, (list, tuple)):
        return [shape_of(output) for output in outputs]
    try:
        return [None if size is None else int(size) for size in outputs.shape]
    except (AttributeError, TypeError, ValueError):
        return None


def counts_of(layer: Any) -> tuple[int | None, int | None]:
    """All parameters and the trainable ones, as `summary()` counts them; None if not built."""
    try:
        if not layer.built:
            return None, None
        trainable = sum(int(weight.shape.num_elements()) for weight in layer.trainable_weights)
    except AttributeError:
        trainable = sum(_size(weight.shape) for weight in layer.trainable_weights)
    except Exception:
        return None, None
    try:
        return int(layer.count_params()), trainable
    except Exception:
        return None, None


def _size(shape: Any) -> int:
    size = 1
    for axis in shape:
        size *= int(axis)
    return size


def run_program(text: str, recorder: Recorder) -> Verdict:
    """Run one program and say what Keras made of it."""
    recorder.forget()
    signal.setitimer(signal.ITIMER_REAL, SECONDS_A_PROGRAM)
    try:
        exec(compile(text, PROGRAM, "exec"), {"__name__": "__main__"})
        layers, models = tuple(recorder.layers()), tuple(recorder.models())
        return Verdict(Outcome.BUILT, layers, models, uncounted=tuple(recorder.uncounted))
    except OutOfTimeError:
        return Verdict(Outcome.LOST, error="OutOfTime")
    except Exception as error:
        return Verdict(
            Outcome.REFUSED,
            error=type(error).__name__,
            message=stable_message(str(error)),
            line=line_of(error),
            culprit=recorder.culprit,
        )
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def line_of(error: BaseException) -> int | None:
    """The program's line in the traceback, the innermost if there are several."""
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == PROGRAM
    ]
    return lines[-1] if lines else None


def stable_message(message: str) -> str:
    """The first 200 characters, without what changes from run to run and from machine to machine."""
    message = re.sub(r"0x[0-9a-f]{6,}", "0x", message)
    message = re.sub(r'(?<=File ")[^"]*?site-packages/', "", message)
    return " ".join(message.split())[:200]


def load_keras(era: str) -> Any:
    """Import the era's Keras under all the names that programs use for it."""
    os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="", KERAS_BACKEND="tensorflow")
    os.environ["TF_USE_LEGACY_KERAS"] = "1" if era == "keras2" else "0"
    warnings.filterwarnings("ignore")
    logging.disable(logging.ERROR)
    tf: Any = importlib.import_module("tensorflow")

    package = "tf_keras" if era == "keras2" else "keras"
    keras = importlib.import_module(package)
    tf.keras.layers.Dense  # noqa: B018 - resolves the lazy tf.keras before it is aliased
    # What Keras 3 keeps for old programs, `ImageDataGenerator` for one, stands in tf.keras alone.
    aliases = {"tensorflow.keras": "keras._tf_keras.keras"}
    if era == "keras2":
        aliases = dict.fromkeys(["tensorflow.keras", "keras"], package)
    for alias, named in aliases.items():
        for name in [n for n in sys.modules if n == alias or n.startswith(alias + ".")]:
            del sys.modules[name]
        sys.meta_path.insert(0, AliasFinder(alias, named))
        sys.modules[alias] = importlib.import_module(named)
    if era == "keras3":
        spare_values(keras)
    return keras


def out_of_time(signum: int, frame: FrameType | None) -> None:
    raise OutOfTimeError


def forget_session(keras: Any, era: str, programs_run: int) -> None:
    """Give back memory from time to time; number layer names anew for every program.

    Clearing Keras 3 every time would cost 60 ms a program: it also empties TensorFlow's caches.
    """
    if era == "keras2" or programs_run % PROGRAMS_BETWEEN_CLEANINGS == 0:
        keras.backend.clear_session()
    else:
        importlib.import_module("keras.src.utils.naming").reset_uids()


def main() -> None:
    """Answer every JSON line on standard input with one on standard output, in order."""
    era = sys.argv[1]
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (1,) if os.environ.get("ORACLE_DEBUG") else (1, 2):
        os.dup2(nowhere, descriptor)
    keras = load_keras(era)
    if "--names" in sys.argv:
        names = [name for name in dir(keras.layers) if not name.startswith("_")]
        answers.write(json.dumps(names) + "\n")
        return
    recorder = Recorder(keras)
    recorder.install()
    signal.signal(signal.SIGALRM, out_of_time)
    gc.collect()
    gc.freeze()
    for number, line in enumerate(sys.stdin, start=1):
        verdict = run_program(json.loads(line), recorder)
        answers.write(json.dumps(verdict_to_json(verdict)) + "\n")
        answers.flush()
        recorder.forget()
        forget_session(keras, era, number)


if __name__ == "__main__":
    main()
