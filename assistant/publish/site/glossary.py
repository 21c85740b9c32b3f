"""The program's terms and their meanings for readers of the site; ``docs/glossary.md`` is for its authors."""

from assistant.system.language import _


def glossary() -> tuple[tuple[str, str], ...]:
    """Return terms with their meanings in the language in use, in the order from sources to findings."""
    return (
        (_("article"), _("A press article that is held word for word.")),
        (_("passage"), _("A quotation of an article: exact words, with who says them and through whom they came.")),
        (_("voice"), _("Somebody who speaks, counted once however many articles retell him.")),
        (_("origin"), _("Through whom a statement reached an article: an interview, a document, a post.")),
        (_("background"), _("A paragraph of an article that supports no rule, with the reason why.")),
        (_("statute"), _("A provision, an act or reported practice: its effect in the rulebook's words, its period.")),
        (_("checked, reported"), _("Read in an official text; known from the press or secondary pages only.")),
        (_("question"), _("What the user is asked. No answer and “I don't know” both leave it unknown.")),
        (_("fact"), _("What follows from answers and other facts, and is used by rules.")),
        (_("rule"), _("One legal ground: conditions that must all hold, on certain days, with what it rests on.")),
        (_("exception"), _("A fact or an answer that defeats a rule.")),
        (
            _("contested"),
            _("Of a rule: disputed, or not decided by the questions; its conclusion is at most possible."),
        ),
        (_("supports, qualifies, contradicts"), _("What a quotation or statute does for a rule that cites it.")),
        (_("finding"), _("What the user learns: a protection, exposure, consequence, warning, step or note.")),
        (_("cautionary"), _("Of a finding: it is shown as soon as it is possible.")),
        (_("reassuring"), _("Of a finding: it counts only once it is established.")),
        (_("applies"), _("The finding is established: it follows from what was answered.")),
        (_("may apply"), _("The finding is possible: it depends on something that is not known.")),
        (_("not established"), _("Of a reassuring finding: it is only possible, so nobody may rely on it.")),
        (_("excluded"), _("The finding does not follow, whatever is answered to the rest.")),
        (_("scenario"), _("Answers of somebody, written down to try the rules on, with what is expected of them.")),
    )
