"""The waist: tables in their columns and types, many parts made one, and every row counted."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from fabricate import events, folk, reads_its_docstring, records
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import RecordsError
from auditor.records import (
    CHANNELS,
    COVERAGE,
    IDENTIFIERS,
    INTERACTIONS,
    PEOPLE,
    Owner,
    Records,
    combine,
    coverage,
    identifiers,
    interactions,
    people,
    validate,
)

RECEIPT = """
    file,kind,role,what,rows,line
    messages.csv,messages,kept,messages,3,
    messages.csv,messages,set aside,draft,1,7
"""


def kept(read: Records, file: str = "messages.csv") -> tuple[int, int]:
    """Rows kept and rows set aside of a file."""
    lines = read.coverage[read.coverage["file"] == file].groupby("role")["rows"].sum()
    return int(lines.get("kept", 0)), int(lines.get("set aside", 0))


def test_tables_of_nothing_are_valid() -> None:
    """No row, all columns, the right types."""
    validate(Records.empty())
    for table, columns in (
        (people(), PEOPLE),
        (identifiers(), IDENTIFIERS),
        (interactions(), INTERACTIONS),
        (coverage(), COVERAGE),
    ):
        assert list(table.columns) == list(columns)
        assert [str(dtype) for dtype in table.dtypes] == list(columns.values())


def test_columns_left_out_are_missing_and_numbers_zero() -> None:
    """A source names only what its file says."""
    row = interactions([{"person": "linkedin:ana", "at": "2024-01-01", "channel": "call", "direction": "out"}]).iloc[0]
    assert row[["thread", "words", "questions", "seconds", "stock", "source"]].isna().all()
    assert row[["others", "row", "digest"]].tolist() == [0, 0, 0]
    assert people([{"person": "linkedin:ana"}])["connection"].tolist() == [False]


def test_a_column_outside_the_contract_is_an_error_that_names_it() -> None:
    """A source's misspelling is found at once."""
    with pytest.raises(RecordsError, match="unknown column: persn"):
        interactions([{"persn": "linkedin:ana"}])


@reads_its_docstring
def test_times_are_utc_whatever_offset_they_were_written_in(data: str) -> None:
    """
    person,at,direction
    ana,2024-01-01T23:30:00-02:00,out
    ana,2024-01-02T01:30:00Z,out
    ana,2024-01-02 07:00:00+05:30,out
    """
    at = events(data)["at"]
    assert at.tolist() == [pd.Timestamp("2024-01-02 01:30", tz="UTC")] * 3


@pytest.mark.parametrize("column", ["person", "at", "channel", "direction"])
def test_an_exchange_without_person_time_channel_or_direction_is_refused(column: str) -> None:
    """What every later step relies on is checked once."""
    row: dict[str, object] = {"person": "linkedin:ana", "at": "2024-01-01", "channel": "call", "direction": "out"}
    with pytest.raises(RecordsError, match=f"interactions.{column} is missing"):
        validate(replace(Records.empty(), interactions=interactions([row, {**row, column: None}])))


def test_a_table_without_one_of_its_columns_is_refused() -> None:
    """The error names the table, the column, and what there is."""
    with pytest.raises(RecordsError, match="people has no column 'company'"):
        validate(replace(Records.empty(), people=people().drop(columns="company")))


def test_a_column_of_another_type_is_refused() -> None:
    """Local times would shift days; they never pass."""
    local = interactions()
    local["at"] = pd.to_datetime(local["at"]).dt.tz_localize(None)
    with pytest.raises(RecordsError, match=r"interactions\.at is datetime64"):
        validate(replace(Records.empty(), interactions=local))


@reads_its_docstring
def test_the_same_file_read_twice_counts_once_and_the_receipt_says_so(data: str) -> None:
    """
    person,at,direction,words,digest,row
    ana,2024-01-01T10:00:00Z,out,5,11,1
    ana,2024-01-01T11:00:00Z,in,4,12,2
    bo,2024-01-02T10:00:00Z,out,3,13,3
    """
    first = records(data, receipt=RECEIPT)
    other = records(data, receipt=RECEIPT)
    other = replace(
        other,
        interactions=other.interactions.assign(source=pd.Categorical(["old/messages.csv"] * 3)),
        coverage=other.coverage.assign(file=pd.Series(["old/messages.csv"] * 2, dtype="str")),
    )
    both = validate(combine([first, other]))
    assert len(both.interactions) == 3
    assert kept(both) == (3, 1)
    assert kept(both, "old/messages.csv") == (0, 4)
    assert both.coverage["rows"].sum() == 8
    again = both.coverage[both.coverage["what"] == "exact duplicate"].iloc[0]
    assert (again["rows"], again["line"], again["kind"]) == (3, 1, "messages")


@reads_its_docstring
def test_a_group_message_is_one_row_of_the_receipt_however_many_read_it(data: str) -> None:
    """
    person,at,direction,others,digest,row
    ana,2024-01-01T10:00:00Z,out,2,11,1
    bo,2024-01-01T10:00:00Z,out,2,11,1
    cy,2024-01-01T10:00:00Z,out,2,11,1
    ana,2024-01-01T10:00:00Z,out,2,11,2
    bo,2024-01-01T10:00:00Z,out,2,11,2
    cy,2024-01-01T10:00:00Z,out,2,11,2
    """
    receipt = "file,kind,role,what,rows\nmessages.csv,messages,kept,messages,2"
    read = combine([records(data, receipt=receipt)])
    assert len(read.interactions) == 3
    assert kept(read) == (1, 1)


