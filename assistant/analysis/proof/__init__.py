"""Prove the promises of a rulebook for all answers; each failure has smallest answers that show it."""

from assistant.analysis.proof.failure import Example, Failure
from assistant.analysis.proof.prove import Proofs, Share, prove

__all__ = ["Example", "Failure", "Proofs", "Share", "prove"]
