"""What the columns of Parquet and Arrow files may be: also without any value, as words from a dictionary, or unread."""

import datetime
from io import BytesIO

import polars
import pytest

from tests.support.project import Desk


def parquet(frame: polars.DataFrame) -> bytes:
    frame.write_parquet(file := BytesIO())
    return file.getvalue()


def arrow(frame: polars.DataFrame) -> bytes:
    frame.write_ipc(file := BytesIO())
    return file.getvalue()


FORMS = {"a.parquet": parquet, "a.arrow": arrow}
NAN = float("nan")


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize(
    "column",
    [
        polars.Series([NAN, NAN], dtype=polars.Float64),
        polars.Series([NAN, None], dtype=polars.Float32),
        polars.Series([None, None], dtype=polars.Int32),
        polars.Series([None, None], dtype=polars.Null),
        polars.Series([None, None], dtype=polars.Datetime),
        polars.Series([None, None], dtype=polars.Decimal(10, 2)),
        polars.Series([None, None], dtype=polars.List(polars.Int8)),
        polars.Series([None, None], dtype=polars.Binary),
    ],
    ids=lambda column: str(column.dtype),
)
@pytest.mark.parametrize("question", ["left", "days", "place", "day", "id"])
def test_a_column_without_any_value_is_unknown_throughout(
    desk: Desk, name: str, column: polars.Series, question: str
) -> None:
    alone = desk.evaluate(desk.write(FORMS[name](polars.DataFrame({question: column})), name))
    assert alone == (0, "id,prison,no_case\n1,possible,possible\n2,possible,possible\n", "")
    if question != "left":
        both = polars.DataFrame({"left": [True, False], question: column})
        without = desk.evaluate(desk.write(FORMS[name](both.select("left")), name))
        assert desk.evaluate(desk.write(FORMS[name](both), name)) == without


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize(
    ("column", "kind"),
    [
        (polars.Series([1.5, NAN]), "Float64"),
        (polars.Series([None, datetime.datetime(2022, 3, 1, tzinfo=datetime.timezone.utc)]), "Datetime"),
        (polars.Series([None, []], dtype=polars.List(polars.Int8)), "List"),
    ],
)
def test_one_value_of_a_wrong_type_is_enough_to_refuse_its_column(
    desk: Desk, name: str, column: polars.Series, kind: str
) -> None:
    path = desk.write(FORMS[name](polars.DataFrame({"days": column})), name)
    message = f"the column 'days' has the type {kind}. A number has whole numbers, or text."
    assert desk.evaluate(path) == (2, "", f"{path}:1:1: {message}\n")


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("dtype", [polars.Categorical(), polars.Enum(["a", "b"])])
def test_ids_from_a_dictionary_are_ids(desk: Desk, name: str, dtype: polars.DataType) -> None:
    frame = polars.DataFrame({"id": polars.Series(["a", None, "b", "a"], dtype=dtype), "left": [True] * 4})
    path = desk.write(FORMS[name](frame), name)
    outcome = desk.evaluate(path)
    assert (outcome.code, [line.partition(",")[0] for line in outcome.out.splitlines()]) == (3, ["id", "a", "2", "b"])
    assert outcome.err.startswith(f"{path}:4: id: an earlier row has the same id.")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"FEA1", "this is Feather of version 1. Write it as Feather of version 2, or as Parquet."),
        (b"PARE", "this is encrypted Parquet. Write it without encryption."),
        (
            polars.DataFrame({"left": [True]}).write_ipc_stream(None).getvalue(),
            (
                "this is an Arrow stream, which does not say whether it is whole. "
                "Write it as an Arrow file, or as Parquet."
            ),
        ),
    ],
)
@pytest.mark.parametrize("name", ["a.arrow", "a.feather", "a.ipc", "a.parquet", "a.csv"])
def test_what_is_like_a_table_is_named_for_what_it_is(desk: Desk, content: bytes, message: str, name: str) -> None:
    path = desk.write(content, name)
    assert desk.evaluate(path) == (2, "", f"{path}:1:1: {message}\n")
