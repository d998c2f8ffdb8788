"""Signatures: which parameters a callable of Keras has in an era, in order, with defaults.

They come from the tables under `data/`, which real packages were asked for; a signature is read
out of its table when somebody asks for it.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

from flatlint.catalogue.conversions import Interface, interface_of, modern_class
from flatlint.catalogue.eras import Era
from flatlint.catalogue.tables import tables_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ANY_KEYWORD = "no_such_keyword"
"""Stands in a table for a constructor that swallows whatever keyword it gets."""

OF_APPLICATIONS = frozenset({
    "activation", "backend", "blocks_args", "classifier_activation", "default_size",
    "depth_divisor", "drop_connect_rate", "layers", "model_name", "models", "utils", "weights_name",
})  # fmt: skip
"""What ready-made models of Keras 2 take through `**kwargs`: the rest is refused by hand."""

OF_FUNCTIONS = {"Input": frozenset({"batch_shape", "batch_input_shape"})}
"""What functions among the layers of Keras 2 take through `**kwargs` where that is not a layer."""

_INITIALIZER = "_initializer"

STANDALONE = "keras 2.3.1"
"""The last Keras 2 outside TensorFlow: it translated Keras 1's arguments."""


class Kind(Enum):
    """How a parameter takes its argument."""

    POSITIONAL = "positional or keyword"
    KEYWORD = "keyword only"
    VAR_POSITIONAL = "*args"
    VAR_KEYWORD = "**kwargs"


class Default(Enum):
    """What stands for a default that cannot be written down."""

    REQUIRED = "there is none"
    NOT_LITERAL = "a function, an object"


class Section(Enum):
    """The part of Keras that a callable belongs to."""

    LAYERS = "layers"
    LAYER_FUNCTIONS = "layer_functions"
    MODELS = "models"
    MODEL_FUNCTIONS = "model_functions"
    MODEL_METHODS = "model_methods"
    LOSSES = "losses"
    METRICS = "metrics"
    OPTIMIZERS = "optimizers"
    APPLICATIONS = "applications"
    OPERATIONS = "operations"


@dataclass(frozen=True)
class Parameter:
    """One parameter of a callable; `default` is a Python value or a `Default`."""

    name: str
    kind: Kind = Kind.POSITIONAL
    default: object = Default.REQUIRED

    @property
    def is_required(self) -> bool:
        """Whether a call must give it."""
        plain = self.kind in (Kind.POSITIONAL, Kind.KEYWORD)
        return plain and self.default is Default.REQUIRED


@dataclass(frozen=True)
class Signature:
    """The parameters of one callable in one era.

    `keras_name` is the class as its Keras calls it, `class_name` the class as Keras 3 does: they
    differ for Keras 1 alone. `defined_by` is the class whose constructor it is, which messages
    name. `extras` are keywords that the constructor takes through `**kwargs`. `interface`
    translates Keras 1's arguments: always in Keras 1, in Keras 2 where the program may run on
    standalone Keras.
    """

    era: Era
    keras_name: str
    class_name: str
    parameters: tuple[Parameter, ...]
    extras: frozenset[str] = frozenset()
    takes_any_keyword: bool = False
    is_constructor: bool = True
    interface: Interface | None = field(default=None, repr=False)
    defined_by: str = ""

    @property
    def positional(self) -> tuple[Parameter, ...]:
        """The parameters that can be given by position, in order."""
        return tuple(p for p in self.parameters if p.kind is Kind.POSITIONAL)

    @property
    def takes_any_positional(self) -> bool:
        """Whether there is a `*args`."""
        return any(p.kind is Kind.VAR_POSITIONAL for p in self.parameters)

    @property
    def has_var_keyword(self) -> bool:
        """Whether there is a `**kwargs`."""
        return any(p.kind is Kind.VAR_KEYWORD for p in self.parameters)

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of that name that a call can give."""
        for parameter in self.parameters:
            if parameter.name == name and parameter.kind in (Kind.POSITIONAL, Kind.KEYWORD):
                return parameter
        return None

    def accepts_keyword(self, name: str) -> bool:
        """Whether Keras takes that keyword, as a parameter or through `**kwargs`."""
        return self.takes_any_keyword or name in self.extras or self.parameter(name) is not None

    def defaults(self) -> dict[str, object]:
        """Literal defaults by the parameter's own name."""
        return {p.name: p.default for p in self.parameters if not isinstance(p.default, Default)}


