"""Line by line: findings, explanations, what if, the timeline, revisions."""

from collections.abc import Mapping

from assistant.assessment.assessment import Status
from assistant.assessment.assessor import Assessor
from assistant.explanation.view.finding import Group, grouped
from assistant.interview.state import begin
from assistant.rulebook.answer import Reply
from assistant.rulebook.finding import Tone
from assistant.rulebook.model import Impossible, Rule, Rulebook
from assistant.scenarios.replies import replies_of
from assistant.scenarios.scenario import Scenario, load_scenarios
from assistant.scenarios.text_report import text_report
from tests.support.line_by_line import DMITRI, continued, conversation
from tests.support.random_rulebooks import CITES, question
from tests.support.random_rulebooks import rulebook as rulebook_of


def test_findings_have_one_order_on_the_screen_line_by_line_and_in_a_report(
    assessor: Assessor, rulebook: Rulebook
) -> None:
    (case, *_others) = load_scenarios(DMITRI, rulebook)
    assert isinstance(case, Scenario)
    assessment = assessor.assess(case.answers)
    in_groups = grouped(rulebook, assessment)  # as the screen lists them
    titles = [found.finding.title for members in in_groups.values() for found in members]
    said = continued(assessor, rulebook, ["f all", "q"], replies_of(case))
    told = [f"  {number}  {title} (" for number, title in enumerate(titles, start=1)]
    assert [begun for line in said for begun in told if line.startswith(begun)] == told
    tones = [found.finding.tone for found in in_groups[Group.APPLIES]]
    assert tones == sorted(tones, key=lambda tone: tone is Tone.REASSURING)
    assert set(tones) == set(Tone)
    report = text_report(rulebook, case, assessment)
    reported = [line.partition("] ")[2] for line in report.splitlines() if line.startswith("[")]
    shown = titles[: len(titles) - len(in_groups[Group.EXCLUDED])]
    assert all(title.startswith(begun) for title, begun in zip(shown, reported, strict=True))


def test_what_a_finding_would_rest_on_is_told_though_it_is_excluded(assessor: Assessor, rulebook: Rulebook) -> None:
    first = len(rulebook.findings)
    said = conversation(assessor, rulebook, ["24.02.2022", f"e {first}"])
    assert "    Kind of ground: " not in said
    assert any(line.startswith("[excluded") for line in said)
    assert any(line.startswith("    · ") for line in said)


def test_while_answers_contradict_each_other_no_command_says_what_follows(
    assessor: Assessor, rulebook: Rulebook
) -> None:
    clash: Mapping[str, Reply] = {"refusal": "none", "letter_filed": True}
    told = "These answers contradict each other, so nothing can be said yet."
    for typed in ("t", "f", "p"):
        said = " ".join(continued(assessor, rulebook, [typed, "all", "q"], clash))
        assert said.count(told) > 1, typed  # one is there before anything is typed
        assert "the same on every day" not in said


def test_help_says_why_a_question_is_asked(assessor: Assessor, rulebook: Rulebook) -> None:
    said = conversation(assessor, rulebook, ["?"])
    assert "Why this is asked:" in said
    assert any(line.startswith("- “The law has not been reviewed for this time”: applies with:") for line in said)


def test_back_leads_to_the_question_before_and_a_revision_loses_nothing(assessor: Assessor, rulebook: Rulebook) -> None:
    said = conversation(assessor, rulebook, ["10.04.2022", "contract", "b", "b", "24.09.2022", "o"])
    assert "Your reply so far: Contract soldier" in said
    assert "Your reply so far: 10.04.2022" in said
    overview = [line.strip() for line in said]
    assert "1  On which day did it happen, or on which day would it? — 24.09.2022" in overview
    assert "2  How did he serve on that day? — Contract soldier" in overview


def test_a_revision_tells_what_it_has_changed(assessor: Assessor, rulebook: Rulebook, dmitri: dict[str, Reply]) -> None:
    said = continued(assessor, rulebook, ["o 1", "24.09.2022"], dmitri)
    assert (
        "New: “Not executing an order, or refusing hostilities, art. 332(2.1)” — excluded before, applies now." in said
    )
    assert any(line.startswith("Gone: “Spring 2022: no legal basis to prosecute") for line in said)


