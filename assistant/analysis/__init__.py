"""Analyse a whole rulebook: proofs, coverage by scenarios, and comparison of two rulebooks."""
