"""From findings and summaries to text: one file a format, pure functions, nothing is written."""
