"""Replies as text, so that those of two processes can be compared."""

from collections.abc import Mapping

from assistant.rulebook.answer import Reply, Unknown


def written(reply: Reply) -> str:
    """Return a reply with its type."""
    return reply.value if isinstance(reply, Unknown) else f"{type(reply).__name__} {reply}"


def written_all(replies: Mapping[str, Reply]) -> dict[str, str]:
    """Return several, by question."""
    return {question: written(reply) for question, reply in replies.items()}
