"""Where text comes from: files, notebooks and stdin, read into one kind of source."""
