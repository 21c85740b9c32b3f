"""What the user has to know before he begins: one text for the screen, the command and the pages of docs/."""

import textwrap
from typing import NamedTuple

from assistant.system.language import _

LINE_COLUMNS = 100
"""Columns of the text when it is printed."""


class Part(NamedTuple):
    """A heading and the paragraphs below it."""

    heading: str
    paragraphs: tuple[str, ...]


def title() -> str:
    """Return the title of the page."""
    return _("Before you begin: your safety")


def parts() -> tuple[Part, ...]:
    """Return the parts of the page in the language in use."""
    return (
        Part(
            _("What stays of your answers, and what does not"),
            (
                _(
                    "Nothing that you answer is written to disk or sent anywhere. There is no log, no history and no "
                    "saving by itself. When you leave, your answers are gone."
                ),
                _(
                    "Only what you ask for is written, and only under the name that you type: a summary or a receipt, "
                    "which anybody who gets the file can read; or the interview itself, encrypted."
                ),
                _("That this program is on the device, and that it was started, can be seen on the device."),
            ),
        ),
        Part(
            _("If somebody comes"),
            (
                _(
                    "Ctrl+Q leaves at once, from every page, without asking. The screen is cleared, and what has "
                    "scrolled off it. Try it once, now, so that your hand knows it."
                ),
                _(
                    "q (й on a Russian keyboard) and Ctrl+C leave at once only while nothing is answered. After that "
                    "you have to press them twice. Where you type, q is a letter. So in danger use Ctrl+Q."
                ),
                _(
                    "After five minutes without a key the screen goes blank. Any key brings it back: that keeps off "
                    "eyes, nothing more."
                ),
                _(
                    "In the questionnaire line by line (--plain) Ctrl+C leaves at once, and q asks first once something"
                    " was answered. What was said stays in the window. Close the window; leaving does not clear it."
                ),
            ),
        ),
        Part(
            _("What saving means"),
            (
                _("The safest is to save nothing. The questions take some minutes, and you can answer them again."),
                _(
                    "A saved interview is encrypted. Without the passphrase nobody can read it, not even you. But "
                    "anybody can see that the file is encrypted, how it is called, and when it was saved; and with "
                    "threats, violence or a court order somebody can make you open it."
                ),
                _(
                    "Give it a name that says nothing. A file that was deleted can often be found again, above all on "
                    "telephones and memory sticks. A stick that you can hide, or destroy, is better than the device."
                ),
            ),
        ),
        Part(
            _("What no program can keep from others"),
            (
                _(
                    "Somebody who has had your device in his hands, or who may install programs on it, can see "
                    "everything that you type. Somebody behind you can see the screen, or take a picture of it."
                ),
                _(
                    "Until the device is switched off, traces can remain in its memory, and some devices copy memory "
                    "to disk (swapping, hibernation). Some terminals keep a record of all that they show."
                ),
                _("Your provider can know what you fetched from the network; not what you answer here."),
            ),
        ),
        Part(
            _("If much is at stake"),
            (
                _(
                    "Use a device that is not yours and not the army's, start it from a stick with Tails "
                    "(https://tails.net), which forgets everything when it is switched off, and switch it off "
                    "afterwards. Save nothing. Show the result to a lawyer, not to a friend's telephone."
                ),
            ),
        ),
    )


def safety_text() -> str:
    """Return the page as Markdown, in lines of at most :data:`LINE_COLUMNS` columns."""
    blocks = [f"# {title()}"]
    for part in parts():
        blocks.append(f"## {part.heading}")
        blocks += [
            textwrap.fill(text, LINE_COLUMNS, break_long_words=False, break_on_hyphens=False)
            for text in part.paragraphs
        ]
    return "\n\n".join(blocks)
