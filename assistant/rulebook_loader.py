"""A folder with ``rules/`` and ``seeds/`` as a rulebook, or every problem in it."""

import hashlib
import re
from collections.abc import Container
from pathlib import Path
from typing import Any, Final

from assistant.document_key import id_at, leaves, name_at, place_around
from assistant.language import _
from assistant.problem import Place, Problem, Problems, in_order
from assistant.rulebook import (
    ExactlyOne,
    Fact,
    Finding,
    Impossible,
    Incompatible,
    Metadata,
    Never,
    OutOfScope,
    Question,
    Rule,
    Rulebook,
    Tone,
)
from assistant.rulebook_check import check_rulebook
from assistant.source import Article, Background, Origin, Passage, Sources, Speaker, Statute
from assistant.source_check import changed_article
from assistant.texts import texts_of
from assistant.value import Value
from assistant.vocabulary import Period
from assistant.yaml_model import as_model, nearest
from assistant.yaml_reader import Document, Location, decode, parse_yaml, read_bytes

CATALOGUE: Final = "catalogue.yaml"
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_PACKAGE: Final = Path(__file__).parent


class RuleFile(Value):
    """What one file of ``rules/`` may hold."""

    rulebook: Metadata | None = None
    questions: tuple[Question, ...] = ()
    facts: tuple[Fact, ...] = ()
    findings: tuple[Finding, ...] = ()
    statutes: tuple[Statute, ...] = ()
    rules: tuple[Rule, ...] = ()
    impossible: tuple[Impossible, ...] = ()
    out_of_scope: tuple[OutOfScope, ...] = ()
    incompatible: tuple[Incompatible, ...] = ()
    exactly_one_of: tuple[ExactlyOne, ...] = ()
    never: tuple[Never, ...] = ()


