"""The folder of a site: there as a whole or not at all, and in the place of nothing but an earlier site."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from assistant.language import _
from assistant.problem import Place, Problem

MARK: Final = "assistant-site.txt"
"""A folder with this file in it is a site of ours, which a new one may replace."""


def write_site(folder: Path, files: Mapping[str, str]) -> Problem | None:
    """Writes the files of a site, by their paths in it, or says why not; then nothing has changed.

    A folder that has something else in it stays as it is. The new site is written beside the old one and takes its
    place by renaming, so that a reader never finds half of one.
    """
    place = Place(path=str(folder))
    try:
        target = folder.resolve()
        refused = _refused(target, place)
        if refused is not None:
            return refused
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        try:
            beside.chmod(0o755)  # a temporary folder is for its owner alone, a site for whoever is shown it
            _fill(beside / "new", files)
            if target.exists():
                target.rename(beside / "old")
            (beside / "new").rename(target)
        finally:
            if (beside / "old").exists() and not target.exists():
                (beside / "old").rename(target)
            shutil.rmtree(beside, ignore_errors=True)
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: links in a circle, before Python 3.13
        reason = getattr(error, "strerror", None) or type(error).__name__
        message = _("the folder cannot be written: {reason}.").format(reason=reason)
        return Problem(place=place, message=message, remedy=_("Choose another name or folder."))
    return None


def _refused(target: Path, place: Place) -> Problem | None:
    if not target.exists():
        return None
    if not target.is_dir():
        return Problem(place=place, message=_("this is not a folder."), remedy=_("Name a folder."))
    if not any(target.iterdir()) or (target / MARK).is_file():
        return None
    message = _("there is something else than a site in this folder.")
    return Problem(place=place, message=message, remedy=_("Name an empty or a new folder."))


def _fill(folder: Path, files: Mapping[str, str]) -> None:
    folder.mkdir()
    for path in sorted({Path(name).parent for name in files}):
        (folder / path).mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    (folder / MARK).write_text("A site made by `assistant site`; the next one may replace this folder.\n", "utf-8")
