"""Small exports as LinkedIn wrote them in autumn 2018 and in 2021: other names, headers, encodings and dates."""

from collections.abc import Iterator
from pathlib import Path

from sample_exports.dice import Dice
from sample_exports.exchanges import (
    CONTACTS,
    PREAMBLE,
    RECOMMENDATIONS,
    contacts,
    endorsements,
    invitations,
    newest_first,
    recommendations,
)
from sample_exports.inbox import conversation_id, exchanged, stamp
from sample_exports.owner_files import POSTS, posts
from sample_exports.people import OWNER, Person
from sample_exports.sheets import day, plain, sheet, short_pacific, wide_sheet
from sample_exports.threads import World

CONNECTIONS = "First Name,Last Name,Email Address,Company,Position,Connected On"
MESSAGES_2018 = "From,To,Date,Subject,Content,Direction,Folder"
MESSAGES_2021 = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER"
INVITATIONS = "From,To,Sent At,Message,Direction"
RECEIVED = "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorsement Status"
CONTACTS_2018 = (
    "First Name,Last Name,Companies,Title,Email Address,Phone Numbers,Created At,Instant Message Handles,Addresses,"
    "Sites,Full Name,Birthday,Location,Bookmarked At,Profiles"
)
PROFILE_2018 = (
    "First Name,Last Name,Maiden Name,Address,Birth Date,Contact Instructions,Headline,Summary,Industry,Country,"
    "Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers"
)
SHARES_2018 = "Date,Share Title,Share Description,Share Link,Share Commentary,Shared URL,Media URL,Type,Visibility"
SHARES_2021 = "Date,ShareLink,ShareCommentary,SharedURL,MediaURL,Visibility"


def write_2018(out: Path, world: World) -> None:
    """C4 connections and M1 messages: no addresses of profiles anywhere, e-mail always, times of day on every date."""
    by_number = sorted(newest_first(world), key=lambda p: p.number)  # this era is not sorted by date
    rows = ([*_named(p, mail=True), short_pacific(p.connected)] for p in by_number if p.role != "hidden")
    sheet(out / "Connections.csv", CONNECTIONS, rows, final_newline=False)
    sheet(out / "Messages.csv", MESSAGES_2018, _messages_2018(world))
    sheet(out / "Invitations.csv", INVITATIONS, (row[:5] for row in invitations(world)))
    sheet(out / "Imported Contacts.csv", CONTACTS_2018, (_contact_2018(row) for row in contacts(world)))
    sheet(out / "Recommendations.csv", RECOMMENDATIONS, recommendations(world, "received", 6))
    wide_sheet(
        out / "Endorsement Received Info.csv", RECEIVED, (_without_url(row) for row in endorsements(world, "received"))
    )
    shares = (
        [at, "", "", link, text, "", "", "SHARE", who] for at, link, text, _, _, who in posts(world, "Shares.csv", 90)
    )
    wide_sheet(out / "Shares.csv", SHARES_2018, shares)
    row = [OWNER.first, OWNER.last, "", "1 Example Street", "Mar 14", "", "Product Manager at Thimblewick Learning", ""]
    sheet(out / "Profile.csv", PROFILE_2018, [[*row, "Online Media", "gb", "00000", "Leeds, England", "", "", ""]])
    _write_mails(out, world)


def write_2021(out: Path, world: World) -> None:
    """C6 connections and M2 messages: a preamble, no profile addresses but the senders', a UTF-16 twin of a file."""
    rows = ([*_named(p), day(p.connected)] for p in newest_first(world))
    sheet(out / "Connections.csv", CONNECTIONS, rows, above=PREAMBLE, final_newline=False)
    sheet(out / "messages.csv", MESSAGES_2021, _messages_2021(world))
    sheet(out / "Invitations.csv", INVITATIONS, (row[:5] for row in invitations(world)))
    sheet(out / "Contacts.csv", CONTACTS, contacts(world))
    received = [_without_url(row) for row in endorsements(world, "received")]
    sheet(out / "Endorsement_Received_Info.csv", RECEIVED, received)
    twin = [[*row[:4], "Accepted", "Show"] for row in received] + [
        [row[0], row[1], "", "", "Redacted", ""] for row in received[:3]
    ]
    wide_sheet(out / "Endorsement Received Info.csv", RECEIVED + ",Display Status", twin)
    _carriage_return_sheet(out / "Shares.csv", SHARES_2021, posts(world, "Shares.csv", 90))
    _carriage_return_sheet(out / "Reactions.csv", POSTS["Reactions.csv"][1], posts(world, "Reactions.csv", 300))
    _write_mails(out, world)


def _named(p: Person, *, mail: bool = False) -> list[str]:
    """The columns of a connection without its date; `mail`: everybody has an address."""
    if p.role == "hidden":
        return [""] * 5
    return [p.first, p.last, p.email or (f"contact{p.number}@example.org" if mail else ""), p.company, p.position]


def _messages_2018(world: World) -> Iterator[list[str]]:
    for thread, m in exchanged(world):
        folder = "SENT" if m.sender is OWNER else thread.folder.replace("ARCHIVE", "ARCHIVED").replace("SPAM", "INBOX")
        direction = "OUTGOING" if m.sender is OWNER else "INCOMING"
        yield [m.sender.name, _names(m.to), short_pacific(m.at), m.subject, _flat(m.text), direction, folder]


def _messages_2021(world: World) -> Iterator[list[str]]:
    for thread, m in exchanged(world):
        url = m.sender.raw_url if m.sender.slug else ""
        start = [conversation_id(thread.key), thread.title, m.sender.name, url]
        yield [*start, _names(m.to), stamp(m.at), m.subject, _flat(m.text), thread.folder]


def _names(people: tuple[Person, ...]) -> str:
    return ",".join([p.name for p in people])


def _flat(text: str) -> str:
    """Line breaks became spaces until 2026."""
    return " ".join(text.split())


def _without_url(row: list[str]) -> list[str]:
    return [*row[:4], row[5]]


def _contact_2018(row: list[str]) -> list[str]:
    """Today's columns in the order of 2018, without the source."""
    _, first, last, companies, title, mail, phones, created, places, sites, handles, full, *rest = row
    return [first, last, companies, title, mail, phones, created, handles, places, sites, full, *rest]


def _carriage_return_sheet(path: Path, header: str, rows: Iterator[list[str]]) -> None:
    """The posts' family had CRLF line ends until 2024."""
    sheet(path, header, rows)
    plain(path, path.read_text(encoding="utf-8").replace("\n", "\r\n"))


def _write_mails(out: Path, world: World) -> None:
    row = ("alex.morgan@example.com", "Yes", "Yes", short_pacific(world.start))
    sheet(out / "Email Addresses.csv", "Email Address,Confirmed,Primary,Updated On", [row], final_newline=False)
    logins = [
        [stamp(world.cut - 86_400 * Dice(world.seed, "login").whole(1, 9)), "192.0.2.7", "Example Browser/1.0", "Login"]
    ]
    wide_sheet(out / "Logins.csv", "Login Date,IP Address,User Agent,Login Type", logins)
