"""The program's words for its own terms, and conditions and answers in the words of the rulebook."""

import datetime
from collections.abc import Sequence

from assistant.assessment.assessor import Status
from assistant.rulebook.evidence import Evidence, Strength, voices
from assistant.rulebook.model import Finding, Kind, Metadata, Rulebook, Tone
from assistant.rulebook.program import Atom, Literal, Program
from assistant.rulebook.question import Answer, Question, QuestionType
from assistant.rulebook.source import Basis, Bearing, Force, StatuteKind
from assistant.rulebook.vocabulary import Period
from assistant.system.language import _, plural


def status_word(status: Status, finding: Finding, planned: bool = False) -> str:
    """The status in the reader's words; what follows from an act that is only ``planned`` *would* apply.

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
    """How many findings are excluded."""
    return plural("{count} finding is excluded by the answers.", "{count} findings are excluded by the answers.", count)


def reviewed_text(metadata: Metadata) -> str:
    """How far the law was reviewed, and in which text, short enough for the head of a screen."""
    reviewed = day_text(metadata.reviewed_until)
    if metadata.text_of is None:
        return _("law reviewed to {date}").format(date=reviewed)
    return _("law text of {text}, reports to {date}").format(text=day_text(metadata.text_of), date=reviewed)


def kind_word(kind: Kind) -> str:
    """The kind of a finding."""
    return {
        Kind.PROTECTION: _("protection"),
        Kind.EXPOSURE: _("exposure"),
        Kind.CONSEQUENCE: _("consequence"),
        Kind.WARNING: _("warning"),
        Kind.STEP: _("step"),
        Kind.NOTE: _("note"),
    }[kind]


def tone_word(tone: Tone) -> str:
    """When a finding counts."""
    return {
        Tone.CAUTIONARY: _("cautionary: it is shown as soon as it is possible"),
        Tone.REASSURING: _("reassuring: it counts only once it is established"),
    }[tone]


def strength_word(strength: Strength) -> str:
    """What kind of ground stands behind a finding."""
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
    """What kind of statement a passage makes."""
    return {
        Force.LAW: _("legal opinion"),
        Force.PRACTICE: _("reported practice"),
        Force.THREAT: _("threat"),
        Force.ADVICE: _("advice"),
        Force.BELIEF: _("belief"),
        Force.FORECAST: _("forecast"),
    }[force]


def bearing_word(bearing: Bearing) -> str:
    """What a citation does for the finding."""
    return {
        Bearing.SUPPORTS: _("supports"),
        Bearing.QUALIFIES: _("qualifies"),
        Bearing.CONTRADICTS: _("contradicts"),
    }[bearing]


def basis_word(basis: Basis) -> str:
    """How a provision is known."""
    return {Basis.CHECKED: _("checked in the official text"), Basis.REPORTED: _("reported only")}[basis]


def statute_kind_word(kind: StatuteKind) -> str:
    """What a statute entry is."""
    return {
        StatuteKind.PROVISION: _("provision"),
        StatuteKind.DECREE: _("official act"),
        StatuteKind.COURT_PRACTICE: _("court practice"),
        StatuteKind.REPORTED_PRACTICE: _("reported practice"),
    }[kind]


def voices_text(cited: Evidence) -> str:
    """How many independent voices support a finding, and how many qualify or contradict it."""
    supporting = voices(cited, Bearing.SUPPORTS)
    if not supporting:
        return _("No voice that can be counted: those who speak are unnamed, or a publication retells them.")
    against = [voice for voice in voices(cited, Bearing.QUALIFIES, Bearing.CONTRADICTS) if voice not in supporting]
    text = plural("{count} independent voice.", "{count} independent voices.", len(supporting))
    if against:
        text += " " + plural("{count} other qualifies it.", "{count} others qualify it.", len(against))
    return text


def waiting_text(rulebook: Rulebook, questions: Sequence[str]) -> str:
    """What a finding waits for; nothing if it is not for an answer."""
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
    """Yes or no."""
    return _("yes") if holds else _("no")


def day_text(day: datetime.date) -> str:
    """A day as it is written in Russia and most of Europe: 24.09.2022."""
    return f"{day:%d.%m}.{day.year:04}"  # not %Y, which drops the zeros of an early year on some systems


def period_text(period: Period) -> str:
    """A period in words."""
    if period.start and period.until:
        return _("from {start} to {end}").format(start=day_text(period.start), end=day_text(period.until))
    if period.start:
        return _("from {start} on").format(start=day_text(period.start))
    return _("until {end}").format(end=day_text(period.until)) if period.until else _("throughout")


def answer_text(question: Question, answer: Answer) -> str:
    """An answer in the words of its question."""
    if isinstance(answer, bool):
        return yes_no(answer)
    if isinstance(answer, datetime.date):
        return day_text(answer)
    return next((option.text for option in question.options if option.id == answer), str(answer))


def bound_text(question: Question, bound: int) -> str:
    """A number or the ordinal of a day, as one writes an answer to the question."""
    return day_text(datetime.date.fromordinal(bound)) if question.type is QuestionType.DATE else str(bound)


def condition_text(rulebook: Rulebook, program: Program, literal: Literal) -> str:
    """A condition of a rule as a question or fact and the answer that it asks for."""
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
    """The answers that pass a test, in the words of their question."""
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
    """Texts of which any one will do: ``a, b or c``."""
    if len(texts) < 2:  # noqa: PLR2004  # one, or none
        return "".join(texts)
    return _("{others} or {last}").format(others=", ".join(texts[:-1]), last=texts[-1])


def _numbers(atom: Atom) -> str:
    if atom.low == atom.high:
        return str(atom.low)
    if atom.low is not None and atom.high is not None:
        return _("{low} to {high}").format(low=atom.low, high=atom.high)
    return _("{low} or more").format(low=atom.low) if atom.high is None else _("at most {high}").format(high=atom.high)
