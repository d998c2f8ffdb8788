"""What kinds of layers do to the positions of a tensor, by the names of their classes."""

from __future__ import annotations

RECURRENT = frozenset({
    "LSTM", "GRU", "SimpleRNN", "RNN", "Bidirectional", "CuDNNLSTM", "CuDNNGRU", "ConvLSTM1D",
    "ConvLSTM2D", "ConvLSTM3D", "TimeDistributed",
})  # fmt: skip
ATTENTION = frozenset({
    "Attention", "AdditiveAttention", "MultiHeadAttention", "GroupQueryAttention",
})  # fmt: skip
UPSAMPLING = frozenset({
    "UpSampling1D", "UpSampling2D", "UpSampling3D", "Conv1DTranspose", "Conv2DTranspose",
    "Conv3DTranspose", "Deconvolution2D", "Deconvolution3D",
})  # fmt: skip
REARRANGING = frozenset({"Reshape", "Permute", "Lambda", "EinsumDense"})
MERGES = frozenset({
    "Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "Dot", "Merge",
    "Concat",
})  # fmt: skip

MAKES_POSITIONS = RECURRENT | ATTENTION | {"Embedding", "RepeatVector"}
"""Layers whose output has positions on purpose, whichever model they stand in."""

KEEPS_POSITIONS = frozenset({
    "Dense", "Activation", "Dropout", "BatchNormalization", "LayerNormalization", "ReLU",
    "LeakyReLU", "PReLU", "ELU", "Softmax", "Masking", "GaussianNoise", "GaussianDropout",
    "AlphaDropout", "SpatialDropout1D", "SpatialDropout2D", "ActivityRegularization", "Rescaling",
    "Normalization", "Identity",
})  # fmt: skip
"""Layers that do to each position what they do to any other."""

NOT_ON_PURPOSE = MERGES | {"Flatten", "InputLayer"}
"""What else may follow on positions that nobody meant to have."""
