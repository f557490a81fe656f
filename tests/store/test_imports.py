"""The imports: the same twice is the same once, newer ones add, older ones do no harm, and any of them can go again."""

from __future__ import annotations

import threading
from dataclasses import replace

import pandas as pd
import pytest
from fabricate import events, records
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.audit import audit
from auditor.errors import AuditorError, UsageError
from auditor.records import UNKNOWN_OWNER, Owner, Records, combine, facts, validate
from auditor.store import IMPORTS, Store
from auditor.store.cells import NUMBERED

from .shelf import NOW, content, imported, rows

MESSAGES = """
    person,at,direction,thread,others,words,questions,seconds,digest,stock,template,channel,i_words,introduces,follow_up,introduced_by
    ana,2026-01-05T10:00:00.123456Z,out,t1,0,5,1,,11,,18446744073709551614,message,2,False,True,
    ana,2026-01-05T11:00:00Z,in,t1,0,7,0,,12,thanks,,message,,True,,
    bo,2026-01-06T09:00:00Z,both,,3,,,1800.5,13,,,meeting,,,,linkedin:ana
    phone:+12125550101,2026-01-07T09:00:00Z,out,,0,,,0,18446744073709551615,,,call,,,,
"""
KNOWN = """
    person,name,company,position,connected_on,relation,connection
    ana,Ana Lima,Acme,Engineer,2020-05-17,,yes
    bo,Bo Berg,,,2021-01-01,,yes
    phone:+12125550101,,,,,family,no
"""
SAME = """
    person,kind,value
    ana,linkedin,ana
    ana,email,ana@example.com
"""

TOLD = [
    {"person": "linkedin:ana", "kind": "birthday", "value": "1985-03-14", "source": "contacts.vcf"},
    {"person": "linkedin:ana", "kind": "note", "value": "Met in Rome", "since": "2024-05-06", "source": "Notes.csv"},
]


@pytest.fixture(name="place")
def fixture_place(tmp_path):
    return tmp_path / "auditor.sqlite3"


def whole() -> Records:
    """One small export with something in every table and every kind of cell."""
    read = records(
        MESSAGES,
        KNOWN,
        SAME,
        covers=("2025-01-01T00:00Z", "2026-02-01T00:00Z"),
        owner=Owner(("Alex Morgan", "A. Morgan"), frozenset({"linkedin:alex"}), ("Acme", "Blue"), "GB"),
    )
    sent = pd.DataFrame({"at": pd.to_datetime(["2026-01-01", "2026-01-02"], utc=True), "kind": ["post", "vote"]})
    return replace(read, broadcasts=sent.astype({"at": "datetime64[us, UTC]", "kind": "str"}), facts=facts(TOLD))


def test_what_was_read_comes_back_as_it_was(place) -> None:
    """Every cell of every table in its type and order, owner and receipt included, after closing and opening."""
    read = whole()
    with Store.open(place) as kept:
        added = kept.add(read, imported("first"))
    assert (added.id, added.before, added.changed, added.people, added.interactions) == (1, None, True, 3, 4)
    with Store.open(place) as kept:
        found = kept.records()
    validate(found)
    for name in ("people", "identifiers", "coverage", "broadcasts", "facts"):
        pd.testing.assert_frame_equal(getattr(found, name), getattr(read, name), check_freq=False)
    pd.testing.assert_frame_equal(found.interactions, read.interactions, check_categorical=False)
    assert found.owner == read.owner


def test_an_empty_store_has_records_of_nothing(place) -> None:
    """In the right columns and types."""
    with Store.open(place) as kept:
        found, imports = validate(kept.records()), kept.imports()
    assert (len(found.people), len(found.interactions), found.owner, len(imports)) == (0, 0, Owner(), 0)
    assert {column: str(dtype) for column, dtype in imports.dtypes.items()} == IMPORTS


def test_the_same_again_changes_nothing(place) -> None:
    """Not a byte of the file, and it is said when they came first."""
    with Store.open(place) as kept:
        kept.add(whole(), imported("first"))
    before = place.read_bytes()
    with Store.open(place) as kept:
        added = kept.add(whole(), replace(imported("first"), at=NOW + pd.Timedelta(days=1), label="renamed.zip"))
    assert (added.id, added.before, added.changed, added.interactions) == (1, NOW, False, 0)
    assert place.read_bytes() == before


def test_an_import_that_fails_leaves_nothing(place) -> None:
    """What was written before the table that cannot be kept is taken back."""
    with Store.open(place) as kept:
        kept.add(whole(), imported("first"))
        broken = replace(whole(), broadcasts=pd.DataFrame({"at": [pd.NaT], "kind": ["post"]}))
        with pytest.raises(Exception, match=r"NOT NULL|missing"):
            kept.add(replace(broken, interactions=events("person,at,direction\ncy,2026-01-09,in")), imported("second"))
        assert len(kept.imports()) == 1
        assert content(kept.records()) == content(whole())
        assert kept.verify().problems == ()


