"""Labels beside outputs: which loss stands between them, and what each era makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from flatlint.catalogue.eras import Era
from flatlint.catalogue.losses import (
    LabelMeeting,
    LabelVerdict,
    LossUse,
    Outcome,
    judge_labels,
    loss_named,
)
from flatlint.catalogue.metrics import MetricUse, judge_metric
from flatlint.catalogue.training import DEFAULT_BATCH_SIZE, TAKES_LABELS
from flatlint.graph import Array, DataCall, ProgramFacts, Tensor, tensors_of
from flatlint.rules.data.activations import activation_of
from flatlint.shapes import Dim, Shape, symbol

BATCH = symbol("batch")


@dataclass(frozen=True, eq=False)
class Meeting:
    """The labels for one output of a model in a data call, and the loss between them."""

    call: DataCall
    loss: LossUse
    labels: Array
    output: Tensor
    shape: Shape
    """The shape of the output for this data, the batch axis open."""
    verdicts: tuple[LabelVerdict, ...]
    """One for each era."""

    @property
    def label_shape(self) -> Shape:
        """The shape of all labels."""
        assert isinstance(self.labels.shape, Shape)
        return self.labels.shape

    @property
    def outcome(self) -> Outcome:
        """What holds in every era: a refusal only where all refuse."""
        outcomes = {verdict.outcome for verdict in self.verdicts}
        for outcome in (Outcome.UNKNOWN, Outcome.FITS, Outcome.BROADCASTS):
            if outcome in outcomes:
                return outcome
        return Outcome.RAISES

    @property
    def keras(self) -> str:
        """What the newest era says."""
        return self.verdicts[-1].keras

    @property
    def metric(self) -> str:
        """The metric that refuses what the loss takes; empty where it is the loss that refuses."""
        return self.verdicts[-1].metric


def meetings(call: DataCall, facts: ProgramFacts) -> Iterator[Meeting]:
    """Every output of the model with its labels, as far as they and the loss are known."""
    if call.method not in TAKES_LABELS or call.guarded or call.compiled is None:
        return
    if any(feed.conflict is not None for feed in call.feeds):
        return
    outputs = list(tensors_of(call.model.outputs))
    names = [t.made_by.layer.name if t.made_by is not None else "" for t in outputs]
    # Keras 2 meets every output with one array: `_conform_to_outputs` in compile_utils.py.
    is_shared = facts.eras == (Era.KERAS_2,)
    labels = per_output(call.arguments.get("y"), names, is_shared=is_shared)
    losses = per_output(call.compiled.arguments.get("loss"), names, is_shared=True)
    if labels is None or losses is None or len(outputs) != len(call.outputs):
        return
    for output, shape, label, loss in zip(outputs, call.outputs, labels, losses, strict=True):
        use = loss_of(loss, facts.eras)
        if use is None or shape is None or not isinstance(label, Array):
            continue
        if isinstance(label.shape, Shape) and label.shape.rank:
            verdicts = tuple(_judge(call, use, label, output, shape, era) for era in facts.eras)
            yield Meeting(call, use, label, output, shape, verdicts)


def loss_of(value: object, eras: tuple[Era, ...]) -> LossUse | None:
    """The loss that a value of the program means; `None` for one that is not known."""
    if isinstance(value, LossUse):
        return value
    word = value if isinstance(value, str) else getattr(value, "path", None)
    return loss_named(word, eras) if isinstance(word, str) else None


def losses_of(call: DataCall, facts: ProgramFacts) -> list[str | None]:
    """The losses that a model was compiled with, by name; `None` for one that is not known."""
    value = call.compiled.arguments.get("loss") if call.compiled is not None else None
    parts: list[object] = [value]
    if isinstance(value, Mapping):
        parts = list(value.values())
    elif isinstance(value, list | tuple):
        parts = list(value)
    uses = [loss_of(part, facts.eras) for part in parts]
    return [use.name if use is not None else None for use in uses]


def per_output(value: object, names: list[str], is_shared: bool = False) -> list[object] | None:
    """The part of a nest that belongs to each output."""
    match value:
        case Mapping():
            return [value.get(name) for name in names]
        case list() | tuple() if len(value) == len(names):
            return list(value)
        case list() | tuple():
            return None
        case _:
            return [value] * len(names) if is_shared or len(names) == 1 else None


def _judge(
    call: DataCall, use: LossUse, label: Array, output: Tensor, shape: Shape, era: Era
) -> LabelVerdict:
    """The worst verdict over the batches that the call makes of the samples."""
    assert isinstance(label.shape, Shape)
    has_sizes = call.stream is None or call.stream.source.has_sizes
    meeting = LabelMeeting(
        use, label.shape, shape, era, activation_of(output), label.dtype, has_sizes
    )
    verdicts = []
    for batch in batches_of(call, label.shape[0]):
        met = replace(
            meeting,
            labels=Shape((batch, *label.shape[1:])),
            output=Shape((batch, *shape[1:])),
        )
        verdicts.append(judge_labels(met))
        verdicts += _refusals_of_metrics(call, met)
    order = [Outcome.RAISES, Outcome.BROADCASTS, Outcome.FITS, Outcome.UNKNOWN]
    return min(verdicts, key=lambda verdict: order.index(verdict.outcome))


def _refusals_of_metrics(call: DataCall, met: LabelMeeting) -> Iterator[LabelVerdict]:
    """What the metrics of a call refuse of one batch."""
    if met.era is Era.KERAS_2 and not met.has_sizes:
        return
    for metric in metrics_at(call):
        verdict = judge_metric(metric, met)
        if verdict.outcome is Outcome.RAISES:
            named = metric if isinstance(metric, str) else metric.cls
            yield replace(verdict, metric=named.rpartition(".")[2])


def metrics_at(call: DataCall) -> list[MetricUse | str]:
    """The metrics that a model of one output was compiled with, as words or as objects."""
    assert call.compiled is not None
    if len(call.outputs) != 1:
        return []
    given = [call.compiled.arguments.get(name) for name in ("metrics", "weighted_metrics")]
    return [found for value in given for found in _metrics_in(value)]


def _metrics_in(value: object) -> Iterator[MetricUse | str]:
    match value:
        case str() | MetricUse():
            yield value
        case list() | tuple():
            for part in value:
                yield from _metrics_in(part)
        case _ if isinstance(path := getattr(value, "path", None), str):
            yield path


def batches_of(call: DataCall, samples: Dim) -> list[Dim]:
    """The sizes of the batches that a call makes of its samples; a symbol where not known."""
    if call.method in ("train_on_batch", "test_on_batch"):
        return [samples if isinstance(samples, int) else BATCH]
    size = call.arguments.get("batch_size") or DEFAULT_BATCH_SIZE
    split = call.arguments.get("validation_split") or 0.0
    if call.part or {"steps", "steps_per_epoch"} & call.arguments.keys():
        return [BATCH]
    if not isinstance(size, int) or not isinstance(samples, int) or size < 1:
        return [BATCH]
    if not isinstance(split, int | float):
        return [BATCH]
    trained = int(samples * (1.0 - split)) if split else samples
    sizes = [*_cut(trained, size), *_cut(samples - trained, size)]
    return list(dict.fromkeys(sizes)) or [BATCH]


def _cut(samples: int, size: int) -> list[Dim]:
    """The sizes of the batches that so many samples are cut into."""
    whole, rest = divmod(samples, size)
    return [*([size] if whole else []), *([rest] if rest else [])]
