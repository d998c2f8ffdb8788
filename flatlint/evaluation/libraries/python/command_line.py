"""The command line and the environment: `argparse`, flags, `os.environ`, by their defaults.

A program is judged as it runs without arguments: an option has its default. Whether a switch is on
is not taken from its default, so that both ways of a program are seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from flatlint.evaluation.base import Arguments, Interpreter, method, models, provides
from flatlint.evaluation.joining import join_values
from flatlint.evaluation.libraries import value_at
from flatlint.evaluation.libraries.python.records import namespace
from flatlint.evaluation.objects import DictObject, Instance
from flatlint.evaluation.values import Many, Name, Ref, Value
from flatlint.graph import WhyUnknown
from flatlint.shapes import symbol


@dataclass(frozen=True)
class Parser:
    """An `ArgumentParser` in the state, with the options that it has so far."""

    options: Mapping[str, Value] = field(default_factory=dict)
    is_old: bool = False
    """Whether it is one of `optparse`, which gives options and arguments."""

    def joined(self, other: Parser) -> Parser:
        """What two branches have made of it."""
        options = {**self.options, **other.options}
        for name in self.options.keys() & other.options.keys():
            options[name] = join_values(self.options[name], other.options[name])
        return Parser(options, self.is_old)


@models("argparse.ArgumentParser")
def parser(run: Interpreter, *_: Value, **__: Value) -> Value:
    """A parser without options."""
    return run.allocate(Parser())


@models("optparse.OptionParser")
def old_parser(run: Interpreter, *_: Value, **__: Value) -> Value:
    """A parser without options, of the module that was before `argparse`."""
    return run.allocate(Parser(is_old=True))


@method(Parser, "add_argument", "add_option")
def add_argument(run: Interpreter, ref: Ref, *flags: Value, **options: Value) -> Value:
    """One more option, under the name that the parsed arguments have it by."""
    name = _destination(flags, options)
    if name is not None:
        held = run.object_at(ref)
        assert isinstance(held, Parser)
        value = _value_of(run, name, options)
        run.state.replace(ref, replace(held, options={**held.options, name: value}))
    return None


def _destination(flags: tuple[Value, ...], options: Mapping[str, Value]) -> str | None:
    given = options.get("dest")
    if isinstance(given, str):
        return given
    names = [flag for flag in flags if isinstance(flag, str)]
    long = [name for name in names if name.startswith("--")]
    chosen = (long or names)[:1]
    return chosen[0].lstrip("-").replace("-", "_") if chosen else None


def _value_of(run: Interpreter, name: str, options: Mapping[str, Value]) -> Value:
    default = options.get("default")
    kind = options.get("type")
    if options.get("action", "store") != "store" or isinstance(default, bool):
        return run.unknown(WhyUnknown.FROM_OUTSIDE, f"the switch `--{name}`")
    if (
        isinstance(default, str)
        and kind is not None
        and kind not in (Name("builtins.str"), "string")
    ):
        # argparse converts a default only if it is a string.
        converter = Name(f"builtins.{kind}") if isinstance(kind, str) else kind
        return run.call(converter, Arguments((default,)), run.here.node)
    if default is not None:
        return default
    if kind in (Name("builtins.int"), "int") and "nargs" not in options:
        return symbol(name)
    return run.unknown(WhyUnknown.FROM_OUTSIDE, f"the option `--{name}`")


@method(Parser, "add_argument_group", "add_mutually_exclusive_group", "add_option_group")
def group(run: Interpreter, ref: Ref, *_: Value, **__: Value) -> Value:
    """A group adds its options to the parser."""
    return ref


@method(Parser, "set_defaults")
def set_defaults(run: Interpreter, ref: Ref, **defaults: Value) -> Value:
    """Other defaults."""
    held = run.object_at(ref)
    assert isinstance(held, Parser)
    given = {name: _value_of(run, name, {"default": value}) for name, value in defaults.items()}
    run.state.replace(ref, replace(held, options={**held.options, **given}))
    return None


@method(Parser, "parse_args")
def parse_args(run: Interpreter, ref: Ref, *_: Value, **__: Value) -> Value:
    """Every option as an attribute."""
    held = run.object_at(ref)
    assert isinstance(held, Parser)
    options = namespace(run, "Namespace", dict(held.options))
    return (options, _others(run)) if held.is_old else options


def _others(run: Interpreter) -> Value:
    return Many(run.unknown(WhyUnknown.FROM_OUTSIDE, "an argument of the program"))


@method(Parser, "parse_known_args")
def parse_known_args(run: Interpreter, ref: Ref, *_: Value, **__: Value) -> Value:
    """The options, and the arguments that are none."""
    return parse_args(run, ref), _others(run)


@models("builtins.vars")
def vars_(run: Interpreter, value: Value = None) -> Value:
    """The attributes as a dict."""
    found = run.object_at(value)
    if isinstance(found, Instance):
        return run.allocate(DictObject(dict(found.attributes.items()), found.is_whole))
    return run.unknown(WhyUnknown.NOT_MODELLED, "vars")


@models("os.environ.get", "os.getenv", "os.environ.setdefault")
def environment_variable(run: Interpreter, key: Value, default: Value = None) -> Value:
    """A variable of the environment is taken to be absent."""
    if default is None:
        return run.unknown(WhyUnknown.FROM_OUTSIDE, f"the environment variable `{key}`")
    return default


FLAG_HOMES = (
    "absl.flags",
    "tensorflow.app.flags",
    "tensorflow.flags",
    "tensorflow.compat.v1.flags",
    "tensorflow.compat.v1.app.flags",
    "tensorflow.python.platform.flags",
)
NUMBERS = ("DEFINE_integer", "DEFINE_float")
SWITCHES = ("DEFINE_bool", "DEFINE_boolean")
OTHERS = ("DEFINE_string", "DEFINE_enum", "DEFINE_list", "DEFINE_multi_integer")


@provides(*(f"{home}.FLAGS" for home in FLAG_HOMES))
def flags(run: Interpreter) -> Value:
    """The flags of the program, one object for all of it."""
    return namespace(run, "FLAGS", {})


def _defines(name: str) -> None:
    @models(*(f"{home}.{name}" for home in FLAG_HOMES))
    def define(
        run: Interpreter, flag: Value = "", default: Value = None, *_: Value, **given: Value
    ) -> Value:
        flag = given.get("name", given.get("flag_name", flag))
        default = given.get("default_value", default)
        if not isinstance(flag, str):
            return None
        options: dict[str, Value] = {"default": default}
        if name == "DEFINE_integer":
            options["type"] = Name("builtins.int")
        if name in SWITCHES:
            options["action"] = "store_true"
        value = _value_of(run, flag, options)
        run.set_attribute(value_at(run, f"{FLAG_HOMES[0]}.FLAGS"), flag, value)
        return namespace(run, "FlagHolder", {"value": value})


for _name in (*NUMBERS, *SWITCHES, *OTHERS):
    _defines(_name)


@models("absl.app.run", "tensorflow.app.run", "tensorflow.compat.v1.app.run")
def run_main(run: Interpreter, main: Value = None, *_: Value, **__: Value) -> Value:
    """Calls the program's `main` with what is left of the command line."""
    function = run.lookup("main") if main is None else main
    argv = Many(run.unknown(WhyUnknown.FROM_OUTSIDE, "an argument of the program"))
    return run.call(function, Arguments((argv,)), run.here.node)
