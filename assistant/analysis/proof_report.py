"""Write the proofs of a rulebook as text, and the failures as scenarios that can be run."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from assistant.analysis.proof import Failure, Proofs
from assistant.explanation.view.words import period_words
from assistant.system.language import _, decimal, plural
from assistant.system.message import series, text


def proof_report(proofs: Proofs) -> str:
    """Return the share of the answer space and the periods of each finding, then the failures with their rules."""
    return "\n".join([*_shares(proofs), "", *map(failure_text, proofs.failures), *_verdict(proofs)])


def failure_text(failure: Failure) -> str:
    """Return a failure as a line that begins with the place of its first rule and ends with those of the others."""
    places = [str(place) for place in failure.places]
    also = _(" See also {places}.").format(places=", ".join(places[1:])) if places[1:] else ""
    return f"{''.join(f'{place}: ' for place in places[:1])}[{failure.proof}] {failure.message}{also}"


def counterexamples(failures: tuple[Failure, ...]) -> str:
    """Return the smallest examples of all failures as the text of a scenario file; empty if nothing failed."""
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
    """Return scenarios as the text of a file."""
    return yaml.dump(scenarios, Dumper=_WithoutAliases, sort_keys=False, allow_unicode=True, width=100)


class _WithoutAliases(yaml.SafeDumper):
    """A dumper without aliases, so that each scenario can be read on its own."""

    def ignore_aliases(self, _data: Any) -> bool:  # type: ignore[override,unused-ignore]  # by types-pyyaml
        return True


def _shares(proofs: Proofs) -> Iterator[str]:
    message = _("Of {count} complete answers that contradict nothing, each finding is, in per cent:")
    yield message.format(count=decimal(f"{proofs.answers:.2e}"))
    width = max(len(share.finding) for share in proofs.shares)
    headings = [_("established"), _("possible"), _("excluded")]
    yield f"{'':{width}}  {'  '.join(f'{heading:>11}' for heading in headings)}"
    for share in proofs.shares:
        numbers = "  ".join(f"{100 * number:11.4f}" for number in (share.established, share.possible, share.excluded))
        periods = text(series("; ", *map(period_words, share.periods)))
        yield f"{share.finding:{width}}  {decimal(numbers)}  {periods}"


def _verdict(proofs: Proofs) -> Iterator[str]:
    failed = len(proofs.failures)
    yield from (_("Not decided: {heads}.").format(heads=heads) for heads in proofs.undecided)
    if failed:
        yield plural("{count} promise does not hold.", "{count} promises do not hold.", failed)
    elif not proofs.undecided:
        yield _("Everything holds for all answers.")
