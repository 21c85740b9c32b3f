"""The wording of YAML syntax errors: libyaml's reasons in our words, and what to do about them."""

import re
from typing import Final

import yaml

from assistant.system.display_safe import disguise, joined
from assistant.system.language import _

NO_SPACE_AFTER_COLON: Final = re.compile(r"[ {,-]*[A-Za-z_][\w-]*:[^\s:/]")


def syntax_reason(error: yaml.MarkedYAMLError, text: str) -> str:
    """Return libyaml's reason for an error in our words, or an empty string if it would help nobody."""
    mark = error.problem_mark
    if "cannot start any token" in str(error.problem):
        is_tab = mark is not None and text[mark.index : mark.index + 1] == "\t"
        return _("Tabs cannot indent; use spaces.") if is_tab else _("No value begins so; put it in quotes.")
    return {
        "mapping values are not allowed in this context": _("A colon cannot be here."),
        "mapping values are not allowed here": _("A colon cannot be here."),
        "could not find expected ':'": _("A colon is missing."),
        "did not find expected ',' or ']'": _("A comma or a closing ] is missing."),
        "did not find expected ',' or '}'": _("A comma or a closing } is missing."),
        "found unexpected end of stream": _("A quotation mark is not closed."),
        "found unexpected document indicator": _("A quotation mark is not closed."),
        "did not find expected '-' indicator": _("The list has an entry without its dash."),
        "did not find expected key": _("After a value there is more text."),
        "did not find expected node content": _("A value is missing."),
        "did not find expected <document start>": _("There is more text after the end."),
        "found unknown escape character": _("After a backslash there is a letter that means nothing."),
    }.get(str(error.problem), "")


def syntax_remedy(error: yaml.MarkedYAMLError, text: str) -> str:
    """Return what to do about an error, beginning with faults that are visible in its line or the line before."""
    mark = error.problem_mark or error.context_mark
    lines = text.split("\n")[max(mark.line - 1, 0) : mark.line + 1] if mark else []
    unusual_spaces = disguise("".join(character for character in "".join(lines) if character.isspace()))
    space_missing = _("Put a space after the colon.") if any(map(NO_SPACE_AFTER_COLON.match, lines)) else ""
    return joined(unusual_spaces, space_missing, _("Check indentation, quotes and colons around here."))
