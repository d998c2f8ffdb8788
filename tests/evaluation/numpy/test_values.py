"""Values that are kept: class counts, one-hot labels, what is written into arrays."""

from __future__ import annotations

import pytest

from flatlint.graph import Array
from tests.evaluation.numpy.evaluating import array_in, variables_of


def value_of(text: str, name: str = "out") -> object:
    return variables_of(text)[name]


@pytest.mark.parametrize(
    "count",
    ["np.max(y) + 1", "y.max() + 1", "max(y) + 1", "int(np.max(y)) + 1", "len(set(y))",
     "len(np.unique(y))", "np.unique(y).size", "np.unique(y).shape[0]", "len(set(y.tolist()))",
     "np.amax(y) + 1", "len(np.bincount(y))", "len(list(set(y)))", "np.eye(y.max() + 1).shape[1]",
     "len(np.unique(y, return_counts=True)[0])", "np.unique(y.astype('int32')).size",
     "max(y.tolist()) + 1"],
)  # fmt: skip
@pytest.mark.parametrize(
    "labels",
    ["np.array([0, 2, 1, 2, 0])", "np.random.randint(0, 3, 1000)", "np.array([0, 1, 2] * 400)",
     "np.random.choice(3, size=(500,))", "np.random.RandomState(0).randint(3, size=(900,))",
     "np.random.default_rng().integers(0, 3, 600)", "np.arange(90) % 3",
     "np.repeat([0, 1, 2], 5)", "np.random.permutation(np.array([0, 1, 2] * 30))",
     "np.concatenate([np.zeros(50, int), np.ones(50, int), np.full(50, 2)])"],
)  # fmt: skip
def test_the_number_of_classes_is_known_from_the_labels(labels: str, count: str) -> None:
    assert value_of(f"y = {labels}\nout = {count}\n") == 3


@pytest.mark.parametrize(
    "labels",
    ["np.random.randint(0, 10, 12)", "np.random.randint(0, 10, n)", "np.random.rand(100)",
     "np.load('y.npy')", "np.random.randint(0, 10, 1000) * 2", "np.random.randint(0, 9, 900)[mask]",
     "np.random.normal(size=100)", "np.random.randint(0, 10, 1000)[:20]"],
)  # fmt: skip
def test_no_number_of_classes_is_guessed(labels: str) -> None:
    found = value_of(f"y = {labels}\nout = len(np.unique(y))\n")
    assert not isinstance(found, int)


def test_a_doubled_label_has_the_greatest_element_but_no_class_count() -> None:
    text = "y = np.random.randint(0, 10, 1000)\nx = y + 1\n"
    assert array_in(text, "y").low == 0
    assert (array_in(text, "x").low, array_in(text, "x").high) == (1, 10)
    doubled = array_in("out = np.random.randint(0, 10, 1000) * 2")
    assert (doubled.low, doubled.high) == (None, None)


def test_numbers_that_overflow_their_type_have_no_bounds() -> None:
    wrapped = array_in("out = np.random.randint(0, 10, 1000).astype('uint8') - 1")
    assert (wrapped.low, wrapped.high) == (None, None)


def test_scaled_pixels_lie_between_0_and_1() -> None:
    scaled = array_in("out = np.random.randint(0, 256, (100, 28, 28)).astype('float32') / 255")
    assert (scaled.low, scaled.high) == (0, 1)


# --- writing ------------------------------------------------------------------------------------


def test_what_is_written_counts() -> None:
    assert value_of("y = np.zeros(100)\ny[50:] = 1\nout = int(np.max(y)) + 1") == 2
    assert value_of("y = np.zeros(4, int)\ny[1], y[2] = 1, 2\nout = len(set(y))") == 3


def test_a_loop_writes_every_label() -> None:
    text = "y = np.zeros(6, dtype='int')\nfor i in range(6):\n    y[i] = i // 2\nout = len(set(y))"
    assert value_of(text) == 3


