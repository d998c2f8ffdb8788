"""numpy: arrays by their shape, type and, where small and literal, their values."""

from flatlint.evaluation.libraries.numpy import making

__all__ = ["making"]
