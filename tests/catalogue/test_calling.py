"""What layers take when they are called, beside their inputs."""

from __future__ import annotations

import pytest

from flatlint.catalogue.calling import call_keywords, named_arguments, require_call_keywords
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era


@pytest.mark.parametrize("era", [Era.KERAS_2, Era.KERAS_3])
def test_a_dense_layer_takes_training_and_no_mask(era: Era) -> None:
    assert call_keywords("Dense", era) == {"training"}
    with pytest.raises(ShapeConflict, match="does not take `mask`"):
        require_call_keywords("Dense", era, ["mask"])


@pytest.mark.parametrize("era", [Era.KERAS_2, Era.KERAS_3])
def test_a_recurrent_layer_takes_its_state(era: Era) -> None:
    assert call_keywords("LSTM", era) >= {"initial_state", "mask", "training"}


def test_only_keras_2_gives_constants_to_a_recurrent_layer() -> None:
    assert "constants" in (call_keywords("RNN", Era.KERAS_2) or ())
    with pytest.raises(ShapeConflict):
        require_call_keywords("RNN", Era.KERAS_3, ["constants"])


def test_inputs_may_be_named_as_the_layer_names_them() -> None:
    assert named_arguments("Dense", Era.KERAS_3, [], {"inputs": 1}) == ([1], {})
    assert named_arguments("LSTM", Era.KERAS_3, [], {"sequences": 1}) == ([1], {})
    assert named_arguments("LSTM", Era.KERAS_2, [], {"inputs": 1}) == ([1], {})


def test_inputs_are_missed_under_another_name() -> None:
    with pytest.raises(ShapeConflict, match="takes its inputs as `sequences`"):
        named_arguments("LSTM", Era.KERAS_3, [], {"inputs": 1})
    with pytest.raises(ShapeConflict, match="gets nothing"):
        named_arguments("Dense", Era.KERAS_2, [], {})


def test_a_layer_with_keywords_of_its_own_takes_any() -> None:
    assert call_keywords("Wrapper", Era.KERAS_3) is None


def test_nothing_is_known_of_what_calls_of_keras_1_take() -> None:
    assert call_keywords("Dense", Era.KERAS_1) is None
