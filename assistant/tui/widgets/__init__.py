"""The parts of pages: widgets, and the texts that they show."""
