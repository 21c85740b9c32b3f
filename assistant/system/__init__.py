"""The machine: language, terminal, keyboard, standard output, crashes and error messages of the operating system."""
