"""The files of a rulebook's folder: their models, and their contents with hashes and places."""

import hashlib
from collections.abc import Container
from pathlib import Path
from typing import Any, Final

from assistant.documents.keys import id_at, key_at
from assistant.documents.problem import Place, Problem, Problems, in_order
from assistant.documents.value import Value
from assistant.documents.yaml_model import as_model
from assistant.documents.yaml_reader import Document, Location, decode, parse_yaml, read_bytes
from assistant.rulebook.case import Case
from assistant.rulebook.finding import Finding
from assistant.rulebook.group import QuestionGroup
from assistant.rulebook.law import Law, Review
from assistant.rulebook.model import Fact, Impossible, Metadata, OutOfScope, Rule
from assistant.rulebook.promise import Dangerous, ExactlyOne, Incompatible, Never, NotExcludedBy
from assistant.rulebook.question import Question
from assistant.rulebook.source import Article, CatalogueFile, Statute
from assistant.system.language import _

CATALOGUE: Final = "catalogue.yaml"


class RuleFile(Value):
    """The contents of one file in ``rules/``."""

    rulebook: Metadata | None = None
    questions: tuple[Question, ...] = ()
    groups: tuple[QuestionGroup, ...] = ()
    facts: tuple[Fact, ...] = ()
    findings: tuple[Finding, ...] = ()
    statutes: tuple[Statute, ...] = ()
    laws: tuple[Law, ...] = ()
    reviews: tuple[Review, ...] = ()
    rules: tuple[Rule, ...] = ()
    impossible: tuple[Impossible, ...] = ()
    out_of_scope: tuple[OutOfScope, ...] = ()
    incompatible: tuple[Incompatible, ...] = ()
    exactly_one_of: tuple[ExactlyOne, ...] = ()
    never: tuple[Never, ...] = ()
    not_excluded_by: tuple[NotExcludedBy, ...] = ()
    dangerous: tuple[Dangerous, ...] = ()
    cases: tuple[Case, ...] = ()


class Catalogue(Value):
    """The catalogue with its places, and the present articles: texts and SHA-256 of their bytes, by id."""

    file: CatalogueFile
    texts: dict[str, str]
    hashes: dict[str, str]
    places: dict[str, Place]


def load_catalogue(folder: Path) -> Catalogue | Problems:
    """Return the catalogue of a folder with its articles, or all problems if a file cannot be read.

    Neither the hashes of the articles nor their passages are checked.
    """
    files = RulebookFiles(folder)
    catalogue, texts = files.catalogue()
    if files.problems:
        return in_order(files.problems)
    digests = {article.id: files.hashes[f"seeds/{article.file}"] for article in catalogue.articles}
    return Catalogue(file=catalogue, texts=texts, hashes=digests, places=files.places)


class RulebookFiles:
    """The files of one folder that have been read so far, and all problems found in them.

    ``models``: the contents of the files with English texts, by file name; ``unread``: the names of those that could
    not be read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.hashes: dict[str, str] = {}
        self.places: dict[str, Place] = {}
        self.models: dict[str, Value] = {}
        self.unread: set[str] = set()

    def catalogue(self) -> tuple[CatalogueFile, dict[str, str]]:
        """Return the catalogue (empty if there is none) and, by id, the text of every article that could be read."""
        catalogue = CatalogueFile()
        if (self.folder / "seeds" / CATALOGUE).exists():
            catalogue = self.read(f"seeds/{CATALOGUE}", CatalogueFile) or catalogue
        texts = ((article.id, self._article(article)) for article in catalogue.articles)
        return catalogue, {identifier: text for identifier, text in texts if text is not None}

    def read(self, name: str, model: Any) -> Any:
        """Return a file as a model, or None if it has problems; record its problems and places."""
        self.unread.add(Path(name).name)
        document = self.document(name)
        if document is None:
            return None
        self._add_places(document, model.model_fields)
        contents = as_model(document, model)
        if isinstance(contents, tuple):
            self.problems += contents
            return None
        self.unread.discard(Path(name).name)
        self.models[Path(name).name] = contents
        return contents

    def _add_places(self, document: Document, sections: Container[str]) -> None:
        """Record the places in these sections of a document by key; a duplicate id is a problem.

        Other sections are ignored: a catalogue put into rules/ by mistake must not use up the ids of the one in seeds/.
        """
        duplicates: set[Location] = set()
        for location, place in document.places.items():
            if (
                not location
                or location[0] not in sections
                or any(location[:end] in duplicates for end in range(len(location)))
            ):
                continue
            name, identifier = key_at(document.data, location), id_at(document.data, location)
            if name in self.places and identifier is not None:
                message = _("the id '{id}' is here a second time; the first is at {place}.")
                message = message.format(id=identifier, place=self.places[name])
                self.problem(place, message, _("Rename or delete one of them."))
                duplicates.add(location)
            self.places.setdefault(name, document.keys.get(location, place))

    def document(self, name: str) -> Document | None:
        """Return a YAML file as a document, or None if it cannot be read; record its problems and its hash."""
        path = self.folder / name
        if not _is_inside(path, self.folder):
            self.problem(Place(path=name), _("this link leads out of the rulebook."), _("Put the file itself here."))
            return None
        content = read_bytes(path, name)
        text = content if isinstance(content, Problem) else decode(content, name)
        document = (text,) if isinstance(text, Problem) else parse_yaml(text, name)
        if isinstance(document, tuple):
            self.problems += document
            return None
        if isinstance(content, bytes):
            self.hashes[name] = hashlib.sha256(content).hexdigest()
        return document

    def _article(self, article: Article) -> str | None:
        """Return the text of an article, or None if it cannot be read; record its problems and its hash."""
        name = f"seeds/{article.file}"
        path, place = self.folder / name, self.places[f"articles.{article.id}.file"]
        if not _is_inside(path, self.folder / "seeds") or not _is_inside(path, self.folder):
            self.problem(place, _("this file is outside the rulebook's seeds."), _("Put it into seeds/."))
            return None
        content = read_bytes(path, name)
        if isinstance(content, Problem):
            self.problem(place, content.message, content.remedy)
            return None
        self.hashes[name] = hashlib.sha256(content).hexdigest()
        return content.decode("utf-8", errors="replace")

    def fingerprint(self) -> str:
        """Return the SHA-256, in hex, of the sorted (path, SHA-256) pairs of all files read."""
        lines = "".join(f"{name}\0{digest}\n" for name, digest in sorted(self.hashes.items()))
        return hashlib.sha256(lines.encode()).hexdigest()

    def problem(self, place: Place, message: str, remedy: str) -> None:
        """Record a problem."""
        self.problems.append(Problem(place=place, message=message, remedy=remedy))


def _is_inside(path: Path, folder: Path) -> bool:
    """Return whether a path, with all links resolved, is inside the folder; False for a circle of links."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # before Python 3.13, a circle of links raises a RuntimeError
        return False
