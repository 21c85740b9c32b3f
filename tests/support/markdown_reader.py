"""Markdown as a reader sees it."""

from markdown_it import MarkdownIt
from markdown_it.token import Token

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def shown(tokens: list[Token]) -> str:
    """Return the text that a reader sees."""
    return "".join(
        shown(token.children) if token.children else token.content
        for token in tokens
        if token.type
        in {"inline", "text", "text_special", "code_inline", "html_inline", "html_block", "fence", "code_block"}
    )


def tags(tokens: list[Token]) -> set[str]:
    """Return every element of a page."""
    inside = {tag for token in tokens if token.children for tag in tags(token.children)}
    return inside | {token.tag for token in tokens if token.tag}
