"""Diagnostics, pushed and pulled, over the real server's stdin and stdout."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from lsprotocol import types

from tests.server.editor import PULLING, PUSHED, editor, shared_editor
from tests.server.programs import BEYOND_ASCII, FUNCTIONAL, PREFIX, UNFLATTENED

pytestmark = pytest.mark.asyncio(loop_scope="session")


def starts(diagnostics: list[types.Diagnostic]) -> list[tuple[str, int, int]]:
    return [(str(d.code), d.range.start.line, d.range.start.character) for d in diagnostics]


def span(start: tuple[int, int], end: tuple[int, int]) -> types.Range:
    return types.Range(types.Position(*start), types.Position(*end))


async def test_findings_are_published_when_a_file_is_opened(tmp_path: Path) -> None:
    async with shared_editor() as e:
        uri = e.open(tmp_path / "model.py", UNFLATTENED)
        first, second = await e.diagnostics(uri)
    assert starts([first, second]) == [("FL001", 4, 10), ("FL001", 5, 10)]
    assert first.range.end == types.Position(4, len("model.add(Dense(16, input_shape=(3, 2))"))
    assert first.severity is types.DiagnosticSeverity.Warning
    assert first.source == "flatlint"
    assert "(None, 3, 16)" in first.message
    assert second.related_information


async def test_a_file_on_disk_is_not_asked_the_buffer_is(tmp_path: Path) -> None:
    (tmp_path / "model.py").write_text(UNFLATTENED)
    async with shared_editor() as e:
        uri = e.open(tmp_path / "model.py", FUNCTIONAL)
        assert await e.diagnostics(uri) == []


async def test_typing_brings_findings_and_takes_them_away(tmp_path: Path) -> None:
    async with shared_editor() as e:
        uri = e.open(tmp_path / "model.py", FUNCTIONAL)
        assert await e.diagnostics(uri) == []
        # `h = Flatten()(x)` becomes `h = (x)`, and back.
        e.change(uri, types.TextDocumentContentChangePartial(span((4, 4), (4, 13)), ""))
        assert starts(await e.diagnostics(uri)) == [("FL001", 5, 9)]
        e.change(uri, types.TextDocumentContentChangePartial(span((4, 4), (4, 4)), "Flatten()"))
        assert await e.diagnostics(uri) == []


async def test_a_half_typed_line_costs_no_finding_of_another_line(tmp_path: Path) -> None:
    async with shared_editor() as e:
        uri = e.open(tmp_path / "model.py", UNFLATTENED)
        await e.diagnostics(uri)
        end = span((6, 0), (6, 0))
        e.change(uri, types.TextDocumentContentChangePartial(end, "model.compile(loss="))
        found = await e.diagnostics(uri)
    assert [one for one in starts(found) if one[0] == "FL001"] == [
        ("FL001", 4, 10),
        ("FL001", 5, 10),
    ]
    hints = {str(d.code) for d in found if d.severity is types.DiagnosticSeverity.Hint}
    assert "FL901" in hints


async def test_of_versions_that_come_at_once_only_the_newest_is_told(tmp_path: Path) -> None:
    async with shared_editor() as e:
        uri = e.open(tmp_path / "model.py", FUNCTIONAL)
        await e.diagnostics(uri)
        for _ in range(20):
            e.change(uri, types.TextDocumentContentChangePartial(span((0, 0), (0, 0)), "\n"))
        newest = e.replace(uri, UNFLATTENED)
        assert len(await e.diagnostics(uri)) == 2
        await asyncio.sleep(0.5)
        versions = [one.version or 0 for one in e.published if one.uri == uri]
    # On a busy machine a pause may fall between two of the changes, but never between all.
    assert versions[-1] == newest == 22
    assert versions == sorted(versions)
    assert len(versions) < 10


async def test_the_server_answers_while_it_looks_at_a_large_program(tmp_path: Path) -> None:
    head = "from keras import Input\nfrom keras.layers import Dense\nx = Input((8,))\n"
    large = head + "x = Dense(8)(x)\n" * 1500
    async with shared_editor() as e:
        small = e.open(tmp_path / "small.py", UNFLATTENED)
        await e.diagnostics(small)
        uri = e.open(tmp_path / "large.py", large)
        started = time.monotonic()
        params = types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(small))
        e.client.text_document_did_close(params)
        await e.until(
            lambda: next((o for o in e.published if o.uri == small and not o.diagnostics), None)
        )
        closed = time.monotonic() - started
        assert await e.diagnostics(uri) == []
        linted = time.monotonic() - started
    assert closed < linted / 2


async def test_closing_a_file_takes_its_findings_away(tmp_path: Path) -> None:
    async with shared_editor() as e:
        uri = e.open(tmp_path / "model.py", UNFLATTENED)
        assert await e.diagnostics(uri)
        e.close(uri)
        await e.until(lambda: e.published[-1] if not e.published[-1].diagnostics else None)
        assert e.published[-1].uri == uri


@pytest.mark.parametrize(
    ("like", "encoding", "unit"),
    [
        pytest.param(PUSHED, None, ("utf-16-le", 2), id="utf-16 where nothing is said"),
        pytest.param(PULLING, "utf-8", ("utf-8", 1), id="utf-8 where the client likes it best"),
        pytest.param("emacs@v29.1", "utf-32", ("utf-32-le", 4), id="utf-32 likewise"),
    ],
)
async def test_columns_are_counted_as_agreed(
    tmp_path: Path, like: str, encoding: str | None, unit: tuple[str, int]
) -> None:
    async with shared_editor(like) as e:
        assert (e.capabilities.position_encoding or "utf-16") == (encoding or "utf-16")
        uri = e.open(tmp_path / "model.py", BEYOND_ASCII)
        found = await (e.pulled(uri) if like == PULLING else e.diagnostics(uri))
        column = len(PREFIX.encode(unit[0])) // unit[1]
        assert starts(found) == [("FL001", 4, column)]
        assert found[0].range.end.character == column + len("Dense(4)")
        # Behind the emoji, change `Dense(4)` to `Dense(45)`: only the right place gives that.
        at = column + len("Dense(4")
        e.change(uri, types.TextDocumentContentChangePartial(span((4, at), (4, at)), "5"))
        found = await (e.pulled(uri) if like == PULLING else e.diagnostics(uri))
    assert found[0].message.startswith("Dense(45) gets (None, 3, 2)")


async def test_form_feeds_and_strange_line_ends_part_no_lines(tmp_path: Path) -> None:
    # The protocol knows \n, \r\n and \r alone, as Python does.
    text = '"""\x0c\x0b\x1c\u2028\x85"""\r\n' + UNFLATTENED.replace("\n", "\r\n")
    async with shared_editor() as e:
        uri = e.open(tmp_path / "model.py", text)
        assert starts(await e.diagnostics(uri)) == [("FL001", 5, 10), ("FL001", 6, 10)]
        at = span((5, 16), (5, 18))
        e.change(uri, types.TextDocumentContentChangePartial(at, "32"))
        first, _ = await e.diagnostics(uri)
    assert first.message.startswith("Dense(32) gets")


async def test_a_byte_order_mark_is_a_character_of_the_first_line(tmp_path: Path) -> None:
    text = "\ufefffrom keras.layers import *; from keras import Input; Dense(4)(Input((3, 2)))\n"
    async with shared_editor() as e:
        uri = e.open(tmp_path / "model.py", text)
        assert starts(await e.diagnostics(uri)) == [("FL001", 0, text.index("Dense"))]


async def test_a_client_that_pulls_is_not_pushed_to(tmp_path: Path) -> None:
    async with shared_editor(PULLING) as e:
        uri = e.open(tmp_path / "model.py", UNFLATTENED)
        assert starts(await e.pulled(uri)) == [("FL001", 4, 10), ("FL001", 5, 10)]
        e.replace(uri, FUNCTIONAL)
        assert await e.pulled(uri) == []
        assert e.published == []


async def test_nothing_is_known_of_a_file_that_is_not_open(tmp_path: Path) -> None:
    async with shared_editor(PULLING) as e:
        assert await e.pulled((tmp_path / "model.py").as_uri()) == []


async def test_files_outside_the_workspace_and_unsaved_ones_are_checked(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "build" / "outside"
    inside.mkdir()
    async with editor(inside) as e:
        for where in (outside / "ä b.py", "untitled:Untitled-1"):
            uri = e.open(where, UNFLATTENED)
            assert len(await e.diagnostics(uri)) == 2


async def test_what_is_not_python_is_left_alone(tmp_path: Path) -> None:
    async with shared_editor(PULLING) as e:
        uri = (tmp_path / "model.md").as_uri()
        item = types.TextDocumentItem(uri, "markdown", 1, UNFLATTENED)
        e.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        assert await e.pulled(uri) == []


async def test_text_that_no_file_could_hold_ends_nothing(tmp_path: Path) -> None:
    async with shared_editor() as e:
        uri = e.open(tmp_path / "model.py", "\0keras")
        await e.diagnostics(uri)
        e.replace(uri, UNFLATTENED)
        assert len(await e.diagnostics(uri)) == 2


async def test_a_finding_in_another_file_stands_where_this_one_leads_there(tmp_path: Path) -> None:
    (tmp_path / "head.py").write_text(
        "# é😀\nfrom keras.layers import Dense\ndef head(x):\n    return Dense(4)(x)\n"
    )
    text = "from keras import Input\nfrom head import head\ny = head(Input((3, 2)))\n"
    async with shared_editor() as e:
        uri = e.open(tmp_path / "model.py", text)
        [found] = await e.diagnostics(uri)
        assert starts([found]) == [("FL001", 2, 4)]
        places = {(r.location.uri, r.location.range.start.line) for r in found.related_information}
        assert ((tmp_path / "head.py").as_uri(), 3) in places
        # The fix belongs to the other file: it is not offered here.
        assert await e.actions(uri, found.range) == []
