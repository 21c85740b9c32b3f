"""A saved interview: what its file gives away, what opens it, and what is told of a file that does not open."""

import json
import subprocess
import threading
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from assistant.assessment.assessor import Assessor
from assistant.documents.problem import Problem
from assistant.interview.saved import (
    AgeSubprocess,
    SavedInterview,
    decrypt,
    encrypt,
    find_fault,
    read_encrypted,
    restore,
    restored_lines,
    to_saved,
)
from assistant.interview.saved.age_process import ENCRYPT, request
from assistant.interview.saved.saved_interview import PADDED_BYTES, as_bytes
from assistant.interview.state import Interview, begin
from assistant.rulebook.answer import Reply, Unknown
from assistant.rulebook.model import Rulebook
from assistant.scenarios.replies import replies_of
from assistant.scenarios.scenario import Scenario, load_scenarios
from tests.support.age_by_hand import age_decrypted, age_encrypted
from tests.support.project import ROOT

PASSPHRASE = "lusab-babad-gutih-tugad"  # noqa: S105  # it protects nothing
DAMAGED = "damaged"
WRONG = "does not open the file"


def no_age(_asked: bytes) -> bytes:
    raise AssertionError("nothing was to be decrypted")


@pytest.fixture(scope="module")
def replies(rulebook: Rulebook) -> dict[str, Reply]:
    (first, *_others) = load_scenarios(ROOT / "tests" / "scenarios" / "articles" / "dmitri.yaml", rulebook)
    assert isinstance(first, Scenario)
    return {**replies_of(first), "lawyer_consulted": Unknown.SKIPPED}


@pytest.fixture(scope="module")
def interview(assessor: Assessor, replies: dict[str, Reply]) -> Interview:
    return begin(assessor, {name: reply for name, reply in replies.items() if name in assessor.rulebook.question})


@pytest.fixture(scope="module")
def saved(rulebook: Rulebook, interview: Interview) -> SavedInterview:
    return to_saved(rulebook, interview, "service_category")


@pytest.fixture(scope="module")
def file(saved: SavedInterview) -> bytes:
    """The file as the program makes it, with the cost that a guess has."""
    return encrypt(saved, PASSPHRASE)


@pytest.fixture(scope="module")
def cheap(saved: SavedInterview) -> bytes:
    """A file like it, for which scrypt does hardly any work."""
    return age_encrypted(as_bytes(saved), PASSPHRASE)


def message(found: object) -> str:
    assert isinstance(found, Problem)
    return found.message


def test_what_was_saved_comes_back_whole_and_in_order(file: bytes, saved: SavedInterview, interview: Interview) -> None:
    found = decrypt(file, PASSPHRASE)
    assert found == saved
    assert [said.question for said in found.replies] == list(interview.replies)
    assert {said.unknown for said in found.replies} >= {None, Unknown.DONT_KNOW}


def test_it_goes_on_exactly_where_it_was(rulebook: Rulebook, saved: SavedInterview, interview: Interview) -> None:
    found = restore(saved, rulebook)
    assert dict(found.replies) == interview.replies
    assert (found.asked, found.unfit, found.other_rulebook) == ("service_category", (), None)
    assert list(restored_lines(rulebook, found)) == []


def test_the_file_says_nothing_of_what_it_holds(file: bytes, saved: SavedInterview) -> None:
    words = [b"contract", b"act_date", b"2022-04-10", b"dont_know", saved.rulebook_hash.encode(), b"saved_interview"]
    assert [word for word in words if word in as_bytes(saved)] == words  # so that they could be found
    assert [word for word in words if word in file] == []


def test_any_age_program_opens_it(file: bytes, saved: SavedInterview) -> None:
    assert json.loads(age_decrypted(file, PASSPHRASE)) == json.loads(saved.model_dump_json(exclude_none=True))


def test_no_reply_and_a_reply_to_everything_have_the_same_size(rulebook: Rulebook, assessor: Assessor) -> None:
    none = as_bytes(to_saved(rulebook, begin(assessor)))
    everything = as_bytes(to_saved(rulebook, begin(assessor, {q.id: Unknown.DONT_KNOW for q in rulebook.questions})))
    assert len(none) == len(everything) == PADDED_BYTES[0]
    assert len(age_encrypted(none, PASSPHRASE)) == len(age_encrypted(everything, PASSPHRASE))


@given(count=some.integers(0, 3000))
def test_a_size_is_one_of_the_steps(count: int) -> None:
    replies = [{"question": f"question_{at}", "unknown": "skipped"} for at in range(count)]
    given_by = {"saved_interview": 1, "program_version": "1", "rulebook_id": "x", "rulebook_hash": "0" * 64}
    size = len(as_bytes(SavedInterview.model_validate({**given_by, "replies": replies})))
    assert size in PADDED_BYTES
    assert size == PADDED_BYTES[0] or size / 2 < count * 64


