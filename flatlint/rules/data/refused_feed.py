"""What all rules on data that a model refuses have in common."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import ClassVar

import libcst as cst

from flatlint.catalogue.eras import Era
from flatlint.diagnostics import Severity
from flatlint.graph import DataCall, Feed, ProgramFacts, Site
from flatlint.rules.base import Finding, Rule
from flatlint.rules.data.call_arguments import written_argument
from flatlint.rules.data.causes import Cause, cause_of, is_built_on
from flatlint.rules.edits import NodeFix
from flatlint.shapes import Shape


class RefusedFeedRule(Rule):
    """Data that a model refuses, for one of the causes that such refusals have."""

    severity = Severity.ERROR
    since = "0.1"
    cause: ClassVar[Cause]

    def check_data_call(self, call: DataCall, facts: ProgramFacts) -> Iterator[Finding]:
        """One finding for each array that is refused for the rule's cause."""
        if _is_pruned(call, facts):
            return
        for feed in call.feeds:
            conflict = feed.conflict
            if conflict is None or conflict.guarded or cause_of(feed, call) is not self.cause:
                continue
            assert isinstance(feed.data.shape, Shape) and isinstance(feed.declared.shape, Shape)
            yield Finding(
                call.site,
                f"{opening(call, feed)}{self.explain(feed, call)}",
                related=tuple(places(feed)),
                fix=self.fix(feed, call),
                help=f"Keras says: {conflict.keras}",
            )

    @abstractmethod
    def explain(self, feed: Feed, call: DataCall) -> str:
        """The slip in words and numbers, behind what was given and what is wanted."""

    def fix(self, feed: Feed, call: DataCall) -> NodeFix | None:
        """The edit that makes the data fit, where one is sure to."""
        return None


def _is_pruned(call: DataCall, facts: ProgramFacts) -> bool:
    """Whether nothing asks for the output, so that TensorFlow does not compute it.

    Of a generator without labels Keras 2 evaluates nothing, and sees no sizes before it runs.
    """
    if Era.KERAS_2 not in facts.eras or call.stream is None or call.stream.source.has_sizes:
        return False
    return call.method == "evaluate" and call.arguments.get("y") is None


def opening(call: DataCall, feed: Feed) -> str:
    """`predict gets data of shape (4,), and the model takes (None, 4)`."""
    what = f"the {call.part}" if call.part else "data"
    given = f"{method_of(call)} gets {what} of shape {feed.data.shape}"
    if is_built_on(feed):
        return given
    return f"{given}, and the model takes {feed.declared.shape}"


def method_of(call: DataCall) -> str:
    """The method that the program calls: validation data is evaluated within `fit`."""
    if call.method == "__call__":
        return "the model"
    return "`fit`" if call.part else f"`{call.method}`"


def as_batch(feed: Feed, call: DataCall) -> str:
    """`a batch of one is (1, 4), as x[None] or np.expand_dims(x, 0) makes it`."""
    assert isinstance(feed.data.shape, Shape)
    written = written_argument(call, "x")
    name = written.value if isinstance(written, cst.Name) else "x"
    batch = Shape((1, *feed.data.shape))
    return f"a batch of one is {batch}, as {name}[None] or np.expand_dims({name}, 0) makes it"


def places(feed: Feed) -> Iterator[tuple[str, Site]]:
    """Where the data got its shape, where the model got its own, what refused."""
    if feed.data.made is not None:
        yield f"the data gets its shape {feed.data.shape} here", feed.data.made.site
    declared = feed.declared.made_by
    if declared is not None:
        yield f"the model's input is {feed.declared.shape} from here", declared.layer.site
    if feed.refused_by is not None:
        yield "this layer refuses it", feed.refused_by.layer.site
