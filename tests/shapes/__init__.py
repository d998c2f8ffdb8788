"""Tests of sizes, shapes and the arithmetic on them."""
