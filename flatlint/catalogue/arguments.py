"""Argument types of layers: what Keras accepts for a size, a window, a flag, a choice.

Each type is an `Annotated` field for pydantic. A validator gets what the program passes: a plain
Python value, a symbolic size, or an `UnknownArgument`; it returns the value as Keras would store it
or raises `ShapeConflict` with the verdict of the era. What is unknown is never refused: a size
becomes an unfixed size, anything else stays an `UnknownArgument`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, NoReturn, TypeAlias, TypeGuard

from pydantic import PlainValidator, ValidationInfo

from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.identifiers import IdentifierKind, identifiers, similar_identifiers
from flatlint.catalogue.numpy_integers import NumpyInteger
from flatlint.shapes import OPEN, UNFIXED, Dim, Expression, Open, Unfixed, bounds_of


@dataclass(frozen=True, eq=False)
class UnknownArgument:
    """An argument that the source does not fix; whatever depends on it is not known either.

    `origin` is what the evaluation knows of where the trail was lost.
    """

    reason: str
    origin: object = None

    def _refuse(self, *_: object) -> NoReturn:
        raise NotKnown(self.reason, self.origin)

    __bool__ = __iter__ = __len__ = __int__ = __index__ = __getitem__ = __contains__ = _refuse
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __floordiv__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = __call__ = _refuse
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        raise NotKnown(self.reason, self.origin)


@dataclass(frozen=True, eq=False)
class NoTensor(UnknownArgument):
    """A number or a word where Keras wants a tensor."""


@dataclass(frozen=True)
class OpaqueArgument:
    """A value of known kind whose content does not matter for shapes: an initialiser, say."""

    kind: str


@dataclass(frozen=True)
class Dialect:
    """The Keras that a layer is read for: its era, its settings, the name used in messages."""

    era: Era = Era.KERAS_3
    image_data_format: str = "channels_last"
    layer: str = ""
    is_dynamic: bool = False
    """Whether the layer is made with Keras 2's `dynamic=True`."""
    release: tuple[int, ...] = ()
    """The release of Keras, where the user names it: `(3, 15)`."""
    registers_names: bool = False
    """Whether the program adds words of its own to Keras's registries of functions."""


def dialect_of(info: ValidationInfo) -> Dialect:
    """The dialect under which an argument is judged."""
    context = info.context
    return context if isinstance(context, Dialect) else Dialect()


def refuse(info: ValidationInfo, wanted: str, value: object, keras: str = "") -> NoReturn:
    """Say that an argument is not what Keras accepts; what a caller passes may be anything."""
    if is_symbolic(value):
        raise NotKnown(f"`{value}`")
    dialect = dialect_of(info)
    raise ShapeConflict(
        f"{dialect.layer}: `{info.field_name}` must be {wanted}, not {value!r}",
        keras or f"Invalid value for argument `{info.field_name}`. Received: {value!r}",
    )


def is_symbolic(value: object) -> bool:
    """Whether a size is there whose number the source does not fix."""
    return isinstance(value, Expression | Unfixed | UnknownArgument)


def if_unread(value: object) -> UnknownArgument | None:
    """What stands for a word or an object that the source does not fix: a caller's argument."""
    if isinstance(value, UnknownArgument):
        return value
    return UnknownArgument(f"`{value}`") if is_symbolic(value) else None


def as_size(value: object) -> Dim:
    """A number or symbol as a size; what is unknown becomes an unfixed size."""
    if isinstance(value, UnknownArgument):
        return UNFIXED
    if value is None:
        return OPEN
    if isinstance(value, Expression | Unfixed | Open):
        return value
    return int(value)  # type: ignore[call-overload, no-any-return]


def positive_size(value: object, info: ValidationInfo) -> Dim:
    """A number of units, filters or the like: a positive integer."""
    if is_symbolic(value):
        size = as_size(value)
        largest = bounds_of(size)[1]
        if largest < (0 if dialect_of(info).era < Era.KERAS_3 else 1):
            refuse(info, "a positive integer", f"at most {largest:.0f}")
        return size
    if dialect_of(info).era < Era.KERAS_3:
        # tf_keras casts with int(): 2.5, 4.0 and '10' pass, and 0 does too.
        return _cast_size(value, info)
    if not is_integer(value, info, (3, 13)) or value <= 0:
        refuse(info, "a positive integer", value)
    return int(value)


def is_integer(
    value: object, info: ValidationInfo, strict_since: tuple[int, ...]
) -> TypeGuard[int]:
    """Whether Keras takes a value for an integer.

    Releases since `strict_since` do not take numpy's; which one it is, the source seldom says.
    """
    if isinstance(value, NumpyInteger):
        return dialect_of(info).release < strict_since
    return isinstance(value, int)


def _cast_size(value: object, info: ValidationInfo) -> Dim:
    # int() makes 1 of True, but TensorFlow then refuses the boolean as a size.
    if isinstance(value, int | float | str) and not isinstance(value, bool):
        try:
            size = int(value)
        except (ValueError, OverflowError):
            refuse(info, "a positive integer", value)
        if size >= 0:
            return size
    return refuse(info, "a positive integer", value)


def any_size(value: object, _: ValidationInfo) -> Dim:
    """An integer that Keras itself does not check."""
    if is_symbolic(value) or isinstance(value, int):
        return as_size(value)
    return UNFIXED


