"""The rulebook as data: models, loading, checks, translation and evidence; answers to its questions."""
