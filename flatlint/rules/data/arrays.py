"""Arrays in the arguments of a data call, and where they come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flatlint.graph import Array, Site


def arrays_in(value: object) -> Iterator[Array]:
    """The arrays in a nest of arguments."""
    match value:
        case Array():
            yield value
        case Mapping():
            for part in value.values():
                yield from arrays_in(part)
        case list() | tuple():
            for part in value:
                yield from arrays_in(part)


def origins(*named: tuple[str, Array]) -> Iterator[tuple[str, Site]]:
    """Where each array got its shape, as places beside a finding."""
    for what, array in named:
        if array.made is not None:
            yield f"the {what} of shape {array.shape} come from here", array.made.site


def made_of(array: Array) -> Iterator[Array]:
    """The arrays that an array was made of, step by step, itself first."""
    waiting, seen = [array], {id(array)}
    while waiting:
        current = waiting.pop(0)
        yield current
        for source in current.made.sources if current.made is not None else ():
            if id(source) not in seen:
                seen.add(id(source))
                waiting.append(source)
