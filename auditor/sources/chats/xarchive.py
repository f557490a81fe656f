"""The archive of X (Twitter): direct messages, the account, and the owner's posts (formats.md §6.7).

Messages name people by number only. A number whose bearer the owner once named in a post gets that name; all others
stay numbers, and nobody guesses. Times are UTC. Followers are numbers without any exchange, and are not read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pandas as pd

from auditor.mentions import email_key, fold
from auditor.records import TIME, Owner, Records
from auditor.sources.chats.documents import entries, parsed
from auditor.sources.chats.talk import Circle, Talk
from auditor.sources.logbook import Logbook
from auditor.sources.peek import Peek
from auditor.sources.source import Clues, Draft, Suspect

LABEL = "x"
_FILE = re.compile(rb"\s*(?:window\.)?YTD\.(direct_messages?(?:_group)?|account|tweets?)\.part\d+\s*=", re.IGNORECASE)
_SHORT_LINK = re.compile(r"https://t\.co/\w+")
_TICKED = 2000

NAMELESS, UNDATED, PROGRAM = "sender not named", "unreadable date", "a line of the program"


def claims(peek: Peek) -> bool:
    return _FILE.match(peek.head) is not None


def read(peek: Peek) -> Draft:
    found = _FILE.match(peek.head)
    kind = found[1].decode().casefold() if found else ""
    content = entries(parsed(peek, b"="))
    if kind == "account":
        return _account(content, peek.file.shown)
    if kind.startswith("tweet"):
        return _posts(content, peek)
    return _messages(content, peek)


def _key(number: Any) -> str | None:
    """The mention key of an account's number."""
    written = str(number) if isinstance(number, str | int) else ""
    return f"handle:{LABEL}:{written}" if written.isdigit() else None


def _account(content: list[dict[str, Any]], shown: str) -> Draft:
    """account.js: the owner."""
    book, keys, names = Logbook(shown, "owner"), set(), []
    for row, entry in enumerate(content, 1):
        book.keep(row)
        about = _inner(entry, "account")
        keys |= {_key(about.get("accountId")), email_key(str(about.get("email") or ""))}
        names.append(str(about.get("accountDisplayName") or ""))
    clues = Clues(tuple(name for name in names if " " in fold(name)), frozenset(filter(None, keys)))
    return Draft(lambda _: book.records("what you say about yourself"), clues)


def _messages(content: list[dict[str, Any]], peek: Peek) -> Draft:
    """direct-messages.js and direct-messages-group.js: each conversation from its start."""
    talk = Talk(Logbook(peek.file.shown, "X messages"), LABEL)
    conversations = [_inner(entry, "dmConversation") for entry in content]
    present: Counter[str] = Counter()
    row = 0
    for done, conversation in enumerate(conversations, 1):
        events = entries(conversation.get("messages"))
        members = _Members(conversation)
        for number, event in reversed(list(enumerate(events, row + 1))):
            _note(talk, number, event, members)
        row += len(events)
        present.update(members.ever)
        peek.tick(done / len(conversations))
    count = max(len(conversations), 1)
    suspects = tuple(Suspect(key, "", n / count) for key, n in present.most_common(50))
    return Draft(talk.finish, Clues(suspects=suspects if len(suspects) > 1 else ()))


class _Members:
    """Who is in a conversation at the moment; a group's change while it is read."""

    def __init__(self, conversation: dict[str, Any]) -> None:
        name = str(conversation.get("conversationId") or "")
        pair = re.fullmatch(r"(\d+)-(\d+)", name)
        self.thread = "" if pair else f"group:{name}"
        self._now: set[str] = set()
        self.ever: set[str] = set()
        self.come(*(pair.groups() if pair else ()))

    def come(self, *numbers: Any) -> None:
        keys = set(filter(None, map(_key, numbers)))
        self._now |= keys
        self.ever |= keys

    def change(self, kind: str, about: dict[str, Any]) -> None:
        """Somebody comes or goes, or something else happens that is no message."""
        listed = _listed(about.get("userIds"))
        if kind == "participantsLeave":
            self._now -= set(filter(None, map(_key, listed)))
        else:
            self.come(*listed, *_listed(about.get("participantsSnapshot")), about.get("initiatingUserId"))

    def circle(self) -> Circle:
        return Circle(frozenset(self._now), self.thread)


