"""A receipt: the answers and the assessment, so that anybody can repeat it and compare the results."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import Field, StrictBool, StrictStr

from assistant import __version__
from assistant.assessment.assessment import Assessment, Status
from assistant.assessment.assessor import Assessor
from assistant.documents.problem import Place, Problem, Problems
from assistant.documents.value import Value
from assistant.documents.yaml_model import as_model
from assistant.documents.yaml_reader import read_yaml
from assistant.explanation.view.words import status_words
from assistant.rulebook.answer import Mistake, read_answer
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import Firing, notation, rule_of
from assistant.rulebook.question import Answer, Answers
from assistant.rulebook.ranges import AnswerData, Range, as_data
from assistant.system.language import _, plural
from assistant.system.message import text

FORMAT: Final = 1
FORMAT_WITH_RANGES: Final = 2
"""A receipt with exact answers only is still written in the first format, which older versions read."""
Name: TypeAlias = Annotated[StrictStr, Field(max_length=200)]
Digest: TypeAlias = Annotated[StrictStr, Field(pattern="^[0-9a-f]{64}$")]


class Concluded(Value):
    """One step of the evaluation: a condition, the rule that concluded it, and the conditions that it used.

    Without a rule, the condition tests an answer, or it fails because every rule for it fails.
    """

    concluded: StrictStr
    rule: StrictStr | None = None
    used: tuple[StrictStr, ...] = Field(default=(), alias="from")


class Receipt(Value):
    """Answers by question, in the notation of scenario files, and their assessment.

    ``checksum`` is the SHA-256 of the rest. It reveals damage; it is no signature, because anybody can compute it.
    """

    receipt: Literal[1, 2]
    program_version: Name
    rulebook_id: Name
    rulebook_hash: Digest
    answers: dict[str, AnswerData]
    contradictions: tuple[StrictStr, ...]
    statuses: dict[str, Status]
    exact: StrictBool
    trace: tuple[Concluded, ...]
    checksum: Digest


class Verification(Value):
    """The differences found when a receipt was assessed again; statuses and hashes are pairs of *then* and *now*.

    ``unfit`` contains the questions whose answers the rulebook does not accept; if there are any, nothing is assessed.
    ``clashes`` are the texts of the combinations that are impossible now.
    """

    intact: bool
    rulebook_hash: tuple[str, str] | None = None
    program_version: tuple[str, str] | None = None
    unfit: tuple[str, ...] = ()
    statuses: dict[str, tuple[Status | None, Status | None]] = {}
    contradictions: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    clashes: tuple[str, ...] = ()
    trace: bool = True

    @property
    def same(self) -> bool:
        """Whether the receipt is intact and the same rulebook gives the same assessment, with any program version."""
        return (
            self.intact
            and self.trace
            and not (self.rulebook_hash or self.unfit or self.statuses or self.contradictions)
        )


def receipt(rulebook: Rulebook, answers: Answers, assessment: Assessment) -> Receipt:
    """Return the receipt for an assessment of these answers."""
    contents = Receipt.model_construct(
        receipt=FORMAT_WITH_RANGES if any(isinstance(each, Range) for each in answers.values()) else FORMAT,
        program_version=__version__,
        rulebook_id=rulebook.metadata.id,
        rulebook_hash=assessment.rulebook_hash,
        answers={question: as_data(answer) for question, answer in answers.items()},
        contradictions=assessment.contradictions,
        statuses={status.finding: status.status for status in assessment.findings},
        exact=assessment.exact,
        trace=tuple(_concluded(firing) for firing in assessment.valuation.trace),
        checksum="",
    )
    return contents.model_copy(update={"checksum": _checksum(contents)})


def receipt_text(made: Receipt) -> str:
    """Return a receipt as the JSON text of a file."""
    plain = made.model_dump(mode="json", by_alias=True, exclude_none=True)
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def load_receipt(path: Path) -> Receipt | Problems:
    """Return the receipt in a file, or one problem. JSON is read as YAML, so that problems have a place."""
    document = read_yaml(path)
    if isinstance(document, tuple):
        return document[:1]
    version = document.data.get("receipt") if isinstance(document.data, dict) else None
    if version not in (FORMAT, FORMAT_WITH_RANGES) or version is True:
        message, remedy = _("this is not a receipt."), _("Name a file that this program wrote as one.")
        return (Problem(place=Place(path=str(path), line=1), message=message, remedy=remedy),)
    made = as_model(document, Receipt)
    return made[:1] if isinstance(made, tuple) else made


def verify(assessor: Assessor, given: Receipt) -> Verification:
    """Return the differences between a receipt and a new assessment of its answers.

    Raises:
        EngineError: if the rules engine fails.
    """
    rulebook = assessor.rulebook
    another = given.rulebook_hash != rulebook.hash
    # The hash covers the id too, so the same hash with another id means that the receipt was changed.
    intact = given.checksum == _checksum(given) and (another or given.rulebook_id == rulebook.metadata.id)
    hashes = (given.rulebook_hash, rulebook.hash) if another else None
    versions = (given.program_version, __version__) if given.program_version != __version__ else None
    answers: dict[str, Answer] = {}
    unfit: list[str] = []
    for question, value in given.answers.items():
        answer = read_answer(rulebook.question[question], value) if question in rulebook.question else None
        if answer is None or isinstance(answer, Mistake):
            unfit.append(question)
        else:
            answers[question] = answer
    if unfit:
        return Verification(intact=intact, rulebook_hash=hashes, program_version=versions, unfit=tuple(unfit))
    assessment = assessor.assess(answers)
    now = receipt(rulebook, answers, assessment)
    return Verification(
        intact=intact,
        rulebook_hash=hashes,
        program_version=versions,
        statuses={
            finding: (given.statuses.get(finding), now.statuses.get(finding))
            for finding in dict.fromkeys((*now.statuses, *given.statuses))
            if given.statuses.get(finding) is not now.statuses.get(finding)
        },
        contradictions=(
            (given.contradictions, now.contradictions) if given.contradictions != now.contradictions else None
        ),
        clashes=tuple(impossible.text for impossible in assessment.clashes(rulebook)),
        trace=given.trace == now.trace and given.exact == now.exact,
    )


def verification_lines(rulebook: Rulebook, verification: Verification) -> Iterator[str]:
    """Yield the differences in words; the first line says whether the assessment is the same."""
    yield _("The assessment is the same.") if verification.same else _("The assessment is not the same.")
    if not verification.intact:
        yield _("The receipt has been changed since it was written: its checksum does not fit.")
    if verification.rulebook_hash:
        then, now = verification.rulebook_hash
        yield _("It was made with another rulebook: {then} then, {now} now.").format(then=then, now=now)
    if verification.program_version:
        then, now = verification.program_version
        yield _("It was made with version {then} of the program; this is {now}.").format(then=then, now=now)
    if verification.unfit:
        yield _("The rulebook does not take the answers to: {questions}.").format(
            questions=", ".join(verification.unfit)
        )
    if verification.contradictions:
        yield from _contradiction_lines(*verification.contradictions, verification.clashes)
    elif verification.statuses:
        yield plural("{count} status is another:", "{count} statuses are others:", len(verification.statuses))
    for finding, (before, after) in () if verification.contradictions else verification.statuses.items():
        change = _("{finding}: {before} then, {after} now.")
        yield "  " + change.format(
            finding=finding, before=_word(rulebook, finding, before), after=_word(rulebook, finding, after)
        )
    if not (verification.trace or verification.statuses or verification.unfit):
        yield _("The statuses are the same, and the way to them is another.")


def _contradiction_lines(then: tuple[str, ...], now: tuple[str, ...], clashes: tuple[str, ...]) -> Iterator[str]:
    """Yield which answers contradict each other. Then nothing is assessed, so no finding has a status to compare."""
    if not now:
        yield _("Then, the answers contradicted each other, so nothing was assessed. Now they do not.")
    elif not then:
        yield _("Then, the answers did not contradict each other. Now they do, so nothing is assessed:")
    else:
        yield _("Then, other answers contradicted each other. Now it is these:")
    yield from (f"- {text}" for text in clashes)


def _word(rulebook: Rulebook, finding: str, status: Status | None) -> str:
    if status is None:
        return _("unknown to the rulebook")
    known = rulebook.finding.get(finding)
    if known is not None:
        return text(status_words(status, known))
    return {
        Status.ESTABLISHED: _("applies"),
        Status.POSSIBLE: _("possible, but not certain"),
        Status.EXCLUDED: _("excluded"),
    }[status]


def _concluded(firing: Firing) -> Concluded:
    used = tuple(map(notation, firing.premises))
    rule = None if firing.clause is None else rule_of(firing.clause)
    return Concluded.model_construct(concluded=notation(firing.conclusion), rule=rule, used=used)


def _checksum(made: Receipt) -> str:
    plain: dict[str, Any] = made.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"checksum"})
    written = json.dumps(plain, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
