"""One file per layer idea: what each Keras layer does to a shape, beside its arguments."""
