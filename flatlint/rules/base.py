"""Rule and Finding: how a rule looks at the facts, and what it says of them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
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
        yield from (self.check_layer(layer, facts) for layer in facts.layers)
        yield from (self.check_layer_call(call, facts) for call in facts.calls)
        yield from (self.check_model(model, facts) for model in facts.models)
        yield from (self.check_compile(call, facts) for call in facts.compiles)
        yield from (self.check_data_call(call, facts) for call in facts.data_calls)
