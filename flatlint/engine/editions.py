"""Which Keras a file is written for: what the user, the project and the file itself say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import libcst as cst

from flatlint.catalogue.eras import Era
from flatlint.catalogue.names import exists
from flatlint.config import Settings, project_eras
from flatlint.evaluation.dividing import Division
from flatlint.evaluation.program import Edition
from flatlint.parsing.nodes import dotted_name
from flatlint.parsing.parsed_source import ParsedSource

KERAS_1_ONLY = re.compile(
    r"[(,]\s*(?:nb_epoch|nb_filter|nb_row|nb_col|border_mode|dim_ordering|samples_per_epoch|"
    r"W_regularizer|b_regularizer|W_constraint|inner_activation|subsample_length|pool_length|"
    r"nb_val_samples|filter_length|dropout_W)\s*="
    r"|\b(?:TimeDistributedDense|MaxoutDense)\("
    r"|\b(?:Dense|LSTM|GRU|SimpleRNN)\((?:(?:[^()]|\([^()]*\)){0,400},)?\s*output_dim\s*="
    r"|\bMerge\(\s*\[|\bmerge\(\s*\[[^\]]*\],\s*mode\s*=|\bModel\(\s*input\s*="
)
"""Arguments and classes that Keras 2 renamed: the file is for Keras 1."""

NOT_KERAS_1 = re.compile(
    r"[(,]\s*(?:kernel_size|filters|units|padding|data_format|kernel_regularizer|"
    r"kernel_initializer|recurrent_dropout|pool_size|steps_per_epoch)\s*="
    r"|\bConv[12]D\(\s*\w+\s*,\s*\("
)
"""Arguments that came with Keras 2: beside Keras 1's they mean Keras 2.0 to 2.3."""

CHANNELS_FIRST = re.compile(r"input_shape\s*=\s*\(\s*[13]\s*,\s*\w+\s*,\s*\w+\s*\)")
"""An input shape with channels in front: early releases of Keras 1 had that by default."""

KERAS_2_ONLY = re.compile(
    r"\b(?:import|from) tf_keras\b|\btensorflow\.contrib\b|\btf\.contrib\b"
    r"|\btf\.(?:Session|placeholder)\(|\btensorflow\.python\.keras\b|\bTF_USE_LEGACY_KERAS\b"
)
"""TensorFlow 1, or the package that goes on with Keras 2."""

KERAS_3_ONLY = re.compile(
    r"\bkeras\.ops\b|\bfrom keras import .*\bops\b|\bKERAS_BACKEND\b\W+(?:jax|torch|openvino)\b"
)
"""What came with Keras 3; a backend was chosen in Keras 1 already, among other ones."""

PYTHON_2_TOO = re.compile(
    r"^from __future__ import .*(?:absolute_import|print_function|unicode_literals)"
    r"|^(?:from|import) six\b|\b(?:xrange|raw_input)\(|\.iteritems\(\)"
    r"|^import (?:cPickle|urllib2|ConfigParser)\b",
    re.MULTILINE,
)
"""What a program has that runs under Python 2, under Python 3 as well or not."""

_EXACT_DIVISION = re.compile(r"^from __future__ import .*\bdivision\b", re.MULTILINE)
_PRINT = re.compile(r"^[ \t]*print(?=[ \t])", re.MULTILINE)
_DOTTED = re.compile(r"\b(?:tf|tensorflow|keras)(?:\.[A-Za-z_]\w*)+")
_STANDALONE = re.compile(r"^\s*(?:import|from)\s+keras\b", re.MULTILINE)
_IMPORTS_KERAS = re.compile(r"^\s*(?:import|from)\s+(?:keras|tf_keras|tensorflow)\b", re.M)
_IN_TENSORFLOW = re.compile(r"\b(?:tf|tensorflow)\.(?:python\.)?keras\b")
MODERN = (Era.KERAS_2, Era.KERAS_3)
WRITTEN_FOR_KERAS_1 = (Era.KERAS_1, Era.KERAS_2)
"""Keras 2.0 to 2.3 took Keras 1's arguments: a refusal has to hold in both."""


def edition_of(parsed: ParsedSource, settings: Settings) -> Edition:
    """The eras that a file may belong to, the best evidence first."""
    text = parsed.text
    is_standalone = bool(_STANDALONE.search(text)) and not _IN_TENSORFLOW.search(text)
    eras = _chosen(settings) or _pinned(parsed, is_standalone) or _shown(parsed)
    # A file that imports no Keras uses the one that other modules of its project do.
    may_be_legacy = is_standalone or not _IMPORTS_KERAS.search(text)
    is_legacy = may_be_legacy and Era.KERAS_2 in eras and not settings.is_keras_within_tensorflow
    is_unclear = eras[0] is Era.KERAS_1 and CHANNELS_FIRST.search(text)
    return Edition(
        eras,
        is_legacy=is_legacy,
        division=_division(parsed, eras),
        release=settings.keras_release,
        image_data_format=None if is_unclear else "channels_last",
    )


def _division(parsed: ParsedSource, eras: tuple[Era, ...]) -> Division:
    """What `/` does to whole numbers, by the Python that the file is written for."""
    if _EXACT_DIVISION.search(parsed.text):
        return Division.EXACT
    if any(parsed.text[p.start() : p.end()] != p[0] for p in _PRINT.finditer(parsed.source.text)):
        return Division.WHOLE  # statements, of which the repairs left only what they print
    may_be_either = eras[0] is Era.KERAS_1 or PYTHON_2_TOO.search(parsed.text)
    return Division.EITHER if may_be_either else Division.EXACT


def _chosen(settings: Settings) -> tuple[Era, ...]:
    return () if settings.keras_major is None else (Era(settings.keras_major),)


def _pinned(parsed: ParsedSource, is_standalone: bool) -> tuple[Era, ...]:
    if parsed.source.path is None:
        return ()
    pinned = project_eras(parsed.source.path)
    eras = pinned.keras if is_standalone else pinned.tf_keras
    # A project that pins nothing else of Keras means the one that it pins.
    eras = eras or pinned.keras or pinned.tf_keras
    return tuple(Era(number) for number in sorted(eras)) if eras else ()


def _shown(parsed: ParsedSource) -> tuple[Era, ...]:
    """What the names in the file say; both of today's eras where they say nothing."""
    text = parsed.text
    if KERAS_1_ONLY.search(text):
        return (Era.KERAS_2,) if NOT_KERAS_1.search(text) else WRITTEN_FOR_KERAS_1
    if KERAS_2_ONLY.search(text):
        return (Era.KERAS_2,)
    if KERAS_3_ONLY.search(text):
        return (Era.KERAS_3,)
    paths = {*_imported(parsed.module.body), *_DOTTED.findall(text)}
    possible = tuple(era for era in MODERN if not _lacks_any(era, paths))
    return possible or MODERN


def _lacks_any(era: Era, paths: Iterable[str]) -> bool:
    return any(exists(path, era) is False for path in paths)


def _imported(body: Iterable[cst.CSTNode]) -> Iterator[str]:
    """The dotted names that the module imports at its top level."""
    for line in body:
        for small in line.body if isinstance(line, cst.SimpleStatementLine) else ():
            if isinstance(small, cst.ImportFrom) and small.module is not None:
                module = dotted_name(small.module)
                yield module
                for alias in small.names if not isinstance(small.names, cst.ImportStar) else ():
                    yield f"{module}.{dotted_name(alias.name)}"
            elif isinstance(small, cst.Import):
                for alias in small.names:
                    yield dotted_name(alias.name)
