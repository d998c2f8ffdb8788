"""Attention and AdditiveAttention: a query looks up values by comparing itself with keys."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from pydantic import PlainValidator, ValidationInfo

from flatlint.catalogue.arguments import Flag, UnknownArgument, is_symbolic, refuse
from flatlint.catalogue.conflict import NotKnown, OpenSize, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.random_numbers import UsedSeed
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.shapes import Dim, Open, Shape, broadcast_shapes


def _dropout(value: object, info: ValidationInfo) -> object:
    """A number, which is compared with 0 and not looked at any further."""
    if is_symbolic(value) or isinstance(value, int | float):
        return value
    return refuse(
        info,
        "a number",
        value,
        f"'>' not supported between instances of '{type(value).__name__}' and 'int'",
    )


def _score_mode(value: object, info: ValidationInfo) -> object:
    """How query and key are compared."""
    if isinstance(value, UnknownArgument) or value in ("dot", "concat"):
        return value
    return refuse(
        info,
        "'dot' or 'concat'",
        value,
        "Invalid value for argument score_mode. Expected one of {'dot', 'concat'}. Received: "
        f"score_mode={value}",
    )


class DenseAttention(LayerSpec):
    """Attention without projections, called on `[query, value]` or `[query, value, key]`.

    Keras 3 reports the output without running the layer. Sources: keras/src/layers/attention/
    attention.py; base_dense_attention.py and attention.py of tf_keras/src/layers/attention/.
    """

    use_scale: Flag = False
    dropout: Annotated[object, PlainValidator(_dropout)] = 0.0
    seed: UsedSeed = None

    def call(
        self,
        inputs: ShapeTree,
        mask: ShapeTree | None = None,
        training: object = None,
        return_attention_scores: Any = False,
        *_: Any,
        **__: Any,
    ) -> ShapeTree:
        """`(…, queries, width of the values)`, and with them `(…, queries, keys)` if asked for."""
        query, value, key = self._three(inputs)
        self._check_mask(mask)
        list(self.weights_of(query, value))
        if self.era is Era.KERAS_3:
            return self._reported(query, value, key, bool(return_attention_scores))
        scores = self.scores(query, value, key)
        output = self._matmul(scores, value, "the keys", "the values")
        return [output, scores] if return_attention_scores else output

    def call_weights(self, inputs: ShapeTree, *_: Any, **__: Any) -> Iterable[Weight]:
        """The scales of the comparison."""
        query, value, _key = self._three(inputs)
        return self.weights_of(query, value)

    @abstractmethod
    def weights_of(self, query: Shape, value: Shape) -> Iterable[Weight]:
        """The scales of the comparison of query and keys."""

    @abstractmethod
    def scores(self, query: Shape, value: Shape, key: Shape) -> Shape:
        """The shape of the comparison, as Keras 2 computes it."""

    def _three(self, inputs: ShapeTree) -> tuple[Shape, Shape, Shape]:
        if isinstance(inputs, UnknownArgument):
            raise NotKnown(inputs.reason)
        if not isinstance(inputs, list) or not 2 <= len(inputs) <= 3:
            what = f"a {type(inputs).__name__} of {len(inputs)}"
            raise ShapeConflict(
                f"{self.keras_name} is called on a list [query, value] or [query, value, key], and "
                f"not on {'one tensor' if isinstance(inputs, Shape) else what}",
                f"{self.keras_name} layer must be called on a list of inputs, namely [query, "
                "value] or [query, value, key].",
            )
        shapes = [self.single(part) for part in inputs]
        return shapes[0], shapes[1], shapes[-1]

    def _check_mask(self, mask: ShapeTree | None) -> None:
        if mask is None or isinstance(mask, UnknownArgument):
            return
        if not isinstance(mask, Sequence) or isinstance(mask, Shape) or not 2 <= len(mask) <= 3:
            raise ShapeConflict(
                f"{self.keras_name} takes its masks as a list [query_mask, value_mask]",
                f"{self.keras_name} layer mask must be a list, namely [query_mask, value_mask].",
            )

    def _reported(self, query: Shape, value: Shape, key: Shape, with_scores: bool) -> ShapeTree:
        """What Keras 3 says without comparing any size."""
        least = 2 if with_scores else 0
        if not query.rank or not value.rank or key.rank < least:
            raise ShapeConflict(
                f"{self.keras_name} needs tensors of rank 3 and gets {query}, {value} and {key}",
                "tuple index out of range",
            )
        output = query.with_last(value[-1])
        return [output, query.with_last(key[-2])] if with_scores else output

    def _matmul(self, left: Shape, right: Shape, what: str, other: str) -> Shape:
        """`left @ right`, whose leading axes broadcast."""
        ahead = broadcast_shapes(Shape(left[:-2]), Shape(right[:-2]))
        if min(left.rank, right.rank) < 2 or ahead is None or _differ(left[-1], right[-2]):
            raise ShapeConflict(
                f"{self.keras_name} cannot multiply {left} with {right}: {what} and {other} do "
                "not match",
                f"Dimensions must be equal, but are {left[-1:]} and {right[-2:-1]}",
            )
        return Shape((*ahead, left[-2], right[-1]))


class Attention(DenseAttention):
    """Luong's attention: the scores are products of query and key.

    [(None, 4, 8), (None, 6, 8)] -> Attention() -> (None, 4, 8)
    (None, 4, 8)                 -> Attention() -> conflict: a list
    keras3: [(None, 4, 16), (None, 6, 8)] -> Attention() -> (None, 4, 8)
    keras2: [(None, 4, 16), (None, 6, 8)] -> Attention() -> conflict: do not match
    """

    score_mode: Annotated[object, PlainValidator(_score_mode)] = "dot"

    def weights_of(self, query: Shape, value: Shape) -> Iterable[Weight]:
        """A number for the scale and one for the concatenation."""
        if self.use_scale:
            yield Weight("scale", ())
        if self.score_mode == "concat":
            yield Weight("concat_score_weight", ())

    def scores(self, query: Shape, value: Shape, key: Shape) -> Shape:
        """`(…, queries, keys)`."""
        if self.score_mode == "concat":
            return _pairwise(self, query, key)
        if key.rank < 2:
            self.require_least_rank(key, 2)
        turned = Shape((*key[:-2], key[-1], key[-2]))
        return self._matmul(query, turned, "the widths of the query", "of the keys")


class AdditiveAttention(DenseAttention):
    """Bahdanau's attention: the scores come from sums of query and key.

    [(None, 4, 8), (None, 6, 8)]    -> AdditiveAttention() -> (None, 4, 8)
    [(None, 4, None), (None, 6, None)] -> AdditiveAttention() -> conflict: last axis
    keras2: [(None, 4, 16), (None, 6, 8)] -> AdditiveAttention() -> conflict: do not match
    """

    use_scale: Flag = True

    def weights_of(self, query: Shape, value: Shape) -> Iterable[Weight]:
        """A scale for each number of the query; in Keras 2, of the value."""
        if not self.use_scale:
            return
        source = query if self.era is Era.KERAS_3 else value
        if not source.rank or isinstance(source[-1], Open):
            raise OpenSize(
                f"AdditiveAttention needs to know the last axis of {source} to make its scale",
                "Shapes used to initialize variables must be fully-defined (no `None` dimensions).",
            )
        yield Weight("scale", (source[-1],))

    def scores(self, query: Shape, value: Shape, key: Shape) -> Shape:
        """`(…, queries, keys)`."""
        return _pairwise(self, query, key, value[-1] if self.use_scale else 1)


def _pairwise(layer: LayerSpec, query: Shape, key: Shape, scale: Dim = 1) -> Shape:
    """The shape of `sum(scale * tanh(query[:, None] + key[None]))`."""
    if query.rank and key.rank >= 2:
        queries = Shape((*query[:-1], 1, query[-1]))
        keys = Shape((*key[:-2], 1, *key[-2:]))
        met = broadcast_shapes(queries, keys, Shape((scale,)))
        if met is not None:
            return Shape(met[:-1])
    raise ShapeConflict(
        f"{layer.keras_name} cannot add query {query} and key {key}: their widths do not match",
        f"Dimensions must be equal, but are {query[-1:]} and {key[-1:]}",
    )


def _differ(left: Dim, right: Dim) -> bool:
    return isinstance(left, int) and isinstance(right, int) and left != right
