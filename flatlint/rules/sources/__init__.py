"""Rules about the source itself: what could not be read, parsed or evaluated."""
