"""The machine: language, terminal, keyboard, standard output, crashes and the operating system's own words."""
