"""Which test shows which threat answered and which bad input told: the rows and numbers of the project's safety list.

``docs/threat-model.md`` rests on this table. A test that is renamed or removed has to be replaced here.
"""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]

THREATS: dict[str, list[str]] = {
    "nothing is written": [
        "strace/test_nothing_is_written::test_a_whole_questionnaire_writes_nothing_and_calls_nobody"
    ],
    "planted writes are seen": ["strace/test_nothing_is_written::test_what_is_planted_is_seen"],
    "a crash": [
        "threats/test_crash::test_a_mistake_on_the_screen_says_where_and_never_what",
        "threats/test_crash::test_a_mistake_in_the_plain_questionnaire_says_where_and_never_what",
        "threats/test_crash::test_a_mistake_in_the_command_line_says_where_and_never_what",
        "threats/test_crash::test_what_python_prints_by_itself_is_found_by_these_tests",
    ],
    "features of libraries": ["test_tui_leaving::test_nothing_is_written_for_variables_of_textual"],
    "messages": [
        "test_scenario::test_no_message_repeats_an_answer",
        "threats/test_json::test_bad_json_is_told_with_its_place_and_never_repeated",
    ],
    "arguments": ["threats/test_process::test_an_answer_is_neither_in_the_arguments_nor_in_the_environment"],
    "memory": [
        "threats/test_process::test_no_core_is_left",
        "threats/test_process::test_a_process_that_may_leave_a_core_is_found_by_these_tests",
    ],
    "the screen": [
        "test_tui_leaving::test_a_key_leaves_in_a_moment_and_clears_screen_and_scrollback",
        "test_tui::test_one_key_leaves_every_page_at_once",
        "test_tui_taking_along::test_after_some_time_without_a_key_the_screen_is_blank",
    ],
    "a saved session": [
        "test_session_file::test_the_file_says_nothing_of_what_it_holds",
        "test_session_file::test_one_flipped_bit_anywhere_is_noticed",
        "test_session_file::test_a_size_is_one_of_the_steps",
    ],
    "the browser": ["test_serve::test_what_comes_by_another_name_or_from_another_page_is_refused"],
    "the terminal": [
        "test_tui_leaving::test_escape_sequences_of_an_article_do_not_reach_the_terminal",
        "threats/test_terminal::test_a_control_sequence_in_a_file_is_not_shown",
        "threats/test_terminal::test_a_control_sequence_in_an_argument_is_not_shown",
        "threats/test_terminal::test_a_program_that_shows_them_is_found_by_these_tests",
    ],
    "markup": ["threats/test_markup::test_every_page_shows_marks_as_they_are"],
    "the verdict": [
        "test_evaluation::test_a_period_ends_with_its_last_day",
        "test_rulebook_loader::test_nothing_reassures_after_the_last_review",
        "test_engine::test_the_default_rulebook_keeps_to_the_oracle_on_both_sides_of_every_bound",
    ],
    "a wrong engine": ["test_engine::test_an_engine_that_says_something_wrong_is_not_believed"],
    "the rulebook": [
        "test_rulebook_loader::test_another_byte_in_a_file_is_another_hash",
        "test_rulebook_loader::test_a_flipped_bit_in_an_article_is_told",
        "test_receipt::test_what_is_another_is_named",
    ],
    "a batch": ["test_table_resume::test_a_run_that_is_killed_again_and_again_loses_nothing_and_doubles_nothing"],
}
NUMBERS: dict[int, str] = {
    1: "test_yaml_reader::test_a_word_that_yaml_1_1_would_turn_into_something_else_stays_text",
    2: "test_yaml_reader::test_every_key_is_text",
    3: "test_yaml_reader::test_all_repeated_keys_are_told_at_once",
    4: "test_yaml_reader::test_a_word_that_yaml_1_1_would_turn_into_something_else_stays_text",
    5: "bad_rulebooks/date_that_does_not_exist.yaml",
    6: "test_scenario::test_an_answer_of_the_wrong_kind_is_refused_where_it_stands",
    7: "bad_rulebooks/tag.yaml",
    8: "bad_rulebooks/alias_bomb.yaml",
    9: "bad_rulebooks/merge_key.yaml",
    10: "test_yaml_reader::test_what_is_not_plain_data_is_told_with_its_place",
    11: "test_yaml_reader::test_thirty_thousand_brackets_are_refused_at_once",
    12: "test_yaml_reader::test_an_escape_cannot_smuggle_an_invisible_character_in",
    13: "test_yaml_reader::test_an_invisible_character_is_refused_where_it_stands",
    14: "bad_rulebooks/cyrillic_letter_in_an_id.yaml",
    15: "bad_rulebooks/two_documents.yaml",
    16: "test_yaml_reader::test_another_encoding_is_refused_at_its_first_byte",
    17: "bad_rulebooks/misspelt_key.yaml",
    18: "bad_rulebooks/cycle.yaml",
    19: "bad_rulebooks/quotation_found_twice.yaml",
    20: "test_rulebook_loader::test_a_file_that_is_a_link_out_of_the_folder_is_refused",
    21: "test_yaml_reader::test_a_text_that_a_template_would_change_stays_as_it_is",
    22: "threats/test_json::test_bad_json_is_told_with_its_place_and_never_repeated",
    33: "test_yaml_reader::test_what_is_no_file_is_refused",
    34: "threats/test_terminal::test_what_is_pasted_is_neither_a_reply_nor_an_end",
    35: "test_tui_leaving::test_a_byte_that_is_no_text_does_not_end_it",
    36: "threats/test_terminal::test_what_is_pasted_is_neither_a_reply_nor_an_end",
    37: "threats/test_terminal::test_what_is_pasted_is_neither_a_reply_nor_an_end",
    38: "test_tui::test_going_back_and_revising_loses_no_later_answer",
    39: "threats/test_terminal::test_a_window_of_one_cell_asks_nothing_and_comes_back",
    40: "threats/test_terminal::test_the_modes_of_the_terminal_are_those_of_before",
    41: "test_serve_misbehaviour::test_a_message_of_ten_megabytes_ends_its_connection_and_is_not_even_read",
}
"""Bad inputs by number; those of tables, 23 to 32, are told by ``test_table_*.py``."""


def exists(reference: str) -> bool:
    """Whether there is such a test function, or such a file."""
    module, found, name = reference.partition("::")
    if not found:
        return (TESTS / reference).is_file()
    tree = ast.parse((TESTS / f"{module}.py").read_text("utf-8"))
    return name in {each.name for each in tree.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)}


@pytest.mark.parametrize("threat", THREATS)
def test_every_threat_has_its_tests(threat: str) -> None:
    assert [reference for reference in THREATS[threat] if not exists(reference)] == []


@pytest.mark.parametrize("number", NUMBERS)
def test_every_bad_input_has_its_test(number: int) -> None:
    assert exists(NUMBERS[number])
