"""Servers that tests share are ended with the session."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.server.editor import stop_shared_editors


@pytest_asyncio.fixture(scope="session", loop_scope="session", autouse=True)
async def _shared_editors() -> AsyncIterator[None]:
    yield
    await stop_shared_editors()
