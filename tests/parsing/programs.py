"""Real programs to parse: our own, and those of the standard library."""

from __future__ import annotations

import sysconfig
from pathlib import Path

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures" / "parsing"
OWN = sorted((ROOT / "flatlint").rglob("*.py"))
STANDARD_LIBRARY = sorted(Path(sysconfig.get_path("stdlib")).glob("*.py"))
SMALL = [path for path in STANDARD_LIBRARY if 500 < path.stat().st_size < 6000]


def text_of(path: Path) -> str:
    """The text with its line ends as they are."""
    return path.read_bytes().decode()


# Constructs that a program of a few rows seldom has together.
CONSTRUCTS = '''\
#!/usr/bin/env python
"""Doc
string."""
from __future__ import annotations
import a.b as c, d
from . import (e, f,)
@g(1)
class A(B, metaclass=C):
    x: int = 1; y = 2

    async def m(self, /, a, *, b=(1,), **k) -> None:
        async with a as (b), c: pass
        async for i in [j async for j in k if j]: await i
        else: return
        yield (x := 3), *y
def f(*args: int):
    try: raise E from e
    except (A, B) as e: assert a, "b"
    except C: del a[1:2, ...], b.c
    else: global z
    finally: pass
    while not x and y or z: break
    if a < b <= c: ...
    elif (d): print(f"{a!r:>{w}} {b=}" 'c' r"d")
    else:
        lambda a, *b, c=1: (a)
    # comment
  # dedented comment

    return {**a, 'b': {1, *c}}, [x for y in z for w in y if w if v], -a ** +b @ c
match a:
    case {"x": [1, *_], **r} | A(b=1) as q if q: pass
    case _: x = y = z[((1))]; w += (
        1
    )
if_ = \\
    3
'''
