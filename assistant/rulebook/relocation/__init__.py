"""Quotations found again in articles that have changed, and the edit of the catalogue that says so."""
