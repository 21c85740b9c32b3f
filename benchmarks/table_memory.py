"""Evaluates a file, and tells the most memory of that in bytes: ``python -m benchmarks.table_memory HOW FROM TO``."""

# ruff: noqa: INP001 - a script

import sys
from pathlib import Path

from assistant.rulebook.loader import default_folder, load_rulebook
from assistant.rulebook.model import Rulebook
from assistant.tables.evaluation.engine import TableEngine
from benchmarks.peers.worker import peak
from benchmarks.table_files import evaluated
from benchmarks.tables import evaluate_file

if __name__ == "__main__":
    how, source, target = sys.argv[1], *map(Path, sys.argv[2:])
    book = load_rulebook(default_folder())
    if not isinstance(book, Rulebook):
        raise SystemExit("\n".join(map(str, book)))
    if how == "engine":
        evaluate_file(TableEngine(book), source, target)
    else:
        evaluated(book, source, target, None)
    sys.stdout.write(str(peak()))
