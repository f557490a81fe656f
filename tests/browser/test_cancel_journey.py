"""A reading that is cancelled leaves nothing behind."""

from __future__ import annotations

import csv
from pathlib import Path

from journey import Journey

HEAD = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER"
).split(",")
ME, ADA = "https://www.linkedin.com/in/alex-morgan", "https://www.linkedin.com/in/ada-adler"


def test_a_big_file_is_cancelled(journey: Journey, tmp_path: Path) -> None:
    """Cancel beside the bar: back to the three ways in, and the next file is read as if nothing had been."""
    big, small = tmp_path / "messages.csv", tmp_path / "Connections.csv"
    with big.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        text = "word " * 60
        for n in range(250_000):
            day = f"20{20 + n % 6}-{n % 12 + 1:02}-{n % 28 + 1:02} 10:00:{n % 60:02} UTC"
            writer.writerow(["c1", "", "Alex Morgan", ME, "Ada Adler", ADA, day, "", f"{text}{n}?", "INBOX"])
    field = journey.page.get_by_label("Or a file or folder on this machine")
    field.fill(str(big))
    field.press("Enter")
    journey.page.get_by_role("button", name="Cancel").click()
    journey.page.get_by_role("button", name="Cancel").wait_for(state="detached")
    assert journey.page.get_by_role("button", name="Add files").count() == 0
    small.write_text(
        f"First Name,Last Name,URL,Email Address,Company,Position,Connected On\nAda,Adler,{ADA},,Acme,,01 Feb 2024\n"
    )
    journey.give(small)
    journey.see("1 connection")
    journey.see("from Connections.csv")
