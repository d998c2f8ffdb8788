"""Losses that compare value by value: numpy's broadcasting decides what meets what.

Source: keras/src/losses/losses.py, tf_keras/src/losses.py.
"""

from __future__ import annotations

from flatlint.catalogue.losses.verdict import FITS, LabelVerdict, Outcome, raises
from flatlint.shapes import Shape, are_equal, broadcast_shapes

ELEMENTWISE = frozenset({
    "mean_squared_error", "mean_absolute_error", "mean_absolute_percentage_error",
    "mean_squared_logarithmic_error", "hinge", "squared_hinge", "categorical_hinge",
    "kl_divergence", "poisson", "cosine_similarity", "log_cosh", "huber", "dice", "tversky",
})  # fmt: skip


def compare(labels: Shape, output: Shape) -> LabelVerdict:
    """Broadcast labels against an output, both of them adapted in rank."""
    met = broadcast_shapes(labels, output)
    if met is None:
        return raises(
            f"Incompatible shapes: labels {labels} and output {output} cannot be broadcast"
        )
    if labels.rank == output.rank and all(
        are_equal(ours, theirs) is not False for ours, theirs in zip(labels, output, strict=True)
    ):
        return FITS
    return LabelVerdict(Outcome.BROADCASTS, broadcast=met, labels=labels, output=output)


def require_equal(labels: Shape, output: Shape) -> LabelVerdict:
    """Refuse shapes that surely differ, where Keras does not broadcast."""
    if labels.rank != output.rank:
        return raises(
            "Arguments `target` and `output` must have the same rank (ndim). Received: "
            f"target.shape={labels}, output.shape={output}"
        )
    if any(are_equal(a, b) is False for a, b in zip(labels, output, strict=True)):
        return raises(
            "Arguments `target` and `output` must have the same shape. Received: "
            f"target.shape={labels}, output.shape={output}"
        )
    return FITS