def _note(talk: Talk, row: int, event: dict[str, Any], members: _Members) -> None:
    """One event of a conversation: a message, or a change of its members."""
    kind, about = next(iter(event.items()), ("", None))
    about = about if isinstance(about, dict) else {}
    if kind != "messageCreate":
        members.change(kind, about)
        talk.book.set_aside(PROGRAM, row)
        return
    sender, at = _key(about.get("senderId")), _moment(about.get("createdAt"))
    members.come(about.get("senderId"), about.get("recipientId"))
    if sender is None:
        talk.book.set_aside(NAMELESS, row)
    elif at is None:
        talk.book.set_aside(UNDATED, row)
    else:
        for key in sorted(members.circle().members):
            talk.person(key, "")
        talk.say(sender, at, row, members.circle(), text=_text(about))


def _text(about: dict[str, Any]) -> str | None:
    """The words of a message, without the link that stands for a picture; None where nothing is left."""
    text = about.get("text")
    written = text if isinstance(text, str) else ""
    return (_SHORT_LINK.sub("", written) if about.get("mediaUrls") else written).strip() or None


def _posts(content: list[dict[str, Any]], peek: Peek) -> Draft:
    """tweets.js: what the owner sends to nobody in particular, and the names of those who are named in it."""
    book = Logbook(peek.file.shown, "X posts")
    sent: list[tuple[datetime, str, str | None]] = []
    for row, entry in enumerate(content, 1):
        if row % _TICKED == 0:
            peek.tick(row / len(content))
        post = _inner(entry, "tweet")
        at = _moment(post.get("created_at"))
        if at is None:
            book.set_aside(UNDATED, row)
            continue
        book.keep(row)
        sent.append((at, _post_kind(post), _key(post.get("in_reply_to_user_id_str"))))
        for key, name in _named(post):
            book.person(key, name)
    return Draft(partial(_sent, book, sent))


def _post_kind(post: dict[str, Any]) -> str:
    if str(post.get("full_text") or post.get("text") or "").startswith("RT @"):
        return "repost"
    return "comment" if post.get("in_reply_to_user_id_str") else "post"


def _named(post: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Who is named in a post of the owner's own."""
    told = post.get("entities")
    for mention in entries(told.get("user_mentions") if isinstance(told, dict) else None):
        key, name = _key(mention.get("id_str") or mention.get("id")), str(mention.get("name") or "").strip()
        if key and name:
            yield key, name


def _sent(book: Logbook, sent: list[tuple[datetime, str, str | None]], owner: Owner) -> Records:
    """The posts; an answer to oneself is a post that goes on."""
    records = book.records("posts")
    times = pd.to_datetime([at for at, _, _ in sent], utc=True).astype(TIME)
    named = records.people[~records.people["person"].isin(owner.keys)].reset_index(drop=True)
    kinds = pd.Series(["post" if to in owner.keys else kind for _, kind, to in sent], dtype="str")
    return replace(records, people=named, broadcasts=pd.DataFrame({"at": times, "kind": kinds}))


def _inner(entry: dict[str, Any], name: str) -> dict[str, Any]:
    """The object that an entry is wrapped in; posts before 2020 are not wrapped."""
    inner = entry.get(name, entry)
    return inner if isinstance(inner, dict) else {}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _moment(written: Any) -> datetime | None:
    """A time as messages (ISO 8601) or posts (`Wed Oct 10 20:19:24 +0000 2018`) have it."""
    text = written if isinstance(written, str) else ""
    for parse in (datetime.fromisoformat, _spelled):
        try:
            at = parse(text)
        except ValueError:
            continue
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    return None


def _spelled(text: str) -> datetime:
    return datetime.strptime(text, "%a %b %d %H:%M:%S %z %Y")
