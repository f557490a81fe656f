"""What people hand in: files, folders, archives in every packing, and archives that mean harm."""

from __future__ import annotations

import io
import zipfile

import pytest

from auditor.errors import InputError, LimitError, NotAnExportError
from auditor.sources import Limits, Upload, read
from auditor.sources.archive import Archive
from sources.conftest import EXPORT, zipped

CONNECTIONS = "First Name,Last Name,URL,Connected On\nBea,Poe,https://www.linkedin.com/in/bea-poe,02 Jan 2024\n"


def shown(*paths, limits=None):
    with Archive(list(paths), limits) as archive:
        return [file.shown for file in archive.files]


def names(records):
    return records.people["name"].tolist()


def test_folder_and_file(folder):
    """A folder gives all its files, a file itself; hidden files and what macOS adds are skipped."""
    path = folder({"Connections.csv": CONNECTIONS, "Jobs/Saved Jobs.csv": "x", ".DS_Store": "x", "__MACOSX/._a": "x"})
    assert shown(path) == [f"{path.name}/Connections.csv", f"{path.name}/Jobs/Saved Jobs.csv"]
    assert shown(path / "Connections.csv") == ["Connections.csv"]


@pytest.mark.parametrize(
    "content",
    [
        {"Connections.csv": CONNECTIONS},
        {"My export (1)/Connections.csv": CONNECTIONS, "__MACOSX/My export (1)/._Connections.csv": b"\0\0"},
        {"inner.zip": zipped({"Connections.csv": CONNECTIONS})},
        {"a.zip.zip": zipped({"b.zip": zipped({"folder/CONNECTIONS.CSV": CONNECTIONS})})},
        {"folder\\Connections (1).csv": CONNECTIONS},
    ],
)
def test_packings(content, tmp_path):
    """Folders in archives, archives in archives, and numbers after names make no difference."""
    packed = zipped(content)
    (tmp_path / EXPORT).write_bytes(packed)
    assert names(read([tmp_path / EXPORT])) == ["Bea Poe"]
    assert names(read([Upload(EXPORT, packed)])) == ["Bea Poe"]
    assert names(read([Upload("export.zip (1)", io.BytesIO(packed))])) == ["Bea Poe"]
    assert names(read([Upload("x.zip", tmp_path / EXPORT)])) == ["Bea Poe"]


def test_shown_names():
    """The receipt shows where in the archive a file was; two files of one name get a number."""
    packed = Upload(EXPORT, zipped({"Connections.csv": CONNECTIONS, "Jobs/x.csv": ""}))
    assert shown(packed) == [f"{EXPORT}/Connections.csv", f"{EXPORT}/Jobs/x.csv"]
    one = Upload("Connections.csv", CONNECTIONS.encode())
    assert shown(one, one) == ["Connections.csv", "Connections.csv (2)"]


def test_missing_path():
    """A path that does not exist is an error that names it."""
    with pytest.raises(InputError, match=r"nowhere\.zip: there is no such file"):
        read(["nowhere.zip"])


def test_damaged_zip():
    """Half a download is an error that says so."""
    with pytest.raises(InputError, match="damaged or was not downloaded to its end"):
        read([Upload(EXPORT, zipped({"Connections.csv": CONNECTIONS})[:-30])])


def test_damaged_entry():
    """An entry that does not unpack is an error that names it."""
    packed = bytearray(zipped({"Connections.csv": CONNECTIONS * 50}))
    packed[60:80] = b"\xff" * 20
    with pytest.raises(InputError, match=r"Connections\.csv: this entry of the ZIP is damaged"):
        read([Upload(EXPORT, bytes(packed))])


def test_bomb():
    """An entry that unpacks to a thousand times its size is stopped while it is read."""
    bomb = zipped({"Connections.csv": CONNECTIONS + "," * (20 * 2**20)})
    with pytest.raises(LimitError, match="unpacks to more than 200 times its size"):
        read([Upload(EXPORT, bomb)])


