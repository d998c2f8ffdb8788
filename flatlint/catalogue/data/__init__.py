"""Generated tables of Keras's public interface, one JSON file per era."""
