"""The coverage of a rulebook as a table: what is exercised, what is encoded, and what is missing."""

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

from assistant.analysis.coverage import Coverage
from assistant.system.language import _, decimal


class _Part(Protocol):
    @property
    def complete(self) -> bool: ...


_AnyPart = TypeVar("_AnyPart", bound=_Part)


def coverage_report(found: Coverage) -> str:
    """The paragraphs of the articles one by one, a count of everything, and each gap with what would close it."""
    return "\n".join([*_paragraphs(found), "", *_counts(found), *_gaps(found)])


def _paragraphs(found: Coverage) -> Iterator[str]:
    for part in found.paragraphs:
        missing = _("MISSING")
        background = _("background: {reason}").format(reason=part.background) if part.background else missing
        yield f"{part.article}:{part.line}\t{', '.join(part.passages) or background}"


def _counts(found: Coverage) -> Iterator[str]:
    for name, parts in (
        (_("rules exercised both ways"), found.rules),
        (_("boundaries exercised on both sides"), found.boundaries),
        (_("paragraphs with a disposition"), found.paragraphs),
    ):
        done = sum(part.complete for part in parts)
        share = 100 * done / len(parts) if parts else 100
        message = _("{name}: {done} of {all} ({share} %)")
        yield message.format(name=name, done=done, all=len(parts), share=decimal(f"{share:.1f}"))


def _gaps(found: Coverage) -> Iterator[str]:
    for rule in _open(found.rules):
        if not rule.holds_in:
            yield _("no scenario makes the rule '{rule}' hold").format(rule=rule.rule)
        if not rule.fails_in:
            yield _("no scenario makes the rule '{rule}' fail").format(rule=rule.rule)
    for step in _open(found.boundaries):
        for value, seen in ((step.below, step.below_in), (step.above, step.above_in)):
            if not seen:
                yield _("no scenario answers '{question}' with {value}").format(question=step.question, value=value)
    for part in _open(found.paragraphs):
        if part.passages:
            message = _("{article}:{line} is cited, and listed as background too")
        else:
            message = _("{article}:{line} is neither cited nor listed as background")
        yield message.format(article=part.article, line=part.line)
    for passage in found.uncited:
        yield _("no rule cites the passage '{passage}'").format(passage=passage)


def _open(parts: Sequence[_AnyPart]) -> list[_AnyPart]:
    return [part for part in parts if not part.complete]
