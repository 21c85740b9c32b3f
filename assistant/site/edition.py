"""A rulebook in one language as its pages look at it: what belongs together, in words."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from assistant.evidence import Evidence, evidence
from assistant.logic import Program, atom_of, compile_rules
from assistant.rulebook import ConditionValue, Fact, Finding, OutOfScope, Question, QuestionType, Rule, Rulebook
from assistant.site.survey import Citing, Survey
from assistant.source import Article, Background, Origin, Passage, Speaker, Statute
from assistant.texts import in_language
from assistant.value import Value
from assistant.wording import answers_text, yes_no


class Condition(Value):
    """A question or fact that a rule mentions, and how it has to be: ``wanted`` says it in words."""

    about: Question | Fact
    wanted: str
    holds: bool = True


class Shares(Value):
    """How much of an article is what, in whole per cent of its characters; ``paragraphs`` of it are quoted."""

    quoted: int
    beside: int
    background: int
    paragraphs: int


class Edition:
    """One language of the site."""

    def __init__(self, survey: Survey, language: str) -> None:
        self.survey = survey
        self.language = language
        self.rulebook: Rulebook = in_language(survey.rulebook, language)
        self.program: Program = compile_rules(self.rulebook)

    @property
    def original(self) -> str:
        """The language that the articles are quoted in, and the rules written in."""
        return self.survey.rulebook.language

    @cached_property
    def passage(self) -> dict[str, Passage]:
        """Passages by id."""
        return {passage.id: passage for passage in self.rulebook.sources.passages}

    @cached_property
    def statute(self) -> dict[str, Statute]:
        """Statutes by id."""
        return {statute.id: statute for statute in self.rulebook.sources.statutes}

    @cached_property
    def article(self) -> dict[str, Article]:
        """Articles by id."""
        return {article.id: article for article in self.rulebook.sources.articles}

    @cached_property
    def speaker(self) -> dict[str, Speaker]:
        """Speakers by id."""
        return {speaker.id: speaker for speaker in self.rulebook.sources.speakers}

    @cached_property
    def origin(self) -> dict[str, Origin]:
        """Origins by id."""
        return {origin.id: origin for origin in self.rulebook.sources.origins}

    @cached_property
    def background(self) -> dict[str, Background]:
        """What sets paragraphs aside, by id."""
        return {background.id: background for background in self.rulebook.sources.background}

    def rules(self, names: Iterable[str]) -> tuple[Rule, ...]:
        """Rules by their ids."""
        return tuple(self.rulebook.rule[name] for name in names)

    def concluded(self, rule: Rule) -> Fact | Finding:
        """What a rule concludes."""
        return self.head(rule.concludes)

    def head(self, name: str) -> Fact | Finding:
        """A fact or finding by its id."""
        return self.rulebook.finding.get(name) or self.rulebook.fact[name]

    def conditions(self, rule: Rule) -> Iterator[Condition]:
        """The conditions of a rule, without its period and its exceptions."""
        return self.asked(rule.when)

    def asked(self, when: Mapping[str, ConditionValue]) -> Iterator[Condition]:
        """Conditions in words."""
        for node, value in when.items():
            yield self._condition(node, value)

    def exceptions(self, rule: Rule) -> Iterator[Condition]:
        """What defeats a rule."""
        for node in rule.unless:
            yield self._condition(node, True)

    def _condition(self, node: str, value: ConditionValue) -> Condition:
        question = self.rulebook.question.get(node)
        if question is None:
            return Condition(about=self.rulebook.fact[node], wanted=yes_no(value is True), holds=value is True)
        if question.type is QuestionType.YES_NO:
            return Condition(about=question, wanted=yes_no(value is True), holds=value is True)
        atom, _holds = atom_of(question, value)
        return Condition(about=question, wanted=answers_text(question, atom))

    def cited(self, *rules: Rule) -> Evidence:
        """What rules cite, what supports them first."""
        return evidence(self.rulebook, rules)

    def citing(self, source: Passage | Statute) -> tuple[Citing, ...]:
        """The rules that cite a passage or a statute."""
        found = self.survey.quoting if isinstance(source, Passage) else self.survey.applying
        return found[source.id]

    def subjects_citing(self, statute: Statute) -> tuple[OutOfScope, ...]:
        """The subjects left out of scope that cite a statute."""
        return tuple(
            subject
            for subject in self.rulebook.out_of_scope
            if any(citation.statute == statute.id for citation in subject.cites)
        )

    def voices(self) -> Iterator[tuple[str | None, tuple[Speaker, ...]]]:
        """The speakers of each independent voice, in order of appearance, and at the end those who are not counted."""
        speakers = self.rulebook.sources.speakers
        heard = dict.fromkeys(speaker.voice for speaker in speakers)
        for voice in sorted(heard, key=lambda voice: voice is None):
            yield voice, tuple(speaker for speaker in speakers if speaker.voice == voice)

    def said_by(self, speaker: Speaker) -> tuple[Passage, ...]:
        """The passages of a speaker."""
        return tuple(passage for passage in self.rulebook.sources.passages if passage.speaker == speaker.id)

    def rendering(self, passage: Passage) -> str | None:
        """The passage in the reader's language; none if it is quoted in it, or nobody has translated it."""
        return passage.rendering.get(self.language)

    def numbers(self, article: Article) -> dict[str, int]:
        """The quoted passages of an article, numbered as they end in it: there the number stands."""
        pieces = (piece for paragraph in self.survey.articles[article.id] for piece in paragraph.pieces)
        ended = dict.fromkeys(name for piece in pieces for name in piece.ends)
        return {name: number for number, name in enumerate(ended, start=1)}

    def shares(self, article: Article) -> Shares:
        """How much of an article rules quote."""
        paragraphs = self.survey.articles[article.id]
        whole = max(1, sum(paragraph.size for paragraph in paragraphs))
        quoted = round(100 * sum(paragraph.cited for paragraph in paragraphs) / whole)
        background = round(100 * sum(p.size for p in paragraphs if not p.passages) / whole)
        return Shares(
            quoted=quoted,
            beside=100 - quoted - background,
            background=background,
            paragraphs=sum(bool(paragraph.passages) for paragraph in paragraphs),
        )

    def by_conclusion(self) -> Iterator[tuple[Fact | Finding, tuple[Rule, ...]]]:
        """Every finding, gravest first, and then every fact, with the rules that conclude it."""
        for finding in sorted(self.rulebook.findings, key=lambda finding: -finding.severity):
            yield finding, self.rulebook.rules_for[finding.id]
        for fact in self.rulebook.facts:
            yield fact, self.rulebook.rules_for[fact.id]