@given(at=some.integers(0, 16_565), bit=some.integers(0, 7))
@example(at=0, bit=0)
@example(at=50, bit=1)
@example(at=16_565, bit=7)
def test_one_flipped_bit_anywhere_is_noticed(cheap: bytes, at: int, bit: int) -> None:
    assert len(cheap) == 16_565
    changed = bytearray(cheap)
    changed[at % len(cheap)] ^= 1 << bit
    assert message(decrypt(bytes(changed), PASSPHRASE))


@given(size=some.integers(0, 16_564))
def test_a_file_cut_anywhere_is_noticed_before_any_work(cheap: bytes, size: int) -> None:
    assert message(decrypt(cheap[:size], PASSPHRASE, age=no_age))


@given(more=some.binary(min_size=1, max_size=100))
def test_a_longer_file_is_noticed_before_any_work(cheap: bytes, more: bytes) -> None:
    assert DAMAGED in message(decrypt(cheap + more, PASSPHRASE, age=no_age))


def test_damage_behind_the_header_is_not_taken_for_a_wrong_passphrase(cheap: bytes) -> None:
    changed = cheap[:-1] + bytes([cheap[-1] ^ 1])
    assert "the passphrase is right, but" in message(decrypt(changed, PASSPHRASE))
    assert WRONG in message(decrypt(cheap, "another-passphrase"))


def test_a_problem_repeats_neither_passphrase_nor_contents(cheap: bytes) -> None:
    told = str(decrypt(cheap, "my canary", "the-file"))
    assert told.startswith("the-file: this passphrase does not open")
    assert "canary" not in told


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "this is not an interview"),
        (b"PK\x03\x04 something else", "this is not an interview"),
        (b"age-encryption.org/v1\n-> X25519 abc\nabc\n--- abc\n", "not with a passphrase alone"),
        (b"age-encryption.org/v1\n", "its beginning is damaged"),
    ],
)
def test_another_kind_of_file_is_told_before_any_work(content: bytes, told: str) -> None:
    assert told in message(decrypt(content, PASSPHRASE, age=no_age))


def test_a_file_that_asks_for_endless_work_is_refused_before_any(cheap: bytes) -> None:
    assert "more work and memory" in message(decrypt(cheap.replace(b" 1\n", b" 30\n", 1), PASSPHRASE, age=no_age))
    assert find_fault(cheap.replace(b" 1\n", b" 22\n", 1)) is None


@pytest.mark.parametrize(
    "contents",
    [
        b"no json",
        b"[" * 10_000,
        b'{"saved_interview": 1}',
        b'{"saved_interview": true, "replies": []}',
        b"[1]",
        b'{"saved_interview": 1' + b"0" * 5000 + b"}",
    ],
)
def test_contents_that_are_no_interview_are_told(contents: bytes) -> None:
    told = message(decrypt(age_encrypted(contents.ljust(PADDED_BYTES[0]), PASSPHRASE), PASSPHRASE))
    assert told == "it was opened, but it holds no interview that this program has saved."


@pytest.mark.parametrize(
    "wrong",
    [
        {"question": "a", "answer": True, "unknown": "skipped"},
        {"question": "a"},
        {"question": "", "answer": True},
        {"question": "a", "answer": 1.5},
        {"question": "a", "answer": [1]},
        {"question": "a", "answer": "x" * 201},
        {"question": "a", "unknown": "perhaps"},
        {"question": "twice", "answer": True},
    ],
)
def test_a_reply_of_another_form_is_told(saved: SavedInterview, wrong: dict[str, object]) -> None:
    plain = json.loads(saved.model_dump_json(exclude_none=True))
    plain["replies"] = [{"question": "twice", "answer": True}, wrong]
    content = age_encrypted(json.dumps(plain).encode().ljust(PADDED_BYTES[0]), PASSPHRASE)
    assert "holds no interview" in message(decrypt(content, PASSPHRASE))


def test_another_version_of_the_format_is_told(saved: SavedInterview) -> None:
    newer = as_bytes(saved).replace(b'"saved_interview":1', b'"saved_interview":3', 1)
    assert "in format 3; this one reads 2" in message(decrypt(age_encrypted(newer, PASSPHRASE), PASSPHRASE))


