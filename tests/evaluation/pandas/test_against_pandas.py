"""The ranks and sizes of tables and what is selected from them, against pandas itself."""

from __future__ import annotations

import pytest

from tests.evaluation.comparing import assert_like_the_library, shape_of

START = """
import numpy as np
import pandas as pd
df = pd.DataFrame({"a": [1, 2, 3], "b": [0.1, 0.2, 0.3], "c": [4, 5, 6]})
"""
PROGRAMS = [
    "out = df.values",
    "out = df['a']",
    "out = df['a'].values",
    "out = df[['a', 'b']].values",
    "out = df.drop('a', axis=1).values",
    "out = df.drop(columns=['a', 'b']).to_numpy()",
    "out = df.drop([0], axis=0).values",
    "df.drop('a', axis=1, inplace=True)\nout = df.values",
    "out = df.iloc[:, :-1].values",
    "out = df.iloc[:, -1].values",
    "out = df.iloc[0].values",
    "out = df.iloc[[0, 1], 1:].values",
    "out = df.loc[:, ['a']].values",
    "out = df.loc[:, 'a':'b'].values",
    "out = df[df['a'] > 1].values",
    "y = df.pop('c')\nout = df.values",
    "df['d'] = df['a'] * 2\nout = df.values",
    "df.dropna(inplace=True)\nout = df.values",
    "df.insert(0, 'z', 1)\nout = df.values",
    "out = df.head(2).fillna(0).sample(frac=1).values",
    "out = pd.get_dummies(df['a']).values",
    "out = pd.DataFrame(np.ones((4, 2))).values",
    "out = pd.Series([1, 2, 3]).values",
]


@pytest.mark.parametrize("program", PROGRAMS)
def test_tables_have_the_ranks_and_sizes_of_pandas(program: str) -> None:
    pytest.importorskip("pandas")
    assert_like_the_library(START + program, "out")


@pytest.mark.parametrize(
    ("program", "shape"),
    [
        ("out = df.values", "(?, ?)"),
        ("out = df['a'].values", "(?,)"),
        ("out = df[['a', 'b']].values", "(?, 2)"),
        ("out = df.iloc[:, :-1].values", "(?, ?)"),
        ("out = df.iloc[:, 3].values", "(?,)"),
        ("import numpy as np\nout = np.array(df[['a', 'b', 'c']])", "(?, 3)"),
        (
            "import os\nx = df[['a', 'b']]\nif os.getenv('A'):\n    x['c'] = 1\nout = x.values",
            "(?, ?)",
        ),
    ],
)
def test_a_table_from_a_file_is_known_by_its_rank(program: str, shape: str) -> None:
    text = "import pandas as pd\ndf = pd.read_csv('data.csv')\n"
    assert shape_of(text + program) == shape
