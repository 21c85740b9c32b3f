"""Write the coverage of a rulebook as text: what is exercised, what is encoded, and what is missing."""

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

from assistant.analysis.coverage import Coverage
from assistant.system.language import _, decimal


class _Part(Protocol):
    @property
    def complete(self) -> bool: ...


_AnyPart = TypeVar("_AnyPart", bound=_Part)


def coverage_report(result: Coverage) -> str:
    """Return the paragraphs of the articles, the counts, and a line for each gap with what would close it."""
    return "\n".join([*_paragraphs(result), "", *_counts(result), *_gaps(result)])


def _paragraphs(result: Coverage) -> Iterator[str]:
    for part in result.paragraphs:
        missing = _("MISSING")
        background = _("background: {reason}").format(reason=part.background) if part.background else missing
        yield f"{part.article}:{part.line}\t{', '.join(part.passages) or background}"


def _counts(result: Coverage) -> Iterator[str]:
    for name, parts in (
        (_("rules exercised both ways"), result.rules),
        (_("boundaries exercised on both sides"), result.boundaries),
        (_("paragraphs with a disposition"), result.paragraphs),
    ):
        done = sum(part.complete for part in parts)
        share = 100 * done / len(parts) if parts else 100
        message = _("{name}: {done} of {all} ({share} %)")
        yield message.format(name=name, done=done, all=len(parts), share=decimal(f"{share:.1f}"))


def _gaps(result: Coverage) -> Iterator[str]:
    for rule in _open(result.rules):
        if not rule.holds_in:
            yield _("no scenario makes the rule '{rule}' hold").format(rule=rule.rule)
        if not rule.fails_in:
            yield _("no scenario makes the rule '{rule}' fail").format(rule=rule.rule)
    for step in _open(result.boundaries):
        for value, seen in ((step.below, step.below_in), (step.above, step.above_in)):
            if not seen:
                yield _("no scenario answers '{question}' with {value}").format(question=step.question, value=value)
    for part in _open(result.paragraphs):
        if part.passages:
            message = _("{article}:{line} is cited, and listed as background too")
        else:
            message = _("{article}:{line} is neither cited nor listed as background")
        yield message.format(article=part.article, line=part.line)
    for passage in result.uncited:
        yield _("no rule cites the passage '{passage}'").format(passage=passage)


def _open(parts: Sequence[_AnyPart]) -> list[_AnyPart]:
    return [part for part in parts if not part.complete]
