"""What Keras reads from disk or the network: weights, images, texts, data sets, saved models."""

from __future__ import annotations

import contextlib
import importlib
import sys
import types
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.oracle.real_programs.stand_ins import StandIn, World
from tests.oracle.real_programs.stubs import datasets
from tests.oracle.real_programs.stubs.system import text

if TYPE_CHECKING:
    from collections.abc import Callable

_CHANNELS = {"grayscale": 1, "rgb": 3, "rgba": 4}
_MODES = {1: "L", 3: "RGB", 4: "RGBA"}
_MODULES = {
    "keras3": {
        "get_file": "utils.file_utils",
        "load_model": "saving.saving_api",
        "load_img": "utils.image_utils",
        "image_dataset_from_directory": "utils.image_dataset_utils",
        "text_dataset_from_directory": "utils.text_dataset_utils",
        "plot_model": "utils.model_visualization",
        "ImageDataGenerator": "legacy.preprocessing.image",
    },
    "keras2": {
        "get_file": "utils.data_utils",
        "load_model": "saving.saving_api",
        "load_img": "utils.image_utils",
        "image_dataset_from_directory": "utils.image_dataset",
        "text_dataset_from_directory": "utils.text_dataset",
        "plot_model": "utils.vis_utils",
        "ImageDataGenerator": "preprocessing.image",
    },
}


