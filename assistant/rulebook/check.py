"""Consistency checks of a rulebook: all names exist, all values suit their questions, everything is used."""

from collections.abc import Iterator
from typing import Final

from assistant.documents.problem import Problem
from assistant.documents.yaml_model import nearest
from assistant.rulebook.case_check import check_cases
from assistant.rulebook.computed_check import check_computed
from assistant.rulebook.condition_check import check_condition, check_exception, suits
from assistant.rulebook.dependencies import cycle
from assistant.rulebook.finding import Kind, Tone
from assistant.rulebook.group_check import check_groups
from assistant.rulebook.model import Rule, Rulebook
from assistant.rulebook.named_days_check import check_named_days
from assistant.rulebook.penalty_check import check_penalties
from assistant.rulebook.program import ordinal
from assistant.rulebook.promise_check import check_promises
from assistant.rulebook.question import GivenBy, Question, QuestionType
from assistant.rulebook.reference_check import check_references
from assistant.rulebook.source_check import check_citations, check_sources, check_support
from assistant.rulebook.vocabulary import UNKNOWN
from assistant.system.language import _

MAX_COLUMN_CHARACTERS: Final = 63
"""Characters of a column's name that every database keeps."""
MIN_OPTIONS: Final = 2


def check_rulebook(rulebook: Rulebook) -> list[Problem]:
    """Return all problems in how the parts of a rulebook refer to each other."""
    check = _Check(rulebook)
    return [
        *check.names(),
        *check.metadata(),
        *(problem for question in rulebook.questions for problem in check.question(question)),
        *check.deciders(),
        *check_named_days(rulebook),
        *check_groups(rulebook),
        *check_computed(rulebook),
        *check.tones(),
        *check_penalties(rulebook),
        *(problem for rule in rulebook.rules for problem in check.rule(rule)),
        *check.contradictions(),
        *check_promises(rulebook),
        *check.outcome(),
        *check_cases(rulebook),
        *check.out_of_scope(),
        *check.idle(),
        *check.circular(),
        *check_sources(rulebook),
        *check_references(rulebook),
    ]


