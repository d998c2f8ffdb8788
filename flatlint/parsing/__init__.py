"""From a source to a libcst tree that can be walked, whatever the text holds."""
