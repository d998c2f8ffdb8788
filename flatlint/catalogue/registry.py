"""From a class name and the arguments of a call to the layer spec that stands for it."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from flatlint.catalogue.eras import Era
from flatlint.catalogue.names import resolve_layer
from flatlint.catalogue.spec import LayerSpec

# Which module of `layers` holds which classes, so that a program pays only for the families that
# it uses. A test holds this against the modules themselves.
FAMILIES: dict[str, tuple[str, ...]] = {
    "activations": (
        "Activation",
        "ELU",
        "LeakyReLU",
        "PReLU",
        "ParametricSoftplus",
        "ReLU",
        "SReLU",
        "Softmax",
        "ThresholdedReLU",
    ),
    "adaptive_pooling": (
        "AdaptiveMaxPooling1D",
        "AdaptiveMaxPooling2D",
        "AdaptiveMaxPooling3D",
        "AdaptiveAveragePooling1D",
        "AdaptiveAveragePooling2D",
        "AdaptiveAveragePooling3D",
    ),
    "attention": ("AdditiveAttention", "Attention"),
    "batch_normalization": ("BatchNormalization", "SyncBatchNormalization"),
    "bidirectional": ("Bidirectional",),
    "categories": ("CategoryEncoding",),
    "concatenation": ("Concatenate",),
    "conv_lstm": ("ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D"),
    "convolution": ("Conv1D", "Conv2D", "Conv3D"),
    "cropping": ("Cropping1D", "Cropping2D", "Cropping3D"),
    "dense": ("Dense",),
    "depthwise_convolution": ("DepthwiseConv1D", "DepthwiseConv2D"),
    "discretization": ("Discretization",),
    "dot": ("Dot",),
    "dropout": (
        "AlphaDropout",
        "Dropout",
        "GaussianDropout",
        "GaussianNoise",
        "SpatialDropout1D",
        "SpatialDropout2D",
        "SpatialDropout3D",
    ),
    "einsum_dense": ("EinsumDense",),
    "embedding": ("Embedding", "ReversibleEmbedding"),
    "feature_normalization": ("Normalization",),
    "flatten": ("Flatten",),
    "foreign": (
        "DenseFeatures",
        "FlaxLayer",
        "JaxLayer",
        "TFSMLayer",
        "TorchModuleWrapper",
    ),
    "function": ("Lambda",),
    "global_pooling": (
        "GlobalMaxPooling1D",
        "GlobalMaxPooling2D",
        "GlobalMaxPooling3D",
        "GlobalAveragePooling1D",
        "GlobalAveragePooling2D",
        "GlobalAveragePooling3D",
    ),
    "grouped_query_attention": ("GroupedQueryAttention",),
    "hashing": ("HashedCrossing", "Hashing"),
    "highway": ("Highway", "MaxoutDense"),
    "image_augmentation": (
        "RandomBrightness",
        "RandomContrast",
        "RandomFlip",
        "RandomRotation",
        "RandomTranslation",
        "RandomZoom",
    ),
    "image_effects": (
        "AugMix",
        "AutoContrast",
        "ContrastLimitedAdaptiveHistogramEqualization",
        "CutMix",
        "Equalization",
        "MixUp",
        "RandAugment",
        "RandomColorDegeneration",
        "RandomColorJitter",
        "RandomElasticTransform",
        "RandomErasing",
        "RandomGaussianBlur",
        "RandomGrayscale",
        "RandomHue",
        "RandomInvert",
        "RandomPerspective",
        "RandomPosterization",
        "RandomSaturation",
        "RandomSharpness",
        "RandomShear",
        "Solarization",
    ),
    "image_resizing": (
        "CenterCrop",
        "RandomCrop",
        "RandomHeight",
        "RandomWidth",
        "Resizing",
    ),
    "input_layer": ("InputLayer",),
    "layer_normalization": (
        "GroupNormalization",
        "LayerNormalization",
        "RMSNormalization",
        "UnitNormalization",
    ),
    "locally_connected": ("LocallyConnected1D", "LocallyConnected2D"),
    "merging": ("Add", "Average", "Maximum", "Minimum", "Multiply", "Subtract"),
    "multi_head_attention": ("MultiHeadAttention",),
    "passing": ("ActivityRegularization", "Identity", "Layer", "Masking"),
    "permute": ("Permute",),
    "pipeline": ("MaxNumBoundingBoxes", "Pipeline"),
    "pooling": (
        "MaxPooling1D",
        "MaxPooling2D",
        "MaxPooling3D",
        "AveragePooling1D",
        "AveragePooling2D",
        "AveragePooling3D",
    ),
    "recurrent": ("CuDNNGRU", "CuDNNLSTM", "GRU", "LSTM", "RNN", "SimpleRNN"),
    "recurrent_cells": ("GRUCell", "LSTMCell", "SimpleRNNCell", "StackedRNNCells"),
    "repeat_vector": ("RepeatVector",),
    "rescaling": ("Rescaling",),
    "reshape": ("Reshape",),
    "separable_convolution": ("SeparableConv1D", "SeparableConv2D"),
    "spectrogram": ("MelSpectrogram", "STFTSpectrogram"),
    "text_vectorization": ("TextVectorization",),
    "time_distributed": ("TimeDistributed",),
    "transposed_convolution": ("Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose"),
    "up_sampling": ("UpSampling1D", "UpSampling2D", "UpSampling3D"),
    "vocabulary": ("IntegerLookup", "StringLookup"),
    "wrapper": ("SpectralNormalization", "Wrapper"),
    "zero_padding": ("ZeroPadding1D", "ZeroPadding2D", "ZeroPadding3D"),
}


@cache
def spec_class(class_name: str) -> type[LayerSpec] | None:
    """The spec of a Keras layer class, or `None` where there is none."""
    for family, names in FAMILIES.items():
        if class_name in names:
            module = import_module(f"flatlint.catalogue.layers.{family}")
            found: type[LayerSpec] = getattr(module, class_name)
            return found
    return None


MERGING_FUNCTIONS = frozenset(
    {"add", "average", "concatenate", "dot", "maximum", "minimum", "multiply", "subtract"}
)
"""Functions of `keras.layers` that make and call the layer of the same name."""

WITHOUT_SPEC = {
    "AbstractRNNCell": "a base class; a program's own subclass is evaluated",
}
"""Public names of `keras.layers` without a spec, and why."""


def has_layer_spec(name: str, era: Era) -> bool:
    """Whether a public name of the era's `keras.layers` is described here."""
    if name == "Input" or name in MERGING_FUNCTIONS:
        return True
    class_name = resolve_layer(f"keras.layers.{name}", [era])
    return class_name is not None and spec_class(class_name) is not None


def layers_without_spec(era: Era) -> dict[str, str]:
    """The public names of the era's `keras.layers` without a spec, with the reason."""
    return {
        name: reason
        for name, reason in WITHOUT_SPEC.items()
        if resolve_layer(f"keras.layers.{name}", [era]) is not None
    }
