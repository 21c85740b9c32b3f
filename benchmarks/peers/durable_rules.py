"""durable-rules alone: no second evaluator, no exact statuses, no relevance, no reasons and no reports."""

import polars

from assistant.assessment.durable.network import Network
from assistant.assessment.durable.session import Session
from assistant.assessment.kleene import decided_atoms
from assistant.rulebook.program import CONTRADICTION, SignedNode
from assistant.tables.column_names import ID
from benchmarks.peers.task import CONTRADICTORY, Ready, Task


def ready(task: Task, answers: polars.DataFrame) -> Ready:
    """Rows as the facts of the engine that the answers decide, and a ruleset that is compiled."""
    program, network = task.program, Network(task.program)
    session = Session(network)
    rows = [{name: value for name, value in row.items() if value is not None} for row in answers.drop(ID).to_dicts()]
    known = [decided_atoms(program, row) for row in rows]
    facts = [{network.nodes[SignedNode(*decided)] for decided in each.items()} for each in known]

    def run() -> list[set[int]]:
        found = []
        for row in facts:
            session.restart()
            for fact in row:
                session.tell(fact)
            found.append(session.known.copy())
        return found

    def truths(result: list[set[int]]) -> polars.DataFrame:
        wrong = [network.nodes[SignedNode(head, True)] for head in program.heads if head.startswith(CONTRADICTION)]
        columns = {CONTRADICTORY: [not found.isdisjoint(wrong) for found in result]}
        for finding in task.findings:
            holds, fails = (network.nodes[SignedNode(finding, truth)] for truth in (True, False))
            columns[finding] = [True if holds in each else False if fails in each else None for each in result]  # type: ignore[misc]  # unknown is null
        return polars.DataFrame(columns, schema=dict.fromkeys(columns, polars.Boolean))

    return Ready(run, truths)
