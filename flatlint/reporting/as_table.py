"""Summaries for people: one table a model, as `model.summary()` prints it."""

from __future__ import annotations

from io import StringIO

from rich.box import HEAVY_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from flatlint.reporting.summary import (
    FileSummary,
    JsonDim,
    JsonShape,
    LayerSummary,
    ModelSummary,
)

PLAIN_WIDTH = 120
"""Columns of a table that goes into a file or a pipe."""


def as_table(files: tuple[FileSummary, ...], *, is_coloured: bool, width: int | None) -> str:
    """The tables of all files; a file without models or layers is passed over."""
    out = StringIO()
    console = Console(
        file=out,
        width=width or PLAIN_WIDTH,
        force_terminal=is_coloured,
        no_color=not is_coloured,
        color_system="standard" if is_coloured else None,
        highlight=False,
        legacy_windows=False,
    )
    for file in files:
        for model in file.models:
            _print_model(console, file, model)
        if file.layers:
            console.print(f"[bold]Layers outside of models[/bold] ({escape(file.path)})")
            console.print(_layer_table(file.layers))
            console.print()
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def _print_model(console: Console, file: FileSummary, model: ModelSummary) -> None:
    name = f'"{model.name}"' if model.name else "(without a name)"
    place = f"{file.path}:{model.line}"
    console.print(f"[bold]Model: {escape(name)}[/bold] ({model.kind}, {escape(place)})")
    console.print(_layer_table(model.layers))
    console.print(f" [bold]Input shape:[/bold] {escape(shape_text(model.input_shape))}")
    console.print(f" [bold]Output shape:[/bold] {escape(shape_text(model.output_shape))}")
    console.print(f" [bold]Total params:[/bold] {params_text(model.total_params)}")
    console.print(f" [bold]Trainable params:[/bold] {params_text(model.trainable_params)}")
    if model.total_params is not None and model.trainable_params is not None:
        frozen = model.total_params - model.trainable_params
        console.print(f" [bold]Non-trainable params:[/bold] {params_text(frozen)}")
    console.print()


def _layer_table(layers: tuple[LayerSummary, ...]) -> Table:
    table = Table(box=HEAVY_HEAD, show_lines=True)
    table.add_column("Layer (type)", overflow="fold")
    table.add_column("Where", no_wrap=True)
    table.add_column("Output Shape", overflow="fold", style="cyan")
    table.add_column("Param #", justify="right", style="green")
    for layer in layers:
        title = f"{layer.name} ({layer.class_name})" if layer.name else layer.class_name
        table.add_row(
            escape(title),
            _place_text(layer),
            escape(shape_text(layer.output_shape)),
            params_text(layer.params),
        )
    return table


def _place_text(layer: LayerSummary) -> str:
    cell = "" if layer.cell is None else f"cell {layer.cell}, "
    return f"{cell}line {layer.line}"


def shape_text(shape: JsonShape) -> str:
    """A shape as Keras writes it, `?` where nothing is known: `(None, 3, 16)`.

    >>> shape_text([[None, 4], [None, "units"]])
    '(None, 4), (None, units)'
    """
    if shape is None:
        return "?"
    if any(isinstance(part, list) for part in shape):
        return ", ".join(shape_text(part) for part in shape)
    return _tuple_text(shape)


def _tuple_text(dims: list[JsonDim]) -> str:
    words = ", ".join(map(str, dims))
    return f"({words},)" if len(dims) == 1 else f"({words})"


def params_text(params: int | None) -> str:
    """A count as Keras prints it, `?` where it is unknown."""
    return "?" if params is None else f"{params:,}"
