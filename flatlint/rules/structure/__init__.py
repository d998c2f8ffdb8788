"""Rules about how layers follow one another."""
