"""Trace real programs and score an analyser against them.

    python -m tests.oracle.real_programs trace PATH [--root FOLDER] [--era keras3]
    python -m tests.oracle.real_programs all --corpus FOLDER --truth FOLDER [--only WORD …]
    python -m tests.oracle.real_programs keep --truth FOLDER
    python -m tests.oracle.real_programs score --corpus FOLDER [--truth FOLDER] [--half work]

`--corpus` is a folder of checkouts with its `corpus.json`; `--truth` holds one file of facts a
program; without it `score` takes the facts that the repository keeps.
"""

from __future__ import annotations

import argparse
import json
import shlex
import sys
import tempfile
from pathlib import Path

from tests.oracle.real_programs.analyser import ask
from tests.oracle.real_programs.corpus import candidates, checkouts, file_of
from tests.oracle.real_programs.facts import ProgramFacts, read_facts, write_facts
from tests.oracle.real_programs.figures import Tally, listed, table
from tests.oracle.real_programs.halves import Half, half_of
from tests.oracle.real_programs.manifest import read_kept, write_kept
from tests.oracle.real_programs.scoring import score_program

KEPT = Path(__file__).resolve().parents[3] / "fixtures" / "oracle" / "programs"
SUMMARY = f"{shlex.quote(sys.executable)} -m flatlint summary --output-format json"


def trace(options: argparse.Namespace) -> int:
    """Print the facts of one program."""
    from tests.oracle.real_programs.tracing import trace_file

    file = Path(options.path).resolve()
    root = Path(options.root).resolve() if options.root else file.parent
    with tempfile.TemporaryDirectory() as folder:
        printed = Path(folder) / "facts.json"
        write_facts(trace_file(file, root, eras=options.era), printed)
        print(printed.read_text(encoding="utf-8"), end="")
    return 0


def trace_all(options: argparse.Namespace) -> int:
    """Trace every candidate of the corpus into the folder of truth; what is there is left alone."""
    from tests.oracle.real_programs.tracing import trace_corpus

    chosen = [
        candidate
        for candidate in candidates(checkouts(Path(options.corpus)))
        if not options.only or any(word in candidate.identity for word in options.only)
    ]
    print(f"{len(chosen)} programs", flush=True)
    for line in trace_corpus(chosen, Path(options.truth), again=options.again):
        print(line, flush=True)
    return 0


def keep(options: argparse.Namespace) -> int:
    """Write the facts that scoring needs into the repository."""
    programs = (read_facts(path) for path in sorted(Path(options.truth).glob("*.json")))
    scored = [program for program in programs if any(layer.scored for layer in program.layers)]
    size = write_kept(KEPT, scored)
    print(f"{len(scored)} programs, {size} bytes")
    return 0


def score(options: argparse.Namespace) -> int:
    """Run the analyser over the programs and print how far it agrees with Keras."""
    corpus = Path(options.corpus).resolve()
    here = checkouts(corpus)
    chosen: list[tuple[ProgramFacts, Path]] = []
    for program in _known(options):
        file = file_of(program, here)
        if file is not None and _is_chosen(program, options):
            chosen.append((program, file))
    answers = ask(shlex.split(options.command), [file for _, file in chosen])
    tally = Tally()
    for program, file in chosen:
        name = str(file.relative_to(corpus))
        summary = answers.by_path.get(file.resolve(), {})
        tally.add(program, name, score_program(program, summary))
    if options.misses:
        print("\n".join(listed(tally)), end="\n\n")
    print("\n".join(table(tally)))
    print(f"{answers.seconds:.1f} s in the analyser, {len(answers.failures)} files failed")
    print("\n".join(answers.failures))
    if options.json:
        record = {"all": tally.total, "parts": tally.parts, "failures": answers.failures}
        Path(options.json).write_text(json.dumps(record, indent=1), encoding="utf-8")
    return 0


def _known(options: argparse.Namespace) -> list[ProgramFacts]:
    if options.truth:
        return [read_facts(path) for path in sorted(Path(options.truth).glob("*.json"))]
    return list(read_kept(KEPT))


def _is_chosen(program: ProgramFacts, options: argparse.Namespace) -> bool:
    if options.half and half_of(program.repo, program.path) is not Half(options.half):
        return False
    name = f"{program.repo}/{program.path}"
    return not options.only or any(word in name for word in options.only)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.oracle.real_programs",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("trace", help="print the facts of one program")
    one.add_argument("path")
    one.add_argument("--root", help="the folder whose files are the program's own code")
    one.add_argument("--era", nargs="*", choices=["keras3", "keras2", "keras1"])
    one.set_defaults(run=trace)
    every = commands.add_parser("all", help="trace the corpus")
    every.add_argument("--corpus", required=True)
    every.add_argument("--truth", required=True)
    every.add_argument("--only", nargs="*", help="programs whose name has one of these words")
    every.add_argument("--again", action="store_true", help="also those that have facts")
    every.set_defaults(run=trace_all)
    kept = commands.add_parser("keep", help="put facts into the repository")
    kept.add_argument("--truth", required=True)
    kept.set_defaults(run=keep)
    scored = commands.add_parser("score", help="score an analyser")
    scored.add_argument("--corpus", required=True)
    scored.add_argument("--truth")
    scored.add_argument("--half", choices=[half.value for half in Half])
    scored.add_argument("--only", nargs="*")
    scored.add_argument("--misses", action="store_true", help="list every miss")
    scored.add_argument("--command", default=SUMMARY)
    scored.add_argument("--json")
    scored.set_defaults(run=score)
    return parser


if __name__ == "__main__":
    arguments = _arguments().parse_args()
    raise SystemExit(arguments.run(arguments))
