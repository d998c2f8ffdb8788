"""What counts as right when a shape is compared with the one that Keras gave."""

from __future__ import annotations

import pytest

from tests.oracle.real_programs.comparing import Match, best_match, class_of, match_shape


@pytest.mark.parametrize(
    ("reported", "truth", "match"),
    [
        ([None, 10], [None, 10], Match.EXACT),
        (["?", 10], [None, 10], Match.EXACT),
        ([32, 10], [None, 10], Match.EXACT),
        ([None, 11], [None, 10], Match.WRONG),
        ([None, 10, 1], [None, 10], Match.WRONG),
        ([16, 10], [32, 10], Match.WRONG),
        ([None, "units"], [None, 10], Match.PARTIAL),
        ([None, None], [None, 10], Match.PARTIAL),
        ([None, 10], [None, None], Match.WRONG),
        ([None, "steps"], [None, None], Match.EXACT),
        (None, [None, 10], Match.UNKNOWN),
    ],
)
def test_a_size_is_right_told_wrong_or_left_open(reported, truth, match):
    assert match_shape(reported, truth) is match


@pytest.mark.parametrize(
    ("reported", "match"),
    [
        ([None, "n_classes"], Match.EXACT),
        ([None, 32], Match.EXACT),
        ([None, 33], Match.WRONG),
    ],
)
def test_a_size_that_a_parameter_gives_may_be_named_or_be_its_default(reported, match):
    assert match_shape(reported, [None, "?32"]) is match


def test_several_outputs_are_compared_one_by_one():
    truth = [[None, 5, 8], [None, 8]]
    assert match_shape([[None, 5, 8], [None, 8]], truth) is Match.EXACT
    assert match_shape([[None, 5, 8], [None, 9]], truth) is Match.WRONG
    assert match_shape([[None, 5, 8]], truth) is Match.PARTIAL
    assert match_shape([None, 5, 8], truth) is Match.PARTIAL


def test_outputs_that_are_nested_are_compared_in_their_order():
    truth = [[None, 8], [None, 8], [None, 8]]
    assert match_shape([[4, 8], [[4, 8], [4, 8]]], truth) is Match.EXACT
    assert match_shape([[4, 8], [[4, 8]]], truth) is Match.WRONG


def test_a_shared_layer_may_be_told_by_any_of_its_shapes():
    assert best_match([None, 7], [[None, 3], [None, 7]]) is Match.EXACT
    assert best_match([None, 9], [[None, 3], [None, 7]]) is Match.WRONG


def test_aliases_are_one_class():
    assert class_of("Convolution2D") == class_of("Conv2D") == "Conv2D"
    assert class_of("MyLayer") == "MyLayer"
