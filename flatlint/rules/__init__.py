"""Rules: each judges facts that evaluation found, one rule a file, in folders by subject."""
