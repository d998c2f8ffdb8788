"""What a run of `check` does, in which order: lint, mend, write, report, judge."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path

from flatlint.cli.checking import Checked, check_files, check_stdin
from flatlint.cli.exit_codes import ExitCode
from flatlint.cli.files import STDIN, files_to_check, is_excluded
from flatlint.cli.output import Output, complain
from flatlint.cli.reports import Failure, parted
from flatlint.cli.selectors import refuse_unknown_in_files, refuse_unknown_on_command_line
from flatlint.cli.verdict import closing_words, fixes_shown, statistics
from flatlint.cli.version import installed_version
from flatlint.config import Configurations, OutputFormat, Settings
from flatlint.fixing.diff import coloured, diff
from flatlint.fixing.writing import ChangedMeanwhile, write_over
from flatlint.reporting.formats import FOR_PEOPLE, rendered
from flatlint.reporting.report import Report


@dataclass(frozen=True)
class CheckOptions:
    """The options of `check` that are about the run and not about the code."""

    fix: bool = False
    diff: bool = False
    show_fixes: bool = False
    exit_zero: bool = False
    exit_non_zero_on_fix: bool = False
    statistics: bool = False
    quiet: bool = False
    silent: bool = False
    stdin_filename: Path | None = None

    @classmethod
    def option_names(cls) -> list[str]:
        """The options that are handed over as they are."""
        return [field.name for field in fields(cls) if field.name != "stdin_filename"]


class CheckRun:
    """One run of `check`."""

    def __init__(self, options: CheckOptions, chosen: Configurations, output: Output) -> None:
        self.options = options
        self.chosen = chosen
        self.output = output
        self.settings: Settings = chosen.for_run().settings

    def run(self, paths: tuple[Path, ...]) -> int:
        """Check the paths, write what was mended, report, and return the exit code."""
        refuse_unknown_on_command_line(self.chosen.command_line.rules)
        is_stdin = paths == (STDIN,)
        results, failures = parted(self._checked(paths, is_stdin))
        if any(result.uses_keras for result in results):
            refuse_unknown_in_files(self.chosen)
        if self.options.diff:
            self._show_diff(results)
        else:
            failures += self._write(results, is_stdin)
            self._report(results, to_stderr=is_stdin and self.options.fix)
        for failure in failures:
            complain(f"{failure.path}: {failure.reason}")
        self.output.finish()
        return self._exit_code(results, failures)

    def _checked(self, paths: tuple[Path, ...], is_stdin: bool) -> Iterable[Checked | Failure]:
        fix = self.options.fix or self.options.diff
        if not is_stdin:
            yield from check_files(files_to_check(paths, self.chosen), self.chosen, fix=fix)
            return
        name = self.options.stdin_filename
        settings = self.settings if name is None else self.chosen.for_file(name).settings
        data = sys.stdin.buffer.read()
        if name is not None and settings.force_exclude and is_excluded(name, settings):
            if self.options.fix:
                self.output.write_bytes(data)
            return
        result = check_stdin(data, name, settings, fix=fix)
        if self.options.fix and (not isinstance(result, Checked) or not result.is_changed):
            self.output.write_bytes(data)
        yield result

    def _write(self, results: list[Checked], is_stdin: bool) -> list[Failure]:
        failures = []
        for result in results:
            if result.before is None or result.after is None or not result.is_changed:
                continue
            if is_stdin:
                self.output.write_bytes(result.after.data)
                continue
            path = result.source.path or Path(result.source.name)
            try:
                write_over(path, result.after.data, result.before.data)
            except ChangedMeanwhile as error:
                failures.append(Failure(path, str(error)))
            except OSError as error:
                failures.append(Failure(path, f"cannot be written: {error.strerror or error}"))
        return failures

    def _show_diff(self, results: list[Checked]) -> None:
        report, paint = self._report_of([]), self.output.paint
        for result in results:
            if result.before is not None and result.is_changed:
                name = report.shown(result.source.name)
                text = diff(result.before.source, result.source, name)
                self.output.write(coloured(text, paint.added, paint.removed))
        count = sum(len(result.applied) for result in results)
        if count and not (self.options.quiet or self.options.silent):
            complain(f"would fix {count} finding{'s' if count != 1 else ''}")

    def _report(self, results: list[Checked], *, to_stderr: bool) -> None:
        options, output_format = self.options, self.settings.output_format
        if options.silent:
            return
        report = self._report_of(results)
        paint = self.output.paint
        if options.statistics:
            text = statistics(report.diagnostics)
        else:
            text = rendered(report, output_format, paint, self.output.width)
        if output_format in FOR_PEOPLE and not options.quiet:
            if options.show_fixes:
                text += fixes_shown(results, report, paint)
            mended = sum(len(result.applied) for result in results)
            text += closing_words(report, mended, files=sum(r.uses_keras for r in results))
        if to_stderr:
            self.output.write_to_stderr(text)
        else:
            self.output.write(text)

    def _report_of(self, results: list[Checked]) -> Report:
        return Report(
            tuple(found for result in results for found in result.diagnostics),
            {result.source.name: result.source for result in results},
            self.chosen.cwd,
            installed_version() if self.settings.output_format is OutputFormat.SARIF else "",
            unsafe_fixes=self.settings.unsafe_fixes,
        )

    def _exit_code(self, results: list[Checked], failures: list[Failure]) -> ExitCode:
        options = self.options
        if failures:
            return ExitCode.COULD_NOT_RUN
        is_changed = any(result.is_changed for result in results)
        fails = any(found.severity.fails for result in results for found in result.diagnostics)
        if options.exit_zero:
            return ExitCode.CLEAN
        if options.diff:
            return ExitCode.FINDINGS if is_changed else ExitCode.CLEAN
        if fails or (options.exit_non_zero_on_fix and is_changed):
            return ExitCode.FINDINGS
        return ExitCode.CLEAN
