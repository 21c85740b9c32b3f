"""Quotations in articles that have been edited: found again at the right place, or not at all."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.rulebook.loader import load_rulebook
from assistant.rulebook.model import Rulebook
from assistant.rulebook.quotation_search import RelocationStatus, new_selector, relocate
from assistant.rulebook.source import Passage, locate
from tests.support.project import ROOT
from tests.support.random_rulebooks import thorough

LOADED = load_rulebook(ROOT)
assert isinstance(LOADED, Rulebook)
PASSAGES = LOADED.sources.passages
TEXTS = LOADED.sources.texts
OTHER_WORDS = st.text("abcdefghij klmnop.\n", min_size=1, max_size=300)
passages = st.sampled_from(PASSAGES)
every_passage = pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: passage.id)


def place(passage: Passage) -> tuple[int, int]:
    (span,) = locate(passage, TEXTS[passage.source])
    return span.start, span.end


def said(exact: str, prefix: str = "", suffix: str = "") -> Passage:
    return PASSAGES[0].model_copy(update={"exact": exact, "prefix": prefix, "suffix": suffix})


@thorough(60)
@given(passages, OTHER_WORDS, st.data())
def test_words_put_in_elsewhere_do_not_hide_a_passage(passage: Passage, words: str, data: st.DataObject) -> None:
    text, (start, end) = TEXTS[passage.source], place(passage)
    at = data.draw(st.integers(0, len(text)).filter(lambda at: not start < at < end))
    edited = text[:at] + words + text[at:]
    moved = len(words) if at <= start else 0
    found = relocate(passage, edited)
    assert found.chosen is not None
    assert (found.chosen.span.start, found.chosen.span.end) == (start + moved, end + moved)
    assert found.status in {RelocationStatus.IN_PLACE, RelocationStatus.MOVED}


@thorough(60)
@given(passages, st.data())
def test_words_taken_out_elsewhere_do_not_hide_a_passage(passage: Passage, data: st.DataObject) -> None:
    text, (start, end) = TEXTS[passage.source], place(passage)
    low = data.draw(st.integers(0, len(text)))
    high = data.draw(st.integers(low, len(text)))
    assume(high <= start or low >= end)
    edited = text[:low] + text[high:]
    assume(edited.count(passage.exact) == 1)  # or the passage can be told from its double by what was taken out alone
    found = relocate(passage, edited)
    moved = high - low if high <= start else 0
    assert found.chosen is not None
    assert (found.chosen.span.start, found.chosen.span.end) == (start - moved, end - moved)


@thorough(100)
@given(passages, st.data())
def test_a_small_edit_in_a_quotation_is_found_with_its_true_new_words(passage: Passage, data: st.DataObject) -> None:
    """One or two words inside are taken out, put in, or replaced; the first and the last three stay."""
    text, (start, end) = TEXTS[passage.source], place(passage)
    words = re.split(r"(?<=\S) (?=\S)", passage.exact)
    assume(len(words) > 9)
    low = data.draw(st.integers(3, len(words) - 5))
    high = data.draw(st.integers(low, low + 2))
    new = data.draw(st.lists(st.sampled_from(["not", "perhaps", "“hundreds”", "of", "twelve"]), max_size=2))
    edited_words = " ".join([*words[:low], *new, *words[high:]])
    assume(edited_words != passage.exact)
    found = relocate(passage, text[:start] + edited_words + text[end:])
    assert found.status is RelocationStatus.CHANGED
    assert [each.text for each in found.candidates] == [edited_words]
    assert found.candidates[0].span.start == start


def test_a_mark_that_is_put_in_is_not_taken_for_the_beginning_of_a_quotation() -> None:
    passage = next(each for each in PASSAGES if each.id == "rferl-threats-of-prosecution")
    edited = passage.exact.replace("From the cases", "From the cases not “hundreds”")
    found = relocate(passage, TEXTS[passage.source].replace(passage.exact, edited))
    assert [each.text for each in found.candidates] == [edited]


@every_passage
def test_a_quotation_that_was_taken_out_is_gone_and_nothing_else_is_taken_for_it(passage: Passage) -> None:
    text, (start, end) = TEXTS[passage.source], place(passage)
    assert relocate(passage, text[:start] + text[end:]).status is RelocationStatus.GONE


@every_passage
def test_a_paragraph_that_was_moved_as_a_whole_takes_its_passage_along(passage: Passage) -> None:
    lines = TEXTS[passage.source].split("\n")
    at = next(index for index, line in enumerate(lines) if passage.exact.split("\n")[0] in line)
    edited = "\n".join([*lines[:at], *lines[at + 1 :], "", lines[at]])
    found = relocate(passage, edited)
    assert found.chosen is not None
    assert found.chosen.text == passage.exact


@every_passage
def test_a_passage_with_windows_line_ends_around_it_is_the_same_passage(passage: Passage) -> None:
    found = relocate(passage, TEXTS[passage.source].replace("\n", "\r\n"))
    assert found.chosen is not None
    assert found.chosen.text == passage.exact


@every_passage
def test_a_passage_is_selected_anew_so_that_it_is_found_once(passage: Passage) -> None:
    text = TEXTS[passage.source].replace("soldiers", "servicemen").replace("Ukraine", "the Ukraine")
    found = relocate(passage, text)
    assert found.chosen is not None
    again = new_selector(passage, text, found.chosen.span)
    assert [text[span.start : span.end] for span in locate(again, text)] == [found.chosen.text]


def test_a_change_before_a_quotation_alone_leaves_its_words_and_renews_its_prefix() -> None:
    passage = said("Nobody was punished for it.", prefix="In May he said: ")
    text = "One thing.\n\nIn June he said: Nobody was punished for it. Others were.\n"
    found = relocate(passage, text)
    assert found.status is RelocationStatus.MOVED
    assert found.chosen is not None
    again = new_selector(passage, text, found.chosen.span)
    assert (again.exact, again.prefix, again.suffix) == (passage.exact, "In June he said: ", "")


def test_a_sentence_that_stands_twice_is_told_apart_by_the_text_around_it() -> None:
    passage = said("They were sent home.", prefix="Nine refused. ", suffix=" Nobody was")
    text = "Nine men refused. They were sent home. Nobody was punished.\n\nTen agreed. They were sent home. All paid.\n"
    found = relocate(passage, text)
    assert found.status is RelocationStatus.MOVED
    assert found.candidates[0].span.start == text.index("They")


def test_between_two_places_that_fit_about_equally_none_is_chosen() -> None:
    passage = said("They were sent home.", prefix="Nine refused. ")
    text = "Ten refused. They were sent home.\n\nSix refused. They were sent home.\n"
    found = relocate(passage, text)
    assert (found.status, found.chosen) == (RelocationStatus.UNCLEAR, None)
    assert [each.span.first_line for each in found.candidates] == [1, 3]


def test_the_old_words_elsewhere_and_new_words_in_the_old_place_are_not_decided_between() -> None:
    passage = said("Nobody was punished by a court for refusing to go back to the front.", suffix=" So said a lawyer.")
    text = (
        "Nobody was punished by the court for refusing to go back to the front. So said a lawyer.\n\n"
        "It was rumoured: Nobody was punished by a court for refusing to go back to the front.\n"
    )
    assert relocate(passage, text).status is RelocationStatus.UNCLEAR


def test_passages_that_overlap_are_found_each_for_itself() -> None:
    text = "First. They refused to go because there was no war, the lawyer said, and nobody could be made to. Last."
    long = said("They refused to go because there was no war, the lawyer said, and nobody could be made to.")
    short = said("there was no war, the lawyer said, and nobody could")
    edited = text.replace("the lawyer said", "the lawyers said")
    for passage in (long, short):
        found = relocate(passage, edited)
        assert (found.status, found.candidates[0].text) == (
            RelocationStatus.CHANGED,
            passage.exact.replace("the lawyer said", "the lawyers said"),
        )


def test_a_last_word_that_was_changed_is_not_cut_off() -> None:
    passage = said("Those who refuse to fight can be discharged, and so far nobody has been prosecuted.”")
    text = f"He went on. {passage.exact[:-2]} or even warned.” Then he stopped.\n"
    assert relocate(passage, text).candidates[0].text == f"{passage.exact[:-2]} or even warned.”"


def test_an_empty_article_has_no_passage() -> None:
    found = relocate(PASSAGES[0], "")
    assert (found.status, found.candidates) == (RelocationStatus.GONE, ())
