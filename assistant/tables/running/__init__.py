"""Evaluate one table or many: results, rejected rows, progress, and resuming after a kill."""
