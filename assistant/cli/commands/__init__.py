"""The commands: each has a module, with a function of the same name that returns the exit code."""
