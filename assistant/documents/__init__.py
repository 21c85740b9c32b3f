"""Files: safe reading of YAML with the place of each value, problems with remedies, and atomic writing."""
