"""Tests of how text is read and found."""
