"""`tf.data`: datasets made of arrays, batched, mapped, zipped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from flatlint.evaluation.base import Arguments, Interpreter, attribute, method, models
from flatlint.evaluation.libraries import takes_arguments
from flatlint.evaluation.libraries.keras.inputs import shape_argument
from flatlint.evaluation.libraries.keras.resolving import resolved
from flatlint.evaluation.objects import DictObject
from flatlint.evaluation.values import Value, value_size
from flatlint.graph import Array, Made, Tensor, Unknown, WhyUnknown
from flatlint.graph.dataset import Dataset
from flatlint.shapes import UNFIXED, Dim, Shape

HOME = "tensorflow.data.Dataset"


@dataclass(frozen=True, eq=False)
class Spec:
    """`tf.TensorSpec`: the shape and type of what is to come."""

    array: Array


def over(nest: object, change: Callable[[Array], object]) -> object:
    """The nest with every array changed; `Unknown` where a part is no array."""
    match nest:
        case Array():
            return change(nest)
        case tuple():
            return tuple(over(part, change) for part in nest)
        case Mapping():
            return {key: over(part, change) for key, part in nest.items()}
        case Spec(array=array):
            return change(array)
        case _ if isinstance(nest, Unknown):
            return nest
    return Unknown(WhyUnknown.NOT_MODELLED, "this as a part of a dataset")


def _nest(run: Interpreter, value: Value) -> object:
    """A structure of arrays: tuples and dicts are structure, lists are arrays."""
    from flatlint.evaluation.libraries.numpy.reading import array_of

    found = run.object_at(value)
    if isinstance(found, tuple):
        return tuple(_nest(run, part) for part in found)
    if isinstance(found, DictObject) and found.is_whole:
        return {key: _nest(run, part) for key, part in found.entries.items()}
    if isinstance(found, Array | Spec | Unknown):
        return found  # What is unknown may be a structure as well as an array.
    return array_of(run, found)


def _first(nest: object) -> Dim:
    """How long the first axis of the arrays is."""
    parts = nest if isinstance(nest, tuple) else [nest]
    if isinstance(nest, Mapping):
        parts = list(nest.values())
    for part in parts:
        if isinstance(part, tuple | Mapping):
            size = _first(part)
        elif isinstance(part, Array) and isinstance(part.shape, Shape) and part.shape.rank:
            size = part.shape[0]
        else:
            continue
        if isinstance(size, int):
            return size
    return UNFIXED


def _eager(array: Array, shape: Shape | Unknown, made: Made) -> Array:
    return replace(array, shape=shape, values=None, made=made, library="tensorflow")


def _row(made: Made) -> Callable[[Array], object]:
    def row(array: Array) -> object:
        shape = array.shape
        if isinstance(shape, Shape):
            if not shape.rank:
                return Unknown(WhyUnknown.REFUSED, "a dataset of slices of a scalar", made.site)
            shape = Shape(shape.dims[1:])
        return _eager(array, shape, replace(made, sources=(array,)))

    return row


@models(f"{HOME}.from_tensor_slices")
def from_tensor_slices(run: Interpreter, tensors: Value, name: Value = None) -> Value:
    """Rows of the arrays."""
    made = Made("from_tensor_slices", run.here)
    nest = _nest(run, tensors)
    return Dataset(over(nest, _row(made)), _first(nest), made)


@models(f"{HOME}.from_tensors")
def from_tensors(run: Interpreter, tensors: Value, name: Value = None) -> Value:
    """The arrays as one step."""
    made = Made("from_tensors", run.here)
    return Dataset(over(_nest(run, tensors), lambda a: _eager(a, a.shape, made)), 1, made)


@models(f"{HOME}.range")
def range_(run: Interpreter, *bounds: Value, **_: Value) -> Value:
    """Numbers, one in each step."""
    made = Made("range", run.here)
    return Dataset(Array(Shape(()), "int64", made=made, library="tensorflow"), UNFIXED, made)


@models("tensorflow.TensorSpec")
def tensor_spec(
    run: Interpreter, shape: Value, dtype: Value = "float32", name: Value = None
) -> Value:
    """A promise of a shape and a type."""
    return Spec(_promised(run, shape, dtype))


def _promised(run: Interpreter, shape: Value, dtype: Value) -> Array:
    from flatlint.evaluation.libraries.numpy.element_types import dtype_of

    made = Made("TensorSpec", run.here)
    known = shape_argument(run, shape)
    if not isinstance(known, Shape):
        unknown = run.unknown(WhyUnknown.ARGUMENT, known.reason)
        return Array(unknown, dtype_of(run, dtype), made=made, library="tensorflow")
    sizes = tuple(size if isinstance(size, int) else UNFIXED for size in known)
    return Array(Shape(sizes), dtype_of(run, dtype), made=made, library="tensorflow")


@models(f"{HOME}.from_generator")
def from_generator(
    run: Interpreter, generator: Value, *given: Value, output_signature: Value = None, **_: Value
) -> Value:
    """What the signature promises; without one nothing is known."""
    made = Made("from_generator", run.here)
    if output_signature is None:
        return Dataset(run.unknown(WhyUnknown.NOT_MODELLED, "what a generator gives"), made=made)
    promised = over(_nest(run, output_signature), lambda a: _eager(a, a.shape, made))
    return Dataset(promised, made=made)


@models(f"{HOME}.zip")
def zip_(run: Interpreter, *datasets: Value, **_: Value) -> Value:
    """One step of each."""
    parts = datasets[0] if len(datasets) == 1 else datasets
    plain = resolved(run, parts)
    if not isinstance(plain, tuple) or not all(isinstance(part, Dataset) for part in plain):
        return run.unknown(WhyUnknown.ARGUMENT, "datasets to zip")
    return Dataset(tuple(part.element for part in plain), plain[0].length, plain[0].made)


@method(Dataset, "shuffle", "prefetch", "cache", "with_options", "filter", "shard", "ignore_errors")
@takes_arguments
def same(run: Interpreter, arguments: Arguments) -> Value:
    """The same steps, perhaps in another order."""
    return arguments.positional[0]


@method(Dataset, "repeat", "take", "skip", "concatenate", "rebatch", "take_while")
@takes_arguments
def other_length(run: Interpreter, arguments: Arguments) -> Value:
    """Steps of the same shapes, more or fewer of them."""
    dataset = arguments.positional[0]
    assert isinstance(dataset, Dataset)
    return replace(dataset, length=UNFIXED)


@method(Dataset, "batch")
def batch(
    run: Interpreter,
    dataset: Dataset,
    batch_size: Value,
    drop_remainder: Value = False,
    *_: Value,
    **__: Value,
) -> Value:
    """A new first axis; the last batch may be smaller unless what remains is dropped."""
    size = value_size(batch_size) if drop_remainder is True else UNFIXED
    made = Made("batch", run.here)

    def batched(array: Array) -> Array:
        shape = array.shape
        if isinstance(shape, Shape):
            shape = Shape((size if isinstance(size, int) else UNFIXED, *shape))
        return _eager(array, shape, replace(made, sources=(array,)))

    return Dataset(over(dataset.element, batched), UNFIXED, dataset.made)


@method(Dataset, "padded_batch")
def padded_batch(run: Interpreter, dataset: Dataset, *_: Value, **__: Value) -> Value:
    """A new first axis; how far the others are filled up is not known."""
    made = Made("padded_batch", run.here)

    def batched(array: Array) -> Array:
        shape = array.shape
        if isinstance(shape, Shape):
            shape = Shape((UNFIXED,) * (shape.rank + 1))
        return _eager(array, shape, made)

    return Dataset(over(dataset.element, batched), UNFIXED, dataset.made)


@method(Dataset, "unbatch")
def unbatch(run: Interpreter, dataset: Dataset) -> Value:
    """Steps without their first axis."""
    return Dataset(over(dataset.element, _row(Made("unbatch", run.here))), UNFIXED, dataset.made)


@method(Dataset, "map")
def map_(run: Interpreter, dataset: Dataset, map_func: Value, *_: Value, **__: Value) -> Value:
    """Each step as the function returns it; a tuple is passed as several arguments."""
    element = as_value(run, dataset.element)
    given = element if isinstance(element, tuple) else (element,)
    result = resolved(run, run.call(map_func, Arguments(given), run.here.node))
    return replace(dataset, element=_stepped(result))


def _stepped(result: object) -> object:
    """What a function returned for one step; a tensor of shape alone becomes an array."""
    match result:
        case tuple():
            return tuple(map(_stepped, result))
        case Mapping():
            return {key: _stepped(part) for key, part in result.items()}
        case Array():
            return result
        case Tensor(shape=shape, dtype=dtype):
            return Array(shape, dtype, library="tensorflow")
        case Unknown():
            return result
    return Unknown(WhyUnknown.NOT_MODELLED, "what a function makes of a dataset")


def as_value(run: Interpreter, nest: object) -> Value:
    """A step as the program sees it: dicts are objects of the state."""
    if isinstance(nest, tuple):
        return tuple(as_value(run, part) for part in nest)
    if isinstance(nest, Mapping):
        return run.allocate(DictObject({k: as_value(run, part) for k, part in nest.items()}))
    return nest


@method(Dataset, "enumerate")
def enumerate_(run: Interpreter, dataset: Dataset, start: Value = 0) -> Value:
    """Each step behind its number."""
    number = Array(Shape(()), "int64", made=dataset.made, library="tensorflow")
    return replace(dataset, element=(number, dataset.element))


@method(Dataset, "as_numpy_iterator")
def as_numpy_iterator(run: Interpreter, dataset: Dataset) -> Value:
    """The same steps as arrays of numpy's."""
    plain = over(dataset.element, lambda array: replace(array, library="numpy"))
    return replace(dataset, element=plain)


@method(Dataset, "next", "__next__", "__getitem__", "get_next")
def one_step(run: Interpreter, dataset: Dataset, *_: Value) -> Value:
    """One step: of a generator, of an iterator."""
    return as_value(run, dataset.element)


@attribute(Dataset, "element_spec")
def element_spec(run: Interpreter, dataset: Dataset) -> Value:
    """The shapes and types of a step."""
    return as_value(run, over(dataset.element, Spec))


@attribute(Spec, "shape")
def shape_of_spec(run: Interpreter, spec: Spec) -> Value:
    """The promised shape."""
    return run.attribute(spec.array, "shape", run.here.node)
