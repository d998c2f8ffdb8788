"""The interpreter: one run over a program, held together by the registries of `base`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import reduce
from itertools import count

import libcst as cst

from flatlint.catalogue.eras import Era
from flatlint.evaluation import attributes, calls, expressions, statements
from flatlint.evaluation.base import (
    EVALUATORS,
    EXECUTORS,
    Arguments,
    BudgetEnded,
    Flow,
    Frame,
    FrameKind,
    Guarded,
)
from flatlint.evaluation.bounds import MAX_LAYERS, STEP_BUDGET
from flatlint.evaluation.dividing import Division
from flatlint.evaluation.meeting import join_states
from flatlint.evaluation.modules import ModuleLoader
from flatlint.evaluation.patience import Patience
from flatlint.evaluation.recorder import Recorder
from flatlint.evaluation.state import State
from flatlint.evaluation.values import Function, Name, Ref, Value
from flatlint.graph import Site, Unknown, WhyUnknown
from flatlint.parsing.parsed_source import ParsedSource

# The parts register themselves when they are imported.
_PARTS = (expressions, statements)


class Run:
    """Evaluates one program; satisfies `Interpreter`."""

    def __init__(
        self,
        source: ParsedSource,
        eras: tuple[Era, ...],
        loader: ModuleLoader,
        step_budget: int = STEP_BUDGET,
        is_legacy_keras: bool = False,
    ) -> None:
        # What everything is forked from, so that any two states have an ancestor in common.
        self.state = State().fork()
        self.recorder = Recorder()
        self.eras = eras
        self.image_data_format: str | None = "channels_last"
        self.is_data_format_set = False
        self.is_guess = False
        self.is_legacy_keras = is_legacy_keras
        self.division = Division.EXACT
        self.keras_release: tuple[int, ...] = ()
        self.layers_entered = 0
        self.open_arms = 0
        self.open_rounds: list[int] = []
        self.named_sizes: Counter[str] = Counter()
        self.has_renamed_layers = False
        self.active: list[tuple[Function, Patience]] = []
        self.loader = loader
        self.steps_left = step_budget
        self._steps_kept = 0
        self._patience: Patience | None = None
        self._numbers = count()
        self._guards = 0
        self._here: list[Site] = []
        self._depth = 0
        self.called: set[int] = set()
        self._parents: dict[int, int | None] = {}
        self.frame = self.new_frame(FrameKind.MODULE, source, None)
        self.set_variables(self.frame, {"__name__": "__main__"})

    # --- evaluating -------------------------------------------------------------------------

    def evaluate(self, node: cst.BaseExpression) -> Value:
        """The value of an expression."""
        self._step(node)
        evaluator = EVALUATORS.get(type(node))
        if evaluator is None:
            return self.unknown(WhyUnknown.NOT_MODELLED, type(node).__name__, node)
        return evaluator(self, node)

    def execute(self, body: Iterable[cst.CSTNode]) -> Flow:
        """Run statements until one stops; one that nests too deep is left out."""
        for statement in body:
            self._step(statement)
            executor = EXECUTORS.get(type(statement))
            if executor is None:
                continue
            try:
                for gap in self.frame.source.gaps.get(id(statement), ()):
                    statements.fall_into(self, gap, statement)
                flow = executor(self, statement)
            except RecursionError:
                if self._depth:
                    raise
                continue
            if flow is Flow.STOP:
                return flow
        return Flow.NEXT

    def call(self, callee: Value, arguments: Arguments, node: cst.CSTNode) -> Value:
        """The value that a call returns."""
        return self.standing_at(node, lambda: calls.dispatch(self, callee, arguments))

    def standing_at(self, node: cst.CSTNode, body: Callable[[], Value]) -> Value:
        """Evaluate something with `here` at a node."""
        self._here.append(self.site(node))
        try:
            return body()
        finally:
            self._here.pop()

    def attribute(self, value: Value, name: str, node: cst.CSTNode) -> Value:
        """`value.name`."""
        return attributes.read(self, value, name, node)

    def assign(self, target: cst.CSTNode, value: Value) -> None:
        """Bind a target of an assignment."""
        statements.assign(self, target, value)

    def patiently(self, body: Callable[[], object]) -> None:
        """Run something that is left in the middle once it costs more than it is worth."""
        patience = self._patience = Patience(self)
        self._steps_kept = patience.steps_kept
        try:
            body()
        except BudgetEnded:
            if self.steps_left < 0 or not patience.is_over:
                raise
        finally:
            self._patience, self._steps_kept = None, 0

    def _step(self, node: cst.CSTNode) -> None:
        self.steps_left -= 1
        if self.steps_left < self._steps_kept or len(self.recorder.layers) > MAX_LAYERS:
            self._meet_bound(node)

    def _meet_bound(self, node: cst.CSTNode) -> None:
        is_file_over = self.steps_left < 0 or len(self.recorder.layers) > MAX_LAYERS
        if not is_file_over and self._patience is not None and not self._patience.is_over:
            self._steps_kept = self._patience.steps_kept
            return
        what = "" if is_file_over else "a function that nobody calls"
        if self.recorder.budget_ended is None or is_file_over:
            self.recorder.budget_ended = self.unknown(WhyUnknown.BUDGET, what, node)
        raise BudgetEnded

    # --- names and objects ------------------------------------------------------------------

    def lookup(self, name: str) -> Value:
        """The value of a name where the program stands."""
        return attributes.lookup(self, name)

    def bind(self, name: str, value: Value) -> None:
        """Set a variable of the frame where the program stands."""
        frame = self.frame.declared.get(name, self.frame.number)
        self.state.set_variable((frame, name), value)
        self.frame.names.add(name)

    def parent_of(self, frame: int) -> int | None:
        """The frame in which names are looked for next."""
        return self._parents[frame]

    def enclosing_function_frame(self) -> int:
        """The frame that a function defined here closes over."""
        if self.frame.kind is FrameKind.CLASS and self.frame.parent is not None:
            return self.frame.parent
        return self.frame.number

    def set_variables(self, frame: Frame, values: Mapping[str, Value]) -> None:
        """Set variables of a frame."""
        for name, value in values.items():
            self.state.set_variable((frame.number, name), value)
            frame.names.add(name)

    def drop_variables(self, frame: Frame) -> None:
        """Forget the variables of a frame that nothing can reach any more."""
        for name in frame.names:
            self.state.unset_variable((frame.number, name))

    def set_attribute(self, value: Value, name: str, item: Value) -> None:
        """`value.name = item`."""
        attributes.write(self, value, name, item)

    def allocate(self, thing: object) -> Ref:
        """Put a new object into the state."""
        ref = Ref(next(self._numbers))
        self.state.replace(ref, thing)
        return ref

    def object_at(self, value: Value) -> object:
        """The object that a reference points to."""
        return self.state.objects[value.address] if isinstance(value, Ref) else value

    @contextmanager
    def open_round(self) -> Iterator[None]:
        """While the program is in a round that stands for any number of rounds."""
        self.open_rounds.append(next(self._numbers))
        try:
            yield
        finally:
            self.open_rounds.pop()

    # --- where the program stands -----------------------------------------------------------

    @property
    def here(self) -> Site:
        """The site of the innermost call."""
        return self._here[-1]

    @property
    def is_guarded(self) -> bool:
        """Whether the program would catch an exception here, or may not raise it at all."""
        return self._guards > 0 or self.is_guess

    def site(self, node: cst.CSTNode) -> Site:
        """Where `node` stands, and the calls that led there."""
        return Site(self.frame.source, node, self.frame.calls)

    def unknown(self, why: WhyUnknown, what: str = "", node: cst.CSTNode | None = None) -> Unknown:
        """An unknown value that remembers where the trail was lost."""
        site = self.site(node) if node is not None else (self._here[-1] if self._here else None)
        return Unknown(why, what, site)

    def new_frame(self, kind: FrameKind, source: ParsedSource, parent: int | None) -> Frame:
        """A frame without variables."""
        number = next(self._numbers)
        module = number if kind is FrameKind.MODULE else self.frame.module
        frame = Frame(number, kind, source, module, parent, arms_outside=self.open_arms)
        self._parents[number] = parent
        if kind is not FrameKind.MODULE:
            frame.calls = self.frame.calls
            frame.package = self.frame.package
        return frame

    def in_frame(self, frame: Frame, body: Callable[[], Flow]) -> Flow:
        """Run code with another frame in front."""
        outer, self.frame = self.frame, frame
        self._depth += 1
        try:
            return body()
        finally:
            self.frame = outer
            self._depth -= 1

    # --- control flow -----------------------------------------------------------------------

    def run_arms(self, arms: Sequence[Callable[[], Flow]]) -> Flow:
        """Run alternatives from the same state and join the states of those that go on."""
        before = self.state
        ends: list[State] = []
        self.open_arms += len(arms) > 1
        try:
            for arm in arms:
                self.state = before.fork()
                if arm() is Flow.NEXT:
                    ends.append(self.state)
        finally:
            self.open_arms -= len(arms) > 1
        if not ends:
            self.state = before
            return Flow.STOP
        self.state = reduce(join_states, ends)
        self._rebase(before)
        return Flow.NEXT

    def with_exits(self, body: Callable[[], Flow]) -> Flow:
        """Run code that may be left at several points, whose states are joined at its end."""
        before = self.state
        self.state = before.fork()
        flow = body()
        self._rebase(before)
        return flow

    def _rebase(self, before: State) -> None:
        """Let the state follow where `before` stood: what was forked from there is over."""
        if self.state.parent is before:
            self.state.parent = before.parent
            self.state.touched_variables |= before.touched_variables
            self.state.touched_objects |= before.touched_objects

    def guard(self, body: Callable[[], Guarded]) -> Guarded:
        """Run code whose exceptions the program catches."""
        self._guards += 1
        try:
            return body()
        finally:
            self._guards -= 1

    # --- modules ----------------------------------------------------------------------------

    def import_module(self, name: str) -> Value:
        """A module of the project, evaluated once, or else the library's name."""
        return self.loader.load(self, name) or Name(name)
