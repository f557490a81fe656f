"""The whole store as a ZIP of CSV files, one a table, that gives the same store back.

A text that a spreadsheet would take for a formula has a quote before it, and so has one that begins with a quote:
reading takes one quote off. An empty cell without quotation marks is missing.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any, Self

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import csv

from auditor.errors import StoreError
from auditor.marks import DECISION, LABEL, RATING
from auditor.records import TIME
from auditor.spreadsheet import is_formula
from auditor.store.cells import (
    KEPT,
    OWNER_TABLE,
    RECEIPT_TABLE,
    SNAPSHOT_TABLE,
    Table,
    encoded,
    frame,
    hashes,
    insert,
)
from auditor.store.checking import problems
from auditor.store.forgetting import clear
from auditor.store.holding import Members, sets
from auditor.store.migrations import MIGRATIONS, tables
from auditor.store.opening import Opened
from auditor.store.own import NOTE, VIEW, fill, plain

_MANIFEST = "manifest.json"
_WHAT = "a store of auditor"
_PLAIN: Mapping[str, Mapping[str, str]] = {
    "import": {"id": "int64", "label": "str", "digest": "str", "at": TIME, "taken": TIME},
    "rating": RATING,
    "label": LABEL,
    "decision": DECISION,
    "note": NOTE,
    "view": VIEW,
    "forgotten": {"hash": "str"},
}
_OWNED = (RECEIPT_TABLE, OWNER_TABLE, SNAPSHOT_TABLE)
_HELD = "imports"
"""The column of what was read that names its imports, by number, between spaces."""


class Archive(Opened):
    """The part of the store that is written to a ZIP and comes back from one."""

    def export(self, path: Path | str) -> None:
        """Write everything to a ZIP that only the owner can read. OSError where that cannot be."""
        path = Path(path)
        handle, part = tempfile.mkstemp(prefix=path.name, suffix=".part", dir=path.parent)  # of mode 0600
        try:
            with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
                manifest = {"what": _WHAT, "version": len(MIGRATIONS)}
                packed.writestr(_MANIFEST, json.dumps(manifest, indent=2) + "\n")
                with self._reading() as connection:
                    for name, table in _tables(connection):
                        with packed.open(f"{name}.csv", "w", force_zip64=True) as out:
                            csv.write_csv(_arrow(table), out, csv.WriteOptions(quoting_style="all_valid"))
            Path(part).replace(path)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise

    def restore(self, path: Path | str, *, replace: bool = False) -> None:
        """Fill the store with what `export` wrote, in one transaction.

        StoreError where the file is no such ZIP, where a newer program wrote it, and where the store holds something
        already, unless that is to be replaced.
        """
        with _unpacked(Path(path)) as packed, self._writing() as connection:
            if not replace and _filled(connection):
                raise StoreError(f"{self.path} is not empty. Say that it is to be replaced, or name an empty store.")
            clear(connection)
            try:
                _fill(connection, packed.table)
                sound = not problems(connection)
            except (sqlite3.IntegrityError, ValueError, TypeError, OverflowError):  # their words quote what is in it
                sound = False
            if not sound:
                raise StoreError(f"{path} is damaged: its tables do not fit together. Nothing was changed.")


def _filled(connection: sqlite3.Connection) -> bool:
    tables = [table.name for table in (*KEPT, *_OWNED)]
    return any(connection.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone() for name in (*_PLAIN, *tables))


def _tables(connection: sqlite3.Connection) -> Any:
    """Every table by the name of its file."""
    for name, columns in _PLAIN.items():
        yield name, plain(connection, name, columns)
    for table in _OWNED:
        yield table.name, frame(connection, table, table.keys)
    named = {number: " ".join(map(str, sorted(members))) for number, members in sets(connection).items()}
    for table in KEPT:
        rows = frame(connection, table, ["held"])
        held = rows.pop("held").astype("category")
        yield table.name.removeprefix("kept_"), rows.assign(**{_HELD: held.cat.rename_categories(named)})


def _fill(connection: sqlite3.Connection, read: Callable[[str, Mapping[str, str]], pd.DataFrame]) -> None:
    for name, columns in _PLAIN.items():
        fill(connection, name, columns, read(name, columns))
    for table in _OWNED:
        rows = read(table.name, {**dict.fromkeys(table.keys, "int64"), **table.columns})
        keys = {key: rows[key].to_numpy("int64") for key in table.keys}
        insert(connection, table, encoded(connection, table, rows), keys)
    numbers: dict[tuple[str, Members], int] = {}
    for table in KEPT:
        rows = read(table.name.removeprefix("kept_"), {**table.columns, _HELD: "category"})
        cells = encoded(connection, table, rows)
        held = _held(connection, table, rows[_HELD], numbers)
        own = {**hashes(table, cells), "n": np.arange(1, len(rows) + 1), "held": held}
        insert(connection, table, cells, own)


def _held(
    connection: sqlite3.Connection, table: Table, named: pd.Series, numbers: dict[tuple[str, Members], int]
) -> Any:
    """The numbers of the sets of imports that `named` names."""
    texts = named.cat.remove_unused_categories()
    places = []
    for text in texts.cat.categories:
        members = frozenset(map(int, str(text).split()))
        number = numbers.setdefault((table.name, members), len(numbers) + 1)
        places.append(number)
        connection.executemany("INSERT INTO holding VALUES (?, ?)", ((number, member) for member in sorted(members)))
    return np.array(places, np.int64)[texts.cat.codes.to_numpy()]


_ARROW = {
    TIME: pa.timestamp("us", tz="UTC"),
    "datetime64[s, UTC]": pa.timestamp("s", tz="UTC"),
    "bool": pa.bool_(),
    "boolean": pa.bool_(),
    "int32": pa.int32(),
    "Int32": pa.int32(),
    "int64": pa.int64(),
    "Int64": pa.int64(),
    "uint64": pa.uint64(),
    "UInt64": pa.uint64(),
    "Float64": pa.float64(),
    "float64": pa.float64(),
}


def _arrow(table: pd.DataFrame) -> pa.Table:
    columns = {
        str(name): pa.array(_guarded(column), pa.string())
        if _is_text(column)
        else pa.array(column, _ARROW[str(column.dtype)])
        for name, column in table.items()
    }
    return pa.table(columns)


def _is_text(column: pd.Series) -> bool:
    return str(column.dtype) in ("str", "category")


def _guarded(column: pd.Series) -> pd.Series:
    texts = column.astype("category")
    return texts.cat.rename_categories(lambda text: f"'{text}" if is_formula(text) or text.startswith("'") else text)


def _plainly(column: Any) -> Any:
    return column.cat.rename_categories(lambda text: text.removeprefix("'"))


class _unpacked:  # noqa: N801
    """The ZIP of an export, once its manifest says that this program can read it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Self:
        try:
            self._packed = zipfile.ZipFile(self._path)
            manifest = json.loads(self._packed.read(_MANIFEST))
        except (zipfile.BadZipFile, KeyError, ValueError) as error:
            raise StoreError(f"{self._path} is no export of a store: `auditor store export ZIP` writes one.") from error
        if manifest.get("what") != _WHAT or not isinstance(manifest.get("version"), int):
            raise StoreError(f"{self._path} is no export of a store: `auditor store export ZIP` writes one.")
        if manifest["version"] > len(MIGRATIONS):
            raise StoreError(f"{self._path} was written by a newer auditor. Update auditor; nothing was changed.")
        self._later = _since(manifest["version"])
        return self

    def __exit__(self, *_: object) -> None:
        self._packed.close()

    def table(self, name: str, columns: Mapping[str, str]) -> pd.DataFrame:
        """A table of an export in its dtypes. What the version that wrote it did not know yet is missing.

        StoreError where the table is not there or is not what it should be.
        """
        later = self._later(name)
        known = {column: dtype for column, dtype in columns.items() if column not in later}
        if not known.keys() - {_HELD}:
            return pd.DataFrame({column: _missing(0, dtype) for column, dtype in columns.items()})
        types = {column: _ARROW.get(dtype, pa.string()) for column, dtype in known.items()}
        options = csv.ConvertOptions(
            column_types=types, include_columns=list(known), null_values=[""], strings_can_be_null=True,
            quoted_strings_can_be_null=False, true_values=["true"], false_values=["false"],
        )  # fmt: skip
        try:
            with self._packed.open(f"{name}.csv") as file:
                found = _read(file, options)
        except (KeyError, pa.ArrowInvalid, pa.ArrowKeyError, zipfile.BadZipFile, zlib.error) as error:
            raise StoreError(f"{self._path}: {name}.csv is damaged or missing. Nothing was changed.") from error
        cells = {column: _typed(found.column(column), dtype) for column, dtype in known.items()}
        cells |= {column: _missing(len(found), columns[column]) for column in columns.keys() & later}
        return pd.DataFrame({column: cells[column] for column in columns})


