"""What people do with the app, in a real browser."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import pytest
from journey import Journey

from auditor import sample

HOSTILE = "![x](http://evil.example/n.png)<img src=http://evil.example/i.png onerror=alert(1)>"
MESSAGES = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER"
)
PROFILE = "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary\nAlex,Morgan,,,,Engineer,\n"
HEAD = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """The sample export as LinkedIn would send it."""
    target = tmp_path / "Complete_LinkedInDataExport_11-20-2026.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(sample.folder().iterdir()):
            archive.write(file, file.name)
    return target


def _ties(journey: Journey) -> None:
    journey.page.get_by_role("link", name="Ties", exact=True).click()
    journey.see("More filters")


def _download(journey: Journey) -> list[dict[str, str]]:
    with journey.page.expect_download() as caught:
        journey.page.get_by_role("button", name="Download these as CSV").click()
    with caught.value.path().open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_zip_becomes_an_audit(journey: Journey, export: Path) -> None:
    """Drop the ZIP; read the headline, the layers, the kinds and the receipt; the pictures are drawn."""
    journey.give(export)
    journey.see("meaningful ties (")
    journey.see("Kinds of tie")
    assert journey.colours("years") > 3
    assert journey.page.locator("[class*=st-key-target-2] canvas").count() > 0
    journey.page.get_by_text("files read:").click()
    journey.see("not opened")


def test_a_single_csv_shows_size_and_what_is_missing(journey: Journey, tmp_path: Path) -> None:
    """Connections.csv alone: a count, the growth, and how to get the messages. Hostile names stay words everywhere."""
    file = tmp_path / "Connections.csv"
    file.write_text(f"{HEAD}\n{HOSTILE},**Adler**,https://www.linkedin.com/in/ada,,:red[Acme],=1+1,01 Feb 2024\n")
    journey.give(file)
    journey.see("1 connection")
    journey.see("How to get the missing files")
    assert journey.colours("years") > 3
    _ties(journey)
    (row,) = _download(journey)
    assert row["name"].startswith("![x](http")
    assert row["position"] == "'=1+1"
    box = journey.page.locator(".st-key-ties").bounding_box()
    assert box
    journey.page.mouse.click(box["x"] + 22, box["y"] + 55)
    shown = journey.page.locator("[data-testid=stMain]").get_by_text("Adler", exact=False).last
    shown.wait_for()
    journey.settle()
    assert journey.page.locator("[data-testid=stMain] img").count() == 0
    assert "**Adler**" in shown.inner_text().replace("\u2060", "")


def test_the_shallow_are_filtered_and_downloaded(journey: Journey) -> None:
    """Sample, Ties, Shallow, download: the file has exactly those on screen, none of them deep."""
    journey.page.get_by_role("button", name="Try it with the fictional sample").click()
    journey.see("Kinds of tie")
    _ties(journey)
    shown = journey.page.get_by_text("of 1,184")
    journey.page.get_by_text("Shallow", exact=True).click()
    shallow = journey.turn(shown, "1,184 of 1,184")
    journey.page.get_by_label("Search names, companies and positions").fill("engneer")
    count = int(journey.turn(shown, shallow).split(" of ")[0].replace(",", ""))
    rows = _download(journey)
    assert 0 < len(rows) == count < 1184
    assert {row["state"] for row in rows} <= {"light", "unobserved"}
    assert all("engineer" in row["position"].casefold() for row in rows)
    assert "engneer" not in journey.page.url


def test_the_sample_shows_the_target_and_a_dot_shows_its_person(journey: Journey) -> None:
    """One click from the empty page to the target; one click on a dot to the reason."""
    assert journey.colours("example") > 3
    journey.page.get_by_role("button", name="Try it with the fictional sample").click()
    journey.see("Kinds of tie")
    target = journey.page.locator("[class*=st-key-target-2]")
    key = next(c for c in (target.get_attribute("class") or "").split() if c.startswith("st-key-")).removeprefix(
        "st-key-"
    )
    assert journey.colours(key) > 20
    _click_some_dot(journey)
    journey.see("all points together")


def _click_some_dot(journey: Journey) -> None:
    """Clicks outwards from the middle until a dot is hit; where dots stand is tested without a browser."""
    canvas = journey.page.locator("[class*=st-key-target-2] canvas").first
    box = canvas.bounding_box()
    assert box
    ring = min(box["width"], box["height"]) * 0.43 / 7
    for step in range(60):
        x = box["x"] + box["width"] / 2 + ring * (2.2 + 0.05 * (step % 15))
        y = box["y"] + box["height"] * 0.47 + ring * 0.6 * (step // 15 - 2)
        journey.page.mouse.move(x, y)
        if canvas.evaluate("canvas => canvas.parentElement.style.cursor") == "pointer":
            journey.page.mouse.click(x, y)
            return
    raise AssertionError("no dot where the affinity group stands")


def test_a_hostile_name_is_words_on_the_target(journey: Journey, tmp_path: Path) -> None:
    """Hovering over a dot and clicking it shows the name as it is written; no picture, no script, no link."""
    file = tmp_path / "messages.csv"
    me, them = "https://www.linkedin.com/in/alex-morgan", "https://www.linkedin.com/in/hostile"
    lines = [MESSAGES]
    for day in range(1, 29):
        lines.append(
            f"c,,Alex Morgan,{me},{HOSTILE},{them},2026-01-{day:02} 10:00:00 UTC,,a word about day {day}?,INBOX"
        )
        lines.append(
            f"c,,{HOSTILE},{them},Alex Morgan,{me},2026-02-{day:02} 10:00:00 UTC,,and an answer to {day},INBOX"
        )
    file.write_text("\n".join(lines))
    profile = tmp_path / "Profile.csv"
    profile.write_text(PROFILE)
    journey.give(file, profile)
    journey.see("Kinds of tie")
    x, y = journey.dot("linkedin:hostile")
    journey.page.mouse.move(x, y)
    journey.page.get_by_text("· depth").wait_for()
    assert journey.page.get_by_text("· depth").inner_text().startswith(HOSTILE)
    journey.page.mouse.click(x, y)
    journey.see("all points together")
    main = journey.page.locator("[data-testid=stMain]")
    assert main.locator("img").count() == 0
    assert main.get_by_role("heading").filter(has_text="evil").inner_text().replace("\u2060", "") == HOSTILE


def test_a_wrong_file_is_explained_and_the_next_one_works(journey: Journey, tmp_path: Path) -> None:
    """What it looks like and where to click on LinkedIn; then the right file on the same page."""
    wrong, right = tmp_path / "holiday.csv", tmp_path / "Connections.csv"
    wrong.write_text("Place,![x](http://evil.example/h.png)\nRome,1\n")
    right.write_text(f"{HEAD}\nAda,Adler,https://www.linkedin.com/in/ada,,Acme,Engineer,01 Feb 2024\n")
    journey.give(wrong)
    journey.see("That could not be read")
    journey.see("Request archive")
    journey.give(right)
    journey.see("1 connection")
    assert journey.page.get_by_text("That could not be read").count() == 0


def test_a_folder_on_this_machine_is_read_and_forgotten(journey: Journey) -> None:
    """The way in for big exports, by keyboard; and the way out."""
    field = journey.page.get_by_label("Or a file or folder on this machine")
    field.fill(str(sample.folder()))
    field.press("Enter")
    journey.see("Kinds of tie")
    journey.page.get_by_role("button", name="Forget this export").click()
    journey.page.get_by_role("button", name="Forget it", exact=True).click()
    journey.see("Which of your connections are relationships?")
