"""What is in a folder."""

from pathlib import Path


def entries(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]
