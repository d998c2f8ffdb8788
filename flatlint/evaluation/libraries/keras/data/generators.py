"""Data in batches from directories, tables and arrays: `image_dataset_from_directory` and the like.

Sources: the pages of https://keras.io/api/data_loading/ and, for `ImageDataGenerator`, of
https://keras.io/2.18/api/; the defaults are those of the signatures of tf_keras.
"""

from __future__ import annotations

from dataclasses import dataclass

from flatlint.evaluation.base import Interpreter, attribute, method, models
from flatlint.evaluation.iteration import length_of
from flatlint.evaluation.libraries.keras.data.pictures import channels_of, size_of_image
from flatlint.evaluation.libraries.keras.operations.recording import operation
from flatlint.evaluation.values import Value
from flatlint.graph import Array, Conflict, Made, Unknown, WhyUnknown
from flatlint.graph.dataset import Dataset, Source
from flatlint.shapes import UNFIXED, Dim, Shape

MODES = (None, "int", "sparse", "binary", "categorical", "input")


@dataclass(frozen=True)
class ImageGenerator:
    """`ImageDataGenerator`: changes pictures by chance and hands them out in batches."""


def _batch(
    run: Interpreter, what: str, axes: tuple[Dim, ...], dtype: str | None = "float32"
) -> Array:
    made = Made(what, run.here)
    return Array(Shape((UNFIXED, *axes)), dtype, made=made, library="tensorflow")


def _labels(run: Interpreter, what: str, mode: Value, classes: Value) -> object:
    """The labels of a batch, floats whatever they count."""
    if isinstance(mode, str) and mode in MODES:
        if mode == "categorical":
            count = None if classes is None else length_of(run, classes)
            return _batch(run, what, (UNFIXED if count is None else count,))
        return _batch(run, what, ())
    return run.unknown(WhyUnknown.ARGUMENT, "the kind of labels")


def _labels_of_files(
    run: Interpreter, what: str, labels: Value, mode: Value, classes: Value
) -> object:
    """The labels of a batch of a dataset: `binary` ones are a column, class numbers integers.

    Source: `labels_to_dataset_tf` of keras/src/utils/dataset_utils.py: labels that the caller gives
    stay of the dtype that they have.
    """
    if mode == "binary":
        return _batch(run, what, (1,))
    if mode == "int":
        return _batch(run, what, (), "int32" if labels == "inferred" else None)
    return _labels(run, what, mode, classes)


DIRECTORIES = ("keras.utils", "keras.preprocessing")


@models(*(f"{home}.image_dataset_from_directory" for home in DIRECTORIES),
        "keras.preprocessing.image.image_dataset_from_directory")  # fmt: skip
def image_dataset_from_directory(
    run: Interpreter,
    directory: Value,
    labels: Value = "inferred",
    label_mode: Value = "int",
    class_names: Value = None,
    color_mode: Value = "rgb",
    batch_size: Value = 32,
    image_size: Value = (256, 256),
    *_: Value,
    subset: Value = None,
    data_format: Value = None,
    **__: Value,
) -> Value:
    """Pictures and their labels in batches; two datasets for `subset="both"`."""
    what = "image_dataset_from_directory"
    sizes, channels = size_of_image(run, image_size), channels_of(color_mode)
    axes: tuple[Dim, ...] = (*sizes, channels)
    if data_format is not None or run.image_data_format == "channels_first":
        axes = (UNFIXED,) * 3
    if batch_size is None:
        return Dataset(run.unknown(WhyUnknown.NOT_MODELLED, "pictures that are not in batches"))
    element: object = _batch(run, what, axes)
    if label_mode is not None and labels is not None:
        element = (element, _labels_of_files(run, what, labels, label_mode, class_names))
    dataset = Dataset(element, made=Made(what, run.here))
    return (dataset, dataset) if subset == "both" else dataset


@models(*(f"{home}.text_dataset_from_directory" for home in DIRECTORIES))
def text_dataset_from_directory(
    run: Interpreter,
    directory: Value,
    labels: Value = "inferred",
    label_mode: Value = "int",
    class_names: Value = None,
    *_: Value,
    **__: Value,
) -> Value:
    """Texts and their labels in batches."""
    what = "text_dataset_from_directory"
    made = Made(what, run.here)
    texts: object = Array(Shape((UNFIXED,)), "bytes", made=made, library="tensorflow")
    if label_mode is not None and labels is not None:
        texts = (texts, _labels_of_files(run, what, labels, label_mode, class_names))
    return Dataset(texts, made=made)


@models(*(f"{home}.timeseries_dataset_from_array" for home in DIRECTORIES),
        "keras.preprocessing.timeseries.timeseries_dataset_from_array",
        "keras.preprocessing.sequence.timeseries_dataset_from_array")  # fmt: skip
def timeseries_dataset_from_array(
    run: Interpreter,
    data: Value,
    targets: Value,
    sequence_length: Value,
    sequence_stride: Value = 1,
    sampling_rate: Value = 1,
    batch_size: Value = 128,
    *_: Value,
    **__: Value,
) -> Value:
    """Windows of the rows, and the target of each."""
    what = "timeseries_dataset_from_array"
    length = _length(sequence_length)
    window = _windows(run, what, data, batch_size, length)
    if targets is None:
        return Dataset(window, made=Made(what, run.here))
    return Dataset(
        (window, _windows(run, what, targets, batch_size, None)), made=Made(what, run.here)
    )


def _length(value: Value) -> Dim:
    from flatlint.evaluation.libraries.numpy.reading import size_of

    size = size_of(value)
    return UNFIXED if size is None else size


