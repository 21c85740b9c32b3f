"""Penalties: their words in both languages, and the order that they give to exposures."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.assessment.assessor import Assessor
from assistant.explanation.view.finding import FindingView
from assistant.rulebook.finding import Kind
from assistant.rulebook.loader import load_rulebook
from assistant.rulebook.model import Rulebook
from assistant.rulebook.penalty import NoPenalty, Sentence, gravity
from assistant.rulebook.penalty_phrase import penalty_phrase
from assistant.rulebook.source import Basis
from assistant.rulebook.translation import in_language
from assistant.system.language import speaking
from assistant.system.message import text
from tests.support.bad_rulebook import FOLDER
from tests.support.project import Run

UP_TO_TWO_YEARS = {"up_to": 24}


def sentence(**punishments: Any) -> Sentence:
    return Sentence.model_validate(punishments)


@pytest.mark.parametrize(
    ("punishments", "english", "russian"),
    [
        ({"prison": {"from": 24, "up_to": 36}}, "2 to 3 years in prison", "лишение свободы от 2 до 3 лет"),
        ({"prison": {"from": 12, "up_to": 252}}, "1 to 21 years in prison", "лишение свободы от 1 до 21 года"),
        ({"prison": {"up_to": 12}}, "up to 1 year in prison", "лишение свободы до 1 года"),
        ({"prison": {"up_to": 18}}, "up to 18 months in prison", "лишение свободы до 18 месяцев"),
        (
            {"prison": {"from": 6, "up_to": 24}},
            "from 6 months up to 2 years in prison",
            "лишение свободы от 6 месяцев до 2 лет",
        ),
        (
            {"prison": {"from": 1, "up_to": 12}},
            "from 1 month up to 1 year in prison",
            "лишение свободы от 1 месяца до 1 года",
        ),
        ({"prison": {"from": 24, "up_to": 30}}, "24 to 30 months in prison", "лишение свободы от 24 до 30 месяцев"),
        ({"prison": {"from": 60}}, "5 years or more in prison", "лишение свободы от 5 лет"),
        ({"prison": {"from": 21}}, "21 months or more in prison", "лишение свободы от 21 месяца"),
        ({"prison": {"from": 20, "up_to": 20}}, "1 year 8 months in prison", "лишение свободы на 1 год 8 месяцев"),
        ({"prison": {"from": 34, "up_to": 34}}, "2 years 10 months in prison", "лишение свободы на 2 года 10 месяцев"),
        ({"prison": {"from": 180, "up_to": 180}}, "15 years in prison", "лишение свободы на 15 лет"),
        ({"arrest": {"from": 1, "up_to": 3}}, "arrest for 1 to 3 months", "арест от 1 до 3 месяцев"),
        ({"arrest": {"from": 2, "up_to": 2}}, "arrest for 2 months", "арест на 2 месяца"),
        ({"arrest": {"up_to": 1}}, "arrest for up to 1 month", "арест до 1 месяца"),
        ({"life": True}, "life in prison", "пожизненное лишение свободы"),
        (
            {"prison": {"from": 144, "up_to": 240}, "life": True},
            "life in prison or 12 to 20 years in prison",
            "пожизненное лишение свободы или лишение свободы от 12 до 20 лет",
        ),
        (
            {"fine": True, "restriction_of_service": UP_TO_TWO_YEARS, "disciplinary_unit": UP_TO_TWO_YEARS},
            "a disciplinary unit for up to 2 years, restriction of service for up to 2 years, or a fine",
            "содержание в дисциплинарной воинской части до 2 лет, ограничение по военной службе до 2 лет или штраф",
        ),
    ],
)
def test_a_penalty_is_said_in_both_languages(punishments: Any, english: str, russian: str) -> None:
    with speaking("en"):
        assert penalty_phrase(sentence(**punishments)) == english
    with speaking("ru"):
        assert penalty_phrase(sentence(**punishments)) == russian


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_two_terms_are_said_in_the_same_words(language: str) -> None:
    terms: list[dict[str, int]] = [
        {"from": least, "up_to": most} for most in range(1, 61) for least in range(1, most + 1)
    ]
    terms += [*({"up_to": most} for most in range(1, 61)), *({"from": least} for least in range(1, 61))]
    with speaking(language):
        said = {penalty_phrase(sentence(**{kind: term})) for kind in ("prison", "arrest") for term in terms}
    assert len(said) == 2 * len(terms)


TERM = st.tuples(st.integers(1, 300), st.integers(1, 300)).map(lambda ends: {"from": min(ends), "up_to": max(ends)})
SENTENCE: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {},
    optional={
        **{kind: st.just(True) for kind in ("fine", "life")},
        **dict.fromkeys(("restriction_of_service", "arrest", "disciplinary_unit", "prison"), TERM),
    },
).filter(bool)


@given(SENTENCE, SENTENCE)
def test_life_is_gravest_then_the_longest_prison_then_the_longest_shortest(one: Any, other: Any) -> None:
    def in_words_of_the_rule(punishments: Any) -> tuple[bool, int, int]:
        prison = punishments.get("prison", {"up_to": 0, "from": 0})
        return "life" in punishments, prison["up_to"], prison["from"]

    graver = gravity(sentence(**one)) > gravity(sentence(**other))
    if in_words_of_the_rule(one) != in_words_of_the_rule(other):
        assert graver == (in_words_of_the_rule(one) > in_words_of_the_rule(other))
    assert (gravity(sentence(**one)) == gravity(sentence(**other))) <= ({*one} == {*other})


def test_among_other_kinds_the_later_in_the_code_is_graver_and_then_the_longer() -> None:
    in_order: list[dict[str, Any]] = [
        {"disciplinary_unit": {"up_to": 24}, "arrest": {"up_to": 6}},
        {"disciplinary_unit": {"up_to": 24}},
        {"disciplinary_unit": {"up_to": 12}, "arrest": {"up_to": 6}},
        {"arrest": {"up_to": 6}, "fine": True},
        {"restriction_of_service": {"up_to": 24}},
        {"fine": True},
    ]
    keys = [gravity(sentence(**each)) for each in in_order]
    assert keys == sorted(keys, reverse=True)


EXPOSURES = {
    # id: severity, penalty, text
    "loss": (1, [{"life": True}], "Life in prison."),
    "theft": (
        2,
        [{"arrest": {"up_to": 3}}, {"prison": {"from": 24, "up_to": 96}}],
        "Arrest for up to 3 months; 2 to 8 years in prison.",
    ),
    "fraud": (90, [{"prison": {"from": 12, "up_to": 96}}], "1 to 8 years in prison."),
    "noise": (80, [{"fine": True}], "A fine."),
    "abroad": (85, {"none": "It adds nothing."}, "He answers abroad too."),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(FOLDER / "sound", tmp_path, dirs_exist_ok=True)
    findings = [
        {
            "id": name,
            "kind": "exposure",
            "tone": "cautionary",
            "severity": severity,
            "title": name,
            "text": text,
            "penalty": penalty,
        }
        for name, (severity, penalty, text) in EXPOSURES.items()
    ]
    warning = {
        "id": "beware",
        "kind": "warning",
        "tone": "cautionary",
        "severity": 88,
        "title": "beware",
        "text": "So.",
    }
    rules = [
        {"id": f"for-{name}", "concludes": name, "when": {"left": True}, "cites": [{"statute": "art_1"}]}
        for name in [*EXPOSURES, "beware"]
    ]
    text = yaml.safe_dump({"findings": [*findings, warning], "rules": rules}, sort_keys=False)
    (tmp_path / "rules" / "more.yaml").write_text(text, "utf-8")
    return tmp_path


def loaded(folder: Path) -> Rulebook:
    rulebook = load_rulebook(folder)
    assert isinstance(rulebook, Rulebook), "\n".join(map(str, rulebook))
    return rulebook


def test_exposures_come_by_their_penalties_and_all_else_keeps_its_place(folder: Path, run: Run, tmp_path: Path) -> None:
    # By severity: fraud, beware, abroad, noise, theft, loss, and `prison` (up to 5 years) of the sound rulebook.
    expected = ["loss", "beware", "abroad", "theft", "fraud", "prison", "noise"]
    cautionary = [finding.id for finding in loaded(folder).findings_in_order if finding.id != "no_case"]
    assert cautionary == expected

    (tmp_path / "case.yaml").write_text("id: case\ntitle: A case\nanswers: {left: true, days: 20}\n", "utf-8")
    report = run("evaluate", "--rulebook", folder, tmp_path / "case.yaml").out
    titles = ["Prison" if name == "prison" else name for name in expected]
    assert sorted(titles, key=report.index) == titles


def test_a_reason_for_no_penalty_and_a_condition_in_words_are_translated(folder: Path) -> None:
    shutil.copytree(FOLDER / "sound_in_two_languages", folder, dirs_exist_ok=True)
    penalty = [{"id": "again", "arrest": {"up_to": 3}, "unasked": "Whoever did it before."}]
    rules = yaml.safe_load((folder / "rules" / "more.yaml").read_text("utf-8"))
    rules["findings"][1].update(penalty=penalty)
    (folder / "rules" / "more.yaml").write_text(yaml.safe_dump(rules, sort_keys=False), "utf-8")
    russian = {
        "loss": "Пожизненное лишение свободы.",
        "theft": "Арест до 3 месяцев.",
        "fraud": "Лишение свободы от 1 до 8 лет.",
        "noise": "Штраф.",
        "abroad": "Отвечает и за границей.",
        "beware": "Да.",
    }
    texts: dict[str, Any] = {name: {"title": name, "text": text} for name, text in russian.items()}
    texts["abroad"]["penalty"] = {"none": "Наказания это не добавляет."}
    texts["theft"]["penalty"] = {"again": {"unasked": "Кто сделал это не впервые."}}
    (folder / "rules" / "ru" / "more.yaml").write_text(yaml.safe_dump({"findings": texts}, allow_unicode=True), "utf-8")
    findings = in_language(loaded(folder), "ru").finding
    assert findings["abroad"].penalty == NoPenalty(none="Наказания это не добавляет.")
    assert [each.unasked for each in findings["theft"].penalties] == ["Кто сделал это не впервые."]


def test_a_view_of_a_finding_says_its_punishments_with_their_provisions(assessor: Assessor, rulebook: Rulebook) -> None:
    def said(finding: str, language: str) -> str:
        view = FindingView(in_language(rulebook, language), assessor.assess({}).status_of(finding))
        with speaking(language):
            return text(view.punishment) if view.punishment else ""

    assert said("uk332_2_1", "en") == "2 to 3 years in prison (Criminal Code, art. 332(2.1))"
    assert said("uk332_2_1", "ru") == "лишение свободы от 2 до 3 лет (Уголовный кодекс, ч. 2.1 ст. 332)"
    assert said("uk337_1", "en").endswith(
        "up to 2 years in prison (Criminal Code, art. 337(2)): "
        "For a man who is already serving a sentence in a disciplinary unit."
    )
    assert said("liability_abroad", "en") == ""


def test_each_penalty_of_the_rulebook_names_its_provision_and_says_what_is_only_reported(rulebook: Rulebook) -> None:
    exposures = [finding for finding in rulebook.findings if finding.kind is Kind.EXPOSURE]
    assert all(finding.penalty is not None for finding in exposures)
    for finding in exposures:
        for penalty in finding.penalties:
            assert penalty.statute is not None, finding.id
            if rulebook.sources.statute[penalty.statute].basis is Basis.REPORTED:
                assert "Reported" in finding.text, finding.id
                assert "По сообщениям" in in_language(rulebook, "ru").finding[finding.id].text, finding.id
