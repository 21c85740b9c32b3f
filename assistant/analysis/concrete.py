"""Days and numbers in the cells of an example that fit together where answers are computed from others.

A cell holds many days. If those that are tried first do not fit, the widest cell is split and both halves are tried
again (branch and prune over intervals). Halves in which no days can fit are pruned, so that often nothing is left.
"""

import datetime
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
from typing import Final, NamedTuple

from assistant.assessment.computed_relation import cell_ends
from assistant.assessment.diagram import Diagram
from assistant.assessment.space import PointSet
from assistant.rulebook.computing import completed
from assistant.rulebook.model import Rulebook
from assistant.rulebook.program import ordinal
from assistant.rulebook.question import Answer, Answers
from assistant.rulebook.ranges import DateRange, NumberRange, OptionSet, days_between, interval, numbers_between

MAX_EXAMPLES: Final = 24
"""How many combinations of cells are tried for an example."""
MAX_SPLITS: Final = 200
"""How often cells are split in the search for an example."""
_MAX_TRIALS: Final = 30
"""How many choices of days and numbers are tried before a cell is split."""
_MAX_HALVED: Final = 40_000
"""Days or numbers. A longer range is not halved: its end near the boundary of a rule is cut off."""
_CUT_OFF: Final = 400
"""Days or numbers that are cut off at a time."""
_CALENDAR: Final = (datetime.date.min.toordinal(), datetime.date.max.toordinal())
_NUMBERS: Final = (-(10**18) + 1, 10**18 - 1)
"""The least and the greatest number that can be an answer."""


class Setting(NamedTuple):
    """A rulebook by which answers have to fit, with its diagram, and answers that are the same in every example."""

    rulebook: Rulebook
    diagram: Diagram
    given: Answers = {}


class Fitted(NamedTuple):
    """Answers that fit together, or None; ``is_certain``: None means that there are none."""

    answers: dict[str, Answer] | None
    is_certain: bool = True


def fitting_example(settings: Sequence[Setting], goal: PointSet, within: PointSet, *, quick: bool = False) -> Fitted:
    """Return few answers that fit together and whose completions ``within`` all lie in ``goal``, if there are any.

    Cells in which no answers fit are left out, and the rest is tried. ``quick``: the answers need not be the fewest.
    """
    space, left, here, is_certain = settings[0].diagram.space, goal, within, True
    for _trial in range(MAX_EXAMPLES):
        answers = space.smallest(left, here, quick)
        if answers is None:
            return Fitted(None, is_certain)
        cells = space.answering(answers)
        found = fitting_answers(settings, answers)
        if found.answers is not None and not (cells & within & ~goal).satisfiable():
            return found
        left &= ~cells
        if found.answers is None and found.is_certain:
            here &= ~cells  # nobody can answer so; fewer answers may have lacked only these completions
        else:
            is_certain = False
    return Fitted(None, is_certain=False)


def fitting_answers(settings: Sequence[Setting], example: Answers) -> Fitted:
    """Return answers in the same cells as the example that can all be true in each of the settings."""
    computed = {each.id for setting in settings for each in setting.rulebook.computed_questions}
    if not computed:
        return Fitted(dict(example))
    boxes = deque([_box(settings, example)])
    for _split in range(MAX_SPLITS):
        if not boxes:
            return Fitted(None)
        box = _pruned(settings, boxes.popleft())
        if box is None:
            continue
        for tried in _points(settings, box, example):
            if all(_fits(setting, tried) for setting in settings):
                return Fitted(tried)
        boxes.extend(_halves(settings, box, example))
    return Fitted(None, is_certain=not boxes)


def _box(settings: Sequence[Setting], example: Answers) -> dict[str, Answer]:
    """Return the whole cell of each answer."""
    box: dict[str, Answer] = {}
    for name, answer in example.items():
        if isinstance(answer, bool | str | OptionSet):
            box[name] = answer
            continue
        lows, highs = zip(*(_ends(setting, name, answer) for setting in settings), strict=True)
        box[name] = _between(answer, max(lows), min(highs))
    return box


