"""The small rulebook that the questionnaire is tested with."""

from pathlib import Path

from tests.support.small_rulebook import small_rulebook


def test_the_small_rulebook_has_every_type_of_question_and_two_languages(tmp_path: Path) -> None:
    small = small_rulebook(tmp_path)
    assert {question.type.value for question in small.questions} == {"choice", "date", "number", "yes_no"}
    assert list(small.translations) == ["ru"]
