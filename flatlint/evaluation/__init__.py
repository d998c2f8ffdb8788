"""Abstract interpretation: what a program builds, found out without running it."""
