"""Traps of dates: zones that nobody states, orders of day and month, and what Excel makes of them."""

from __future__ import annotations

import pandas as pd
import pytest

C7 = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
INVITATIONS = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl"
PROFILE = {"Profile.csv": ["First Name,Last Name,Maiden Name,Headline,Summary,Industry", "Robin,Hart,,,,"]}


def invited_ada(sent_at: str) -> str:
    """A row of Invitations.csv: Robin invites Ada."""
    urls = "https://www.linkedin.com/in/robin-hart,https://www.linkedin.com/in/ada-marsh"
    return f'Robin Hart,Ada Marsh,"{sent_at}",,OUTGOING,{urls}'


def connected(day: str, last_name: str = "Marsh") -> str:
    """A row of Connections.csv: Ada, connected on that day."""
    return f"Ada,{last_name},https://www.linkedin.com/in/ada-{last_name.lower()},,,,{day}"


@pytest.mark.parametrize(
    ("sent_at", "utc"),
    [
        ("7/1/25, 5:30 PM", "2025-07-02 00:30:00"),
        ("1/5/26, 4:15 PM", "2026-01-06 00:15:00"),
        ("3/8/26, 1:59 AM", "2026-03-08 09:59:00"),
        ("3/8/26, 3:00 AM", "2026-03-08 10:00:00"),
        ("12/31/25, 12:05 AM", "2025-12-31 08:05:00"),
    ],
    ids=["summer", "winter", "before the clocks change", "after", "midnight"],
)
def test_trap_09_sent_at_is_los_angeles(read_export, sent_at, utc):
    """Sent At is Los Angeles time, summer and winter; Connected On is a UTC day and does not move."""
    files = {"Connections.csv": [C7, connected("02 Jul 2025")], "Invitations.csv": [INVITATIONS, invited_ada(sent_at)]}
    reading = read_export(files | PROFILE)
    assert reading.exchanges("invitation") == [("linkedin:ada-marsh", utc, "out")]
    assert reading.days == {"Ada Marsh": "2025-07-02"}


@pytest.mark.parametrize("sent_at", ["2/30/26, 9:00 AM", "1/5/26, 25:00 PM", ""])
def test_trap_09_no_such_time(read_export, sent_at):
    """An invitation whose time cannot be read is set aside and counted, not dated by guess."""
    reading = read_export(
        PROFILE | {"Invitations.csv": [INVITATIONS, invited_ada(sent_at), invited_ada("1/5/26, 4:15 PM")]}
    )
    assert len(reading.exchanges("invitation")) == 1
    assert reading.aside("Invitations.csv", "date|time") == 1


@pytest.mark.parametrize("space", [" ", "\u202f", "\u00a0"], ids=["space", "U+202F", "U+00A0"])
def test_trap_10_month_before_day(read_export, space):
    """`3/4/26` is the fourth of March: the month comes first, also where both readings are possible."""
    rows = [invited_ada(f"3/4/26, 9:05{space}AM"), invited_ada(f"12/11/25, 9:05{space}AM")]
    reading = read_export(PROFILE | {"Invitations.csv": [INVITATIONS, *rows]})
    assert [at for _, at, _ in reading.exchanges("invitation")] == ["2025-12-11 17:05:00", "2026-03-04 17:05:00"]


@pytest.mark.parametrize(
    ("file", "direction"), [("Recommendations_Received.csv", "in"), ("Recommendations_Given.csv", "out")]
)
def test_trap_11_zero_padded_recommendations(read_export, file, direction):
    """Recommendations pad their dates with zeros, Invitations do not; both are read, month first."""
    recommendation = [
        "First Name,Last Name,Company,Job Title,Text,Creation Date,Status",
        'Ada,Marsh,Plover Press,Editor,Robin is careful,"03/04/26, 09:05 AM",VISIBLE',
    ]
    reading = read_export(
        {"Connections.csv": [C7, connected("02 Jul 2025")], file: recommendation} | PROFILE,
    )
    [(_, at, way)] = reading.exchanges("recommendation")
    assert (at[:10], way) == ("2026-03-04", direction)
    assert reading.ties("2026-06-01").loc["Ada Marsh", f"days_{direction}"] == 1


def test_trap_12_english_excel(read_export):
    """`4-Apr-21`, CRLF and a byte order mark: what an English Excel makes of the file is read as it was."""
    rows = [connected("4-Apr-21"), connected("12-Dec-09", "Reed"), connected("1-Jan-04", "Stone")]
    reading = read_export({"Connections.csv": b"\xef\xbb\xbf" + "\r\n".join([C7, *rows, ""]).encode()})
    assert reading.days == {"Ada Marsh": "2021-04-04", "Ada Reed": "2009-12-12", "Ada Stone": "2004-01-01"}


@pytest.mark.parametrize("cell", ["4-Apr-99", "4-Apr-45"], ids=["before LinkedIn", "after the export"])
def test_trap_12_no_century_fits(read_export, cell):
    """A two-digit year that fits neither after LinkedIn's first day (2003-05) nor before the export gives no date."""
    reading = read_export({"Connections.csv": [C7, connected(cell), connected("4-Apr-21", "Reed")]})
    assert reading.names == ["Ada Marsh", "Ada Reed"]
    assert pd.isna(reading.connections.loc["Ada Marsh", "connected_on"])
    assert reading.receipt("Connections.csv")["what"].str.contains("date").any()


def test_trap_13_two_formats_in_one_column(read_export):
    """A Spanish Excel leaves the months it does not know (Jan, Apr, Aug, Dec) and rewrites the other eight, cell by cell."""
    cells = (
        "05 Jan 2021;05-feb-21;05-mar-21;05 Apr 2021;05-may-21;05-jun-21;"
        "05-jul-21;05 Aug 2021;05-sep-21;05-oct-21;05-nov-21;05 Dec 2021"
    ).split(";")
    rows = [f"Ada;{'ABCDEFGHIJKL'[month]}marsh;Plover Press;{cell}" for month, cell in enumerate(cells)]
    reading = read_export({"Connections.csv": ["First Name;Last Name;Company;Connected On", *rows]})
    assert list(reading.days.values()) == [f"2021-{month:02}-05" for month in range(1, 13)]
    assert reading.kept("Connections.csv") == 12


@pytest.mark.parametrize(
    ("language", "months"),
    [
        ("es", "ene feb mar abr may jun jul ago sep oct nov dic"),
        ("es with dots", "ene. feb. mar. abr. may. jun. jul. ago. sept. oct. nov. dic."),
        ("fr", "janv févr mars avr mai juin juil août sept oct nov déc"),
        ("fr with dots", "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc."),
        ("de", "Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez"),
        ("de, newer", "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez"),
        ("pt", "jan fev mar abr mai jun jul ago set out nov dez"),
        ("it", "gen feb mar apr mag giu lug ago set ott nov dic"),
        ("nl", "jan feb mrt apr mei jun jul aug sep okt nov dec"),
    ],
)
def test_trap_13_months_of_other_languages(read_export, language, months):
    """The months of a Spanish, French, German, Portuguese, Italian or Dutch Excel are all twelve known."""
    rows = [f"Ada;{'ABCDEFGHIJKL'[i]}marsh;Plover Press;05-{month}-21" for i, month in enumerate(months.split())]
    reading = read_export({"Connections.csv": ["First Name;Last Name;Company;Connected On", *rows]})
    assert list(reading.days.values()) == [f"2021-{month:02}-05" for month in range(1, 13)]
