"""Generated tables of Keras's public interface, one JSON file per era."""

import json
from pathlib import Path
from typing import Any

# Not through `importlib.resources`, whose import takes longer than reading a table.
FOLDER = Path(__file__).parent


def is_recorded(name: str) -> bool:
    """Whether there is a table of that name."""
    return (FOLDER / f"{name}.json").is_file()


def read_table(name: str) -> Any:
    """What a table holds: `keras3`, `applications/VGG16`."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