class _Check:
    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook

    def problem(self, key: str, message: str, remedy: str = "") -> Problem:
        return self.rulebook.problem_at(key, message, remedy)

    def names(self) -> Iterator[Problem]:
        taken: dict[str, str] = {}
        for section in ("questions", "facts", "findings"):
            for item in getattr(self.rulebook, section):
                if item.id in taken and taken[item.id] != section:
                    message = _("the name '{id}' is already one of the {section}.")
                    message = message.format(id=item.id, section=taken[item.id])
                    yield self.problem(f"{section}.{item.id}", message, _("Questions, facts and findings share names."))
                taken.setdefault(item.id, section)

    def metadata(self) -> Iterator[Problem]:
        metadata = self.rulebook.metadata
        asked = metadata.date_question
        if asked is not None and self.type_of(asked) is not QuestionType.DATE:
            message = _("'{id}' is not a question for a date.").format(id=asked)
            dates = [question.id for question in self.rulebook.questions if question.type is QuestionType.DATE]
            yield self.problem("rulebook.date_question", message, nearest(asked, dates))
        if metadata.text_of is not None and metadata.text_of > metadata.reviewed_until:
            message = _("the text of the law is later than its last review.")
            yield self.problem("rulebook.text_of", message, _("Exchange the days, or mend one."))
        if metadata.planned is not None:
            value = metadata.planned.option
            yield from check_condition(self.rulebook, "rulebook.planned.question", metadata.planned.question, value)
            for name in metadata.planned.not_asked:
                if name not in self.rulebook.question:
                    message = _("'{id}' is not a question.").format(id=name)
                    yield self.problem("rulebook.planned.not_asked", message, nearest(name, self.rulebook.question))
            yes_no = [question.id for question in self.rulebook.questions if question.type is QuestionType.YES_NO]
            for name in metadata.planned.unless:
                if name not in yes_no:
                    message = _("'{id}' is not a yes/no question.").format(id=name)
                    yield self.problem("rulebook.planned.unless", message, nearest(name, yes_no))

    def type_of(self, name: str) -> QuestionType | None:
        question = self.rulebook.question.get(name)
        return question.type if question else None

    def question(self, question: Question) -> Iterator[Problem]:
        key = f"questions.{question.id}"
        yield from self.end_columns(key, question)
        options = [option.id for option in question.options]
        if (question.type is QuestionType.CHOICE) != bool(options):
            yield self.problem(
                key, _("a choice has options, and no other question has."), _("Mend 'type' or 'options'.")
            )
        elif options and len(options) < MIN_OPTIONS:
            yield self.problem(f"{key}.options", _("a choice needs two options or more."), _("Add an option."))
        if UNKNOWN in options:
            message = _("'{word}' means that the user does not know.").format(word=UNKNOWN)
            yield self.problem(f"{key}.options.{UNKNOWN}", message, _("Give the option another id."))
        for name, bound in (("lowest", question.lowest), ("highest", question.highest)):
            if bound is not None and not suits(question.type, bound):
                yield self.problem(f"{key}.{name}", _("this bound does not suit the type of the question."))
        bounds = [bound for bound in (question.lowest, question.highest) if bound is not None]
        if all(suits(question.type, bound) for bound in bounds) and bounds != sorted(bounds, key=ordinal):
            yield self.problem(f"{key}.highest", _("nothing is in this range."), _("Exchange its bounds, or mend one."))
        yield from self.typed(key, question)
        if question.given_by is GivenBy.CLOCK:
            yield from self.clock(key, question)
        if question.suggest is not None:
            yield from check_condition(self.rulebook, f"{key}.suggest.answer", question.id, question.suggest.answer)
            yield from check_citations(self.rulebook, f"{key}.suggest", question.suggest.cites)

    def typed(self, key: str, question: Question) -> Iterator[Problem]:
        """Yield problems of what a user may type besides figures."""
        if question.unit is not None and question.type is not QuestionType.NUMBER:
            yield self.problem(f"{key}.unit", _("only a number has a unit."), _("Mend 'type' or 'unit'."))
        if question.named and question.type is not QuestionType.DATE:
            yield self.problem(f"{key}.named", _("only a date has named days."), _("Mend 'type' or 'named'."))

    def end_columns(self, key: str, question: Question) -> Iterator[Problem]:
        """Yield problems of the names that the ends of an answer have in tables."""
        if not question.type.is_ordered:
            return
        for name in question.end_columns:
            if name in self.rulebook.question or name in self.rulebook.fact or name in self.rulebook.finding:
                message = _("the id '{id}' is the name of a column in tables, for an end of '{question}'.")
                yield self.problem(key, message.format(id=name, question=question.id), _("Rename one of them."))
        most = MAX_COLUMN_CHARACTERS - len("_from")
        if len(question.id) > most:
            message = _("the id of a date or a number has at most {most} characters.").format(most=most)
            yield self.problem(key, message, _("Shorten it."))

    def clock(self, key: str, question: Question) -> Iterator[Problem]:
        """Yield problems of a question that the clock answers: it must be the only one and ask for a date."""
        remedy = _("Ask a person for it.")
        if question.type is not QuestionType.DATE or question.suggest is not None:
            yield self.problem(f"{key}.given_by", _("the clock gives a date, and nobody suggests one to it."), remedy)
        if question is not self.rulebook.clock_question:
            yield self.problem(f"{key}.given_by", _("the clock gives one day only, that of asking."), remedy)
        if question.id == self.rulebook.metadata.date_question:
            message = _("periods are compared with the day of the act, and the clock gives the day of asking.")
            yield self.problem(f"{key}.given_by", message, remedy)
        if question.decided_by is not None:
            yield self.problem(f"{key}.decided_by", _("nobody decides the day of asking."), _("Delete it."))

    def deciders(self) -> Iterator[Problem]:
        """Yield questions that do not say who decides them, if others do."""
        if any(question.decided_by is not None for question in self.rulebook.questions):
            for question in self.rulebook.asked_questions:
                if question.decided_by is None:
                    message = _("'{id}' does not say who decides it, and other questions do.").format(id=question.id)
                    remedy = _("Write 'decided_by': he, others or past.")
                    yield self.problem(f"questions.{question.id}", message, remedy)

    def rule(self, rule: Rule) -> Iterator[Problem]:
        key = f"rules.{rule.id}"
        yield from self.heads(key, rule)
        if not rule.when and not rule.unless and not rule.in_force:
            yield self.problem(key, _("this rule has no condition, so it would always hold."), _("Say when it holds."))
        if rule.in_force and self.rulebook.metadata.date_question is None:
            message = _("a period needs a question to be compared with.")
            yield self.problem(f"{key}.in_force", message, _("Name one as 'date_question' of the rulebook."))
        yield from self.reassurance(key, rule)
        for name, value in rule.when.items():
            yield from check_condition(self.rulebook, f"{key}.when.{name}", name, value)
        for index, name in enumerate(rule.unless):
            yield from check_exception(self.rulebook, f"{key}.unless.{index}", name)
            if name in rule.when:
                message = _("'{id}' is a condition and an exception of this rule.").format(id=name)
                yield self.problem(f"{key}.unless.{index}", message, _("Keep one of the two."))
        yield from check_citations(self.rulebook, key, rule.cites)
        yield from check_support(self.rulebook, key, rule.cites)

    def heads(self, key: str, rule: Rule) -> Iterator[Problem]:
        """Yield problems of what a rule concludes. The last review limits all that one rule concludes alike."""
        heads = {*self.rulebook.fact, *self.rulebook.finding}
        for index, head in enumerate(rule.heads):
            here = f"{key}.concludes" if isinstance(rule.concludes, str) else f"{key}.concludes.{index}"
            if head not in heads:
                message = _("'{id}' is neither a fact nor a finding.").format(id=head)
                yield self.problem(here, message, nearest(head, heads))
            if head in rule.heads[:index]:
                message = _("this rule concludes '{id}' twice.").format(id=head)
                yield self.problem(here, message, _("Delete one of the two."))
        if len({self.limits(head) for head in rule.heads}) > 1:
            message = _("this rule concludes what reassures and what does not, or reassures differently.")
            yield self.problem(f"{key}.concludes", message, _("Write a rule for each: they end on different days."))

    def tones(self) -> Iterator[Problem]:
        """Yield findings whose tone does not fit their kind.

        A merely possible protection must not be shown, which would be false reassurance; a possible exposure must be.
        """
        demanded = {
            Kind.PROTECTION: Tone.REASSURING,
            Kind.EXPOSURE: Tone.CAUTIONARY,
            Kind.WARNING: Tone.CAUTIONARY,
        }
        for finding in self.rulebook.findings:
            tone = demanded.get(finding.kind, finding.tone)
            if tone is not finding.tone:
                message = _("the tone of a finding of the kind '{kind}' is always '{tone}'.")
                message = message.format(kind=finding.kind.value, tone=tone.value)
                yield self.problem(f"findings.{finding.id}.tone", message, _("Mend the tone or the kind."))
            if finding.looks_ahead and finding.tone is not Tone.REASSURING:
                message = _("'looks_ahead' limits what reassures, and this finding warns.")
                yield self.problem(f"findings.{finding.id}.looks_ahead", message, _("Delete it."))

    def limits(self, head: str) -> tuple[bool, bool]:
        """Return whether the last review limits the day of the act in rules for a head, and the day of asking."""
        finding = self.rulebook.finding.get(head)
        return (finding.tone is Tone.REASSURING, finding.reassures_ahead) if finding else (False, False)

    def reassurance(self, key: str, rule: Rule) -> Iterator[Problem]:
        finding, last = self.rulebook.finding.get(rule.heads[0]), self.rulebook.metadata.reviewed_until
        start = rule.in_force.start
        if finding is not None and finding.tone is Tone.REASSURING and start is not None and start > last:
            message = _("'{id}' is reassuring, and nothing reassures after the last review.").format(id=finding.id)
            yield self.problem(f"{key}.in_force.from", message, _("Review the law and update 'reviewed_until'."))

    def contradictions(self) -> Iterator[Problem]:
        for impossible in self.rulebook.impossible:
            for name, value in impossible.when.items():
                yield from check_condition(self.rulebook, f"impossible.{impossible.id}.when.{name}", name, value)

    def outcome(self) -> Iterator[Problem]:
        """Yield problems of what the outcome of a case says besides the findings."""
        if self.rulebook.metadata.several is not None:
            yield from check_citations(self.rulebook, "rulebook.several", self.rulebook.metadata.several.cites)
        for finding in self.rulebook.findings:
            if finding.overtaken is None:
                continue
            key, by = f"findings.{finding.id}.overtaken", finding.overtaken.by
            if finding.tone is not Tone.REASSURING:
                yield self.problem(key, _("only what reassures can be overtaken."), _("Delete it."))
            if by not in self.rulebook.finding:
                message = _("'{id}' is not a finding.").format(id=by)
                yield self.problem(f"{key}.by", message, nearest(by, self.rulebook.finding))
            elif self.rulebook.finding[by].tone is Tone.REASSURING:
                yield self.problem(f"{key}.by", _("what overtakes a reassurance is cautionary."), _("Name another."))

    def out_of_scope(self) -> Iterator[Problem]:
        for subject in self.rulebook.out_of_scope:
            yield from check_citations(self.rulebook, f"out_of_scope.{subject.id}", subject.cites)
            for index, name in enumerate(subject.beside):
                if name not in self.rulebook.question:
                    message = _("'{id}' is not a question.").format(id=name)
                    key = f"out_of_scope.{subject.id}.beside.{index}"
                    yield self.problem(key, message, nearest(name, self.rulebook.question))

    def idle(self) -> Iterator[Problem]:
        """Yield questions and facts that no rule uses, and facts and findings that no rule concludes."""
        if not self.rulebook.findings:
            yield self.problem("rulebook", _("this rulebook has no finding: it would tell nothing."), _("Write one."))
        concluded = {head for rule in self.rulebook.rules for head in rule.heads}
        used = {name for rule in self.rulebook.rules for name in (*rule.when, *rule.unless)}
        used |= {self.rulebook.metadata.date_question or ""}
        used |= {name for each in self.rulebook.computed_questions for name in each.needed_questions}
        for section in ("facts", "findings"):
            for item in getattr(self.rulebook, section):
                if item.id not in concluded:
                    message = _("no rule concludes '{id}'.").format(id=item.id)
                    yield self.problem(f"{section}.{item.id}", message, _("Write a rule for it, or delete it."))
        for section in ("questions", "facts"):
            for item in getattr(self.rulebook, section):
                if item.id not in used:
                    message = _("no rule uses '{id}'.").format(id=item.id)
                    yield self.problem(f"{section}.{item.id}", message, _("Use it in a rule, or delete it."))

    def circular(self) -> Iterator[Problem]:
        path = cycle(self.rulebook)
        if path:
            message = _("these facts depend on each other in a circle: {path}.").format(path=" → ".join(path))
            yield self.problem(f"facts.{path[0]}", message, _("Break the circle."))
