"""Weights & Biases: one set of settings for a program, which it fills and reads as attributes."""

from __future__ import annotations

from dataclasses import dataclass

from flatlint.evaluation.base import CONSTANTS, Interpreter, attribute, method, models, provides
from flatlint.evaluation.libraries import value_at
from flatlint.evaluation.libraries.python.records import namespace
from flatlint.evaluation.objects import DictObject, Instance
from flatlint.evaluation.values import Ref, Value
from flatlint.graph import WhyUnknown


@dataclass(frozen=True)
class SettingsObject(Instance):
    """`wandb.config`: attributes that can be read and set as items too."""


@dataclass(frozen=True)
class WandbRun:
    """What `wandb.init()` returns."""


CONSTANTS["wandb.run"] = WandbRun()


@provides("wandb.config")
def config(run: Interpreter) -> Value:
    """The settings, empty at first."""
    return namespace(run, "Config", {}, SettingsObject)


@models("wandb.init")
def init(run: Interpreter, *_: Value, **options: Value) -> Value:
    """Begins a run, with settings if some are given."""
    settings = value_at(run, "wandb.config")
    assert isinstance(settings, Ref)
    update(run, settings, options.get("config"))
    return WandbRun()


@attribute(WandbRun, "config")
def config_of_run(run: Interpreter, wandb_run: Value) -> Value:
    """The settings of the program."""
    return value_at(run, "wandb.config")


@method(SettingsObject, "update", "setdefaults")
def update(run: Interpreter, ref: Ref, settings: Value = None, **_: Value) -> Value:
    """More settings, from a dict or from parsed arguments."""
    found = run.object_at(settings)
    given = {}
    if isinstance(found, DictObject):
        given = {key: value for key, value in found.entries.items() if isinstance(key, str)}
    elif isinstance(found, Instance):
        given = dict(found.attributes)
    for name, value in given.items():
        run.set_attribute(ref, name, value)
    return None


@method(SettingsObject, "__setitem__")
def set_item(run: Interpreter, ref: Ref, name: Value, value: Value) -> Value:
    """`config["units"] = 10`."""
    if isinstance(name, str):
        run.set_attribute(ref, name, value)
    return None


@method(SettingsObject, "__getitem__", "get")
def item(run: Interpreter, ref: Ref, name: Value, default: Value = None) -> Value:
    """`config["units"]`."""
    found = run.object_at(ref)
    assert isinstance(found, Instance)
    if isinstance(name, str) and name in found.attributes:
        return found.attributes[name]
    return run.unknown(WhyUnknown.ARGUMENT, "a setting")
