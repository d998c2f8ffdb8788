"""Stand-ins behave as whatever the program takes them for."""

from __future__ import annotations

import sys

import pytest

from tests.oracle.real_programs.stand_ins import (
    Losses,
    StandIn,
    StandInModule,
    Variant,
    World,
    as_numbers,
    holds_stand_in,
)
from tests.oracle.real_programs.stubs.keras1 import converted, is_keras1
from tests.oracle.real_programs.uncalled import NotKnownError, arguments_for

needs_positions = pytest.mark.skipif(sys.version_info < (3, 11), reason="reads newer bytecode")


@pytest.fixture(autouse=True)
def first_world():
    World.begin(Variant.FIRST)
    yield
    World.begin(Variant.FIRST)


def test_a_stand_in_is_another_number_in_the_other_world():
    first = StandIn().shape[1] // 2
    World.begin(Variant.SECOND)
    assert (first, StandIn().shape[1] // 2) == (16, 24)


@needs_positions
def test_a_stand_in_unpacks_into_as_many_as_are_wanted():
    (train, labels), rest = StandIn()
    assert all(isinstance(part, StandIn) for part in (train, labels, rest))


@needs_positions
def test_losses_unpack_into_as_many_as_are_wanted():
    loss, accuracy, other = Losses()
    assert (loss, accuracy, other) == (0.5, 0.5, 0.5)


def test_a_stand_in_as_decorator_leaves_the_function_as_it_is():
    def function():
        return 3

    assert StandIn()(function) is function


def test_a_module_of_stand_ins_has_every_name():
    assert isinstance(StandInModule("pandas").read_csv("x").columns, StandIn)


def test_stand_ins_are_found_and_made_numbers_inside_lists():
    assert holds_stand_in({"shape": [3, (StandIn(),)]})
    assert not holds_stand_in([3, (4,)])
    numbers = as_numbers([3, (StandIn(),)])
    assert numbers == [3, (32,)]
    assert type(numbers[1][0]) is int


@pytest.mark.parametrize(
    ("layer", "args", "kwargs", "expected"),
    [
        ("Dense", (), {"output_dim": 4, "init": "uniform"}, ((), {"units": 4})),
        ("Conv2D", (32, 3, 5), {"border_mode": "same"}, ((32, (3, 5)), {"padding": "same"})),
        (
            "Conv2D",
            (),
            {"nb_filter": 8, "nb_row": 3, "nb_col": 3, "dim_ordering": "th"},
            ((), {"filters": 8, "kernel_size": (3, 3), "data_format": "channels_first"}),
        ),
        ("LSTM", (8,), {"input_dim": 5, "input_length": 7}, ((8,), {"input_shape": (7, 5)})),
        ("Dropout", (), {"p": 0.5}, ((), {"rate": 0.5})),
        ("MaxPooling2D", ((2, 2),), {}, (((2, 2),), {})),
    ],
)
def test_words_of_keras_1_become_words_of_keras_2(layer, args, kwargs, expected):
    assert converted(layer, args, kwargs) == expected


def test_programs_of_keras_1_are_known_by_their_words():
    assert is_keras1("model.add(Convolution2D(32, 3, 3, border_mode='same'))")
    assert is_keras1("Model(input=a, output=b)")
    assert not is_keras1("model.add(Embedding(input_dim=3, output_dim=4))")


def test_parameters_that_are_sizes_or_have_defaults_are_known():
    def build(n_classes, width=16, kernel=3, shape=(32, 32, 3), *, name=None):
        """Nothing."""

    first = arguments_for(build)
    World.begin(Variant.SECOND)
    second = arguments_for(build)
    assert first == {
        "n_classes": 32,
        "width": 16,
        "kernel": 3,
        "shape": (32, 32, 3),
        "name": None,
    }
    assert second == {**first, "n_classes": 48, "width": 32, "shape": (64, 64, 3)}


def test_of_a_tensor_nothing_is_known():
    def block(x, filters=3):
        """Nothing."""

    with pytest.raises(NotKnownError):
        arguments_for(block)
