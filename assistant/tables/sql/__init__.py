"""Compile the rules to one SQL query: a syntax tree that each engine gets in its own dialect."""
