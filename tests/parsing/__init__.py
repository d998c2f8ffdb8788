"""Tests of how text becomes a tree, whatever it holds."""
