"""Arrays of which not all is known: files, unknown sizes, parameters, what numpy refuses."""

from __future__ import annotations

import pytest

from flatlint.graph import Unknown, WhyUnknown
from tests.evaluation.numpy.evaluating import array_in, facts_named, run_of, shape_in, variables_of


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("np.load('x.npy').reshape(-1, 28, 28, 1)", "(?, 28, 28, 1)"),
        ("np.load('x.npy').reshape((n, 784))", "(n, 784)"),
        ("np.expand_dims(np.load('x.npy').reshape(-1, 784), 1)", "(?, 1, 784)"),
        ("np.loadtxt('x.csv', delimiter=',')[:, 0:8]", "(?, 8)"),
        ("np.loadtxt('x.csv', delimiter=',')[:, 8]", "(?,)"),
        ("np.loadtxt('x.csv')[:, :-1]", "(?, ?)"),
        ("np.genfromtxt('x.csv', delimiter=',', dtype='float32')[1:, 2:4]", "(?, 2)"),
        ("np.fromfile('x.bin', dtype='uint8').reshape(-1, 28, 28)", "(?, 28, 28)"),
        ("unknown().reshape(60000, 784)", "(60000, 784)"),
        ("unknown().reshape(len(x), 10, 1).astype('float32') / 255", "(?, 10, 1)"),
        ("np.array(unknown()).reshape((-1, 4))", "(?, 4)"),
        ("np.zeros((n, 30))[mask]", None),
        ("np.zeros((n, 30))[np.zeros((n,)) > 0]", "(?, 30)"),
        ("np.zeros((100, 30))[np.random.rand(100) < 0.8]", "(?, 30)"),
        ("np.zeros((100, 30, 2))[np.random.permutation(100)[:80]]", "(80, 30, 2)"),
        ("np.zeros((100, 30))[np.where(np.random.rand(100) > 0.5)]", "(?, 30)"),
        ("np.zeros((100, 30))[np.where(np.random.rand(100) > 0.5)[0], :5]", "(?, 5)"),
        ("np.nonzero(np.random.rand(5, 4))[1]", "(?,)"),
        ("np.argwhere(np.random.rand(5, 4) > 0.5)", "(?, 2)"),
        ("np.unique(np.random.rand(50))", "(?,)"),
        ("np.zeros((7, 9))[i]", None),
        ("[np.zeros((7, 9))[i] for i in range(n)][0]", "(9,)"),
        ("np.array([np.zeros((7, 9)) for i in range(n)])", "(?, 7, 9)"),
        ("np.array([f for f in np.zeros((200, 9))])", "(?, 9)"),
        ("np.array([row[:3] for row in np.zeros((20, 9))])", "(20, 3)"),
        ("np.vstack([np.zeros((n, 4)), np.ones((6, 4))])", "(n + 6, 4)"),
        ("np.stack([np.load('a.npy').reshape(-1, 3)] * 2)", "(2, ?, 3)"),
        ("np.concatenate([np.zeros((n, m)), np.zeros((5, 4))])", "(n + 5, 4)"),
        ("np.concatenate([np.load('a.npy').reshape(-1, 3) for f in files])", "(?, 3)"),
        ("np.vstack([np.zeros((1, 3)) for f in files])", "(?, 3)"),
        ("np.pad(np.zeros((20, 9)), ((0, n), (0, 0)))", "(n + 20, 9)"),
        ("np.pad(np.zeros((20, 9)), [(0, 0), (1, 20 - 2)], mode='constant')", "(20, 28)"),
        ("np.split(np.zeros((n, 4)), 2)[0]", "(n//2, 4)"),
        ("np.zeros((12, 3)).reshape(n, 3)", "(12, 3)"),
        ("np.zeros((n, 3)).mean(axis=0)", "(3,)"),
        ("np.zeros((n, 3)) - np.zeros((n, 3)).mean(axis=0)", "(n, 3)"),
        ("np.zeros((n, 3)) / unknown().max()", None),
        ("np.zeros((4, 3)) / np.load('x.npy').max()", None),
        ("np.zeros((4, 3)) / np.load('x.npy').reshape(-1, 3).max()", "(4, 3)"),
        ("np.zeros(int(unknown().reshape(-1).max()))", "(?,)"),
        ("np.eye(10)[np.load('y.npy').astype(int).reshape(-1)]", "(?, 10)"),
        ("np.frombuffer(b).reshape(1, 48, 48, 1)", "(1, 48, 48, 1)"),
        ("np.memmap('f', dtype='float32', shape=(5, 3))", "(5, 3)"),
        ("np.append(np.zeros((n, 2)), np.zeros((1, 2)), axis=0)", "(n + 1, 2)"),
        ("np.dot(np.zeros((n, 4)), np.zeros((m, 6)))", "(n, 6)"),
        ("np.swapaxes(np.zeros((n, 4, 7)), 1, 2)", "(n, 7, 4)"),
        ("np.tile(np.zeros((5, 4)), (n, 1))", "(5*n, 4)"),
        ("np.repeat(np.zeros((5, 4)), n, axis=0)", "(5*n, 4)"),
        ("np.roll(np.zeros((5, 4)), n, axis=0)", "(5, 4)"),
        ("np.clip(np.zeros((5, 4)), low, high)", "(5, 4)"),
        ("np.c_[np.ones((5, 2)), np.zeros(5)]", "(5, 3)"),
        ("np.mgrid[0:4, 0:3]", "(2, 4, 3)"),
        ("np.r_[np.zeros(3), 1, 2]", "(5,)"),
    ],
)
def test_what_is_known_of_a_shape_is_kept(text: str, shape: str | None) -> None:
    found = variables_of(f"n = int(input())\nout = {text}\n")["out"]
    known = getattr(found, "shape", found)
    assert isinstance(known, Unknown) if shape is None else str(known) == shape


