"""Which files are worth parsing: those whose bytes name Keras at all."""

from __future__ import annotations

_NAMES = (b"keras", b"tensorflow")


def names_keras(data: bytes) -> bool:
    """Whether `keras` or `tensorflow` stands anywhere in the bytes.

    `tf.` alone is no sign: nobody has `tf` without having imported `tensorflow`.
    """
    return any(name in data for name in _NAMES)
