"""What every layer takes: a name, `trainable`, a dtype, the input that it declares."""

from __future__ import annotations

import re
from typing import Annotated, TypeAlias

from pydantic import PlainValidator, ValidationInfo

from flatlint.catalogue.arguments import (
    UnknownArgument,
    dialect_of,
    if_unread,
    is_symbolic,
    refuse,
)
from flatlint.catalogue.eras import Era

_SCOPE = re.compile(r"^[A-Za-z0-9.][A-Za-z0-9_.\\/>-]*$")
"""What Keras 2 takes for the name of a scope, which a layer opens when it is called."""

_SIZED_DTYPES = frozenset(
    {
        "bool",
        "string",
        "bfloat16",
        "float16",
        "float32",
        "float64",
        "complex64",
        "complex128",
        "int8",
        "int16",
        "int32",
        "int64",
        "uint8",
        "uint16",
        "uint32",
        "uint64",
        "float8_e4m3fn",
        "float8_e5m2",
    }
)
_POLICIES = frozenset({"mixed_float16", "mixed_bfloat16"})
_TENSORFLOW_DTYPES = frozenset(
    {
        "half",
        "float",
        "double",
        "resource",
        "variant",
        "_infer",
        "infer",
        "qint8",
        "qint16",
        "qint32",
        "quint8",
        "quint16",
        "int4",
        "uint4",
        "int2",
        "uint2",
        "float8_e4m3b11fnuz",
        "float8_e4m3fnuz",
        "float8_e5m2fnuz",
        "float4_e2m1fn",
    }
)


def layer_name(value: object, info: ValidationInfo) -> object:
    """A string; Keras 3 takes no slash in it, Keras 2 only what can name a scope.

    Source: keras/src/ops/operation.py; `name_scope` of TensorFlow, opened by tf_keras.
    """
    if value is None or isinstance(value, UnknownArgument) or is_symbolic(value):
        return value
    keras_3 = dialect_of(info).era is Era.KERAS_3
    if isinstance(value, bool | int | float | list | tuple | dict) or (
        keras_3 and isinstance(value, str) and "/" in value
    ):
        refuse(
            info,
            "a string without a slash" if keras_3 else "a string",
            value,
            "Argument `name` must be a string and cannot contain character `/`. Received: "
            f"name={value}"
            if keras_3
            else f"Expected `name` argument to be a string, but got: {value}",
        )
    in_keras_2 = dialect_of(info).era is Era.KERAS_2
    if in_keras_2 and isinstance(value, str) and value and not _SCOPE.match(value):
        refuse(
            info,
            "made of letters, digits and _.\\/>- and begin with a letter, a digit or a dot",
            value,
            f"'{value}/' is not a valid root scope name. A root scope name has to match the "
            f"following pattern: {_SCOPE.pattern}",
        )
    return value


def trainable(value: object, info: ValidationInfo) -> object:
    """A boolean and nothing that resembles one."""
    if isinstance(value, bool) or is_symbolic(value):
        return value
    if value is None or isinstance(value, int | float | str | list | tuple | dict):
        refuse(
            info,
            "True or False",
            value,
            f"Expected `trainable` to be a boolean. Received: trainable={value!r}"
            if dialect_of(info).era is Era.KERAS_3
            else f"Expected `trainable` argument to be a boolean, but got: {value}",
        )
    return value


def dtype(value: object, info: ValidationInfo) -> object:
    """A dtype or a policy of mixed precision, as a string or as an object of a library.

    Source: keras/src/dtype_policies/dtype_policy.py; `tf.as_dtype` for Keras 2.
    """
    if dialect_of(info).era is Era.KERAS_3:
        _require_keras_3_dtype(value, info)
    elif isinstance(value, str) and value not in _SIZED_DTYPES | _TENSORFLOW_DTYPES | _POLICIES:
        refuse(
            info,
            "the name of a dtype",
            value,
            f"Cannot convert the argument `type_value`: {value!r} to a TensorFlow DType.",
        )
    return value


def _require_keras_3_dtype(value: object, info: ValidationInfo) -> None:
    if isinstance(value, bool | int | float | list | tuple):
        refuse(
            info,
            "the name of a dtype",
            value,
            "Cannot interpret `dtype` argument. Expected a string or an instance of "
            f"DTypePolicy. Received: dtype={value}",
        )
    if not isinstance(value, str) or value in _SIZED_DTYPES | _POLICIES | {"int"}:
        return
    if "_from_" not in value:
        refuse(
            info,
            "the name of a dtype",
            value,
            f"Cannot convert '{value}' to a mixed precision DTypePolicy.",
        )


def declared_shape(value: object, info: ValidationInfo) -> object:
    """The sizes of an input; Keras 2 goes through them when the layer is made.

    What a caller decides may be a tuple of any length as well as a number.
    """
    if dialect_of(info).era < Era.KERAS_3 and (value is None or isinstance(value, int | float)):
        refuse(
            info,
            "a tuple of sizes",
            value,
            f"'{type(value).__name__}' object is not iterable",
        )
    unread = if_unread(value)
    return value if unread is None else unread


LayerName: TypeAlias = Annotated[object, PlainValidator(layer_name)]
Trainable: TypeAlias = Annotated[object, PlainValidator(trainable)]
DType: TypeAlias = Annotated[object, PlainValidator(dtype)]
DeclaredShape: TypeAlias = Annotated[object, PlainValidator(declared_shape)]
