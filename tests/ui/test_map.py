"""The map: its picture, and the page in each of its states."""

from __future__ import annotations

import json
from collections.abc import Callable

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from auditor.affiliations import Affiliations
from auditor.communities import Communities, Community
from auditor.ui import mapdrawing, people

Opener = Callable[..., AppTest]
HEAD = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
MESSAGES = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER"
)
ACME, CHOIR = ("ada", "ben", "cleo", "dan"), ("eve", "finn", "gus", "dan")
PROFILE = "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary\nAlex,Morgan,,,,Engineer,\n"
HOSTILE = "![x](http://evil.example/c.png)"


def _list(company: dict[str, str]) -> str:
    rows = [
        f"{who.title()},Test,https://www.linkedin.com/in/{who},,{where},,01 Feb 2024" for who, where in company.items()
    ]
    return "\n".join([HEAD, *rows]) + "\n"


CONNECTIONS = _list(dict.fromkeys(ACME, HOSTILE) | {"eve": "One", "finn": "Two", "gus": "Three"})


def _choir() -> str:
    """The owner and the choir write to all on six days."""
    urls = ",".join(f"https://www.linkedin.com/in/{who}" for who in CHOIR)
    names = ",".join(f"{who.title()} Test" for who in CHOIR)
    rows = [
        f'c1,,Alex Morgan,https://www.linkedin.com/in/alex-morgan,"{names}","{urls}",2024-03-0{day} 10:00:00 UTC,,Hi,INBOX'
        for day in range(1, 7)
    ]
    return "\n".join([MESSAGES, *rows]) + "\n"


def _map(app: AppTest) -> AppTest:
    app.switch_page("views/map.py").run(timeout=60)
    assert not app.exception
    return app


def _groups(app: AppTest) -> pd.DataFrame:
    """The table of all groups."""
    return next(table.value for table in app.dataframe if "In common" in table.value)


def test_without_an_export_the_page_says_what_will_stand_there(app: AppTest) -> None:
    """And leads to where one is chosen."""
    assert "once an export was read" in _map(app).info[0].value


def test_people_who_share_nothing_are_no_group(open_export: Opener) -> None:
    """The page says what to add, and how many it looked at."""
    app = _map(open_export(Connections=_list({"ada": "One", "ben": "Two", "cleo": ""})))
    assert "group conversations" in app.info[0].value
    assert any("3 people were looked at" in caption.value for caption in app.caption)


def test_a_list_of_connections_gives_employers_and_says_so(open_export: Opener) -> None:
    """One employer with four people; three are in none; its hostile name stays words."""
    app = _map(open_export(Connections=CONNECTIONS))
    assert "Nothing in these files shows two of your people together" in app.info[0].value
    assert any("1 group of three or more, with 4 people; 3 are in none" in text.value for text in app.markdown)
    assert _groups(app)["Group"].tolist() == [HOSTILE]


@pytest.fixture
def drawn(open_export: Opener) -> AppTest:
    """The map of an employer and a choir, with Dan in both."""
    return _map(open_export(Connections=CONNECTIONS, messages=_choir(), Profile=PROFILE))


def test_groups_and_who_links_them_are_told(drawn: AppTest) -> None:
    """Dan sings in the choir and works with the other three."""
    assert not drawn.info
    assert sorted(_groups(drawn)["People"]) == [3, 4]
    brokers = drawn.dataframe(key="brokers").value
    assert brokers["Name"].tolist() == ["Dan Test"]
    assert brokers["Also in"].tolist() == [HOSTILE]


def test_a_group_is_chosen_and_left_and_its_address_names_nobody(drawn: AppTest) -> None:
    """The address has ten letters and digits; the table has its people."""
    choice = drawn.selectbox(key="community")
    assert HOSTILE in choice.options
    choice.set_value(people.ref("organisation:x http evil example c png")).run()
    assert not drawn.exception
    assert sorted(drawn.dataframe(key="members").value["Name"]) == ["Ada Test", "Ben Test", "Cleo Test"]
    ref = "".join(drawn.query_params["community"])
    assert len(ref) == 10
    assert ref.isalnum()
    drawn.button(key="all-groups").click().run()
    assert len(_groups(drawn)) == 2
    assert "community" not in drawn.query_params


def test_an_address_of_no_group_shows_all(open_export: Opener) -> None:
    """Whatever stands in the address."""
    app = open_export(Connections=CONNECTIONS)
    app.query_params["community"] = "<script>"
    assert len(_groups(_map(app))) == 1


@pytest.mark.parametrize("size", [1, 2, 40, 299, 1200])
def test_at_most_three_hundred_nodes_are_drawn_and_the_rest_is_counted(size: int) -> None:
    """People, deepest first, and what they share; every place drawn lies in the picture; no NaN, no live name."""
    humans = tuple(f"linkedin:p{i}" for i in range(size))
    ties = pd.DataFrame(
        {"name": "<b>\u202e{a}", "depth": 50.0, "kind": "active", "state": "light"},
        index=pd.Index(humans, name="human"),
    )
    pairs = [(f"s{n:03}", humans[i]) for n in range(80) for i in (n, n + 1) if n + 1 < size]
    links = pd.DataFrame(pairs + [("work", human) for human in humans], columns=["shared", "human"], dtype="str")
    shared = links.groupby("shared").agg(people=("human", "size")).assign(kind="gathering", name="", days=2, weight=1.0)
    shared.loc["work", ["kind", "name"]] = ["employer", "Acme"]
    one = Community("k", "Acme", "employer", size, humans, 1.0, tuple(shared.index))
    none = pd.DataFrame({"community": [], "reaches": [], "depth": []})
    of = pd.Series(0, index=list(humans))
    found = Communities((one,), of, none, pd.DataFrame(), 0, 1.0, 0.0, Affiliations(shared, links))
    picture = mapdrawing.people(found, 0, ties)
    series = picture.option["series"][0]
    assert json.loads(json.dumps(picture.option, allow_nan=False)) == picture.option
    assert len(series["data"]) <= mapdrawing.MOST_NODES
    assert len(picture.humans) == min(size, mapdrawing.MOST_NODES - mapdrawing.MOST_SHARED)
    assert all(abs(x) <= 1 for node in series["data"] for x in node["value"])
    assert ("more stand in the table" in picture.caption) == (len(picture.humans) < size)
    assert series["data"][0]["label"]["formatter"] == "<b>(a)"
    assert mapdrawing.people(found, 0, ties) == picture
