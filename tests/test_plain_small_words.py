"""Line by line, a small word that only one option happens to have does not choose it."""

import pytest

from assistant.plain.typed import Unread, understood
from assistant.rulebook.model import Rulebook
from assistant.rulebook.translation import in_language
from assistant.system.language import use_language


@pytest.mark.parametrize(
    ("question", "language", "typed"),
    [
        ("feigning_attempt", "en", "not"),  # "He tried, and it did not work"
        ("surrender_attempt", "en", "not"),
        ("damage_attempt", "en", "not"),
        ("service_category", "en", "not"),
        ("place", "en", "other"),  # "In Ukraine, Crimea and the other occupied regions included"
        ("place", "en", "and the oth"),
        ("place", "ru", "другие"),
        ("place", "en", "with his"),
        ("service_category", "ru", "без"),
        ("discharge", "en", "there is"),
        ("refusal", "ru", "или"),
        ("order", "ru", "под"),
    ],
)
def test_a_small_word_of_one_option_is_asked_about(
    rulebook: Rulebook, question: str, language: str, typed: str
) -> None:
    use_language(language)
    assert isinstance(understood(in_language(rulebook, language).question[question], typed), Unread)
