"""Who stands behind a finding: voices are counted by who speaks, not by how many articles repeat him."""

from collections.abc import Iterable

import pytest

from assistant.explanation.view.citation import voices_words
from assistant.rulebook.evidence import Evidence, Provision, Quotation, Strength, evidence, strengths, voices
from assistant.rulebook.model import Rule, Rulebook
from assistant.rulebook.source import Basis, Bearing, Citation, Force, StatuteKind
from assistant.system.message import counted, message, series

NOT_COUNTED = message("No voice that can be counted: those who speak are unnamed, or a publication retells them.")


def cited(rulebook: Rulebook, *rules: Iterable[Citation]) -> Evidence:
    """What rules with these citations would rest on."""
    conclusion = rulebook.findings[0].id
    named = [Rule(id=f"rule-{at}", concludes=conclusion, cites=tuple(cites)) for at, cites in enumerate(rules)]
    return evidence(rulebook, named)


def words_of(rulebook: Rulebook, *speakers: str) -> list[Citation]:
    """Every passage in which one of the speakers speaks."""
    found = [passage for passage in rulebook.sources.passages if passage.speaker in speakers]
    assert {passage.speaker for passage in found} == set(speakers)
    return [Citation(passage=passage.id) for passage in found]


def test_benyash_is_one_voice_although_several_articles_quote_him(rulebook: Rulebook) -> None:
    found = cited(rulebook, words_of(rulebook, "benyash"))
    assert len({quotation.article.id for quotation in found if isinstance(quotation, Quotation)}) > 1
    assert voices(found, Bearing.SUPPORTS) == ("benyash",)


def test_sergey_and_bokov_may_be_one_man_and_are_one_voice(rulebook: Rulebook) -> None:
    found = cited(rulebook, words_of(rulebook, "sergey"), words_of(rulebook, "bokov"))
    assert len(found) > 1
    assert voices(found, Bearing.SUPPORTS) == ("sergey_bokov",)


def test_an_editor_who_speaks_of_his_teams_estimate_is_no_second_voice(rulebook: Rulebook) -> None:
    assert voices(cited(rulebook, words_of(rulebook, "leviev", "cit")), Bearing.SUPPORTS) == (
        "conflict_intelligence_team",
    )


def test_who_is_not_named_is_not_counted(rulebook: Rulebook) -> None:
    spoken = {passage.speaker for passage in rulebook.sources.passages}
    unnamed = [speaker.id for speaker in rulebook.sources.speakers if speaker.voice is None and speaker.id in spoken]
    assert unnamed
    found = cited(rulebook, words_of(rulebook, *unnamed))
    assert voices(found, *Bearing) == ()
    assert voices_words(found) == series(" ", NOT_COUNTED)


def test_a_voice_that_only_qualifies_does_not_support(rulebook: Rulebook) -> None:
    against = [each.model_copy(update={"bearing": Bearing.QUALIFIES}) for each in words_of(rulebook, "tabalov")]
    found = cited(rulebook, [*words_of(rulebook, "benyash"), *against])
    assert voices(found, Bearing.SUPPORTS) == ("benyash",)
    assert voices(found, Bearing.QUALIFIES, Bearing.CONTRADICTS) == ("tabalov",)
    assert voices_words(found) == series(
        " ",
        counted("{count} independent voice supports it.", "{count} independent voices support it.", 1),
        counted("{count} other qualifies or contradicts it.", "{count} others qualify or contradict it.", 1),
    )


def test_a_voice_that_supports_and_also_qualifies_is_no_other_voice(rulebook: Rulebook) -> None:
    said = words_of(rulebook, "benyash")
    against = [each.model_copy(update={"bearing": Bearing.QUALIFIES}) for each in said[1:]]
    assert against
    assert voices_words(cited(rulebook, [said[0], *against])) == series(
        " ", counted("{count} independent voice supports it.", "{count} independent voices support it.", 1)
    )


