"""Scenario files: reading them, assessing them, and reporting what follows and whether it was expected."""
