"""Spectrograms."""

from __future__ import annotations

from tests.oracle.configurations.values import FLAGS
from tests.oracle.options import ONLY_KERAS_3, LayerOptions, Tensor

MEL = LayerOptions(
    "MelSpectrogram",
    eras=ONLY_KERAS_3,
    on=[(16000,), (4000,), (None,), (3, 16000), Tensor((16000,), batch_size=2), (100,)],
    optional={
        "fft_length": [2048, 512, 256],
        "sequence_stride": [512, 128, 256],
        "sequence_length": [None, 400, 256],
        "window": ["hann", "hamming", None],
        "sampling_rate": [16000, 8000],
        "num_mel_bins": [128, 40, 1],
        "min_freq": [20.0, 0],
        "max_freq": [None, 4000],
        "power_to_db": FLAGS,
        "top_db": [80.0],
        "mag_exp": [2.0, 1.0],
    },
    invalid={
        "fft_length": [0, -1, "a", 2.5, None, 100],
        "sequence_stride": [0, -1, "a", None],
        "sequence_length": [0, 4096, "a"],
        "window": ["han", 3],
        "num_mel_bins": [0, -1, "a", None],
        "n_mels": [40],
    },
)
STFT = LayerOptions(
    "STFTSpectrogram",
    eras=ONLY_KERAS_3,
    on=[(4000, 1), (16000, 2), (None, 1), (1000, 1), (2, 4000), Tensor((4000, 1), batch_size=2)],
    optional={
        "mode": ["log", "magnitude", "psd", "real", "imag", "angle", "stft"],
        "frame_length": [256, 128, 400],
        "frame_step": [None, 64, 100],
        "fft_length": [None, 256, 512],
        "window": ["hann", "hamming", None],
        "periodic": FLAGS,
        "scaling": ["density", "spectrum", None],
        "padding": ["valid", "same"],
        "expand_dims": FLAGS,
        "data_format": ["channels_last", "channels_first", None],
    },
    invalid={
        "mode": ["power", None, 1],
        "frame_length": [0, -1, "a", None, 2.5, 5000],
        "frame_step": [0, -1, "a", 300],
        "fft_length": [0, 64, "a"],
        "window": ["han", 3],
        "padding": ["causal", None, "SAME"],
        "scaling": ["linear"],
        "data_format": ["last"],
        "hop": [3],
    },
)

LAYERS = [MEL, STFT]
