"""Draws the pictures of the README from the program itself: ``make pictures``.

Keys are pressed as a user would, and what is drawn is what he sees. The questionnaire cannot take pictures of itself,
because a picture would be a trace of somebody's answers; so this is done from outside.
"""

# ruff: noqa: INP001 - a script

import asyncio
import re
import sys
from pathlib import Path

from assistant.rulebook.loader import default_folder, load_rulebook
from assistant.rulebook.model import Rulebook
from assistant.rulebook.translation import in_language
from assistant.system.language import LANGUAGES, use_language
from assistant.tui.app import Questionnaire

HERE = Path(__file__).parent
SIZE = (124, 34)
ANSWERS = [*"10.04.2022", "enter", "2", "4", "0", "1", "1"]
"""10.04.2022, contract soldier, refused by word of mouth, has not left or prepared to, in Russia with his unit."""
PICTURES = {"questionnaire": ANSWERS, "what-if": [*ANSWERS, "i", "enter"]}
"""The keys that lead to each picture: the question and the findings; the first answer that is worth supposing."""


async def picture(rulebook: Rulebook, language: str, keys: list[str]) -> str:
    """The questionnaire after some keys, as SVG without an outside address."""
    use_language(language)
    app = Questionnaire(rulebook, language)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        svg = app.export_screenshot(title=in_language(rulebook, language).metadata.title)
    svg = svg.replace("<!-- Generated with Rich https://www.textualize.io -->", "")
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    # Identifiers are random otherwise, and every drawing would be a change.
    return re.sub(r"terminal-\d+", f"terminal-{language}", svg)


def main() -> int:
    """Writes each picture in each language."""
    rulebook = load_rulebook(default_folder())
    if isinstance(rulebook, tuple):
        return 2
    for language in LANGUAGES:
        for name, keys in PICTURES.items():
            svg = asyncio.run(picture(rulebook, language, keys))
            (HERE / f"{name}-{language}.svg").write_text(svg, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
