"""ZIPs that mean harm: bombs of every shape, names that lead out, links, locks, and directories that lie."""

from __future__ import annotations

import io
import os
import struct
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from auditor.errors import InputError, LimitError
from auditor.sources import Limits, Upload, read
from auditor.sources.archive import Archive

CONNECTIONS = b"First Name,Last Name,URL,Connected On\nBea,Poe,https://www.linkedin.com/in/bea-poe,02 Jan 2024\n"
NAME = "Basic_LinkedInDataExport_11-20-2026.zip"
_LOCAL, _ENTRY = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L")
_END, _END64, _LOCATOR = struct.Struct("<4s4H2LH"), struct.Struct("<4sQ2H2L4Q"), struct.Struct("<4sLQL")


@contextmanager
def cheaply(seconds: float = 5.0, megabytes: int = 64) -> Iterator[None]:
    """What is done in it takes neither long nor much memory."""
    began = time.process_time()
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < megabytes * 2**20
    finally:
        tracemalloc.stop()
    assert time.process_time() - began < seconds


def zipped(*files: tuple[str | zipfile.ZipInfo, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as packed:
        for name, content in files:
            packed.writestr(name, content)
    return out.getvalue()


def forged(local: bytes, directory: bytes, entries: int, *, large: bool = False) -> bytes:
    """An archive of a directory as given, which says that it has so many entries."""
    end64 = b""
    if large:
        end64 = _END64.pack(b"PK\6\6", 44, 45, 45, 0, 0, entries, entries, len(directory), len(local))
        end64 += _LOCATOR.pack(b"PK\6\7", 0, len(local) + len(directory), 1)
    said = min(entries, 0xFFFF)
    sizes = (0xFFFFFFFF, 0xFFFFFFFF) if large else (len(directory), len(local))
    return local + directory + end64 + _END.pack(b"PK\5\6", 0, 0, said, said, *sizes, 0)


def entry(name: bytes, content: bytes, size: int, place: int, flags: int = 0) -> tuple[bytes, bytes]:
    """An entry and its line in the directory, of deflated content."""
    facts = (flags, 8, 0, 0x5C74, 0, len(content), size)
    local = _LOCAL.pack(b"PK\3\4", 20, *facts, len(name), 0) + name + content
    return local, _ENTRY.pack(b"PK\1\2", 20, 20, *facts, len(name), 0, 0, 0, 0, 0, place) + name


def names(archive: bytes) -> list[str]:
    return read([Upload(NAME, archive)]).people["name"].tolist()


def receipt(archive: bytes) -> dict[str, str]:
    lines = read([Upload(NAME, archive)]).coverage
    return dict(zip(lines["file"], lines["what"], strict=True))


def test_shape_of_42() -> None:
    """Sixteen archives in each of sixteen, layer under layer, stop at the layer that is one too many."""
    bomb = zipped(("Connections.csv", CONNECTIONS))
    for layer in range(6):
        bomb = zipped(*((f"lib {layer} {i}.zip", bomb) for i in range(16)))
    with cheaply(), pytest.raises(LimitError, match="more than 4 archives inside each other"):
        read([Upload("42.zip", bomb)])


def test_layers_within_the_limit_share_its_number_of_entries() -> None:
    """Layers multiply: what is inside counts against one limit."""
    inner = zipped(*((f"{i}.txt", b"x") for i in range(200)))
    outer = zipped(*((f"{i}.zip", inner) for i in range(200)))
    with cheaply(10), pytest.raises(LimitError, match="more than 20000 entries"):
        read([Upload(NAME, outer)])


def test_an_archive_that_holds_itself() -> None:
    """droste.zip never ends; here it ends at the fifth picture of itself."""
    bomb = zipped(("a.txt", b"x"))
    for _ in range(50):
        bomb = zipped(("r.zip", bomb), how=zipfile.ZIP_STORED)
    with cheaply(), pytest.raises(LimitError, match="archives inside each other"):
        read([Upload("r.zip", bomb)])


@pytest.mark.parametrize(
    ("name", "begin"),
    [("a.vcf", b"BEGIN:VCARD\nFN:"), ("a.mbox", b"From a\nTo: b\n\n"), ("_chat.txt", b"1/13/24, 7:35 PM - A: ")],
)
def test_a_bomb_of_one_entry(name: str, begin: bytes) -> None:
    """An entry is left as soon as it has unpacked to too much."""
    bomb = zipped((name, begin + b"," * 64 * 2**20))
    with cheaply(), pytest.raises(LimitError, match="this entry unpacks to more than 200 times its size"):
        read([Upload(NAME, bomb)])


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_bomb_packed_tighter(how: int) -> None:
    """Python unpacks these in one go, a kilobyte to gigabytes: no export is packed so, and they stay closed."""
    bomb = zipped(("Connections.csv", CONNECTIONS + b"," * 40 * 2**20), how=how)
    with cheaply(), pytest.raises(InputError, match="packed in a way this program does not know: unpack the archive"):
        read([Upload(NAME, bomb)])


def test_a_bomb_inside() -> None:
    """An archive inside an archive is held in memory, so it has a limit of its own."""
    inner = zipped(("Connections.csv", CONNECTIONS), ("a.bin", os.urandom(3 * 2**20)), how=zipfile.ZIP_STORED)
    with pytest.raises(LimitError, match="an archive inside an archive of more than 2 MB; unpack the outer one"):
        read([Upload(NAME, zipped(("a.zip", inner)))], limits=Limits(inner=2 * 2**20))
    assert names(zipped(("a.zip", inner))) == ["Bea Poe"]


def test_overlapping_entries() -> None:
    """Fifield's bomb: every entry holds all that come after it. It is refused before any is opened."""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = kernel.compress(b"a" * 10**6) + kernel.flush()
    local, _ = entry(b"a", packed, 10**6, 0)
    directory = b"".join(entry(b"a%d" % i, packed, 10**6, 0)[1] for i in range(500))
    with cheaply(), pytest.raises(LimitError, match="its entries lie over each other"):
        read([Upload("zbsm.zip", forged(local, directory, 500))])


@pytest.mark.parametrize("said", [1_000_000, 1, 0])
@pytest.mark.parametrize("large", [True, False])
def test_a_million_entries(said: int, large: bool) -> None:
    """They are counted as they stand, whatever the archive says of them, before its directory is taken into memory."""
    local, line = entry(b"a.csv", b"", 0, 0)
    archive = forged(local, line * 1_000_000, said, large=large)
    with cheaply(5), pytest.raises(LimitError, match="more than 20000 entries"):
        Archive([Upload(NAME, archive)])


def test_a_directory_that_lies() -> None:
    """One that says it is larger than the file, begins elsewhere or is none is damage, and no more."""
    whole = bytearray(zipped(("Connections.csv", CONNECTIONS)))
    end = whole.rindex(b"PK\5\6")
    for place, value in ((12, 2**32 - 1), (12, 0), (16, 2**32 - 1), (16, 1), (12, 2**31)):
        lying = bytearray(whole)
        struct.pack_into("<L", lying, end + place, value)
        with cheaply(), pytest.raises(InputError):
            read([Upload(NAME, bytes(lying))])


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/Connections.csv",
        "/etc/Connections.csv",
        "C:\\Connections.csv",
        "a/../../Connections.csv",
        "..\\Notes.csv",
        "\\\\host\\Notes.csv",
    ],
)
def test_names_that_lead_out(name: str) -> None:
    """They stay closed and stand in the receipt; the rest is read."""
    archive = zipped((name, CONNECTIONS), ("Connections.csv", CONNECTIONS))
    assert names(archive) == ["Bea Poe"]
    assert "its name points outside the archive" in receipt(archive).values()


