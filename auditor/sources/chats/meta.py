"""Messages of Facebook and Instagram as JSON: `…/messages/inbox/<thread>/message_1.json`, newest first, and Messenger's
separate download of encrypted chats, which has other names for the same (formats.md §6.8).

Times are UTC, in milliseconds. People have names and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from auditor.errors import InputError
from auditor.mentions import fold
from auditor.records import Owner, Records
from auditor.sources.chats.documents import entries, parsed
from auditor.sources.chats.notices import ATTACHMENT, MISSED, NOTICE, is_nobody, notice
from auditor.sources.chats.talk import Circle, Talk, key_of
from auditor.sources.logbook import Logbook
from auditor.sources.peek import Peek
from auditor.sources.source import Clues, Draft, Suspect

_THREAD = re.compile(rb'"messages"\s*:\s*\[')
_PEOPLE = re.compile(rb'"(participants|sender_name|senderName)"\s*:')
_SELF = re.compile(rb'\s*\{\s*"(profile_v2|profile_user)"\s*:')
_WITHOUT_WORDS = ("photos", "videos", "audio_files", "gifs", "sticker", "files", "share", "media")
_TICKED = 2000
_SECONDS = 1e11
"""Unix times below are seconds, as files before 2019 have them; above are milliseconds."""
_LATEST = 4.1e9
"""Seconds: the end of 2099."""

UNSENT, EMPTY, EDITED = "unsent by its author", "empty", "an edited message, told twice"
DELETED_ACCOUNT, UNDATED = "deleted account", "unreadable date"


def claims(peek: Peek) -> bool:
    head = peek.head
    if not head.lstrip().startswith(b"{"):
        return False
    return bool(_SELF.match(head) or (_THREAD.search(head) and _PEOPLE.search(head)))


def read(peek: Peek) -> Draft:
    content = parsed(peek)
    if not isinstance(content, dict):
        raise InputError(peek.file.shown, "is no chat; download the archive again, as JSON")
    if _SELF.match(peek.head):
        return _yourself(content, peek.file.shown)
    chat = _Chat.of(content, peek)
    for row, message in enumerate(chat.messages, 1):
        if row % _TICKED == 0:
            peek.tick(row / len(chat.messages))
        chat.note(row, message)
    return chat.draft()


@dataclass(slots=True)
class _Chat:
    """One file of a chat: its people, its messages as they stand."""

    talk: Talk
    circle: Circle
    title: str
    messages: list[Any]
    _seen: set[tuple[str, float]] = field(default_factory=set)

    @classmethod
    def of(cls, content: dict[str, Any], peek: Peek) -> _Chat:
        service = _service(peek)
        talk = Talk(Logbook(peek.file.shown, f"{service.title()} messages"), service)
        messages = content.get("messages")
        messages = messages if isinstance(messages, list) else []
        for name in [*_participants(content.get("participants")), *map(_sender, entries(messages))]:
            if key := key_of(name, service):
                talk.person(key, name)
        members = frozenset(talk.names)
        title = _text(content.get("title") or re.sub(r"_\d+$", "", str(content.get("threadName") or "")))
        path = str(content.get("thread_path") or content.get("threadName") or " ".join(sorted(members)))
        thread = f"group:{path.rpartition('/')[2]}" if len(members) > 2 else ""
        return cls(talk, Circle(members, thread), title, messages)

    def note(self, row: int, message: Any) -> None:
        """One message: an exchange, or counted as what it is instead."""
        book, entry = self.talk.book, message if isinstance(message, dict) else {}
        sender, at = _sender(entry), _moment(entry.get("timestamp_ms", entry.get("timestamp")))
        key = key_of(sender, self.talk.label)
        if key is None:
            book.set_aside(DELETED_ACCOUNT, row)
        elif at is None:
            book.set_aside(UNDATED, row)
        elif entry.get("is_unsent") or entry.get("isUnsent"):
            book.set_aside(UNSENT, row)
        else:
            self._said(row, entry, sender, key, at)

    def _said(self, row: int, entry: dict[str, Any], sender: str, key: str, at: float) -> None:
        text = _text(entry.get("content", entry.get("text"))).strip()
        kind = notice(text, sender) if text else None
        if entry.get("type") in ("Subscribe", "Unsubscribe", "placeholder"):
            kind = NOTICE
        if "call_duration" in entry or entry.get("type") == "Call" or kind == MISSED:
            self._call(row, key, at, entry.get("call_duration"), missed=kind == MISSED)
        elif kind not in (None, ATTACHMENT):
            self.talk.book.set_aside(str(kind), row)
        elif not text and not any(entry.get(what) for what in _WITHOUT_WORDS):
            self.talk.book.set_aside(EMPTY, row)
        elif (key, at) in self._seen:
            self.talk.book.set_aside(EDITED, row)
        else:
            self._seen.add((key, at))
            self.talk.say(key, at, row, self.circle, text=text if text and kind is None else None)

    def _call(self, row: int, key: str, at: float, seconds: Any, *, missed: bool) -> None:
        lasted = float(seconds) if isinstance(seconds, int | float) and 0 < seconds < 1e6 else None
        channel = "missed_call" if missed or (lasted is None and seconds is not None) else "call"
        self.talk.say(key, at, row, self.circle, channel=channel, seconds=lasted if channel == "call" else None)

    def draft(self) -> Draft:
        return Draft(self.talk.finish, self._clues())

    def _clues(self) -> Clues:
        """A chat of two bears the name of the one who is not the owner; the owner is in all chats."""
        names = self.talk.names
        titled = key_of(self.title, self.talk.label)
        if len(names) == 2 and titled in names:
            own = next(key for key in names if key != titled)
            return Clues(names=(names[own],) if " " in fold(names[own]) else (), keys=frozenset({own}))
        if len(names) < 2:
            return Clues()
        return Clues(suspects=tuple(Suspect(key, name, 1.0) for key, name in [*names.items()][:50]))


def _service(peek: Peek) -> str:
    """Which of the two it is: by the path, or else by what is shared in it."""
    path = peek.file.shown.casefold()
    for service in ("instagram", "facebook"):
        if service in path:
            return service
    return "instagram" if b"instagram.com" in peek.head and b"facebook.com" not in peek.head else "facebook"


def _participants(found: Any) -> list[str]:
    listed = found if isinstance(found, list) else []
    names = [_text(entry.get("name") if isinstance(entry, dict) else entry) for entry in listed]
    return [name for name in names if not is_nobody(name)]


def _sender(entry: dict[str, Any]) -> str:
    """Who wrote it, or "" for a deleted account."""
    name = _text(entry.get("sender_name", entry.get("senderName"))).strip()
    return "" if is_nobody(name) else name


def _text(value: Any) -> str:
    """A text as it was written: Meta spells the bytes of UTF-8 as characters."""
    text = value if isinstance(value, str) else ""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text.encode("utf-8", "ignore").decode()


def _moment(value: Any) -> float | None:
    """Unix seconds; None for what is no time since 2004."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value > _LATEST * 1000:
        return None
    seconds = value / 1000 if value > _SECONDS else float(value)
    return seconds if 1.07e9 < seconds < _LATEST else None


def _yourself(content: dict[str, Any], shown: str) -> Draft:
    """profile_information.json or personal_information.json: the owner's own name there."""
    book = Logbook(shown, "owner")
    names = [_text(name) for name in _own_names(content)]
    service = "instagram" if "profile_user" in content else "facebook"
    keys = {key for name in names if (key := key_of(name, service))}
    book.keep(1)
    clues = Clues(tuple(name for name in names if " " in fold(name)), frozenset(keys))

    def finish(_: Owner) -> Records:
        return book.records("what you say about yourself")

    return Draft(finish, clues)


def _own_names(content: dict[str, Any]) -> list[Any]:
    facebook = content.get("profile_v2")
    name = facebook.get("name") if isinstance(facebook, dict) else None
    found = [name.get("full_name")] if isinstance(name, dict) else []
    for profile in entries(content.get("profile_user")):
        told = profile.get("string_map_data")
        values = [told.get(field) for field in ("Name", "Username")] if isinstance(told, dict) else []
        found += [value.get("value") for value in entries(values)]
    return found
