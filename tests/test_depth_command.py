"""`auditor depth`: a log of interactions in, one row a tie out, and one line for whatever is wrong."""

from __future__ import annotations

import csv
import itertools
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from auditor.cli import main
from auditor.depth import PARTS, to_scale

COLUMNS = ["ego", "person", "depth", "low", "high", "p_two_way", "meaningful", "c_base", *PARTS]
LOG = [
    "ego,person,at,direction",
    "me,kim,2026-01-05T09:00:00Z,out",
    "me,kim,2026-01-05T18:00:00Z,in",
    "me,kim,2026-03-02T12:00:00Z,both",
    "me,ana,2026-02-01T12:00:00Z,in",
    "you,ana,2026-06-30T12:00:00Z,out",
]

Run = Callable[..., Result]


@pytest.fixture(name="run", scope="module")
def _run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Scores the lines of a log with options; the result's `out` is the path of the table, if there is one."""
    folder = tmp_path_factory.mktemp("depth")
    number = itertools.count()

    def run(lines: Sequence[str] | bytes, *options: str) -> Result:
        events, out = folder / "events.csv", folder / f"depth-{next(number)}.csv"
        content = lines if isinstance(lines, bytes) else "".join(f"{line}\n" for line in lines).encode()
        events.write_bytes(content)
        result = CliRunner().invoke(main, ["depth", str(events), "--out", str(out), *options], catch_exceptions=False)
        result.out = out  # type: ignore[attr-defined]
        return result

    return run


def table(result: Result) -> pd.DataFrame:
    """The table written; a run that failed fails here."""
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    return pd.read_csv(result.out, dtype={"ego": "str", "person": "str"}, keep_default_na=False)


def written(result: Result) -> bytes:
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    return bytes(result.out.read_bytes())


def test_one_row_a_tie_with_the_agreed_columns(run: Run) -> None:
    """Ego by ego, person by person: depth, its interval, the chance, the verdict, and parts that add up to the raw score."""
    result = run(LOG)
    ties = table(result)
    assert ties.columns.tolist() == COLUMNS
    assert ties[["ego", "person"]].to_numpy().tolist() == [["me", "ana"], ["me", "kim"], ["you", "ana"]]
    assert result.stderr.startswith("3 ties of 2 egos written to ")
    assert ties["meaningful"].dtype == bool
    assert ties["meaningful"].tolist()[::2] == [False, False]
    assert (ties["low"] <= ties["depth"]).all()
    assert (ties["depth"] <= ties["high"]).all()
    assert ties["p_two_way"].between(0, 1).all()
    raw = ties[["c_base", *PARTS]].sum(axis=1).to_numpy()
    assert to_scale(raw) == pytest.approx(ties["depth"].to_numpy(), rel=1e-6)
    assert ties["depth"][1] == ties["depth"].max()


def test_names_come_out_as_they_went_in(run: Run) -> None:
    """A name is text, whatever it looks like: with zeros in front, empty-sounding, with commas, quotes and line breaks."""
    names = ["007", "7", "NA", "null", "nan", "True", 'a "b", c', "two\nlines", "Ünï", "=1+1", " x "]
    quoted = ['"{}"'.format(name.replace('"', '""')) for name in names]
    ties = table(run(["ego,person,at,direction", *(f"1.0,{name},{i * 3600},out" for i, name in enumerate(quoted))]))
    assert sorted(ties["person"]) == sorted("'=1+1" if name == "=1+1" else name for name in names)  # no formula acts
    assert set(ties["ego"]) == {"1.0"}