def flag(value: object, _: ValidationInfo) -> bool:
    """A switch; Keras takes anything that has a truth value."""
    if (unread := if_unread(value)) is not None:
        return unread  # type: ignore[return-value]  # raises NotKnown when asked
    return bool(value)


def one_of(*choices: str) -> PlainValidator:
    """A string from a closed set, compared without regard to case, as Keras does."""

    def choose(value: Any, info: ValidationInfo) -> Any:
        if (unread := if_unread(value)) is not None:
            return unread
        if isinstance(value, str) and value.lower() in choices:
            return value.lower()
        return refuse(info, f"one of {', '.join(map(repr, choices))}", value)

    return PlainValidator(choose)


def exactly_one_of(*choices: str | None) -> PlainValidator:
    """A string from a closed set, to the letter; a function passes where Keras takes one."""
    return PlainValidator(chosen(*choices))


def chosen(*choices: str | None) -> Callable[[object, ValidationInfo], object]:
    """The check of `exactly_one_of`, for validators that do more."""

    def choose(value: object, info: ValidationInfo) -> object:
        is_plain = value is None or isinstance(value, str | int | float | list | tuple | dict)
        is_choice = isinstance(value, str | None) and value in choices
        if is_plain and not is_choice:
            words = ", ".join(map(repr, choices))
            refuse(
                info,
                f"one of {words}",
                value,
                f"Unknown value for `{info.field_name}` argument of {dialect_of(info).layer}. "
                f"Allowed values are: ({words}). Received: {info.field_name}={value}",
            )
        return value

    return choose


def data_format(value: object, info: ValidationInfo) -> str:
    """`channels_last` or `channels_first`; `None` means what Keras is configured to."""
    if value is None:
        return dialect_of(info).image_data_format
    if (unread := if_unread(value)) is not None:
        return unread  # type: ignore[return-value]  # raises NotKnown when compared
    if isinstance(value, str) and value.lower() in ("channels_last", "channels_first"):
        return value.lower()
    return refuse(
        info,
        "'channels_first' or 'channels_last'",
        value,
        'The `data_format` argument must be one of "channels_first", "channels_last".',
    )


def sizes_of(value: object) -> tuple[Dim, ...]:
    """The sizes of a tuple or list argument; raises `NotKnown` where it is not known."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(as_size(size) for size in value)
    if isinstance(value, UnknownArgument):
        raise NotKnown(value.reason)
    return (as_size(value),)


def identifier_of(kind: IdentifierKind) -> PlainValidator:
    """A function of a kind, or the word for one; a word that the era does not know is refused.

    Keras looks the word up when the layer is made: `get` in keras/src/activations/__init__.py and
    its siblings. The Keras 2 lookup of regularizers gives unknown words back as they are.
    """

    def look_up(value: object, info: ValidationInfo) -> object:
        if isinstance(value, bool | int | float | list | tuple):
            return refuse(
                info,
                f"{_article(kind.noun)} or the name of one",
                value,
                f"Could not interpret {kind.noun} identifier: {value}",
            )
        dialect = dialect_of(info)
        if not isinstance(value, str) or dialect.registers_names:
            return value
        if _takes_any_word(kind, info):
            return value
        if value not in identifiers(kind, dialect.era):
            _refuse_identifier(value, kind, info)
        return value

    return PlainValidator(look_up)


def _takes_any_word(kind: IdentifierKind, info: ValidationInfo) -> bool:
    """Keras 2 keeps an unknown regularizer of a weight, and calls that of an output at once."""
    is_lenient = kind is IdentifierKind.REGULARIZER and dialect_of(info).era is Era.KERAS_2
    return is_lenient and info.field_name != "activity_regularizer"


def _refuse_identifier(word: str, kind: IdentifierKind, info: ValidationInfo) -> NoReturn:
    dialect = dialect_of(info)
    similar = similar_identifiers(word, kind, dialect.era)
    hint = f"; {' or '.join(map(repr, similar))} would be" if similar else ""
    unknown = f"Could not interpret {kind.noun} identifier: {word}"
    if dialect.era < Era.KERAS_3:
        function = "activation function" if kind is IdentifierKind.ACTIVATION else kind.noun
        unknown = f"Unknown {function}: {word!r}"
    raise ShapeConflict(
        f"{dialect.layer}: `{info.field_name}={word!r}` is no {kind.noun} that Keras knows{hint}",
        unknown,
    )


def _article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def anything(value: object, _: ValidationInfo) -> object:
    """An argument that is taken as it is."""
    return value


Units: TypeAlias = Annotated[Dim, PlainValidator(positive_size)]
Size: TypeAlias = Annotated[Dim, PlainValidator(any_size)]
Flag: TypeAlias = Annotated[bool, PlainValidator(flag)]
DataFormat: TypeAlias = Annotated[str, PlainValidator(data_format)]
Anything: TypeAlias = Annotated[object, PlainValidator(anything)]
Activation: TypeAlias = Annotated[object, identifier_of(IdentifierKind.ACTIVATION)]
Initializer: TypeAlias = Annotated[object, identifier_of(IdentifierKind.INITIALIZER)]
Regularizer: TypeAlias = Annotated[object, identifier_of(IdentifierKind.REGULARIZER)]
Constraint: TypeAlias = Annotated[object, identifier_of(IdentifierKind.CONSTRAINT)]
