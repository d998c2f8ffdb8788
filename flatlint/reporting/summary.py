"""The shapes and parameters of a file's models: the types of `summary`'s JSON."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

JsonDim = int | str | None
"""A size, a name of one that the source does not fix (`"maxlen"`, `"?"`), or Keras's `None`."""

JsonShape = list[Any] | None
"""A shape, a list of them for several tensors (nested as a cell nests its states), or None where
not even the rank is known."""

ModelKind = Literal["sequential", "functional", "subclass"]


class SummaryModel(BaseModel):
    """What all parts of a summary share: frozen, nothing beside the fields, built when used."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, populate_by_name=True)


class LayerSummary(SummaryModel):
    """A layer: its class, where it is constructed, what comes out of it."""

    class_name: Annotated[str, Field(alias="class")]
    name: str | None
    line: int
    column: int
    cell: int | None
    output_shape: JsonShape
    params: int | None


class ModelSummary(SummaryModel):
    """A model with its layers in order of creation."""

    name: str | None
    line: int
    kind: ModelKind
    input_shape: JsonShape
    output_shape: JsonShape
    total_params: int | None
    trainable_params: int | None
    layers: tuple[LayerSummary, ...]


class FileSummary(SummaryModel):
    """The models of a file, and the layers called outside of any model."""

    path: str
    era: Literal["keras1", "keras2", "keras3"] | None
    models: tuple[ModelSummary, ...] = ()
    layers: tuple[LayerSummary, ...] = ()


class Summary(SummaryModel):
    """What `summary --output-format json` prints."""

    version: Literal[1] = 1
    files: tuple[FileSummary, ...]


def as_summary_json(files: tuple[FileSummary, ...]) -> str:
    """All files as one JSON object, indented."""
    return Summary(files=files).model_dump_json(by_alias=True, indent=2) + "\n"
