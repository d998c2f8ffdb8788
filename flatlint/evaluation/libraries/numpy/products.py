"""Products of several arrays: `einsum`, `multi_dot`; sizes multiplied: `np.prod` of a shape."""

from __future__ import annotations

import numpy as np

from flatlint.evaluation.base import Arguments, Interpreter, models
from flatlint.evaluation.iteration import as_tuple, elements
from flatlint.evaluation.libraries import takes_arguments
from flatlint.evaluation.libraries.numpy.asking import ask
from flatlint.evaluation.libraries.numpy.calls import Asked, answer
from flatlint.evaluation.libraries.numpy.question import Question
from flatlint.evaluation.libraries.numpy.reading import array_of
from flatlint.evaluation.values import Value
from flatlint.graph import WhyUnknown
from flatlint.shapes import Expression, product


@models("numpy.einsum")
@takes_arguments
def einsum(run: Interpreter, arguments: Arguments) -> Value:
    """`np.einsum("ij,jk->ik", a, b)`."""
    if arguments.is_open or not arguments.positional:
        return run.unknown(WhyUnknown.ARGUMENT, "`np.einsum`")
    subscripts, *operands = arguments.positional
    if not isinstance(subscripts, str):
        return run.unknown(WhyUnknown.NOT_MODELLED, "`np.einsum` without a text of subscripts")
    arrays = [array_of(run, operand) for operand in operands]
    question = Question(np.einsum, (subscripts, *arrays), multiplies=True)
    return ask(run, "einsum", question)


@models("numpy.linalg.multi_dot")
def multi_dot(run: Interpreter, arrays: Value, *_: Value) -> Value:
    """Matrices multiplied in a row."""
    items, rest = elements(run, arrays)
    if rest is not None:
        return run.unknown(WhyUnknown.ARGUMENT, "a list of matrices of unknown length")
    question = Question(
        lambda *each: np.linalg.multi_dot(each),
        tuple(array_of(run, item) for item in items),
        multiplies=True,
    )
    return ask(run, "multi_dot", question)


_PROD = Asked("prod", "a axis dtype out keepdims initial where")


@models("numpy.prod", "numpy.product")
@takes_arguments
def prod(run: Interpreter, arguments: Arguments) -> Value:
    """`np.prod(shape)`: sizes with symbols among them are multiplied as sizes."""
    if len(arguments.positional) == 1 and not arguments.keywords:
        sizes = as_tuple(run, arguments.positional[0])
        if isinstance(sizes, tuple) and any(isinstance(size, Expression) for size in sizes):
            known = [size for size in sizes if isinstance(size, int | Expression)]
            if len(known) == len(sizes):
                return product(known)
    return answer(run, _PROD, arguments)
