"""The words for the program's own terms, and conditions and answers in the words of the rulebook."""

import datetime
from collections.abc import Sequence

from assistant.assessment.assessor import Status
from assistant.rulebook.evidence import Evidence, Strength, voices
from assistant.rulebook.finding import Finding, Kind, Tone
from assistant.rulebook.model import Metadata, Rulebook
from assistant.rulebook.program import Atom, Program, SignedNode
from assistant.rulebook.question import Answer, Question, QuestionType
from assistant.rulebook.ranges import DateRange, NumberRange, OptionSet, interval
from assistant.rulebook.source import Basis, Bearing, Force, StatuteKind
from assistant.rulebook.vocabulary import Period
from assistant.system.language import _, plural


def status_word(status: Status, finding: Finding, planned: bool = False) -> str:
    """Return a status in the reader's words: *would apply* if the act is only ``planned``.

    A reassuring finding that is only possible is *not established*.
    """
    if status is Status.EXCLUDED:
        return _("excluded")
    if status is Status.ESTABLISHED:
        return _("would apply") if planned else _("applies")
    if finding.tone is Tone.REASSURING:
        return _("not established")
    return _("could apply") if planned else _("may apply")


def excluded_text(count: int) -> str:
    """Return a sentence with the number of excluded findings."""
    return plural("{count} finding is excluded by the answers.", "{count} findings are excluded by the answers.", count)


def reviewed_text(metadata: Metadata) -> str:
    """Return the date of the law text and of the review, short enough for the first line of a screen."""
    reviewed = day_text(metadata.reviewed_until)
    if metadata.text_of is None:
        return _("law reviewed to {date}").format(date=reviewed)
    return _("law text of {text}, reports to {date}").format(text=day_text(metadata.text_of), date=reviewed)


def kind_word(kind: Kind) -> str:
    """Return the word for a kind of finding."""
    return {
        Kind.PROTECTION: _("protection"),
        Kind.EXPOSURE: _("exposure"),
        Kind.CONSEQUENCE: _("consequence"),
        Kind.WARNING: _("warning"),
        Kind.STEP: _("step"),
        Kind.NOTE: _("note"),
    }[kind]


def tone_word(tone: Tone) -> str:
    """Return words for a tone that say when such a finding counts."""
    return {
        Tone.CAUTIONARY: _("cautionary: it is shown as soon as it is possible"),
        Tone.REASSURING: _("reassuring: it counts only once it is established"),
    }[tone]


def strength_word(strength: Strength) -> str:
    """Return the words for the strength of a finding's grounds."""
    return {
        Strength.LAW: _("law (read in the official text)"),
        Strength.LAW_REPORTED: _("law (reported only)"),
        Strength.PRACTICE: _("practice (reported)"),
        Strength.CLAIM: _("a claim about the law"),
        Strength.ADVICE: _("advice that was given"),
        Strength.THREAT: _("a threat"),
        Strength.BELIEF: _("what a soldier believes"),
        Strength.FORECAST: _("a forecast"),
    }[strength]


def force_word(force: Force) -> str:
    """Return the words for the kind of statement that a passage makes."""
    return {
        Force.LAW: _("legal opinion"),
        Force.PRACTICE: _("reported practice"),
        Force.THREAT: _("threat"),
        Force.ADVICE: _("advice"),
        Force.BELIEF: _("belief"),
        Force.FORECAST: _("forecast"),
    }[force]


def bearing_word(bearing: Bearing) -> str:
    """Return the verb for how a citation bears on a rule."""
    return {
        Bearing.SUPPORTS: _("supports"),
        Bearing.QUALIFIES: _("qualifies"),
        Bearing.CONTRADICTS: _("contradicts"),
    }[bearing]


def basis_word(basis: Basis) -> str:
    """Return the words for how a provision is known."""
    return {Basis.CHECKED: _("checked in the official text"), Basis.REPORTED: _("reported only")}[basis]


def statute_kind_word(kind: StatuteKind) -> str:
    """Return the words for a kind of statute."""
    return {
        StatuteKind.PROVISION: _("provision"),
        StatuteKind.DECREE: _("official act"),
        StatuteKind.COURT_PRACTICE: _("court practice"),
        StatuteKind.REPORTED_PRACTICE: _("reported practice"),
    }[kind]


