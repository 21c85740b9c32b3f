"""The terminal: its input, its keys, its colours, and how the program leaves it."""