def test_files_read_otherwise_than_before_take_the_place_of_the_old_reading(place) -> None:
    """The same contents, and by now the owner is known: what was set aside is there, what was taken wrongly is not."""
    unowned = "file,kind,role,what,rows\nmessages.csv,messages,set aside," + UNKNOWN_OWNER + ",1"
    first = records("person,at,direction\nalex,2026-01-05,in", "person,name\nalex,Alex", receipt=unowned)
    with Store.open(place) as kept:
        kept.add(first, imported("first"))
        added = kept.add(whole(), imported("first"))
        assert (added.id, added.changed, added.interactions) == (1, True, 4)
        assert content(kept.records()) == content(whole())
        assert kept.records().coverage["what"].tolist() == ["messages"]
        assert kept.verify().problems == ()


def week(number: int, people: str, more: str = "") -> Records:
    """A weekly export in a ZIP of its own name: the whole list as of then, and all messages so far."""
    name = f"Complete_Export_02-{number:02}-2026.zip"
    receipt = f"""
        file,kind,role,what,rows,since,until
        {name}/Connections.csv,connections,kept,connections,{len(people.splitlines())},,
        {name}/Connections.csv,connections,set aside,nameless (profile closed or hidden),{number},,
        {name}/messages.csv,messages,kept,messages,3,2025-01-01T00:00Z,2026-02-{number:02}T00:00Z
    """
    messages = f"person,at,direction\nana,2026-01-05,out\n{more}"
    read = records(messages, f"person,name,company,connected_on\n{people}", receipt=receipt)
    return replace(read, people=read.people.assign(source=f"{name}/Connections.csv"))


FIRST = week(1, "ana,Ana Lima,Acme,2020-05-17\nbo,Bo Berg,Blue,2021-01-01")
SECOND = week(8, "ana,Ana Lima,Globex,2020-05-17\ncy,Cy Ngo,,2026-02-05", "cy,2026-02-06,in")


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_the_newest_list_says_who_is_a_connection(place, order) -> None:
    """Ana's new job, Cy new, Bo vanished and yet known; in whichever order the two exports come."""
    both = {1: (FIRST, imported("first", "2026-02-01")), 2: (SECOND, imported("second", "2026-02-08"))}
    with Store.open(place) as kept:
        for number in order:
            kept.add(*both[number])
        found = kept.records()
    assert found.people[["person", "company", "connection"]].fillna("").to_numpy().tolist() == [
        ["linkedin:ana", "Globex", True],
        ["linkedin:cy", "", True],
        ["linkedin:bo", "Blue", False],
    ]
    assert sorted(found.interactions["person"]) == ["linkedin:ana", "linkedin:cy"]


def test_of_two_exports_the_receipt_that_stands_is_the_newer(place) -> None:
    """The nameless are counted once, and the messages were read up to the later day; an older export changes nothing."""
    with Store.open(place) as kept:
        kept.add(SECOND, imported("second", "2026-02-08"))
        kept.add(FIRST, imported("first", "2026-02-01"))
        found = kept.records()
    assert found.coverage["rows"].tolist() == [2, 8, 3]
    assert audit(found).nameless == 8


def test_a_receipt_stands_that_tells_of_an_earlier_time(place) -> None:
    """A newer file that begins later does not take the place of an older one, nor does a chat with somebody else."""
    lines = "file,kind,role,what,rows,since,until\n"
    old = records(
        receipt=lines + "a.zip/messages.csv,messages,kept,messages,5,2010-01-01T00:00Z,2020-01-01T00:00Z\n"
        "Chat with Ana.zip/_chat.txt,chat,kept,chat,2,,\n"
    )
    new = records(
        receipt=lines + "b.zip/messages.csv,messages,kept,messages,9,2015-01-01T00:00Z,2026-01-01T00:00Z\n"
        "Chat with Bo.zip/_chat.txt,chat,kept,chat,3,,\n"
    )
    newer = records(receipt=lines + "Chat with Ana.zip/_chat.txt,chat,kept,chat,4,,\n")
    with Store.open(place) as kept:
        kept.add(old, imported("old", "2020-01-01"))
        kept.add(new, imported("new", "2026-01-01"))
        kept.add(newer, imported("newer", "2026-01-02"))
        assert sorted(kept.records().coverage["rows"]) == [3, 4, 5, 9]


