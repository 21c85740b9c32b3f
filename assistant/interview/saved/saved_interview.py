"""A saved interview: its content, its JSON padded to a size that says little, and how to restore it for a rulebook."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import Field, StrictBool, StrictInt, StrictStr, ValidationError, model_validator
from pydantic_core import from_json
from typing_extensions import Self

from assistant import __version__
from assistant.documents.value import Value
from assistant.interview.state import Interview
from assistant.rulebook.answer import Mistake, Reply, Unknown, read_answer
from assistant.rulebook.model import Rulebook
from assistant.rulebook.ranges import Range, as_data
from assistant.system.language import _, plural

FORMATS: Final = (1, 2)
"""The second can contain ranges. An interview without them is saved in the first, which older versions read."""
PADDED_BYTES: Final = tuple(16 * 1024 << doubled for doubled in range(7))
"""The sizes in bytes, 16 KiB to 1 MiB, to which an interview is padded. The first has room for some 200 replies."""

Name: TypeAlias = Annotated[StrictStr, Field(min_length=1, max_length=200)]
Several: TypeAlias = Annotated[tuple[Name, ...], Field(min_length=2)]


class SavedReply(Value):
    """A reply in the notation of scenario files: an answer, or the kind of unknown; never both."""

    question: Name
    answer: StrictBool | StrictInt | Name | Several | dict[Name, StrictInt | Name] | None = None
    unknown: Unknown | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if (self.answer is None) == (self.unknown is None):
            raise ValueError
        return self


class SavedInterview(Value):
    """The replies in the order in which they were given, the question on the screen, and the rulebook and program.

    ``none_of_the_others``: the questions that nothing else has answered with no.
    """

    saved_interview: Literal[1, 2]
    program_version: Name
    rulebook_id: Name
    rulebook_hash: Annotated[StrictStr, Field(pattern="^[0-9a-f]{64}$")]
    asked: Name | None = None
    replies: tuple[SavedReply, ...] = Field(repr=False)
    none_of_the_others: tuple[Name, ...] | None = Field(default=None, repr=False)

    @model_validator(mode="after")
    def _replies_once(self) -> Self:
        if len({reply.question for reply in self.replies}) < len(self.replies):
            raise ValueError
        return self


class Restored(Value):
    """The part of a saved interview that a rulebook accepts; ``unfit`` are the questions whose replies it does not.

    ``other_rulebook`` is a pair of hashes, of the rulebook then and of the one now, or None if they are the same.
    """

    replies: Mapping[str, Reply] = Field(repr=False)
    asked: str | None
    unsure: tuple[str, ...] = Field(default=(), repr=False)
    unfit: tuple[str, ...]
    other_rulebook: tuple[str, str] | None


def to_saved(rulebook: Rulebook, interview: Interview, asked: str | None = None) -> SavedInterview:
    """Return the interview as it is saved; ``asked`` is the question that the user went to, or None."""
    return SavedInterview(
        saved_interview=FORMATS[any(isinstance(reply, Range) for reply in interview.replies.values())],
        program_version=__version__,
        rulebook_id=rulebook.metadata.id,
        rulebook_hash=rulebook.hash,
        asked=asked,
        replies=tuple(_saved(question, reply) for question, reply in interview.replies.items()),
        none_of_the_others=tuple(sorted(interview.unsure)) or None,
    )


def restore(saved: SavedInterview, rulebook: Rulebook) -> Restored:
    """Return the replies that this rulebook accepts, and the questions whose replies it does not."""
    replies: dict[str, Reply] = {}
    unfit: list[str] = []
    for each in saved.replies:
        question = rulebook.question.get(each.question)
        reply = None if question is None else each.unknown or read_answer(question, each.answer)
        if reply is None or isinstance(reply, Mistake):
            unfit.append(each.question)
        else:
            replies[each.question] = reply
    return Restored.model_construct(
        replies=replies,
        asked=saved.asked if saved.asked in rulebook.question else None,
        unsure=saved.none_of_the_others or (),
        unfit=tuple(unfit),
        other_rulebook=(saved.rulebook_hash, rulebook.hash) if saved.rulebook_hash != rulebook.hash else None,
    )


def restored_lines(rulebook: Rulebook, restored: Restored) -> Iterator[str]:
    """Return what the user has to know before he goes on: that rules have changed, which replies are left out."""
    if restored.other_rulebook:
        then, now = (hashed[:12] for hashed in restored.other_rulebook)
        message = _("The rules have changed since this was saved ({then} then, {now} now). The findings may be others.")
        yield message.format(then=then, now=now)
    if restored.unfit:
        yield plural(
            "{count} reply does not fit the questions of today and is left out:",
            "{count} replies do not fit the questions of today and are left out:",
            len(restored.unfit),
        )
    for name in restored.unfit:
        question = rulebook.question.get(name)
        yield "- " + (question.text if question else name)


def as_bytes(saved: SavedInterview) -> bytes:
    """Return JSON in UTF-8, padded with spaces to the next of :data:`PADDED_BYTES`.

    Raises:
        ValueError: if it is longer than the last of them.
    """
    written = saved.as_json(exclude_none=True).encode()
    size = next((step for step in PADDED_BYTES if len(written) <= step), None)
    if size is None:
        raise ValueError(len(written))
    return written.ljust(size)


def from_bytes(written: bytes) -> SavedInterview | str:
    """Return the interview, or a message why these bytes contain none; it quotes nothing of them."""
    try:
        plain = from_json(written, allow_inf_nan=False)
        version = plain.get("saved_interview") if isinstance(plain, dict) else None
        if type(version) is int and version not in FORMATS:
            message = _("it was saved by another version of this program, in format {theirs}; this one reads {ours}.")
            return message.format(theirs=version, ours=FORMATS[-1])
        return SavedInterview.model_validate(plain)
    except (ValidationError, ValueError):
        return _("it was opened, but it holds no interview that this program has saved.")


def _saved(question: str, reply: Reply) -> SavedReply:
    if isinstance(reply, Unknown):
        return SavedReply(question=question, unknown=reply)
    return SavedReply(question=question, answer=as_data(reply))
