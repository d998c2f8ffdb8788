"""No program makes flatlint large or slow: arrays on paper take no room, and numpy comes late."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from tests.evaluation.numpy.evaluating import run_of, shape_in

HUGE = [
    "np.zeros((60000, 224, 224, 3))",
    "np.ones((10 ** 6, 10 ** 6)).astype('float32') / 255",
    "np.random.rand(100000, 512, 512).mean(axis=0)",
    "np.arange(10 ** 12)",
    "np.array(range(10 ** 15))",
    "np.array([range(10 ** 9), range(10 ** 9)])",
    "np.linspace(0, 1, 10 ** 11)",
    "np.eye(10 ** 6)",
    "np.tile(np.zeros(10), 10 ** 11)",
    "np.tile(np.zeros(10), (9,) * 12)",
    "np.repeat(np.zeros((10, 10)), 10 ** 10, axis=0)",
    "np.pad(np.zeros((3, 3, 3)), 10 ** 5)",
    "np.outer(np.arange(9999), np.arange(9999))",
    "np.arange(9999)[:, None] + np.arange(9999)",
    "np.meshgrid(*[np.arange(50)] * 8)",
    "np.concatenate([np.zeros((10 ** 6, 10 ** 6))] * 3)",
    "np.stack([np.zeros((10 ** 5, 10 ** 5))] * 9)",
    "np.dot(np.zeros((10 ** 6, 3)), np.zeros((3, 10 ** 6)))",
    "np.einsum('i,j,k->ijk', np.ones(9999), np.ones(9999), np.ones(9999))",
    "np.kron(np.ones((99, 99)), np.ones((99, 99)))",
    "np.diag(np.arange(9999))",
    "np.cov(np.ones((9999, 1)))",
    "np.linalg.svd(np.ones((9999, 1)))",
    "np.bincount(np.array([10 ** 10]))",
    "np.bincount(np.array([1]), minlength=10 ** 10)",
    "np.split(np.zeros(10 ** 9), 10 ** 9)",
    "np.diff(np.zeros(10), n=10 ** 9)",
    "np.fft.fft(np.zeros(10), n=10 ** 10)",
    "np.histogram(np.zeros(10), bins=10 ** 10)",
    "np.eye(10 ** 5)[np.zeros(10 ** 6, int)]",
    "np.zeros((10 ** 5, 10 ** 5))[np.random.rand(10 ** 5) > 0.5]",
    "np.array(['x' * 9999] + ['y'] * 4000)",
    "np.array([10 ** 300], dtype=object) ** (10 ** 6)",
    "np.vander(np.arange(9999))",
    "np.triu(np.ones(9999))",
    "np.resize(np.ones(3), (10 ** 6, 10 ** 6))",
    "np.broadcast_to(np.ones(3), (10 ** 9, 3))",
    "np.take(np.zeros((9, 10 ** 6)), np.zeros(10 ** 6, int), axis=0)",
    "np.delete(np.zeros((10 ** 8, 3)), 0, axis=0)",
    "np.mgrid[0:10 ** 5, 0:10 ** 5]",
    "np.full((10 ** 5, 10 ** 5), 7)",
    "np.random.choice(10, (10 ** 6, 10 ** 5))",
    "np.zeros((1,) * 32)",
    "np.zeros((7,) * 30).sum(axis=0)",
]


PEAK_OF_HUGE = """
import sys
from pathlib import Path
from tests.evaluation.numpy.evaluating import run_of
run_of(sys.stdin.read())
print(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
"""
"""`getrusage` would tell the peak of the process that started this one, if that was larger."""


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read where Linux tells it")
def test_a_hundred_gigabytes_on_paper_take_under_150_megabytes() -> None:
    lines = "\n".join(f"x{number} = {text}" for number, text in enumerate(HUGE))
    done = subprocess.run(
        [sys.executable, "-c", PEAK_OF_HUGE],
        input=lines,
        capture_output=True,
        text=True,
        check=True,
    )
    kilobytes = int(done.stdout)
    assert kilobytes < 150_000


@pytest.mark.parametrize("text", HUGE)
def test_no_single_call_takes_long(text: str) -> None:
    run_of("x = np.zeros(3)\n")
    begin = time.process_time()
    run_of(f"out = {text}\n")
    assert time.process_time() - begin < 1.5


def test_an_array_of_thirty_gigabytes_is_known_by_its_shape() -> None:
    assert shape_in("out = np.zeros((60000, 224, 224, 3))") == "(60000, 224, 224, 3)"
    assert shape_in("out = np.repeat(np.zeros((10, 4)), 10 ** 10, axis=0)") == "(100000000000, 4)"
    assert shape_in("out = np.eye(10 ** 5)[np.zeros(10 ** 6, int)]") == "(1000000, 100000)"


def test_a_program_without_arrays_does_not_load_numpy() -> None:
    program = (
        "import sys, flatlint\n"
        "flatlint.lint_text('from keras.layers import Dense, Input\\n"
        "x = Input((3,))\\ny = Dense(4)(x)\\nn = len([1]) + int(3)\\n')\n"
        "print('numpy' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "False", done.stderr


def test_a_program_with_arrays_loads_no_corner_of_numpy_that_it_does_not_name() -> None:
    program = (
        "import sys\nfrom tests.evaluation.numpy.evaluating import run_of\n"
        "run_of('x = np.zeros(3)')\n"
        "print({'numpy.f2py', 'numpy.testing', 'numpy.polynomial'} & set(sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "set()", done.stderr
