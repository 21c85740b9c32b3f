"""What a rulebook promises, proved for all answers; what is not so comes with smallest answers that show it."""

from assistant.analysis.proof.failure import Example, Failure
from assistant.analysis.proof.prove import Proofs, Share, prove

__all__ = ["Example", "Failure", "Proofs", "Share", "prove"]
