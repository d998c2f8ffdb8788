"""The oracle: programs generated for every layer, judged by real Keras, compared with flatlint."""