def test_the_list_of_each_import_can_be_had(place) -> None:
    """For what changed between two exports: as it was then, and an import without a list gives an empty one."""
    with Store.open(place) as kept:
        first = kept.add(FIRST, imported("first", "2026-02-01"))
        kept.add(SECOND, imported("second", "2026-02-08"))
        chat = kept.add(records("person,at,direction\nana,2026-01-09,in"), imported("chat", None))
        imports = kept.imports()
        assert rows(kept.connections(first.id), "source") == rows(FIRST.people, "source")
        assert kept.connections(chat.id).empty
        with pytest.raises(UsageError, match="no import 7"):
            kept.connections(7)
    assert imports[["id", "label", "people", "connections", "interactions", "alone"]].to_numpy().tolist() == [
        [1, "first.zip", 2, 2, 1, 2],  # Bo, and Ana at Acme
        [2, "second.zip", 2, 2, 2, 3],  # Cy, Ana at Globex, and Cy's message
        [3, "chat.zip", 0, 0, 1, 1],
    ]
    assert imports["taken"].dt.strftime("%m-%d").fillna("").tolist() == ["02-01", "02-08", ""]


def test_an_invitation_note_that_another_import_has_as_a_message_counts_once(place) -> None:
    """The note in one export, its copy among the messages of the next, as within one export."""
    note = "person,at,direction,channel,words,digest\nana,2026-01-05T10:00Z,out,invitation,4,77"
    copy = "person,at,direction,channel,words,digest\nana,2026-01-05T12:00Z,out,message,4,77"
    with Store.open(place) as kept:
        kept.add(records(note, "person,name\nana,Ana"), imported("first"))
        kept.add(records(copy, "person,name\nana,Ana"), imported("second"))
        assert kept.records().interactions["channel"].tolist() == ["invitation"]


def test_a_newer_program_measures_a_text_anew(place) -> None:
    """Another reading of the same message, in another import, is no second message: its measures take the old ones' place."""
    old = "person,at,direction,digest,words,questions\nana,2026-01-05,out,7,4,\nana,2026-01-06,out,8,1,"
    new = "person,at,direction,digest,words,stock,template\nana,2026-01-05,out,7,5,thanks,99\nana,2026-01-06,out,8,1,,"
    with Store.open(place) as kept:
        kept.add(records(old), imported("first"))
        added = kept.add(records(new), imported("second"))
        found = kept.records().interactions
    assert added.interactions == 0
    assert found[["words", "stock", "template"]].astype("object").fillna("").to_numpy().tolist() == [
        [5, "thanks", 99], [1, "", ""],
    ]  # fmt: skip


def test_every_column_of_the_waist_has_its_place(place) -> None:
    """A column that is added to records.py needs a migration."""
    with Store.open(place) as kept:
        for table in NUMBERED:
            columns = {row[1] for row in kept._connection.execute(f"PRAGMA table_info({table.name})")}
            assert set(table.columns) <= columns, table.name


def test_a_meeting_that_was_put_off_between_two_exports_counts_once(place) -> None:
    """At the time of the later export; two meetings of no calendar are two, whatever they have in common."""
    calendar = "file,kind,role,what,rows\nwork.ics,calendar,kept,events,1"
    met = "person,at,direction,channel,digest,source\nana,2026-01-{}T10:00Z,both,meeting,{},{}"
    with Store.open(place) as kept:
        for day in ("05", "06"):
            kept.add(records(met.format(day, 7, "work.ics"), receipt=calendar), imported(f"calendar {day}"))
            kept.add(records(met.format(day, 8, "log.csv")), imported(f"log {day}"))
        found = kept.records().interactions
    assert sorted(zip(found["at"].dt.day, found["source"].astype("str"), strict=True)) == [
        (5, "log.csv"), (6, "log.csv"), (6, "work.ics"),
    ]  # fmt: skip


def test_a_connection_that_an_address_book_calls_family_stays_so(place) -> None:
    """Of other files the list's word is all that is said of them."""
    book = "person,name,relation,connection\nana,Mum,family,no\nana,Ana L.,,no"
    with Store.open(place) as kept:
        kept.add(FIRST, imported("first"))
        kept.add(records(known=book), imported("book", None))
        assert kept.records().people[["name", "relation"]].fillna("").to_numpy().tolist() == [
            ["Ana Lima", ""], ["Bo Berg", ""], ["Mum", "family"],
        ]  # fmt: skip


