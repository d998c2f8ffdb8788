"""Settings of the project, and their changes while the server runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from tests.server.editor import Editor, editor, shared_editor
from tests.server.programs import UNFLATTENED

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def told_again(e: Editor, uri: str, file: Path) -> list[types.Diagnostic]:
    """What is published after the client has told that a file changed."""
    before = len(e.published)
    event = types.FileEvent(file.as_uri(), types.FileChangeType.Changed)
    e.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
    await e.until(lambda: e.published[-1] if len(e.published) > before else None)
    assert e.published[-1].uri == uri
    return list(e.published[-1].diagnostics)


async def test_a_changed_configuration_counts_at_once(tmp_path: Path) -> None:
    configuration = tmp_path / "pyproject.toml"
    async with shared_editor() as e:
        uri = e.open(tmp_path / "model.py", UNFLATTENED)
        assert len(await e.diagnostics(uri)) == 2
        configuration.write_text('[tool.flatlint]\nignore = ["FL001"]\n')
        assert await told_again(e, uri, configuration) == []
        configuration.unlink()
        assert len(await told_again(e, uri, configuration)) == 2


async def test_the_client_is_asked_to_watch_configuration_files(tmp_path: Path) -> None:
    async with editor(tmp_path) as e:
        uri = e.open(tmp_path / "model.py", UNFLATTENED)
        await e.diagnostics(uri)
    [registration] = [r for params in e.registrations for r in params.registrations]
    assert registration.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    globs = {watcher["globPattern"] for watcher in _watchers(registration)}
    assert {"**/pyproject.toml", "**/flatlint.toml", "**/*requirements*.txt"} <= globs


def _watchers(registration: types.Registration) -> list[dict[str, str]]:
    options = registration.register_options
    watchers = options["watchers"] if isinstance(options, dict) else options.watchers
    return [w if isinstance(w, dict) else {"globPattern": w.globPattern} for w in watchers]


async def test_a_broken_configuration_is_told_once_and_the_defaults_hold(tmp_path: Path) -> None:
    (tmp_path / "flatlint.toml").write_text('ignroe = ["FL001"]\n')
    async with editor(tmp_path) as e:
        uri = e.open(tmp_path / "model.py", UNFLATTENED)
        assert len(await e.diagnostics(uri)) == 2
        e.replace(uri, UNFLATTENED + "\n")
        await e.diagnostics(uri)
        [message] = e.client.messages
    assert "ignroe" in message.message
    assert "flatlint.toml" in message.message


async def test_files_that_the_project_excludes_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "flatlint.toml").write_text('extend-exclude = ["old"]\n')
    async with shared_editor() as e:
        uri = e.open(tmp_path / "old" / "model.py", UNFLATTENED)
        assert await e.diagnostics(uri) == []


async def test_saving_a_module_brings_its_importers_up_to_date(tmp_path: Path) -> None:
    units = tmp_path / "units.py"
    units.write_text("SHAPE = (3, 2)\n")
    text = (
        "from keras import Input\nfrom keras.layers import Dense\nfrom units import SHAPE\n"
        "y = Dense(4)(Input(SHAPE))\n"
    )
    async with shared_editor() as e:
        uri = e.open(tmp_path / "model.py", text)
        assert len(await e.diagnostics(uri)) == 1
        before = len(e.published)
        units.write_text("SHAPE = (6,)\n")
        document = types.TextDocumentIdentifier(units.as_uri())
        e.client.text_document_did_save(types.DidSaveTextDocumentParams(document))
        await e.until(lambda: e.published[-1] if len(e.published) > before else None)
    assert list(e.published[-1].diagnostics) == []