def _missing(rows: int, dtype: str) -> Any:
    nothing: Any = pd.Series([None] * rows, dtype="object")
    return nothing.astype(dtype)


def _since(version: int) -> Callable[[str], set[str]]:
    """The columns of a table, by the name of its file, that came after this version."""
    before, now = tables(version), tables(len(MIGRATIONS))
    names = {table.name.removeprefix("kept_"): table.name for table in KEPT}

    def later(name: str) -> set[str]:
        table = names.get(name, name)
        return set(now[table]) - set(before.get(table, ()))

    return later


def _read(file: IO[bytes], options: csv.ConvertOptions) -> pa.Table:
    return csv.read_csv(file, parse_options=csv.ParseOptions(newlines_in_values=True), convert_options=options)


def _typed(column: Any, dtype: str) -> Any:
    if column.type == pa.string():
        texts: Any = _plainly(column.to_pandas().astype("str").astype("category"))
        return texts.astype(dtype)
    nullable = dtype[0] in "IFU" or dtype == "boolean"
    return column.to_pandas(types_mapper=_NULLABLE.get if nullable else None).astype(dtype)


_NULLABLE = {
    pa.bool_(): pd.BooleanDtype(),
    pa.uint64(): pd.UInt64Dtype(),
    pa.int32(): pd.Int32Dtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.float64(): pd.Float64Dtype(),
}