@pytest.mark.parametrize(
    "change",
    ["at=2024-01-01T10:00:01Z", "direction=in", "channel=inmail", "others=1", "words=6", "digest=12", "thread=t2"],
)
def test_what_differs_in_anything_but_its_place_is_no_duplicate(change: str) -> None:
    """Two messages alike in all but one column are two; the digest stands for the text."""
    row = {"person": "ana", "at": "2024-01-01T10:00:00Z", "direction": "out", "words": 5, "digest": 11, "thread": "t1"}
    column, _, value = change.partition("=")
    assert len(combine([records([row, {**row, column: value}])]).interactions) == 2
    assert len(combine([records([row, {**row, "row": 9, "source": "other.csv"}])]).interactions) == 1


def test_combining_keeps_every_category_and_every_type() -> None:
    """Parts with different people, threads and sources become one valid whole."""
    one = records("person,at,direction,thread\nana,2024-01-01,out,t1", "person,name\nana,Ana Lima")
    two = records("person,at,direction,stock\nbo,2024-01-02,in,birthday", "person,name\nbo,Bo Chen")
    whole = validate(combine([one, Records.empty(), two]))
    assert whole.interactions["person"].astype(str).tolist() == ["linkedin:ana", "linkedin:bo"]
    assert whole.interactions["stock"].tolist()[1] == "birthday"
    assert whole.people["name"].tolist() == ["Ana Lima", "Bo Chen"]
    assert len(validate(combine([])).people) == 0


def test_the_owner_of_many_files_has_all_their_names_and_keys() -> None:
    """Names and companies keep their order and stand once."""
    one = records(owner=Owner(("Sam Lee",), frozenset({"linkedin:sam"}), ("Plan A",)))
    two = records(owner=Owner(("Sam Lee", "Samuel Lee"), frozenset({"email:sam@example.com"}), ("Plan A", "Heron")))
    owner = combine([one, two]).owner
    assert owner.names == ("Sam Lee", "Samuel Lee")
    assert owner.keys == {"linkedin:sam", "email:sam@example.com"}
    assert owner.companies == ("Plan A", "Heron")


def test_reading_the_same_posts_twice_does_not_make_them_twice_as_many() -> None:
    """Importing twice is importing once, for what is sent to nobody in particular too."""
    posts = pd.DataFrame({"at": pd.to_datetime(["2024-01-01T10:00:00Z", "2024-01-02T10:00:00Z"]), "kind": "post"})
    part = replace(Records.empty(), broadcasts=posts)
    assert len(combine([part, part]).broadcasts) == 2
    assert len(combine([part, Records.empty()]).broadcasts) == 2


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["ana", "bo", "cy"]), max_size=8), st.integers(1, 3))
def test_combining_copies_gives_what_one_of_them_has(persons: list[str], copies: int) -> None:
    """However often the same records come in, the exchanges are those of one copy, and no row is lost uncounted."""
    rows = [{"person": p, "at": f"2024-01-{i + 1:02}", "direction": "out"} for i, p in enumerate(persons)]
    parts = []
    for copy in range(copies):
        name = f"{copy}/messages.csv"
        receipt = f"file,kind,role,what,rows\n{name},messages,kept,messages,{len(rows)}"
        parts.append(records([{**row, "source": name} for row in rows], receipt=receipt))
    whole = combine(parts)
    assert len(whole.interactions) == len(rows)
    assert whole.coverage["rows"].sum() == len(rows) * copies
    assert whole.coverage.loc[whole.coverage["role"] == "kept", "rows"].sum() == len(rows)


def test_every_channel_is_known_by_name() -> None:
    """The closed list is what `interactions` accepts."""
    rows = [{"person": "linkedin:ana", "at": "2024-01-01", "channel": c, "direction": "both"} for c in CHANNELS]
    assert interactions(rows)["channel"].tolist() == CHANNELS


def test_people_are_not_merged_by_reading_them() -> None:
    """Two files that describe a person are two rows: who is who is decided later."""
    table = folk("person,name,source\nana,Ana Lima,a.csv\nana,Ana Lima-Roth,b.csv")
    assert len(combine([replace(Records.empty(), people=table)]).people) == 2


def test_what_was_said_before_makes_no_other_message():
    """Two exports that begin at different times know different things of a question; it is one all the same."""
    row = {"person": "linkedin:ana", "at": "2026-03-01T09:00Z", "channel": "message", "direction": "out", "source": "a"}
    parts = [
        replace(Records.empty(), interactions=interactions([row | {"follow_up": known}])) for known in (True, None)
    ]
    assert len(combine(parts).interactions) == 1


def test_categories_stand_in_their_order_whatever_order_they_came_in() -> None:
    """Signals count by the codes of directions and channels."""
    given = pd.Series(pd.Categorical(["both", "out"], categories=["both", "in", "out"]))
    table = interactions({"person": "linkedin:ana", "at": "2024-01-01", "channel": "call", "direction": given})
    assert table["direction"].tolist() == ["both", "out"]
    assert table["direction"].cat.categories.tolist() == ["out", "in", "both"]
