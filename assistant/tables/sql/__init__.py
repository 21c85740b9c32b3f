"""The rules as one SQL query: one syntax tree, which every engine of tables is given in its own dialect."""
