"""The version of the installed flatlint."""

from __future__ import annotations


def installed_version() -> str:
    """The version as pip knows it; `0+unknown` where flatlint runs without being installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("flatlint")
    except PackageNotFoundError:
        return "0+unknown"
