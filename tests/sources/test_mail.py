"""Mail archives: what is a person's letter, which way it went, and what is set aside."""

from __future__ import annotations

import mailbox
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor import deliver
from auditor.records import Owner, Records, validate
from auditor.sources import Upload, bulkmail, mail, read
from auditor.sources.mbox import Head
from tests.sources.conftest import Content, lines

TAKEOUT = Path("tests/fixtures/mail/takeout.mbox").resolve()
MINE = "Email Addresses.csv"
OWN = "Email Address,Confirmed,Primary,Updated On\nalex.morgan@example.com,Yes,Yes,\nalex@example.org,Yes,No,\n"
Folder = Callable[[Mapping[str, Content]], Path]


def letter(sender: str, to: str, *more: str, day: int = 6, name: str = "1") -> str:
    """A letter of that January day of 2025."""
    head = [f"From: {sender}", f"To: {to}", "Subject: Hello", f"Date: {day} Jan 2025 10:00:00 +0000"]
    return "\n".join([*head, f"Message-ID: <{name}@example.net>", *more, "", "Hello.", ""])


def mbox(*mails: str) -> str:
    return "\n".join(f"From - Mon Jan  6 10:00:00 2025\n{text}" for text in mails)


def told(records: Records) -> list[tuple[str, str, str, int]]:
    """(person, time, direction, others) of each exchange, by time."""
    table = records.interactions
    times = table["at"].dt.strftime("%m-%d %H:%M")
    rows = zip(table["person"].astype(str), times, table["direction"].astype(str), table["others"], strict=True)
    return sorted(rows, key=lambda row: (row[1], row))


def own(folder: Folder, **files: Content) -> Records:
    return read([folder({MINE: OWN} | {name.replace("__", "/"): text for name, text in files.items()})])


@pytest.fixture(name="takeout")
def read_takeout(folder: Folder) -> Records:
    return read([folder({MINE: OWN, "All mail Including Spam and Trash.mbox": TAKEOUT.read_bytes()})])


def test_a_takeout_gives_the_letters_of_persons(takeout: Records) -> None:
    """One row from a sender, one to each recipient, in UTC; labels in German, and folded, tell no direction."""
    assert told(takeout) == [
        ("email:joerg@example.org", "01-06 10:00", "in", 0),
        ("email:analima@gmail.com", "01-06 11:00", "out", 1),
        ("email:joerg@example.org", "01-06 11:00", "out", 1),
        ("email:analima@gmail.com", "01-07 17:00", "in", 0),  # has no Date: the `From ` line's
    ]
    assert set(takeout.interactions["channel"]) == {"email"}
    assert takeout.interactions["words"].isna().all()
    assert takeout.interactions["thread"].astype(str).nunique() == 2  # the answer belongs to what it answers


def test_the_receipt_of_a_takeout_counts_all_of_it(takeout: Records) -> None:
    """Fourteen mails: three persons' letters, and a reason for each of the others; sentences beginning with “From”
    begin no mail.
    """
    receipt = next(file for file in deliver.receipt(takeout.coverage) if file["kind"] == "mail")
    assert (receipt["read"], receipt["kept"], receipt["notes"]) == (14, 3, [])
    assert {line["reason"]: (line["rows"], line["first_row"]) for line in receipt["set_aside"]} == {
        "newsletter or automatic mail": (1, 3),
        "mailing list": (1, 4),
        "LinkedIn's own notification": (1, 5),
        "spam": (1, 6),
        "draft": (1, 7),
        "old Hangouts chat": (1, 8),
        "unreadable date": (1, 10),
        "calendar invitation or its answer": (1, 11),
        "from an address that nobody reads": (1, 12),
        "the same mail again in this file": (1, 13),
        "mail to oneself": (1, 14),
    }


def test_people_go_by_the_name_they_write_themselves(takeout: Records) -> None:
    """Encoded words are decoded; what others call somebody counts less; the owner is nobody's alter."""
    people = takeout.people.set_index("person")["name"].to_dict()
    assert people == {"email:joerg@example.org": "Jörg Bär", "email:analima@gmail.com": "Ana Lima"}


def test_the_owner_of_an_archive_is_told_by_where_it_was_delivered() -> None:
    """Of ten delivered mails most name one address: nothing else has to be handed in."""
    mails = [
        letter("Ada <ada@example.org>", "list@example.com", "Delivered-To: me@example.com", day=n, name=str(n))
        for n in range(1, 11)
    ]
    found = read([Upload("inbox", mbox(*mails, letter("me@example.com", "ada@example.org", name="0")).encode())])
    assert [direction for _, _, direction, _ in told(found)].count("out") == 1
    assert len(found.interactions) == 11


