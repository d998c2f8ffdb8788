"""Real programs: run under real Keras with data and training stubbed, compared with flatlint."""
