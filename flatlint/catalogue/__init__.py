"""What Keras means: eras, signatures, names, and what each layer does to a shape."""
