"""JSON that other readers take or choke on: a clean message, in a scenario as in a table of them."""

from pathlib import Path

import pytest

from tests.support.project import SOUND, Run

CANARY = "zzcanary"
BAD = {
    "not a number": "NaN",
    "infinity": "-Infinity",
    "too large": "1e999",
    "five thousand digits": "9" * 5000,
    "lone surrogate": '"\\ud800"',
    "null byte": '"\\u0000"',
    "hundred thousand brackets": "[" * 100_000,
    "closed brackets": "[" * 100_000 + "]" * 100_000,
    "an object": "{}",
    "key twice": '1, "days": 2',
    "cut off": f'"{CANARY}',
    "no JSON": CANARY,
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize(
    ("file", "form"),
    [
        ("case.yaml", '{"id": "x", "answers": {"days": %s}}'),
        ("cases.json", '[{"id": "x", "days": %s}]'),
        ("cases.ndjson", '{"id": "x", "days": %s}\n'),
    ],
)
def test_bad_json_is_told_with_its_place_and_never_repeated(
    run: Run, tmp_path: Path, file: str, form: str, name: str
) -> None:
    path = tmp_path / file
    path.write_text(form % BAD[name], "utf-8")
    outcome = run("evaluate", "--rulebook", SOUND, path)
    assert outcome.code in ({2} if file == "case.yaml" else {2, 3})  # 3: a row was rejected
    assert f"{path}:" in outcome.err
    assert CANARY not in outcome.out + outcome.err
    assert "99999" not in outcome.out + outcome.err
    assert "Traceback" not in outcome.err


def test_good_json_is_evaluated(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text('{"id": "x", "answers": {"days": 3}}', "utf-8")
    assert run("evaluate", "--rulebook", SOUND, path).code == 0
