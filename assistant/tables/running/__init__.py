"""A run over one table or many: results, rejects, progress, and going on after a kill."""
