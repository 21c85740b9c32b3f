"""The pages and what they need: all of it read when the server starts, none of it from anywhere else."""

from importlib.resources import files
from typing import Final, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from assistant.language import _
from assistant.serve.relay import LARGEST_MESSAGE, Ending


class Asset(NamedTuple):
    """A file that a page needs."""

    content: bytes
    media_type: str


_OWN: Final = {"door.js": "text/javascript", "door.css": "text/css"}
_OF_TEXTUAL_SERVE: Final = {
    "js/textual.js": "text/javascript",
    "css/xterm.css": "text/css",
    "fonts/RobotoMono-VariableFont_wght.ttf": "font/ttf",
    "fonts/RobotoMono-Italic-VariableFont_wght.ttf": "font/ttf",
}


def assets() -> dict[str, Asset]:
    """The scripts, styles and fonts, by the name under which a page asks for them.

    Raises:
        OSError: textual-serve is not the version that it has to be.
    """
    folders = ((files("assistant.serve"), _OWN), (files("textual_serve") / "static", _OF_TEXTUAL_SERVE))
    return {
        name.rpartition("/")[2]: Asset(folder.joinpath(*name.split("/")).read_bytes(), media_type)
        for folder, names in folders
        for name, media_type in names.items()
    }


class Pages:
    """The pages in one language."""

    def __init__(self, language: str) -> None:
        templates = Environment(
            loader=PackageLoader("assistant.serve", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._page = templates.get_template("page.html")
        self._language = language

    def terminal(self, nonce: str) -> str:
        """The page with the terminal."""
        return self._page.render(
            self._words(),
            nonce=nonce,
            longest=LARGEST_MESSAGE // 4,  # in UTF-8, no character of a message has more bytes
            lost=_("The connection is gone, and with it all answers that were not saved."),
        )

    def ended(self, ending: Ending) -> str:
        """The page that comes after."""
        return self._page.render(self._words(), nonce="", message=_what_ended(ending), again=_("Begin anew"))

    def _words(self) -> dict[str, str]:
        # The title is what a history keeps.
        return {"language": self._language, "title": _("Questionnaire")}


def _what_ended(ending: Ending) -> str:
    if ending is Ending.IDLE:
        return _("Nobody has pressed a key for a long time, so this was ended. Answers that were not saved are gone.")
    if ending is Ending.CROWDED:
        return _("Too many are open at once. Close one of the others first.")
    if ending is Ending.FAILED:
        return _("The program stopped because of a mistake of its own. Answers that were not saved are gone.")
    return _("This has ended. Answers that were not saved are gone.")
