"""The rulebook as data: its models, loading, checking, translating and citing; answers to its questions."""
