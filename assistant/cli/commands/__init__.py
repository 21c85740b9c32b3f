"""What each command of the program does: a module for each, with a function that returns the exit code."""
