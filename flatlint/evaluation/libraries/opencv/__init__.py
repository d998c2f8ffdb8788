"""OpenCV: pictures as arrays of height, width and colours."""

from flatlint.evaluation.libraries.opencv import reading, reshaping

__all__ = ["reading", "reshaping"]
