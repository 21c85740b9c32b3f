"""Print the trace of a rule with eight facts. A script, so that a test can run it with several seeds of hashes."""

import sys
from contextlib import closing

from assistant.assessment.durable import Engine
from assistant.rulebook.program import compile_rules
from tests.support.random_rulebooks import question, rule, rulebook

if __name__ == "__main__":
    facts = [f"f{number}" for number in range(8)]
    last = rule("last", "z", dict.fromkeys(facts, True))
    book = rulebook([question("q")], [last, *(rule(fact, fact, {"q": True}) for fact in facts)], ["z", *facts])
    with closing(Engine(compile_rules(book))) as engine:
        sys.stdout.write(f"{engine.evaluate({'q': True}).trace}\n")
