"""Validate a YAML document against a frozen model; report each mismatch with its place and a remedy."""

import difflib
from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel, Tag, ValidationError

from assistant.documents.problem import Problem, Problems, first_problems
from assistant.documents.yaml_reader import Document, Location, named
from assistant.documents.yaml_reasons import NO_SPACE_AFTER_COLON
from assistant.system.display_safe import disguise, joined
from assistant.system.language import _
from assistant.system.message import message

Model = TypeVar("Model", bound=BaseModel)


def nearest(word: str, words: Iterable[str]) -> str:
    """Return a remedy that names the nearest of ``words``, or all of them if none is near and they are few.

    Those that begin with the word are the nearest.
    """
    known = sorted(words)
    longer = [each for each in known if word and each.startswith(word)]
    if 1 < len(longer) <= 12:  # noqa: PLR2004  # a line
        return _("Did you mean one of these? {words}").format(words=", ".join(longer))
    close = longer or difflib.get_close_matches(word, known, n=1)
    if close:
        return _("Did you mean '{word}'?").format(word=close[0])
    return _("Known: {words}.").format(words=", ".join(known)) if 0 < len(known) <= 12 else ""  # noqa: PLR2004  # a line


def as_model(document: Document, model: type[Model], location: Location = ()) -> Model | Problems:
    """Return the value at ``location`` as a model, or all problems that pydantic finds, in terms of the document."""
    data = document.data
    for step in location:
        data = data[step]
    try:
        # Accept only documented names, such as `from`, not the name `start` of the attribute.
        return model.model_validate(data, by_alias=True, by_name=False)
    except ValidationError as error:
        found = error.errors(include_url=False)
        # pydantic also reports a list with wrong entries as too short, which is not a second mistake.
        errors = [each for each in found if each["type"] != "too_short" or not _has_wrong_entries(each["loc"], found)]
        return tuple(first_problems(_problem(document, model, location, each) for each in errors))


def _has_wrong_entries(where: tuple[int | str, ...], errors: Iterable[Any]) -> bool:
    return any(len(each["loc"]) > len(where) and each["loc"][: len(where)] == where for each in errors)


def _problem(document: Document, model: type[BaseModel], location: Location, error: Any) -> Problem:
    where = _location(document, location, error["loc"])
    if error["type"] == "extra_forbidden":
        key, known = str(error["loc"][-1]), _fields(model, error["loc"][:-1])
        said = message("the key '{key}' is not known here.", key=named(key))
        return Problem.saying(document.keys[where], said, joined(disguise(key, known), nearest(key, known)))
    reason, remedy = _message_and_remedy(error)
    value = error.get("input")
    if error["type"] in {"model_type", "dict_type"} and isinstance(value, str) and NO_SPACE_AFTER_COLON.match(value):
        remedy = _("Put a space after the colon.")
    place = document.keys[where] if error["loc"][-1:] == ("[key]",) else document.place(where)
    return Problem(
        place=place,
        message=reason,
        remedy=joined(disguise(value) if isinstance(value, str) else "", remedy),
        field=str(next(iter(error["loc"]), "")),
    )


def _location(document: Document, location: Location, steps: Iterable[str | int]) -> Location:
    """Return the location of an error in the document: pydantic's steps without the tags of unions."""
    for step in steps:
        if (*location, step) in document.places:
            location = (*location, step)
    return location


