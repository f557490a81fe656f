"""The whole audit: laws that hold for any records, and what an as-of date hides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from fabricate import audited, reads_its_docstring, records
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from auditor.audit import Audit, audit, end_of_day, last_day
from auditor.kinds import KINDS
from auditor.marks import RATINGS, WELL, Marks, rating_table
from auditor.records import Records, combine

AS_OF = pd.Timestamp("2024-12-31")
COVERS = ("2024-03-01", "2024-12-31")
KNOWN = """
    person,name,company,connected_on
    ana,Ana Lima,Blue Heron,2022-05-01
    bo,Bo Chen,Blue Heron Ltd,2024-04-01
    cy,Cy Doe,,
    dee,Dee Roe,,2024-06-01
    eve,Eve Poe,,2021-01-01
"""
laws = settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.generate])
EVENT = st.fixed_dictionaries(
    {
        "person": st.sampled_from(["ana", "bo", "cy", "xi"]),
        "at": st.integers(0, 500).map(lambda d: str(AS_OF.date() - pd.Timedelta(days=d))),
        "channel": st.sampled_from(["message", "message", "meeting", "invitation", "note"]),
        "direction": st.sampled_from(["out", "in"]),
        "others": st.sampled_from([0, 0, 2]),
        "thread": st.sampled_from(["t1", "t2", None]),
        "words": st.sampled_from([None, 3, 40]),
        "stock": st.sampled_from([None, None, "birthday"]),
    }
)
EVENTS = st.lists(EVENT, max_size=25)


def of(rows: list[dict[str, object]], known: str = KNOWN, as_of: pd.Timestamp = AS_OF) -> Audit:
    return audit(records(rows, known, covers=COVERS), as_of)


def same(one: Audit, other: Audit) -> None:
    """Two audits that differ in nothing but their receipts."""
    pd.testing.assert_frame_equal(one.ties, other.ties)
    assert one.pending.astype(str).to_dict("records") == other.pending.astype(str).to_dict("records")
    assert (one.layers, one.meaningful, one.history_days) == (other.layers, other.meaningful, other.history_days)
    assert (one.channels, one.broadcasts, one.kinds) == (other.channels, other.broadcasts, other.kinds)
    assert one.nameless == other.nameless
    assert set(one.graph.nodes) == set(other.graph.nodes)
    assert {frozenset(e) for e in one.graph.edges} == {frozenset(e) for e in other.graph.edges}


@laws
@given(EVENTS)
def test_what_holds_of_every_audit(rows) -> None:
    """One kind a tie; counts that add up; cumulative layers; deep only where both sides wrote; count inside its interval."""
    result = of(rows)
    ties = result.ties
    assert set(ties["kind"]) <= {kind.name for kind in KINDS}
    assert ties["kind"].notna().all()
    assert sum(result.kinds.values()) == len(result.connections) == 5
    counts = [layer.count for layer in result.layers]
    assert counts == sorted(counts)
    assert counts[-1] <= len(ties)
    assert ties.loc[ties["state"] == "deep", "two_way"].all()
    assert ((ties["state"] == "unobserved") == (ties["contact_days"] == 0)).all()
    assert (ties.loc[ties["contact_days"] == 0, ["depth", "low", "high", "p_two_way"]] == 0).all(axis=None)
    assert (ties["low"] <= ties["depth"]).all()
    assert (ties["depth"] <= ties["high"]).all()
    assert ties["depth"].is_monotonic_decreasing
    assert ties["reason"].str.endswith(".").all()
    found = result.meaningful
    assert (found.count is None) == (found.withheld is not None)
    if found.count is not None and found.low is not None and found.high is not None:
        assert 0 <= found.low <= found.count <= found.high <= ties["two_way"].sum()


@laws
@given(EVENTS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows, chance) -> None:
    """Exchanges and people shuffled give the same audit."""
    header, *known = [line.strip() for line in KNOWN.strip().splitlines()]
    shuffled = [*rows]
    chance.shuffle(shuffled)
    chance.shuffle(known)
    same(of(shuffled, "\n".join([header, *known])), of(rows))


def test_homonyms_stand_in_the_same_order_whatever_the_order_of_the_file() -> None:
    """Two connections of one name and equal depth are listed by their key."""
    one = "person,name\njane-1,Jane Doe\njane-2,Jane Doe"
    other = "person,name\njane-2,Jane Doe\njane-1,Jane Doe"
    assert of([], one).ties.index.tolist() == of([], other).ties.index.tolist()


@laws
@given(EVENTS)
def test_reading_everything_twice_changes_nothing(rows) -> None:
    """The same export imported again is one export."""
    numbered = [{**row, "digest": i} for i, row in enumerate(rows)]
    once = records(numbered, KNOWN, covers=COVERS)
    same(audit(combine([once, once]), AS_OF), audit(combine([once]), AS_OF))


@laws
@given(EVENTS, st.integers(0, 500))
def test_as_of_hides_every_later_exchange(rows, days_ago) -> None:
    """The audit as of a day is the same, to the last bit, whether or not the files hold what came after."""
    day = AS_OF - pd.Timedelta(days=days_ago)
    earlier = [row for row in rows if pd.Timestamp(str(row["at"])) <= day]
    same(of(rows, as_of=day), of(earlier, as_of=day))


@reads_its_docstring
def test_as_of_includes_its_whole_utc_day_and_nothing_of_the_next(data: str) -> None:
    """
    person,at,direction
    ana,2024-06-30T23:59:59.999999Z,out
    ana,2024-07-01T00:00:00Z,in
    bo,2024-07-01T01:30:00+02:00,in
    """
    ties = audited(data, as_of="2024-06-30").ties
    assert ties.loc["linkedin:ana", ["days_out", "days_in"]].tolist() == [1, 0]
    assert ties.loc["linkedin:bo", "days_in"] == 1
    assert end_of_day(date(2024, 6, 30)) == pd.Timestamp("2024-06-30 23:59:59.999999", tz="UTC")


@reads_its_docstring
def test_a_connection_made_after_as_of_is_none_yet(data: str) -> None:
    """
    person,name,connected_on
    ana,Ana Lima,2024-06-30
    bo,Bo Chen,2024-07-01
    """
    result = audited("person,at,direction\nbo,2024-06-01,in", data, as_of="2024-06-30")
    assert result.connections.index.tolist() == ["linkedin:ana"]
    bo = result.ties.loc["linkedin:bo"]
    assert not bo["connection"]
    assert pd.isna(bo["connected_on"])
    assert audited("", data, as_of="2024-06-30").ties.index.tolist() == ["linkedin:ana"]
    assert len(audited("", data, as_of="2024-07-01").connections) == 2


@reads_its_docstring
def test_a_later_connection_does_not_change_who_was_who(data: str) -> None:
    """
    person,name,connected_on
    jane-1,Jane Doe,2023-01-01
    name:jane doe@Recommendations.csv,Jane Doe,
    """
    exchanges = "person,at,direction\nname:jane doe@Recommendations.csv,2023-06-01,in"
    later = f"{data}\njane-2,Jane Doe,2024-07-01"
    same(audited(exchanges, later, as_of="2024-06-30"), audited(exchanges, data, as_of="2024-06-30"))


def test_posts_after_as_of_do_not_exist_yet() -> None:
    """One post before and one after the day: one."""
    posts = pd.DataFrame({"at": pd.to_datetime(["2024-06-01T10:00:00Z", "2024-07-01T10:00:00Z"]), "kind": "post"})
    read = replace(records(known=KNOWN), broadcasts=posts)
    assert audit(read, pd.Timestamp("2024-06-30")).broadcasts == {"post": 1}
    assert audit(read, pd.Timestamp("2024-07-01")).broadcasts == {"post": 2}


def test_by_default_the_audit_is_as_of_the_last_day_in_the_data() -> None:
    """Of an exchange, of connecting or of a post, whichever is last."""
    posts = pd.DataFrame({"at": pd.to_datetime(["2024-09-09T10:00:00Z"]), "kind": "post"})
    read = records("person,at,direction\nana,2024-05-05,in", KNOWN)
    assert audit(read).as_of == end_of_day(date(2024, 6, 1))
    assert audit(replace(read, broadcasts=posts)).as_of == end_of_day(date(2024, 9, 9))
    assert last_day(Records.empty()) == pd.Timestamp("1970-01-01", tz="UTC")


def test_an_audit_of_nothing_is_an_audit() -> None:
    """No file, no tie, no count, and no error."""
    result = audit(Records.empty(), AS_OF)
    assert len(result.ties) == len(result.connections) == len(result.pending) == 0
    assert [layer.count for layer in result.layers] == [0] * 6
    assert result.meaningful.count is None
    assert list(result.graph.nodes) == ["ego"]


def test_a_list_of_connections_alone_gives_no_count() -> None:
    """Size is known, closeness is not: every tie unobserved, the count withheld and the reason given."""
    result = audit(records(known=KNOWN), AS_OF)
    assert result.kinds == {"unobserved": 5}
    assert result.meaningful.count is None
    assert "messages.csv" in str(result.meaningful.withheld)


@pytest.mark.parametrize(("as_of", "withheld"), [("2024-06-29", True), ("2024-06-30", False)])
def test_a_count_needs_half_a_year_of_history(as_of: str, withheld: bool) -> None:
    """1 January to 30 June 2024 are 182 days, both ends counted."""
    result = audited("person,at,direction\nana,2024-01-01,out\nana,2024-01-02,in", as_of=as_of)
    assert (result.meaningful.count is None) == withheld


def test_an_unanswered_sender_has_nothing_and_is_never_deep() -> None:
    """Writing daily for a year without an answer: no reciprocity, no layer, no state but light, nothing in the count."""
    days = pd.date_range(end=AS_OF, periods=365)
    result = of([{"person": "ana", "at": str(day), "direction": "in"} for day in days])
    ana = result.ties.loc["linkedin:ana"]
    assert (ana["state"], ana["kind"]) == ("light", "unanswered")
    assert pd.isna(ana["layer"])
    assert result.meaningful.count == 0.0


@reads_its_docstring
def test_who_is_in_touch_without_being_connected_is_a_tie_and_no_connection(data: str) -> None:
    """
    person,at,direction
    xi,2024-05-05,in
    """
    result = audited(data, KNOWN, as_of="2024-12-31")
    assert "linkedin:xi" in result.ties.index
    assert "linkedin:xi" not in result.connections.index
    assert not result.graph.edges["ego", "linkedin:xi"]["connection"]


def test_an_address_book_alone_makes_no_tie() -> None:
    """Somebody known from elsewhere, with whom nothing was exchanged, is nobody in the network."""
    known = "person,name,connection\nana,Ana Lima,no\nbo,Bo Chen,"
    assert audited("", known, as_of="2024-12-31").ties.index.tolist() == ["linkedin:bo"]


@reads_its_docstring
def test_the_connection_list_has_the_first_word_on_who_somebody_is(data: str) -> None:
    """
    person,name,company,connection,source
    ana,Annie,,no,contacts.csv
    ana,Ana Lima,Blue Heron,,Connections.csv
    """
    ana = audited("", data, as_of="2024-12-31").ties.loc["linkedin:ana"]
    assert ana[["name", "company"]].tolist() == ["Ana Lima", "Blue Heron"]
    assert ana["connection"]


@reads_its_docstring
def test_pending_invitations_are_the_last_to_each_person_who_is_no_connection(data: str) -> None:
    """
    person,at,channel,direction
    xi,2024-05-09,invitation,in
    xi,2024-05-05,invitation,out
    yu,2024-06-01,invitation,out
    ana,2022-04-30,invitation,out
    """
    pending = audited(data, KNOWN, as_of="2024-12-31").pending
    assert pending["person"].tolist() == ["linkedin:yu", "linkedin:xi"]
    assert pending["direction"].tolist() == ["out", "in"]
    assert pending["at"].dt.strftime("%Y-%m-%d").tolist() == ["2024-06-01", "2024-05-09"]


def test_the_nameless_are_counted_from_the_receipt() -> None:
    """Rows of a connection list with nobody in them are no ties, and are said."""
    receipt = """
        file,kind,role,what,rows
        Connections.csv,connections,kept,people,5
        Connections.csv,connections,set aside,nameless (closed profile),7
        messages.csv,messages,set aside,nameless sender,3
    """
    assert audited(known=KNOWN, as_of="2024-12-31", receipt=receipt).nameless == 7


@pytest.mark.parametrize(
    ("channels", "lower_bound"),
    [
        (["message"], True),
        (["message", "endorsement", "invitation"], True),
        (["message", "email"], False),
        (["call", "meeting"], False),
    ],
)
def test_one_channel_of_conversation_is_a_lower_bound(channels: list[str], lower_bound: bool) -> None:
    """Clicks are no second channel."""
    rows = [{"person": "ana", "at": "2024-05-05", "channel": channel, "direction": "out"} for channel in channels]
    assert of(rows).lower_bound == lower_bound


def test_people_without_a_row_of_their_own_still_have_a_name() -> None:
    """Nobody described them, so they are called by their key; the cell is never empty."""
    ties = of([{"person": "xi", "at": "2024-05-05", "direction": "in"}]).ties
    assert ties["name"].notna().all()


def said(words: dict[str, str]) -> Marks:
    """Marks of person → rating, made after everything in these files."""
    rows = [{"person": f"linkedin:{who}", "rating": word, "at": "2026-01-05"} for who, word in words.items()]
    return Marks(rating_table(rows))


WORDS = st.dictionaries(st.sampled_from(["ana", "bo", "cy", "dee", "xi"]), st.sampled_from(RATINGS))


@laws
@given(EVENTS, WORDS)
def test_behaviour_never_overrules_the_owner(rows, words) -> None:
    """Rated upward: deep and told-close; rated downward: never deep; the machine's own numbers stay as they were."""
    known = records(rows, KNOWN, covers=COVERS)
    plain, told = audit(known, AS_OF).ties, audit(known, AS_OF, said(words)).ties
    for human, tie in told.iterrows():
        word = words.get(str(human).removeprefix("linkedin:"))
        if word is None:
            assert pd.isna(tie["told"])
            pd.testing.assert_series_equal(tie, plain.loc[human])
            continue
        well = word in WELL
        assert tie["told"] == word
        assert (tie["state"] == "deep") == well
        assert (tie["kind"] == "told-close") == well
        assert tie["reason"].startswith("You told us ")
        assert tie["reason"].endswith(".")
        if not well:
            assert tie["kind"] == plain.loc[human, "kind"]
            assert (tie["state"] == "unobserved") == (tie["contact_days"] == 0)
    machine = [c for c in plain.columns if c not in ("told", "state", "kind", "reason")]
    pd.testing.assert_frame_equal(told[machine], plain[machine])


