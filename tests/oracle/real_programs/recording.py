"""What the running program makes: every layer, the call that made it, the shapes that came out."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.oracle.real_programs.calls import CallIndex
from tests.oracle.real_programs.stand_ins import World, holds_stand_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType, FrameType, ModuleType

    from tests.oracle.real_programs.facts import Shape
    from tests.oracle.real_programs.reading import Source

MOST_LAYERS = 4000
MOST_SHAPES = 6
_MERGING = frozenset(
    {
        "add",
        "subtract",
        "multiply",
        "average",
        "maximum",
        "minimum",
        "concatenate",
        "dot",
        "merge",
    }
)
_REBUILDING = frozenset(
    {"clone_model", "model_from_json", "model_from_config", "from_config", "clone_and_build_model"}
)
_PLUMBING = (
    "traceback_utils.py",
    "dispatch.py",
    "generic_utils.py",
    "keras_deps.py",
    "tf_decorator.py",
    "deprecation.py",
    "tf_contextlib.py",
    "base.py",
)
_HERE = str(Path(__file__).resolve().parent)


@dataclass(frozen=True)
class Origin:
    """The call of the program's code that made a layer."""

    line: int
    column: int
    file: str
    via: str | None
    owner: str | None
    functions: tuple[str, ...]
    """The program's functions that were running, innermost first."""


@dataclass
class Made:
    """One layer object, as it lives."""

    layer: Any
    origin: Origin
    statement: int
    tainted: bool
    uncalled: bool
    symbolic: list[Shape] = field(default_factory=list)
    eager: list[Shape] = field(default_factory=list)


