"""A summary as plain text, as Markdown, and as one self-contained HTML page that prints well."""

import html
import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from assistant.publish.summary.part import LIST_FORMS, Form, Part, Summary
from assistant.system.html_page import html_page
from assistant.system.markdown import markdown

LINE_COLUMNS: Final = 80


def summary_text(document: Summary, width: int = LINE_COLUMNS) -> str:
    """Return a summary as plain text in lines of at most ``width`` columns."""
    return "".join(f"{line}\n" for part in document.parts for line in part_lines(part, width))


def part_lines(part: Part, width: int = LINE_COLUMNS) -> Sequence[str]:
    """Return the lines of a part; a heading or a finding begins with an empty line."""
    if part.form is Form.HEADING:
        return ["", part.text, "=" * min(width, len(part.text))]
    if part.form is Form.FINDING:
        return ["", *_wrapped(part.text, "", width)]
    marks = {Form.ANSWER: "- ", Form.ITEM: "- ", Form.TEXT: "  ", Form.CITATION: "  · "}
    return _wrapped(part.text, marks.get(part.form, ""), width)


def summary_markdown(document: Summary) -> str:
    """Return a summary as Markdown (CommonMark), with every special character of its texts escaped."""
    written = {
        Form.TITLE: "# {}\n",
        Form.NOTICE: "*{}*\n",
        Form.HEADING: "## {}\n",
        Form.FINDING: "### {}\n",
        Form.TEXT: "{}\n",
        Form.ANSWER: "- {}",
        Form.ITEM: "- {}",
        Form.CITATION: "> {}\n",
    }
    lines: list[str] = []
    for before, part in zip((None, *document.parts), document.parts, strict=False):
        if before is not None and before.form in LIST_FORMS and part.form is not before.form:
            lines.append("")
        lines.append(written[part.form].format(markdown(part.text)))
    return "\n".join(lines).rstrip() + "\n"


def summary_html(document: Summary) -> str:
    """Return a summary as an HTML page without scripts and external resources."""
    title = next((part.text for part in document.parts if part.form is Form.TITLE), "")
    body: list[str] = []
    for before, part in zip((None, *document.parts), document.parts, strict=False):
        listed = before.form if before is not None and before.form in LIST_FORMS else None
        if listed is not None and part.form is not listed:
            body.append("</ul>")
        if part.form in LIST_FORMS and part.form is not listed:
            body.append(f'<ul class="{part.form.value}">')
        tag = _TAGS[part.form]
        body.append(f"<{tag}>{html.escape(part.text)}</{tag.split()[0]}>")
    if document.parts and document.parts[-1].form in LIST_FORMS:
        body.append("</ul>")
    return html_page(document.language, title, _STYLE, "\n".join(body))


FORMATS: Final[Mapping[str, Callable[[Summary], str]]] = {
    ".txt": summary_text,
    ".md": summary_markdown,
    ".html": summary_html,
}
"""The functions that write a summary, by file name extension."""

_TAGS: Final = {
    Form.TITLE: "h1",
    Form.NOTICE: 'p class="notice"',
    Form.HEADING: "h2",
    Form.FINDING: "h3",
    Form.TEXT: "p",
    Form.ANSWER: "li",
    Form.ITEM: "li",
    Form.CITATION: "blockquote",
}
_STYLE: Final = """
body { max-width: 45em; margin: 2em auto; padding: 0 1em; font: 1em/1.35 serif; color: #000; background: #fff }
h1 { font-size: 1.4em; margin: 0 0 0.3em }
h2 { font-size: 1.1em; margin: 0.7em 0 0.2em; border-bottom: 1px solid }
h3 { font-size: 1em; margin: 0.4em 0 0 }
p, ul { margin: 0.1em 0 } ul { padding-left: 1.2em } .answer:has(:nth-child(6)) { columns: 20em 2; column-gap: 2em }
li { break-inside: avoid } .notice, blockquote { font-size: 0.92em } .notice { font-style: italic }
blockquote { margin: 0.1em 0 0 1.2em }
@media print {
  @page { size: A4; margin: 1.4cm }
  body { max-width: none; margin: 0; padding: 0; font-size: 9.5pt; line-height: 1.25 }
  h2, h3 { break-after: avoid } h3 + p, blockquote { break-inside: avoid }
}
"""


def _wrapped(text: str, mark: str, width: int) -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )
