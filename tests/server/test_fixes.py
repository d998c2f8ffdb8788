"""Code actions: what an editor offers under the light bulb, and what is in the buffer then."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from tests.server.editor import PULLING, PUSHED, applied, edits_of, shared_editor
from tests.server.programs import BEYOND_ASCII, FUNCTIONAL, UNFLATTENED

pytestmark = pytest.mark.asyncio(loop_scope="session")

EVERYTHING = types.Range(types.Position(0, 0), types.Position(1000, 0))


async def test_the_quick_fix_of_a_finding_changes_exactly_its_place(tmp_path: Path) -> None:
    async with shared_editor() as e:
        uri = e.open(tmp_path / "model.py", UNFLATTENED)
        first, _ = await e.diagnostics(uri)
        [action] = await e.actions(uri, first.range)
        assert action.kind == types.CodeActionKind.QuickFix
        assert action.title.startswith("Add Flatten() before Dense(16")
        assert list(action.diagnostics or ()) == [first]
        assert not action.is_preferred
        changed = applied(UNFLATTENED, edits_of(action), "utf-16-le")
        assert changed == (
            "from keras.models import Sequential\n"
            "from keras.layers import Dense, Flatten\n"
            "\n"
            "model = Sequential()\n"
            "model.add(Flatten(input_shape=(3, 2)))\n"
            "model.add(Dense(16))\n"
            "model.add(Dense(4))\n"
        )
        e.replace(uri, changed)
        assert await e.diagnostics(uri) == []


@pytest.mark.parametrize(("like", "encoding"), [(PUSHED, "utf-16-le"), (PULLING, "utf-8")])
async def test_edits_stand_right_behind_an_emoji(tmp_path: Path, like: str, encoding: str) -> None:
    async with shared_editor(like) as e:
        uri = e.open(tmp_path / "model.py", BEYOND_ASCII)
        [action] = await e.actions(uri, EVERYTHING, [types.CodeActionKind.QuickFix])
        changed = applied(BEYOND_ASCII, edits_of(action), encoding)
    assert changed.endswith('s = "é😀"; y = Dense(4)(Flatten()(x))\n')


async def test_nothing_is_offered_where_there_is_no_finding(tmp_path: Path) -> None:
    async with shared_editor() as e:
        uri = e.open(tmp_path / "model.py", UNFLATTENED)
        top = types.Range(types.Position(0, 0), types.Position(0, 5))
        assert await e.actions(uri, top) == []
        clean = e.open(tmp_path / "clean.py", FUNCTIONAL)
        assert await e.actions(clean, EVERYTHING) == []


async def test_only_the_kinds_that_are_asked_for_are_offered(tmp_path: Path) -> None:
    async with shared_editor() as e:
        uri = e.open(tmp_path / "model.py", UNFLATTENED)
        assert await e.actions(uri, EVERYTHING, [types.CodeActionKind.Refactor]) == []
        assert len(await e.actions(uri, EVERYTHING, [types.CodeActionKind.QuickFix])) == 1


async def test_fix_all_leaves_unsafe_fixes_alone_unless_the_project_allows_them(
    tmp_path: Path,
) -> None:
    async with shared_editor() as e:
        uri = e.open(tmp_path / "model.py", UNFLATTENED)
        assert await e.actions(uri, EVERYTHING, [types.CodeActionKind.SourceFixAll]) == []
        (tmp_path / "flatlint.toml").write_text("unsafe-fixes = true\n")
        e.replace(uri, UNFLATTENED)
        for kind in ("source", "source.fixAll", "source.fixAll.flatlint"):
            [action] = await e.actions(uri, EVERYTHING, [kind])
            assert action.kind == "source.fixAll.flatlint"
            assert "Flatten(input_shape=(3, 2))" in applied(
                UNFLATTENED, edits_of(action), "utf-16-le"
            )


async def test_rules_that_the_project_calls_unfixable_offer_no_fix(tmp_path: Path) -> None:
    (tmp_path / "flatlint.toml").write_text('unfixable = ["FL001"]\n')
    async with shared_editor() as e:
        uri = e.open(tmp_path / "model.py", UNFLATTENED)
        assert await e.actions(uri, EVERYTHING) == []


async def test_edits_name_the_version_that_they_are_for(tmp_path: Path) -> None:
    async with shared_editor() as e:
        uri = e.open(tmp_path / "model.py", FUNCTIONAL)
        version = e.replace(uri, UNFLATTENED)
        [action] = await e.actions(uri, EVERYTHING, [types.CodeActionKind.QuickFix])
    assert action.edit is not None
    assert action.edit.document_changes is not None
    [change] = action.edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    assert (change.text_document.uri, change.text_document.version) == (uri, version)
