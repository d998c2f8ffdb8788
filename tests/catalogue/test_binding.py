"""Binding without Keras: expected values are what Keras 1.2.2, 2.3.1, 2 and 3 do."""

from __future__ import annotations

from typing import Any

import pytest

from flatlint.catalogue.binding import BindingConflict, bind, defaults_of
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.signatures import Section, Signature, signature_of


def known(era: Era, name: str, *, legacy_keras: bool = False) -> Signature:
    found = signature_of(era, name, legacy_keras=legacy_keras)
    assert found is not None
    return found


def conflict_of(signature: Signature, *positional: Any, **keywords: Any) -> BindingConflict:
    with pytest.raises(BindingConflict) as caught:
        bind(signature, positional, keywords)
    return caught.value


def test_arguments_go_to_parameters_by_position_and_by_name() -> None:
    assert bind(known(Era.KERAS_3, "Conv2D"), [32, 3], {"padding": "same"}) == {
        "filters": 32,
        "kernel_size": 3,
        "padding": "same",
    }


def test_a_missing_argument_is_refused_in_pythons_words() -> None:
    conflict = conflict_of(known(Era.KERAS_3, "Dense"))
    assert isinstance(conflict, ShapeConflict)
    assert conflict.exception_type == "TypeError"
    assert conflict.keras_message == (
        "Dense.__init__() missing 1 required positional argument: 'units'"
    )


def test_nothing_is_called_missing_where_arguments_could_not_be_read() -> None:
    dense = known(Era.KERAS_3, "Dense")
    assert bind(dense, [], {"use_bias": False}, open_keywords=True) == {"use_bias": False}
    assert bind(dense, [], {}, open_positional=True) == {}


def test_what_cannot_be_read_does_not_excuse_an_unknown_keyword() -> None:
    with pytest.raises(BindingConflict):
        bind(known(Era.KERAS_3, "Dense"), [], {"output_dim": 3}, open_keywords=True)


def test_each_era_refuses_an_unknown_keyword_in_its_own_words() -> None:
    three = conflict_of(known(Era.KERAS_3, "Dense"), 3, output_dim=4)
    assert three.keras == (
        "ValueError: Unrecognized keyword arguments passed to Dense: {'output_dim': 4}"
    )
    assert "`units`" in three.message
    two = conflict_of(known(Era.KERAS_2, "Dense"), 3, output_dim=4)
    assert two.keras == "TypeError: ('Keyword argument not understood:', 'output_dim')"


def test_a_layer_without_kwargs_leaves_the_refusal_to_python() -> None:
    conflict = conflict_of(known(Era.KERAS_3, "SpatialDropout2D"), 0.5, input_shape=(4, 4, 3))
    assert conflict.keras == (
        "TypeError: SpatialDropout2D.__init__() got an unexpected keyword argument 'input_shape'"
    )


@pytest.mark.parametrize("keyword", ["batch_input_shape", "weights", "batch_size", "dynamic"])
def test_keras_2_takes_keywords_that_keras_3_refuses(keyword: str) -> None:
    assert keyword in bind(known(Era.KERAS_2, "Dense"), [3], {keyword: None})
    conflict_of(known(Era.KERAS_3, "Dense"), 3, **{keyword: None})


def test_an_argument_given_twice_and_one_too_many_are_refused() -> None:
    dense = known(Era.KERAS_3, "Dense")
    assert "multiple values for argument 'units'" in conflict_of(dense, 3, units=4).keras
    # The constructor of Add is that of its base.
    assert conflict_of(known(Era.KERAS_3, "Add"), 1).keras_message == (
        "Merge.__init__() takes 1 positional argument but 2 were given"
    )


def test_keras_1_arguments_come_out_under_todays_names() -> None:
    convolution = known(Era.KERAS_1, "Convolution2D")
    assert convolution.class_name == "Conv2D"
    assert bind(
        convolution,
        [32, 3, 5],
        {"border_mode": "same", "subsample": (2, 2), "dim_ordering": "th", "bias": False},
    ) == {
        "filters": 32,
        "kernel_size": (3, 5),
        "padding": "same",
        "strides": (2, 2),
        "data_format": "channels_first",
        "use_bias": False,
    }