TWO_YEARS = [
    {"person": who, "at": str(AS_OF - pd.Timedelta(days=7 * week)), "direction": way}
    for who in ("ana", "bo")
    for week in range(100)
    for way in ("out", "in")
]


def test_whom_the_owner_rated_counts_one_or_nothing_and_without_doubt() -> None:
    """Two ties by the machine; ana a stranger and dee close without a word exchanged: bo's chance and 1."""
    plain = audit(records(TWO_YEARS, KNOWN), AS_OF)
    bo = plain.ties.loc["linkedin:bo", "p_two_way"]
    found = audit(records(TWO_YEARS, KNOWN), AS_OF, said({"ana": "stranger", "dee": "close"})).meaningful
    assert plain.meaningful.count == round(2 * bo, 1)
    assert found.count == round(1 + bo, 1)
    sure = audit(records(TWO_YEARS, KNOWN), AS_OF, said({"ana": "close", "bo": "know well", "xi": "close"})).meaningful
    assert (sure.count, sure.low, sure.high) == (2.0, 2.0, 2.0)
    none = audit(records(TWO_YEARS, KNOWN), AS_OF, said({"ana": "stranger", "bo": "acquaintance"})).meaningful
    assert (none.count, none.low, none.high) == (0.0, 0.0, 0.0)