def test_the_owner_is_who_is_in_nearly_all_of_it() -> None:
    """In three letters with two persons only one address is always there."""
    texts = (
        letter("ada@example.org", "me@example.com", name="1"),
        letter("me@example.com", "Ben <ben@example.org>", day=7, name="2"),
        letter("me@example.com", "ada@example.org", day=8, name="3"),
    )
    assert told(read([Upload("a.mbox", mbox(*texts).encode())])) == [
        ("email:ada@example.org", "01-06 10:00", "in", 0),
        ("email:ben@example.org", "01-07 10:00", "out", 0),
        ("email:ada@example.org", "01-08 10:00", "out", 0),
    ]


def test_of_an_unknown_owner_nothing_is_guessed() -> None:
    """Two persons are in all of it: the receipt says what to add."""
    found = read([Upload("a.mbox", mbox(letter("ada@example.org", "ben@example.org")).encode())])
    assert found.interactions.empty
    assert lines(found, "a.mbox", "set aside") == {
        "in or out is not known: add “Email Addresses.csv” of your LinkedIn export": 1
    }


def test_an_address_under_the_owners_name_is_the_owners(folder: Folder) -> None:
    """An address that is not in the export, used by somebody of the owner's full name, becomes no alter."""
    profile = "First Name,Last Name,Headline\nAlex,Morgan,Ornithologist\n"
    texts = (
        letter("Morgan, Alex <am@example.net>", "ada@example.org"),
        letter("ada@example.org", "am@example.net", name="2"),
        letter("ada@example.org", "alex@example.org", name="3"),
    )
    found = own(folder, **{"a.mbox": mbox(*texts), "Profile.csv": profile})
    assert [row[::2] for row in told(found)] == [("email:ada@example.org", way) for way in ("in", "in", "out")]
    assert lines(found, "a.mbox", "note") == {
        "an address under your own name that is not among yours: taken for yours": 1
    }


def test_the_same_mail_in_two_archives_counts_once(folder: Folder) -> None:
    """By its Message-ID, in whatever form the archive is."""
    text = letter("Ada <ada@example.org>", "alex@example.org", "References: <0@example.org> <x@example.org>")
    found = own(folder, **{"a.mbox": mbox(text), "b.eml": text, "c.emlx": f"{len(text)}\n{text}<plist/>"})
    assert len(found.interactions) == 1
    assert found.coverage.loc[found.coverage["what"] == "exact duplicate", "rows"].sum() == 2


def test_the_letters_of_a_folder_are_one_archive(folder: Folder) -> None:
    """Files of one mail stand in the receipt as one; one that is no mail is counted."""
    mails = {f"Sent/{n}.eml": letter("alex@example.org", "ada@example.org", day=n, name=str(n)) for n in range(1, 4)}
    found = read([folder({MINE: OWN, **mails, "Sent/4.eml": b"\x00\x01" * 999, "Sent/note.txt": "no mail"})])
    assert lines(found, "Sent/*.eml", "kept") == {"mails": 3}
    assert lines(found, "Sent/*.eml", "set aside") == {"no sender in its head, or no mail": 1}
    assert len(found.coverage[found.coverage["kind"] == "mail"]) == 2


def test_mail_in_the_bin_is_set_aside(folder: Folder) -> None:
    """The folder's name tells, in the language of the program; “Jobs” is a folder like any other here."""
    text = letter("ada@example.org", "alex@example.org")
    found = own(folder, **{"Papierkorb.mbox": mbox(text), "Junk__a.eml": text, "Jobs__b.eml": text})
    assert lines(found, "Papierkorb.mbox", "set aside") == {"bin": 1}
    assert lines(found, "Junk/a.eml", "set aside") == {"spam": 1}
    assert lines(found, "Jobs/b.eml", "kept") == {"mails": 1}


def test_an_announcement_to_many_ties_nobody(folder: Folder) -> None:
    """Twenty-five recipients are a letter, twenty-six are not; what goes to machines alone goes to nobody."""
    crowd = [f"p{n}@example.org" for n in range(26)]
    texts = (
        letter("alex@example.org", ", ".join(crowd[:25]), name="1"),
        letter("alex@example.org", ", ".join(crowd), name="2"),
        letter("alex@example.org", "no-reply@example.net, x@reply.linkedin.com", name="3"),
    )
    found = own(folder, **{"a.mbox": mbox(*texts)})
    assert (len(found.interactions), set(found.interactions["others"])) == (25, {24})
    assert lines(found, "a.mbox", "set aside") == {"to more than 25 people": 1, "to no person's address": 1}


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("Precedence: bulk", "newsletter or automatic mail"),
        ("Auto-Submitted: auto-replied (vacation)", "newsletter or automatic mail"),
        ("Auto-Submitted: no", None),
        ("List-Post: <mailto:birders@example.net>", "mailing list"),
        ("Content-Type: text/calendar; method=REQUEST", "calendar invitation or its answer"),
        ("X-Gmail-Labels: =?UTF-8?Q?Corbeille,Non_lu?=", "bin"),
        ("X-Gmail-Labels: =?UTF-8?B?0KfQtdGA0L3QvtCy0LjQutC4?=", "draft"),
        ("X-Gmail-Labels: Important,Trash collection", None),
        ("X-Mozilla-Status: 0009", "bin"),
        ("X-Mozilla-Status: 0001", None),
        ("X-Unsent: 1", "draft"),
    ],
)
def test_what_no_person_wrote_is_told_by_its_headers(folder: Folder, header: str, reason: str | None) -> None:
    """Each with its reason; labels are whole words of a known language."""
    found = own(folder, **{"a.mbox": mbox(letter("ada@example.org", "alex@example.org", header))})
    assert lines(found, "a.mbox", "set aside") == ({reason: 1} if reason else {})


