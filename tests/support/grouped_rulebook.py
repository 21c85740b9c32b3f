"""A small rulebook with groups, in which one reassurance hangs on answers that a checklist may give."""

from pathlib import Path

from assistant.rulebook.loader import load_rulebook
from assistant.rulebook.model import Rulebook

RULES = """
rulebook:
  id: grouped
  title: A rulebook with groups
  summary: What follows from an act.
  disclaimer: Information, not legal advice.
  reviewed_until: 2026-01-15
  review: Reviewed up to 15.01.2026.
questions:
  - {id: serves, text: Does he serve?, help: In any unit., severity: 90}
  - {id: left, text: Did he leave?, help: Without leave., severity: 80}
  - {id: armed, text: Was he armed?, help: With any weapon., severity: 70}
  - {id: together, text: Did others leave with him?, help: Two or more., severity: 60}
  - {id: lawyer, text: Has he asked a lawyer?, help: Any lawyer., severity: 99, stage: 2}
groups:
  - {id: leaving, stage: 1, text: Which of these is true?, questions: [left, armed, together]}
findings:
  - {id: prison, kind: exposure, tone: cautionary, severity: 9, title: Prison, text: Up to five years.}
  - {id: worse, kind: exposure, tone: cautionary, severity: 8, title: More prison, text: Up to ten years.}
  - {id: safe, kind: protection, tone: reassuring, title: No punishment, text: Nobody is punished for this.}
  - {id: ask, kind: step, tone: cautionary, title: Ask a lawyer, text: First of all.}
statutes:
  - {id: art, reference: "Code, art. 1", effect: Leaving is punished., basis: checked}
rules:
  - {id: leaving-is-punished, concludes: prison, when: {left: true}, cites: [{statute: art}]}
  - {id: worse-armed, concludes: worse, when: {left: true, armed: true}, cites: [{statute: art}]}
  - {id: worse-together, concludes: worse, when: {left: true, together: true}, cites: [{statute: art}]}
  - {id: who-stays, concludes: safe, when: {serves: true, left: false, armed: false}, cites: [{statute: art}]}
  - {id: a-lawyer, concludes: ask, when: {lawyer: false}, cites: [{statute: art}]}
"""

RUSSIAN = """
rulebook: {title: Свод с группами, summary: Что следует., disclaimer: Справка., review: Проверено по 15.01.2026.}
questions:
  serves: {text: Служит ли он?, help: В любой части.}
  left: {text: Ушёл ли он?, help: Без разрешения.}
  armed: {text: Был ли он с оружием?, help: С любым.}
  together: {text: Ушли ли с ним другие?, help: Двое или больше.}
  lawyer: {text: Спросил ли он юриста?, help: Любого.}
groups:
  leaving: {text: Что из этого верно?}
findings:
  prison: {title: Лишение свободы, text: До пяти лет.}
  worse: {title: Больший срок, text: До десяти лет.}
  safe: {title: Без наказания, text: За это не наказывают.}
  ask: {title: Спросить юриста, text: Прежде всего.}
statutes:
  art: {reference: "Кодекс, ст. 1", effect: Уход наказуем.}
"""


def grouped_rulebook(folder: Path) -> Rulebook:
    """The rulebook, written to a folder and loaded."""
    for name, text in {"rules/grouped.yaml": RULES, "rules/ru/grouped.yaml": RUSSIAN}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    loaded = load_rulebook(folder)
    assert isinstance(loaded, Rulebook), "\n".join(map(str, loaded))
    return loaded
