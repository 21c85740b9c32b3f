"""Files that the program wrote before it knew ranges still open; they are never written again."""

import datetime

from assistant.assessment.assessor import Assessor
from assistant.interview.receipt import Receipt, load_receipt, verify
from assistant.interview.saved.saved_interview import SavedInterview, from_bytes, restore
from assistant.rulebook.answer import Unknown
from tests.support.project import ROOT, SOUND, loaded

FOLDER = ROOT / "tests" / "first_format"


def test_a_receipt_of_the_first_format_is_intact_and_repeats() -> None:
    found = load_receipt(FOLDER / "receipt.json")
    assert isinstance(found, Receipt)
    verified = verify(Assessor(loaded(SOUND)), found)
    assert (found.receipt, verified.intact, verified.trace) == (1, True, True)
    assert (verified.unfit, verified.statuses, verified.contradictions) == ((), {}, None)


def test_an_interview_of_the_first_format_goes_on_where_it_was() -> None:
    saved = from_bytes((FOLDER / "saved_interview.json").read_bytes())
    assert isinstance(saved, SavedInterview)
    restored = restore(saved, loaded(SOUND))
    assert (saved.saved_interview, restored.asked, restored.unsure, restored.unfit) == (1, "place", (), ())
    assert restored.replies == {
        "left": True,
        "days": Unknown.DONT_KNOW,
        "place": Unknown.SKIPPED,
        "day": datetime.date(2022, 3, 1),
    }
