"""Sound as images: STFTSpectrogram, MelSpectrogram."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, log2
from typing import Annotated, NoReturn, TypeAlias

from pydantic import model_validator

from flatlint.catalogue.arguments import Anything, DataFormat, Dialect, as_size, exactly_one_of
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.shapes import OPEN, Dim, Open, Shape
from flatlint.shapes.windows import strided

MODES = ("log", "magnitude", "psd", "real", "imag", "angle", "stft")

Mode: TypeAlias = Annotated[object, exactly_one_of(*MODES)]
Scaling: TypeAlias = Annotated[object, exactly_one_of("density", "spectrum", None)]
Padding: TypeAlias = Annotated[object, exactly_one_of("valid", "same")]


class STFTSpectrogram(LayerSpec):
    """The frequencies in each stretch of a sequence, by convolutions with fixed waves.

    (None, 1000, 1) -> STFTSpectrogram()                                -> (None, 6, 129)
    (None, 1000, 2) -> STFTSpectrogram(frame_length=100, frame_step=50) -> (None, 19, 130)
    (None, 1000, 1) -> STFTSpectrogram(frame_length=100, frame_step=200) -> conflict: frame_step
    (None, 1000)    -> STFTSpectrogram()                                -> conflict: rank 3
    """

    input_rank = 3

    mode: Mode = "log"
    frame_length: Anything = 256
    frame_step: Anything = None
    fft_length: Anything = None
    window: Anything = "hann"
    scaling: Scaling = "density"
    padding: Padding = "valid"
    expand_dims: Anything = False
    data_format: DataFormat = ""

    @model_validator(mode="after")
    def _require_lengths(self) -> STFTSpectrogram:
        """Refuse steps that leave gaps and transforms shorter than the frame."""
        length, step, fft = self.frame_length, self.frame_step, self.fft_length
        if not _is_length(length):
            _refuse_length(self, "frame_length", length)
        for name, value in (("frame_step", step), ("fft_length", fft)):
            # Keras divides by the step, whatever number it is.
            is_divisor = name == "frame_step" and isinstance(value, float)
            if value is not None and not is_divisor and not _is_length(value):
                _refuse_length(self, name, value)
        if isinstance(length, int) and isinstance(step, int | float) and not 1 <= step <= length:
            raise ShapeConflict(
                f"{self.keras_name}: `frame_step` must be from 1 to `frame_length`, which is "
                f"{length}, not {step}",
                "`frame_step` should be a positive integer not greater than `frame_length`. "
                f"Received frame_step={step}, frame_length={length}",
            )
        if isinstance(length, int) and isinstance(fft, int) and fft < length:
            raise ShapeConflict(
                f"{self.keras_name}: `fft_length` must not be less than `frame_length`, which is "
                f"{length}, not {fft}",
                f"`fft_length` should be not less than `frame_length`. Received fft_length={fft}, "
                f"frame_length={length}",
            )
        return self

    def output_shape(self, inputs: Shape) -> ShapeTree:
        """Time steps, and as many frequencies for each channel as the mode gives."""
        self.require_rank(inputs, 3)
        configured = self.dialect if isinstance(self.dialect, Dialect) else Dialect()
        is_first = (self.data_format or configured.image_data_format) == "channels_first"
        batch, time, channels = inputs if not is_first else (inputs[0], inputs[2], inputs[1])
        bins = self._bins() * (2 if self.mode == "stft" else 1)
        if isinstance(channels, Open):
            raise ShapeConflict(
                f"{self.keras_name} needs to know how many channels {inputs} has",
                "unsupported operand type(s) for *: 'int' and 'NoneType'",
            )
        steps = self._steps(time)
        if self.expand_dims is True:
            shape = (
                (batch, steps, bins, channels) if not is_first else (batch, channels, steps, bins)
            )
            return Shape(shape)
        flat = bins * channels
        return Shape((batch, steps, flat) if not is_first else (batch, flat, steps))

    def weights(self, inputs: Shape) -> Iterable[Weight]:
        """One kernel for the real and one for the imaginary part."""
        kernel = (self._length(), 1, self._bins())
        if self.mode != "imag":
            yield Weight("real_kernel", kernel)
        if self.mode != "real":
            yield Weight("imag_kernel", kernel)

    def _length(self) -> int:
        if not isinstance(self.frame_length, int):
            raise NotKnown("the length of a frame is not known")
        return self.frame_length

    def _bins(self) -> int:
        """How many frequencies a transform tells apart."""
        if self.fft_length is None:
            return int(2 ** ceil(log2(self._length()))) // 2 + 1
        if not isinstance(self.fft_length, int):
            raise NotKnown("the length of the transform is not known")
        return self.fft_length // 2 + 1

    def _steps(self, time: Dim) -> Dim:
        step = self._length() // 2 if self.frame_step is None else self.frame_step
        if isinstance(step, float) and step.is_integer():
            step = int(step)
        if not isinstance(step, int):
            raise NotKnown("the step of a frame is not known")
        if step == 0:
            raise ShapeConflict(
                f"{self.keras_name}: half a frame of {self._length()} is no step at all",
                "division by zero",
            )
        steps = strided(time, self._length(), step, str(self.padding))
        if isinstance(steps, int) and steps <= 0:
            raise ShapeConflict(
                f"{self.keras_name}: a frame of {self._length()} does not fit into {time} steps",
                "Computed output size would be negative.",
            )
        return steps


class MelSpectrogram(LayerSpec):
    """Loudness by pitch, as ears hear it.

    (None, 16000) -> MelSpectrogram()                -> (None, 128, 32)
    (16000,)      -> MelSpectrogram(num_mel_bins=80) -> (80, 32)
    (None, None)  -> MelSpectrogram()                -> (None, 128, None)
    (None, 16000) -> MelSpectrogram(fft_length=100, sequence_length=200) -> conflict: fft_length
    """

    fft_length: Anything = 2048
    sequence_stride: Anything = 512
    sequence_length: Anything = None
    num_mel_bins: Anything = 128

    @model_validator(mode="after")
    def _require_lengths(self) -> MelSpectrogram:
        """Refuse a transform shorter than the stretch of sound."""
        fft, length = self.fft_length, self.sequence_length
        if fft is None or (isinstance(fft, str) and length):
            _refuse_length(self, "fft_length", fft)
        if isinstance(length, str):
            _refuse_length(self, "sequence_length", length)
        if isinstance(fft, int | float) and isinstance(length, int) and fft < length:
            raise ShapeConflict(
                f"{self.keras_name}: `fft_length` must not be less than `sequence_length`, which "
                f"is {length}, not {fft}",
                "`fft_length` must be greater than or equal to `sequence_length`. Received: "
                f"`sequence_length`={length}, `fft_length`={fft}.",
            )
        return self

    def output_shape(self, inputs: Shape) -> ShapeTree:
        """Pitches and time steps, for one sound or a batch of them."""
        if not inputs.rank:
            raise ShapeConflict(f"{self.keras_name} needs a time axis", "tuple index out of range")
        time = inputs[0] if inputs.rank == 1 else inputs[1]
        pitches = self.num_mel_bins
        if isinstance(pitches, str | float) or (isinstance(pitches, int) and pitches < 0):
            _refuse_length(self, "num_mel_bins", pitches)
        steps = OPEN if isinstance(time, Open) else self._steps(time)
        batch = () if inputs.rank == 1 else (inputs[0],)
        return Shape((*batch, as_size(pitches), steps))

    def _steps(self, time: Dim) -> Dim:
        stride = self.sequence_stride
        if stride == 0 or stride is None or isinstance(stride, str | float):
            _refuse_length(self, "sequence_stride", stride)
        if not isinstance(stride, int):
            raise NotKnown("the stride of the stretches is not known")
        steps = (time + stride + 1) // stride
        if isinstance(steps, int) and steps < 0:
            _refuse_length(self, "sequence_stride", stride)
        return steps


def _is_length(value: object) -> bool:
    """Whether it may be a number of samples: a positive one, or what the source does not fix."""
    if isinstance(value, int):
        return value > 0
    return value is not None and not isinstance(value, str | float | list | tuple)


def _refuse_length(layer: LayerSpec, name: str, value: object) -> NoReturn:
    raise ShapeConflict(
        f"{layer.keras_name}: `{name}` must be a positive integer, not {value!r}",
        f"unsupported operand type(s): '{type(value).__name__}' and 'int'",
    )
