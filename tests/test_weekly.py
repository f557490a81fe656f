"""The weekly report, on logs that stand in the tests: who moved, who came, who waits, what to do, and when it is quiet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from fabricate import records

from auditor import letter
from auditor.audit import audit
from auditor.errors import UsageError
from auditor.history import iso_week
from auditor.marks import Marks, label_table
from auditor.moves import FELL, MOVED
from auditor.records import Records
from auditor.weekly import WeeklyReport, days_of, weekly_report

KNOWN = """\
    person,name,connected_on
    ana,Ana Silva,2023-01-02
    bo,Bo Berg,2023-01-02
    cy,Cy Young,2023-01-02
    dee,Dee Dorn,2023-01-02
    eve,Eve Ems,2026-11-10
    flo,Flo Fink,2026-11-12
"""
MONDAY, SUNDAY = date(2026, 11, 9), date(2026, 11, 15)
WEEK = "2026-W46"

Rows = list[dict[str, object]]


def talk(person: str, days: Sequence[date], *, questions: int = 0, **more: object) -> Rows:
    """One message each way on each day, the owner's first; the last one is theirs, with so many question marks."""
    rows: Rows = []
    for day in days:
        rows.append({"person": person, "at": f"{day}T09:00Z", "direction": "out", "words": 9, "questions": 0, **more})
        rows.append({"person": person, "at": f"{day}T17:00Z", "direction": "in", "words": 9, "questions": 0, **more})
    if rows:
        rows[-1]["questions"] = questions
    return rows


def every(days: int, until: date, times: int) -> list[date]:
    """The last of them is `until`, the oldest first."""
    return [until - timedelta(days=days * n) for n in reversed(range(times))]


def life(*more: Rows) -> Records:
    """Ana every fourteenth day for three years, Bo monthly; what else there is comes on top."""
    steady = talk("ana", every(14, MONDAY - timedelta(days=4), 80)) + talk("bo", every(30, date(2026, 10, 30), 36))
    rows = [*steady, *(row for rows in more for row in rows)]
    return records([{**row, "digest": n} for n, row in enumerate(rows)], KNOWN, covers=("2023-01-01", "2026-11-15"))


INVITED = {"person": "eve", "at": "2026-11-09T08:00Z", "channel": "invitation", "direction": "out", "words": 12}


def week(*more: Rows, at: str = WEEK, **options: object) -> WeeklyReport:
    return weekly_report(life(*more), at, **{"as_of": SUNDAY, **options})  # type: ignore[arg-type]


def test_a_week_is_written_as_its_year_and_number() -> None:
    """From Monday to Sunday, across New Year; leniently read, strictly written."""
    assert iso_week(date(2026, 11, 15)) == "2026-W46"
    assert days_of("2026w46") == (MONDAY, date(2026, 11, 15))
    assert iso_week(date(2027, 1, 3)) == "2026-W53"
    assert days_of("2026-W53")[1] == date(2027, 1, 3)


@pytest.mark.parametrize("wrong", ["2026-W54", "2025-W53", "2026-W00", "0000-W01", "46", "", "2026-11-15", "٢٠٢٦-W46"])
def test_what_is_no_week_is_refused(wrong: str) -> None:
    """And the message shows how one is written."""
    with pytest.raises(UsageError, match=r"is no week; write it as \d{4}-W\d\d"):
        days_of(wrong)


def test_weeks_outside_the_data_are_refused() -> None:
    """After the last day, and before the first."""
    with pytest.raises(UsageError, match="lies after the last day in these files, 15 November 2026"):
        week(at="2026-W47")
    with pytest.raises(UsageError, match="lies before anything"):
        week(at="2019-W10")


def test_the_first_week_of_all_has_nothing_before_it() -> None:
    """Everybody in it is new, and no layer is known to be crossed from."""
    report = week(at="2023-W01")
    assert (report.connections_before, report.connections) == (0, 4)
    assert {c.before for c in report.crossings} <= {None}
    assert report.year_ago is None


