"""Data on its way to a model: what Keras ships, reads, cuts and prepares."""