def _windows(
    run: Interpreter, what: str, value: Value, batch_size: Value, length: Dim | None
) -> object:
    from flatlint.evaluation.libraries.numpy.reading import array_of

    array = array_of(run, value)
    made = Made(what, run.here, (array,))
    shape: Shape | Unknown = array.shape
    if isinstance(shape, Shape):
        steps = () if length is None else (length,)
        batch = () if batch_size is None else (UNFIXED,)
        shape = Shape((*batch, *steps, *shape[1:]))
    return Array(shape, array.dtype, made=made, library="tensorflow")


@models("keras.preprocessing.image.ImageDataGenerator",
        "keras_preprocessing.image.ImageDataGenerator",
        "keras.legacy.preprocessing.image.ImageDataGenerator")  # fmt: skip
def image_data_generator(run: Interpreter, *_: Value, **__: Value) -> Value:
    """A generator; nothing that it does to pictures changes their shape."""
    return ImageGenerator()


@method(ImageGenerator, "fit")
def fit(run: Interpreter, generator: ImageGenerator, x: Value, *_: Value, **__: Value) -> Value:
    """Learns means and variances."""
    _require_pictures(run, "fit", x)
    return None


def _require_pictures(run: Interpreter, name: str, x: Value) -> None:
    """Record that `flow` and `fit` refuse arrays of another rank than 4.

    Source: `NumpyArrayIterator.__init__` and `ImageDataGenerator.fit` in
    tf_keras/src/preprocessing/image.py and keras/src/legacy/preprocessing/image.py.
    """
    from flatlint.evaluation.libraries.numpy.reading import array_of

    held = run.object_at(x)
    given = array_of(run, held[0] if isinstance(held, tuple) and held else x)
    if not isinstance(given.shape, Shape) or given.shape.rank == 4:
        return
    conflict = Conflict(
        f"ImageDataGenerator.{name} takes arrays of rank 4 (samples, height, width, channels) and "
        f"gets {given.shape} of rank {given.shape.rank}",
        "Input data in `NumpyArrayIterator` should have rank 4. You passed an array with shape "
        f"{given.shape}",
        run.is_guarded,
    )
    operation(run, name, [], run.unknown(WhyUnknown.REFUSED, name), conflict)


@method(ImageGenerator, "flow")
def flow(
    run: Interpreter,
    generator: ImageGenerator,
    x: Value,
    y: Value = None,
    batch_size: Value = 32,
    shuffle: Value = True,
    sample_weight: Value = None,
    **_: Value,
) -> Value:
    """Batches of arrays that are there already."""
    _require_pictures(run, "flow", x)
    parts = [_windows(run, "flow", part, 32, None) for part in (x, y, sample_weight)
             if part is not None]  # fmt: skip
    made = Made("flow", run.here)
    if isinstance(run.object_at(x), tuple):
        return Dataset(
            run.unknown(WhyUnknown.NOT_MODELLED, "a flow of several arrays"),
            made=made,
            source=Source.PICTURES,
        )
    return Dataset(parts[0] if len(parts) == 1 else tuple(parts), made=made, source=Source.PICTURES)


@method(ImageGenerator, "flow_from_directory")
def flow_from_directory(
    run: Interpreter,
    generator: ImageGenerator,
    directory: Value,
    target_size: Value = (256, 256),
    color_mode: Value = "rgb",
    classes: Value = None,
    class_mode: Value = "categorical",
    *_: Value,
    **__: Value,
) -> Value:
    """Batches of the pictures in a directory, labelled by its folders."""
    return _pictures(run, "flow_from_directory", target_size, color_mode, classes, class_mode)


@method(ImageGenerator, "flow_from_dataframe")
def flow_from_dataframe(
    run: Interpreter,
    generator: ImageGenerator,
    dataframe: Value,
    directory: Value = None,
    x_col: Value = "filename",
    y_col: Value = "class",
    *_: Value,
    target_size: Value = (256, 256),
    color_mode: Value = "rgb",
    classes: Value = None,
    class_mode: Value = "categorical",
    **__: Value,
) -> Value:
    """Batches of the pictures that a table names."""
    return _pictures(run, "flow_from_dataframe", target_size, color_mode, classes, class_mode)


def _pictures(
    run: Interpreter, what: str, size: Value, color_mode: Value, classes: Value, mode: Value
) -> Dataset:
    axes: tuple[Dim, ...] = (*size_of_image(run, size), channels_of(color_mode))
    if run.image_data_format == "channels_first":
        axes = (axes[2], *axes[:2])
    pictures = _batch(run, what, axes)
    made = Made(what, run.here)
    if mode is None:
        return Dataset(pictures, made=made, source=Source.PICTURES)
    if mode == "input":
        return Dataset((pictures, pictures), made=made, source=Source.PICTURES)
    return Dataset(
        (pictures, _labels(run, what, mode, classes)),
        made=made,
        source=Source.PICTURES,
    )


def _unknown_of(name: str) -> None:
    @attribute(Dataset, name)
    def part(run: Interpreter, dataset: Dataset) -> Value:
        return run.unknown(WhyUnknown.FROM_OUTSIDE, f"the `{name}` of a directory")


for _name in ("class_names", "class_indices", "classes", "samples", "n", "num_classes", "filenames",
              "labels", "file_paths", "filepaths", "batch_size", "image_shape"):  # fmt: skip
    _unknown_of(_name)


@method(Dataset, "reset", "on_epoch_end")
def reset(run: Interpreter, dataset: Dataset) -> Value:
    """Starts again."""
    return None
