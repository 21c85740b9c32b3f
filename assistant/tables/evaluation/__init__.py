"""Compute the statuses of rows with Polars."""
