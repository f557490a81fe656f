"""Times as exports write them."""

from __future__ import annotations

import pandas as pd
import pytest

from auditor.sources.times import LOS_ANGELES, UTC, instants


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2020-01-02 03:04:05 UTC", "2020-01-02 03:04:05"),
        ("2019-11-06T02:08:20", "2019-11-06 02:08:20"),
        ("2021/05/06 10:11:12 UTC", "2021-05-06 10:11:12"),
        ("04 Apr 2021", "2021-04-04 00:00:00"),
        ("4-Apr-21", "2021-04-04 00:00:00"),
        ("08-feb-21", "2021-02-08 00:00:00"),
        ("3-août-21", "2021-08-03 00:00:00"),
        ("12 März 2020", "2020-03-12 00:00:00"),
        ("01-dez-19", "2019-12-01 00:00:00"),
        ("20.03.2021", "2021-03-20 00:00:00"),
        ("1/31/26, 4:05 PM", "2026-01-31 16:05:00"),
        ("1/31/26, 4:05\u202fPM", "2026-01-31 16:05:00"),
        ("01/31/26, 04:05 a. m.", "2026-01-31 04:05:00"),
        ("10/02/2026 15:04:05", "2026-10-02 15:04:05"),
        ("10/02/2026 3:04:05 PM", "2026-10-02 15:04:05"),
        ("10/2/26 3:04 pm", "2026-10-02 15:04:00"),
        ("4-Apr-99", None),
        ("1/1/1970", None),
        ("soon", None),
        ("", None),
    ],
)
def test_formats(written, utc):
    """Each known form is read, whatever Excel made of it; nothing is older than LinkedIn."""
    found = instants(pd.Series([written, "", written], dtype="str"))
    assert str(found.dtype) == "datetime64[us, UTC]"
    assert found.dt.strftime("%Y-%m-%d %H:%M:%S").fillna("").tolist() == [utc or "", "", utc or ""]


def test_pacific_time():
    """Short American times are Pacific, summer and winter; a cell that says UTC is UTC."""
    found = instants(pd.Series(["7/1/25, 9:00 AM", "1/1/26, 9:00 AM", "2026-01-01 09:00:00 UTC"]), LOS_ANGELES)
    assert found.dt.strftime("%m-%d %H").tolist() == ["07-01 16", "01-01 17", "01-01 09"]


def test_hours_that_do_not_exist():
    """The hour that is skipped in spring is moved on, the one that comes twice in autumn is taken once."""
    found = instants(pd.Series(["3/9/25, 2:30 AM", "11/2/25, 1:30 AM"]), LOS_ANGELES)
    assert found.dt.strftime("%m-%d %H:%M").tolist() == ["03-09 10:00", "11-02 08:30"]


def test_day_first_only_where_nothing_else_fits():
    """Month first is the rule; a column with a 31st month, and none on the other side, is day first as a whole."""
    assert instants(pd.Series(["1/2/20", "3/31/20"]), UTC).dt.month.tolist() == [1, 3]
    assert instants(pd.Series(["1/2/20", "31/3/20"]), UTC).dt.month.tolist() == [2, 3]
