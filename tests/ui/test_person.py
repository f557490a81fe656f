"""The page of one person, without a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from tiny_export import CONNECTIONS, messages

from auditor.store import Store
from auditor.ui import people

Opener = Callable[..., AppTest]
ADA, BEN, CARLA = ("linkedin:ada-adler", "linkedin:ben-brandt", "linkedin:carla")
HOSTILE = "linkedin:hostile"
NAME = "<img src=x onerror=alert(1)> [a](http://evil.example/) \u202egnp" + "W" * 10_000
"""HTML, Markdown, a turn of the direction of writing, and ten thousand letters."""

CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1@example.com
DTSTAMP:20250901T100000Z
DTSTART:20240820T120000Z
DTEND:20240820T130000Z
SUMMARY:Lunch w/ Ben Brandt
END:VEVENT
BEGIN:VEVENT
UID:2@example.com
DTSTAMP:20250901T100000Z
DTSTART:20250821T120000Z
DTEND:20250821T130000Z
SUMMARY:Lunch w/ Dora Dunst
END:VEVENT
END:VCALENDAR
"""
GUEST = "name:dora dunst@calendar"


@pytest.fixture(name="app")
def fixture_app(app: AppTest, tmp_path: Path) -> AppTest:
    """Three connections, one with a hostile name, and a calendar with one of them and a guest."""
    rows = CONNECTIONS + f'"{NAME}",,https://www.linkedin.com/in/hostile,,"{NAME}",,02 Apr 2024\n'
    for name, text in {"Connections.csv": rows, "messages.csv": messages(), "calendar.ics": CALENDAR}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    app.text_input(key="path").set_value(str(tmp_path))
    next(b for b in app.button if b.label == "Read it").click()
    return app.run()


def at(app: AppTest, ref: str) -> AppTest:
    """The page by this link."""
    app.query_params[people.PARAMETER] = ref
    app.switch_page("views/person.py").run()
    assert not app.exception
    return app


def of(app: AppTest, human: str) -> AppTest:
    """The page of this person."""
    return at(app, people.ref(human))


def said(app: AppTest) -> str:
    """Everything on the page that is text."""
    kinds = (app.markdown, app.text, app.caption, app.header, app.subheader, app.info)
    return "\n".join(str(e.value) for kind in kinds for e in kind)


def press(app: AppTest, start: str) -> AppTest:
    """Presses the button whose key starts so."""
    next(b for b in app.button if b.key and b.key.startswith(start)).click().run()
    assert not app.exception
    return app


def notes() -> list[tuple[str, str, str]]:
    """What is kept: of whom, of which day, what."""
    with Store.open() as store:
        kept = store.notes()
    return list(zip(kept["person"], kept["at"].dt.strftime("%Y-%m-%d"), kept["text"], strict=True))


def write(app: AppTest, text: str, day: str, which: str = "") -> AppTest:
    """Writes into the box for a new note, or into that of the note with this key, and sends it."""
    box = next(area for area in app.text_area if str(area.key).startswith(f"note-text-{which}"))
    box.set_value(text)
    on = next(d for d in app.date_input if d.key == str(box.key).replace("text", "day"))
    on.set_value(pd.Timestamp(day).date())
    return press(app, str(box.key).replace("note-text", "keep-note"))


def test_without_files_the_page_points_to_the_audit(app: AppTest) -> None:
    """The session forgot everything: the page says what will stand there."""
    app.button(key="forget").click().run()
    app.switch_page("views/person.py").run()
    assert not app.exception
    assert "once an export was read" in app.info[0].value


def test_without_a_person_there_is_a_search_and_whom_to_look_at(app: AppTest) -> None:
    """Ada is the deepest; a typo is forgiven; who is called nothing of the kind is said."""
    app.switch_page("views/person.py").run()
    assert not app.exception
    assert "Whom to look at" in said(app)
    assert "your deepest tie" in said(app)
    app.text_input(key="find").set_value("Brandtt").run()
    assert "Designer" in said(app)
    app.text_input(key="find").set_value("zzzzzz").run()
    assert "Nothing that is known of anybody matches" in said(app)


def test_a_deep_link_shows_the_person(app: AppTest) -> None:
    """Who, since when, how deep, the waterfall, the last exchanges without their text, and the files."""
    of(app, ADA)
    text = said(app)
    assert "Ada Adler" in text
    assert "Connected since 1 February 2024" in text
    assert "54 days of contact in both directions" in text
    assert [m.label for m in app.metric] == ["Depth", "Both ways within a year", "Layer", "Kind"]
    assert app.table[0].value["Part"].iloc[0] == "Where everyone starts"
    last = next(d.value for d in app.dataframe if "Direction" in d.value.columns)
    assert len(last) == 30
    assert last.iloc[0].drop("Minutes").tolist() == ["2025-08-19", "message", "they", 8, 0]
    assert list(last.columns) == ["Date", "Channel", "Direction", "Words", "Minutes", "Others"]
    files = next(d.value for d in app.dataframe if "File" in d.value.columns)
    assert any(str(name).endswith("messages.csv") for name in files["File"])


def test_who_never_spoke_and_who_is_no_connection_have_pages(app: AppTest) -> None:
    """Carla with nothing, the guest of a meal with the meal."""
    of(app, CARLA)
    assert "=Carla" in said(app)
    assert "no message either way" in said(app)
    assert [m.label for m in app.metric] == ["Layer", "Kind"]
    of(app, GUEST)
    assert "Not on your list of connections" in said(app)
    assert "Dora Dunst" in said(app)


def test_who_waits_is_said(app: AppTest) -> None:
    """Ben wrote questions that nothing followed; the meal came before the last of them."""
    of(app, BEN)
    assert "They asked you something" in said(app)


