"""Evaluating a whole program: its statements, then what nothing in it calls, then its models."""

from __future__ import annotations

from collections.abc import Container, Iterator
from contextlib import suppress
from dataclasses import dataclass

import libcst as cst

from flatlint.catalogue.eras import Era
from flatlint.evaluation.base import Arguments, BudgetEnded, Flow
from flatlint.evaluation.bounds import STEP_BUDGET, UNCALLED_STEPS
from flatlint.evaluation.classes import find_in_class
from flatlint.evaluation.dividing import Division
from flatlint.evaluation.functions import call_with_symbols, parameters_as_symbols
from flatlint.evaluation.interpreter import Run
from flatlint.evaluation.later_attributes import changes_of_uncalled, forget
from flatlint.evaluation.modules import ModuleLoader, NoProject
from flatlint.evaluation.objects import LayerObject
from flatlint.evaluation.patience import Patience
from flatlint.evaluation.values import Function, Ref, UserClass, Value
from flatlint.graph import ModelGraph, ProgramFacts, WhyUnknown
from flatlint.parsing.nodes import nodes_within
from flatlint.parsing.parsed_source import ParsedSource
from flatlint.sources.project import package_of


@dataclass(frozen=True)
class Edition:
    """The Keras that a file is judged by: every era that it may belong to."""

    eras: tuple[Era, ...] = (Era.KERAS_2, Era.KERAS_3)
    is_legacy: bool = False
    """Whether a Keras 2 program may run on standalone Keras 2.0 to 2.3.1."""
    division: Division = Division.EXACT
    release: tuple[int, ...] = ()
    """The release of Keras that the user names: `(3, 15)`; empty where only the era is known."""
    image_data_format: str | None = "channels_last"
    """What Keras is taken to be configured to; `None` where the program speaks against the default.
    """


def evaluate_program(
    source: ParsedSource,
    edition: Edition,
    loader: ModuleLoader | None = None,
    step_budget: int = STEP_BUDGET,
) -> ProgramFacts:
    """Everything that the program is found to build and do; nothing of it is run."""
    run = Run(source, edition.eras, loader or NoProject(), step_budget, edition.is_legacy)
    run.image_data_format = edition.image_data_format
    run.division = edition.division
    run.keras_release = edition.release
    if source.source.path is not None:
        run.frame.package = package_of(source.source.path)
    try:
        run.execute(source.module.body)
        _evaluate_uncalled(run)
    except BudgetEnded:
        # What is known so far stays; the recorder says where the budget ended.
        pass
    return ProgramFacts(
        source,
        edition.eras,
        run.recorder.layers,
        run.recorder.calls,
        tuple(_models(run)),
        run.recorder.compiles,
        run.recorder.data_calls,
        run.recorder.shapes,
        run.recorder.comparisons,
        run.recorder.loss_calls,
        run.recorder.escaped,
        run.recorder.budget_ended,
        frozenset(run.recorder.wrapped),
        edition.is_legacy,
    )


def _evaluate_uncalled(run: Run) -> None:
    """Functions and methods that nothing has called.

    Those come first that none of the others calls, then the last defined: what calls a function
    passes arguments that tell more than the defaults do.
    """
    variables = run.state.variables
    own = (value for (frame, _), value in variables.items() if frame == run.frame.number)
    things = (value for value in own if isinstance(value, Function | UserClass))
    left = [thing for thing in things if _is_left(run, thing)][::-1]
    called = {name for value in left for name in _called_in(value)}
    patience = Patience(run, UNCALLED_STEPS)
    for value in sorted(left, key=lambda value: value.name in called):
        if patience.is_over:
            break
        if isinstance(value, UserClass):
            _evaluate_class(run, value)
        elif id(value.node) not in run.called:
            _alone(run, value, None)


def _is_left(run: Run, thing: Function | UserClass) -> bool:
    is_called = isinstance(thing, Function) and id(thing.node) in run.called
    return thing.site.source is run.frame.source and not is_called