def test_nobody_without_a_name(run: Run) -> None:
    """A person of blanks only is an error with its line."""
    result = run([*LOG, "me, ,2026-03-02,out"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "line 7" in result.stderr


def test_as_of_is_the_last_event_by_default(run: Run) -> None:
    """The last event was at noon of 30 June; as of then, or as of that time in Unix seconds, is the default."""
    default = written(run(LOG))
    assert written(run(LOG, "--as-of", "2026-06-30T12:00:00Z")) == default
    assert written(run(LOG, "--as-of", "2026-06-30T14:00:00+02:00")) == default
    assert written(run(LOG, "--as-of", str(int(pd.Timestamp("2026-06-30T12:00:00Z").timestamp())))) == default
    assert written(run(LOG, "--as-of", "2026-07-30")) != default


def test_nothing_later_than_as_of_exists(run: Run) -> None:
    """As of a day in March, which counts as a whole, the table is that of a log that ends there."""
    early = written(run(LOG, "--as-of", "2026-03-02"))
    assert written(run(LOG[:-1], "--as-of", "2026-03-02T23:59:59.999999Z")) == early
    assert written(run([*LOG, "me,kim,2027-01-01,both"], "--as-of", "2026-03-02")) == early
    assert written(run(LOG, "--as-of", "2026-03-02T11:59:59Z")) != early


def test_history_starts_with_since(run: Run) -> None:
    """Nothing before `--since` exists; and an earlier start makes the history longer, and the same silence less of it."""
    late = written(run(LOG, "--since", "2026-02-01"))
    assert written(run([LOG[0], *LOG[3:]], "--since", "2026-02-01T00:00:00Z")) == late
    assert table(run(LOG, "--since", "2026-02-01"))["person"].tolist() == ["ana", "kim", "ana"]
    short, long = (table(run(LOG, "--since", day)).set_index(["ego", "person"]) for day in ("2026-01-05", "2025-09-01"))
    assert (long["c_silence"] >= short["c_silence"]).all()
    assert long["c_silence"]["me", "kim"] > short["c_silence"]["me", "kim"]


def test_one_day_can_be_both_ends_of_the_history(run: Run) -> None:
    """Since a day and as of the same day: the events of that day."""
    day = "2026-01-05"
    assert table(run(LOG, "--since", day, "--as-of", day))["person"].tolist() == ["kim"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--as-of", "2025-12-31"], "no event lies in this span"),
        (["--since", "2026-07-01"], "no event lies in this span"),
        (["--since", "2026-03-01", "--as-of", "2026-02-01"], "no event lies in this span"),
        (["--as-of", "yesterday"], "'yesterday' is no time"),
        (["--since", "2026-13-01"], "'2026-13-01' is no time"),
        (["--as-of", "1767225600000"], "Unix time is in seconds"),
    ],
)
def test_a_span_that_cannot_be_is_one_line(run: Run, options: list[str], says: str) -> None:
    """Status 1, one line on standard error, no table."""
    fails(run(LOG, *options), says)


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["ego,person,at,direction,mood", "me,kim,5,out,fine"], "line 1: unknown column 'mood'"),
        (["Person,at,direction", "kim,5,out"], "line 1: unknown column 'Person'"),
        (["person,at", "kim,5"], "line 1: no column 'direction'"),
        (["person,at,direction,at", "kim,5,out,5"], "line 1: a column stands in the header twice"),
        ([*LOG, "me,kim,2026-02-30,out"], "line 7: '2026-02-30' is no time"),
        ([*LOG, "me,kim,1767225600000,out"], "line 7: '1767225600000' is no time"),
        ([*LOG, "me,kim,,out"], "line 7: '' is no time"),
        ([*LOG, "me,kim,5,Out"], "line 7: 'Out' is no direction: out, in, both"),
        ([*LOG, "me,kim,5,"], "line 7: '' is no direction"),
        ([*LOG, "me,me,5,out"], "line 7: the ego and the person are the same"),
        ([*LOG, "me,kim,5"], "line 7: 3 fields where the header has 4"),
        (["person,at,direction,channel", "kim,5,out,pigeon"], "line 2: 'pigeon' is no channel"),
        (["person,at,direction,others", "kim,5,out,-1"], "line 2: '-1' is no whole number"),
        (["person,at,direction,seconds", "kim,5,out,nan"], "line 2: 'nan' is no number of seconds"),
        (["person,at,direction"], "line 1: no event in this file"),
        ([], "line 1: no column 'person'"),
        (b"person,at,direction\nJ\xf6rg,5,out\n", "is not UTF-8 text"),
    ],
)
def test_a_log_that_is_not_exactly_so_is_one_line(run: Run, lines: list[str] | bytes, says: str) -> None:
    """Status 1, one line on standard error that names the file and the line in it, no table."""
    result = run(lines)
    fails(result, says)
    assert "events.csv" in result.stderr


