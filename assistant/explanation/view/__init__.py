"""The wording of findings, citations, questions and reasons, as messages without layout. Nothing else words them."""
