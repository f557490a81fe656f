"""What a person hands in — files, folders, ZIPs, ZIPs in ZIPs, uploads from the browser — as named byte streams."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Self, cast

from auditor.errors import InputError, LimitError
from auditor.limits import Limits
from auditor.sources import zip_directory

_ZIP, _HIDDEN = b"PK\x03\x04", re.compile(r"(^|/)(__MACOSX(/|$)|\.[^/.]|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_OFFICE = "[Content_Types].xml"
_UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError)
"""What `zipfile` and the unpackers raise on bytes that are not as they should be."""

_LINK = "it is a link to another file"
_DAMAGED_ENTRY = "this entry of the ZIP is damaged; download the archive again"
_DAMAGED = "this ZIP is damaged or was not downloaded to its end; download it again"
_MiB = 2**20


@dataclass(frozen=True, slots=True)
class Upload:
    """A file handed in through the browser: its name, and its bytes, its path, or an open seekable file."""

    name: str
    content: bytes | Path | BinaryIO


@dataclass(frozen=True, slots=True)
class File:
    """One file that can be opened.

    `name` is its path inside what was handed in, `shown` the name in the receipt, `container` groups files that came
    together, `trouble` says why it cannot be opened at all, `written` when it was last changed, where that is known.
    `parts`: the files of which this is made, where many small ones are one thing (the letters in a folder). `limits`:
    those for what is in it.
    """

    name: str
    shown: str
    container: str
    size: int
    open: Callable[[], BinaryIO] = field(repr=False)
    trouble: str | None = None
    written: datetime | None = None
    parts: tuple[File, ...] = field(default=(), repr=False)
    limits: Limits = field(default_factory=Limits)


@dataclass(slots=True)
class _Budget:
    """What was unpacked so far."""

    limits: Limits
    spent: int = 0
    entries: int = 0

    def count(self, shown: str, stream: BinaryIO) -> int:
        """Count the entries of one more archive, before anything else is done with them."""
        found = zip_directory.count(stream, self.limits.entries - self.entries + 1)
        self.entries += found
        if self.entries > self.limits.entries:
            raise LimitError(
                shown, f"the archive has more than {self.limits.entries} entries; {self._trusted('entries')}"
            )
        return found

    def spend(self, shown: str, fresh: int, unpacked: int, packed: int) -> None:
        self.spent += fresh
        if self.spent > self.limits.unpacked:
            most = f"the archive unpacks to more than {self.limits.told('unpacked')}"
            raise LimitError(shown, f"{most}; {self._trusted('unpacked')}")
        if unpacked > self.limits.ratio_from and unpacked > self.limits.ratio * max(packed, 1):
            most = f"this entry unpacks to more than {self.limits.ratio} times its size"
            raise LimitError(shown, f"{most}; {self._trusted('ratio')}")

    def _trusted(self, name: str) -> str:
        return f"if you trust it, unpack it and hand in the folder, or set {self.limits.raised(name)}"


class Archive:
    """The files in `paths`; usable until closed.

    Raises InputError for a path that does not exist or cannot be read, LimitError for an archive that is too much.
    """

    def __init__(self, paths: Sequence[str | Path | Upload], limits: Limits | None = None) -> None:
        self._open = ExitStack()
        self._budget = _Budget(limits or Limits.of_environment())
        try:
            self.files = _told_apart(
                replace(file, limits=self._budget.limits) for path in paths for file in self._given(path)
            )
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._open.close()

    def _given(self, path: str | Path | Upload) -> Iterator[File]:
        if isinstance(path, Upload):
            yield from self._unpacked(_plain(path.name, path.name, "", path.content))
            return
        path = Path(path)
        if path.is_dir():
            for inner in sorted(path.rglob("*")):
                if not _HIDDEN.search(inner.relative_to(path).as_posix()):
                    yield from self._within(path, inner)
        elif path.is_file():
            yield from self._unpacked(_plain(path.name, path.name, "", path))
        elif path.exists():
            raise InputError(str(path), "is neither a file nor a folder")
        else:
            raise InputError(str(path), "there is no such file or folder")

    def _within(self, folder: Path, inner: Path) -> Iterator[File]:
        """A file in a folder. A link out of the folder is not followed: somebody else may have packed it."""
        name = inner.relative_to(folder).as_posix()
        shown = f"{folder.name}/{name}"
        if inner.is_symlink() and not (inner.exists() and inner.resolve().is_relative_to(folder.resolve())):
            yield File(name, _printable(shown), str(folder), 0, io.BytesIO, _LINK)
        elif inner.is_file():
            yield from self._unpacked(_plain(name, shown, str(folder), inner))

    def _unpacked(self, file: File) -> Iterator[File]:
        """The file itself, or, where it is a ZIP, the files inside."""
        packed = self._zip(file.open(), file.shown) if _may_be_zip(file.name) and _is_zip(file) else None
        if packed is None:
            yield file
        else:
            yield from self._entries(packed, file.shown, file.shown, 1)

    def _zip(self, stream: BinaryIO, shown: str) -> zipfile.ZipFile | None:
        """The ZIP, or None for an Office document, which is a ZIP too."""
        stream = self._open.enter_context(stream)
        counted = self._budget.count(shown, stream)
        try:
            packed = self._open.enter_context(zipfile.ZipFile(stream))
        except (*_BROKEN, NotImplementedError):
            raise InputError(shown, _DAMAGED) from None
        if len(packed.infolist()) != counted:
            raise InputError(shown, _DAMAGED)
        if zip_directory.overlapping(packed.infolist()):
            raise LimitError(shown, "its entries lie over each other, as only in an archive that means harm")
        return None if _OFFICE in packed.namelist() else packed

    def _entries(self, packed: zipfile.ZipFile, shown: str, container: str, nesting: int) -> Iterator[File]:
        for info in packed.infolist():
            if not info.filename.endswith("/") and not _HIDDEN.search(info.filename):
                yield from self._entry(packed, info, _printable(f"{shown}/{info.filename}"), container, nesting)

    def _entry(
        self, packed: zipfile.ZipFile, info: zipfile.ZipInfo, shown: str, container: str, nesting: int
    ) -> Iterator[File]:
        trouble, name = _trouble(info), info.filename.replace("\\", "/")
        opener = lambda: cast("BinaryIO", io.BufferedReader(_Entry(packed, info, shown, self._budget), 2**17))
        inner = None
        if trouble is None and info.filename.lower().endswith(".zip"):
            inner = self._inner(opener, shown, nesting)
        if inner is not None:
            yield from self._entries(inner, shown, container, nesting + 1)
        else:
            yield File(name, shown, container, info.file_size, opener, trouble, _written(*info.date_time))

    def _inner(self, opener: Callable[[], BinaryIO], shown: str, nesting: int) -> zipfile.ZipFile | None:
        """The ZIP inside the ZIP, or None where an entry is only called so."""
        with opener() as stream:
            if not stream.peek(4).startswith(_ZIP):  # type: ignore[attr-defined]
                return None
            if nesting >= self._budget.limits.nesting:
                most = f"more than {self._budget.limits.nesting} archives inside each other"
                raise LimitError(
                    shown, f"{most}; unpack the outer ones, or set {self._budget.limits.raised('nesting')}"
                )
            return self._zip(self._held(stream, shown), shown)

    def _held(self, stream: BinaryIO, shown: str) -> BinaryIO:
        """An archive inside an archive, in memory."""
        content = io.BytesIO()
        while block := stream.read(_MiB):
            if content.write(block) and content.tell() > self._budget.limits.inner:
                most = f"an archive inside an archive of more than {self._budget.limits.told('inner')}"
                how = f"unpack the outer one and hand in what was inside, or set {self._budget.limits.raised('inner')}"
                raise LimitError(shown, f"{most}; {how}")
        return content


class _Entry(io.RawIOBase):
    """The unpacked bytes of one entry, straight from the ZIP, counted against the budget."""

    def __init__(self, packed: zipfile.ZipFile, info: zipfile.ZipInfo, shown: str, budget: _Budget) -> None:
        self._info, self._shown, self._budget = info, shown, budget
        try:
            self._stream = packed.open(info)
        except _BROKEN:
            raise InputError(shown, _DAMAGED_ENTRY) from None
        self._read = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        try:
            data = self._stream.read(min(len(view), _MiB))
        except _BROKEN:
            raise InputError(self._shown, _DAMAGED_ENTRY) from None
        view[: len(data)] = data
        self._read += len(data)
        self._budget.spend(self._shown, len(data), self._read, self._info.compress_size)
        return len(data)

    def close(self) -> None:
        if not self.closed and hasattr(self, "_stream"):
            self._stream.close()
        super().close()


def _trouble(info: zipfile.ZipInfo) -> str | None:
    parts = info.filename.replace("\\", "/").split("/")
    if ".." in parts or parts[0] == "" or re.match(r"[A-Za-z]:$", parts[0]):
        return "its name points outside the archive"
    if stat.S_ISLNK(info.external_attr >> 16):
        return _LINK
    if info.flag_bits & 1:
        return "it is encrypted: unpack the archive with its password first"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # others unpack gigabytes in one go
        return "it is packed in a way this program does not know: unpack the archive first"
    return None


def _may_be_zip(name: str) -> bool:
    """By its name; other files are not even opened here, because some must stay closed."""
    return ".zip" in name.lower() or "." not in name


def _is_zip(file: File) -> bool:
    with file.open() as stream:
        return stream.read(4) in (_ZIP, b"PK\x05\x06")  # the latter begins a ZIP without entries


def _written(*at: int) -> datetime | None:
    """The time an entry was written, in whatever zone; packers that know none write 1980, and some write nonsense."""
    try:
        year, month, day, hour, minute, second = at
        return datetime(year, month, day, hour, minute, second) if year > 2000 else None
    except ValueError:
        return None


def _plain(name: str, shown: str, container: str, content: bytes | Path | BinaryIO) -> File:
    """A file that is no entry of an archive."""
    shown = _printable(shown)
    if isinstance(content, Path):
        path, facts = content, content.stat()
        written = datetime.fromtimestamp(facts.st_mtime)
        return File(name, shown, container, facts.st_size, lambda: _opened(path), written=written)
    if not isinstance(content, bytes):
        content.seek(0)
        content = content.read()
    return File(name, shown, container, len(content), lambda: io.BytesIO(content))


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as problem:
        raise InputError(str(path), f"cannot be opened ({problem.strerror})") from None


def _printable(name: str) -> str:
    """A file's name as it can be shown anywhere: without what a terminal would obey, or what turns a line around."""
    return _UNPRINTED.sub("\ufffd", name)


def _told_apart(files: Iterable[File]) -> list[File]:
    """The files, those that would be shown by the same name with a number."""
    counts: Counter[str] = Counter()
    found = []
    for file in files:
        counts[file.shown] += 1
        again = counts[file.shown] > 1
        found.append(replace(file, shown=f"{file.shown} ({counts[file.shown]})") if again else file)
    return found
