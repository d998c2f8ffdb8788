"""Data sets, splits, scalers and encoders, against what scikit-learn itself makes."""

from __future__ import annotations

import pytest

from tests.evaluation.comparing import assert_like_the_library, shape_of

LOADERS = ["load_iris", "load_digits", "load_wine", "load_breast_cancer", "load_diabetes",
           "load_linnerud"]  # fmt: skip
MAKERS = [
    "make_classification(200, n_classes=3, n_informative=4)",
    "make_classification(n_samples=50, n_features=7)",
    "make_regression(30, 4)",
    "make_regression(30, n_targets=3)",
    "make_blobs(60, centers=5, n_features=3)",
    "make_blobs()",
    "make_blobs(60, centers=[[0, 0, 1], [1, 1, 1]])",
    "make_moons(40, noise=0.1)",
    "make_moons((10, 12))",
    "make_circles(n_samples=40)",
    "make_multilabel_classification(30, n_classes=4)",
    "make_swiss_roll(25)",
    "make_s_curve()",
    "make_friedman1(12, 6)",
]
SPLITS = ["", ", test_size=0.2", ", test_size=0.33, random_state=1", ", train_size=0.7",
          ", test_size=10", ", train_size=0.5, test_size=0.25", ", test_size=7, train_size=9",
          ", test_size=0.2, stratify=y"]  # fmt: skip
ENCODERS = [
    "out = LabelEncoder().fit_transform(['b', 'a', 'c', 'a'])",
    "e = LabelEncoder()\ne.fit(['b', 'a', 'c', 'a'])\nout = e.transform(['a', 'c'])",
    "e = LabelEncoder().fit([3, 5])\nout = e.classes_",
    "out = LabelBinarizer().fit_transform(['b', 'a', 'c', 'a'])",
    "out = LabelBinarizer().fit_transform(['b', 'a'])",
    "out = OneHotEncoder().fit_transform([['a', 1], ['b', 2], ['b', 3]]).toarray()",
    "out = OneHotEncoder(sparse_output=False).fit_transform(np.array([[1], [5], [7]]))",
    "out = StandardScaler().fit_transform(np.ones((5, 3), 'int64'))",
    "s = MinMaxScaler()\ns.fit(np.ones((5, 3)))\nout = s.transform(np.ones((2, 3), 'float32'))",
    "s = MinMaxScaler()\nx = s.fit_transform(np.ones((5, 3)))\nout = s.inverse_transform(x)",
    "p = PCA(n_components=2)\nout = p.fit_transform(np.random.rand(9, 4))",
    (
        "p = PCA(2).fit(np.random.rand(9, 4))\nx = p.transform(np.random.rand(3, 4))\n"
        "out = p.inverse_transform(x)"
    ),
    "out = shuffle(np.ones((5, 2)))",
    "out = make_pipeline(StandardScaler(), PCA(2)).fit_transform(np.random.rand(9, 4))",
    (
        "p = Pipeline([('scale', MinMaxScaler()), ('project', PCA(3))])\n"
        "p.fit(np.random.rand(9, 4))\nout = p.transform(np.random.rand(5, 4))"
    ),
]
IMPORTS = (
    "import numpy as np\nfrom sklearn.utils import shuffle\n"
    "from sklearn.decomposition import PCA\n"
    "from sklearn.pipeline import Pipeline, make_pipeline\nfrom sklearn.preprocessing import LabelEncoder, "
    "LabelBinarizer, OneHotEncoder, StandardScaler, MinMaxScaler\n"
)


@pytest.mark.parametrize("loader", LOADERS)
def test_a_data_set_has_its_shapes_types_and_ranges(loader: str) -> None:
    pytest.importorskip("sklearn")
    text = f"""
from sklearn.datasets import {loader}
d = {loader}()
data, target = d.data, d["target"]
x, y = {loader}(return_X_y=True)
"""
    assert_like_the_library(text, "data target x y")


@pytest.mark.parametrize("maker", MAKERS)
def test_made_up_data_has_the_shapes_that_the_call_asks_for(maker: str) -> None:
    pytest.importorskip("sklearn")
    assert_like_the_library(f"from sklearn import datasets\nx, y = datasets.{maker}\n", "x y")


@pytest.mark.parametrize("options", SPLITS)
@pytest.mark.parametrize("samples", [20, 53, 100])
def test_a_split_has_the_sizes_of_the_library(options: str, samples: int) -> None:
    pytest.importorskip("sklearn")
    text = f"""
import numpy as np
from sklearn.model_selection import train_test_split
x, y = np.ones(({samples}, 4, 2), "float32"), np.arange({samples}) % 2
a, b, c, d = train_test_split(x, y{options})
"""
    assert_like_the_library(text, "a b c d")


@pytest.mark.parametrize("program", ENCODERS)
def test_encoders_and_scalers_give_the_shapes_of_the_library(program: str) -> None:
    pytest.importorskip("sklearn")
    assert_like_the_library(IMPORTS + program, "out")


def test_columns_of_labels_from_a_file_are_not_known() -> None:
    text = "y = np.load('y.npy').reshape(-1, 1)\nout = OneHotEncoder(sparse=False).fit_transform(y)"
    assert shape_of(IMPORTS + text) == "(?, ?)"


def test_a_split_of_unknown_data_keeps_what_is_known_of_it() -> None:
    text = """
from sklearn.model_selection import train_test_split
x = np.load("x.npy").reshape(-1, 28, 28)
out, rest = train_test_split(x, test_size=0.2)
"""
    assert shape_of(text) == "(?, 28, 28)"


def test_boston_is_known_although_it_is_gone() -> None:
    text = "from sklearn.datasets import load_boston\nout = load_boston().data"
    assert shape_of(text) == "(506, 13)"