def test_too_much():
    """The limits on size, number and nesting hold over the whole archive."""
    many = zipped({f"{i}/Connections.csv": CONNECTIONS for i in range(5)})
    with pytest.raises(LimitError, match="more than 3 entries"):
        read([Upload(EXPORT, many)], limits=Limits(entries=3))
    with pytest.raises(LimitError, match="unpacks to more than 200 bytes"):
        read([Upload(EXPORT, many)], limits=Limits(unpacked=200))
    nested = zipped({"Connections.csv": CONNECTIONS})
    for _ in range(5):
        nested = zipped({"a.zip": nested})
    with pytest.raises(LimitError, match="more than 4 archives inside each other"):
        read([Upload(EXPORT, nested)])


def test_traversal_and_links():
    """Entries whose names point outside, and links, stay closed; the rest is read."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("Connections.csv", CONNECTIONS)
        packed.writestr("../../Connections.csv", CONNECTIONS)
        packed.writestr("/etc/Connections.csv", CONNECTIONS)
        link = zipfile.ZipInfo("link.csv")
        link.external_attr = 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
    records = read([Upload(EXPORT, out.getvalue())])
    assert names(records) == ["Bea Poe"]
    closed = records.coverage[records.coverage["kind"] == "not opened"]
    assert closed["what"].tolist() == ["its name points outside the archive"] * 2 + ["it is a link to another file"]


def test_encrypted():
    """An encrypted archive is an error that says what to do."""
    packed = bytearray(zipped({"Connections.csv": CONNECTIONS}))
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(InputError, match="it is encrypted: unpack the archive with its password first"):
        read([Upload(EXPORT, bytes(packed))])


@pytest.mark.parametrize(
    ("name", "content", "looks_like"),
    [
        ("photo.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG picture"),
        ("cv.pdf", b"%PDF-1.7\n", "a PDF document"),
        ("Connections.csv", b"", "an empty file"),
        ("Connections.csv", b" \n\n", "an empty file"),
        ("page.csv", b"<!DOCTYPE html><html></html>", "a web page"),
        ("bank.csv", b"Date,Amount,Payee\n2024-01-01,1,x\n", "a table of 3 columns that no export has"),
        ("notes.txt", b"hello", "a text file"),
        ("cv.docx", zipped({"[Content_Types].xml": "", "word/document.xml": ""}), "a Word document"),
        (
            "x.zip",
            zipped({"a.jpg": b"\xff\xd8\xff", "b.pdf": b"%PDF"}),
            r"a collection of other files \(a\.jpg, b\.pdf\)",
        ),
        ("x.zip", zipped({}), "an empty folder or archive"),
    ],
)
def test_no_export(name, content, looks_like):
    """What is no export at all is called what it looks like."""
    with pytest.raises(NotAnExportError, match=f"looks like {looks_like}"):
        read([Upload(name, content)])


def test_an_excel_workbook_is_to_be_saved_as_csv():
    """Nothing has to be asked for anew."""
    content = zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""})
    with pytest.raises(NotAnExportError, match="In Excel, save it as “CSV UTF-8”") as told:
        read([Upload("Connections.xlsx", content)])
    assert "linkedin.com" not in str(told.value)


def test_strangers_among_an_export():
    """Beside a file that is recognised, one that is not is a line of the receipt."""
    records = read([Upload("Connections.csv", CONNECTIONS.encode()), Upload("photo.jpg", b"\xff\xd8\xff")])
    line = records.coverage[records.coverage["kind"] == "not recognised"].iloc[0]
    assert (line["file"], line["what"], line["rows"]) == ("photo.jpg", "looks like a JPEG picture", 0)


def test_progress(folder):
    """Progress names the file at hand and never goes back."""
    heard = []
    read(
        [folder({"a.csv": CONNECTIONS, "b.csv": CONNECTIONS})],
        progress=lambda file, share: heard.append((file[-5:], share)),
    )
    shares = [share for _, share in heard]
    assert {file for file, _ in heard} == {"a.csv", "b.csv"}
    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] <= 1
