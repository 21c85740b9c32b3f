"""What the monkey does: keys, bytes, pastes, clicks and resizes, the same for the same seed."""

from collections.abc import Callable, Iterator
from random import Random
from typing import Final, NamedTuple

from assistant.rulebook.model import Rulebook

ESC: Final = b"\x1b"
PASTE_BEGINS, PASTE_ENDS = b"\x1b[200~", b"\x1b[201~"
KEY_PAUSE: Final = 1 / 40
"""Seconds between two keys."""
PASTED_SEQUENCES: Final = (
    b"\x1b]52;c;TU9OS0VZ\x07",
    b"\x1b[31;7;77m",
    b"\x1b]0;monkey\x1b\\",
    b"\x1b[?5h",
    b"\x1b[3;77H",
)
"""Escape sequences that are only ever pasted, and that the questionnaire never writes by itself."""

LATIN, RUSSIAN = "abcdefghijklmnoprstuvwxyz", "абвгдежзиклмнопрстуфхцчшщъыьэюяё"  # but for the letters that leave
COMMANDS: Final = {"en": "oiwcpfabntlx,?", "ru": "щшцсзафитедч,?"}
UNKNOWN: Final = {"en": "ds", "ru": "вы"}
MOVES: Final = (
    *(b"\x1b[A", b"\x1b[B", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\x1b[H", b"\x1b[F", b"\x1b[5~", b"\x1b[6~", b"\x1b[Z"),
    *(b"\t", b"\x7f", b"\x08", b"\x1b[3~", b"\x1bOA", b"\x1bOB", b"\x1b[1;2C", b"\x1b[1;5D", b" "),
)
FUNCTION_KEYS: Final = (
    *(b"\x1bOP", b"\x1bOQ", b"\x1bOR", b"\x1bOS", b"\x1b[15~", b"\x1b[17~", b"\x1b[18~", b"\x1b[19~", b"\x1b[20~"),
    *(b"\x1b[21~", b"\x1b[23~", b"\x1b[24~", b"\x1b[2~"),
)
LEAVING: Final = b"\x03\x11"
NOT_BEFORE_THE_SCREEN: Final = b"\x03\x11\x13\x1a\x1c"
"""What a terminal itself acts on before the program has told it not to."""
ODD_BYTES: Final = (
    *(b"\x00", b"\xff", b"\xfe\xff", b"\xd0", b"\xe2\x82", b"\xf0\x9f", b"\xc0\xaf", b"\xed\xa0\x80", b"\x9b", b"\x80"),
    *("\u202e".encode(), "\U0001f600".encode(), "е\u0301".encode(), "漢字".encode(), "\u200b".encode(), b"\x85"),
)
HALF_SEQUENCES: Final = (
    b"\x1b[",
    b"\x1bO",
    b"\x1b[<0;",
    b"\x1b[1;",
    b"\x1b]",
    b"\x1b[27",
    b"\x1bP",
    b"\x1b[M",
    b"\x1b\x1b[",
)
SIZES: Final = ((80, 24), (100, 30), (120, 40), (200, 50), (60, 20), (40, 12), (39, 12), (30, 10), (1, 1), (300, 3))
NORMAL_SIZES: Final = SIZES[:5]
DAYS: Final = {
    "en": (
        "24.09.2022",
        "2022-09-24",
        "24 Sep 2022",
        "September 24, 2022",
        "24 s 2022",
        "May 2026",
        "10/2025",
        "15.3.24",
    ),
    "ru": (
        "24.09.2022",
        "2022-09-24",
        "24 сентября 2022",
        "24 с 2022",
        "май 2026",
        "октябрь 2025",
        "осень 2022",
        "1.2.23",
    ),
}
NUMBERS: Final = {
    "en": ("1", "12", "40", "1 5", "10 days", "2 weeks", "0", "-3", "99999999999", "2 days 5 h"),
    "ru": ("1", "12", "40", "1 5", "10 дней", "3 суток", "2 недели", "0", "-3", "99999999999"),
}
WORDS: Final = {"en": ("yes", "no", "I don't know", "skip"), "ru": ("да", "нет", "не знаю", "пропустить")}


class Action(NamedTuple):
    """Bytes for the terminal or another size of it, and how many seconds pass afterwards."""

    name: str
    data: bytes = b""
    size: tuple[int, int] | None = None
    pause: float = KEY_PAUSE
    until: str = ""
    """Wait until this question was drawn, before anything else is done."""

    def __str__(self) -> str:
        shown = repr(self.data[:60])[1:] + (f"… {len(self.data)} bytes" if len(self.data) > 60 else "")
        return f"{self.name} {f'{self.size[0]}×{self.size[1]}' if self.size else shown}"


class Monkey:
    """An endless source of actions for one session."""

    def __init__(self, seed: str, rulebook: Rulebook) -> None:
        self._random = Random(seed)
        self._language = rulebook.language
        self._options = [option.text for question in rulebook.questions for option in question.options]
        kinds: dict[Callable[[], Iterator[Action]], float] = {
            self._letter: 6,
            self._digit: 10,
            self._choose: 12,
            self._unknown: 5,
            self._enter: 6,
            self._move: 8,
            self._escape: 4,
            self._answer: 9,
            self._text: 2,
            self._command: 6,
            self._function_key: 1,
            self._control: 1.5,
            self._kitty: 1.5,
            self._mouse: 4,
            self._odd_bytes: 1,
            self._half_sequence: 0.5,
            self._paste: 1,
            self._resize: 1,
            self._burst: 1,
            self._rest: 2,
            self._save: 0.08,
            self._pile_up: 0.1,
            self._leave: 0.05,
        }
        self._kinds, self._weights = list(kinds), list(kinds.values())

    def __iter__(self) -> Iterator[Action]:
        while True:
            yield from self._any()()

    def before_the_screen(self) -> Iterator[Action]:
        """Keys for the first seconds, when nothing is drawn yet."""
        for _ in range(self._random.randrange(12)):
            for action in self._any()():
                data = bytes(byte for byte in action.data if byte not in NOT_BEFORE_THE_SCREEN)
                yield action._replace(data=data, pause=self._random.random() / 5)

    def _any(self) -> Callable[[], Iterator[Action]]:
        return self._random.choices(self._kinds, self._weights)[0]

    def _letter(self) -> Iterator[Action]:
        letter = self._random.choice(self._random.choice((LATIN, RUSSIAN)))
        yield Action("letter", (letter.upper() if self._random.random() < 0.1 else letter).encode())

    def _digit(self) -> Iterator[Action]:
        yield Action("digit", self._random.choice("1234567890.-").encode())

    def _choose(self) -> Iterator[Action]:
        yield Action("choice", self._random.choice("112223456").encode(), pause=self._random.choice((0.025, 0.1, 0.3)))

    def _unknown(self) -> Iterator[Action]:
        yield Action("unknown", self._random.choice(UNKNOWN[self._language]).encode(), pause=self._random.random() / 5)

    def _enter(self) -> Iterator[Action]:
        yield Action("Enter", self._random.choice((b"\r", b"\r", b"\r", b"\x1b[13u", b"\r\r")))

    def _move(self) -> Iterator[Action]:
        for _ in range(self._random.choice((1, 1, 2, 5))):
            yield Action("move", self._random.choice(MOVES))

    def _escape(self) -> Iterator[Action]:
        data = self._random.choice((ESC, ESC, b"\x1b[27u", b"\x1b[27u\x1b[27u", ESC + ESC))
        yield Action("Esc", data, pause=self._random.choice((KEY_PAUSE, 0.15)))

    def _answer(self) -> Iterator[Action]:
        if self._random.random() < 0.8:  # else it would add to what is in the field for ever
            yield Action("empty the field", b"\x1b[F\x15")
        yield from self._typed(self._random.choice(self._random.choice((DAYS, DAYS, NUMBERS))[self._language]))
        yield Action("Enter", b"\r", pause=self._random.choice((KEY_PAUSE, 0.2)))

    def _text(self) -> Iterator[Action]:
        option = self._random.choice(self._options)
        yield from self._typed(self._random.choice((option, option[:9], *WORDS[self._language], *DAYS[self._language])))
        if self._random.random() < 0.5:
            yield Action("Enter", b"\r")

    def _typed(self, text: str) -> Iterator[Action]:
        if self._random.random() < 0.5:
            yield Action("text", text.encode())
        else:
            yield from (Action("text", letter.encode()) for letter in text)

    def _command(self) -> Iterator[Action]:
        key = self._random.choice(COMMANDS[self._language])
        yield Action("command", key.encode(), pause=self._random.choice((KEY_PAUSE, 0.2)))

    def _function_key(self) -> Iterator[Action]:
        yield Action("function key", self._random.choice(FUNCTION_KEYS))

    def _control(self) -> Iterator[Action]:
        yield Action("control", bytes([self._random.choice([n for n in range(1, 32) if n not in LEAVING + b"\r"])]))

    def _kitty(self) -> Iterator[Action]:
        code = self._random.choice(
            (27, 9, 127, 97, 100, 1074, 1092, 49, 57364, 57399, 57414, self._random.randrange(70000))
        )
        modifiers = self._random.choice(("", "", ";2", ";3", ";5", ";9", ";1:3", ";2;65", ";5:1;1072"))
        if code in {13, 57414} or (";5" in modifiers and code in {99, 113, 1081, 1089}):
            code = 27
        yield Action("Kitty", f"\x1b[{code}{modifiers}u".encode())

    def _mouse(self) -> Iterator[Action]:
        column, line = self._random.randrange(1, 120), self._random.randrange(1, 40)
        button = self._random.choice((0, 0, 0, 0, 2, 35, 64, 65))
        yield Action("mouse", f"\x1b[<{button};{column};{line}M".encode(), pause=0)
        if button == 0 and self._random.random() < 0.2:
            column += 3
            yield Action("mouse", f"\x1b[<32;{column};{line}M".encode(), pause=0)
        yield Action("mouse", f"\x1b[<{button};{column};{line}m".encode())

    def _odd_bytes(self) -> Iterator[Action]:
        some = bytes(byte for byte in self._random.randbytes(3) if byte not in LEAVING + b"\x1b")
        yield Action("bytes", self._random.choice((*ODD_BYTES, some)))

    def _half_sequence(self) -> Iterator[Action]:
        yield Action(
            "half a sequence", self._random.choice(HALF_SEQUENCES), pause=self._random.choice((KEY_PAUSE, 0.2))
        )

    def _paste(self) -> Iterator[Action]:
        texts = (*DAYS[self._language], *NUMBERS[self._language], *self._options)
        pasted: bytes = self._random.choice(
            (
                self._random.choice(texts).encode(),
                b"\n".join(text.encode() for text in self._random.sample(texts, 3)),
                b"\r".join(text.encode() for text in self._random.sample(texts, 3)) + b"\r",
                self._random.choice(PASTED_SEQUENCES),
                b"24.09" + self._random.choice(PASTED_SEQUENCES) + b".2022",
                b"\x1b1\r2\rd",
                b"\x00\xff\xd0",
                b"",
            )
        )
        if self._random.random() < 0.03:
            pasted = (self._random.choice(texts).encode() + b" ") * (200_000 // 12)
        yield Action("paste", PASTE_BEGINS + pasted + PASTE_ENDS)

    def _resize(self) -> Iterator[Action]:
        for _ in range(self._random.choice((1, 1, 4))):
            yield Action("resize", size=self._random.choice(SIZES), pause=self._random.choice((0, KEY_PAUSE, 0.2)))
        yield from self._any()() if self._random.random() < 0.5 else ()
        yield Action("resize", size=self._random.choice(NORMAL_SIZES), pause=0.1)

    def _burst(self) -> Iterator[Action]:
        small = (
            self._letter,
            self._digit,
            self._choose,
            self._enter,
            self._move,
            self._escape,
            self._command,
            self._unknown,
        )
        several = [action for _ in range(self._random.randrange(2, 40)) for action in self._random.choice(small)()]
        yield Action("burst", b"".join(action.data for action in several), pause=0.3)

    def _rest(self) -> Iterator[Action]:
        yield Action("rest", pause=self._random.random())

    def _save(self) -> Iterator[Action]:
        yield Action("command", {"en": "k", "ru": "л"}[self._language].encode(), pause=0.3)
        for line in ("x", "lusab-babad-gutih-tugad", "lusab-babad-gutih-tugad"):
            yield Action("text", line.encode())
            yield Action("Enter", b"\r", pause=0.3)

    def _pile_up(self) -> Iterator[Action]:
        keys = {"en": "?a", "ru": ",ф"}[self._language].encode()  # each of the two opens on top of the other
        for _ in range(20):
            yield Action("command", keys)

    def _leave(self) -> Iterator[Action]:
        yield Action("leaves", {"en": "q", "ru": "й"}[self._language].encode(), pause=0.2)