class Replacements:
    """Functions of one Keras put in place of others, wherever they have been imported to."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._by_identity: dict[int, tuple[Any, Any]] = {}

    def replace(self, module: str, name: str, new: Callable[..., Any]) -> None:
        """Replace `source.module.name`, if there is one."""
        with contextlib.suppress(ImportError, AttributeError):
            home = importlib.import_module(f"{self._source}.{module}")
            old = getattr(home, name)
            self._by_identity[id(old)] = (old, new)
            setattr(home, name, new)

    def spread(self) -> None:
        """Replace them in every module of Keras that holds them under any name."""
        for name, module in list(sys.modules.items()):
            if name.split(".")[0] not in ("keras", "tf_keras"):
                continue
            if not isinstance(module, types.ModuleType):
                continue
            for key, value in list(vars(module).items()):
                old, new = self._by_identity.get(id(value), (None, None))
                if old is not None and old is value:
                    setattr(module, key, new)


def install(era: str, tf: Any, source: str) -> None:
    """Put the stubs in place in the package `source` (`keras.src` or `tf_keras.src`)."""
    homes = _MODULES["keras3" if era == "keras3" else "keras2"]
    replacements = Replacements(source)
    for name, new in _functions(tf).items():
        replacements.replace(homes[name], name, new)
    for name, load in datasets.loaders().items():
        replacements.replace(f"datasets.{name}", "load_data", load)
    words = {"imdb": datasets.WORDS_OF_IMDB, "reuters": datasets.WORDS_OF_REUTERS}
    for name, count in words.items():
        replacements.replace(f"datasets.{name}", "get_word_index", datasets.word_index(count))
    replacements.spread()
    if era == "keras3":
        importlib.import_module(f"{source}.utils.file_utils").exists = lambda _: True  # type: ignore[attr-defined]
    with contextlib.suppress(ImportError):
        legacy = importlib.import_module(f"{source}.saving.legacy.save")
        legacy.load_model = _stand_in("load_model")  # type: ignore[attr-defined]
    with contextlib.suppress(ImportError, AttributeError):
        module = importlib.import_module(f"{source}.{homes['ImageDataGenerator']}")
        _read_no_folders(module.ImageDataGenerator)


def _functions(tf: Any) -> dict[str, Callable[..., Any]]:
    return {
        "get_file": _get_file,
        "load_model": _stand_in("load_model"),
        "load_img": _load_img,
        "image_dataset_from_directory": _image_dataset(tf),
        "text_dataset_from_directory": _text_dataset(tf),
        "plot_model": lambda *_, **__: None,
    }


def _stand_in(what: str) -> Callable[..., StandIn]:
    def answer(*_: Any, **__: Any) -> StandIn:
        World.note(what)
        return StandIn()

    return answer


def _get_file(fname: Any = None, origin: Any = None, *_: Any, **__: Any) -> str:
    World.note("get_file")
    name = str(origin).rsplit("/", 1)[-1] if fname is None and origin else fname
    return f"/nowhere/{name}"


def _load_img(
    path: Any, color_mode: str = "rgb", target_size: Any = None, *_: Any, **options: Any
) -> Any:
    from PIL import Image

    World.note("load_img")
    side = World.sizes().number
    size = target_size or (side * 7, side * 8)
    height, width = (size, size) if isinstance(size, int) else size
    channels = 1 if options.get("grayscale") else _CHANNELS.get(color_mode, 3)
    return Image.new(_MODES[channels], (int(width), int(height)))


def _labels(tf: Any, mode: str | None, labels: Any) -> Any:
    """One label, or None where the data set has none."""
    if mode is None or labels is None:
        return None
    sizes = {"categorical": (World.sizes().length,), "binary": (1,)}
    return tf.zeros(sizes.get(mode, ()), "int32" if mode == "int" else "float32")


def _labelled(tf: Any, data: Any, label: Any, batch: int | None, options: dict[str, Any]) -> Any:
    if label is not None:
        data = data.map(lambda item: (item, label))
    data = data.batch(batch) if batch else data
    count = World.sizes().length
    data.class_names = options.get("class_names") or [f"class{at}" for at in range(count)]
    data.file_paths = [f"file{at}" for at in range(World.sizes().rows)]
    return (data, data) if options.get("subset") == "both" else data


def _image_dataset(tf: Any) -> Callable[..., Any]:
    def images(directory: Any = None, labels: Any = "inferred", **options: Any) -> Any:
        World.note("image_dataset_from_directory")
        channels = _CHANNELS.get(options.get("color_mode", "rgb"), 3)
        size = (*options.get("image_size", (256, 256)), channels)
        data = tf.data.Dataset.from_tensors(tf.zeros(size)).repeat(World.sizes().rows)
        label = _labels(tf, options.get("label_mode", "int"), labels)
        return _labelled(tf, data, label, options.get("batch_size", 32), options)

    return images


def _text_dataset(tf: Any) -> Callable[..., Any]:
    def texts(directory: Any = None, labels: Any = "inferred", **options: Any) -> Any:
        World.note("text_dataset_from_directory")
        data = tf.data.Dataset.from_tensor_slices(tf.constant(text().splitlines()))
        label = _labels(tf, options.get("label_mode", "int"), labels)
        return _labelled(tf, data, label, options.get("batch_size", 32), options)

    return texts


class FolderOfImages:
    """What `flow_from_directory` gives: images of the right shape, of nobody knows what."""

    def __init__(self, size: Any, channels: int, batch: int, mode: str | None) -> None:
        count = World.sizes().length
        self.image_shape = (*size, channels)
        self.target_size, self.batch_size, self.class_mode = tuple(size), batch, mode
        self.num_classes = self.nb_class = count
        self.classes = np.arange(World.sizes().rows) % count
        self.labels = self.classes
        self.class_indices = {f"class{at}": at for at in range(count)}
        self.samples = self.n = self.nb_sample = World.sizes().rows
        self.filenames = [f"class{at % count}/file{at}.jpg" for at in range(self.samples)]
        self.filepaths = self.filenames

    def __next__(self) -> Any:
        images = np.zeros((self.batch_size, *self.image_shape), "float32")
        if self.class_mode is None:
            return images
        if self.class_mode == "input":
            return images, images
        wide = self.class_mode == "categorical"
        return images, np.zeros((self.batch_size, self.num_classes) if wide else self.batch_size)

    next = __next__

    def __iter__(self) -> Any:
        return iter([next(self) for _ in range(World.sizes().items)])

    def __getitem__(self, at: int) -> Any:
        if at >= len(self):
            raise IndexError(at)
        return next(self)

    def __len__(self) -> int:
        return max(1, -(-self.samples // self.batch_size))

    def reset(self) -> None:
        """Nothing to go back to."""


def _read_no_folders(generator: Any) -> None:
    def from_folder(
        self: Any,
        directory: Any = None,
        target_size: Any = (256, 256),
        color_mode: str = "rgb",
        classes: Any = None,
        class_mode: str | None = "categorical",
        batch_size: int = 32,
        *_: Any,
        **__: Any,
    ) -> FolderOfImages:
        World.note("flow_from_directory")
        channels = _CHANNELS.get(color_mode, 3)
        return FolderOfImages(target_size, channels, int(batch_size), class_mode)

    def from_frame(self: Any, *_: Any, **options: Any) -> FolderOfImages:
        known = ("target_size", "color_mode", "class_mode", "batch_size")
        return from_folder(self, **{key: options[key] for key in known if key in options})

    generator.flow_from_directory = from_folder
    generator.flow_from_dataframe = from_frame
    generator.fit = lambda *_, **__: None
