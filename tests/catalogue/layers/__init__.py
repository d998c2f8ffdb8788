"""Tests of the layers, one file per file of `flatlint/catalogue/layers/`."""
