"""The fictional exports: same seed, same bytes; what is planted is there; counting messages does not find it."""

from __future__ import annotations

import csv
import importlib.util
import io
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

SAMPLES = Path(__file__).resolve().parents[1] / "sample_exports"
COMMITTED = {
    "alex_morgan": {"seed": 7, "connections": 1200},
    "linkedin_2018": {"seed": 2018, "connections": 45, "era": "2018"},
    "linkedin_2021": {"seed": 2021, "connections": 45, "era": "2021"},
}
OWNER = "https://www.linkedin.com/in/alex-morgan-ex1"
LIVING = {"support", "sympathy", "affinity", "active"}
LAST_DAY = date(2026, 11, 20)

Make = Callable[..., Path]


@pytest.fixture(scope="module")
def make() -> Make:
    """`make` of sample_exports/make.py, loaded by its path: the folder is no installed package."""
    spec = importlib.util.spec_from_file_location("make_sample_exports", SAMPLES / "make.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.make


def written(folder: Path) -> dict[str, bytes]:
    """Every file of an export and its truth file, by name."""
    files = [*folder.iterdir(), folder.with_name(folder.name + ".truth.csv")]
    return {f.name: f.read_bytes() for f in files}


def text(path: Path) -> str:
    raw = path.read_bytes()
    return raw.decode("utf-16" if raw.startswith(b"\xff\xfe") else "utf-8")


@lru_cache
def rows(path: Path, above: int = 0) -> list[dict[str, str]]:
    """The rows of a file as its header names them; `above` lines stand before the header."""
    lines = text(path).split("\n", above)[-1]
    return list(csv.DictReader(io.StringIO(lines, newline=""), delimiter="\t" if "\t" in lines[:200] else ","))


def truth(folder: Path) -> list[dict[str, str]]:
    return rows(folder.with_name(folder.name + ".truth.csv"))


def connections(folder: Path) -> list[dict[str, str]]:
    return rows(folder / "Connections.csv", above=3)


def traffic(folder: Path) -> Counter[tuple[str, str]]:
    """How many messages there are (raw profile URL, direction), drafts aside; duplicates count as they stand."""
    counted: Counter[tuple[str, str]] = Counter()
    for row in rows(folder / "messages.csv"):
        if row["IS MESSAGE DRAFT"] == "Yes":
            continue
        if row["SENDER PROFILE URL"] == OWNER:
            counted.update((url, "out") for url in row["RECIPIENT PROFILE URLS"].split(","))
        else:
            counted[row["SENDER PROFILE URL"], "in"] += 1
    return counted


@pytest.mark.parametrize("name", COMMITTED)
def test_the_committed_export_is_what_the_generator_writes(make: Make, tmp_path: Path, name: str) -> None:
    """Running make.py again gives the committed folder and truth file, byte for byte."""
    assert written(make(tmp_path / name, **COMMITTED[name])) == written(SAMPLES / name)


def test_the_committed_campaigns_are_what_the_generator_writes(tmp_path: Path) -> None:
    """The same for the export of campaigns, from the command line."""
    out = tmp_path / "alex_campaigns"
    make = [sys.executable, SAMPLES / "make.py", "--seed", "31", "--connections", "150", "--campaigns", "--out", out]
    subprocess.run(make, check=True)
    assert written(out) == written(SAMPLES / "alex_campaigns")


def test_the_seed_decides_every_byte(make: Make, tmp_path: Path) -> None:
    """The same seed gives the same files, another seed gives other people."""
    first, again, other = (make(tmp_path / str(n), seed=s, connections=80) for n, s in enumerate((3, 3, 4)))
    names = [f.name for f in sorted(first.iterdir())]
    assert [(first / n).read_bytes() for n in names] == [(again / n).read_bytes() for n in names]
    assert (first / "Connections.csv").read_bytes() != (other / "Connections.csv").read_bytes()


HEADERS = {
    "alex_morgan": {
        "Connections.csv": "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
        "messages.csv": "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,"
        "CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT",
        "Invitations.csv": "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl",
        "Endorsement_Received_Info.csv": "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,"
        "Endorser Public Url,Endorsement Status",
        "Endorsement_Given_Info.csv": "Endorsement Date,Skill Name,Endorsee First Name,Endorsee Last Name,Endorsee Public Url,"
        "Endorsement Status",
        "Recommendations_Received.csv": "First Name,Last Name,Company,Job Title,Text,Creation Date,Status",
        "Recommendations_Given.csv": "First Name,Last Name,Company,Job Title,Text,Creation Date,Status",
        "Notes.csv": "Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,Edited On",
        "ImportedContacts.csv": "Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt,Addresses,Sites,"
        "InstantMessageHandles,FullName,Birthday,Location,BookmarkedAt,Profiles",
        "Profile.csv": "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,"
        "Twitter Handles,Websites,Instant Messengers",
        "Email Addresses.csv": "Email Address,Confirmed,Primary,Updated On",
        "PhoneNumbers.csv": "Extension,Number,Type",
        "Positions.csv": "Company Name,Title,Description,Location,Started On,Finished On",
        "Shares.csv": "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility",
        "Comments.csv": "Date,Link,Message",
        "Reactions.csv": "Date,Type,Link",
        "Votes.csv": "Date,Link,OptionText",
        "Member_Follows.csv": "Date,Status,FullName",
        "Ad_Targeting.csv": "Member Age,Company Names,Company Names,Company Names,Job Titles,Job Titles,Job Titles,Member Skills",
        "Logins.csv": "Login Date,IP Address,User Agent,Login Type",
        "SearchQueries.csv": "Time,Search Query",
    },
    "linkedin_2018": {
        "Connections.csv": "First Name,Last Name,Email Address,Company,Position,Connected On",
        "Messages.csv": "From,To,Date,Subject,Content,Direction,Folder",
        "Invitations.csv": "From,To,Sent At,Message,Direction",
        "Imported Contacts.csv": "First Name,Last Name,Companies,Title,Email Address,Phone Numbers,Created At,"
        "Instant Message Handles,Addresses,Sites,Full Name,Birthday,Location,Bookmarked At,Profiles",
        "Recommendations.csv": "First Name,Last Name,Company,Job Title,Text,Creation Date,Status",
        "Profile.csv": "First Name,Last Name,Maiden Name,Address,Birth Date,Contact Instructions,Headline,Summary,Industry,"
        "Country,Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers",
        "Endorsement Received Info.csv": "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorsement Status",
        "Shares.csv": "Date,Share Title,Share Description,Share Link,Share Commentary,Shared URL,Media URL,Type,Visibility",
        "Email Addresses.csv": "Email Address,Confirmed,Primary,Updated On",
        "Logins.csv": "Login Date,IP Address,User Agent,Login Type",
    },
    "linkedin_2021": {
        "Connections.csv": "First Name,Last Name,Email Address,Company,Position,Connected On",
        "messages.csv": "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER",
        "Invitations.csv": "From,To,Sent At,Message,Direction",
        "Contacts.csv": "Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt,Addresses,Sites,"
        "InstantMessageHandles,FullName,Birthday,Location,BookmarkedAt,Profiles",
        "Endorsement_Received_Info.csv": "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorsement Status",
        "Endorsement Received Info.csv": "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,"
        "Endorsement Status,Display Status",
        "Shares.csv": "Date,ShareLink,ShareCommentary,SharedURL,MediaURL,Visibility",
        "Reactions.csv": "Date,Type,Link",
        "Email Addresses.csv": "Email Address,Confirmed,Primary,Updated On",
        "Logins.csv": "Login Date,IP Address,User Agent,Login Type",
    },
}
for _coach in ("guide_messages.csv", "learning_role_play_messages.csv"):
    HEADERS["alex_morgan"][_coach] = HEADERS["alex_morgan"]["messages.csv"]


@pytest.mark.parametrize("name", HEADERS)
def test_headers_are_those_of_the_era(name: str) -> None:
    """Every file of the export, and no other, has the header that real exports of its time have."""
    found = {}
    for file in (SAMPLES / name).iterdir():
        above = 3 if text(file).startswith("Notes:\n") else 0
        found[file.name] = ",".join(rows_header(file, above))
    assert found == HEADERS[name]


def rows_header(file: Path, above: int) -> list[str]:
    line = text(file).split("\n")[above].rstrip("\r")
    return next(csv.reader([line], delimiter="\t" if "\t" in line else ","))


def test_encodings_and_line_ends_are_those_of_the_era() -> None:
    """UTF-16 with tabs beside UTF-8 in the old exports, CRLF in the posts of 2021, LF today, no last line feed."""
    today = SAMPLES / "alex_morgan"
    assert not [f.name for f in today.iterdir() if b"\r" in f.read_bytes() or f.read_bytes()[:2] == b"\xff\xfe"]
    assert not [n for n in ("Connections.csv", "Email Addresses.csv") if (today / n).read_bytes().endswith(b"\n")]
    for folder, wide in (
        ("linkedin_2018", {"Endorsement Received Info.csv", "Shares.csv", "Logins.csv"}),
        ("linkedin_2021", {"Endorsement Received Info.csv", "Logins.csv"}),
    ):
        assert {f.name for f in (SAMPLES / folder).iterdir() if f.read_bytes()[:2] == b"\xff\xfe"} == wide
    assert (SAMPLES / "linkedin_2021" / "Reactions.csv").read_bytes().count(b"\r\n") > 5


PLANTED = {
    "support": (5, 5),
    "sympathy": (10, 10),
    "affinity": (35, 35),
    "active": (62, 70),
    "gone_quiet": (30, 60),
    "mass_sender": (40, 60),
    "ritual": (60, 80),
    "deep_dead": (25, 40),
    "one_sided_out": (20, 60),
    "one_night": (20, 60),
    "brief": (200, 400),
    "never_spoken": (300, 700),
    "hidden": (10, 30),
}


@pytest.fixture(scope="module", params=[7, 11])
def sample(request: pytest.FixtureRequest, make: Make, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The committed export, and one of another seed."""
    if request.param == 7:
        return SAMPLES / "alex_morgan"
    return make(tmp_path_factory.mktemp("other") / "export", seed=request.param)


def test_the_planted_numbers(sample: Path) -> None:
    """There are as many of each role as the acceptance needs, and 112 to 120 living meaningful ties."""
    counted = Counter(p["role"] for p in truth(sample))
    assert {r: counted[r] for r, (low, high) in PLANTED.items() if not low <= counted[r] <= high} == {}
    assert {p["role"] for p in truth(sample) if p["meaningful"] == "1"} == LIVING
    assert 112 <= sum(p["meaningful"] == "1" for p in truth(sample)) <= 120


@lru_cache
def conversation(sample: Path) -> dict[str, list[tuple[datetime, str]]]:
    """Time and direction of every message between two people only, by the other's raw profile URL."""
    found: dict[str, list[tuple[datetime, str]]] = {}
    for row in rows(sample / "messages.csv"):
        sender, to = row["SENDER PROFILE URL"], row["RECIPIENT PROFILE URLS"]
        if row["IS MESSAGE DRAFT"] == "No" and OWNER in (sender, to) and "," not in to:
            at = datetime.strptime(row["DATE"], "%Y-%m-%d %H:%M:%S UTC")
            found.setdefault(to if sender == OWNER else sender, []).append((at, "out" if sender == OWNER else "in"))
    return found


def test_roles_are_what_they_say(sample: Path) -> None:
    """Each planted role keeps its definition, measured on messages.csv itself."""
    talk = conversation(sample)
    end = datetime(2026, 11, 21)
    wrong = []
    for person in truth(sample):
        said = talk.get(unquote(person["profile_url"]), [])
        into, out = (sum(d == way for _, d in said) for way in ("in", "out"))
        late = {d for at, d in said if at >= end - timedelta(days=365)}
        last = max((at for at, _ in said), default=end)
        quiet = (end - last).days
        keeps = {
            "support": late == {"in", "out"},
            "sympathy": late == {"in", "out"},
            "affinity": late == {"in", "out"},
            "active": late == {"in", "out"},
            "gone_quiet": into and out and 390 <= quiet <= 915,
            "mass_sender": 30 <= into <= 120 and out <= 1,
            "ritual": into and out and len({at.year for at, _ in said}) >= 3,
            "deep_dead": 50 <= into + out <= 112 and min(into, out) >= 10 and quiet > 3 * 365,
            "one_sided_out": out >= 4 and not into,
            "one_night": into and out and (last - min(at for at, _ in said)).days <= 14 and quiet >= 180,
            "never_spoken": not said,
        }.get(person["role"], True)
        if not keeps:
            wrong.append((person["role"], into, out, quiet))
    assert wrong == []


def test_counting_messages_does_not_find_the_meaningful_ties(
    sample: Path, record_property: Callable[..., None]
) -> None:
    """Of the N people with most messages at most six in ten are among the N living meaningful ties."""
    count = traffic(sample)
    total = {
        p["profile_url"]: count[u, "in"] + count[u, "out"] for p in truth(sample) if (u := unquote(p["profile_url"]))
    }
    living = {p["profile_url"] for p in truth(sample) if p["meaningful"] == "1"}
    top = sorted(total, key=lambda url: -total[url])[: len(living)]
    precision = len(living.intersection(top)) / len(living)
    record_property("precision of the raw count", precision)
    print(f"precision of the raw message count at N = {len(living)}: {precision:.2f}")
    assert precision <= 0.6


def test_the_texts_of_living_ties_are_composed(sample: Path) -> None:
    """Hardly any two messages of living ties are the same; the letters of mass senders and wishes are."""
    role = {unquote(p["profile_url"]): p["role"] for p in truth(sample) if p["profile_url"]}
    said: dict[str, list[str]] = {}
    for row in rows(sample / "messages.csv"):
        other = row["RECIPIENT PROFILE URLS"] if row["SENDER PROFILE URL"] == OWNER else row["SENDER PROFILE URL"]
        if row["CONTENT"] and other in role:
            said.setdefault("living" if role[other] in LIVING else role[other], []).append(row["CONTENT"])
    repeated = {r: sum(n for n in Counter(texts).values() if n > 1) / len(texts) for r, texts in said.items()}
    assert repeated["living"] < 0.05
    assert repeated["ritual"] > 0.2


def test_connections_look_like_a_real_file(sample: Path) -> None:
    """Newest first, one in seventy without a name, few e-mails, unique encoded URLs, homonyms, names with decorations."""
    people = connections(sample)
    days = [datetime.strptime(p["Connected On"], "%d %b %Y").date() for p in people]
    named = [p for p in people if p["URL"]]
    names = [f"{p['First Name']} {p['Last Name']}" for p in named]
    assert len(people) == 1200
    assert days == sorted(days, reverse=True)
    assert days[0] <= LAST_DAY
    assert (days[0] - days[-1]).days > 8 * 365
    assert 0.01 <= (len(people) - len(named)) / len(people) <= 0.02
    assert all(not any(list(p.values())[:-1]) for p in people if not p["URL"])
    assert 0.01 <= sum(bool(p["Email Address"]) for p in named) / len(named) <= 0.052
    assert len({p["URL"] for p in named}) == len(named)
    assert all(p["URL"] == quote(unquote(p["URL"]), safe=":/-") for p in named)
    assert 0.003 <= sum("%" in p["URL"] for p in named) / len(named) <= 0.16
    assert 0.003 <= 1 - len(set(names)) / len(names) <= 0.02
    assert 0.05 <= sum(not n.isascii() for n in names) / len(names) <= 0.2
    assert any(", PhD" in n or ", MBA" in n for n in names)
    assert any(n != n.strip() or "  " in n for n in names)


def test_messages_look_like_a_real_file(sample: Path) -> None:
    """Every trap of an inbox stands in messages.csv: groups, campaigns, drafts, spam, blank rows, a duplicate."""
    inbox = rows(sample / "messages.csv")
    assert text(sample / "messages.csv").startswith('"CONVERSATION ID","')
    real = [r for r in inbox if r["IS MESSAGE DRAFT"] == "No"]
    drafts = [r for r in inbox if r["IS MESSAGE DRAFT"] == "Yes"]
    assert drafts
    assert not any(r["CONVERSATION ID"] or r["FOLDER"] for r in drafts)
    assert all(re.fullmatch(r"2-[A-Za-z0-9+/]{54}==", r["CONVERSATION ID"]) for r in real)
    assert {r["FOLDER"] for r in real} == {"INBOX", "ARCHIVE", "SPAM"}
    assert max(r["RECIPIENT PROFILE URLS"].count(",") for r in real) > 20
    assert any("LinkedIn Member" in r["TO"].split(",") and r["RECIPIENT PROFILE URLS"].count(",") for r in real)
    campaigns = [r for r in real if r["CONVERSATION TITLE"] == "Sponsored Conversation"]
    assert all(r["FROM"] == "LinkedIn Member" and not r["SENDER PROFILE URL"] for r in campaigns)
    assert 0.001 <= len(campaigns) / len(real) <= 0.01
    assert any(r["FROM"] == r["TO"] == "" for r in real)
    assert any("\n" in r["CONTENT"] for r in real)
    assert any(not r["CONTENT"] and r["ATTACHMENTS"] for r in real)
    assert len(real) - len({tuple(r.values()) for r in real}) == 1
    assert max(r["DATE"] for r in real) <= f"{LAST_DAY} 23:59:59 UTC"


def test_invitations_reach_back_nine_months(sample: Path) -> None:
    """Accepted and pending ones of nine months, raw URLs, few notes; an accepted note is a message at acceptance."""
    sent = rows(sample / "Invitations.csv")
    times = [datetime.strptime(i["Sent At"], "%m/%d/%y, %I:%M %p") for i in sent]
    known = {unquote(p["URL"]) for p in connections(sample)}
    other = [i["inviteeProfileUrl" if i["Direction"] == "OUTGOING" else "inviterProfileUrl"] for i in sent]
    assert not any("%" in url for url in other)
    assert 250 <= (max(times) - min(times)).days <= 280
    assert 0.3 <= sum(url in known for url in other) / len(sent) <= 0.9
    assert 0 < sum(bool(i["Message"]) for i in sent) / len(sent) <= 0.1
    said = {r["CONTENT"] for r in rows(sample / "messages.csv")}
    accepted = [i["Message"] for i, url in zip(sent, other, strict=True) if i["Message"] and url in known]
    assert accepted
    assert said.issuperset(accepted)


def test_an_earlier_export_of_the_same_life_has_nothing_later(make: Make, tmp_path: Path) -> None:
    """With `as_of` an export is a part of the later one, and the truth is that of the day."""
    then = make(tmp_path / "then", connections=200, as_of=date(2025, 6, 1))
    now = make(tmp_path / "now", connections=200)

    def inbox(folder: Path) -> set[tuple[str, ...]]:
        return {tuple(r.values()) for r in rows(folder / "messages.csv")}

    assert inbox(then) == {r for r in inbox(now) if r[6] <= "2025-06-01 23:59:59 UTC"}
    assert {p["URL"] for p in connections(then)} < {p["URL"] for p in connections(now)}
    assert {p["role"] for p in truth(then) if p["meaningful"] == "1"} - LIVING == {"gone_quiet"}
    for name in ("Endorsement_Received_Info.csv", "Reactions.csv", "Comments.csv"):
        lines = text(then / name).splitlines()
        assert not [line for line in lines if line[:4].isdigit() and line[:10].replace("/", "-") > "2025-06-01"]


@pytest.mark.parametrize("messages", [4_000, 9_000])
def test_the_number_of_messages_can_be_chosen(make: Make, tmp_path: Path, messages: int) -> None:
    """`messages` is met within a twentieth, roles unchanged: living ties talk more."""
    out = make(tmp_path / "export", connections=150, messages=messages)
    assert len(rows(out / "messages.csv")) == pytest.approx(messages, rel=0.05)
    assert all(into <= 120 for into in (int(p["messages_in"]) for p in truth(out) if p["role"] == "mass_sender"))


def everything(folder: Path) -> Iterator[tuple[str, str]]:
    for file in folder.iterdir():
        yield file.name, text(file)


@pytest.mark.parametrize("name", COMMITTED)
def test_nobody_and_nothing_real_is_in_it(name: str) -> None:
    """Only reserved domains and LinkedIn's own, only 555-01xx numbers, profile slugs that no real profile has."""
    hosts, mails, slugs, phones = set(), set(), set(), set()
    for file, content in everything(SAMPLES / name):
        hosts |= set(re.findall(r"https?://([\w.-]+)", content))
        hosts |= set(re.findall(r"\b[\w.-]+\.(?:com|net|org|io|co)\b", content))
        mails |= set(re.findall(r"[\w.+-]+@([\w.-]+\.\w+)", content))
        slugs |= set(re.findall(r"linkedin\.com/in/([^\s\",]+)", content))
        if file in {"ImportedContacts.csv", "Imported Contacts.csv", "Contacts.csv", "PhoneNumbers.csv"}:
            phones |= {re.sub(r"\D", "", p)[-7:] for p in re.findall(r"\+1[\d \-]{10,}", content)}
    assert {h for h in hosts if not re.search(r"(^|\.)(example\.(com|org)|www\.linkedin\.com)$", h)} == set()
    assert mails <= {"example.com", "example.org"}
    assert [s for s in slugs if not re.search(r"-ex[a-z]?\d+$", s)] == []
    assert [p for p in phones if not p.startswith("55501")] == []


def test_the_truth_is_no_file_of_the_export() -> None:
    """The truth stands beside the folder, under a name no reader takes for an export's."""
    assert [f.name for f in SAMPLES.glob("*.truth.csv")] != []
    assert [f for f in SAMPLES.glob("*/*") if "truth" in f.name] == []
    assert sum(f.stat().st_size for f in (SAMPLES / "alex_morgan").iterdir()) < 6_000_000


def test_the_channels_are_written_again_to_the_byte(tmp_path: Path) -> None:
    """The calendar, the calls and the address book of the same life, by the same command."""
    make = [sys.executable, str(SAMPLES / "make.py"), "--channels", "--out", str(tmp_path / "again")]
    subprocess.run(make, check=True)
    committed = SAMPLES / "alex_morgan_channels"
    assert {f.name: f.read_bytes() for f in committed.iterdir()} == {
        f.name: f.read_bytes() for f in (tmp_path / "again").iterdir()
    }
    calls = (committed / "calls-20261120200000.xml").read_text()
    assert (calls.count("<call "), calls.count("(Unknown)")) == (10, 7)
