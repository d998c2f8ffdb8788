"""Programs that are opened in editors; Keras runs all of those that are finished."""

from __future__ import annotations

UNFLATTENED = """\
from keras.models import Sequential
from keras.layers import Dense

model = Sequential()
model.add(Dense(16, input_shape=(3, 2)))
model.add(Dense(4))
"""
"""Dense(16) gives (None, 3, 16) with 2*16+16 = 48 weights, Dense(4) gives (None, 3, 4) with 68."""

BEYOND_ASCII = """\
from keras import Input
from keras.layers import Dense

x = Input((3, 2))
s = "é😀"; y = Dense(4)(x)
"""
"""In line 5, 4 counted from 0, stand two characters that encodings count differently."""

PREFIX = 's = "é😀"; y = '
"""What stands before `Dense(4)` there."""

FUNCTIONAL = """\
from keras import Input, Model
from keras.layers import Dense, Flatten

x = Input((3, 2))
h = Flatten()(x)
shared = Dense(4)
a = shared(h)
model = Model(x, a)
"""
"""Flatten gives (None, 6), so that Dense(4) has 6*4+4 = 28 weights; there is nothing to report."""
