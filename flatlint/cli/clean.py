"""`flatlint clean`: remove the caches of the project."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from flatlint.cli.output import Output
from flatlint.config import Configurations

MARK = "CACHEDIR.TAG"
"""Stands in every cache folder (https://bford.info/cachedir): nothing else is ever removed."""
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default="."
)
def clean(folder: Path) -> int:
    """Remove the cache of the project in FOLDER, by default the working folder."""
    output = Output()
    settings = Configurations().for_folder(folder.absolute()).settings
    for cache in sorted({settings.root / settings.cache_dir, folder / settings.cache_dir}):
        if (cache / MARK).is_file():
            shutil.rmtree(cache)
            output.write(f"Removed {cache}\n")
    output.finish()
    return 0
