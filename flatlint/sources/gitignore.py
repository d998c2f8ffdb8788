"""Which paths git is told to ignore."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class GitIgnores:
    """The `.gitignore` files of a repository, each read when its folder is first asked about."""

    def __init__(self) -> None:
        self._chains: dict[Path, tuple[tuple[Path, GitIgnoreSpec], ...]] = {}

    def cover(self, path: Path, is_folder: bool) -> bool:
        """Whether git ignores the path; its folders have been asked before.

        The innermost file with a word on the path decides, as git does it.
        """
        absolute = path.absolute()
        for folder, spec in self._chain(absolute.parent):
            relative = absolute.relative_to(folder).as_posix() + ("/" if is_folder else "")
            verdict = spec.check_file(relative).include
            if verdict is not None:
                return verdict
        return False

    def _chain(self, folder: Path) -> tuple[tuple[Path, GitIgnoreSpec], ...]:
        """The specs that hold in a folder, innermost first, up to the repository's root."""
        if folder not in self._chains:
            own = _specs_in(folder)
            is_root = (folder / ".git").exists() or folder.parent == folder
            self._chains[folder] = own if is_root else own + self._chain(folder.parent)
        return self._chains[folder]


def _specs_in(folder: Path) -> tuple[tuple[Path, GitIgnoreSpec], ...]:
    found = []
    for name in (".gitignore", ".git/info/exclude"):
        try:
            lines = (folder / name).read_text("utf-8", "replace").splitlines()
        except OSError:
            continue
        # Imported only now: most folders have no such file, and the import is not cheap.
        from pathspec import GitIgnoreSpec

        found.append((folder, GitIgnoreSpec.from_lines(lines)))
    return tuple(found)