def test_a_window_of_a_loop_is_as_long_as_its_ends_are_apart() -> None:
    text = """
data = np.load("x.npy").reshape(-1, 1)
xs, ys = [], []
for i in range(60, len(data)):
    xs.append(data[i - 60:i, 0])
    ys.append(data[i, 0])
out = np.array(xs)
labels = np.array(ys)
out = np.reshape(out, (out.shape[0], out.shape[1], 1))
"""
    assert shape_in(text) == "(?, 60, 1)"
    assert shape_in(text, "labels") == "(?,)"


def test_sequences_are_split_by_a_function_of_the_program() -> None:
    text = """
def split(sequence, steps):
    xs, ys = list(), list()
    for i in range(len(sequence)):
        end = i + steps
        if end > len(sequence) - 1:
            break
        x, y = sequence[i:end], sequence[end]
        xs.append(x)
        ys.append(y)
    return np.array(xs), np.array(ys)

out, y = split(np.array([10, 20, 30, 40, 50, 60, 70, 80, 90]), 3)
long, labels = split(np.load("x.npy").reshape(-1, 2), 5)
"""
    assert shape_in(text) == "(6, 3)"
    assert shape_in(text, "y") == "(6,)"
    assert shape_in(text, "long") == "(?, 5, 2)"
    assert shape_in(text, "labels") == "(?, 2)"


@pytest.mark.parametrize(
    "text",
    ["np.zeros((3, 4)) + np.zeros((5, 4))", "np.zeros((3, 4)).reshape(5, 5)",
     "np.zeros((3, 4))[0, 0, 0]", "np.concatenate([np.zeros((3, 4)), np.zeros((3, 5))])",
     "np.dot(np.zeros((3, 4)), np.zeros((3, 4)))", "np.expand_dims(np.zeros(3), 5)",
     "np.zeros((60000, 28)) + np.zeros((10000, 28))", "np.zeros((n, 3)) + np.zeros((n, 4))",
     "np.zeros((3, 4)).mean(axis=2)", "np.zeros((3, 4))[5]", "np.zeros((60000, 28)) @ np.zeros(9)",
     "np.array(['a']) - 1", "np.zeros((5, 2))[np.zeros(3) > 0]", "np.zeros(5)[np.zeros(2)]"],
)  # fmt: skip
def test_what_numpy_refuses_is_unknown_with_numpys_reason(text: str) -> None:
    found = array_in(f"n = int(input())\nout = {text}\n")
    assert isinstance(found.shape, Unknown)
    assert found.shape.why is WhyUnknown.REFUSED_BY_NUMPY
    assert found.shape.what


def test_an_unknown_array_says_why() -> None:
    found = array_in("x = np.load('train.npy')\nout = x / 255\n")
    assert isinstance(found.shape, Unknown)
    assert found.shape.reason == "read from outside the program: `train.npy`"


def test_an_array_tells_what_it_was_made_from() -> None:
    run = run_of("x = np.zeros((60000, 28, 28))\ny = x.reshape(-1, 784)\nout = y / 255\n")
    made = facts_named(run, "out")[0].value.made  # type: ignore[union-attr]
    steps = []
    while made is not None:
        steps.append(made.what)
        made = made.sources[0].made if made.sources else None
    assert steps == ["/", "reshape", "zeros"]


def test_a_loop_that_doubles_an_array_remembers_a_short_trail() -> None:
    run = run_of("x = np.zeros(3)\nfor i in range(500):\n    x = x + x * 2\nout = x\n")
    seen, waiting = set(), [facts_named(run, "out")[0].value]
    while waiting:
        array = waiting.pop()
        if id(array) not in seen:
            seen.add(id(array))
            waiting += array.made.sources if array.made else ()  # type: ignore[union-attr]
    assert len(seen) < 60
