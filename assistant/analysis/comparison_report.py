"""Write a comparison as text, with the smallest example of each change in the form of a scenario's answers."""

from collections.abc import Iterator, Sequence

import yaml

from assistant.analysis.comparison import Change, Comparison
from assistant.explanation.view.words import status_words
from assistant.rulebook.model import Rulebook
from assistant.system.language import _, decimal, plural
from assistant.system.message import text


def comparison_report(comparison: Comparison, rulebook: Rulebook) -> str:
    """Return the text of a comparison: first each change of a finding with an example, then texts and citations."""
    if comparison.same:
        return _("Nothing differs.")
    return "\n".join([*change_lines(comparison.changes, rulebook), *_differences(comparison)])


def change_lines(changes: Sequence[Change], rulebook: Rulebook) -> Iterator[str]:
    """Yield the number of changes of findings, and each of them with an example."""
    yield plural("{count} change of a finding.", "{count} changes of findings.", len(changes))
    for change in changes:
        finding = rulebook.finding[change.finding]
        before, after = (text(status_words(status, finding)) for status in (change.before, change.after))
        share = f"{decimal(f'{100 * change.share:.4f}')} %"
        yield ""
        yield f"{change.finding} — {finding.title}"
        if change.answers is None:
            message = _("  {before} → {after}, perhaps; no example was found.")
            yield message.format(before=before, after=after)
            continue
        yield _("  {before} → {after}, for {share} of the answers; for instance:").format(
            before=before, after=after, share=share
        )
        answers = yaml.safe_dump(change.answers, default_flow_style=True, width=1000, sort_keys=False)
        yield f"    answers: {answers.strip()}"


def _differences(comparison: Comparison) -> Iterator[str]:
    for difference in comparison.differences:
        yield ""
        yield f"{difference.what}: {difference.id}"
        if difference.before:
            yield f"  - {difference.before}"
        if difference.after:
            yield f"  + {difference.after}"