@cache
def signature_of(
    era: Era,
    name: str,
    section: Section = Section.LAYERS,
    *,
    legacy_keras: bool = False,
) -> Signature | None:
    """The signature of a callable by any of its public names, or `None` where the era lacks it.

    `name` is as the program spells it: in Keras 1 `AtrousConvolution2D` and `Conv2D` take their
    arguments in different orders though both are Conv2D today. With `legacy_keras` a Keras 2
    program may run on standalone Keras 2.0 to 2.3.1, which took Keras 1's arguments too.
    """
    found = [entry for table in tables_of(era) if (entry := _entry(table, section, name))]
    if not found:
        return None
    first = found[0]
    extras = set(first.extras)
    if legacy_keras:
        for other in found[1:]:
            extras |= {*other.extras, *(p.name for p in _parse(other.takes))}
    parameters = _parse(first.takes)
    if era is Era.KERAS_2:
        extras |= {_layout_for(p.name) for p in parameters if p.name.endswith(_INITIALIZER)}
    has_var_keyword = any(p.kind is Kind.VAR_KEYWORD for p in parameters)
    is_open_function = section is Section.LAYER_FUNCTIONS and has_var_keyword
    own_keywords = OF_FUNCTIONS.get(name) if is_open_function else None
    if own_keywords is not None:
        extras |= own_keywords
    keras_name = first.name
    is_layer = section is Section.LAYERS
    is_application = section is Section.APPLICATIONS
    is_checked = is_application or own_keywords is not None
    if is_application and has_var_keyword:
        extras |= OF_APPLICATIONS
    is_old = era is Era.KERAS_1 or first.is_standalone
    return Signature(
        era=era,
        keras_name=keras_name,
        class_name=modern_class(keras_name) if is_layer and is_old else keras_name,
        parameters=parameters,
        extras=frozenset(extras - {ANY_KEYWORD}),
        takes_any_keyword=ANY_KEYWORD in extras
        or (has_var_keyword and not first.is_probed and not is_checked),
        is_constructor=first.is_class,
        defined_by=first.defined_by,
        interface=interface_of(era, keras_name) if is_layer and (is_old or legacy_keras) else None,
    )


def _layout_for(initializer: str) -> str:
    """What tf_keras takes beside an initializer: tf_keras/src/dtensor/utils.py adds it."""
    return initializer.removesuffix(_INITIALIZER) + "_layout"


@dataclass(frozen=True)
class _Entry:
    """One callable as a table holds it."""

    name: str
    takes: str
    extras: tuple[str, ...]
    is_probed: bool
    is_class: bool
    is_standalone: bool
    defined_by: str


def _entry(table: Mapping[str, Any], section: Section, name: str) -> _Entry | None:
    place = table.get(section.value, {})
    if section is Section.LAYERS:
        name = table["aliases"].get(name, name)
    if "classes" in place:
        place = {**place["functions"], **place["classes"]}
    if name not in place:
        return None
    held = place[name]
    entry = {"takes": held} if isinstance(held, str) else held
    return _Entry(
        name=name,
        takes=entry["takes"],
        extras=tuple(table["extras"][entry["also"]]) if "also" in entry else (),
        is_probed="also" in entry,
        is_class=not isinstance(held, str) and "paths" not in entry,
        is_standalone=table["version"] == STANDALONE,
        defined_by=entry.get("by", name),
    )


def _parse(text: str) -> tuple[Parameter, ...]:
    function = ast.parse(f"def f({text}): pass").body[0]
    assert isinstance(function, ast.FunctionDef)
    return tuple(_parameters(function.args))


def _parameters(arguments: ast.arguments) -> Iterator[Parameter]:
    names = [*arguments.posonlyargs, *arguments.args]
    bare = len(names) - len(arguments.defaults)
    for position, name in enumerate(names):
        default = arguments.defaults[position - bare] if position >= bare else None
        yield Parameter(name.arg, Kind.POSITIONAL, _default(default))
    if arguments.vararg:
        yield Parameter(arguments.vararg.arg, Kind.VAR_POSITIONAL)
    for name, keyword_default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        yield Parameter(name.arg, Kind.KEYWORD, _default(keyword_default))
    if arguments.kwarg:
        yield Parameter(arguments.kwarg.arg, Kind.VAR_KEYWORD)


def _default(node: ast.expr | None) -> object:
    if node is None:
        return Default.REQUIRED
    value = ast.literal_eval(node)
    return Default.NOT_LITERAL if value is ... else value
