"""Analyses in a worker thread: typing never waits, and the newest version wins."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from flatlint.server.analysis import Analysis
from flatlint.server.documents import Document

PAUSE = 0.2
"""Seconds without a key after which a changed document is looked at."""

Answer = TypeVar("Answer")
Analyse = Callable[[Document], Analysis]


class NewestAnalyses:
    """The analysis of the newest version of each open document, made or in the making.

    One thread does all the work, so that what it shares needs no locks.
    """

    def __init__(self, analyse: Analyse, tell: Callable[[Analysis], None]) -> None:
        self._analyse = analyse
        self._tell = tell
        self._tasks: dict[str, asyncio.Task[Analysis]] = {}
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="flatlint")

    def start(self, document: Document, pause: float = 0) -> None:
        """Look at this version, after a pause in which a newer one may come; tell the result."""
        self.forget(document.uri)
        task = asyncio.ensure_future(self._after(pause, document))
        self._tasks[document.uri] = task
        task.add_done_callback(self._tell_if_newest)

    def forget(self, uri: str) -> None:
        """Give up a document: nothing more is told of it."""
        if (task := self._tasks.pop(uri, None)) is not None:
            task.cancel()

    async def of(self, uri: str) -> Analysis | None:
        """The analysis of the newest version there is when it is done; None if it is not open."""
        while (task := self._tasks.get(uri)) is not None:
            await asyncio.wait([task])
            if task is self._tasks.get(uri):
                return task.result()
        return None

    async def ask(self, question: Callable[[], Answer]) -> Answer:
        """Work something out in the thread of the analyses."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, question)

    def stop(self) -> None:
        """Drop what waits; what runs cannot be stopped and is not told."""
        for uri in list(self._tasks):
            self.forget(uri)
        self._worker.shutdown(wait=False, cancel_futures=True)

    async def _after(self, pause: float, document: Document) -> Analysis:
        await asyncio.sleep(pause)
        return await self.ask(lambda: self._analyse(document))

    def _tell_if_newest(self, task: asyncio.Task[Analysis]) -> None:
        if not task.cancelled() and task in self._tasks.values():
            self._tell(task.result())
