"""What is said becomes text only where it is shown: in the language in use, with its plurals, lists, days, numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.system.language import speaking
from assistant.system.message import Message, Phrase, Series, counted, either, message, series, text

WAITS = message("Waits for: {question}", question="What is his rank?")


@pytest.mark.parametrize(
    ("phrase", "english", "russian"),
    [
        (date(2022, 9, 24), "24.09.2022", "24.09.2022"),
        (date(1, 2, 3), "03.02.0001", "03.02.0001"),
        (1234567, "1,234,567", "1\xa0234\xa0567"),
        (10**30 + 1, f"{10**30 + 1:,}", f"{10**30 + 1:,}".replace(",", "\xa0")),
        (message("from {start} on", start=date(2022, 9, 24)), "from 24.09.2022 on", "с 24.09.2022"),
        (WAITS, "Waits for: What is his rank?", "Ждёт ответа: What is his rank?"),
        (
            counted("{count} finding applies.", "{count} findings apply.", 21),
            "21 findings apply.",
            "Применимо: 21 вывод.",
        ),
        (
            counted("{count} finding applies.", "{count} findings apply.").filled(count=3),
            "3 findings apply.",
            "Применимо: 3 вывода.",
        ),
        (either([message("yes")]), "yes", "да"),
        (either([1, 2, 3]), "1, 2 or 3", "1, 2 или 3"),
        (either([]), "", ""),
        (series("; ", message("yes"), None, message("no")), "yes; no", "да; нет"),
    ],
)
def test_a_phrase_is_put_into_the_language_in_use(phrase: Phrase, english: str, russian: str) -> None:
    assert text(phrase) == english
    with speaking("ru"):
        assert text(phrase) == russian


def test_messages_with_the_same_key_and_slots_are_the_same() -> None:
    assert {WAITS, message("Waits for: {question}").filled(question="What is his rank?")} == {WAITS}
    assert WAITS.filled(question="How old is he?") != WAITS


slots = st.recursive(
    st.text() | st.integers() | st.dates(),
    lambda inner: (
        st.builds(lambda items: Series(tuple(items), "; "), st.lists(inner, max_size=3))
        | st.builds(lambda slot: message("Waits for: {question}", question=slot), inner)
    ),
    max_leaves=6,
)


@given(slots)
def test_a_slot_is_shown_as_it_is_even_if_it_looks_like_a_placeholder(slot: Phrase) -> None:
    assert text(message("Waits for: {question}", question=slot)) == f"Waits for: {text(slot)}"
    assert text(message("Waits for: {question}", question="{question} {count}")) == "Waits for: {question} {count}"


def test_a_placeholder_without_a_slot_stays() -> None:
    assert text(Message("Waits for: {question}")) == "Waits for: {question}"