def test_a_mover_has_two_points_and_a_reason() -> None:
    """Cy, who wrote and was written to on two days, rose; Ana and Bo lost less than two points and are not named."""
    report = week(talk("cy", [MONDAY, date(2026, 11, 11)]))
    (up,) = report.up
    assert (up.name, up.why) == ("Cy Young", "You wrote on 2 days; they wrote on 2 days.")
    assert up.change == up.depth >= MOVED
    assert report.down == ()
    assert report.gained > report.lost > 0
    assert report.headline.startswith("Deeper, and bigger")


def test_a_move_is_the_difference_of_two_audits() -> None:
    """The depth on Sunday less that of the Sunday before, for everybody."""
    held = life(talk("cy", [MONDAY, date(2026, 11, 11)]))
    then, now = (audit(held, day).ties["depth"] for day in (MONDAY - timedelta(days=1), date(2026, 11, 15)))
    change = now - then.reindex(now.index).fillna(0)
    report = weekly_report(held, WEEK, as_of=SUNDAY)
    assert report.up[0].change == round(change["linkedin:cy"], 1)
    assert (report.gained, report.lost) == (round(change.clip(lower=0).sum(), 1), round(-change.clip(upper=0).sum(), 1))


def test_who_falls_silent_after_a_burst_sinks_and_the_reason_is_the_silence() -> None:
    """Dee, four days within a fortnight and then nothing: some points in the week, and how long it has been."""
    burst = [date(2026, 10, 24), date(2026, 10, 27), date(2026, 10, 30), date(2026, 11, 2)]
    (down,) = week(talk("dee", burst)).down
    assert (down.name, down.why) == ("Dee Dorn", "Quiet for 13 days.")
    assert down.change <= -MOVED


def test_newcomers_and_how_they_came() -> None:
    """By your invitation with a note; without an invitation in the files; by a first message of one not connected."""
    stranger = {"person": "name:gil gold@whatsapp", "at": "2026-11-13T08:00Z", "direction": "in", "channel": "call"}
    report = week([INVITED, stranger])
    assert {(n.name, n.how) for n in report.newcomers} == {
        ("Eve Ems", "you invited them, with a note"),
        ("Flo Fink", "connected; the files do not say who asked"),
    }
    assert (report.connections_before, report.connections, report.newcomers_more) == (4, 6, 0)


def test_somebody_first_met_is_new_too_and_a_bare_number_is_not() -> None:
    """A named person whom nothing knew before comes by the channel of the first exchange."""
    known = f"{KNOWN}name:gil gold@calendar,Gil Gold,,no\n".replace("connected_on\n", "connected_on,connection\n")
    rows = talk("bo", every(30, date(2026, 10, 30), 36))
    rows += [
        {"person": "name:gil gold@calendar", "at": "2026-11-13T08:00Z", "direction": "both", "channel": "meal"},
        {"person": "phone:+12025550199", "at": "2026-11-13T09:00Z", "direction": "in", "channel": "missed_call"},
    ]
    report = weekly_report(records(rows, known), WEEK)
    assert ("Gil Gold", "a first meal") in {(n.name, n.how) for n in report.newcomers}
    assert not [n for n in report.newcomers if "555" in n.name]


def test_more_than_five_newcomers_are_counted() -> None:
    """Five names, and how many more."""
    crowd = "person,name,connected_on\n" + "".join(f"p{n},Person {n},2026-11-10\n" for n in range(12))
    report = weekly_report(records(talk("ana", every(14, MONDAY, 30)), crowd), WEEK)
    assert (len(report.newcomers), report.newcomers_more) == (5, 7)


