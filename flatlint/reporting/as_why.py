"""How a shape came about, step by step, in plain words and numbers."""
