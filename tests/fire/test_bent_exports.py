"""Valid exports that were bent as people and programs bend them: rows dropped, doubled, in another order, the end missing,
in another encoding, saved again by Excel. hypothesis looks for the bending under which a law of reading does not hold.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.errors import InputError
from auditor.records import Records
from auditor.sources import Upload, read

from .attempt import RUNS
from .readers import OWNER, Reader, readers

TABLES = (
    "connections messages invitations endorsements recommendations contacts google_contacts phone_log imazing interactions_csv"
).split()
BOOKS = {
    "vcard": (rb"(?=BEGIN:VCARD)", rb"\Z"),
    "calendar": (rb"(?=BEGIN:VEVENT)", rb"END:VCALENDAR\s*\Z"),
    "mail": (rb"(?m)^(?=From \S+@)", rb"\Z"),
    "calls": (rb"(?=<call )", rb"</calls>\s*\Z"),
    "sms": (rb"(?=<[sm]ms )", rb"</smses>\s*\Z"),
}
"""Where a record begins, and what comes after the last."""

law = settings(
    max_examples=max(RUNS // 100, 1), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
chance = given(st.data())


@dataclass(frozen=True)
class Export:
    """A valid file: what stands before its records, the records, what comes after them."""

    reader: Reader
    head: bytes
    records: tuple[bytes, ...]
    tail: bytes = b""

    @property
    def whole(self) -> bytes:
        return self.head + b"".join(self.records) + self.tail

    def read(self, content: bytes | None = None) -> Records:
        return read([Upload(self.reader.file, self.whole if content is None else content)], owner=OWNER)


@cache
def table(name: str) -> Export:
    """A CSV file of the reader, each of its records written anew."""
    reader = readers()[name]
    rows = list(csv.reader(io.StringIO(reader.seeds[-1].decode("utf-8-sig"), newline="")))
    first = next(n for n, row in enumerate(rows) if len(row) == len(rows[-1]))
    head, *records = [written([row]) for row in rows[first:]]
    return Export(reader, head, tuple(records))


@cache
def book(name: str) -> Export:
    """A file of the reader that is no table, taken apart where its records begin."""
    reader = readers()[name]
    begin, end = BOOKS[name]
    content = max(reader.seeds, key=lambda seed: len(re.findall(begin, seed)))
    last = re.search(end, content)
    assert last
    head, *records = re.split(begin, content[: last.start()])
    whole = tuple(record for record in records if name != "vcard" or re.search(b"VERSION(?s:.*)END:VCARD", record))
    return Export(reader, head, whole, content[last.start() :])


def written(rows: Sequence[Sequence[str]], delimiter: str = ",") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode()


def export(name: str) -> Export:
    return table(name) if name in TABLES else book(name)


def told(records: Records) -> dict[str, list[tuple[Any, ...]]]:
    """All that the records say, in an order of its own, without where it stood."""
    return {
        name: sorted(map(repr, frame.drop(columns=["source", "row"], errors="ignore").astype(object).itertuples(index=False)))
        for name, frame in {
            "people": records.people.drop_duplicates(),
            "identifiers": records.identifiers,
            "interactions": records.interactions,
            "facts": records.facts.drop_duplicates(),
            "broadcasts": records.broadcasts,
        }.items()
    }  # fmt: skip


@cache
def as_it_was(name: str) -> dict[str, list[tuple[Any, ...]]]:
    return told(export(name).read())


def counted(records: Records) -> int:
    """The rows of the receipt: kept, and set aside."""
    receipt = records.coverage
    assert (receipt["rows"] >= 0).all()
    return int(receipt.loc[receipt["role"] != "note", "rows"].sum())


@pytest.mark.parametrize(
    "name", [*TABLES, *(name for name in BOOKS if name != "mail")]
)  # not every mail of it can begin a file
@law
@chance
def test_of_any_records_each_is_counted_once(name: str, data: st.DataObject) -> None:
    """Some left out, some several times, in any order: the receipt adds up to what is in the file."""
    valid = export(name)
    some = data.draw(st.lists(st.sampled_from(valid.records), min_size=1, max_size=12))
    assert counted(replace(valid, records=tuple(some)).read()) == len(some)


@pytest.mark.parametrize("name", [*TABLES, *BOOKS])
@law
@chance
def test_records_that_stand_there_twice_change_nothing(name: str, data: st.DataObject) -> None:
    """As where two exports were pasted together."""
    valid = export(name)
    again = data.draw(st.lists(st.sampled_from(valid.records), min_size=1, max_size=4))
    assert told(replace(valid, records=(*valid.records, *again)).read()) == as_it_was(name)


@pytest.mark.parametrize(
    "name", [*TABLES, *(name for name in BOOKS if name != "mail")]
)  # of a mail that is there twice the first counts
@law
@chance
def test_the_order_of_records_changes_nothing(name: str, data: st.DataObject) -> None:
    """As where somebody sorted the table."""
    valid = export(name)
    turned = data.draw(st.permutations(valid.records))
    assert told(replace(valid, records=tuple(turned)).read()) == as_it_was(name)


@pytest.mark.parametrize("name", [*TABLES, *BOOKS])
@law
@chance
def test_a_file_that_ends_too_early_loses_only_its_end(name: str, data: st.DataObject) -> None:
    """What stands before the record in which it ends is read as if the file ended there."""
    valid = export(name)
    kept = data.draw(st.integers(1, len(valid.records) - 1), label="records")
    cut = data.draw(st.integers(0, len(valid.records[kept]) - 1), label="bytes of the next")
    before = replace(valid, records=valid.records[:kept])
    short = valid.read(before.head + b"".join(before.records) + valid.records[kept][:cut])
    assert kept <= counted(short) <= kept + 1
    whole, ends = told(before.read()), told(short)
    for of in ("people", "interactions"):
        assert sum(line not in ends[of] for line in whole[of]) <= sum(line not in whole[of] for line in ends[of])


ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "UTF-8 with a mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16, big end first": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "UTF-16 without a mark": lambda text: text.encode("utf-16-le"),
    "Windows-1252": lambda text: text.encode("cp1252"),
    "CRLF": lambda text: re.sub("\r?\n", "\r\n", text).encode(),
    "LF": lambda text: text.replace("\r\n", "\n").encode(),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", ["connections", "messages", "google_contacts", "vcard"])
def test_the_encoding_changes_nothing(name: str, encoding: str) -> None:
    """Of what an encoding can write; names with signs of their own stand in each file."""
    valid = export(name)
    text = valid.whole.decode("utf-8-sig").encode("cp1252", "ignore").decode("cp1252")
    again = valid.read(ENCODINGS[encoding](text))
    assert told(again) == told(valid.read(text.encode()))


DAY = re.compile(r"\d\d [A-Z][a-z][a-z] \d{4}")


def day(pattern: str) -> Callable[[str], str]:
    return lambda cell: pd.Timestamp(cell).strftime(pattern) if DAY.fullmatch(cell) else cell


EXCEL: dict[str, tuple[str, Callable[[str], str]]] = {
    "of Germany": (";", day("%d.%m.%Y")),
    "of France": (";", day("%d/%m/%Y")),
    "of Sweden": (";", day("%Y-%m-%d")),
    "of Britain": (",", day("%d/%m/%Y")),
    "as it stands": (",", day("%d-%b-%y")),
    "as text with tabs": ("\t", lambda cell: cell),
    "of numbers": (";", lambda cell: cell.lstrip("0") if cell.isdigit() else cell),
}


@pytest.mark.parametrize("excel", EXCEL)
@pytest.mark.parametrize("name", ["connections", "messages", "invitations", "google_contacts"])
def test_what_excel_saved_again_is_read_as_before(name: str, excel: str) -> None:
    """With its own separator, mark, line ends, dates, and numbers without their first zeros."""
    valid, (delimiter, changed) = export(name), EXCEL[excel]
    rows = [list(map(changed, row)) for row in csv.reader(io.StringIO(valid.whole.decode(), newline=""))]
    again = valid.read(codecs.BOM_UTF8 + written(rows, delimiter))
    assert told(again) == as_it_was(name)
    assert counted(again) == len(valid.records)


@pytest.mark.parametrize("name", TABLES)
@law
@chance
def test_columns_in_another_order_or_too_many_change_nothing(name: str, data: st.DataObject) -> None:
    """Columns are known by their names."""
    valid = export(name)
    rows = [*csv.reader(io.StringIO(valid.whole.decode(), newline=""))]
    order = data.draw(st.permutations(range(len(rows[0]))))
    more = data.draw(st.sampled_from([(), ("Remarks", "x")]))
    turned = [[*(row[n] for n in order), *([more[n > 0]] if more else [])] for n, row in enumerate(rows)]
    assert told(valid.read(written(turned))) == as_it_was(name)


@pytest.mark.parametrize("name", readers())
@law
@chance
def test_any_end_of_any_file_is_read_or_refused(name: str, data: st.DataObject) -> None:
    """Cut anywhere, at both ends: records or a known error."""
    reader = readers()[name]
    seed = data.draw(st.sampled_from(reader.seeds))
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(seed)), st.integers(0, len(seed)))))
    with contextlib.suppress(InputError):
        reader.feed(reader.file, seed[start:end])