def _message_and_remedy(error: Any) -> tuple[str, str]:
    """Return what a pydantic error means to an author. Values are never repeated, as they may be answers."""
    context = error.get("ctx", {})
    key = str(context["error"]) if error["type"] == "value_error" else str(error["type"])
    explanations = {
        "id": (
            _("this is not an id."),
            _("An id begins with a small Latin letter and has only small Latin letters, digits, _ and -."),
        ),
        "day": (_("this is not a day, or not written as one."), _("Write year-month-day, as in 2022-09-24.")),
        "days": (
            _("this is not a day, a month or a range of days, or not written as one."),
            _("Write 2022-09-24, 2022-09, or {from: 2022-09-21, until: 2022-10-31}; one end may be missing."),
        ),
        "numbers": (
            _("this is not a whole number or a range of numbers."),
            _("Write digits alone, or {from: 28, up_to: 31}; one end may be missing."),
        ),
        "no_bounds": (_("this range has no bounds."), _("Give one end, or write unknown.")),
        "nothing_between": (_("nothing is in this range."), _("Exchange its bounds, or mend one.")),
        "two_bounds": (_("this range has two bounds on one side."), _("Keep one of them.")),
        "bound": (_("a whole number or a day is needed here."), _("Write a day as year-month-day.")),
        "period": (_("the period ends before it begins."), _("Exchange 'from' and 'until', or mend one.")),
        "term": (
            _("this is not a term."),
            _("Write whole months from 1 on, as in {from: 24, up_to: 36}, the shorter first."),
        ),
        "sentence": (_("this names no punishment."), _("Write one, as in {prison: {from: 24, up_to: 36}}.")),
        "unnamed": (_("'unasked' needs an 'id' beside it."), _("Add an id, by which its translations are found.")),
        "penalties": (
            _("a penalty is a list of punishments, or the reason why there is none."),
            _("Write - {prison: {from: 24, up_to: 36}}, or {none: …}."),
        ),
        "language": (_("this is not the code of a language."), _("Write two or three small letters, as in en or de.")),
        "outcome": (
            _("an outcome names what came true, and a sentence needs a conviction."),
            _("Write 'convicted_of', 'charged_with' or 'happened'."),
        ),
        "address": (
            _("this is not an address of a page."),
            _("Write it as in https://example.org/page, without spaces or quotes."),
        ),
        "heads": (_("a rule concludes an id, or a list of ids."), _("Write the id of a fact or finding.")),
        "literal": (_("only true can stand here."), _("Write true, or leave the key out.")),
        "formula": (
            _("this computes nothing."),
            _("Write {days_from: …, to: …}, {day: …, plus: {months: 1}}, {day: …, before: …} or {larger_of: […]}."),
        ),
        "question or day": (
            _("this is neither a day nor the id of a question."),
            _("Write a day as in 2022-09-24, or the id of a question for a date."),
        ),
        "span": (_("a span is days, months or years."), _("Write one of them, as in {months: 1}.")),
        "stage": (_("there is no such stage."), _("Write 1 or 2.")),
        "missing": (_("the key '{key}' is missing.").format(key="".join(map(str, error["loc"][-1:]))), _("Add it.")),
        "enum": (
            _("this is none of the values that can stand here."),
            _("Write one of {words}.").format(words=str(context.get("expected", "")).replace(" or ", ", ")),
        ),
        "model": (_("a mapping (keys and values) is needed here."), ""),
        "dict": (_("a mapping (keys and values) is needed here."), ""),
        "tuple": (_("a list is needed here."), _("Begin each entry with a dash.")),
        "too_short": (
            _("too few entries are here: at least {count} are needed.").format(count=context["min_length"])
            if error.get("input") and context.get("min_length", 0) > 1
            else _("this must not be empty."),
            "",
        ),
        "string_too_short": (_("this must not be empty."), ""),
        "string": (_("a text is needed here."), _("Put it in quotes if it looks like a number or true/false.")),
        "int": (_("a whole number is needed here."), ""),
        "union": (
            _("this is not a value that an answer can be compared with."),
            _("Write true, false, an option, a list of options, or a range such as {from: 3, up_to: 10}."),
        ),
    }
    return explanations.get(key) or explanations.get(key.partition("_")[0]) or (_("this value does not fit here."), "")


def _fields(model: Any, location: Iterable[str | int]) -> set[str]:
    """Return the keys that a mapping may have at a location in a model; indexes are skipped."""
    current: Any = model
    for step in location:
        current = _inner(current, step)
    return {field.alias or name for name, field in _first_model(current).model_fields.items()}


def _inner(annotation: Any, step: str | int) -> Any:
    """Return the annotation of the union member with this tag or of this field, or the same one if there is neither."""
    member = _tagged(annotation, step)
    for name, field in _first_model(annotation).model_fields.items() if member is None else ():
        if step == (field.alias or name):
            return field.annotation
    return annotation if member is None else member


def _tagged(annotation: Any, tag: str | int) -> Any:
    if any(isinstance(each, Tag) and each.tag == tag for each in getattr(annotation, "__metadata__", ())):
        return annotation
    members = (_tagged(argument, tag) for argument in getattr(annotation, "__args__", ()))
    return next((member for member in members if member is not None), None)


def _first_model(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        model = _first_model(argument)
        if model is not None:
            return model
    return None
