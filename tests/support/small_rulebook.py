"""A small rulebook for the tests of the questionnaire: every type of question, and texts that mean mischief."""

import hashlib
from pathlib import Path

from assistant.rulebook.loader import load_rulebook
from assistant.rulebook.model import Rulebook

MISCHIEF = "He [sic] went [@click=app.leave]here[/] [bold]now"
ESCAPE = "\x1b]52;c;AAAA\x07"
ARTICLE = f"A heading\n\nNobody [fora] was punished, said a lawyer.{ESCAPE} Others were.\n\nThe end of it.\n"

RULES = """
rulebook:
  id: small
  title: A small rulebook
  summary: What follows from an act.
  disclaimer: Information, not legal advice.
  reviewed_until: 2026-01-15
  review: Reviewed up to 15.01.2026.
  date_question: act_date
  planned: {question: act, option: planned}
questions:
  - {id: act, type: choice, text: Was it done?, help: The act itself., severity: 9, options: [
      {id: done, text: It was done, help: Finished.}, {id: planned, text: It is planned}, {id: neither, text: Neither}]}
  - {id: act_date, type: date, text: On which day?, help: The day of the act., lowest: 2022-02-24, severity: 8}
  - {id: war, type: choice, text: Was there a war?, help: In law., severity: 7, options: [
      {id: peace, text: Peace}, {id: declared, text: Declared war}],
     suggest: {answer: peace, as_of: 2026-01-15, reason: None is known to have been declared., cites: [{statute: art}]}}
  - {id: days, type: number, text: How many days?, help: Begun days., lowest: 0, highest: 400, severity: 6}
  - {id: letter, text: "MISCHIEF", help: "MISCHIEF", severity: 5}
  - {id: lawyer, text: Did he ask a lawyer?, help: Any lawyer., severity: 4}
findings:
  - {id: prison, kind: exposure, tone: cautionary, severity: 90, title: Prison is possible, text: "MISCHIEF"}
  - {id: war_is_worse, kind: warning, tone: cautionary, severity: 80, title: War makes it worse, text: Much worse.}
  - {id: letter_is_evidence, kind: warning, tone: cautionary, severity: 70, title: A letter is evidence, text: It is.}
  - {id: no_punishment, kind: protection, tone: reassuring, severity: 99, title: No punishment, text: So he says.}
  - {id: ask_a_lawyer, kind: step, tone: cautionary, severity: 10, title: Ask a lawyer, text: First of all.}
statutes:
  - {id: art, reference: "Code, art. 1", effect: Prison up to two years., basis: checked, in_force: {from: 2022-01-01}}
rules:
  - {id: prison-for-long, concludes: prison, when: {act: [done, planned], days: {over: 2}}, cites: [
      {statute: art}, {passage: nobody, as: contradicts}]}
  - {id: worse, concludes: war_is_worse, when: {war: declared}, contested: Courts disagree., cites: [{statute: art}]}
  - {id: evidence, concludes: letter_is_evidence, when: {letter: true}, in_force: {from: 2022-09-24},
     cites: [{statute: art}]}
  - {id: nobody-was, concludes: no_punishment, when: {act: [done, planned], war: peace}, unless: [letter],
     in_force: {from: 2022-02-24, until: 2022-09-20}, cites: [{passage: nobody}, {statute: art, as: qualifies}]}
  - {id: a-lawyer, concludes: ask_a_lawyer, when: {lawyer: false}, cites: [{passage: others}]}
impossible:
  - {id: no_act_but_a_letter, when: {act: neither, letter: true}, text: You said that there was a letter about no act.}
out_of_scope:
  - {id: elsewhere, text: "Not covered: [what] others did.", beside: [war]}
""".replace("MISCHIEF", MISCHIEF)

RUSSIAN = """
rulebook: {title: Малый свод, summary: Что следует., disclaimer: Справка., review: Проверено по 15.01.2026.}
questions:
  act: {text: Сделано ли это?, help: Само действие., options: {
    done: {text: Сделано, help: Да.}, planned: {text: Задумано}, neither: {text: Ни то ни другое}}}
  act_date: {text: В какой день?, help: День действия.}
  war: {text: Была ли война?, help: По закону., options: {peace: {text: Мир}, declared: {text: Война}},
    suggest: {reason: Не объявлена.}}
  days: {text: Сколько дней?, help: Начатых.}
  letter: {text: Было ли письмо?, help: Любое.}
  lawyer: {text: Спросил ли юриста?, help: Любого.}
findings:
  prison: {title: Возможна тюрьма, text: До двух лет.}
  war_is_worse: {title: Война хуже, text: Намного.}
  letter_is_evidence: {title: Письмо станет уликой, text: Так и есть.}
  no_punishment: {title: Без наказания, text: Так он говорит.}
  ask_a_lawyer: {title: Спросить юриста, text: Прежде всего.}
statutes:
  art: {reference: "Кодекс, ст. 1", effect: До двух лет.}
rules:
  worse: {contested: Суды расходятся.}
impossible:
  no_act_but_a_letter: {text: Письмо без действия.}
out_of_scope:
  elsewhere: {text: "Не входит: чужое."}
"""

CATALOGUE = """
articles:
  - {id: paper, file: paper.txt, sha256: SHA, title: "The [paper]", description: An article., date_shown: May 2022}
speakers:
  - {id: benyash, name: A lawyer, role: a lawyer, voice: benyash}
origins:
  - {id: talk, description: A talk}
passages:
  - {id: nobody, source: paper, exact: "Nobody [fora] was punished", suffix: ", said", speaker: benyash, origin: talk,
     force: law, rendering: {ru: Никто не был наказан}}
  - {id: others, source: paper, exact: Others were., speaker: benyash, origin: talk, force: practice,
     rendering: {ru: А другие были.}}
"""

RUSSIAN_CATALOGUE = """
articles: {paper: {description: Статья., date_shown: Май 2022}}
speakers: {benyash: {name: Юрист, role: юрист}}
origins: {talk: {description: Беседа}}
"""


def small_rulebook(folder: Path) -> Rulebook:
    """The rulebook, written to a folder and loaded."""
    digest = hashlib.sha256(ARTICLE.encode()).hexdigest()
    files = {
        "rules/small.yaml": RULES,
        "rules/ru/small.yaml": RUSSIAN,
        "rules/ru/catalogue.yaml": RUSSIAN_CATALOGUE,
        "seeds/paper.txt": ARTICLE,
        "seeds/catalogue.yaml": CATALOGUE.replace("SHA", digest),
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    loaded = load_rulebook(folder)
    assert isinstance(loaded, Rulebook), "\n".join(map(str, loaded))
    return loaded
