"""What calls and short messages have in common: who is on the other side, and what becomes of one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from auditor.mentions import email_key
from auditor.records import Owner
from auditor.sources.logbook import Logbook
from auditor.sources.peek import fold
from auditor.sources.phones import phone_key

WITHHELD, SERVICE, YOURSELF = "number withheld", "a service, not a person", "yourself"
UNREADABLE = "unreadable date"

_NO_NUMBER = frozenset(
    [
        "",
        *("1", "2", "3"),
        *"null unknown private privatenumber restricted anonymous withheld nocallerid unavailable payphone".split(),
    ]
)
"""Folded: phones write nothing, or `-1`, `-2` and `-3`, for an unknown, a withheld and a payphone's number."""
_NO_NAME = _NO_NUMBER | {"unknowncaller", "unknowncontact"}
_JID = "@s.whatsapp.net"


@dataclass(frozen=True, slots=True)
class Call:
    """One call as a log has it: `at` in Unix seconds; `seconds` missing where the log has no duration."""

    row: int
    number: str
    name: str
    at: float
    direction: str
    answered: bool
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Text:
    """One short message: `at` in Unix seconds; `text` None for a picture alone; `facts` tell two of them apart."""

    row: int
    at: float
    direction: str
    text: str | None
    facts: str = ""


def party(address: str, region: str | None) -> str | None:
    """The mention key behind a number or mail address; None for a service's short code or word, and for no number."""
    if address.endswith(_JID):
        address = "+" + address.removesuffix(_JID)
    return email_key(address) if "@" in address else phone_key(address, region)


def nobody(address: str) -> str:
    """Why there is no person behind an address that has no key."""
    return WITHHELD if fold(address) in _NO_NUMBER else SERVICE


def called(name: str, address: str = "") -> str:
    """The name a phone shows for an address, or nothing where it shows `(Unknown)`, `null` or the number again."""
    shown = name.strip()
    digits = "".join(c for c in shown if c.isdigit())
    again = bool(digits) and digits == "".join(c for c in address if c.isdigit())
    return "" if again or fold(shown) in _NO_NAME else shown


def own_keys(owner: Owner) -> frozenset[str]:
    """The owner's keys, numbers written without their country with it as well."""
    written = (key.removeprefix("phone:") for key in owner.keys if key.startswith("phone:"))
    return owner.keys | {key for number in written if (key := phone_key(number, owner.region))}


def conversation(label: str, people: Iterable[str]) -> str:
    """The thread between the owner and these people: the same from whatever file, and it names nobody."""
    everybody = "\n".join(sorted(people))
    return f"{label}:{blake2b(everybody.encode(), digest_size=8).hexdigest()}"


def enter_calls(book: Logbook, calls: Iterable[Call], owner: Owner) -> None:
    """Note the calls. Those that nobody took are no conversation: their channel is `missed_call`."""
    own = own_keys(owner)
    for call in calls:
        key = party(call.number, owner.region)
        if key is None:
            book.set_aside(nobody(call.number), call.row)
        elif key in own:
            book.set_aside(YOURSELF, call.row)
        else:
            book.person(key, called(call.name, call.number))
            channel = "call" if call.answered else "missed_call"
            book.exchange(key, call.at, channel, call.direction, call.row, seconds=call.seconds)


def enter_text(
    book: Logbook, text: Text, channel: str, label: str, people: Iterable[str], sender: str | None = None
) -> None:
    """Note a message of the owner to all of `people`, or of `sender` to the owner and the others among them."""
    everybody = sorted({*people, sender} if sender else set(people))
    thread = conversation(label, everybody)
    for key in [sender] if sender else everybody:
        book.exchange(
            key, text.at, channel, text.direction, text.row, thread=thread, others=len(everybody) - 1,
            text=text.text, facts=text.facts,
        )  # fmt: skip
