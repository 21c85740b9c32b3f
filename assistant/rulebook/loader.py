"""Loading of a rulebook from a folder with ``rules/`` and ``seeds/``."""

from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any, Final

from assistant.documents.keys import leaves, place_around
from assistant.documents.problem import Place, Problems, in_order
from assistant.documents.yaml_model import nearest
from assistant.rulebook.check import check_rulebook
from assistant.rulebook.files import RulebookFiles, RuleFile
from assistant.rulebook.model import Metadata, Rulebook
from assistant.rulebook.reassurance_limit import limit_reassurance
from assistant.rulebook.source import Article, CatalogueFile, Force, Passage, Sources, Statute
from assistant.rulebook.source_check import changed_article
from assistant.rulebook.translation import texts_of
from assistant.rulebook.vocabulary import LANGUAGE_CODE
from assistant.system.language import _

_PACKAGE: Final = Path(__file__).parents[1]


def default_folder() -> Path:
    """Return the folder of the program's own rulebook: inside an installed package, or next to it in a checkout."""
    packed = _PACKAGE / "rulebook_folder"
    return packed if packed.is_dir() else _PACKAGE.parent


def load_rulebook(folder: Path) -> Rulebook | Problems:
    """Return the rulebook of a folder, or all problems of all its files."""
    files = RulebookFiles(folder)
    rulebook = _rulebook(files)
    if rulebook is not None:
        files.problems += check_rulebook(rulebook)
    if files.problems or rulebook is None:
        return in_order(files.problems)
    return limit_reassurance(rulebook)


def _rulebook(files: RulebookFiles) -> Rulebook | None:
    """Return the rulebook that the files contain, or None if their problems prevent a check of the whole."""
    names = _rule_files(files)
    if not names:
        return None
    read = {name: file for name in names if (file := files.read(name, RuleFile)) is not None}
    catalogue, texts = files.catalogue()
    for article in catalogue.articles:
        if article.id in texts:
            _check_hash(files, article, catalogue, texts[article.id])
    metadata = _metadata(files, read)
    unreadable = bool(files.problems)
    translations = {language: _translation(files, language) for language in _languages(files, metadata)}
    if metadata is None or unreadable:
        return None
    joined: dict[str, Any] = {
        section: tuple(item for file in read.values() for item in getattr(file, section))
        for section in RuleFile.model_fields
        if section != "rulebook"
    }
    law = {section: joined.pop(section) for section in ("statutes", "laws", "reviews")}
    statutes: tuple[Statute, ...] = law["statutes"]
    laws = {statute.id: statute.text for statute in statutes if statute.text is not None}
    parts = {**dict(catalogue), "passages": tuple(_quoting(passage, laws) for passage in catalogue.passages)}
    return Rulebook(
        metadata=metadata,
        language=metadata.language,
        sources=Sources(**parts, **law, texts={**laws, **texts}),
        translations=translations,
        places=files.places,
        hash=files.fingerprint(),
        **joined,
    )


def _quoting(passage: Passage, laws: Container[str]) -> Passage:
    """Return a passage of a statute's official text with the statute as its speaker and origin; others unchanged."""
    if passage.source not in laws or passage.speaker or passage.origin or passage.force is not Force.LAW:
        return passage
    law = {"speaker": passage.source, "origin": passage.source, "force": Force.OFFICIAL}
    return passage.model_copy(update=law)


def _rule_files(files: RulebookFiles) -> list[str]:
    """Return the sorted names of the files with rules; record a problem for files with a wrong suffix."""
    folder = files.folder / "rules"
    names = sorted(f"rules/{path.name}" for path in folder.glob("*.yaml"))
    if not names:
        message = _("there is no such folder.")
        if files.folder.is_dir():
            message = _("there is no rulebook here: it has no file rules/*.yaml.")
        files.problem(Place(path=str(files.folder)), message, _("Name a folder that has rules/ in it."))
        return []
    for path in sorted(folder.iterdir()):
        if path.suffix != ".yaml" and path.suffix.lower() in {".yml", ".yaml"}:
            message = _("this file is not read.")
            files.problem(Place(path=f"rules/{path.name}"), message, _("Rename it to end in .yaml."))
    return names


