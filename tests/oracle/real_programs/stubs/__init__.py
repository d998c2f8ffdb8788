"""What a traced program must not really do: reach files and networks, load data, train."""