@pytest.mark.parametrize(
    ("address", "nobody"),
    [
        ("no-reply@example.com", True),
        ("notification+abc@example.com", True),
        ("noreply-orders@example.com", True),
        ("MAILER-DAEMON@example.com", True),
        ("ne-pas-repondre@example.fr", True),
        ("hit-reply@linkedin.com", True),
        ("ada@linkedin.example", False),
        ("norep.lyons@example.com", False),
        ("alert.olsen@example.com", False),
    ],
)
def test_machines_are_told_by_their_address(address: str, nobody: bool) -> None:
    """Not every name that begins so is one."""
    assert bulkmail.is_nobody(f"email:{address.lower()}") is nobody


def test_an_mbox_of_the_standard_library_is_read(tmp_path: Path) -> None:
    """Written by `mailbox`, which quotes `From `, encodes names and folds long headers."""
    path = tmp_path / "library.mbox"
    box = mailbox.mbox(path)
    for day in (1, 2):
        message = EmailMessage()
        message["From"] = "Łukasz Żółw with a very long name to be folded over two lines <lukasz@example.org>"
        message["To"] = "alex@example.org"
        message["Date"] = f"{day} Feb 2025 08:00:00 -0000"
        message["Message-ID"] = f"<{day}@example.org>"
        message.set_content("From me to you\n\nFrom: is a header elsewhere\n")
        box.add(message)
    box.close()
    found = read([path, Upload(MINE, OWN.encode())])
    assert told(found) == [("email:lukasz@example.org", f"02-0{day} 08:00", "in", 0) for day in (1, 2)]
    assert found.people["name"].tolist() == ["Łukasz Żółw with a very long name to be folded over two lines"]


def test_a_mail_without_an_id_is_told_by_its_head(folder: Folder) -> None:
    """Twice the same head is once; times without a zone are UTC; nothing is later than a year after the file."""
    plain = "From: ada@example.org\nTo: alex@example.org\nDate: 6 Jan 2025 10:00:00\n\nHi\n"
    found = own(folder, **{"a.mbox": mbox(plain, plain, plain.replace("10:00", "11:00"))})
    assert [row[1] for row in told(found)] == ["01-06 10:00", "01-06 11:00"]
    assert pd.isna(found.coverage["since"]).all()


_PIECES = [b"From: ", b"To: ", b"Date: ", b"Cc: ", b"X-Gmail-Labels: ", b"\n", b"\n ", b"=?utf-8?q?=ff?=", b"=?x?b?!?="]
_PIECES += [
    b"=?utf-7?q?+2AA-?=",
    b"<",
    b">",
    b"@",
    b"a@b",
    b"(",
    b'"',
    b"\\",
    b",",
    b";",
    b":",
    b"Thu, 99 Foo 99999999999",
]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(_PIECES) | st.binary(max_size=4), max_size=30), st.binary(max_size=20))
def test_no_head_is_so_bad_that_it_is_not_counted(pieces: list[bytes], postmark: bytes) -> None:
    """Whatever stands in a head, the mail is kept or set aside, and the tables are valid."""
    box = mail.Box(None, None)
    box.take(Head(postmark, b"From: a@example.org\nTo: " + b"".join(pieces)))
    box.take(Head(postmark, b"".join(pieces)))
    found = validate(mail._records("a.mbox", box, Owner(keys=frozenset({"email:a@example.org"}))))
    assert found.coverage.loc[found.coverage["role"] != "note", "rows"].sum() == 2


def test_progress_is_told_and_can_stop_it(tmp_path: Path) -> None:
    """The share read grows to all of it; an exception of the callback ends the reading."""
    path = tmp_path / "a.mbox"
    body = "x" * 70 + "\n"
    path.write_text(mbox(*(letter("a@example.org", "alex@example.org", name=str(n)) + body * 9000 for n in range(5))))
    shares: list[float] = []
    read([path], lambda _, share: shares.append(share))
    assert shares == sorted(shares)
    assert len(shares) > 4
    assert shares[-1] == 1.0

    def stop(_: str, share: float) -> None:
        if share > 0.4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read([path], stop)
