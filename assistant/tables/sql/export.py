"""Export the rulebook as a query for the user's database, with rules and sources as comments."""

from collections.abc import Iterable
from typing import Final

from sqlglot import exp
from sqlglot.errors import SqlglotError

from assistant.rulebook.model import Rule, Rulebook
from assistant.rulebook.program import compile_rules
from assistant.rulebook.question import Question, QuestionType
from assistant.system.language import _
from assistant.tables.column_names import check_ids
from assistant.tables.sql.citations import citation_label
from assistant.tables.sql.stages import TABLE, Stages, compile_stages
from assistant.tables.sql.status_query import status_query

DIALECTS: Final = (
    "bigquery",
    "clickhouse",
    "databricks",
    "duckdb",
    "postgres",
    "redshift",
    "snowflake",
    "spark",
    "trino",
)
"""Engines that support BOOLEAN columns with NULL, and WITH clauses."""


def sql_text(
    rulebook: Rulebook, dialect: str, table: str = TABLE, *, explain: bool = False, ranges: bool = False
) -> str:
    """Return the query in one of ``DIALECTS``; ``table`` is the name of the table of answers in this dialect.

    With ``ranges``, a number and a date have two columns in this table, of the ends of the range that the answer is.

    Raises:
        ValueError: if ``table`` is not the name of a table.
        InputError: if a question or a finding has the name of another column.
    """
    check_ids(rulebook)
    stages = compile_stages(compile_rules(rulebook), _table(table, dialect), ranges=ranges)
    comments = _comments(rulebook, stages)
    for stage in stages.queries.values():
        for selected in stage.expressions:
            if selected.alias_or_name in comments:
                selected.add_comments([comments[selected.alias_or_name]])
    query = status_query(rulebook, stages, explain=explain).sql(dialect=dialect, pretty=True)
    return f"{_header(rulebook)}{query}\n\n{_sources(rulebook)};\n"


def _table(name: str, dialect: str) -> exp.Table:
    try:
        table = exp.to_table(name, dialect=dialect)
    except SqlglotError:
        table = None
    if table is None or not table.name or set(table.args) - {"this", "db", "catalog"}:
        raise ValueError(name)
    return table


def _header(rulebook: Rulebook) -> str:
    about = rulebook.metadata
    lines = (
        f"{about.title}. {about.disclaimer}",
        _("Rulebook {id}, {hash}").format(id=about.id, hash=rulebook.hash),
        about.review,
        _("Unknown is NULL. Where the answers contradict each other, so are the findings."),
    )
    return _comment_lines(lines)


def _sources(rulebook: Rulebook) -> str:
    """Return the sources that the comments of rules cite, sorted by id."""
    sources = rulebook.sources
    speaker = {each.id: each.name for each in sources.speakers}
    article = {each.id: each.title for each in sources.articles}
    texts = {statute.id: statute.reference for statute in sources.statutes}
    for passage in sources.passages:
        quoted = _("“{words}”").format(words=passage.exact)
        texts[passage.id] = f"{quoted} — {speaker[passage.speaker]} — {article[passage.source]}"
    cited = {citation.statute or citation.passage for rule in rulebook.rules for citation in rule.cites}
    lines = [f"{each}: {text}" for each, text in sorted(texts.items()) if each in cited]
    return _comment_lines([_("What the rules cite:"), *lines])


def _comment_lines(lines: Iterable[str]) -> str:
    return "".join(f"-- {' '.join(line.split())}\n" for line in lines)


def _comments(rulebook: Rulebook, stages: Stages) -> dict[str, str]:
    """Return the comment of each column, by name."""
    return {
        **{question.id: _question(question) for question in rulebook.questions},
        **{name: _question(question) for question in rulebook.questions for name in question.end_columns},
        **{name: _rule(rulebook.rule[rule]) for rule, name in stages.rules.items()},
        **{stages.impossible[each.id]: f"{each.id}: {each.text}" for each in rulebook.impossible},
        **{fact.id: fact.text for fact in rulebook.facts},
        **{finding.id: finding.title for finding in rulebook.findings},
    }


def _question(question: Question) -> str:
    takes = {
        QuestionType.YES_NO: "BOOLEAN",
        QuestionType.CHOICE: " | ".join(f"'{option.id}'" for option in question.options),
        QuestionType.NUMBER: "BIGINT",
        QuestionType.DATE: "DATE",
    }
    return f"{takes[question.type]}: {question.text}"


def _rule(rule: Rule) -> str:
    cited = ", ".join(map(citation_label, rule.cites))
    return f"{rule.id}: {cited}" + (f"; {_('contested')}: {rule.contested}" if rule.contested else "")