def test_a_tie_that_crosses_a_layer_is_named_with_both() -> None:
    """Cy had been in touch on one day of the year, and comes to five: from the active network to the affinity group."""
    once = talk("cy", [date(2026, 3, 2)])
    report = week(once, talk("cy", [MONDAY + timedelta(days=n) for n in range(4)]))
    assert [(c.name, c.before, c.after, c.inward) for c in report.crossings] == [
        ("Cy Young", "active network", "affinity group", True)
    ]


def test_open_questions_wait_on_both_sides() -> None:
    """Ana asked on Thursday and nothing followed; Cy was asked, and has answered before."""
    asked = talk("ana", [date(2026, 11, 12)], questions=2)
    mine = {"person": "cy", "at": "2026-11-13T08:00Z", "direction": "out", "words": 7, "questions": 1}
    report = week(asked, talk("cy", [date(2026, 5, 4)]), [mine])
    assert [(w.name, w.asked, w.days) for w in report.waiting_for_you] == [("Ana Silva", date(2026, 11, 12), 3)]
    assert [(w.name, w.asked) for w in report.you_wait_for] == [("Cy Young", date(2026, 11, 13))]
    assert report.actions[0].what == "Answer"
    assert report.actions[0].why == "They asked you something 3 days ago; nothing has followed yet."


def test_only_the_deepest_of_many_who_wait_are_named_and_the_rest_counted() -> None:
    """Seven asked on one day; of those with more contact before, five are named."""
    known = "person,name,connected_on\n" + "\n".join(f"p{n},Pat {n},2024-01-01" for n in range(7))
    rows = [row for n in range(7) for row in talk(f"p{n}", every(9, SUNDAY, 3 + 2 * n), questions=1)]
    rows = [{**row, "digest": n} for n, row in enumerate(rows)]
    report = weekly_report(records(rows, known, covers=("2023-01-01", "2026-11-15")), WEEK, as_of=SUNDAY)
    assert [w.name for w in report.waiting_for_you] == [f"Pat {n}" for n in (6, 5, 4, 3, 2)]
    assert (report.waiting_for_you_more, report.you_wait_for_more) == (2, 0)
    assert "  The 5 deepest ties of 7." in letter.text(report)


def test_where_nobody_lost_much_those_who_lost_most_are_named() -> None:
    """Dee, three days in September and October, lost between one and two points; whoever lost more would stand alone."""
    (down,) = week(talk("dee", [date(2026, 9, 1), date(2026, 9, 20), date(2026, 10, 10)])).down
    assert down.name == "Dee Dorn"
    assert -MOVED < down.change <= -FELL


def test_a_lunch_answers_every_question() -> None:
    """Whatever was open before it."""
    asked = talk("ana", [date(2026, 11, 10)], questions=1)
    lunch = {"person": "ana", "at": "2026-11-12T12:00Z", "direction": "both", "channel": "meal"}
    assert week(asked, [lunch]).waiting_for_you == ()


def test_a_dormant_tie_comes_with_the_last_thing_between_the_two() -> None:
    """Dee, deep until 2024, with whom the last was a letter of hers."""
    report = week(talk("dee", every(5, date(2024, 9, 9), 60)))
    (tie,) = report.dormant
    assert (tie.name, tie.last, tie.what) == ("Dee Dorn", date(2024, 9, 9), "they wrote")
    assert tie.lifetime_depth >= 50
    assert tie.lifetime_depth != round(tie.lifetime_depth, 1)  # rounded once, where it is shown
    assert [(a.what, a.why[:9]) for a in report.actions if a.name == "Dee Dorn"] == [("Wake it", "Once deep")]


def test_three_actions_each_of_another_sort_and_nobody_twice() -> None:
    """An answer, a greeting that is overdue by the tie's own rhythm, and a dormant tie come before a follow-up."""
    late = talk("cy", every(7, date(2026, 9, 30), 100), questions=0)
    asked = talk("ana", [date(2026, 11, 12)], questions=1)
    report = week(asked, late, talk("dee", every(5, date(2024, 9, 9), 60)))
    assert [(a.what, a.name) for a in report.actions] == [
        ("Answer", "Ana Silva"),
        ("Say hello", "Cy Young"),
        ("Wake it", "Dee Dorn"),
    ]
    assert report.actions[1].why == "You two are in touch every 7 days or so; it has been 46 days."