def _ends(setting: Setting, name: str, answer: Answer) -> tuple[int, int]:
    cells = setting.diagram.space.cells[name]
    (at,) = cells.touched(answer)
    low, high = cell_ends(cells, setting.diagram.program)[at]
    least, most = _CALENDAR if isinstance(answer, datetime.date) else _NUMBERS
    return least if low is None else low, most if high is None else high


def _between(like: Answer, low: int, high: int) -> Answer:
    """Return the days, or the numbers, from one ordinal to another."""
    if isinstance(like, datetime.date | DateRange):
        return days_between(datetime.date.fromordinal(low), datetime.date.fromordinal(high))
    return numbers_between(low, high)


def _pruned(settings: Sequence[Setting], box: Mapping[str, Answer]) -> dict[str, Answer] | None:
    """Return the part of the ranges that the formulas leave; None if they leave nothing."""
    narrowed = dict(box)
    for setting in settings:
        found = completed(setting.rulebook, {**narrowed, **setting.given})
        if found.contradicting:
            return None
        narrowed = {name: found.answers[name] for name in narrowed}
    return narrowed


def _points(settings: Sequence[Setting], box: Answers, example: Answers) -> Iterator[dict[str, Answer]]:
    """Yield exact answers within the ranges; what can be computed from them is."""
    free = _free(settings, box)
    choices = [dict.fromkeys((_nearest(example[name], box[name]), *_exact_ends(box[name]))) for name in free]
    for chosen in islice(product(*choices), _MAX_TRIALS):
        tried: dict[str, Answer] | None = {**box, **dict(zip(free, chosen, strict=True))}
        for name in [each for each in box if _is_range(box[each]) and each not in free]:
            tried = None if tried is None else _pruned(settings, tried)
            if tried is not None:
                tried[name] = _nearest(example[name], tried[name])
        if tried is not None:
            yield tried


def _free(settings: Sequence[Setting], box: Answers) -> list[str]:
    """Return the questions with a range that no formula gives from others in the box, and that formulas use."""
    computed = [each for setting in settings for each in setting.rulebook.computed_questions]
    given = {each.id for each in computed if any(set(formula.inputs) <= box.keys() for formula in each.computed)}
    needed = {name for each in computed for name in each.needed_questions}
    return [name for name in box if _is_range(box[name]) and name in needed and name not in given]


def _halves(settings: Sequence[Setting], box: Answers, example: Answers) -> list[dict[str, Answer]]:
    """Return the box split at its widest range; nothing if all answers are exact."""
    widths = {name: high - low for name in box if _is_range(box[name]) for low, high in [_interval(box[name])]}
    if not widths:
        return []
    free = set(_free(settings, box))
    widest = max(widths, key=lambda name: (name in free, widths[name]))
    low, high = _interval(box[widest])
    middle = (low + high) // 2
    if widths[widest] > _MAX_HALVED:
        near = _interval(_nearest(example[widest], box[widest]))[0]
        middle = near + _CUT_OFF if near + _CUT_OFF < high else near - _CUT_OFF
    like = box[widest]
    return [{**box, widest: _between(like, low, middle)}, {**box, widest: _between(like, middle + 1, high)}]


def _fits(setting: Setting, tried: Answers) -> bool:
    found = completed(setting.rulebook, {**tried, **setting.given})
    given = setting.diagram.space.answering(found.answers)
    return not found.contradicting and (given & setting.diagram.possible).satisfiable()


def _is_range(answer: Answer) -> bool:
    return isinstance(answer, DateRange | NumberRange)


def _interval(answer: Answer) -> tuple[int, int]:
    """Return the ordinals of the ends of an answer in a box, where no end is open."""
    low, high = interval(answer)  # type: ignore[arg-type]  # only days and numbers are split
    assert low is not None  # noqa: S101
    assert high is not None  # noqa: S101
    return low, high


def _nearest(wanted: Answer, within: Answer) -> Answer:
    """Return the exact answer in a range that is nearest to another."""
    if not _is_range(within):
        return within
    low, high = _interval(within)
    at = min(max(ordinal(wanted), low), high)  # type: ignore[arg-type]  # an example has exact answers
    return _between(within, at, at)


def _exact_ends(answer: Answer) -> tuple[Answer, Answer]:
    low, high = _interval(answer)
    return _between(answer, low, low), _between(answer, high, high)
