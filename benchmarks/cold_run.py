"""A cold run of flatlint beside libcst's bare parse of the same relevant files, as ratios.

    python benchmarks/cold_run.py [PATH …] [--runs 5]

Each figure is a whole process, started anew; the medians of interleaved runs are compared, so that
a machine that slows down slows both.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

FIXTURES = Path(__file__).parents[1] / "fixtures"

BARE_PARSE = """
import sys
from pathlib import Path
import libcst
from flatlint.sources.reading import read_file
from flatlint.sources.relevance import names_keras
from flatlint.sources.unreadable import UnreadableSource
for name in sys.argv[1:]:
    try:
        source = read_file(Path(name))
    except UnreadableSource:
        continue
    if names_keras(source.text.encode()):
        try:
            libcst.parse_module(source.text)
        except libcst.ParserSyntaxError:
            pass
"""
IMPORTS_ALONE = "import libcst, pydantic"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("paths", nargs="*", type=Path, default=[FIXTURES / "programs"])
    arguments.add_argument("--runs", type=int, default=5)
    given = arguments.parse_args()
    files = [str(file) for path in given.paths for file in sources_in(path)]
    commands = {
        "flatlint check": [sys.executable, "-m", "flatlint", "check", "--quiet", *files],
        "bare parse": [sys.executable, "-c", BARE_PARSE, *files],
        "imports alone": [sys.executable, "-c", IMPORTS_ALONE],
        "flatlint --version": [sys.executable, "-m", "flatlint", "--version"],
    }
    seconds = {name: [] for name in commands}
    for _ in range(given.runs + 1):
        for name, command in commands.items():
            seconds[name].append(seconds_of(command))
    medians = {name: statistics.median(runs[1:]) for name, runs in seconds.items()}
    print(f"{len(files)} files, {given.runs} runs each after one that is not counted")
    for name, median in medians.items():
        ratio = median / medians["bare parse"]
        print(f"{name:20} {median:7.3f} s  {ratio:5.2f} x bare parse")


def sources_in(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(p for p in path.rglob("*") if p.suffix in (".py", ".ipynb"))


def seconds_of(command: list[str]) -> float:
    # An installed package has its bytecode; a process that may not write any would compile anew.
    environment = {key: os.environ[key] for key in os.environ if key != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    silent = subprocess.DEVNULL
    subprocess.run(command, stdout=silent, stderr=silent, env=environment, check=False)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
