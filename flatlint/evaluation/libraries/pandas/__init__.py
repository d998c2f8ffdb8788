"""pandas: tables and their columns, known by rank where their sizes are not."""

from flatlint.evaluation.libraries.pandas import making, tables

__all__ = ["making", "tables"]