def test_what_was_told_does_not_lift_what_withholds_the_count() -> None:
    """A list of connections with five ratings is still a list of connections."""
    found = audit(records(known=KNOWN), AS_OF, said(dict.fromkeys(["ana", "bo", "cy", "dee", "eve"], "close")))
    assert found.meaningful.count is None
    assert found.kinds == {"told-close": 5}


def test_layers_are_contact_and_not_the_owners_word() -> None:
    """Weekly contact is the support clique, whoever it is; a friend without contact is in no layer."""
    ties = audit(records(TWO_YEARS, KNOWN), AS_OF, said({"ana": "stranger", "dee": "close"})).ties
    assert ties.loc["linkedin:ana", "layer"] == "support clique"
    assert pd.isna(ties.loc["linkedin:dee", "layer"])


@reads_its_docstring
def test_a_mark_on_a_mention_is_one_on_its_human(data: str) -> None:
    """
    person,kind,value
    ana,email,ana@example.com
    email:ana@example.com,email,ana@example.com
    """
    made = records("person,at,direction\nemail:ana@example.com,2024-05-05,in", KNOWN, data)
    word = rating_table([{"person": "email:ana@example.com", "rating": "close", "at": "2026-01-05"}])
    found = audit(made, AS_OF, Marks(word))
    assert found.human["email:ana@example.com"] == "linkedin:ana"
    assert found.ties.loc["linkedin:ana", ["told", "state"]].tolist() == ["close", "deep"]


def test_the_owners_word_holds_on_whatever_day() -> None:
    """It is no event: rated in 2026, a tie is told in the audit as of 2023 as well, and its edge says so."""
    found = audit(records(TWO_YEARS, KNOWN), pd.Timestamp("2023-06-30"), said({"ana": "close"}))
    assert found.ties.loc["linkedin:ana", "kind"] == "told-close"
    assert found.graph.edges["ego", "linkedin:ana"]["told"] == "close"


def test_a_mark_on_nobody_in_the_files_makes_no_tie() -> None:
    """It is kept in the store until an export knows the person."""
    assert "linkedin:gone" not in audit(records(known=KNOWN), AS_OF, said({"gone": "close"})).ties.index
