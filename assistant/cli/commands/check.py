"""``assistant check``: summarize a rulebook, prove its promises, and measure its coverage by scenarios."""

import argparse
import sys

from assistant.assessment.assessor import Assessor
from assistant.assessment.reality_check import case_problems
from assistant.documents.problem import InputError
from assistant.rulebook.future_check import check_future
from assistant.rulebook.model import Rulebook
from assistant.system.clock import today
from assistant.system.exit_code import BAD_INPUT, DONE, FAILED
from assistant.system.language import _, plural
from assistant.system.output import write_data, write_text


def check(options: argparse.Namespace, rulebook: Rulebook) -> int:
    """Print the size and hash of the rulebook, run the requested checks, and return the exit code."""
    assessor = Assessor(rulebook)
    problems = [*check_future(rulebook, today()), *case_problems(assessor)]
    if problems:
        raise InputError(problems)
    counts = (
        plural("{count} question", "{count} questions", len(rulebook.questions)),
        plural("{count} rule", "{count} rules", len(rulebook.rules)),
        plural("{count} finding", "{count} findings", len(rulebook.findings)),
        plural("{count} passage", "{count} passages", len(rulebook.sources.passages)),
        plural("{count} statute", "{count} statutes", len(rulebook.sources.statutes)),
    )
    message = _("The rulebook '{id}' is in order: {counts}. Hash: {hash}")
    sys.stderr.write(message.format(id=rulebook.metadata.id, counts=", ".join(counts), hash=rulebook.hash) + "\n")
    done = _coverage(assessor, options) if options.coverage else DONE
    return max(done, _promises(rulebook)) if options.prove else done


def _promises(rulebook: Rulebook) -> int:
    from assistant.analysis.proof import prove
    from assistant.analysis.proof_report import counterexamples, proof_report

    try:
        proofs = prove(rulebook)
    except MemoryError:
        sys.stderr.write(_("The rulebook is too large for decision diagrams: nothing was proved.") + "\n")
        return FAILED
    sys.stderr.write(proof_report(proofs) + "\n")
    write_data(counterexamples(proofs.failures))
    return FAILED if proofs.failures or proofs.undecided else DONE


def _coverage(assessor: Assessor, options: argparse.Namespace) -> int:
    from assistant.analysis.coverage import coverage
    from assistant.analysis.coverage_report import coverage_report
    from assistant.cli.commands.scenario_messages import scenario_messages

    folder = options.scenarios or options.rulebook / "tests" / "scenarios"
    with scenario_messages() as messages:
        evaluated = messages.evaluated(assessor, [folder])
        result = coverage(assessor, ((each.scenario, each.assessment) for each in evaluated))
    if messages.has_problems:
        return BAD_INPUT
    write_text(coverage_report(result) + "\n")
    return DONE if result.complete else FAILED
