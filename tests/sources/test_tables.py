"""Files of any encoding and size as columns of text."""

from __future__ import annotations

import pytest

from auditor.errors import InputError
from auditor.sources import Upload, read
from auditor.sources.archive import Archive
from auditor.sources.peek import Peek
from auditor.sources.tables import Table
from sources.conftest import lines

COLUMNS = {"name": ("Full Name",), "note": ("Note", "Remark")}
WANTED = frozenset({"fullname"})
M3 = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n"
)


def rows(content):
    """(row, name, note) of a file."""
    with Archive([Upload("x.csv", content if isinstance(content, bytes) else content.encode())]) as archive:
        peek = Peek(archive.files[0])
        table = Table(peek, peek.header(WANTED), COLUMNS)
        frame = table.frame()
    return list(zip(frame["row"], frame["name"], frame["note"], strict=True)), table


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings(encoding, end, delimiter):
    """Encoding, line end and delimiter make no difference."""
    content = end.join(["junk", f"ID{delimiter}full_name{delimiter}Remark", f"1{delimiter}José{delimiter}“x”"])
    assert rows(content.encode(encoding))[0] == [(1, "José", "“x”")]


def test_ragged_records_keep_their_numbers():
    """Blank, short and long records are numbered like all others; too many cells are set apart."""
    found, table = rows('Full Name,Note\nA,1\n\nB\nC,2,\nD,3,4\nE,"x\ny"\n')
    assert found == [(1, "A", "1"), (2, "", ""), (3, "B", ""), (4, "C", "2"), (6, "E", "x\ny")]
    assert (table.padded, table.unreadable) == ([3, 4], [5])


def test_an_open_quote_in_a_small_file_costs_one_record():
    """A record that swallowed the rest of the file, because its quote is never closed, falls into its lines again."""
    found, table = rows('Full Name,Note,X\nA,"1,x\nB,2,x\nC,3,x\n')
    assert [(name, note) for _, name, note in found][1:] == [("B", "2"), ("C", "3")]
    assert table.unclosed


def test_an_open_quote_in_a_large_file_is_an_error():
    """A quote that swallows megabytes is an error that says where to look."""
    line = "2-a==,,Bea Roe,x,Alex Doe,y,2024-03-01 10:00:00 UTC,,Hi,INBOX\n"
    content = M3 + line * 10 + '2-b==,,"Bea Roe,x\n' + line * 300_000
    with pytest.raises(InputError, match="a quoted cell has no end, somewhere after record"):
        read([Upload("messages.csv", content.encode())])


def test_bytes_that_are_no_utf8(export):
    """One cell of old Excel among valid UTF-8 is read as what it was, wherever it stands, and noted."""
    row = "2-%d==,,B%s,https://www.linkedin.com/in/b%d,Alex Doe,https://www.linkedin.com/in/alex,2024-03-01 10:00:00 UTC,,Hi,INBOX\n"
    content = M3 + "".join(row % (i, "é", i) for i in range(2000))
    records = export({"messages.csv": content.encode() + (row % (1, "é", 9999)).encode("cp1252")})
    assert set(records.people["name"]) == {"Bé"}
    assert "not all of it is UTF-8: the rest was read as Windows-1252" in lines(records, "messages.csv", "note")


def test_a_header_of_two_files_is_an_error():
    """A header that fits two kinds of file is not guessed at."""
    content = "First Name,Last Name,Connected On,Headline\nA,B,02 Jan 2024,x\n"
    with pytest.raises(InputError, match="could be 2 kinds of file"):
        read([Upload("x.csv", content.encode())])
