"""Which Keras a project means, from what its metadata pins."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from flatlint.config.eras import ProjectEras
from flatlint.config.files import OWN_FILES
from flatlint.config.metadata_files import metadata_files

ROOT_MARKS = (".git", ".hg", ".svn", *OWN_FILES)
"""What stands in the root of a repository, or of a part of it that is configured on its own."""
NO_ERAS = ProjectEras()


def project_eras(path: Path) -> ProjectEras:
    """What the nearest project around the file or folder at `path` pins.

    Looks upwards for the nearest folder whose metadata pin Keras or TensorFlow, not past the
    root of a repository or a folder with a flatlint.toml.
    """
    absolute = path.absolute()
    return eras_of_folder(absolute if absolute.is_dir() else absolute.parent)


@cache
def eras_of_folder(folder: Path) -> ProjectEras:
    """What holds for the files in `folder`; remembered, as a run asks for every file.

    An editor that sees a metadata file change calls `eras_of_folder.cache_clear()`.
    """
    if eras := _pinned_in(folder):
        return eras
    is_top = folder.parent == folder or any((folder / m).exists() for m in ROOT_MARKS)
    return NO_ERAS if is_top else eras_of_folder(folder.parent)


def _pinned_in(folder: Path) -> ProjectEras | None:
    files = metadata_files(folder)
    if not files:
        return None
    # Only now, since `packaging` takes longer to import than all of this.
    from flatlint.config.metadata import pins_in
    from flatlint.config.pinned_eras import eras_of_pins

    pins = pins_in(files)
    return eras_of_pins(pins) if pins else None
