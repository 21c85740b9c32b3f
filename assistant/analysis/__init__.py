"""What holds for a rulebook as a whole: proofs, coverage by scenarios, and comparison of two rulebooks."""