@pytest.mark.parametrize(
    "write",
    ["x[0] = unknown()", "x[:] = np.random.rand(5)", "x[n] = 1", "x.fill(unknown())",
     "np.random.shuffle(x)", "np.put(x, 0, 5)", "x += np.random.rand(5)", "x.sort()",
     "view[0] = unknown()", "other[0] = unknown()", "np.add(x, 1, out=x)",
     "holder[0][1] = unknown()",
     "thing['x'][2] = unknown()"],
)  # fmt: skip
def test_values_are_forgotten_where_something_unknown_is_written(write: str) -> None:
    text = (
        "x = np.arange(5.)\nother = x\nview = x[:2]\nholder = [x]\nthing = {'x': x}\n"
        f"{write}\nout = x\n"
    )
    found = array_in(text)
    assert str(found.shape) == "(5,)"
    assert found.values is None
    assert array_in(text, "other").values is None
    assert array_in(text, "view").values is None


def test_a_copy_keeps_its_values() -> None:
    text = "x = np.arange(5)\nout = x.copy()\nx[0] = unknown()\n"
    assert array_in(text).values.tolist() == [0, 1, 2, 3, 4]


def test_an_attribute_of_an_object_is_written_through_another_name() -> None:
    text = (
        "class Data:\n    def __init__(self):\n        self.y = np.zeros(4)\n"
        "data = Data()\nlabels = data.y\nlabels[2:] = 7\nout = data.y\n"
    )
    assert array_in(text).values.tolist() == [0, 0, 7, 7]


def test_branches_that_write_differently_leave_no_values() -> None:
    text = "x = np.zeros(3)\nif unknown():\n    x[0] = 1\nout = x\n"
    found = array_in(text)
    assert (str(found.shape), found.values, found.high) == ("(3,)", None, None)


def test_resizing_in_place_changes_the_shape() -> None:
    assert str(array_in("out = np.zeros((3, 4))\nout.resize(6, 2)\n").shape) == "(6, 2)"
    text = "x = np.frombuffer(b, dtype='uint8')\nout = x\nx.shape = (480, 640, 4)\n"
    assert str(array_in(text).shape) == "(480, 640, 4)"


def test_a_shuffled_list_keeps_its_length_and_its_bounds() -> None:
    found = array_in("y = [0, 1, 1, 0]\nnp.random.shuffle(y)\nout = np.array(y)\n")
    assert (str(found.shape), found.values, found.low, found.high) == ("(4,)", None, 0, 1)


# --- types --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "dtype"),
    [
        ("np.array(['cat', 'dog'])", "str"),
        ("np.array([1, 'a'])", "str"),
        ("np.array([None, 1])", "object"),
        ("np.array([b'a'])", "bytes"),
        ("np.array([1, 2], dtype=np.float16)", "float16"),
        ("np.zeros(3, dtype=object)", "object"),
        ("np.array([True]) + 1", "int64"),
        ("np.zeros(3, 'uint8') * 2.0", "float64"),
        ("np.zeros(3, 'float32') * 2.0", "float32"),
        ("np.zeros(3, np.float32) * np.zeros(3)", "float64"),
        ("np.array([1j])", "complex128"),
        ("np.zeros(3, dtype=np.dtype('int16'))", "int16"),
        ("np.load('x.npy').astype('float32')", "float32"),
        ("np.load('x.npy').astype(np.uint8) / 255.0", "float64"),
        ("np.load('x.npy') > 3", "bool"),
        ("np.argmax(np.load('x.npy').reshape(-1, 10), axis=1)", "int64"),
    ],
)
def test_the_type_of_the_elements_is_numpys(text: str, dtype: str) -> None:
    assert array_in(f"out = {text}\n").dtype == dtype


def test_a_type_that_is_not_known_is_not_guessed() -> None:
    assert array_in("out = np.load('x.npy').reshape(-1, 3) + 1\n").dtype is None
    assert array_in("out = np.zeros(3, dtype=unknown())\n").dtype is None


def test_large_integers_and_objects_are_no_trouble() -> None:
    found = array_in("out = np.array([10 ** 30, 1]) ** 1000\n")
    assert isinstance(found, Array)
    assert found.values is None


def test_arrays_of_a_library_stay_its_own_until_numpy_copies_them() -> None:
    text = (
        "import pandas as pd\ntable = pd.read_csv('x.csv')\ncolumn = table['age']\n"
        "part = column[:5]\ndoubled = column * 2\nout = np.array(column)\nroot = np.sqrt(out)\n"
    )
    found = variables_of(text)
    libraries = {name: getattr(found[name], "library", None) for name in
                 ("column", "part", "doubled", "out", "root")}  # fmt: skip
    assert libraries == {
        "column": "pandas", "part": "pandas", "doubled": "pandas", "out": "numpy", "root": "numpy"
    }  # fmt: skip
