"""A self-contained HTML page: no script, and nothing is fetched from a server."""

import html
from typing import Final


def html_page(language: str, title: str, style: str, body: str) -> str:
    """Return an HTML page. ``body`` is markup, ``style`` is CSS; ``language`` and ``title`` are escaped."""
    return _PAGE.format(language=html.escape(language), title=html.escape(title), style=style, body=body)


_PAGE: Final = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""
