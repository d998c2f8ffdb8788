"""Rules about what Keras refuses while a model is built."""