def test_a_missing_log_and_a_place_that_cannot_be_written_are_one_line(run: Run, tmp_path: Path) -> None:
    """Status 1 and the name of the file."""
    missing, nowhere = tmp_path / "none.csv", tmp_path / "nowhere" / "depth.csv"
    log = tmp_path / "log.csv"
    log.write_text("\n".join(LOG), encoding="utf-8")
    for events, out, named in ((missing, tmp_path / "out.csv", missing), (log, nowhere, nowhere.parent)):
        result = CliRunner().invoke(main, ["depth", str(events), "--out", str(out)], catch_exceptions=False)
        assert (result.exit_code, result.stdout) == (1, "")
        assert str(named) in result.stderr
        assert len(result.stderr.splitlines()) == 1
        assert not out.exists()


def test_without_out_it_is_bad_usage(tmp_path: Path) -> None:
    """Status 2, before the log is looked for."""
    assert CliRunner().invoke(main, ["depth", str(tmp_path / "none.csv")]).exit_code == 2


def test_columns_in_another_order_and_those_left_out_mean_the_same(run: Run) -> None:
    """Columns go by name; without ego it is `me`, without channel a message to one person only."""
    header = "channel,direction,at,others,person,seconds,words,ego"
    full = run([header, "message,out,5,0,kim,,,me", "message,in,9000,0,kim,,,me"])
    assert written(full) == written(run(["person,at,direction", "kim,5,out", "kim,9000,in"]))


OFFSETS = st.sampled_from(["Z", "+00:00", "+05:30", "-03:30", "+14:00", "-08:00", "unix", "space"])


def in_zone(instant: pd.Timestamp, offset: str) -> str:
    """An instant to the second as somebody's clock shows it, with its offset, or in Unix seconds."""
    if offset == "unix":
        return str(int(instant.timestamp()))
    if offset in ("Z", "space"):
        return instant.strftime("%Y-%m-%dT%H:%M:%SZ" if offset == "Z" else "%Y-%m-%d %H:%M:%S")
    return instant.tz_convert(f"UTC{offset}").isoformat()


@settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(
    st.sampled_from([3_600, 86_400, 86_400 * 10, 86_400 * 60, 86_400 * 800]),
    st.lists(
        st.tuples(st.sampled_from(["a", "b"]), st.floats(0, 1), st.sampled_from(["out", "in", "both"]), OFFSETS),
        min_size=1,
        max_size=15,
    ),
)
def test_the_same_instants_with_other_offsets_give_the_same_file(run: Run, span, rows) -> None:
    """Local times with offsets, UTC with and without saying so, and Unix seconds: the file is the same to the last byte."""
    start = pd.Timestamp("2024-02-28T22:10:00", tz="UTC")
    instants = [start + pd.Timedelta(seconds=int(span * share)) for _, share, _, _ in rows]
    plain, moved = (
        ["person,at,direction,seconds"]
        + [f"{row[0]},{in_zone(at, offset or row[3])},{row[2]},90" for at, row in zip(instants, rows, strict=True)]
        for offset in ("Z", None)
    )
    assert written(run(moved)) == written(run(plain))


def test_a_hundred_thousand_events_of_a_thousand_egos(run: Run) -> None:
    """Nine months of 100 events each; the table has every pair once."""
    chance = random.Random(11)
    start, pairs = 1_767_225_600, [(ego, alter) for ego in range(1000) for alter in range(10)]
    rows = [
        f"e{ego},p{alter},{start + chance.randrange(270 * 86_400)},{chance.choice(('out', 'in'))}"
        for ego, alter in pairs
        for _ in range(10)
    ]
    result = run(["ego,person,at,direction", *rows])
    assert result.exit_code == 0
    with result.out.open(encoding="utf-8", newline="") as file:
        found = [(row["ego"], row["person"]) for row in csv.DictReader(file)]
    assert found == sorted((f"e{ego}", f"p{alter}") for ego, alter in pairs)


def fails(result: Result, says: str) -> None:
    """Status 1, one line that says it, nothing on standard output and no table."""
    assert (result.exit_code, result.stdout) == (1, "")
    assert says in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not result.out.exists()
