"""A tiny fictional export: one deep tie, one that is never answered, one that never spoke."""

from __future__ import annotations

HEAD = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER"
)
CONNECTIONS = """\
First Name,Last Name,URL,Email Address,Company,Position,Connected On
Ada,Adler,https://www.linkedin.com/in/ada-adler,,Acme GmbH,Engineer,01 Feb 2024
Ben,Brandt,https://www.linkedin.com/in/ben-brandt,,Acme,Designer,01 Mar 2024
=Carla,**Castillo**,https://www.linkedin.com/in/carla,,Globex,![x](http://evil.example/c.png),01 Apr 2024
"""


def messages() -> str:
    """Ada and the owner write to each other every tenth day for a year and a half; Ben only writes."""
    me, ada, ben = (
        "https://www.linkedin.com/in/alex-morgan",
        *(f"https://www.linkedin.com/in/{s}" for s in ("ada-adler", "ben-brandt")),
    )
    rows = []
    for i in range(54):
        day = f"20{24 + (i + 6) // 36}-{(i + 6) // 3 % 12 + 1:02}-{1 + 9 * (i % 3):02}"
        rows.append(f"c1,,Alex Morgan,{me},Ada Adler,{ada},{day} 10:00:00 UTC,,Shall we meet about plan {i}?,INBOX")
        rows.append(
            f"c1,,Ada Adler,{ada},Alex Morgan,{me},{day} 11:00:00 UTC,,Gladly and plan {i} looks good to me,INBOX"
        )
        rows.append(
            f"c2,,Ben Brandt,{ben},Alex Morgan,{me},{day} 12:00:00 UTC,,Have you seen my offer number {i}?,INBOX"
        )
    return "\n".join([HEAD, *reversed(rows)]) + "\n"


def strangers_talk() -> str:
    """Two conversations between two people each, who have nobody in common: nothing says whose they are."""
    rows = [
        f"c{n},,{a.title()},https://www.linkedin.com/in/{a},{b.title()},https://www.linkedin.com/in/{b},"
        f"2025-03-0{day} 10:00:00 UTC,,Are we still on for day {day}?,INBOX"
        for n, (a, b) in enumerate([("kim", "lou"), ("max", "nia")])
        for day in range(1, 6)
    ]
    return "\n".join([HEAD, *rows]) + "\n"
