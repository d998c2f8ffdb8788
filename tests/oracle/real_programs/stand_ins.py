"""Stand-ins for what a traced program cannot have: files, the network, packages that are not here.

A program runs twice, and stand-ins have other sizes the second time. What comes out alike does not
depend on them; what comes out otherwise cannot be known from the source.
"""

from __future__ import annotations

import dis
import sys
import types
from collections import Counter
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Sizes:
    """How large the world looks in one run."""

    number: int
    length: int
    items: int
    rows: int
    words: int


class Variant(Enum):
    """The two runs of a program."""

    FIRST = Sizes(number=32, length=6, items=2, rows=40, words=12)
    SECOND = Sizes(number=48, length=9, items=3, rows=56, words=17)


class World:
    """The run that this process is in, and how often which stand-in answered."""

    variant = Variant.FIRST
    answers: ClassVar[Counter[str]] = Counter()

    @classmethod
    def begin(cls, variant: Variant) -> None:
        """Start a run."""
        cls.variant = variant
        cls.answers.clear()

    @classmethod
    def note(cls, what: str) -> None:
        """Count an answer."""
        cls.answers[what] += 1

    @classmethod
    def sizes(cls) -> Sizes:
        """The sizes of this run."""
        return cls.variant.value


class StandIn(int):
    """A value about which nothing is known: a number, a sequence, a function, an object at once.

    It is a number because most of what programs do with unknown values is arithmetic on sizes.
    """

    def __new__(cls, *_: Any, **__: Any) -> StandIn:
        return int.__new__(cls, World.sizes().number)

    def __init__(self, *_: Any, **__: Any) -> None:
        pass

    @classmethod
    def worth(cls, value: float) -> StandIn:
        """A stand-in whose number is computed from others."""
        try:
            return int.__new__(cls, max(int(value), 0))
        except (OverflowError, ValueError):
            return cls()

    def __getattr__(self, name: str) -> StandIn:
        inner = name.startswith("__") and name.endswith("__")
        if inner or name.startswith(_PROBED_PREFIXES) or name in _PROBED_NAMES:
            raise AttributeError(name)  # Keras and TensorFlow ask for these to tell tensors apart
        return StandIn()

    def __getitem__(self, key: object) -> StandIn:
        if type(key) is int and key >= _LONGEST:
            raise IndexError(key)
        return StandIn()

    def __setitem__(self, key: object, value: object) -> None:
        pass

    def __delitem__(self, key: object) -> None:
        pass

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Anything; as a decorator, what it decorates."""
        if len(args) == 1 and not kwargs and _is_decorated(args[0]):
            return args[0]
        return StandIn()

    def __iter__(self) -> Iterator[StandIn]:
        wanted = unpacked_by(sys._getframe(1))
        return iter([StandIn() for _ in range(World.sizes().items if wanted is None else wanted)])

    def __next__(self) -> StandIn:
        return StandIn()

    def __len__(self) -> int:
        return World.sizes().length

    def __contains__(self, item: object) -> bool:
        return False

    def __bool__(self) -> bool:
        return True

    def __enter__(self) -> StandIn:
        return StandIn()

    def __exit__(self, *exc: object) -> None:
        return None

    def __mro_entries__(self, bases: object) -> tuple[()]:
        return ()

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        import numpy as np  # it is not here where only scores are computed

        return np.array(int.__int__(self), dtype=dtype)

    def __format__(self, spec: str) -> str:
        try:
            return int.__format__(self, spec)
        except ValueError:
            return "unknown"

    def __reduce__(self) -> tuple[type[StandIn], tuple[()]]:
        return StandIn, ()

    def __deepcopy__(self, memo: object) -> StandIn:
        return self

    def __copy__(self) -> StandIn:
        return self


_LONGEST = 10_000
_PROBED_PREFIXES = ("_keras", "_tf_", "_trackable", "_saved")
_PROBED_NAMES = frozenset({"dtype", "ndim", "_shape", "is_tensor_like", "element_spec"})
_OPERATORS = (
    "add",
    "sub",
    "mul",
    "floordiv",
    "mod",
    "truediv",
    "and",
    "or",
    "xor",
    "lshift",
    "rshift",
)


def _is_decorated(value: object) -> bool:
    if isinstance(value, types.FunctionType):
        return True
    return isinstance(value, type) and value.__module__ == "__main__"


def _operator(name: str) -> Any:
    whole = getattr(int, name)
    fraction = getattr(float, name, None)

    def operate(self: StandIn, other: Any) -> Any:
        value = int.__int__(other) if isinstance(other, StandIn) else other
        if isinstance(value, int | float):
            try:
                result = whole(int.__int__(self), value)
                if result is NotImplemented and fraction is not None:
                    result = fraction(float(int.__int__(self)), value)
                return StandIn.worth(result)
            except (ArithmeticError, ValueError, TypeError, MemoryError):
                return StandIn()
        if value is None or isinstance(value, str | list | tuple | dict):
            return StandIn()
        return NotImplemented

    return operate


for _word in _OPERATORS:
    for _name in (f"__{_word}__", f"__r{_word}__"):
        setattr(StandIn, _name, _operator(_name))


def unpacked_by(frame: types.FrameType | None) -> int | None:
    """How many values the frame is about to unpack (`a, b = …`), or None if it does not."""
    if frame is None:
        return None
    code, at = frame.f_code.co_code, frame.f_lasti
    for _ in range(4):  # over inline caches
        if at >= len(code):
            return None
        name = dis.opname[code[at]]
        if name == "UNPACK_SEQUENCE":
            return code[at + 1]
        if name == "UNPACK_EX":
            return (code[at + 1] & 0xFF) + 1
        if name not in ("CACHE", "EXTENDED_ARG"):
            return None
        at += 2
    return None


def holds_stand_in(value: object, depth: int = 3) -> bool:
    """Whether a value is a stand-in, or a small container with one in it."""
    if isinstance(value, StandIn):
        return True
    if not depth or not isinstance(value, list | tuple | dict):
        return False
    items = list(value.values()) if isinstance(value, dict) else list(value)
    return any(holds_stand_in(item, depth - 1) for item in items[:16])


def as_numbers(value: Any) -> Any:
    """A value with its stand-ins as plain numbers: some libraries take them for sequences."""
    if isinstance(value, StandIn):
        return int.__int__(value)
    if isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        return type(value)(as_numbers(item) for item in value) if holds_stand_in(value) else value
    return value


class StandInModule(types.ModuleType):
    """A package that is not here: it has every name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__: list[str] = []
        self.__all__: list[str] = []
        self.__file__ = f"<stand-in {name}>"

    def __getattr__(self, name: str) -> StandIn:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        World.note(f"module {self.__name__.split('.')[0]}")
        value = StandIn()
        setattr(self, name, value)
        return value

    def __call__(self, *args: object, **kwargs: object) -> StandIn:
        return StandIn()


class Losses(list[float]):
    """What training a batch or evaluating gives: as many numbers as the caller unpacks."""

    def __init__(self) -> None:
        super().__init__([0.5, 0.5])

    def __iter__(self) -> Iterator[float]:
        wanted = unpacked_by(sys._getframe(1))
        return super().__iter__() if wanted is None else iter([0.5] * wanted)

    def __getitem__(self, key: Any) -> Any:
        try:
            return super().__getitem__(key)
        except IndexError:
            return 0.5

    def __float__(self) -> float:
        return 0.5

    def __format__(self, spec: str) -> str:
        return "0.5"

    def __round__(self, digits: int | None = None) -> float:
        return 0.5

    def _number(self, other: object) -> float:
        return 0.5

    __mul__ = __rmul__ = __add__ = __radd__ = _number  # type: ignore[assignment]
    __sub__ = __rsub__ = __truediv__ = __rtruediv__ = _number

    def __lt__(self, other: object) -> bool:
        return True

    def __gt__(self, other: object) -> bool:
        return False