def voices_text(cited: Evidence) -> str:
    """Return a text with the number of independent voices that support a finding, and of those that qualify it.

    Voices that contradict it count with those that qualify it.
    """
    supporting = voices(cited, Bearing.SUPPORTS)
    if not supporting:
        return _("No voice that can be counted: those who speak are unnamed, or a publication retells them.")
    against = [voice for voice in voices(cited, Bearing.QUALIFIES, Bearing.CONTRADICTS) if voice not in supporting]
    text = plural("{count} independent voice.", "{count} independent voices.", len(supporting))
    if against:
        text += " " + plural("{count} other qualifies it.", "{count} others qualify it.", len(against))
    return text


def waiting_text(rulebook: Rulebook, questions: Sequence[str]) -> str:
    """Return a text that names the first open question and counts the others; an empty string if there is none."""
    if not questions:
        return ""
    first = rulebook.question[questions[0]].text
    others = len(questions) - 1
    if others == 0:
        return _("Waits for: {question}").format(question=first)
    return plural(
        "Waits for: {{question}} — and {count} more answer",
        "Waits for: {{question}} — and {count} more answers",
        others,
    ).format(question=first)


def yes_no(holds: bool) -> str:
    """Return the word *yes* or *no*."""
    return _("yes") if holds else _("no")


def day_text(day: datetime.date) -> str:
    """Return a day as it is written in Russia and most of Europe: 24.09.2022."""
    return f"{day:%d.%m}.{day.year:04}"  # not %Y, which drops the zeros of an early year on some systems


def period_text(period: Period) -> str:
    """Return a period in words."""
    if period.start and period.until:
        return _("from {start} to {end}").format(start=day_text(period.start), end=day_text(period.until))
    if period.start:
        return _("from {start} on").format(start=day_text(period.start))
    return _("until {end}").format(end=day_text(period.until)) if period.until else _("throughout")


def answer_text(question: Question, answer: Answer) -> str:
    """Return an answer in the words of its question."""
    if isinstance(answer, OptionSet):
        return answers_text(question, Atom(node=question.id, question=question.id, values=answer.options))
    if isinstance(answer, DateRange | NumberRange):
        low, high = interval(answer)
        return answers_text(question, Atom(node=question.id, question=question.id, low=low, high=high))
    if isinstance(answer, bool):
        return yes_no(answer)
    if isinstance(answer, datetime.date):
        return day_text(answer)
    return next((option.text for option in question.options if option.id == answer), str(answer))


def bound_text(question: Question, bound: int) -> str:
    """Return a bound as a day or as a number; the bound of a date question is the ordinal of a day."""
    return day_text(datetime.date.fromordinal(bound)) if question.type is QuestionType.DATE else str(bound)


def condition_text(rulebook: Rulebook, program: Program, literal: SignedNode) -> str:
    """Return a condition of a rule in words: a question with the answer that it requires, or a fact."""
    atom = program.atoms.get(literal.node)
    if atom is None:
        text = rulebook.fact[literal.node].text.rstrip(".")
        return text if literal.holds else _("not so: {fact}").format(fact=text)
    question = rulebook.question[atom.question]
    if question.type is QuestionType.YES_NO:
        return _("{question} — {answer}").format(question=question.text, answer=yes_no(literal.holds))
    wanted = answers_text(question, atom)
    if literal.holds:
        return _("{question} — {answer}").format(question=question.text, answer=wanted)
    return _("{question} — not: {answer}").format(question=question.text, answer=wanted)


def answers_text(question: Question, atom: Atom) -> str:
    """Return the answers that meet a condition, in the words of their question."""
    if question.type is QuestionType.YES_NO:
        return alternatives([yes_no(value is True) for value in atom.values])
    if question.type is QuestionType.CHOICE:
        texts = [option.text for option in question.options if option.id in atom.values]
        return alternatives([_("“{words}”").format(words=text) for text in texts] if len(texts) > 1 else texts)
    if question.type is QuestionType.DATE:
        start, until = (None if end is None else datetime.date.fromordinal(end) for end in (atom.low, atom.high))
        return day_text(start) if start and start == until else period_text(Period(start=start, until=until))
    return _numbers(atom)


def alternatives(texts: Sequence[str]) -> str:
    """Return alternatives as one text: ``a, b or c``."""
    if len(texts) < 2:  # noqa: PLR2004  # one, or none
        return "".join(texts)
    return _("{others} or {last}").format(others=", ".join(texts[:-1]), last=texts[-1])


def _numbers(atom: Atom) -> str:
    if atom.low == atom.high:
        return str(atom.low)
    if atom.low is not None and atom.high is not None:
        return _("{low} to {high}").format(low=atom.low, high=atom.high)
    return _("{low} or more").format(low=atom.low) if atom.high is None else _("at most {high}").format(high=atom.high)
