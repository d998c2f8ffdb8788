"""Versions between two bounds: what is decided holds for every release."""

from __future__ import annotations

import pytest

from flatlint.catalogue.eras import Era
from flatlint.evaluation.versions import KERAS, TENSORFLOW, Release


def named(text: str) -> Release:
    release = Release.named(text)
    assert release is not None
    return release


KERAS_2 = Release.within(KERAS, (Era.KERAS_2,))
TODAY = Release.within(KERAS, (Era.KERAS_2, Era.KERAS_3))


@pytest.mark.parametrize(
    ("sign", "text", "holds"),
    [
        (">=", "2.0", True),
        (">=", "2", True),
        (">", "1.2.2", True),
        (">=", "2.3.1", None),
        ("<", "3.0", True),
        ("<", "2.0", False),
        ("<=", "1.9", False),
        ("==", "1.2.2", False),
        ("==", "2.3.1", None),
    ],
)
def test_a_comparison_is_decided_where_every_release_agrees(
    sign: str, text: str, holds: bool | None
) -> None:
    assert KERAS_2.compare(sign, named(text)) is holds


def test_releases_of_two_eras_have_no_first_number_in_common() -> None:
    assert (KERAS_2.major, TODAY.major) == (2, None)
    assert (TODAY.starts_with("1"), TODAY.starts_with("2")) == (False, None)


def test_keras_3_is_in_tensorflow_since_2_16() -> None:
    release = Release.within(TENSORFLOW, (Era.KERAS_3,))
    assert release.compare(">=", named("2.13")) is True
    assert release.compare(">=", named("2.16")) is True
    assert release.compare("<", named("2.17")) is None


def test_two_named_releases_compare_as_numbers() -> None:
    assert named("2.10").compare(">", named("2.9")) is True
    assert named("2.1").compare("<=", named("2.1")) is True
    assert named("2.1").compare("<", named("2.1")) is False
    assert named("2.1").compare("==", named("2.1")) is True


def test_what_is_no_version_names_none() -> None:
    assert Release.named("latest") is None
