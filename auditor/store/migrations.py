"""The tables of the store, version by version, and how a store is brought to the version of this program."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from auditor.errors import StoreError
from auditor.store import copies

APPLICATION = 0x41554454
"""What SQLite's header says of whose file it is ("AUDT")."""

MIGRATIONS = (
    """
    CREATE TABLE rating (
        person TEXT PRIMARY KEY,
        rating TEXT NOT NULL,
        at INTEGER NOT NULL -- microseconds since 1970-01-01 UTC
    ) STRICT, WITHOUT ROWID
    """,
    # Texts that stand in many rows are kept once, as words. The kept_ tables have one row for each thing that was read,
    # however many imports hold it: `content` is a hash of what tells it from others (cells.py), `n` is the order in
    # which they came, `held` names the set of imports that hold it. Times are microseconds, days seconds since
    # 1970-01-01 UTC.
    """
    CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE import (
        id INTEGER PRIMARY KEY,
        label TEXT NOT NULL,
        digest TEXT NOT NULL UNIQUE,
        at INTEGER NOT NULL,
        taken INTEGER -- the latest moment that its files speak of
    ) STRICT;
    CREATE TABLE holding (
        id INTEGER NOT NULL, -- a set of imports: one row for each of them
        import INTEGER NOT NULL REFERENCES import,
        PRIMARY KEY (id, import)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE receipt (
        import INTEGER NOT NULL REFERENCES import,
        n INTEGER NOT NULL,
        file INTEGER NOT NULL, kind INTEGER NOT NULL, role INTEGER NOT NULL, what INTEGER NOT NULL, -- words
        rows INTEGER NOT NULL, line INTEGER, since INTEGER, until INTEGER,
        PRIMARY KEY (import, n)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE owner (
        import INTEGER NOT NULL REFERENCES import,
        n INTEGER NOT NULL,
        kind INTEGER NOT NULL, value INTEGER NOT NULL, -- words; kind: name, key, company or region
        PRIMARY KEY (import, n)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE kept_people (
        content INTEGER PRIMARY KEY, n INTEGER NOT NULL,
        person INTEGER, name INTEGER, company INTEGER, position INTEGER, -- words
        connected_on INTEGER,
        relation INTEGER, -- word
        connection INTEGER NOT NULL,
        source INTEGER, -- word
        held INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE kept_identifiers (
        content INTEGER PRIMARY KEY, n INTEGER NOT NULL,
        person INTEGER, kind INTEGER, value INTEGER, -- words
        held INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE kept_interactions (
        content INTEGER PRIMARY KEY, n INTEGER NOT NULL,
        measured INTEGER NOT NULL, -- a hash of words, questions and what else a program makes of a text
        person INTEGER NOT NULL, -- word
        at INTEGER NOT NULL,
        channel INTEGER NOT NULL, direction INTEGER NOT NULL, thread INTEGER, -- words
        others INTEGER NOT NULL, words INTEGER, questions INTEGER, seconds REAL,
        digest INTEGER NOT NULL, -- the bits of an unsigned number
        stock INTEGER, -- word
        template INTEGER, -- the bits of an unsigned number
        source INTEGER, -- word
        row INTEGER NOT NULL,
        held INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE kept_broadcasts (
        content INTEGER PRIMARY KEY, n INTEGER NOT NULL,
        at INTEGER NOT NULL,
        kind INTEGER NOT NULL, -- word
        held INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE snapshot (
        week INTEGER NOT NULL, person INTEGER NOT NULL, version INTEGER NOT NULL, -- words
        depth REAL NOT NULL, low REAL, high REAL, p_two_way REAL,
        state INTEGER, kind INTEGER, layer INTEGER, -- words
        PRIMARY KEY (week, person)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE label (
        person TEXT NOT NULL,
        label TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (person, label)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE decision (
        one TEXT NOT NULL, -- the lesser of the two keys
        other TEXT NOT NULL,
        same INTEGER NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (one, other)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE note (
        person TEXT NOT NULL,
        at INTEGER NOT NULL,
        text TEXT NOT NULL, -- behind the key: SQLite 3.40 takes it for missing in a check when it stands between
        PRIMARY KEY (person, at)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE forgotten (
        hash TEXT PRIMARY KEY -- SHA-256 of a mention key that no import may bring back
    ) STRICT, WITHOUT ROWID;
    CREATE VIEW people AS -- as words, for whoever looks at the store with other tools; no program reads these
        SELECT p.text AS person, n.text AS name, c.text AS company, o.text AS position,
            date(connected_on, 'unixepoch') AS connected_on, r.text AS relation, connection, s.text AS source
        FROM kept_people k LEFT JOIN word p ON p.id = k.person LEFT JOIN word n ON n.id = k.name
            LEFT JOIN word c ON c.id = k.company LEFT JOIN word o ON o.id = k.position
            LEFT JOIN word r ON r.id = k.relation LEFT JOIN word s ON s.id = k.source;
    CREATE VIEW interactions AS
        SELECT p.text AS person, datetime(at / 1000000, 'unixepoch') AS at, c.text AS channel, d.text AS direction,
            t.text AS thread, others, words, questions, seconds, digest, o.text AS stock, template,
            s.text AS source, row
        FROM kept_interactions k LEFT JOIN word p ON p.id = k.person LEFT JOIN word c ON c.id = k.channel
            LEFT JOIN word d ON d.id = k.direction LEFT JOIN word t ON t.id = k.thread
            LEFT JOIN word o ON o.id = k.stock LEFT JOIN word s ON s.id = k.source
    """,
    # What is measured of a text besides: whom it speaks of, whether it introduces somebody and takes up what was said;
    # and who introduced a person, where the owner's own file says so.
    """
    ALTER TABLE kept_interactions ADD COLUMN i_words INTEGER;
    ALTER TABLE kept_interactions ADD COLUMN you_words INTEGER;
    ALTER TABLE kept_interactions ADD COLUMN introduces INTEGER;
    ALTER TABLE kept_interactions ADD COLUMN follow_up INTEGER;
    ALTER TABLE kept_interactions ADD COLUMN introduced_by INTEGER;
    DROP VIEW interactions;
    CREATE VIEW interactions AS
        SELECT p.text AS person, datetime(at / 1000000, 'unixepoch') AS at, c.text AS channel, d.text AS direction,
            t.text AS thread, others, words, questions, seconds, digest, o.text AS stock, template, i_words, you_words,
            introduces, follow_up, b.text AS introduced_by, s.text AS source, row
        FROM kept_interactions k LEFT JOIN word p ON p.id = k.person LEFT JOIN word c ON c.id = k.channel
            LEFT JOIN word d ON d.id = k.direction LEFT JOIN word t ON t.id = k.thread
            LEFT JOIN word o ON o.id = k.stock LEFT JOIN word b ON b.id = k.introduced_by
            LEFT JOIN word s ON s.id = k.source
    """,
    # What the last audit came to, so that the app opens with it: numbers and sentences, and no name.
    """
    CREATE TABLE answer (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        standing TEXT NOT NULL, -- SHA-256 of all that the audit hung on
        text TEXT NOT NULL -- JSON
    ) STRICT
    """,
    # What the owner's address books and notes say of somebody: birthday, city, note.
    """
    CREATE TABLE kept_facts (
        content INTEGER PRIMARY KEY, n INTEGER NOT NULL,
        person INTEGER NOT NULL, kind INTEGER NOT NULL, value INTEGER NOT NULL, -- words
        since INTEGER,
        source INTEGER, -- word
        held INTEGER NOT NULL
    ) STRICT;
    CREATE VIEW facts AS
        SELECT p.text AS person, f.text AS kind, v.text AS value, date(since, 'unixepoch') AS since, s.text AS source
        FROM kept_facts k LEFT JOIN word p ON p.id = k.person LEFT JOIN word f ON f.id = k.kind
            LEFT JOIN word v ON v.id = k.value LEFT JOIN word s ON s.id = k.source
    """,
    # The owner's saved views of the ties (saved.py).
    """
    CREATE TABLE view (
        name TEXT PRIMARY KEY,
        filter TEXT NOT NULL -- JSON
    ) STRICT, WITHOUT ROWID
    """,
)
"""The n-th takes a store from version n − 1 to n. What was released is never changed; statements end with a semicolon
at the end of a line."""


