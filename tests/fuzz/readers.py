"""What every reader of a file promises, whatever the file holds: a value, or problems with their places, and soon.

Each function of :data:`READERS` takes the bytes of a file, has them read, and raises whatever is not promised. They are
fed by Hypothesis (``test_readers.py``) and by atheris (``attack.py``).
"""

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from assistant.assessment.assessor import Assessor
from assistant.documents.problem import EngineError, Problem
from assistant.documents.yaml_reader import Document, decode, parse_yaml
from assistant.interview.passphrase import weakness
from assistant.interview.receipt import Receipt, load_receipt, receipt, receipt_text, verification_lines, verify
from assistant.interview.saved import Restored, SavedInterview, find_fault, restore, restored_lines
from assistant.interview.saved.saved_interview import as_bytes, from_bytes
from assistant.rulebook.answer import Unknown
from assistant.rulebook.loader import load_rulebook
from assistant.rulebook.model import Rulebook
from assistant.rulebook.question import Answer
from assistant.scenarios.scenario import Scenario, load_scenarios

TESTS: Final = Path(__file__).parents[1]
SOUND: Final = TESTS / "bad_rulebooks" / "sound"
Reader = Callable[[bytes], None]


@cache
def desk() -> Path:
    """A folder for the files of this process."""
    folder = Path(tempfile.mkdtemp(prefix="readers-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def book() -> Path:
    """A copy of the sound rulebook in two languages, of which one file after the other is replaced."""
    shutil.copytree(SOUND, desk() / "book")
    return Path(shutil.copytree(SOUND.with_name("sound_in_two_languages"), desk() / "book", dirs_exist_ok=True))


@cache
def assessor() -> Assessor:
    """The assessor of the sound rulebook."""
    loaded = load_rulebook(SOUND)
    assert isinstance(loaded, Rulebook)
    return Assessor(loaded, most_nodes=0)


def told(problems: Iterable[Problem], content: bytes, files: set[str]) -> None:
    """Problems as they have to be: at least one, each with a message that can be shown and a place in a known file."""
    found = tuple(problems)
    assert found
    lines = content.count(b"\n") + content.count(b"\r") + 2
    for problem in found:
        assert problem.message
        assert str(problem).isprintable()
        assert not files or problem.place.path in files, problem
        assert problem.place.column >= 1
        assert problem.place.line >= 1
        if len(files) == 1:
            assert problem.place.line <= lines


def yaml_file(content: bytes) -> None:
    """Plain data with a place for each value."""
    text = decode(content, "a.yaml")
    if isinstance(text, Problem):
        told((text,), content, {"a.yaml"})
        return
    found = parse_yaml(text, "a.yaml")
    if isinstance(found, Document):
        assert () in found.places
    else:
        told(found, content, {"a.yaml"})


def scenario_file(content: bytes) -> None:
    """Scenarios that can be assessed."""
    path = desk() / "case.yaml"
    path.write_bytes(content)
    read = load_scenarios(path, assessor().rulebook)
    problems = [each for each in read if isinstance(each, Problem)]
    if problems:
        told(problems, content, {str(path)})
    for scenario in read[:3]:
        if isinstance(scenario, Scenario):
            assessor().assess(scenario.answers)


def receipt_file(content: bytes) -> None:
    """A receipt that can be run again."""
    path = desk() / "receipt.json"
    path.write_bytes(content)
    read = load_receipt(path)
    if isinstance(read, Receipt):
        assert all(map(str.isprintable, verification_lines(assessor().rulebook, verify(assessor(), read))))
    else:
        told(read, content, {str(path)})


def session_file(content: bytes) -> None:
    """What is told without the passphrase of a file that was saved; and the interview that was in it."""
    problem = find_fault(content, "saved")
    if problem is not None:
        told((problem,), content, {"saved"})
    found = from_bytes(content)
    if isinstance(found, SavedInterview):
        again = restore(found, assessor().rulebook)
        assert isinstance(again, Restored)
        list(restored_lines(assessor().rulebook, again))
        assessor().assess({name: said for name, said in again.replies.items() if not isinstance(said, Unknown)})
        with suppress(ValueError):  # larger than any interview
            assert from_bytes(as_bytes(found)) == found


def rulebook_of(name: str) -> Reader:
    """The reader of a rulebook in which one file is another."""

    def read(content: bytes) -> None:
        path = book() / name
        before = path.read_bytes()
        path.write_bytes(content)
        try:
            loaded = load_rulebook(book())
        finally:
            path.write_bytes(before)
        if isinstance(loaded, Rulebook):
            with suppress(EngineError):
                Assessor(loaded, most_nodes=0).assess({})
        else:
            told(loaded, content, set())

    return read


def passphrase(content: bytes) -> None:
    """Why it is too weak, or nothing."""
    assert isinstance(weakness(content.decode("utf-8", "replace")), str | None)


READERS: Final[dict[str, Reader]] = {
    "yaml": yaml_file,
    "scenario": scenario_file,
    "receipt": receipt_file,
    "session": session_file,
    "passphrase": passphrase,
    "rules": rulebook_of("rules/_sound.yaml"),
    "catalogue": rulebook_of("seeds/catalogue.yaml"),
    "texts": rulebook_of("rules/ru/_sound.yaml"),
}


@cache
def examples(reader: str) -> list[bytes]:
    """Files that the reader takes, or that are wrong in one place, to begin with; first those that once did harm."""
    harmful = [path.read_bytes() for path in sorted((TESTS / "fuzz" / "seeds" / reader).glob("*"))]
    if reader in {"yaml", "rules", "catalogue", "texts"}:
        rules = [path.read_bytes() for path in sorted((TESTS / "bad_rulebooks").rglob("*.yaml"))]
        return [*harmful, *rules]
    if reader == "scenario":
        sample = b"- {id: one, title: t, answers: {left: true, days: 11, place: russia, day: 2022-03-01}}\n"
        return [*harmful, sample, b'{"id": "two", "answers": {"days": 3}, "expect": {"prison": ["possible"]}}']
    if reader == "receipt":
        answers: dict[str, Answer] = {"left": True, "days": 11, "place": "russia"}
        made = receipt(assessor().rulebook, answers, assessor().assess(answers))
        return [*harmful, receipt_text(made).encode()]
    if reader == "session":
        said = (
            b'{"saved_interview":1,"program_version":"0.1.0","rulebook_id":"sound","rulebook_hash":"%s","replies":['
            b'{"question":"left","answer":true},{"question":"days","unknown":"skipped"}]}' % (b"0" * 64)
        )
        age = b"age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 18\n%s\n--- %s\n" % (b"A" * 43, b"A" * 43)
        return [*harmful, said, age + b"x" * 16416]
    return [*harmful, b"correct horse battery staple", "пароль йцукен 1990".encode()]
