"""A sound rulebook in which a hostile text stands wherever a reader is told something."""

import shutil
from pathlib import Path

from assistant.rulebook.loader import load_rulebook
from assistant.rulebook.model import Rulebook
from tests.support.project import SOUND

TOLD = ("Leaving", "Begun days.", "In Russia", "He is absent.", "Prison", "Up to 5 years in prison.", '"Code, art. 1"')
"""A title, a help text, an option, a fact, a finding and its text, a reference."""


def sound_saying(text: str, folder: Path) -> Rulebook:
    """The small sound rulebook with a text in the place of others, written to a folder."""
    shutil.copytree(SOUND, folder, dirs_exist_ok=True)
    file = folder / "rules" / "_sound.yaml"
    written, quoted = file.read_text("utf-8"), "'" + text.replace("'", "''") + "'"
    written = written.replace(", penalty: [{prison: {up_to: 60}, statute: art_1}]", "")  # a text has to repeat it
    for told in TOLD:
        assert f": {told}" in written
        written = written.replace(f": {told}", f": {quoted}", 1)
    file.write_text(written, "utf-8")
    loaded = load_rulebook(folder)
    assert isinstance(loaded, Rulebook), "\n".join(map(str, loaded))
    return loaded
