"""One name for one thing, wherever it is named."""

import re
from pathlib import Path

import pytest

from assistant.assessment.assessor import Assessor
from assistant.interview.receipt import receipt
from assistant.rulebook.identifier import address, identifier, paragraph_identifier, things, voice_identifier
from assistant.rulebook.model import Rulebook
from assistant.scenarios.scenario import Scenario, load_scenarios
from tests.support.project import ROOT

URN = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}#[a-z_]+(/[a-z0-9_-]+)+")
"""RFC 8141 with RFC 4122, and of a fragment's letters those that no format has to escape."""


def test_no_two_things_have_the_same_identifier(rulebook: Rulebook) -> None:
    found = [identifier(thing) for thing in things(rulebook)]
    assert len(found) == len(set(found))


def test_everything_that_has_an_id_of_its_own_in_the_files_has_an_identifier(rulebook: Rulebook) -> None:
    """A section of the files with things in it that :func:`things` forgets would be missing here."""
    written = {key for key in rulebook.places if re.fullmatch(r"[a-z_]+\.[a-z0-9_-]+", key) and key[:8] != "rulebook"}
    # Laws and reviews are shown with the statutes that they are about; they have no page or address of their own.
    ids = [key.partition(".")[2] for key in written if not key.startswith(("laws.", "reviews."))]
    assert sorted(ids) == sorted(thing.id for thing in things(rulebook))


def test_an_address_is_a_urn_that_any_format_can_hold(rulebook: Rulebook) -> None:
    named = [identifier(thing) for thing in things(rulebook)]
    for one in (*named, voice_identifier("benyash"), paragraph_identifier("bbc", 57)):
        assert URN.fullmatch(address(rulebook, one)), one


def test_an_address_stays_the_same_for_ever(sound: Rulebook) -> None:
    """It stands in exports that others keep."""
    assert address(sound, "rule/leaving") == "urn:uuid:3b26a72a-887d-5c73-88e4-4a549e965ce7#rule/leaving"


def test_an_address_outlives_a_change_of_the_rulebook_and_differs_from_another_rulebooks(
    sound: Rulebook, rulebook: Rulebook
) -> None:
    assert address(sound.replacing(hash="0" * 64, facts=()), "rule/leaving") == address(sound, "rule/leaving")
    assert address(rulebook, "rule/leaving") != address(sound, "rule/leaving")


@pytest.mark.parametrize("file", sorted((ROOT / "tests" / "scenarios").rglob("*.yaml"))[:3], ids=lambda file: file.stem)
def test_a_receipt_names_rules_and_findings_by_the_ids_in_their_identifiers(
    rulebook: Rulebook, assessor: Assessor, file: Path
) -> None:
    known = {identifier(thing) for thing in things(rulebook)}
    for scenario in load_scenarios(file, rulebook):
        assert isinstance(scenario, Scenario)
        made = receipt(rulebook, scenario.answers, assessor.assess(scenario.answers))
        assert {f"question/{question}" for question in made.answers} <= known
        assert {f"finding/{finding}" for finding in made.statuses} <= known
        assert set() < {f"rule/{step.rule}" for step in made.trace if step.rule is not None} <= known
