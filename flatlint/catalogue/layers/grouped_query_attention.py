"""GroupedQueryAttention: several heads of queries share a head of keys and values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated

from pydantic import PlainValidator, model_validator

from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.layers.projecting_attention import Masks, ProjectingAttention, head_size
from flatlint.catalogue.spec import Weight
from flatlint.shapes import Dim, Shape


class GroupedQueryAttention(ProjectingAttention):
    """Attention whose `num_query_heads` stand in groups, one for each head of keys and values.

    Source: keras/src/layers/attention/grouped_query_attention.py. Called on `(query, value)`, which
    one arrow cannot show:

    (None, 4, 8) -> GroupedQueryAttention(4, 6, 3) -> conflict: a query and a value
    (None, 4, 8) -> GroupedQueryAttention(4, 6, 4) -> conflict: divisible
    """

    head_dim: Annotated[Dim, PlainValidator(head_size)]
    num_query_heads: Annotated[Dim, PlainValidator(head_size)]
    num_key_value_heads: Annotated[Dim, PlainValidator(head_size)]

    @model_validator(mode="after")
    def _require_even_groups(self) -> GroupedQueryAttention:
        queries, keys = self.num_query_heads, self.num_key_value_heads
        if isinstance(queries, int) and isinstance(keys, int) and queries % keys:
            raise ShapeConflict(
                f"GroupedQueryAttention: {queries} heads of queries are not divisible among {keys} "
                "heads of keys and values",
                "`num_query_heads` must be divisible by `num_key_value_heads`.",
            )
        return self

    def projections(self, query: Shape, value: Shape, key: Shape) -> Iterator[Weight]:
        """Kernels and biases of query, key, (gate,) value and output.

        Keras names axis 2 in its equations; for tensors of higher rank that is not the last one.
        """
        for shape in (query, value, key):
            self.require_least_rank(shape, 3)
        heads = (self.num_query_heads, self.head_dim)
        shared = (self.num_key_value_heads, self.head_dim)
        yield from self.projection("query", query[2:3], heads)
        yield from self.projection("key", key[2:3], shared)
        if self.use_gate:
            yield from self.projection("gate", query[2:3], heads)
        yield from self.projection("value", value[2:3], shared)
        yield from self.projection("attention_output", heads, query[-1:])

    def outputs(
        self, query: Shape, value: Shape, key: Shape, masks: Masks
    ) -> tuple[Shape, Callable[[], Shape]]:
        """The shape of the query, and the scores of each head of queries."""
        widths = (query[-1], value[-1])
        if all(isinstance(size, int) for size in widths) and widths[0] != widths[1]:
            raise ShapeConflict(
                f"GroupedQueryAttention needs query and value of one width: {query} and {value}",
                "The last dimension of `query_shape` and `value_shape` must be equal, but are "
                f"{query[-1]}, {value[-1]}.",
            )
        self.require_alike(value, key)
        return query, lambda: Shape((query[0], self.num_query_heads, query[1], key[1]))
