"""What version pins say about the era: which versions of Keras they let in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from packaging.specifiers import SpecifierSet
from packaging.version import InvalidVersion, Version

from flatlint.config.eras import Eras, ProjectEras
from flatlint.config.pins import Library, Pin

_KERAS_2, _KERAS_3 = frozenset({2}), frozenset({3})


def eras_of_pins(files: Iterable[Iterable[Pin]]) -> ProjectEras:
    """What the pins of several metadata files say together.

    A lock file narrows a range, so files are intersected; where they contradict each other
    (`requirements-tf1.txt`), everything that one of them admits is possible.
    """
    admitted: dict[Library, list[Eras]] = {library: [] for library in Library}
    for pins in files:
        for library, eras in _eras_of_file(pins).items():
            admitted[library].append(eras)
    keras = _together(admitted[Library.KERAS])
    tensorflow = _together(admitted[Library.TENSORFLOW])
    has_legacy = bool(admitted[Library.TF_KERAS])
    return ProjectEras(
        keras=keras or tensorflow,
        tf_keras=_of_tf_keras(keras, tensorflow, has_legacy=has_legacy),
    )


def _of_tf_keras(keras: Eras | None, tensorflow: Eras | None, *, has_legacy: bool) -> Eras | None:
    """`tensorflow.keras` is never Keras 1, and follows a pin of keras where that is all we have.

    A project that asks for tf-keras may set TF_USE_LEGACY_KERAS, which turns `tf.keras` back
    to Keras 2 (TensorFlow 2.16 release notes): both stay possible.
    """
    eras = tensorflow or (keras and frozenset(max(era, 2) for era in keras))
    if has_legacy and eras is not None:
        return eras | {2}
    return eras


def _eras_of_file(pins: Iterable[Pin]) -> Mapping[Library, Eras]:
    """Lines of one file for one library are alternatives: markers, extras, groups.

    A TensorFlow that comes with Keras 2 and a pin of Keras 3 are alternatives as well: no
    environment has both.
    """
    lines = [(library, admitted_eras(library, specifiers)) for library, specifiers in pins]
    if {(Library.TENSORFLOW, _KERAS_2), (Library.KERAS, _KERAS_3)} <= set(lines):
        lines.append((Library.KERAS, _KERAS_2))
    found: dict[Library, Eras] = {}
    for library, eras in lines:
        if eras:
            found[library] = found.get(library, frozenset()) | eras
    return found


def _together(eras: list[Eras]) -> Eras | None:
    if not eras:
        return None
    return frozenset.intersection(*eras) or frozenset.union(*eras)


def admitted_eras(library: Library, specifiers: SpecifierSet) -> Eras:
    """The eras of the versions that `specifiers` let in; empty where they let in none we know.

    Keras 1 counts only where nothing newer is let in: pip installs the newest, and `keras<3`
    is written for Keras 2. TensorFlow came with Keras 3 from 2.16 (its release notes).
    """
    named = [Version(s.version.removesuffix(".*")) for s in specifiers if _is_version(s.version)]
    versions = [*_GRID, *map(str, named)]
    let_in = [Version(v) for v in specifiers.filter(versions, prereleases=True)]
    first_of_keras_3 = (2, 16) if library is Library.TENSORFLOW else (3,)
    first_of_keras_2 = (0,) if library is Library.TENSORFLOW else (2,)
    eras = {
        3 if v.release >= first_of_keras_3 else 2 if v.release >= first_of_keras_2 else 1
        for v in let_in
    }
    return frozenset(eras - {1} if len(eras) > 1 else eras)


_GRID = [
    f"{major}.{minor}.{patch}" for major in range(4) for minor in range(31) for patch in (0, 9)
]
"""Versions to try a range on: wider than what was released, since ranges look ahead."""


def _is_version(text: str) -> bool:
    try:
        Version(text.removesuffix(".*"))
    except InvalidVersion:
        return False
    return True
