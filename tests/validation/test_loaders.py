"""The labelled folder becomes events, labels and matrices; what is missing or unfit is named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from labelled_folder import MAIL, write

from auditor.errors import InputError
from auditor.sources import event_log
from auditor.validation.loaders import FILES, Matrix, load


def rows(events) -> list[tuple[str, str, str, str, int]]:
    at = events["at"].dt.strftime("%d %H:%M")
    return list(zip(events["ego"], events["person"], at, events["direction"], events["others"], strict=True))


def matrix(labelled: Path, name: str) -> Matrix:
    return next(m for m in load(labelled).matrices if m.name.startswith(name))


def test_each_mail_is_seen_from_both_sides_and_knows_how_many_got_it(labelled: Path) -> None:
    """The first mail went to 2 and 3; its double row and the mail to oneself are left out."""
    assert rows(load(labelled).manufacturing.events) == [
        ("1", "2", "01 08:00", "out", 1),
        ("1", "3", "01 08:00", "out", 1),
        ("2", "1", "01 08:00", "in", 1),
        ("3", "1", "01 08:00", "in", 1),
        ("2", "1", "03 08:00", "out", 0),
        ("1", "2", "03 08:00", "in", 0),
        ("3", "1", "11 08:00", "out", 0),
        ("1", "3", "11 08:00", "in", 0),
    ]


def test_company_mail_is_split_at_half_of_the_time(labelled: Path) -> None:
    assert str(load(labelled).manufacturing.split) == "2010-01-06 08:00:00+00:00"


def test_campus_messages_are_split_at_half_of_the_messages(labelled: Path) -> None:
    """The second of four, a hundred seconds into 2001-09-09 01:46:40 UTC."""
    college = load(labelled).college
    assert str(college.split) == "2001-09-09 01:48:20+00:00"
    assert len(college.events) == 8


def test_a_log_can_be_split_after_any_share(labelled: Path) -> None:
    """Three tenths of ten days from 1 January 8:00; three of four messages."""
    data = load(labelled)
    assert str(data.manufacturing.split_at(0.3).split) == "2010-01-04 08:00:00+00:00"
    assert str(data.college.split_at(0.75).split) == "2001-09-09 01:50:00+00:00"


def test_the_events_are_such_as_an_event_log_gives(labelled: Path, tmp_path: Path) -> None:
    """The same columns and types, so that depth cannot tell the difference."""
    (tmp_path / "log.csv").write_text("ego,person,at,direction\nme,ana,0,out\n")
    known = event_log.read(tmp_path / "log.csv")
    events = load(labelled).manufacturing.events
    assert events.dtypes.to_dict() == known.dtypes.to_dict()


def test_reports_are_read_as_pairs(labelled: Path) -> None:
    assert load(labelled).reports_to.to_numpy().tolist() == [["2", "1"]]


def test_eies_friends_are_those_of_the_second_time(labelled: Path) -> None:
    """Messages to oneself do not count; 0 calls 1 and 2 friends afterwards, 2 already before."""
    everyone, partners, new = (matrix(labelled, name) for name in ("EIES messages", "EIES, message", "EIES, new"))
    assert everyone.weight[0, :3].tolist() == [0, 5, 0]
    assert np.argwhere(everyone.label).tolist() == [[0, 1], [0, 2]]
    assert np.argwhere(partners.counted).tolist() == [[0, 1], [1, 0]]
    assert new.counted[0, :4].tolist() == [False, True, False, True]


def test_recalled_talk_is_a_scale_in_the_fraternity_and_ranks_from_the_top_elsewhere(labelled: Path) -> None:
    """Person 0 gave 1 to 57 (39, 33) to the others in order: the closest fifth are the last in the fraternity, the first
    in the office and the firm."""
    for name, first, last in (("BK fraternity", 46, 57), ("BK office", 1, 8), ("BK firm", 1, 7)):
        assert np.flatnonzero(matrix(labelled, name).label[0]).tolist() == list(range(first, last + 1))
        assert matrix(labelled, name).weight[0, 1] == matrix(labelled, name).weight[1, 0] == 3


def test_lazega_gives_a_point_for_work_and_one_for_advice(labelled: Path) -> None:
    lawyers = matrix(labelled, "Lazega")
    assert (lawyers.weight[0, 1], lawyers.weight[1, 0]) == (2, 1)
    assert np.argwhere(lawyers.label).tolist() == [[1, 0]]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere: no such folder; it has to hold manufacturing/communication"):
        load(tmp_path / "nowhere")


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(labelled: Path, name: str) -> None:
    (labelled / name).unlink()
    with pytest.raises(InputError, match=f"{name}: is missing"):
        load(labelled)


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("manufacturing/communication.csv.gz", "From;To\n1;2\n", "line 1: no column 'Sender'"),
        ("manufacturing/communication.csv.gz", MAIL + "1;2;soon\n", "a time in this file cannot be read"),
        ("manufacturing/reportsto.csv", "ID,ReportsToID\n", "line 1: no row in this file"),
        ("collegemsg/CollegeMsg.txt.gz", "1 2 1000000000 7\n" + "1 2 3 4 5\n", "cannot be read as a table"),
        (
            "manufacturing/reportsto.csv",
            "ID,ReportsToID\n1,\n",
            "a number in the column 'ReportsToID' is missing or not whole",
        ),
        ("eies/eies_messages.csv", "src,dst,weight\n0,32,1\n", "people are numbered from 0 to 31"),
    ],
)
def test_an_unfit_file_is_named_with_what_is_wrong(labelled: Path, name: str, text: str, problem: str) -> None:
    write(labelled, name, text)
    with pytest.raises(InputError, match=problem) as error:
        load(labelled)
    assert name in str(error.value)


def test_a_damaged_archive_is_named(labelled: Path) -> None:
    (labelled / FILES[0]).write_bytes(b"no gzip")
    with pytest.raises(InputError, match=r"communication\.csv\.gz: cannot be read as a table"):
        load(labelled)


def test_numbers_that_are_no_numbers_are_named(labelled: Path) -> None:
    write(labelled, "lazega/law_advice.csv", "src,dst\nx,1\n")
    with pytest.raises(InputError, match=r"law_advice\.csv: a number in the column 'src' is missing or not whole"):
        load(labelled)
