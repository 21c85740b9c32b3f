"""The help page: what the program is, what happens to the answers, the keys and the marks."""

from collections.abc import Sequence

from textual.content import Content

from assistant.system.keyboard import key_name
from assistant.system.language import _
from assistant.tui.pages.reading_page import ReadingPage
from assistant.tui.widgets.literal import hanging, literal, stacked
from assistant.tui.widgets.reading import Block, row

KEY_COLUMNS = 15


class HelpPage(ReadingPage):
    """The help."""

    def blocks(self) -> Sequence[Block]:
        """Return what the program is, privacy, keys, and marks."""
        metadata = self.conversation.rulebook.metadata
        return [
            Block(stacked(literal(metadata.title, "bold"), literal(metadata.summary))),
            Block(stacked(literal(metadata.disclaimer), literal(metadata.review))),
            row(literal(_("What happens to your answers"), "bold underline")),
            Block(literal(self._privacy())),
            row(literal(_("Keys"), "bold underline")),
            Block(self._keys()),
            row(literal(_("Marks"), "bold underline")),
            Block(self._marks()),
        ]

    def _privacy(self) -> str:
        return _(
            "Nothing that you answer is written to disk or sent anywhere, unless you name a file yourself. When "
            "you leave, the screen and what scrolled off it are cleared; no program can promise the same of the "
            "device's memory. After five minutes without a key the screen goes blank, and any key brings it "
            "back. The screen can be seen and photographed, and a device that somebody has tampered with can show him "
            "everything."
        )

    def _keys(self) -> Content:
        keys_and_effects = [
            ("Ctrl+Q", _("leave at once, from everywhere; screen and scrollback are cleared")),
            ("q, Ctrl+C", _("leave; with answers, press it twice, because they are not saved")),
            ("1 – 9", _("choose an answer")),
            ("↑ ↓, Enter", _("move, and choose")),
            (_("Space"), _("mark an answer: mark several, of which one is right, then Enter")),
            ("Enter", _("where a day or a number is typed: give that answer; letters and digits are text there")),
            ("Esc, Tab, ↓", _("from what you type to the choices below, where letters are commands; the text stays")),
            ("Esc, ↑", _("from the choices back to what you type")),
            ("d", _("answer “I don't know”")),
            ("s", _("skip the question")),
            ("b, ←", _("back to the question before; your later answers stay")),
            ("n, →", _("on to the next open question")),
            ("g", _("the answer: what your answers so far come to; press it when that is all you know")),
            ("f, Tab", _("go to the findings, from there to what one rests on if that is in sight, and back")),
            ("o", _("all questions with your answers, to go to any of them")),
            ("w", _("why this question is asked: what it can decide")),
            ("i", _("what if: what would follow if something else were answered; also among all questions")),
            ("c", _("the calendar: the same answers on other days, as the law changed")),
            ("p", _("a summary to take along; it is written only to a file that you name")),
            ("k", _("keep the answers: saves them encrypted, to a file that you name")),
            ("a", _("about your safety: what stays, how to leave, what saving means")),
            ("r", _("the next case: forgets all answers when Delete is pressed there")),
            ("x, Delete", _("among all questions, pressed twice: take an answer back")),
            ("Enter", _("on a finding: open it; on a quotation: open the article; on ▸: show more")),
            ("n, p", _("in an article: the next quotation, or the one before")),
            ("Esc", _("close a page")),
            ("PgUp, PgDn", _("scroll")),
            ("l, F2", _("another language; F2 also while you type")),
            ("t", _("dark or light")),
            ("?, F1", _("this help; F1 also while you type")),
        ]
        rows = [hanging(self._column(keys), does, self.width, mark_style="bold") for keys, does in keys_and_effects]
        return stacked(*rows, literal(_("Letters work on a Russian keyboard layout too: the same keys.")))

    def _column(self, keys: str) -> str:
        """Return keys as they are printed on the reader's keyboard, padded to the width of the column."""
        language = self.conversation.language
        names = [key_name(key, language) if len(key) == 1 else key for key in keys.split(", ")]
        return ", ".join(names).ljust(KEY_COLUMNS)

    def _marks(self) -> Content:
        marks = [
            ("■", _("applies: your answers settle it")),
            ("□", _("may apply: it depends on something that is still open, or that is contested")),
            ("○", _("a reassurance that is not established: do not count on it")),
            ("×", _("excluded by your answers")),
            ("▸ ▾", _("folded, open: Enter changes it")),
            ("✓ ? – ○ ·", _("a question: answered, not known, skipped, open, without effect now")),
        ]
        return stacked(*(hanging(mark.ljust(KEY_COLUMNS), means, self.width) for mark, means in marks))
