"""LayerSpec: what a layer does to shapes and which weights it has, beside its arguments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NoReturn, TypeAlias

from pydantic import BaseModel, ConfigDict

from flatlint.catalogue.arguments import (
    Anything,
    Dialect,
    Regularizer,
    UnknownArgument,
    as_size,
    sizes_of,
)
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.every_layer import DeclaredShape, DType, LayerName, Trainable
from flatlint.catalogue.listed_inputs import ListTaking, is_list_taken, list_taking
from flatlint.shapes import UNFIXED, Dim, Shape, met_shapes, product

ShapeTree: TypeAlias = "Shape | UnknownArgument | Sequence[ShapeTree] | Mapping[str, ShapeTree]"
"""Shapes as a call nests them: one, a list, a dict by name; an unknown one with its reason."""


@dataclass(frozen=True)
class Weight:
    """One variable of a layer."""

    name: str
    dims: tuple[Dim, ...]
    trainable: bool = True

    @property
    def size(self) -> Dim:
        """The number of values in it."""
        return product(self.dims)


class LayerSpec(BaseModel):
    """A layer with the arguments that the program gave it.

    A subclass says what is particular to its layer: the arguments as fields, `output_shape` and
    `weights` for one input. A layer that is called otherwise (several inputs, a state, a query with
    its values) overrides `call` and `call_weights`, whose parameters are those of Keras's `call`.
    """

    model_config = ConfigDict(
        frozen=True, extra="ignore", defer_build=True, arbitrary_types_allowed=True
    )

    input_rank: ClassVar[int | None] = None
    """The rank that an accepted input is sure to have, the batch axis included."""

    hides_rank: ClassVar[bool] = False
    """Whether the rank of the output is the same whatever the rank of the input is."""

    merges: ClassVar[bool] = False
    """Whether it is called on a list of tensors and makes one of them."""

    ends_with_activation: ClassVar[bool] = False
    """Whether its argument `activation` is what happens last in it."""

    dialect: Anything = Dialect()
    input_shape: DeclaredShape = None
    batch_input_shape: DeclaredShape = None
    batch_size: Anything = None
    name: LayerName = None
    trainable: Trainable = True
    dtype: DType = None
    activity_regularizer: Regularizer = None

    @property
    def era(self) -> Era:
        """The era of Keras that the layer is judged by."""
        return self.dialect.era if isinstance(self.dialect, Dialect) else Era.KERAS_3

    @property
    def keras_name(self) -> str:
        """The class name in Keras, which is that of the spec."""
        return type(self).__name__

    def declared_input(self) -> Shape | UnknownArgument | None:
        """The input that the layer's own arguments declare, the batch axis included.

        It starts a `Sequential` whose first layer this is; anywhere else Keras ignores it.
        """
        whole, rest = self.batch_input_shape, self.input_shape
        for given in (whole, rest):
            if isinstance(given, UnknownArgument):
                return given
        if whole is not None:
            return Shape(sizes_of(whole))
        if rest is None:
            return None
        return Shape((as_size(self.batch_size), *sizes_of(rest)))

    def call(self, inputs: ShapeTree, **arguments: Any) -> ShapeTree:
        """The output of the layer on `inputs`; raises `ShapeConflict` where Keras raises."""
        if isinstance(inputs, Sequence):
            taking = list_taking(self.keras_name, self.era)
            if taking is ListTaking.EACH:
                return [self.call(part, **arguments) for part in inputs]
            if self.input_rank is not None and len(inputs) == 1:
                alone = self._taken_alone(taking, self.single(inputs[0]), self.input_rank)
                if alone is not None:
                    return alone
        return self.output_shape(self.single(inputs))

    def call_weights(self, inputs: ShapeTree, **arguments: Any) -> Iterable[Weight]:
        """The variables that a first call on `inputs` creates."""
        if isinstance(inputs, Sequence) and is_list_taken(self.keras_name, self.era):
            return ()
        return self.weights(self.single(inputs))

    def require_dtypes(self, dtypes: Sequence[str | None]) -> None:
        """Refuse tensors of dtypes that the layer cannot work with (`None`: not known)."""

    def output_shape(self, inputs: Shape) -> ShapeTree:
        """The shape that comes out when `inputs` goes in; the same one unless a layer says more."""
        return inputs

    def weights(self, inputs: Shape) -> Iterable[Weight]:
        """The variables of the layer once it has seen `inputs`; none unless a layer says more."""
        return ()

    def single(self, inputs: ShapeTree) -> Shape:
        """The one shape of a layer with one input.

        An input of unknown rank is taken to have the only rank that the layer accepts, its sizes
        unfixed; where the layer takes any rank and passes it on, `NotKnown` is raised.
        """
        if isinstance(inputs, Sequence):
            taking = list_taking(self.keras_name, self.era)
            if taking is ListTaking.STACKED:
                return self._stacked(inputs)
            if taking is not ListTaking.ALONE or len(inputs) != 1:
                self.refuse_list(inputs)
            inputs = inputs[0]
        if isinstance(inputs, Shape):
            return inputs
        if isinstance(inputs, UnknownArgument):
            if self.input_rank is not None:
                return Shape((UNFIXED,) * self.input_rank)
            if self.hides_rank:
                return Shape((UNFIXED, UNFIXED))
            raise NotKnown(inputs.reason, inputs.origin)
        return self.refuse_list(inputs)

    def _taken_alone(self, taking: ListTaking, inputs: Shape, rank: int) -> ShapeTree | None:
        """What a layer that looks at the rank of its one input makes of a list with it."""
        self.require_rank(inputs, rank)
        match taking:
            case ListTaking.STACKED_ALONE:
                return Shape((1, *inputs))
            case ListTaking.KEPT_ALONE:
                return [inputs]
            case ListTaking.DOUBLED_ALONE if not getattr(self, "has_channels_first", False):
                return [inputs, inputs]
        return None

    def _stacked(self, inputs: Sequence[ShapeTree]) -> Shape:
        """The one tensor that TensorFlow makes of a list of tensors of the same shape."""
        met = met_shapes([self.single(part) for part in inputs])
        return Shape((len(inputs), *met)) if met is not None else self.refuse_list(inputs)

    def refuse_list(self, inputs: Sequence[ShapeTree] | Mapping[str, ShapeTree]) -> NoReturn:
        """Say that the layer takes one tensor."""
        raise ShapeConflict(
            f"{self.keras_name} takes one tensor and gets "
            + ("a list with one in it" if len(inputs) == 1 else str(len(inputs))),
            f'Layer "{self.keras_name}" expects 1 input(s), but it received {len(inputs)} '
            "input tensors",
        )

    def require_rank(self, inputs: Shape, rank: int) -> None:
        """Refuse an input of another rank, as Keras's `InputSpec(ndim=…)` does."""
        if inputs.rank != rank:
            raise ShapeConflict(
                f"{self.keras_name} takes tensors of rank {rank} (batch axis included) and gets "
                f"{inputs} of rank {inputs.rank}",
                f'Input 0 of layer "{self.keras_name}" is incompatible with the layer: expected '
                f"ndim={rank}, found ndim={inputs.rank}. Full shape received: {inputs}",
            )

    def require_least_rank(self, inputs: Shape, rank: int) -> None:
        """Refuse an input of lower rank, as Keras's `InputSpec(min_ndim=…)` does."""
        if inputs.rank < rank:
            raise ShapeConflict(
                f"{self.keras_name} takes tensors of rank {rank} or more (batch axis included) "
                f"and gets {inputs} of rank {inputs.rank}",
                f'Input 0 of layer "{self.keras_name}" is incompatible with the layer: expected '
                f"min_ndim={rank}, found ndim={inputs.rank}. Full shape received: {inputs}",
            )
