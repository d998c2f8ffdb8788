"""Rules on data that meets a model: its shape, its labels, its number of samples."""