def test_an_import_that_is_99_percent_known_writes_its_new_rows(place) -> None:
    """A thousand messages are known, ten more are new, one is gone from the export: eleven rows and the sets change."""

    def until(last: int, *without: int) -> Records:
        minutes = [n for n in range(last) if n not in without]
        at = [str(pd.Timestamp("2026-01-01", tz="UTC") + pd.Timedelta(minutes=n)) for n in minutes]
        return records([{"person": "ana", "at": a, "direction": "out"} for a in at])

    with Store.open(place) as kept:
        kept.add(until(1000), imported("first"))
        start = kept._connection.total_changes
        kept.add(until(1010, 500), imported("second"))
        assert 11 <= kept._connection.total_changes - start <= 30
        assert kept.imports()[["interactions", "alone"]].to_numpy().tolist() == [[1000, 1], [1009, 10]]


PARTS = st.lists(st.sets(st.integers(0, 3), min_size=1), min_size=12, max_size=12)


@given(parts=PARTS, again=st.lists(st.integers(0, 3), max_size=4), order=st.permutations(range(4)))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_split_of_an_export_is_the_export(tmp_path_factory, parts, again, order) -> None:
    """Its rows in up to four imports that may overlap, in any order, some of them twice: the same records, the same ties."""
    read = whole()
    split = [part_of(read, parts, number) for number in range(4)]
    with Store.open(tmp_path_factory.mktemp("store") / "s.sqlite3") as kept:
        for number in [*order, *again]:
            kept.add(split[number], imported(f"part {number}"))
        found = kept.records()
        assert kept.verify().problems == ()
    assert content(found) == content(combine([read]))
    ties = [audit(one, pd.Timestamp("2026-02-01")).ties for one in (found, read)]
    pd.testing.assert_frame_equal(ties[0].sort_index(), ties[1].sort_index())


def part_of(read: Records, parts: list[set[int]], number: int) -> Records:
    """The rows of an export that fall to a part; the owner and the receipt stand in each."""

    def fallen(table: pd.DataFrame, start: int) -> pd.DataFrame:
        return table[[number in parts[(start + place) % 12] for place in range(len(table))]].reset_index(drop=True)

    return replace(
        read,
        people=fallen(read.people, 0),
        identifiers=fallen(read.identifiers, 3),
        interactions=fallen(read.interactions, 5),
        broadcasts=fallen(read.broadcasts, 9),
        facts=fallen(read.facts, 10),
    )


STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "add", "forget"]), st.integers(0, 3), st.frozensets(st.integers(0, 11))),
    max_size=8,
)


@given(steps=STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_kept_is_what_the_imports_hold(tmp_path_factory, steps) -> None:
    """After any adding, reading otherwise and forgetting: each message that some import holds, once, and no other."""
    held: dict[int, frozenset[int]] = {}
    with Store.open(tmp_path_factory.mktemp("store") / "s.sqlite3") as kept:
        for what, number, minutes in steps:
            ids = dict(zip(kept.imports()["digest"], kept.imports()["id"], strict=True))
            if what == "add":
                table = [
                    {"person": f"p{m}", "at": f"2026-01-01T10:{m:02}Z", "direction": "in"} for m in sorted(minutes)
                ]
                kept.add(records(table), imported(str(number)))
                held[number] = minutes
            elif held.pop(number, None) is not None:
                kept.forget_import(int(ids[str(number)]))
            assert sorted(kept.records().interactions["at"].dt.minute) == sorted(frozenset().union(*held.values()))
            sizes = dict(zip(kept.imports()["digest"], kept.imports()["interactions"], strict=True))
            assert sizes == {str(one): len(minutes) for one, minutes in held.items()}
            assert kept.verify().problems == ()
            words = kept._connection.execute("SELECT count(*) FROM word WHERE text LIKE 'linkedin:p%'").fetchone()[0]
            assert words == len(frozenset().union(*held.values()))


def test_weekly_imports_share_few_sets(place) -> None:
    """Ten exports of which each has what the last had: one set of holders a week, whatever they hold."""
    with Store.open(place) as kept:
        for last in range(1, 11):
            table = [{"person": "ana", "at": f"2026-01-01T10:{m:02}Z", "direction": "in"} for m in range(last * 3)]
            kept.add(records(table), imported(f"week {last}"))
        found = [row[0] for row in kept._connection.execute("SELECT count(*) FROM holding GROUP BY id ORDER BY 1")]
    assert found == list(range(1, 11))


def test_imports_of_several_programs_at_once_wait_for_each_other(place) -> None:
    """The app, a cron job and two more: each import is there, whole, once."""
    wrong: list[Exception] = []

    def keep(number: int) -> None:
        try:
            for week in range(3):
                with Store.open(place) as kept:
                    kept.add(whole(), imported(f"{number} {week}"))
                    kept.records()
        except AuditorError as error:
            wrong.append(error)

    threads = [threading.Thread(target=keep, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Store.open(place) as kept:
        assert (wrong, len(kept.imports()), kept.verify().problems) == ([], 12, ())
        assert content(kept.records()) == content(whole())