def test_the_owners_word_comes_first_and_who_was_let_go_is_left_alone() -> None:
    """A tie marked to reach out leads; one marked to let go is in none of the proposals."""
    words = (("bo", "reach out"), ("ana", "let go"), ("dee", "let go"))
    labels = [{"person": f"linkedin:{who}", "label": label, "at": "2026-11-01T00:00Z"} for who, label in words]
    asked, deep_once = talk("ana", [date(2026, 11, 12)], questions=1), talk("dee", every(5, date(2024, 9, 9), 60))
    report = week(asked, deep_once, marks=Marks(labels=label_table(labels)))
    assert report.actions[0].name == "Bo Berg"
    assert report.actions[0].why == "You marked this tie to reach out to."
    assert not {"Ana Silva", "Dee Dorn"} & {a.name for a in report.actions}
    assert (report.waiting_for_you, report.dormant) == ((), ())


def test_a_quiet_week_says_so() -> None:
    """No contact and nobody new; who waits is still there to see."""
    held = records(talk("bo", every(30, date(2026, 10, 30), 36), questions=1), KNOWN.replace("2026-11-1", "2026-10-1"))
    assert not weekly_report(held, "2026-W44").quiet
    quiet = weekly_report(held, "2026-W45", as_of=date(2026, 11, 8))
    assert quiet.quiet
    assert quiet.headline.startswith("A quiet week: no contact in these files, and nobody new. You have about")
    assert (quiet.up, quiet.newcomers, quiet.exchanges, quiet.in_touch) == ((), (), 0, 0)
    assert [w.name for w in quiet.waiting_for_you] == ["Bo Berg"]


def test_a_running_week_is_seen_from_the_last_day_known() -> None:
    """Until Wednesday, and no later day of a calendar counts."""
    report = week(talk("cy", [MONDAY, date(2026, 11, 11)]), talk("dee", [date(2026, 12, 24)]), as_of=date(2026, 11, 11))
    assert (report.week, report.running, report.seen_to) == (WEEK, True, date(2026, 11, 11))
    assert [m.name for m in report.up] == ["Cy Young"]
    assert not week().running


def test_the_count_is_withheld_where_the_audit_withholds_it() -> None:
    """Three weeks of history are no ground for a number, and the reason is the audit's."""
    held = records(talk("ana", every(3, date(2026, 11, 15), 6)), KNOWN)
    report = weekly_report(held, WEEK)
    assert report.meaningful is report.meaningful_low is report.meaningful_before is None
    assert report.withheld == audit(held, date(2026, 11, 15)).meaningful.withheld
    assert report.headline.endswith(str(report.withheld))
    assert report.year_ago is None


def test_the_same_week_a_year_ago() -> None:
    """Ana was in touch in that week, and since; Dee in that week, and never since."""
    then = talk("dee", [date(2025, 11, 12)]) + talk("ana", [date(2025, 11, 16)])
    report = week(then)
    assert report.year_ago
    assert report.year_ago.week == "2025-W46"
    assert (report.year_ago.in_touch, report.year_ago.since) == (2, 1)
    assert report.year_ago.meaningful == audit(life(then), date(2025, 11, 16)).meaningful.count


def test_three_audits_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    """This week, the week before, a year before: nothing is scored twice."""
    days: list[object] = []

    def counted(held: Records, day: date, *more: object) -> object:
        days.append(day)
        return audit(held, day, *more)  # type: ignore[arg-type]

    monkeypatch.setattr("auditor.weekly.audit", counted)
    week()
    assert days == [date(2026, 11, 15), date(2026, 11, 8), date(2025, 11, 16)]