def test_findings_put_what_applies_first_and_fold_what_is_merely_possible(
    assessor: Assessor, rulebook: Rulebook
) -> None:
    folded = conversation(assessor, rulebook, ["f"])
    whole = conversation(assessor, rulebook, ["f all"])
    possible = len(begin(assessor).assessment.with_status(Status.POSSIBLE, shown=True))
    assert f"{possible} findings may apply: it depends on what is not known." in folded
    assert f"  … and {possible - 5} more." in folded
    titles = [finding.title for finding in rulebook.findings]
    assert all(any(title in line for line in whole) for title in titles)


def test_a_finding_is_explained_with_its_words_its_reasons_and_what_would_change_it(
    assessor: Assessor, rulebook: Rulebook, dmitri: dict[str, Reply]
) -> None:
    listed = [line.split("  ", 2) for line in continued(assessor, rulebook, ["f"], dmitri)]
    number = next(line[1] for line in listed if line[-1].startswith("Spring 2022: no legal basis to prosecute"))
    said = continued(assessor, rulebook, [f"e {number}"], dmitri)
    assert any(line.startswith("      “Under Russian military rules") for line in said)
    assert "How it came about:" in said
    assert "  Met: How did he serve on that day? — Contract soldier" in said
    whole = continued(assessor, rulebook, [f"e {number} all"], dmitri)
    assert "  The rule refused-in-russia-without-war holds, because:" in whole
    change = said.index("The smallest change to “excluded”:")
    assert said[change + 1].startswith("- On which day did it happen, or on which day would it? — 23.02.2022")
    assert len(whole) > len(said)


def test_what_if_offers_what_matters_most_and_changes_no_answer(
    assessor: Assessor, rulebook: Rulebook, dmitri: dict[str, Reply]
) -> None:
    offered = continued(assessor, rulebook, ["w"], dmitri)
    (number,) = [line.split()[0] for line in offered if line.strip()[3:].startswith("Did he leave the unit without")]
    said = continued(assessor, rulebook, ["w", f"w {number}", "o"], dmitri)
    assert any(line.startswith("Would appear: “Leaving can be read as desertion”") for line in said)
    assert "Nothing of this has been changed in your answers." in said
    assert "  4  Did he leave the unit without permission, or not come back in time? — no" in said


def test_the_timeline_keeps_to_the_width(assessor: Assessor, rulebook: Rulebook, dmitri: dict[str, Reply]) -> None:
    said = continued(assessor, rulebook, ["t"], dmitri, width=60)
    assert "■ applies   □ may apply   ○ not established   · excluded" in said
    assert max(map(len, said)) <= 60


def test_answers_that_contradict_each_other_are_put_to_be_revised(assessor: Assessor, rulebook: Rulebook) -> None:
    clash: dict[str, Reply] = {"refusal": "none", "letter_filed": True}
    said = continued(assessor, rulebook, ["f", "7", "2", "no", "f"], clash)
    assert "You said that there was no refusal, and that a letter of refusal was handed in." in said
    assert "  2  Has he handed in a letter of refusal? — yes" in said
    assert "Type a number from 1 to 2." in said
    assert any(line.endswith("findings are excluded by the answers.") for line in said)


def test_of_answers_that_contradict_each_other_by_a_fact_alone_any_can_be_revised() -> None:
    book = rulebook_of(
        [question("a"), question("b")],
        [
            Rule(id="r", concludes="f", when={"a": True}, cites=CITES),
            Rule(id="s", concludes="z", when={"f": True, "b": True}, cites=CITES),
        ],
        ["f"],
        [Impossible(id="never", when={"f": True}, text="It never was.")],
    )
    said = conversation(Assessor(book), book, ["o 1", "yes", "1"])
    assert "It never was." in said
    assert "  1  a — yes" in said
    assert "Your reply so far: yes" in said
