"""Models: how they are put together, built, asked, fed and trained."""
