"""Write the coverage of a rulebook as text: what is exercised, what is encoded, and what is missing."""

from collections.abc import Iterator

from assistant.analysis.coverage import Coverage
from assistant.system.language import _, decimal


def coverage_report(result: Coverage) -> str:
    """Return the paragraphs of the articles, the counts, and a line for each gap with what would close it."""
    return "\n".join([*_paragraphs(result), "", *_counts(result), *_gaps(result)])


def _paragraphs(result: Coverage) -> Iterator[str]:
    for part in result.paragraphs:
        missing = _("MISSING")
        background = _("background: {reason}").format(reason=part.background) if part.background else missing
        yield f"{part.article}:{part.line}\t{', '.join(part.passages) or background}"


def _counts(result: Coverage) -> Iterator[str]:
    for name, complete in (
        (_("rules exercised both ways"), [rule.complete for rule in result.rules]),
        (_("boundaries exercised on both sides"), [boundary.complete for boundary in result.boundaries]),
        (_("paragraphs with a disposition"), [paragraph.complete for paragraph in result.paragraphs]),
    ):
        done = sum(complete)
        share = 100 * done / len(complete) if complete else 100
        message = _("{name}: {done} of {all} ({share} %)")
        yield message.format(name=name, done=done, all=len(complete), share=decimal(f"{share:.1f}"))


def _gaps(result: Coverage) -> Iterator[str]:
    for rule in result.rules:
        if not rule.holds_in:
            yield _("no scenario makes the rule '{rule}' hold").format(rule=rule.rule)
        if not rule.fails_in:
            yield _("no scenario makes the rule '{rule}' fail").format(rule=rule.rule)
    for step in result.boundaries:
        for value, scenarios in ((step.below, step.below_in), (step.above, step.above_in)):
            if not scenarios:
                yield _("no scenario answers '{question}' with {value}").format(question=step.question, value=value)
    both = _("{article}:{line} is cited, and listed as background too")
    neither = _("{article}:{line} is neither cited nor listed as background")
    for part in result.paragraphs:
        if not part.complete:
            yield (both if part.passages else neither).format(article=part.article, line=part.line)
    for passage in result.uncited:
        yield _("no rule cites the passage '{passage}'").format(passage=passage)
