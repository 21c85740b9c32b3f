"""What a terminal shows: as much of its control sequences as the questionnaire writes."""

import re

from rich.cells import cell_len, get_character_cell_size

# A control sequence, an operating system command, another escape, a control character, or text.
_TOKEN = re.compile(
    r"\x1b\[([0-9;?<=>$]*)([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][0-9A-B]|\x1b[^\[\]()]|[\x00-\x1a\x1c-\x1f]|[^\x00-\x1f]+"
)


class Screen:
    """Rows of text, without colours. A line that is too long ends at the margin, as the questionnaire asks for it."""

    def __init__(self, columns: int, lines: int) -> None:
        self.columns, self.lines = columns, lines
        self._rows: list[list[str]] = []
        self._x = self._y = 0
        self._rest = ""
        self._clear()

    @property
    def rows(self) -> list[str]:
        """Return the text of every row, from the top."""
        return ["".join(row) for row in self._rows]

    @property
    def text(self) -> str:
        """Return everything in sight, without blank ends of lines."""
        return "\n".join(row.rstrip() for row in self.rows)

    def resize(self, columns: int, lines: int) -> None:
        """Cut or fill up the rows."""
        if (columns, lines) == (self.columns, self.lines):
            return
        self.columns, self.lines = columns, lines
        self._rows = [[*row, *" " * columns][:columns] for row in self._rows[:lines]]
        self._rows += [[" "] * columns for _ in range(lines - len(self._rows))]

    def feed(self, data: str) -> None:
        """Take what was written; a sequence may end in the next piece."""
        data, self._rest = self._rest + data, ""
        at = 0
        while at < len(data):
            token = _TOKEN.match(data, at)
            if token is None:
                self._rest = data[at:]
                return
            at = token.end()
            self._take(token)

    def _take(self, token: re.Match[str]) -> None:
        found = token.group()
        if found[0] >= " ":
            self._write(found)
        elif token.group(2) in {"H", "f"}:
            line, _, column = token.group(1).partition(";")
            self._x, self._y = int(column or 1) - 1, int(line or 1) - 1
        elif token.group(2) == "J" or token.group(1) in {"?1049", "?1049h"}:
            self._clear()
        elif found == "\n":
            self._x, self._y = 0, self._y + 1
        elif found == "\r":
            self._x = 0

    def _write(self, text: str) -> None:
        cells = list(text)
        if cell_len(text) != len(text):
            cells = [cell for character in text for cell in _cells(character)]
        if 0 <= self._y < self.lines:
            row = self._rows[self._y]
            row[self._x : self._x + len(cells)] = cells
            del row[self.columns :]
        self._x += len(cells)

    def _clear(self) -> None:
        self._rows = [[" "] * self.columns for _ in range(self.lines)]


def _cells(character: str) -> list[str]:
    """Return the cells that a character takes: the second one of a wide character holds nothing."""
    return [character, ""][: get_character_cell_size(character)]


def shows(rows: list[str], text: str) -> bool:
    """Return whether a text begins a line on the screen, and goes on below itself until it or the screen ends."""
    words = text.split()
    head = " ".join(words[:3])
    if len(head) > 20:  # it may be wrapped behind any word
        head = " ".join(words[:2])[:20]
    for at, row in enumerate(rows):
        column = row.find(head)
        while column >= 0:
            if not row[max(0, column - 3) : column].strip() and _flows(rows[at:], column, words):
                return True
            column = row.find(head, column + 1)
    return False


def _flows(rows: list[str], column: int, words: list[str]) -> bool:
    words = list(words)
    for row in rows:
        here = row[column:]
        before = len(words)
        while words and here.startswith(words[0]):
            here = here[len(words[0]) :].removeprefix(" ")
            words.pop(0)
        if not words:
            return True
        if len(words) == before:
            return False
    return True