def test_another_rulebook_takes_what_fits_and_names_what_does_not(
    saved: SavedInterview, interview: Interview, rulebook: Rulebook, sound: Rulebook
) -> None:
    found = restore(saved, sound)
    assert found.other_rulebook == (rulebook.hash, sound.hash)
    assert {*found.replies, *found.unfit} == set(interview.replies)
    first, second, *named = restored_lines(sound, found)
    assert first.startswith(f"The rules have changed since this was saved ({rulebook.hash[:12]} then,")
    assert second == f"{len(found.unfit)} replies do not fit the questions of today and are left out:"
    texts = {question.id: question.text for question in sound.questions}
    assert named == [f"- {texts.get(name, name)}" for name in found.unfit]


def test_an_answer_that_is_no_longer_offered_is_named_and_the_rest_kept(
    saved: SavedInterview, rulebook: Rulebook
) -> None:
    service = rulebook.question["service_category"]
    others = tuple(option for option in service.options if option.id != "contract")
    questions = tuple(
        question.model_copy(update={"options": others}) if question is service else question
        for question in rulebook.questions
    )
    changed = Rulebook.model_construct(**{**dict(rulebook), "questions": questions, "hash": "1" * 64})
    found = restore(saved, changed)
    assert found.unfit == ("service_category",)
    assert len(found.replies) == len(saved.replies) - 1
    assert list(restored_lines(changed, found))[-1] == f"- {service.text}"


def test_a_question_that_is_no_longer_asked_is_not_the_one_to_go_on_with(
    interview: Interview, rulebook: Rulebook, sound: Rulebook
) -> None:
    left_at = to_saved(rulebook, interview, "service_category")
    assert restore(left_at, rulebook).asked == "service_category"
    assert restore(left_at, sound).asked is None


@pytest.mark.parametrize("passphrase", ["", " ", "password", "пароль"])
def test_nothing_is_sealed_with_a_weak_passphrase(saved: SavedInterview, passphrase: str) -> None:
    with pytest.raises(ValueError, match=r"^$"):
        encrypt(saved, passphrase, no_age)


def test_the_same_letters_typed_on_another_system_open_it(saved: SavedInterview) -> None:
    here = "мой ёжик\u00a0видел летающий чайник"
    elsewhere = unicodedata.normalize("NFD", here).replace("\u00a0", " ")
    assert here != elsewhere
    made: list[bytes] = []

    def cheaply(asked: bytes) -> bytes:
        head, body = asked.split(b"\n", 1)
        length = int(head.split()[1])
        made.append(age_encrypted(body[length:], body[:length].decode()))
        return b"+" + made[0]

    content = encrypt(saved, elsewhere, cheaply)
    assert decrypt(content, here) == decrypt(content, elsewhere) == saved


def test_a_file_is_read_only_if_it_can_be_one(tmp_path: Path, cheap: bytes) -> None:
    path = tmp_path / "notes"
    path.write_bytes(cheap)
    assert read_encrypted(path) == (str(path), cheap)
    path.write_bytes(b"x" * 3_000_000)
    assert "3000000 bytes" in message(read_encrypted(path))
    path.write_text("plain", "utf-8")
    assert "not an interview" in message(read_encrypted(path))
    assert "cannot be read" in message(read_encrypted(tmp_path / "none"))
    assert "a folder" in message(read_encrypted(tmp_path))


def test_apart_the_same_comes_out_and_no_secret_stands_in_arguments_or_environment(
    cheap: bytes, saved: SavedInterview, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[object, object]] = []

    class Watched(subprocess.Popen):  # type: ignore[type-arg]  # cannot be subscribed when the program runs
        def __init__(self, arguments: list[str], **settings: object) -> None:
            started.append((arguments, settings.get("env")))
            super().__init__(arguments, **settings)  # type: ignore[call-overload]  # as they were given

    monkeypatch.setattr(subprocess, "Popen", Watched)
    assert decrypt(cheap, PASSPHRASE, age=AgeSubprocess()) == saved
    ((arguments, environment),) = started
    assert "age_process.py" in str(arguments)
    assert PASSPHRASE not in str(arguments)
    assert environment is None  # the environment of the program itself


def test_the_work_apart_can_be_stopped_at_once(saved: SavedInterview) -> None:
    age = AgeSubprocess()
    answers: list[bytes] = []
    thread = threading.Thread(target=lambda: answers.append(age(request(ENCRYPT, PASSPHRASE, as_bytes(saved)))))
    thread.start()
    while age._process is None:
        time.sleep(0.001)
    age.stop()
    thread.join(10)
    assert answers == [b""]
    assert age(b"") == b""
    assert age._process.poll() is not None


def test_without_an_answer_it_is_said_that_memory_may_be_short(cheap: bytes, saved: SavedInterview) -> None:
    found = decrypt(cheap, PASSPHRASE, age=lambda _asked: b"")
    assert "could not be decrypted here" in message(found)
    with pytest.raises(OSError, match=r"^$"):
        encrypt(saved, PASSPHRASE, lambda _asked: b"")
