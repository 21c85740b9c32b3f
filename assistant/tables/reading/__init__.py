"""Rows of files as typed answers, and for each bad row every reason."""