def prepare(connection: sqlite3.Connection, place: Path) -> None:
    """Look whose file it is before anything is changed; then run the migrations that it lacks, all or none, whoever
    else opens it meanwhile. A store that holds something is copied first.
    """
    version = _version(connection, place)
    if place.stat().st_mode & 0o077:
        place.chmod(0o600)
    connection.execute("PRAGMA journal_mode = WAL")
    if version == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _version(connection, place)
        if 0 < version < len(MIGRATIONS):
            copies.before(place, len(MIGRATIONS))
        build(connection, version, len(MIGRATIONS))
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def build(connection: sqlite3.Connection, since: int, version: int) -> None:
    """Take a store from one version to another, in the transaction that is open."""
    for migration in MIGRATIONS[since:version]:
        for statement in migration.split(";\n"):
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {version}")


def tables(version: int) -> dict[str, list[str]]:
    """The tables that a store of this version has, each with its columns."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as empty:
        build(empty, 0, version)
        names = [row[0] for row in empty.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: [row[1] for row in empty.execute(f'PRAGMA table_info("{name}")')] for name in names}


def _version(connection: sqlite3.Connection, place: Path) -> int:
    """How many migrations the store has seen; StoreError where it is not ours, or newer than this program."""
    version = _number(connection, "user_version")
    used = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if used and _number(connection, "application_id") != APPLICATION:
        raise StoreError(f"{place} is the database of another program. Name another file in AUDITOR_STORE.")
    if not used and copies.beside(place):
        raise StoreError(
            f"{place} is empty, but {copies.beside(place)[-1].name} is a copy of it. {copies.REPAIR} "
            "To begin anew, delete that copy."
        )
    if version > len(MIGRATIONS):
        raise StoreError(
            f"{place} was written by a newer auditor (its version {version}; this one knows {len(MIGRATIONS)}). "
            "Update auditor; nothing was changed."
        )
    return version


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])
