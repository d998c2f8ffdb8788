"""What programs ask of versions: their beginning, their parts, which of two is later."""

from __future__ import annotations

from flatlint.evaluation.base import CONSTANTS, Interpreter, attribute, method, models
from flatlint.evaluation.objects import ListObject
from flatlint.evaluation.values import Value
from flatlint.evaluation.versions import Release
from flatlint.graph import WhyUnknown

# Code that flatlint reads is judged as Python 3 runs it.
CONSTANTS["sys.version_info"] = (3, 11, 0, "final", 0)
CONSTANTS["sys.version"] = "3.11.0"
CONSTANTS["six.PY2"] = False
CONSTANTS["six.PY3"] = True

WHAT = "the release of a library"


@models("packaging.version.parse", "packaging.version.Version", "pkg_resources.parse_version",
        "distutils.version.LooseVersion", "distutils.version.StrictVersion",
        "setuptools._distutils.version.LooseVersion")  # fmt: skip
def parsed(run: Interpreter, version: Value) -> Value:
    """A version that can be compared with another."""
    found = Release.named(version) if isinstance(version, str) else version
    return found if isinstance(found, Release) else run.unknown(WhyUnknown.ARGUMENT, "a version")


@method(Release, "split")
def split(run: Interpreter, version: Value, sep: Value = None, maxsplit: Value = -1) -> Value:
    """The parts of a version; only the first is known."""
    assert isinstance(version, Release)
    unknown = run.unknown(WhyUnknown.FROM_OUTSIDE, WHAT)
    first = unknown if version.major is None else str(version.major)
    return run.allocate(ListObject((first, unknown), unknown)) if sep == "." else unknown


@method(Release, "startswith")
def starts_with(run: Interpreter, version: Value, prefix: Value) -> Value:
    """Whether the version as text begins so."""
    assert isinstance(version, Release)
    found = version.starts_with(prefix) if isinstance(prefix, str) else None
    return run.unknown(WhyUnknown.FROM_OUTSIDE, WHAT) if found is None else found


@method(Release, "__getitem__")
def item(run: Interpreter, version: Value, index: Value) -> Value:
    """The first character is known, a release has no two digits there."""
    assert isinstance(version, Release)
    if index == 0 and version.major is not None:
        return str(version.major)
    return run.unknown(WhyUnknown.FROM_OUTSIDE, WHAT)


@attribute(tuple, "major")
def major(run: Interpreter, numbers: Value) -> Value:
    """`sys.version_info.major`."""
    assert isinstance(numbers, tuple)
    return numbers[0] if numbers else run.unknown(WhyUnknown.NOT_MODELLED, "the attribute `major`")
