"""Binding: which argument of a call goes to which parameter, and when Keras refuses the call."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeVar

from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.conversions import (
    BEFORE_RESET_AFTER,
    KERNELS,
    SEQUENCES,
    WITHOUT_SUCCESSOR,
    PlainValues,
    Values,
    convert,
    interface_of,
)
from flatlint.catalogue.eras import Era

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from flatlint.catalogue.signatures import Signature

T = TypeVar("T")

SET_BY_THE_LAYER = {
    "ActivityRegularization": ("activity_regularizer", "Layer"),
    "CenterCrop": ("autocast", "Layer"),
    "RandomCrop": ("autocast", "BaseRandomLayer"),
}
"""A keyword that a layer passes to its base itself, so that a caller's own clashes with it."""


class BindingConflict(ShapeConflict):
    """Keras, or Python for it, refuses a call for its arguments' names or number.

    `keras_message` is what is raised, shortened; `exception_type` the name of its class.
    """

    def __init__(self, message: str, keras_message: str, exception_type: str = "TypeError") -> None:
        super().__init__(message, f"{exception_type}: {keras_message}")
        self.keras_message = keras_message
        self.exception_type = exception_type


def bind(
    signature: Signature,
    positional: Sequence[T] = (),
    keywords: Mapping[str, T] | None = None,
    *,
    open_positional: bool = False,
    open_keywords: bool = False,
    values: Values[T] | None = None,
) -> dict[str, T]:
    """The arguments that a call gives, by today's parameter names; defaults are not filled in.

    `open_positional` says that more positional arguments follow that could not be read (`*rest`;
    `positional` holds those before it), `open_keywords` the same of `**rest`: then no argument is
    called missing. `values` says how to read and make values of type T; without it they are
    Python values. Raises `BindingConflict` where the Keras of the signature raises.
    """
    values = values or PlainValues()
    given = dict(keywords or {})
    if signature.interface is not None and not _is_in_old_names(signature):
        positional, given = _from_legacy(signature, positional, given, values)
    _require_known_keywords(signature, given)
    bound = _by_position(signature, positional, given)
    if not open_positional and not open_keywords:
        _require_all(signature, {**bound, **given})
    _require_recognised(signature, given, values)
    bound.update(given)
    if signature.interface is not None and _is_in_old_names(signature):
        bound = convert(signature.interface, bound, values)
    if signature.era is Era.KERAS_1:
        for name, value in BEFORE_RESET_AFTER.get(signature.class_name, {}).items():
            bound[name] = values.make(value)
    return _with_input_shape(signature, bound, values)


def defaults_of(signature: Signature) -> dict[str, object]:
    """Literal defaults by today's parameter names, with today's values."""
    defaults = signature.defaults()
    if signature.interface is None:
        return defaults
    return convert(signature.interface, defaults, PlainValues[object]())


def _is_in_old_names(signature: Signature) -> bool:
    """Whether the parameters themselves bear Keras 1's names."""
    return signature.era is Era.KERAS_1 or signature.class_name in WITHOUT_SUCCESSOR


def _from_legacy(
    signature: Signature, positional: Sequence[T], keywords: dict[str, T], values: Values[T]
) -> tuple[Sequence[T], dict[str, T]]:
    """Arguments as standalone Keras 2 passes them on after translating Keras 1's."""
    assert signature.interface is not None
    axes = {"conv3d_args_preprocessor": 3}.get(signature.interface.preprocessor, 2)
    is_conv = "conv" in signature.interface.preprocessor and "conv1d" not in (
        signature.interface.preprocessor
    )
    if is_conv:
        positional, keywords = _with_kernel(axes, positional, keywords, values)
    for old, new in signature.interface.renames:
        if old in keywords and new in keywords:
            raise BindingConflict(
                f"{signature.keras_name} gets `{new}` twice, once under its old name `{old}`",
                f"For the `{new}` argument, the layer received both the legacy keyword argument "
                f"`{old}` and the Keras 2 keyword argument `{new}`. Stick to the latter!",
            )
    if signature.interface.preprocessor == "deconv2d_args_preprocessor":
        # 2.0 to 2.3 let it pass with a warning: the output shape follows from the other arguments.
        keywords = {name: value for name, value in keywords.items() if name != "output_shape"}
    return positional, convert(signature.interface, keywords, values)


def _with_kernel(
    axes: int, positional: Sequence[T], keywords: dict[str, T], values: Values[T]
) -> tuple[Sequence[T], dict[str, T]]:
    """`Conv2D(32, 3, 3)` means a kernel of 3 by 3 in standalone Keras 2, as it did in Keras 1."""
    names = KERNELS[axes - 2]
    sizes = list(positional[1 : axes + 1])
    rest = list(names[len(sizes) :])
    if not sizes or any(isinstance(values.read(size), tuple | list | str) for size in sizes):
        return positional, keywords
    if rest and not all(name in keywords for name in rest):
        return positional, keywords
    sizes += [keywords[name] for name in rest]
    keywords = {name: value for name, value in keywords.items() if name not in rest}
    return [positional[0], values.join(sizes), *positional[axes + 1 :]], keywords


def _require_known_keywords(signature: Signature, keywords: Mapping[str, T]) -> None:
    """Without a `**kwargs` Python itself refuses a keyword that is no parameter."""
    if signature.has_var_keyword:
        return
    for name in keywords:
        if signature.parameter(name) is None and name not in signature.extras:
            raise BindingConflict(
                _unknown(signature, [name]),
                f"{_called(signature)} got an unexpected keyword argument {name!r}",
            )


