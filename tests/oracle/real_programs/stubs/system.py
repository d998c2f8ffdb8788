"""Files, folders, archives, the network and other programs: read as stand-ins, written nowhere."""

from __future__ import annotations

import argparse
import builtins
import functools
import glob
import gzip
import io
import json
import os
import pickle
import shutil
import socket
import subprocess
import tarfile
import time
import types
import urllib.request
import zipfile
from typing import TYPE_CHECKING, Any

from tests.oracle.real_programs.stand_ins import StandIn, World, holds_stand_in
from tests.oracle.real_programs.stubs.callers import called_by_program

if TYPE_CHECKING:
    from collections.abc import Callable

real_open = builtins.open
"""The `open` that the tracer itself uses once `install` has been called."""


def install() -> None:
    """Put the stubs in place, in this process and for good."""
    builtins.open = _open
    io.open = _open
    builtins.input = lambda *_: "1"
    time.sleep = lambda *_: None
    _close_the_network()
    _keep_programs_from_starting()
    _guard_folders()
    for module, name in ((tarfile, "open"), (zipfile, "ZipFile"), (gzip, "open")):
        _replace_for_program(module, name, _noted(f"archive {module.__name__}", StandIn))
    json.load = stand_in_on_failure(json.load, "json.load")
    pickle.load = stand_in_on_failure(pickle.load, "pickle.load")
    _forgive_missing_arguments()


def stand_in_on_failure(function: Callable[..., Any], what: str) -> Callable[..., Any]:
    """The function, but given or failing on stand-ins it gives one (to the program's own calls)."""

    @functools.wraps(function)
    def attempt(*args: Any, **kwargs: Any) -> Any:
        if holds_stand_in(list(args), 2) or holds_stand_in(kwargs, 2):
            World.note(what)
            return StandIn()
        try:
            return function(*args, **kwargs)
        except Exception:
            if not called_by_program():
                raise
            World.note(what)
            return StandIn()

    return attempt


def text() -> str:
    """What every text file holds: rows of words with tabs, as data of translators have them."""
    sizes = World.sizes()
    words = [
        chr(97 + at) * (1 + at % 3) + chr(97 + (at * 5) % sizes.words) for at in range(sizes.words)
    ]
    rows = []
    for row in range(sizes.rows):
        length = 3 + row % (sizes.words // 2)
        sentence = " ".join(words[(row + at) % sizes.words] for at in range(length))
        rows.append(f"{sentence}\t{sentence} {words[row % sizes.words]}\t{row}")
    return "\n".join(rows) + "\n"


def _noted(what: str, answer: Callable[[], Any]) -> Callable[..., Any]:
    def reply(*_: Any, **__: Any) -> Any:
        World.note(what)
        return answer()

    return reply


def _replace_for_program(module: Any, name: str, stub: Callable[..., Any]) -> None:
    """Let the stub answer the program's own calls, and the real thing everyone else's."""
    real = getattr(module, name)

    @functools.wraps(real)
    def choose(*args: Any, **kwargs: Any) -> Any:
        return stub(*args, **kwargs) if called_by_program() else real(*args, **kwargs)

    setattr(module, name, choose)


def _is_in_work_folder(path: object) -> bool:
    if not isinstance(path, str | os.PathLike) or isinstance(path, StandIn):
        return False
    full = os.path.realpath(os.fspath(path))
    return isinstance(full, str) and full.startswith(os.path.realpath(os.getcwd()))  # noqa: PTH109


def _open(file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
    """Outside the run's own folder nothing is written, and every file holds `text()`."""
    descriptor = isinstance(file, int) and not isinstance(file, StandIn)
    if descriptor or not called_by_program():
        return real_open(file, mode, *args, **kwargs)
    writing = any(letter in mode for letter in "wax+")
    if _is_in_work_folder(file):
        if writing:
            os.makedirs(os.path.dirname(os.path.realpath(file)), exist_ok=True)  # noqa: PTH103, PTH120
            return real_open(file, mode, *args, **kwargs)
        try:
            return real_open(file, mode, *args, **kwargs)
        except OSError:
            pass
    World.note("open")
    content = "" if writing else text()
    return io.BytesIO(content.encode()) if "b" in mode else io.StringIO(content)


def _close_the_network() -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise OSError("there is no network here")

    socket.create_connection = socket.getaddrinfo = refuse
    socket.socket.connect = refuse  # type: ignore[method-assign]
    urllib.request.urlopen = lambda *_, **__: io.BytesIO(text().encode())
    _retrieve(urllib.request)


def _retrieve(module: Any) -> None:
    module.urlretrieve = lambda url, filename=None, *_, **__: (filename or "download", None)


def _keep_programs_from_starting() -> None:
    os.system = lambda *_, **__: 0
    os.popen = lambda *_, **__: io.StringIO("")  # type: ignore[assignment]
    ended = types.SimpleNamespace(returncode=0, stdout="", stderr="")
    for name, answer in (("run", ended), ("call", 0), ("check_call", 0), ("check_output", b"")):
        setattr(subprocess, name, lambda *_, _answer=answer, **__: _answer)


def _guard_folders() -> None:
    removing = ("remove", "unlink", "rmdir", "rename", "removedirs")
    moving = ("rmtree", "move", "copy", "copyfile", "copytree", "copy2", "unpack_archive")
    for module, names in ((os, removing), (shutil, moving), (os, ("mkdir", "makedirs"))):
        for name in names:
            _replace_for_program(module, name, _inside_work_folder(getattr(module, name)))
    _replace_for_program(
        os,
        "listdir",
        _noted("listdir", lambda: [f"class{at}" for at in range(World.sizes().length)]),
    )
    for name in ("glob", "iglob"):
        files = _noted(
            "glob", lambda: [f"/nowhere/file{at}.jpg" for at in range(World.sizes().rows)]
        )
        _replace_for_program(glob, name, files)


def _inside_work_folder(real: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(*args: Any, **kwargs: Any) -> Any:
        paths = [a for a in (*args, *kwargs.values()) if isinstance(a, str | os.PathLike)]
        if not all(_is_in_work_folder(path) for path in paths):
            return None
        try:
            return real(*args, **kwargs)
        except OSError:
            return None

    return guarded


def _forgive_missing_arguments() -> None:
    """No command line, and nothing on it required: defaults are what the source tells."""
    real = argparse.ArgumentParser.parse_known_args

    def parse(self: Any, args: Any = None, namespace: Any = None) -> Any:
        if called_by_program() or args is None:
            for action in self._actions:
                action.required = False
                if not action.option_strings and action.nargs is None:
                    action.nargs = "?"
            for group in self._mutually_exclusive_groups:
                group.required = False
        return real(self, [] if args is None else args, namespace)

    argparse.ArgumentParser.parse_known_args = parse  # type: ignore[method-assign]
