"""A lawyer can follow every reference of the rulebook, and what was not found is said."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.explanation.view.citation import citation_view
from assistant.explanation.view.reference import reference_lines
from assistant.rulebook.evidence import Provision, evidence, reference
from assistant.rulebook.law import ReadAs
from assistant.rulebook.model import Rulebook
from assistant.rulebook.reference_check import check_references
from assistant.rulebook.source import Basis, Statute
from assistant.rulebook.translation import in_language
from assistant.system.language import speaking
from assistant.system.message import text


def lines(rulebook: Rulebook, name: str, language: str = "en") -> str:
    book = in_language(rulebook, language)
    with speaking(language):
        return "\n".join(map(text, reference_lines(reference(book.sources, book.sources.statute[name]))))


def with_statute(rulebook: Rulebook, changed: Statute) -> Rulebook:
    statutes = tuple(changed if each.id == changed.id else each for each in rulebook.sources.statutes)
    return rulebook.replacing(sources=rulebook.sources.replacing(statutes=statutes))


def poorer(rulebook: Rulebook) -> Iterator[tuple[str, Rulebook]]:
    """Yield the rulebook without one of the things that make up its references."""
    sources = rulebook.sources
    for law in sources.laws:
        for field, nothing in (("on", None), ("published", None), ("not_found", ())):
            if getattr(law, field):
                laws = tuple(law.replacing(**{field: nothing}) if each is law else each for each in sources.laws)
                yield f"{law.id}.{field}", rulebook.replacing(sources=sources.replacing(laws=laws))
    for statute in sources.statutes:
        for field in ("provisions", "reported", "not_found"):
            is_asked = field != "provisions" or statute.kind.value in {"provision", "decree"}
            if getattr(statute, field) and is_asked:
                yield f"{statute.id}.{field}", with_statute(rulebook, statute.replacing(**{field: ()}))
        left = tuple(
            each.replacing(statutes=tuple(name for name in each.statutes if name != statute.id))
            for each in sources.reviews
        )
        yield f"{statute.id} in reviews", rulebook.replacing(sources=sources.replacing(reviews=left))


def test_the_check_misses_whatever_is_taken_from_a_reference(rulebook: Rulebook) -> None:
    assert list(check_references(rulebook)) == []
    tried = dict(poorer(rulebook))
    assert [what for what, less in tried.items() if not list(check_references(less))] == []
    assert len(tried) > 2 * len(rulebook.sources.statutes)


def test_a_text_that_was_read_before_its_law_was_passed_is_noticed(rulebook: Rulebook) -> None:
    sources = rulebook.sources
    amended = max((law for law in sources.laws if law.on), key=lambda law: str(law.on))
    statute = rulebook.sources.statute["uk332_2_1"]
    provisions = tuple(each.replacing(wording=amended.id) for each in statute.provisions)
    reviews = tuple(each.replacing(on=date(2022, 9, 1)) for each in sources.reviews)
    early = with_statute(rulebook, statute.replacing(provisions=provisions))
    early = early.replacing(sources=early.sources.replacing(reviews=reviews))
    told = [str(problem) for problem in check_references(early) if "'uk332_2_1'" in problem.message]
    (line,) = told
    assert f"'uk332_2_1' was read before the law of {amended.on} that gave it its wording." in line


def test_a_provision_says_law_article_part_wording_and_when_it_was_read(rulebook: Rulebook) -> None:
    told = lines(rulebook, "uk332_2_1")
    assert "Criminal Code of the Russian Federation, 63-ФЗ (13.06.1996), art. 332, part 2.1" in told
    assert "in the wording of Law 365-ФЗ (24.09.2022)" in told
    assert "Official text read on 29.11.2026" in told
    assert "art. 9, in its first wording" in lines(rulebook, "uk9_10")
    assert "through Federal Law 413-ФЗ of 04.08.2023" in told
    assert "Not found: the official publication of Law 365-ФЗ (24.09.2022)" in told.replace(
        "the official publication of Criminal Code of the Russian Federation, 63-ФЗ (13.06.1996); ", ""
    )
    assert "Published officially: Law 260-ФЗ (14.07.2022): Official portal" in lines(rulebook, "uk275")


def test_what_is_reported_names_the_outlet_and_the_day(rulebook: Rulebook) -> None:
    told = lines(rulebook, "uk337_339_parts_2026")
    assert "Reported by: Kommersant, 16.12.2025, www.kommersant.ru/doc/8293267; RTVI, 16.12.2025" in told
    assert "Reported by: Zasekin, 05.2023, zasekin.ru/society" in lines(rulebook, "treated_and_convicted")
    assert "Not found: the reports from which it is known" in lines(rulebook, "unfit_and_sent_back")
    assert "the date of a report" in lines(rulebook, "fz61_18_2")


def test_it_is_said_in_russian_too(rulebook: Rulebook) -> None:
    told = lines(rulebook, "uk332_2_1", "ru")
    assert "Уголовный кодекс РФ, № 63-ФЗ (13.06.1996), ст. 332, ч. 2.1, редакция: Закон № 365-ФЗ (24.09.2022)" in told
    assert "Официальный текст прочитан 29.11.2026" in told
    assert "Не найдено: официальная публикация" in told


def test_a_citation_carries_the_whole_reference(rulebook: Rulebook) -> None:
    for rule in rulebook.rules:
        for cited in evidence(rulebook, [rule]):
            if isinstance(cited, Provision):
                details = citation_view(cited, "en").details
                assert set(reference_lines(cited.reference)) <= set(details)


@pytest.mark.parametrize("basis", list(Basis))
def test_every_statute_was_read_as_its_basis_says(rulebook: Rulebook, basis: Basis) -> None:
    sources = rulebook.sources
    found = [each for each in sources.statutes if each.basis is basis]
    assert found
    assert {sources.last_review[each.id].read_as for each in found} == {
        ReadAs.TEXT if basis is Basis.CHECKED else ReadAs.REPORT
    }


def test_no_wording_is_later_than_the_text_that_was_read(rulebook: Rulebook) -> None:
    sources, read = rulebook.sources, rulebook.metadata.text_of
    assert read is not None
    for statute in sources.statutes:
        for place in statute.provisions if statute.basis is Basis.CHECKED else ():
            day = sources.law[place.wording or place.law].on
            assert day is not None
            assert day <= read, statute.id