def _by_position(
    signature: Signature, positional: Sequence[T], keywords: Mapping[str, T]
) -> dict[str, T]:
    parameters = signature.positional
    bound = {
        parameter.name: value for parameter, value in zip(parameters, positional, strict=False)
    }
    for name in bound:
        if name in keywords:
            raise BindingConflict(
                f"{signature.keras_name} gets `{name}` twice: by position and by name",
                f"{_called(signature)} got multiple values for argument {name!r}",
            )
    if len(positional) > len(parameters) and not signature.takes_any_positional:
        raise BindingConflict(
            f"{signature.keras_name} takes at most {len(parameters)} positional arguments and "
            f"gets {len(positional)}",
            _too_many(signature, len(positional)),
        )
    return bound


def _too_many(signature: Signature, given: int) -> str:
    own = 1 if signature.is_constructor else 0
    most = len(signature.positional) + own
    least = sum(1 for p in signature.positional if p.is_required) + own
    counted = f"{most}" if least == most else f"from {least} to {most}"
    plural = "" if most == 1 else "s"
    return (
        f"{_called(signature)} takes {counted} positional argument{plural} "
        f"but {given + own} were given"
    )


def _require_all(signature: Signature, given: Mapping[str, T]) -> None:
    missing = [p.name for p in signature.parameters if p.is_required and p.name not in given]
    if missing:
        plural = "" if len(missing) == 1 else "s"
        raise BindingConflict(
            f"{signature.keras_name} needs {_listed(f'`{name}`' for name in missing)}",
            f"{_called(signature)} missing {len(missing)} required positional argument{plural}: "
            f"{_listed(repr(name) for name in missing)}",
        )


def _require_recognised(signature: Signature, keywords: Mapping[str, T], values: Values[T]) -> None:
    """With a `**kwargs` Keras looks through what is in it."""
    unknown = [name for name in keywords if not signature.accepts_keyword(name)]
    if not unknown:
        return
    message = _unknown(signature, unknown)
    keyword, base = SET_BY_THE_LAYER.get(signature.keras_name, ("", ""))
    if unknown[0] == keyword:
        raise BindingConflict(
            message, f"{base}.__init__() got multiple values for keyword argument {keyword!r}"
        )
    if signature.era is Era.KERAS_3:
        shown = ", ".join(f"{name!r}: {_shown(keywords[name], values)}" for name in unknown)
        keras = f"Unrecognized keyword arguments passed to {signature.keras_name}: {{{shown}}}"
        if signature.keras_name in ("IntegerLookup", "StringLookup"):
            keras = f"Unrecognized keyword argument(s): {{{shown}}}"
        raise BindingConflict(message, keras, "ValueError")
    if signature.keras_name == "InputLayer" and signature.era is Era.KERAS_2:
        raise BindingConflict(message, f"Unrecognized keyword arguments: {unknown}", "ValueError")
    raise BindingConflict(message, f"('Keyword argument not understood:', {unknown[0]!r})")


def _unknown(signature: Signature, names: Sequence[str]) -> str:
    listed = _listed(f"`{name}`" for name in names)
    return f"{signature.keras_name} does not take {listed}{_hint(signature, names[0])}"


def _hint(signature: Signature, name: str) -> str:
    modern = interface_of(Era.KERAS_2, signature.class_name).modern_name(name)
    if modern and signature.parameter(modern):
        return f": Keras 1's `{name}` is `{modern}` today"
    known = [parameter.name for parameter in signature.parameters]
    near = get_close_matches(name, known, n=1, cutoff=0.75)
    return f": did you mean `{near[0]}`?" if near else ""


def _with_input_shape(signature: Signature, bound: dict[str, T], values: Values[T]) -> dict[str, T]:
    """`input_dim`, and `input_length` with it, as the `input_shape` that it stands for."""
    if "input_dim" not in bound or signature.class_name in ("Embedding", "ReversibleEmbedding"):
        return bound
    if signature.era is Era.KERAS_3 and "input_shape" in bound:
        raise BindingConflict(
            f"{signature.keras_name} gets both `input_dim` and `input_shape`",
            f"Unrecognized keyword arguments passed to {signature.keras_name}: "
            "{'input_shape': …}",
            "ValueError",
        )
    size = bound.pop("input_dim")
    length = bound.pop("input_length", None) if _has_length(signature) else None
    if "input_shape" in bound or values.read(size) is None:
        return bound
    if _has_length(signature):
        sizes = [values.make(None) if length is None else length, size]
    else:
        sizes = [size]
    return {**bound, "input_shape": values.join(sizes)}


def _has_length(signature: Signature) -> bool:
    """Whether `input_dim` describes the vectors of a sequence and not the whole input."""
    if signature.era is Era.KERAS_2 and signature.accepts_keyword("input_length"):
        return True
    if signature.interface is None:
        return False
    sequences = signature.interface.preprocessor in SEQUENCES
    return sequences or signature.keras_name == "TimeDistributedDense"


def _called(signature: Signature) -> str:
    name = signature.defined_by or signature.keras_name
    return f"{name}.__init__()" if signature.is_constructor else f"{name}()"


def _shown(value: T, values: Values[T]) -> str:
    literal = values.read(value)
    is_plain = literal is None or isinstance(literal, bool | int | float | str | tuple | list)
    return repr(literal) if is_plain else "…"


def _listed(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