def test_voices_against_what_a_provision_supports_are_not_called_other_voices(rulebook: Rulebook) -> None:
    statute = Citation(statute=rulebook.sources.statutes[0].id)
    against = [each.model_copy(update={"bearing": Bearing.CONTRADICTS}) for each in words_of(rulebook, "tabalov")]
    assert voices_words(cited(rulebook, [statute])) is None
    assert voices_words(cited(rulebook, [statute, *against])) == series(
        " ", counted("{count} voice qualifies or contradicts it.", "{count} voices qualify or contradict it.", 1)
    )


def test_a_source_that_two_rules_cite_is_shown_once_and_what_supports_comes_first(rulebook: Rulebook) -> None:
    statute = rulebook.sources.statutes[0].id
    qualifying = Citation(statute=statute, bearing=Bearing.QUALIFIES)
    words = words_of(rulebook, "tabalov")[:1]
    found = cited(rulebook, [qualifying, *words], [*words, Citation(statute=statute)])
    assert [(each.rule, each.bearing) for each in found] == [
        ("rule-0", Bearing.SUPPORTS),
        ("rule-1", Bearing.SUPPORTS),
        ("rule-0", Bearing.QUALIFIES),
    ]


@pytest.mark.parametrize(
    ("force", "strength"),
    [
        (Force.LAW, Strength.CLAIM),
        (Force.PRACTICE, Strength.PRACTICE),
        (Force.THREAT, Strength.THREAT),
        (Force.ADVICE, Strength.ADVICE),
        (Force.BELIEF, Strength.BELIEF),
        (Force.FORECAST, Strength.FORECAST),
    ],
)
def test_what_somebody_says_is_never_law(rulebook: Rulebook, force: Force, strength: Strength) -> None:
    found = [passage.id for passage in rulebook.sources.passages if passage.force is force]
    assert found
    assert strengths(cited(rulebook, [Citation(passage=passage) for passage in found])) == (strength,)


@pytest.mark.parametrize(
    ("kind", "basis", "strength"),
    [
        (StatuteKind.PROVISION, Basis.CHECKED, Strength.LAW),
        (StatuteKind.PROVISION, Basis.REPORTED, Strength.LAW_REPORTED),
        (StatuteKind.DECREE, Basis.REPORTED, Strength.LAW_REPORTED),
        (StatuteKind.REPORTED_PRACTICE, Basis.REPORTED, Strength.PRACTICE),
    ],
)
def test_a_provision_is_as_strong_as_it_was_read(
    rulebook: Rulebook, kind: StatuteKind, basis: Basis, strength: Strength
) -> None:
    found = [each.id for each in rulebook.sources.statutes if each.kind is kind and each.basis is basis]
    assert found
    assert strengths(cited(rulebook, [Citation(statute=statute) for statute in found])) == (strength,)


def test_the_strongest_ground_is_named_first_and_what_qualifies_is_no_ground(rulebook: Rulebook) -> None:
    checked = next(each.id for each in rulebook.sources.statutes if each.basis is Basis.CHECKED)
    forecast = next(each.id for each in rulebook.sources.passages if each.force is Force.FORECAST)
    threat = next(each.id for each in rulebook.sources.passages if each.force is Force.THREAT)
    cites = [Citation(passage=forecast), Citation(statute=checked), Citation(passage=threat, bearing=Bearing.QUALIFIES)]
    assert strengths(cited(rulebook, cites)) == (Strength.LAW, Strength.FORECAST)


def test_everything_that_the_real_rules_cite_is_found_with_its_source(rulebook: Rulebook) -> None:
    found = evidence(rulebook, rulebook.rules)
    passages = {quotation.passage.id for quotation in found if isinstance(quotation, Quotation)}
    statutes = {provision.statute.id for provision in found if isinstance(provision, Provision)}
    assert passages == {passage.id for passage in rulebook.sources.passages}
    assert statutes == {cite.statute for rule in rulebook.rules for cite in rule.cites if cite.statute}