class Recorder:
    """Everything that one run makes."""

    def __init__(self, keras: ModuleType, tf: ModuleType, source: Source, root: str) -> None:
        self.keras, self.tf, self.source, self.root = keras, tf, source, root
        self.main = str(source.path)
        self.made: list[Made] = []
        self.number: dict[int, int] = {}
        """By the identity of the layer, which `made` keeps alive."""
        self.seen = 0
        self.changes = 0
        """Grows with every layer that is recorded and every new shape of one."""
        self.statement = 0
        self.in_uncalled = False
        self._index = CallIndex(source)
        self._positions: dict[CodeType, list[Any]] = {}

    @property
    def progress(self) -> int:
        """Grows with every layer, those inside a ready-made model too, and every new shape."""
        return self.seen + self.changes

    def on_new(self, layer: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """A layer is being made, somewhere below the caller."""
        self.seen += 1
        if len(self.made) >= MOST_LAYERS or id(layer) in self.number:
            return
        origin = self._origin(layer, sys._getframe(2))
        if origin is None or origin.via == "internal":
            return
        if origin.via in ("application", "clone") and not isinstance(layer, self.keras.Model):
            return
        shaping = {key: value for key, value in kwargs.items() if key != "weights"}
        tainted = holds_stand_in(list(args)) or holds_stand_in(shaping)
        self.number[id(layer)] = len(self.made)
        self.made.append(Made(layer, origin, self.statement, tainted, self.in_uncalled))
        self.changes += 1

    def on_call(self, layer: Any, args: tuple[Any, ...], output: Any) -> None:
        """A layer has been called."""
        number = self.number.get(id(layer))
        if number is None:
            return
        made = self.made[number]
        made.tainted = made.tainted or holds_stand_in(list(args))
        shape, eager = self._shape_of(output)
        shapes = made.eager if eager else made.symbolic
        if shape is not None and shape not in shapes and len(shapes) < MOST_SHAPES:
            shapes.append(shape)
            self.changes += 1

    def _shape_of(self, output: Any) -> tuple[Shape | None, bool]:
        """The shape or shapes of an output, and whether it is a value rather than a symbol."""
        shapes, eager = [], False
        for tensor in flat(output):
            sizes = sizes_of(tensor)
            if sizes is None:
                continue
            if not type(tensor).__name__.endswith("KerasTensor"):
                symbolic = not hasattr(tensor, "numpy") or self.tf.is_symbolic_tensor(tensor)
                eager = eager or not symbolic
                sizes[:1] = [None] if sizes else []
            shapes.append(sizes)
        if not shapes:
            return None, False
        return (shapes[0] if len(shapes) == 1 else shapes), eager

    def _origin(self, layer: Any, frame: FrameType | None) -> Origin | None:
        """The program's innermost call, or None if the layer is not its making at all."""
        library: list[FrameType] = []
        while frame is not None and not self._is_ours(frame):
            code = frame.f_code
            if code.co_name != "__new__" and not code.co_filename.endswith(_PLUMBING):
                library.append(frame)
            frame = frame.f_back
        if frame is None:
            return None
        line, column = self._position(frame)
        via = _via(layer, library[-1]) if library else None
        owner, functions = self._surroundings(layer, frame)
        return Origin(line, column, frame.f_code.co_filename, via, owner, functions)

    def _is_ours(self, frame: FrameType) -> bool:
        name = frame.f_code.co_filename
        return name == self.main or name.startswith(self.root)

    def _surroundings(self, layer: Any, frame: FrameType) -> tuple[str | None, tuple[str, ...]]:
        """The user's class that is making it, and the functions that are running."""
        owner: str | None = None
        functions: list[str] = []
        here: FrameType | None = frame
        while here is not None and len(functions) < 12:
            if self._is_ours(here):
                functions.append(here.f_code.co_qualname)
                me = here.f_locals.get("self") if here.f_code.co_name != "<module>" else None
                if owner is None and me is not layer and isinstance(me, self.keras.layers.Layer):
                    owner = type(me).__name__
            here = here.f_back
        return owner, tuple(functions)

    def _position(self, frame: FrameType) -> tuple[int, int]:
        """Line and column, from 1, of the call that the frame is in."""
        code = frame.f_code
        if code not in self._positions:
            self._positions[code] = list(code.co_positions())
        line, end, offset, end_offset = self._positions[code][frame.f_lasti // 2]
        if code.co_filename != self.main:
            return line or frame.f_lineno, (offset or 0) + 1
        call = self._index.ending_at.get((end, end_offset))
        if call is not None:  # the code object starts `a.b(c)` at `b` where `a` is on a line above
            line, offset = call.lineno, call.col_offset
        line = line or frame.f_lineno
        return line, self._index.column(line, offset or 0)


def _via(layer: Any, outermost: FrameType) -> str | None:
    """How the program made a layer that a library's function made for it."""
    file, function = outermost.f_code.co_filename, outermost.f_code.co_name
    if function == "Input":
        return "Input" if type(layer).__name__ == "InputLayer" else "internal"
    if function in _MERGING and file.startswith(_HERE):
        return "function" if type(layer).__name__ == "Merge" else "internal"
    if function in _MERGING and "merg" in file:
        return "function"
    if f"{os.sep}applications{os.sep}" in file:
        return "application"
    return "clone" if function in _REBUILDING else "internal"


def flat(output: Any) -> Iterator[Any]:
    """The tensors of a structure of tensors."""
    if isinstance(output, dict):
        for value in output.values():
            yield from flat(value)
    elif isinstance(output, list | tuple) and not hasattr(output, "shape"):
        for value in output:
            yield from flat(value)
    elif output is not None:
        yield output


def sizes_of(tensor: Any) -> Shape | None:
    """The sizes of a tensor's axes, None each where Keras does not know; None without a rank."""
    try:
        return [None if size is None else int(size) for size in tuple(tensor.shape)]
    except (AttributeError, TypeError, ValueError):
        return None


class LiveRecorder:
    """The recorder of the run that this process is in, if it is in one."""

    current: Recorder | None = None


def watch(keras: Any) -> None:
    """Have every layer of a Keras tell the live recorder of itself, from now on in this process."""
    layer = keras.layers.Layer
    real_new, real_call = layer.__new__, layer.__call__

    def __new__(cls: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N807
        made = real_new(cls, *args, **kwargs)
        if LiveRecorder.current is not None:
            try:
                LiveRecorder.current.on_new(made, args, kwargs)
            except Exception as error:  # the program must not notice
                World.note(f"recorder {type(error).__name__}")
        return made

    def __call__(self: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N807
        output = real_call(self, *args, **kwargs)
        if LiveRecorder.current is not None:
            try:
                LiveRecorder.current.on_call(self, args, output)
            except Exception as error:
                World.note(f"recorder {type(error).__name__}")
        return output

    layer.__new__, layer.__call__ = __new__, __call__
