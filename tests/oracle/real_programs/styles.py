"""The ways of writing models that a program shows, so that figures can be given for each."""

from __future__ import annotations

import ast
import re
from enum import Enum
from typing import TYPE_CHECKING

from tests.oracle.real_programs.calls import FUNCTIONS, CallIndex, called_name
from tests.oracle.real_programs.facts import REBUILT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.oracle.real_programs.facts import LayerFact, ModelFact
    from tests.oracle.real_programs.reading import Source

_LOOPS = (ast.For, ast.While, ast.ListComp, ast.GeneratorExp, ast.SetComp, ast.DictComp)
_RECURRENT = re.compile(
    r"(LSTM|GRU|SimpleRNN|RNN|Bidirectional|ConvLSTM\dD)(Cell)?$|StackedRNNCells"
)


class Style(Enum):
    """One way of writing, or one kind of model; a program may show many."""

    SEQUENTIAL_ADD = "sequential-add"
    SEQUENTIAL_LIST = "sequential-list"
    FUNCTIONAL = "functional"
    SUBCLASS_MODEL = "subclass-model"
    CUSTOM_LAYER = "custom-layer"
    BUILDER_FUNCTION = "builder-function"
    UNCALLED_FUNCTION = "uncalled-function"
    METHOD = "method"
    LOOP = "loop"
    NESTED = "nested-or-backbone"
    MULTI_FILE = "multi-file"
    GAN = "gan"
    AUTOENCODER = "autoencoder"
    RECURRENT = "rnn"
    ATTENTION = "attention"
    CONVOLUTIONAL = "cnn"
    EMBEDDING = "embedding"
    LAMBDA = "lambda"
    NOTEBOOK = "notebook"


def styles_of(source: Source, layers: list[LayerFact], models: list[ModelFact]) -> list[str]:
    """The styles of a program, sorted."""
    index = CallIndex(source)
    seen = set(_by_class(layers)) | set(_by_model(layers, models)) | set(_by_text(source))
    for layer in layers:
        call = index.constructor(source.flat_line(layer.cell, layer.line), layer.column)
        if call is not None and layer.scored:
            seen.update(_by_syntax(index, call))
        if layer.uncalled:
            seen.add(Style.UNCALLED_FUNCTION)
        if layer.file is not None:
            seen.add(Style.MULTI_FILE)
    return sorted(style.value for style in seen)


def _by_syntax(index: CallIndex, call: ast.Call) -> Iterable[Style]:
    parent = index.parent.get(call)
    around = list(index.around(call))
    if isinstance(parent, ast.Call):
        if parent.func is call:
            yield Style.FUNCTIONAL
        elif called_name(parent) == "add":
            yield Style.SEQUENTIAL_ADD
    elif isinstance(parent, ast.List | ast.Tuple):
        outer = next((n for n in around if isinstance(n, ast.Call)), None)
        if outer is not None and called_name(outer) == "Sequential":
            yield Style.SEQUENTIAL_LIST
    if any(isinstance(n, _LOOPS) for n in around):
        yield Style.LOOP
    functions = [n for n in around if isinstance(n, FUNCTIONS)]
    if functions and any(isinstance(n, ast.ClassDef) for n in around):
        yield Style.METHOD
    if functions and any(_own_parameters(f) for f in functions):
        yield Style.BUILDER_FUNCTION


def _own_parameters(function: ast.AST) -> bool:
    if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    return any(a.arg not in ("self", "cls") for a in function.args.args)


def _by_class(layers: Iterable[LayerFact]) -> Iterable[Style]:
    for layer in layers:
        name = layer.class_name
        if layer.custom and not layer.model:
            yield Style.CUSTOM_LAYER
        if layer.via == "application":
            yield Style.NESTED
        if _RECURRENT.match(name):
            yield Style.RECURRENT
        if "Attention" in name:
            yield Style.ATTENTION
        if name.startswith(("Conv", "SeparableConv", "DepthwiseConv")):
            yield Style.CONVOLUTIONAL
        if name == "Embedding":
            yield Style.EMBEDDING
        if name == "Lambda":
            yield Style.LAMBDA


def _by_model(layers: list[LayerFact], models: Iterable[ModelFact]) -> Iterable[Style]:
    for model in models:
        if layers[model.layer].via in REBUILT:
            continue
        if model.kind == "functional":
            yield Style.FUNCTIONAL
        if model.kind == "subclass":
            yield Style.SUBCLASS_MODEL
        if any(isinstance(entry, int) and layers[entry].model for entry in model.layers):
            yield Style.NESTED


def _by_text(source: Source) -> Iterable[Style]:
    name, text = source.path.name.lower(), source.text.lower()
    if "gan" in name or "pix2pix" in name or ("discriminator" in text and "generator" in text):
        yield Style.GAN
    if "autoenc" in name or "vae" in name or ("decoder" in text and "encoder" in text):
        yield Style.AUTOENCODER
    if source.path.suffix == ".ipynb":
        yield Style.NOTEBOOK
