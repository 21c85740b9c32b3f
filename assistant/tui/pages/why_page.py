"""The page why a question is asked: the findings that it can decide, and by which answers."""

from collections.abc import Sequence

from textual.content import Content

from assistant.assessment.assessor import Status
from assistant.explanation.relevance import Effect, WhyAsked, why_asked
from assistant.explanation.wording import alternatives, answers_text, status_word
from assistant.interview.state import Interview
from assistant.rulebook.finding import Finding
from assistant.rulebook.program import Atom
from assistant.system.language import _, plural
from assistant.tui.pages.list_page import ListPage, Row
from assistant.tui.pages.page import KeyHint
from assistant.tui.widgets.links import FindingLink
from assistant.tui.widgets.literal import hanging, literal, stacked


class WhyPage(ListPage):
    """The findings that one question can decide, grouped by the deciding answers."""

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question
        self._computed: tuple[Interview, WhyAsked] | None = None

    def key_hints(self) -> Sequence[KeyHint]:
        """Return the keys of the list."""
        return [("↑↓", _("choose")), ("Enter", _("open the finding")), ("Esc", _("close"))]

    def title_text(self) -> Content:
        """Return the question, and how many findings it can decide by itself."""
        why = self._why()
        deciding = sum(effect.decides for effect in why.effects)
        count_text = (
            plural(
                "By itself, an answer can decide {count} finding.",
                "By itself, an answer can decide {count} findings.",
                deciding,
            )
            if deciding
            else None
        )
        return stacked(
            literal(_("Why is this asked?"), "bold"),
            hanging("", self.conversation.rulebook.question[self._question].text, self.width),
            literal(count_text, "dim") if count_text else None,
        )

    def rows(self) -> Sequence[Row]:
        """Return the findings under the answers that decide them; last, those decided only together with others."""
        why = self._why()
        contradicting = self._answers(why.contradicting)
        rows: list[Row] = []
        if contradicting:
            message = _("This would contradict other answers: {answers}.").format(answers=contradicting)
            rows.append(Row(self._lines([message])))
        if not why.effects:
            rows.append(Row(literal(_("No answer to this question can change a finding any more."))))
        by_outcomes: dict[tuple[str, ...], list[Effect]] = {}
        for effect in why.effects:
            by_outcomes.setdefault(self._outcomes(effect), []).append(effect)
        for outcomes, effects in by_outcomes.items():
            gap = "\n" if rows else ""
            rows.append(Row(Content(gap).append(self._lines(outcomes))))
            rows += [self._row(effect) for effect in effects]
        return rows

    def _row(self, effect: Effect) -> Row:
        title = self._finding(effect).title
        return Row(hanging("  → ", title, self.width), FindingLink(effect.finding))

    def _outcomes(self, effect: Effect) -> tuple[str, ...]:
        """Return which answers lead to which status of a finding, a line for each status."""
        if not effect.decides:
            return (_("The answer decides together with others:"),)
        finding = self._finding(effect)
        outcomes = {
            Status.ESTABLISHED: effect.established,
            Status.EXCLUDED: effect.excluded,
            Status.POSSIBLE: effect.possible,
        }
        return tuple(
            _("{status} with: {answers}").format(status=status_word(status, finding), answers=self._answers(atoms))
            for status, atoms in outcomes.items()
            if atoms
        )

    def _lines(self, lines: Sequence[str]) -> Content:
        return stacked(*(hanging("", line, self.width, "bold") for line in lines))

    def _finding(self, effect: Effect) -> Finding:
        return self.conversation.rulebook.finding[effect.finding]

    def _answers(self, atoms: tuple[Atom, ...]) -> str:
        question = self.conversation.rulebook.question[self._question]
        return alternatives([answers_text(question, atom) for atom in atoms])

    def _why(self) -> WhyAsked:
        interview = self.conversation.turn.interview
        if self._computed is None or self._computed[0] is not interview:
            why = why_asked(self.conversation.assessor, interview.answers, self._question)
            self._computed = (interview, why)
        return self._computed[1]