def test_a_link_that_means_nobody_says_so(app: AppTest) -> None:
    """The search and the suggestions stand below it."""
    at(app, "0000000000")
    assert "This link means nobody in these files" in said(app)
    assert app.text_input(key="find")
    assert "Whom to look at" in said(app)


def test_a_hostile_name_is_shown_as_it_is_and_cut(app: AppTest) -> None:
    """Nothing of it is live, and it does not fill the page."""
    of(app, HOSTILE)
    places = [e.value for kind in (app.header, app.markdown, app.subheader, app.caption) for e in kind]
    assert app.header[0].value.startswith("\\<img src\\=x onerror")
    assert not any("](http" in place or "<img" in place.replace("\\<", "") for place in places)
    assert "\u202e" not in said(app)
    assert max(len(place) for place in (*places, *(t.value for t in app.text))) < 1_000
    known = next(d.value for d in app.dataframe if "Known by" in d.value.columns)
    assert known["As"].iloc[0] == NAME.replace("\u202e", "")


def test_a_note_is_written_changed_thrown_away_and_each_step_taken_back(app: AppTest) -> None:
    """With its date; what was written stands literally; an empty note is none."""
    of(app, ADA)
    write(app, "   ", "2025-03-01")
    write(app, "Met in Lisbon **today**\n#sailing", "2025-03-01")
    assert notes() == [(ADA, "2025-03-01", "Met in Lisbon **today**\n#sailing")]
    assert "Met in Lisbon **today**\n#sailing" in [t.value for t in app.text]
    press(app, "edit-")
    write(app, "Met in Porto #sailing", "2025-03-02", people.ref(ADA) + "-")
    assert notes() == [(ADA, "2025-03-02", "Met in Porto #sailing")]
    press(app, "unnote-")
    assert notes() == []
    for kept in (
        [(ADA, "2025-03-02", "Met in Porto #sailing")],
        [(ADA, "2025-03-01", "Met in Lisbon **today**\n#sailing")],
        [],
    ):
        press(app, "undo-notes-")
        assert notes() == kept
    assert not [b for b in app.button if str(b.key).startswith("undo-notes")]


def test_a_note_on_another_mention_is_theirs(app: AppTest) -> None:
    """It was written when the meal's guest was not yet known to be Ben."""
    with Store.open() as store:
        store.note("name:ben brandt@calendar", "Ordered the soup", pd.Timestamp("2025-08-20", tz="UTC"))
    of(app, BEN)
    assert "Ordered the soup" in said(app)
    of(app, ADA)
    assert "Ordered the soup" not in said(app)


def marks() -> tuple[list[list[str]], list[list[str]]]:
    """The labels and the ratings that are kept."""
    with Store.open() as store:
        return store.labels()[["person", "label"]].to_numpy().tolist(), store.ratings()[
            ["person", "rating"]
        ].to_numpy().tolist()


def test_marks_and_a_rating_are_given_and_taken_back(app: AppTest) -> None:
    """Of keep and let go the last one holds; a rating goes with a second click; undo goes back step by step."""
    of(app, ADA)

    def choose(what: str, value: object) -> None:
        next(g for g in app.button_group if g.key == f"{what}-{people.ref(ADA)}").set_value(value).run()
        assert not app.exception

    choose("labels", ["keep"])
    choose("labels", ["keep", "let go"])
    assert marks() == ([[ADA, "let go"]], [])
    choose("rating", "close")
    assert marks() == ([[ADA, "let go"]], [[ADA, "close"]])
    assert "Told-close" in [m.value for m in app.metric]
    choose("rating", None)
    assert marks() == ([[ADA, "let go"]], [])
    for held in (([[ADA, "let go"]], [[ADA, "close"]]), ([[ADA, "let go"]], []), ([[ADA, "keep"]], []), ([], [])):
        press(app, "unmark-")
        assert marks() == held


def decisions() -> list[list[object]]:
    """The decisions that are kept."""
    with Store.open() as store:
        return store.decisions()[["one", "other", "same"]].to_numpy().tolist()


def test_who_was_taken_for_somebody_is_parted_and_joined_again(app: AppTest) -> None:
    """The name in the calendar was unique; the owner knows better, and then thinks better of it."""
    of(app, BEN)
    assert "same name, unique on both sides" in said(app)
    press(app, "part-")
    assert decisions() == [[BEN, "name:ben brandt@calendar", False]]
    assert "same name, unique on both sides" not in said(app)
    press(app, "undo-who")
    assert decisions() == []
    assert "same name, unique on both sides" in said(app)


def test_somebody_is_said_to_be_the_same(app: AppTest) -> None:
    """Dora is Ada by another name: her link now means Ada, the meal is theirs, and undo parts them."""
    of(app, GUEST)
    app.text_input(key=f"same-as-{people.ref(GUEST)}").set_value("Ada Adler").run()
    press(app, f"same-as-{people.ref(GUEST)}-")
    assert decisions() == [[ADA, GUEST, True]]
    assert "Connected since 1 February 2024" in said(app)
    assert "you said so" in said(app)
    press(app, "undo-who")
    assert decisions() == []
    assert "Not on your list of connections" in said(app)


def test_parting_who_was_joined_by_word_goes_back_to_that_word(app: AppTest) -> None:
    """Undo gives the decision back that stood before."""
    with Store.open() as store:
        store.decide(ADA, GUEST, same=True, at=pd.Timestamp("2025-01-01", tz="UTC"))
    of(app, ADA)
    press(app, "part-")
    assert decisions() == [[ADA, GUEST, False]]
    press(app, "undo-who")
    assert decisions() == [[ADA, GUEST, True]]
