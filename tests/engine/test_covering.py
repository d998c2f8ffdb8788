"""How far the layers of a program are known, told by the engine of a text."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from flatlint.config import Settings
from flatlint.engine import lint
from flatlint.reporting.coverage import FileCoverage
from flatlint.sources.source_file import SourceFile


def coverage_of_text(text: str) -> FileCoverage:
    source = SourceFile(Path("model.py"), "model.py", dedent(text))
    return lint(source, Settings()).coverage


def test_layers_are_known_in_full_in_part_or_not_at_all() -> None:
    found = coverage_of_text(
        """
        import keras
        from keras.layers import Dense, Conv1D, TimeDistributed
        x = keras.Input((int(open("size.txt").read()), 8))
        x = Conv1D(4, 3)(x)
        y = TimeDistributed(Dense(3))(keras.Input((5, 7)))
        z = Dense(3)(load(y))
        w = Dense(4)
        """
    )
    assert found.known == 2  # the input and the wrapper of `y`
    assert [(loss.line, loss.lost_at) for loss in found.partly] == [(4, None), (5, "line 4")]
    assert [loss.line for loss in found.unknown] == [7, 8]


def test_what_a_wrapper_wraps_is_no_layer_of_its_own() -> None:
    found = coverage_of_text(
        """
        from keras import Sequential
        from keras.layers import LSTM, Bidirectional
        model = Sequential([Bidirectional(LSTM(4), input_shape=(5, 3))])
        """
    )
    assert (found.known, found.partly, found.unknown) == (1, (), ())


def test_a_reason_says_where_the_trail_was_lost() -> None:
    found = coverage_of_text(
        """
        import keras
        from keras.layers import Dense
        from elsewhere import features
        x = features()
        y = Dense(3)(x)
        z = Dense(4)(y)
        """
    )
    (first, second) = found.unknown
    assert first.reason == second.reason
    assert (first.lost_at, second.lost_at) == ("line 5", "line 5")


def test_a_program_without_keras_has_no_layers() -> None:
    assert coverage_of_text("x = 1\n") == FileCoverage(path="model.py")
