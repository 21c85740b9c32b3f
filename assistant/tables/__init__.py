"""Evaluate tables of cases, from ten rows to a hundred million, by one query for every engine."""