def test_keras_1_recurrent_layers_say_their_input_in_two_arguments() -> None:
    given = {"input_dim": 8, "input_length": 20, "dropout_W": 0.2, "inner_activation": "sigmoid"}
    assert bind(known(Era.KERAS_1, "LSTM"), [32], given) == {
        "units": 32,
        "input_shape": (20, 8),
        "dropout": 0.2,
        "recurrent_activation": "sigmoid",
    }


def test_a_gru_of_keras_1_resets_before_its_product() -> None:
    assert bind(known(Era.KERAS_1, "GRU"), [4]) == {"units": 4, "reset_after": False}


def test_an_embedding_keeps_its_own_input_dim() -> None:
    for era in Era:
        assert bind(known(era, "Embedding"), [100, 8]) == {"input_dim": 100, "output_dim": 8}


def test_dilated_and_transposed_convolutions_of_keras_1() -> None:
    atrous = bind(known(Era.KERAS_1, "AtrousConvolution2D"), [8, 3, 3], {"atrous_rate": (2, 2)})
    assert atrous == {"filters": 8, "kernel_size": (3, 3), "dilation_rate": (2, 2)}
    shape = (None, 3, 14, 14)
    assert bind(known(Era.KERAS_1, "Deconvolution2D"), [3, 3, 3, shape]) == {
        "filters": 3,
        "kernel_size": (3, 3),
        "output_shape": shape,
    }


def test_standalone_keras_2_reads_two_integers_as_one_kernel() -> None:
    standalone = known(Era.KERAS_2, "Conv2D", legacy_keras=True)
    assert bind(standalone, [32, 3, 3]) == {"filters": 32, "kernel_size": (3, 3)}
    assert bind(standalone, [32], {"nb_row": 3, "nb_col": 5})["kernel_size"] == (3, 5)
    in_tensorflow = known(Era.KERAS_2, "Conv2D")
    assert bind(in_tensorflow, [32, 3, 3]) == {"filters": 32, "kernel_size": 3, "strides": 3}


def test_standalone_keras_2_takes_both_vocabularies_but_not_one_argument_in_both() -> None:
    standalone = known(Era.KERAS_2, "Dense", legacy_keras=True)
    assert bind(standalone, [], {"output_dim": 4, "init": "normal"}) == {
        "units": 4,
        "kernel_initializer": "normal",
    }
    assert "Stick to the latter" in conflict_of(standalone, output_dim=4, units=4).keras


def test_input_dim_stands_for_an_input_shape() -> None:
    assert bind(known(Era.KERAS_2, "Dense"), [4], {"input_dim": 9})["input_shape"] == (9,)
    assert bind(known(Era.KERAS_2, "LSTM"), [4], {"input_dim": 9})["input_shape"] == (None, 9)
    assert bind(known(Era.KERAS_3, "LSTM"), [4], {"input_dim": 9})["input_shape"] == (9,)


def test_defaults_are_under_todays_names_too() -> None:
    assert defaults_of(known(Era.KERAS_1, "MaxPooling1D")) == {
        "pool_size": 2,
        "strides": None,
        "padding": "valid",
    }
    assert defaults_of(known(Era.KERAS_3, "UpSampling1D")) == {"size": 2}


def test_other_callables_have_signatures_as_well() -> None:
    adam = signature_of(Era.KERAS_3, "Adam", Section.OPTIMIZERS)
    assert adam is not None
    assert adam.positional[0].default == 0.001
    assert "not take `lr`" in conflict_of(adam, lr=0.1).message
    fit = signature_of(Era.KERAS_1, "fit", Section.MODEL_METHODS)
    assert fit is not None
    assert fit.parameter("nb_epoch") is not None
    assert signature_of(Era.KERAS_3, "CuDNNLSTM") is None
