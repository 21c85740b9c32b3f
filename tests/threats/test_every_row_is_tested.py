"""Which test shows which threat answered, and which bad input told.

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
        "test_tui::test_one_key_leaves_every_page_at_once_if_nothing_is_lost_or_it_is_ctrl_q",
        "test_tui_writing::test_after_some_time_without_a_key_the_screen_is_blank",
    ],
    "a saved session": [
        "test_session_file::test_the_file_says_nothing_of_what_it_holds",
        "test_session_file::test_one_flipped_bit_anywhere_is_noticed",
        "test_session_file::test_a_size_is_one_of_the_steps",
    ],
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
    "any output": [
        "test_output::test_under_a_limit_of_the_file_size_the_output_is_whole_or_the_command_fails",  # 44
        "test_output::test_on_a_full_disk_every_command_fails_with_one_message",  # 45, as the next ones
        "test_output::test_into_a_closed_output_every_command_fails_with_one_message",
        "test_output_files::test_data_is_the_same_whatever_the_environment_says",
        "test_output_files::test_a_limit_of_the_file_size_leaves_no_compiled_module_cut_off",
    ],
    "a batch": ["test_table_resume::test_a_run_that_is_killed_again_and_again_loses_nothing_and_doubles_nothing"],
}
BAD_INPUTS: dict[str, list[str]] = {
    "yaml": [
        "test_yaml_reader::test_a_word_that_yaml_1_1_would_turn_into_something_else_stays_text",
        "test_yaml_reader::test_every_key_is_text",
        "test_yaml_reader::test_all_repeated_keys_are_told_at_once",
        "bad_rulebooks/date_that_does_not_exist.yaml",
        "bad_rulebooks/tag.yaml",
        "bad_rulebooks/alias_bomb.yaml",
        "bad_rulebooks/merge_key.yaml",
        "test_yaml_reader::test_what_is_not_plain_data_is_told_with_its_place",
        "test_yaml_reader::test_thirty_thousand_brackets_are_refused_at_once",
        "test_yaml_reader::test_an_escape_cannot_smuggle_an_invisible_character_in",
        "test_yaml_reader::test_an_invisible_character_is_refused_where_it_stands",
        "bad_rulebooks/cyrillic_letter_in_an_id.yaml",
        "bad_rulebooks/two_documents.yaml",
        "test_yaml_reader::test_another_encoding_is_refused_at_its_first_byte",
    ],
    "scenario": [
        "test_remedies::test_an_answer_with_nothing_behind_it_is_unknown",
        "test_remedies::test_a_letter_that_only_looks_right_is_named_in_a_scenario",
        "test_scenario::test_an_answer_of_the_wrong_kind_is_refused_where_it_stands",
    ],
    "rules": [
        "bad_rulebooks/misspelt_key.yaml",
        "bad_rulebooks/cycle.yaml",
        "bad_rulebooks/quotation_found_twice.yaml",
        "test_rulebook_loader::test_a_file_that_is_a_link_out_of_the_folder_is_refused",
        "test_yaml_reader::test_a_text_that_a_template_would_change_stays_as_it_is",
    ],
    "json": [
        "threats/test_json::test_bad_json_is_told_with_its_place_and_never_repeated",
    ],
    "tables": [
        "test_table_files::test_a_bad_line_of_json_is_told_and_the_rest_evaluated",
        "test_remedies::test_a_list_over_several_lines_is_refused_as_a_whole",
        "test_remedies::test_any_other_word_for_yes_is_refused_with_what_to_write",
        "test_remedies::test_ten_thousand_rows_with_the_same_fault_are_summed_up",
        "test_table_files::test_a_file_that_is_no_table_is_refused",
        "test_table_files::test_a_parquet_file_that_promises_too_many_rows_is_not_read",
        "test_table_files::test_a_file_on_which_the_library_gives_up_loses_no_row_in_silence_and_tells_nothing_but_that",
        "test_table_rows::test_a_question_without_a_column_is_unknown_and_a_row_without_an_id_has_its_line",
        "test_table_rows::test_a_mistaken_row_is_told_by_line_and_column_and_the_rest_evaluated",
        "test_table_rows::test_an_id_is_only_a_text",
        "test_table_rows::test_a_second_row_of_an_id_is_told",
        "test_table_rows::test_an_id_that_a_spreadsheet_would_take_for_a_formula_gets_an_apostrophe",
        "test_table_resume::test_a_table_that_grows_while_it_is_read_is_told_and_nothing_written",
        "test_table_resume::test_a_full_disk_leaves_what_was_there",
    ],
    "files": [
        "test_yaml_reader::test_what_is_no_file_is_refused",
        "test_remedies::test_what_is_not_there_has_neither_line_nor_column",
    ],
    "keyboard": [
        "threats/test_terminal::test_what_is_pasted_is_neither_a_reply_nor_an_end",
        "test_tui_leaving::test_a_byte_that_is_no_text_does_not_end_it",
        "test_tui::test_going_back_and_revising_loses_no_later_answer",
    ],
    "terminal": [
        "threats/test_terminal::test_a_window_of_one_cell_asks_nothing_and_comes_back",
        "test_remedies::test_without_a_terminal_the_way_line_by_line_is_named",
        "threats/test_terminal::test_the_modes_of_the_terminal_are_those_of_before",
    ],
}


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


@pytest.mark.parametrize("kind", BAD_INPUTS)
def test_every_bad_input_has_its_test(kind: str) -> None:
    assert [reference for reference in BAD_INPUTS[kind] if not exists(reference)] == []