@pytest.mark.parametrize("bits", [1, 1 | 1 << 6, 1 << 5, 1 << 13])
def test_locked_entries(bits: int) -> None:
    """Encrypted, strongly encrypted, patched or hidden: a line of the receipt or an error, and nothing else."""
    packed = zlib.compress(CONNECTIONS)[2:-4]
    first, one = entry(b"Notes.csv", packed, len(CONNECTIONS), 0, bits)
    second, two = entry(b"Connections.csv", packed, len(CONNECTIONS), len(first))
    two = two[:16] + struct.pack("<L", zlib.crc32(CONNECTIONS)) + two[20:]
    archive = forged(first + second, one + two, 2)
    try:
        told = receipt(archive)
    except InputError as error:
        assert "damaged" in str(error)  # noqa: PT017 - either is right
    else:
        assert told[f"{NAME}/Notes.csv"] == "it is encrypted: unpack the archive with its password first"
        assert names(archive) == ["Bea Poe"]


def test_names_with_control_characters(tmp_path: Path) -> None:
    """A terminal that shows a name of the receipt obeys nothing, and no line turns around; the file is read."""
    wild = "a\x1b[2J\n\r\x07\u202e\u2028/Connections.csv"
    for given in (Upload(NAME, zipped((wild, CONNECTIONS))), Upload("b\x1b]0;x\x07\udcff.csv", CONNECTIONS)):
        shown = " ".join(read([given]).coverage["file"])
        assert not any(sign in shown for sign in "\x1b\n\r\x07\u202e\u2028\udcff")
    os.makedirs(os.fsencode(tmp_path) + b"/export")  # noqa: PTH103 (a path of bytes)
    with open(os.fsencode(tmp_path) + b"/export/Connections\xff\n.csv", "wb") as file:  # noqa: PTH123 - its name is no text
        file.write(CONNECTIONS)
    assert read([tmp_path / "export"]).coverage["file"].unique().tolist() == ["export/Connections\ufffd\ufffd.csv"]


def test_links(tmp_path: Path) -> None:
    """In a folder, a link that leads out of it is not followed, and neither is one that leads nowhere or to itself."""
    (tmp_path / "export/inside").mkdir(parents=True)
    (tmp_path / "secret.csv").write_bytes(CONNECTIONS)
    (tmp_path / "export/Connections.csv").write_bytes(CONNECTIONS)
    for name, to in (
        ("Notes.csv", "../secret.csv"),
        ("a.csv", "a.csv"),
        ("gone.csv", "nowhere"),
        ("up", ".."),
        ("zero", "/dev/zero"),
    ):
        (tmp_path / "export" / name).symlink_to(to)
    (tmp_path / "export/same.csv").symlink_to("Connections.csv")
    lines = read([tmp_path / "export"]).coverage
    closed = lines.loc[lines["what"] == "it is a link to another file", "file"]
    assert sorted(closed) == [f"export/{name}" for name in ("Notes.csv", "a.csv", "gone.csv", "up", "zero")]
    assert "export/same.csv" in lines["file"].tolist()


def test_what_is_no_file(tmp_path: Path) -> None:
    """A pipe that nobody writes to, and a device without an end, are refused instead of waited for."""
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (tmp_path / "pipe.csv", Path("/dev/zero")):
        with pytest.raises(InputError, match="is neither a file nor a folder"):
            read([path])
    with pytest.raises(InputError):
        read([tmp_path])  # nothing in it but the pipe