def _metadata(files: RulebookFiles, read: Mapping[str, RuleFile]) -> Metadata | None:
    """Return the section ``rulebook``, which exactly one file must have; record a problem otherwise."""
    sections = {name: file.rulebook for name, file in read.items() if file.rulebook is not None}
    if len(sections) != 1 and not files.problems:
        message = _("the section 'rulebook' has to be in one file, and is in {count}.")
        remedy = _("Keep one of {files}.").format(files=", ".join(sections)) if sections else _("Write it once.")
        files.problem(Place(path="rules"), message.format(count=len(sections)), remedy)
    return next(iter(sections.values()), None)


def _check_hash(files: RulebookFiles, article: Article, catalogue: CatalogueFile, text: str) -> None:
    """Record problems if an article has changed: its hash, and the new positions of its passages and paragraphs."""
    digest = files.hashes[f"seeds/{article.file}"]
    if digest == article.sha256:
        return
    message = _("the article {file} has changed: its hash is {hash}.").format(file=article.file, hash=digest)
    remedy = _("Restore the article; if the new text is right, take over what 'assistant relocate' proposes.")
    files.problem(files.places[f"articles.{article.id}.sha256"], message, remedy)
    passages = (passage for passage in catalogue.passages if passage.source == article.id)
    background = (each for each in catalogue.background if each.source == article.id)
    for remark in changed_article(passages, background, text):
        files.problem(place_around(files.places, remark.key), remark.message, remark.remedy)


def _languages(files: RulebookFiles, metadata: Metadata | None) -> tuple[str, ...]:
    """Return the languages that have a folder in rules/; record a problem for other folders."""
    folders = sorted(path.name for path in (files.folder / "rules").iterdir() if path.is_dir())
    for name in folders:
        if not LANGUAGE_CODE.fullmatch(name) and not name.startswith((".", "__")):
            message = _("this folder is not read: a folder in rules/ is a language, named by its code.")
            files.problem(Place(path=f"rules/{name}"), message, _("Move its files into rules/."))
        elif metadata is not None and name == metadata.language:
            message = _("this folder is not read: '{language}' is the language in which the rules are written.")
            message = message.format(language=name)
            files.problem(Place(path=f"rules/{name}"), message, _("Delete it, or mend 'language' of the rulebook."))
    return tuple(name for name in folders if LANGUAGE_CODE.fullmatch(name))


def _translation(files: RulebookFiles, language: str) -> dict[str, str]:
    """Return the texts of a language by key; record a problem for missing, empty and superfluous texts."""
    texts: dict[str, str] = {}
    for name in sorted(path.name for path in (files.folder / "rules" / language).glob("*.yaml")):
        document = files.document(f"rules/{language}/{name}")
        if document is None or name in files.unread:
            continue  # without the original texts, no text can be called superfluous
        original = texts_of(files.models[name]) if name in files.models else {}
        for key, text, place in leaves(document):
            if key not in original:
                message = _("this translates nothing: {file} has no text '{key}'.").format(file=name, key=key)
                files.problem(place, message, nearest(key, original))
                continue
            if not isinstance(text, str) or not text.strip():
                files.problem(place, _("a text is needed here."), _("Translate the original text."))
            texts[key] = str(text)
    for name, model in files.models.items():
        for key in texts_of(model):
            if key not in texts:
                message = _("the text '{key}' is missing in the language '{language}'.")
                remedy = _("Add it to rules/{language}/{file}.").format(language=language, file=name)
                files.problem(place_around(files.places, key), message.format(key=key, language=language), remedy)
    return texts
