"""Operations that compare two tensors: losses and measures of likeness."""

from __future__ import annotations

from typing import Any

from flatlint.catalogue.arguments import as_size, is_symbolic
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.operations.lines import line, number
from flatlint.catalogue.operations.operands import (
    axis_within,
    is_same_shape,
    is_same_size,
    stated_shape,
    tensor,
)
from flatlint.catalogue.operations.registry import operation
from flatlint.catalogue.spec import ShapeTree
from flatlint.shapes import Shape, are_alike


@operation("binary_crossentropy")
def binary_crossentropy(target: object, output: object, *_: Any, **__: Any) -> Shape:
    """One number for each output."""
    return _compared("binary_crossentropy", target, output)


@operation("categorical_crossentropy")
def categorical_crossentropy(target: object, output: object, *_: Any, **__: Any) -> Shape:
    """One number for each row of classes."""
    shape = _compared("categorical_crossentropy", target, output)
    return Shape(shape[:-1])


def _compared(name: str, target: object, output: object) -> Shape:
    left, right = tensor(name, target), tensor(name, output)
    if not are_alike(left, right):
        raise ShapeConflict(
            f"{name} compares tensors of one shape, not {left} with {right}",
            "Arguments `target` and `output` must have the same shape. Received: "
            f"target.shape={left}, output.shape={right}",
        )
    if left != right:
        raise NotKnown("whether the shapes are the same")
    return right


@operation("sparse_categorical_crossentropy")
def sparse_categorical_crossentropy(
    target: object, output: object, from_logits: object = False, axis: object = -1
) -> Shape:
    """One number for each class that is named; the names may have an axis of 1 of their own."""
    name = "sparse_categorical_crossentropy"
    names, shape = tensor(name, target), tensor(name, output)
    rest = shape.without_axes([axis_within(name, axis, shape)])
    if names.rank == shape.rank and names[-1] == 1:
        names = Shape(names[:-1])
    if not is_same_shape(names, rest):
        raise ShapeConflict(
            f"{name}: {rest} classes are to be named, and the names are {names}",
            "Arguments `target` and `output` must have the same shape up until the last dimension: "
            f"target.shape={names}, output.shape={shape}",
        )
    return rest


@operation("ctc_loss")
def ctc_loss(
    target: object,
    output: object,
    target_length: object,
    output_length: object,
    mask_index: object = 0,
) -> Shape:
    """One number for each sequence."""
    given = (target, output, target_length, output_length)
    shapes = [tensor("ctc_loss", value) for value in given]
    if not all(
        shape.rank and is_same_size(shapes[0][0], shape[0]) is not False for shape in shapes
    ):
        raise ShapeConflict(
            f"ctc_loss: as many sequences of each kind, not {', '.join(map(str, shapes))}",
            "Arguments must have the same first dimension.",
        )
    return Shape(shapes[0][:1])


@operation("ctc_decode")
def ctc_decode(
    inputs: object,
    sequence_lengths: object,
    strategy: object = "greedy",
    beam_width: object = 100,
    top_paths: object = 1,
    *_: object,
    **__: Any,
) -> ShapeTree:
    """The best sequences, and how good they are; greedily there is one."""
    shape = tensor("ctc_decode", inputs)
    if not isinstance(strategy, str) or not (isinstance(top_paths, int) or is_symbolic(top_paths)):
        raise NotKnown("how ctc_decode is to decode")
    if shape.rank < 2:
        raise ShapeConflict(f"ctc_decode of {shape}", "tuple index out of range")
    paths = 1 if strategy == "greedy" else as_size(top_paths)
    return (
        stated_shape("ctc_decode", (paths, *shape[:2])),
        stated_shape("ctc_decode", (shape[0], paths)),
    )


def _of_one_rank(left: Shape, right: Shape) -> Shape:
    if left.rank != right.rank:
        raise ShapeConflict(
            f"psnr compares tensors with as many axes, not {left} with {right}",
            "Inputs must have the same rank",
        )
    return number()


line("psnr", _of_one_rank, x1=tensor, x2=tensor)