def _called_in(value: Function | UserClass) -> Iterator[str]:
    for node in nodes_within(value.node.body):
        match node:
            case cst.Call(func=cst.Name(value=name)) if name != value.name:
                yield name


def _evaluate_class(run: Run, cls: UserClass) -> None:
    methods = [
        value
        for (frame, _), value in run.state.variables.items()
        if frame == cls.frame and isinstance(value, Function)
    ]
    if not any(id(method.node) not in run.called for method in methods):
        return
    receiver, called = _receiver(run, cls)
    changes = changes_of_uncalled(run, cls, called)
    patience = Patience(run, UNCALLED_STEPS)
    for method in methods:
        if id(method.node) not in run.called and not patience.is_over:
            others = (names for node, names in changes.items() if node != id(method.node))
            _alone(run, method, receiver, frozenset[str]().union(*others))


def _receiver(run: Run, cls: UserClass) -> tuple[Value, set[int]]:
    """An object of the class, and the functions that may have been called on it.

    What other objects of a base class were called with tells nothing of an object made here.
    """
    for address, held in reversed(run.state.objects.items()):
        if _class_of(held) is cls:
            return Ref(address), run.called
    called_before, run.called = run.called, set()
    receiver = _instance_of_symbols(run, cls)
    called, run.called = run.called, run.called | called_before
    return receiver, called


def _class_of(held: object) -> UserClass | None:
    instance = getattr(held, "instance", held)
    return getattr(instance, "cls", None)


def _instance_of_symbols(run: Run, cls: UserClass) -> Value:
    """An instance made with its parameters standing for themselves."""
    init = find_in_class(run, cls, "__init__")
    arguments = Arguments()
    if isinstance(init, Function) and isinstance(init.node, cst.FunctionDef):
        _, *others = [*parameters_as_symbols(init).items()] or [("", None)]
        parameters = init.node.params
        arguments = Arguments(
            (),
            dict(others),
            open_positional=isinstance(parameters.star_arg, cst.Param),
            open_keywords=parameters.star_kwarg is not None,
        )
    before = run.state
    try:
        return run.call(cls, arguments, cls.node)
    except RecursionError:
        run.state = before
        return run.unknown(WhyUnknown.TOO_DEEP, f"`{cls.name}`", cls.node)


def _alone(
    run: Run, function: Function, receiver: Value | None, changed: Container[str] = ()
) -> None:
    """Evaluate one function with its effects on the state taken back, its facts kept.

    `changed` are the attributes of the receiver that other methods may have changed before.
    """
    if function.kind == "staticmethod":
        receiver = None
    elif function.kind == "classmethod":
        receiver = function.owner
    before = run.state

    def body() -> Flow:
        # What nests too deep is left out from where it does, as in `execute`.
        with suppress(RecursionError):
            forget(run, receiver, changed)
            call_with_symbols(run, function, receiver)
        return Flow.NEXT

    run.patiently(lambda: run.run_arms([body]))
    # Objects that the function made stay, so that its models can be listed.
    made = run.state.objects
    run.state = before
    for address in made.keys() - before.objects.keys():
        run.state.replace(Ref(address), made[address])


def _models(run: Run) -> Iterator[ModelGraph]:
    """Every model in the order of creation, with the first variable that holds it."""
    if not any(isinstance(held, LayerObject) for held in run.state.objects.values()):
        return
    from flatlint.evaluation.libraries.keras.models.summarising import is_model, model_graph

    names: dict[Value, str] = {}
    for (_, name), value in run.state.variables.items():
        if isinstance(value, Ref) and name != "self":
            names.setdefault(value, name)
    for address, held in sorted(run.state.objects.items()):
        if isinstance(held, LayerObject) and is_model(held):
            # A model that holds itself, through others or not, has no list of layers.
            with suppress(RecursionError):
                yield model_graph(run, Ref(address), names.get(Ref(address)))