class CatalogueFile(Value):
    """What ``seeds/catalogue.yaml`` holds."""

    articles: tuple[Article, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    origins: tuple[Origin, ...] = ()
    passages: tuple[Passage, ...] = ()
    background: tuple[Background, ...] = ()


class Catalogue(Value):
    """What the catalogue says and where, and the articles as they are: texts and SHA-256 of their bytes, by id."""

    file: CatalogueFile
    texts: dict[str, str]
    hashes: dict[str, str]
    places: dict[str, Place]


def default_folder() -> Path:
    """The rulebook that the program comes with: inside an installed package, or beside it in a checkout."""
    packed = _PACKAGE / "rulebook_folder"
    return packed if packed.is_dir() else _PACKAGE.parent


def load_rulebook(folder: Path) -> Rulebook | Problems:
    """The rulebook of a folder, or all the problems of all its files."""
    reading = _Reading(folder)
    rulebook = reading.rulebook()
    if rulebook is not None:
        reading.problems += check_rulebook(rulebook)
    if reading.problems or rulebook is None:
        return in_order(reading.problems)
    return capped(rulebook)


def capped(rulebook: Rulebook) -> Rulebook:
    """The rulebook with no reassurance beyond its last review: rules for reassuring findings end there, or before."""
    last = rulebook.metadata.reviewed_until
    if rulebook.metadata.date_question is None:
        return rulebook

    def cap(rule: Rule) -> Rule:
        finding = rulebook.finding.get(rule.concludes)
        if finding is None or finding.tone is not Tone.REASSURING:
            return rule
        until = min(rule.in_force.until or last, last)
        return rule.model_copy(update={"in_force": Period(start=rule.in_force.start, until=until)})

    return rulebook.changed(rules=tuple(cap(rule) for rule in rulebook.rules))


def load_catalogue(folder: Path) -> Catalogue | Problems:
    """The catalogue of a folder with the articles as they are, be they those that it vouches for or not.

    None of its passages is looked for. Returns every problem if a file cannot be read.
    """
    reading = _Reading(folder)
    catalogue, texts = reading.catalogue()
    if reading.problems:
        return in_order(reading.problems)
    digests = {article.id: reading.hashes[f"seeds/{article.file}"] for article in catalogue.articles}
    return Catalogue(file=catalogue, texts=texts, hashes=digests, places=reading.places)


class _Reading:
    """The reading of one folder: what has been read so far, and the problems met."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.hashes: dict[str, str] = {}
        self.places: dict[str, Place] = {}
        self.english: dict[str, Value] = {}
        self.unread: set[str] = set()

    def rulebook(self) -> Rulebook | None:
        names = sorted(path.name for path in (self.folder / "rules").glob("*.yaml"))
        if not names:
            message = _("there is no such folder.")
            if self.folder.is_dir():
                message = _("there is no rulebook here: it has no file rules/*.yaml.")
            self.problem(Place(path=str(self.folder)), message, _("Name a folder that has rules/ in it."))
            return None
        for path in sorted((self.folder / "rules").iterdir()):
            if path.suffix == ".yaml" or path.suffix.lower() not in {".yml", ".yaml"}:
                continue
            self.problem(Place(path=f"rules/{path.name}"), _("this file is not read."), _("Rename it to end in .yaml."))
        files = [read for name in names if (read := self.file(f"rules/{name}", RuleFile)) is not None]
        catalogue, texts = self.catalogue()
        for article in catalogue.articles:
            if article.id in texts:
                self.compare(article, catalogue, texts[article.id])
        metadata = [file.rulebook for file in files if file.rulebook is not None]
        if len(metadata) != 1 and not self.problems:
            holders = [f"rules/{name}" for name, file in zip(names, files, strict=True) if file.rulebook is not None]
            message = _("the section 'rulebook' has to stand in one file, and stands in {count}.")
            remedy = _("Keep one of {files}.").format(files=", ".join(holders)) if holders else _("Write it once.")
            self.problem(Place(path="rules"), message.format(count=len(holders)), remedy)
        unreadable = bool(self.problems)
        translations = {language: self.translation(language) for language in self.languages()}
        if unreadable:
            return None
        return Rulebook(
            metadata=metadata[0],
            questions=_joined(files, "questions"),
            facts=_joined(files, "facts"),
            findings=_joined(files, "findings"),
            rules=_joined(files, "rules"),
            impossible=_joined(files, "impossible"),
            out_of_scope=_joined(files, "out_of_scope"),
            incompatible=_joined(files, "incompatible"),
            exactly_one_of=_joined(files, "exactly_one_of"),
            never=_joined(files, "never"),
            sources=Sources(**dict(catalogue), statutes=_joined(files, "statutes"), texts=texts),
            translations=translations,
            places=self.places,
            hash=self.fingerprint(),
        )

    def catalogue(self) -> tuple[CatalogueFile, dict[str, str]]:
        """The catalogue, empty if there is none, and the text of every article that could be read."""
        catalogue = CatalogueFile()
        if (self.folder / "seeds" / CATALOGUE).exists():
            catalogue = self.file(f"seeds/{CATALOGUE}", CatalogueFile) or catalogue
        texts = ((article.id, self.article(article)) for article in catalogue.articles)
        return catalogue, {identifier: text for identifier, text in texts if text is not None}

    def file(self, name: str, model: Any) -> Any:
        """One file as its model; its problems and places are noted."""
        self.unread.add(Path(name).name)
        document = self.document(name)
        if document is None:
            return None
        self.name_places(document, model.model_fields)
        read = as_model(document, model)
        if isinstance(read, tuple):
            self.problems += read
            return None
        self.unread.discard(Path(name).name)
        self.english[Path(name).name] = read
        return read

    def name_places(self, document: Document, sections: Container[str]) -> None:
        """Notes every place in the sections of a document by its key; an id that is taken already is a problem.

        Not in other sections: a catalogue that was put into rules/ must not take the ids of the one in seeds/.
        """
        taken: set[Location] = set()
        for location, place in document.places.items():
            if (
                not location
                or location[0] not in sections
                or any(location[:end] in taken for end in range(len(location)))
            ):
                continue
            name, identifier = name_at(document.data, location), id_at(document.data, location)
            if name in self.places and identifier is not None:
                message = _("the id '{id}' stands here a second time; the first is at {place}.")
                message = message.format(id=identifier, place=self.places[name])
                self.problem(place, message, _("Rename or delete one of them."))
                taken.add(location)
            self.places.setdefault(name, document.keys.get(location, place))

    def document(self, name: str) -> Document | None:
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

    def article(self, article: Article) -> str | None:
        """The text of an article."""
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

    def compare(self, article: Article, catalogue: CatalogueFile, text: str) -> None:
        """Whether an article is the one that the catalogue vouches for; if not, what became of its passages."""
        digest = self.hashes[f"seeds/{article.file}"]
        if digest == article.sha256:
            return
        message = _("the article {file} has changed: its hash is {hash}.").format(file=article.file, hash=digest)
        remedy = _("Restore the article; if the new text is right, take over what 'assistant relocate' proposes.")
        self.problem(self.places[f"articles.{article.id}.sha256"], message, remedy)
        passages = (passage for passage in catalogue.passages if passage.source == article.id)
        background = (each for each in catalogue.background if each.source == article.id)
        for remark in changed_article(passages, background, text):
            self.problem(place_around(self.places, remark.key), remark.message, remark.remedy)

    def languages(self) -> tuple[str, ...]:
        """The folders of rules/ that are named by the code of a language; another one would go unread."""
        folders = sorted(path.name for path in (self.folder / "rules").iterdir() if path.is_dir())
        for name in folders:
            if not _LANGUAGE.fullmatch(name) and not name.startswith((".", "__")):
                message = _("this folder is not read: a folder in rules/ is a language, named by its code.")
                self.problem(Place(path=f"rules/{name}"), message, _("Move its files into rules/."))
        return tuple(name for name in folders if _LANGUAGE.fullmatch(name))

    def translation(self, language: str) -> dict[str, str]:
        """The texts of a language by key; what is missing, or translates nothing, is a problem."""
        found: dict[str, str] = {}
        for name in sorted(path.name for path in (self.folder / "rules" / language).glob("*.yaml")):
            document = self.document(f"rules/{language}/{name}")
            if document is None or name in self.unread:
                continue  # what the English file lacks cannot be told before it can be read
            english = texts_of(self.english[name]) if name in self.english else {}
            for key, text, place in leaves(document):
                if key not in english:
                    message = _("this translates nothing: {file} has no text '{key}'.").format(file=name, key=key)
                    self.problem(place, message, nearest(key, english))
                    continue
                if not isinstance(text, str) or not text.strip():
                    self.problem(place, _("a text has to stand here."), _("Translate the English text."))
                found[key] = str(text)
        for file, model in self.english.items():
            for key in texts_of(model):
                if key not in found:
                    self.missing(language, file, key)
        return found

    def missing(self, language: str, file: str, key: str) -> None:
        message = _("the text '{key}' is missing in the language '{language}'.").format(key=key, language=language)
        self.problem(
            place_around(self.places, key),
            message,
            _("Add it to rules/{language}/{file}.").format(language=language, file=file),
        )

    def fingerprint(self) -> str:
        """SHA-256 over the sorted (path, SHA-256) pairs of every file read."""
        lines = "".join(f"{name}\0{digest}\n" for name, digest in sorted(self.hashes.items()))
        return hashlib.sha256(lines.encode()).hexdigest()

    def problem(self, place: Place, message: str, remedy: str) -> None:
        self.problems.append(Problem(place=place, message=message, remedy=remedy))


def _joined(files: list[RuleFile], section: str) -> tuple[Any, ...]:
    return tuple(item for file in files for item in getattr(file, section))


def _is_inside(path: Path, folder: Path) -> bool:
    """Whether a path, all links followed, is in the folder; links in a circle lead nowhere."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # before Python 3.13, a circle of links is a RuntimeError
        return False
