"""The proofs of a rulebook in words, and what failed as scenarios that can be run."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from assistant.analysis.proof import Failure, Proofs
from assistant.explanation.wording import period_text
from assistant.system.language import _, decimal, plural


def proof_report(proofs: Proofs) -> str:
    """How much of the answer space each finding takes, and since when; then what failed, with the rules involved."""
    return "\n".join([*_shares(proofs), "", *map(failure_text, proofs.failures), *_verdict(proofs)])


def failure_text(failure: Failure) -> str:
    """A failure at the places of its rules, the first of which leads the line."""
    places = [str(place) for place in failure.places]
    also = _(" See also {places}.").format(places=", ".join(places[1:])) if places[1:] else ""
    return f"{''.join(f'{place}: ' for place in places[:1])}[{failure.proof}] {failure.message}{also}"


def counterexamples(failures: tuple[Failure, ...]) -> str:
    """The smallest examples of all failures as one scenario file; nothing if nothing failed."""
    scenarios = [
        {
            "id": "-".join([failure.proof, failure.subject, *([str(number)] if len(failure.examples) > 1 else [])]),
            "title": failure.message,
            "answers": example.answers,
            "expect": {finding: status.value for finding, status in example.expect.items()},
        }
        for failure in failures
        for number, example in enumerate(failure.examples, 1)
    ]
    return scenario_file(scenarios) if scenarios else ""


def scenario_file(scenarios: Sequence[Mapping[str, Any]]) -> str:
    """Scenarios as the text of a file."""
    return yaml.dump(scenarios, Dumper=_WithoutAliases, sort_keys=False, allow_unicode=True, width=100)


class _WithoutAliases(yaml.SafeDumper):
    """Scenario files have no aliases, so that what is read in one place stands there."""

    def ignore_aliases(self, _data: Any) -> bool:  # type: ignore[override,unused-ignore]  # by types-pyyaml
        return True


def _shares(proofs: Proofs) -> Iterator[str]:
    message = _("Of {count} complete answers that contradict nothing, each finding is, in per cent:")
    yield message.format(count=decimal(f"{proofs.answers:.2e}"))
    width = max(len(share.finding) for share in proofs.shares)
    heads = [_("established"), _("possible"), _("excluded")]
    yield f"{'':{width}}  {'  '.join(f'{head:>11}' for head in heads)}"
    for share in proofs.shares:
        numbers = "  ".join(f"{100 * number:11.4f}" for number in (share.established, share.possible, share.excluded))
        periods = "; ".join(period_text(period) for period in share.periods)
        yield f"{share.finding:{width}}  {decimal(numbers)}  {periods}"


def _verdict(proofs: Proofs) -> Iterator[str]:
    failed = len(proofs.failures)
    if failed:
        yield plural("{count} promise does not hold.", "{count} promises do not hold.", failed)
    else:
        yield _("Everything holds for all answers.")
