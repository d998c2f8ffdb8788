"""Rule and Finding: how a rule looks at the facts, and what it says of them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from flatlint.catalogue.conflict import NotKnown
from flatlint.diagnostics import Severity
from flatlint.graph import (
    CompileCall,
    DataCall,
    Layer,
    LayerCall,
    ModelGraph,
    ProgramFacts,
    Site,
    Tensor,
)
from flatlint.parsing.spans import Span
from flatlint.rules.edits import NodeFix

HOOKS = {
    "check_layer": "layers",
    "check_layer_call": "calls",
    "check_model": "models",
    "check_compile": "compiles",
    "check_data_call": "data_calls",
}
"""Hook of a rule -> the facts that it is called with, one after the other."""

SOURCES = "https://github.com/flatlint/flatlint/blob/main"


@dataclass(frozen=True)
class Finding:
    """What a rule has to say about a place in the program."""

    site: Site | Span
    message: str
    severity: Severity | None = None
    """Where it differs from the rule's own."""
    related: tuple[tuple[str, Site], ...] = ()
    trail: Tensor | None = None
    """The tensor whose way to this place explains the finding."""
    fix: NodeFix | None = None
    help: str | None = None


class Rule:
    """One thing that can be wrong with a program. Keeps no state and reads no files.

    A rule overrides the hook for the fact that it judges; `facts` are there for what surrounds it.
    """

    code: ClassVar[str]
    severity: ClassVar[Severity]
    since: ClassVar[str]

    @classmethod
    @cache
    def name(cls) -> str:
        """The class name in kebab case: `dense-on-unflattened-input`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    @classmethod
    def documentation(cls) -> str:
        """The docstring, which is the rule's page."""
        return inspect.cleandoc(cls.__doc__ or "")

    @classmethod
    def url(cls) -> str:
        """Where the rule can be read on the web: its page is its own file."""
        return f"{SOURCES}/{cls.__module__.replace('.', '/')}.py"

    def check_program(self, facts: ProgramFacts) -> Iterator[Finding]:
        """Judge the program as a whole."""
        return iter(())

    def check_layer(self, layer: Layer, facts: ProgramFacts) -> Iterator[Finding]:
        """Judge a layer as it is created."""
        return iter(())

    def check_layer_call(self, call: LayerCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Judge a layer applied to tensors."""
        return iter(())

    def check_model(self, model: ModelGraph, facts: ProgramFacts) -> Iterator[Finding]:
        """Judge a model as it stands at the end of the program."""
        return iter(())

    def check_compile(self, call: CompileCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Judge a `compile`."""
        return iter(())

    def check_data_call(self, call: DataCall, facts: ProgramFacts) -> Iterator[Finding]:
        """Judge data given to a model."""
        return iter(())

    def findings(self, facts: ProgramFacts) -> Iterator[Finding]:
        """Everything that the rule has to say about a program."""
        for found in self._judgements(facts):
            # What hangs on an argument that is not known is not judged.
            with suppress(NotKnown):
                yield from found

    def _judgements(self, facts: ProgramFacts) -> Iterator[Iterator[Finding]]:
        yield self.check_program(facts)
        for hook, kind in self._filled_hooks():
            judge = getattr(self, hook)
            yield from (judge(fact, facts) for fact in getattr(facts, kind))

    @classmethod
    @cache
    def _filled_hooks(cls) -> tuple[tuple[str, str], ...]:
        """The hooks that the rule overrides; a program has many facts that it does not judge."""
        filled = [hook for hook in HOOKS if getattr(cls, hook) is not getattr(Rule, hook)]
        return tuple((hook, HOOKS[hook]) for hook in filled)
