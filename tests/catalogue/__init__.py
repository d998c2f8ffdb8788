"""Tests of what flatlint knows of Keras."""
