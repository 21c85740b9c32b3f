"""What follows from answers: the rules engine, Kleene's logic, decision diagrams, and hypothetical answers."""
