"""A rulebook in one language, prepared for the pages of the site."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from assistant.analysis.comparison import Change
from assistant.assessment.assessment import Status
from assistant.documents.value import Value
from assistant.explanation.relevance import Effect
from assistant.explanation.similar_cases import CaseEvidence, case_evidence
from assistant.explanation.view.case import CaseView
from assistant.explanation.view.words import answer_words, answers_words, yes_no
from assistant.publish.site.calendar import CalendarSegment, segments
from assistant.publish.site.data import Citing, SiteData
from assistant.rulebook.case import Case
from assistant.rulebook.case_check import answers_of
from assistant.rulebook.condition import ConditionValue
from assistant.rulebook.evidence import Evidence, Reference, evidence, reference
from assistant.rulebook.finding import Finding
from assistant.rulebook.model import Fact, OutOfScope, Rule, Rulebook
from assistant.rulebook.program import atom_of
from assistant.rulebook.question import Answer, Question
from assistant.rulebook.source import Article, Background, Bearing, Passage, Speaker, Statute
from assistant.rulebook.translation import in_language
from assistant.rulebook.vocabulary import Period
from assistant.system.message import Phrase


class Condition(NamedTuple):
    """A question or fact in a condition of a rule, and the required answer in words (``wanted``)."""

    about: Question | Fact
    wanted: Phrase
    holds: bool


class Shares(Value):
    """The parts of an article in whole per cent of its characters, and the number of quoted ``paragraphs``.

    ``around`` is the rest of quoted paragraphs, ``background`` the paragraphs without a quotation.
    """

    quoted: int
    around: int
    background: int
    paragraphs: int


class Date(Value):
    """A day on which the law changes: what begins on it, what ended on the day before, which findings change."""

    day: datetime.date
    statutes_begin: tuple[Statute, ...]
    statutes_end: tuple[Statute, ...]
    rules_begin: tuple[Rule, ...]
    rules_end: tuple[Rule, ...]
    changes: tuple[Change, ...]


class SiteContext:
    """One language of the site."""

    def __init__(self, data: SiteData, language: str) -> None:
        self.data = data
        self.language = language
        self.rulebook: Rulebook = in_language(data.rulebook, language)

    @property
    def original(self) -> str:
        """The language in which the rules are written."""
        return self.data.rulebook.language

    def language_of(self, quoted: Article | Passage) -> str:
        """Return the language of an article, or of a passage in it."""
        article = self.rulebook.sources.article[quoted.source] if isinstance(quoted, Passage) else quoted
        return article.language or self.original

    @cached_property
    def background(self) -> dict[str, Background]:
        """The background entries, which set paragraphs aside, by id."""
        return {background.id: background for background in self.rulebook.sources.background}

    def rules(self, names: Iterable[str]) -> tuple[Rule, ...]:
        """Return rules by their ids."""
        return tuple(self.rulebook.rule[name] for name in names)

    def concluded(self, rule: Rule) -> tuple[Fact | Finding, ...]:
        """Return the facts and findings that a rule concludes."""
        return tuple(map(self.head, rule.heads))

    def head(self, name: str) -> Fact | Finding:
        """Return a fact or finding by its id."""
        return self.rulebook.finding.get(name) or self.rulebook.fact[name]

    def head_text(self, name: str) -> str:
        """Return the text of a fact or the title of a finding."""
        finding = self.rulebook.finding.get(name)
        return self.rulebook.fact[name].text if finding is None else finding.title

    def asked(self, when: Mapping[str, ConditionValue]) -> Iterator[Condition]:
        """Yield conditions in words."""
        for node, value in when.items():
            yield self.condition(node, value)

    def condition(self, node: str, value: ConditionValue) -> Condition:
        """Return a condition on a question or fact in words."""
        question = self.rulebook.question.get(node)
        if question is None or isinstance(value, bool):
            return Condition(question or self.rulebook.fact[node], yes_no(value is True), value is True)
        return Condition(question, answers_words(question, atom_of(question, value)[:1]), True)

    def cited(self, *rules: Rule) -> Evidence:
        """Return the evidence that rules cite, supporting sources first."""
        return evidence(self.rulebook, rules)

    def citing(self, source: Passage | Statute) -> tuple[Citing, ...]:
        """Return the rules that cite a passage or a statute."""
        rules = self.data.quoting if isinstance(source, Passage) else self.data.applying
        return rules[source.id]

    def bearings(self, passages: Iterable[str]) -> tuple[Bearing, ...]:
        """Return how some passages bear on the rules that cite them, each bearing once."""
        found = {citing.bearing for name in passages for citing in self.data.quoting[name]}
        return tuple(bearing for bearing in Bearing if bearing in found)

    def reference(self, statute: Statute) -> Reference:
        """Return a statute with its places in laws and its last review."""
        return reference(self.rulebook.sources, statute)

    def subjects_citing(self, statute: Statute) -> tuple[OutOfScope, ...]:
        """Return the subjects out of scope that cite a statute."""
        return tuple(
            subject
            for subject in self.rulebook.out_of_scope
            if any(citation.statute == statute.id for citation in subject.cites)
        )

    def voices(self) -> Iterator[tuple[str | None, tuple[Speaker, ...]]]:
        """Yield each independent voice with its speakers, in order of appearance; last None with uncounted speakers."""
        speakers = self.rulebook.sources.speakers
        heard = dict.fromkeys(speaker.voice for speaker in speakers)
        for voice in sorted(heard, key=lambda voice: voice is None):
            yield voice, tuple(speaker for speaker in speakers if speaker.voice == voice)

    def numbers(self, article: Article) -> dict[str, int]:
        """Return the numbers of an article's passages, in the order in which they end: a number is shown at the end."""
        pieces = (piece for paragraph in self.data.articles[article.id] for piece in paragraph.pieces)
        ended = dict.fromkeys(name for piece in pieces for name in piece.ends)
        return {name: number for number, name in enumerate(ended, start=1)}

    def shares(self, article: Article) -> Shares:
        """Return how much of an article is quoted, around quotations in their paragraphs, or in other paragraphs."""
        paragraphs = self.data.articles[article.id]
        whole = max(1, sum(paragraph.size for paragraph in paragraphs))
        quoted = round(100 * sum(paragraph.cited for paragraph in paragraphs) / whole)
        background = round(100 * sum(p.size for p in paragraphs if not p.passages) / whole)
        return Shares(
            quoted=quoted,
            around=100 - quoted - background,
            background=background,
            paragraphs=sum(bool(paragraph.passages) for paragraph in paragraphs),
        )

    def by_conclusion(self) -> Iterator[tuple[Fact | Finding, tuple[Rule, ...]]]:
        """Yield every finding, warnings first, and then every fact, with the rules that conclude it."""
        for finding in self.rulebook.findings_in_order:
            yield finding, self.rulebook.rules_for[finding.id]
        for fact in self.rulebook.facts:
            yield fact, self.rulebook.rules_for[fact.id]

    def calendar(self, times: Period | Iterable[CalendarSegment]) -> Iterator[CalendarSegment]:
        """Yield a period, or the highest status of a finding over time, by the segments of the site's calendar."""
        known = [CalendarSegment(days=times, most=Status.ESTABLISHED)] if isinstance(times, Period) else list(times)
        for days in segments(self.data.boundaries):
            some_day = days.start or days.until or datetime.date.max
            most = (each.most for each in known if some_day in each.days)
            yield CalendarSegment(days=days, most=next(most, Status.EXCLUDED))

    def dates(self) -> Iterator[Date]:
        """Yield the days on which a rule or statute begins or has just ended, with the changes on them."""
        changes = self.data.proved.changes if self.data.proved else ()
        by_day = {comparison.after: comparison.changes for comparison in changes}
        for day in self.data.boundaries:
            before = day - datetime.timedelta(1)
            statutes, rules = self.rulebook.sources.statutes, self.rulebook.rules
            yield Date(
                day=day,
                statutes_begin=tuple(statute for statute in statutes if statute.in_force.start == day),
                statutes_end=tuple(statute for statute in statutes if statute.in_force.until == before),
                rules_begin=tuple(rule for rule in rules if rule.in_force.start == day),
                rules_end=tuple(rule for rule in rules if rule.in_force.until == before),
                changes=by_day.get(day.isoformat(), ()),
            )

    def answers(self, answers: Mapping[str, Answer]) -> Iterator[tuple[Question, Phrase]]:
        """Yield questions with their answers in words."""
        for name, answer in answers.items():
            yield self.rulebook.question[name], answer_words(self.rulebook.question[name], answer)

    def cases(self, finding: Finding) -> tuple[CaseEvidence, tuple[CaseView, ...]]:
        """Return a summary of all reported cases in which a finding came true, and each of them."""
        cases = (case for case in self.rulebook.cases if finding.id in case.outcome.findings)
        return case_evidence(self.rulebook, {}, finding.id), tuple(map(self.case, cases))

    def case(self, case: Case) -> CaseView:
        """Return a case in words."""
        return CaseView(self.rulebook, case)

    def case_answers(self, case: Case) -> Iterator[tuple[Question, Phrase]]:
        """Yield the questions that the reports of a case answer, with the answers in words."""
        return self.answers(answers_of(self.rulebook, case))

    def effects(self, question: Question) -> tuple[Effect, ...]:
        """Return the effects of a question on findings, first those that a single answer decides."""
        found = self.data.proved.effects.get(question.id, ()) if self.data.proved else ()
        return tuple(sorted(found, key=lambda effect: not effect.decides))
