"""From edits to new text: rounds of fixes, diffs, and files written back as they were."""
