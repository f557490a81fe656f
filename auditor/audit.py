"""The pipeline, from top to bottom: who is who, what is a copy, the network, what was measured, how deep, how many.

records ──► identity ──► automation ──► network ──► signals ──► depth ──► kinds, layers, count ──► Audit
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any

import pandas as pd

from auditor import (
    automation,
    callers,
    campaigns,
    depth,
    dunbar,
    identity,
    introductions,
    kinds,
    network,
    past,
    reasons,
    signals,
)
from auditor.calibration import Curve, model
from auditor.depth import Split
from auditor.dunbar import LayerCount, Meaningful
from auditor.marks import WELL, Marks, Personal, told
from auditor.records import UNKNOWN_OWNER, Records


@dataclass(frozen=True, slots=True)
class Audit:
    """What the files say about a network as of a day.

    `ties`: one row a human with whom the owner is connected or had contact, indexed by the human's key, deepest first:
    who (`name`, `company`, `position`, `connected_on`, `connection`), what was measured (signals.py), the depth with
    its parts (depth.py), the owner's own word (`told`, missing where not rated), `state`, `kind`, `layer`, `reason`.
    `graph`: the ego network with all that on its edges; drawn, from the `structure`, when it is first asked for.
    `human`: mention key → key of the human.
    `pending`: invitations to or from people who are no connections (`name`, `at`, `direction`). `callers`: who is on
    the other side of the owner's calls, and whether family, known or unidentified (callers.py). `introductions`: who
    introduced whom to the owner (introductions.py). `automation`: what was templated, and what of all that reached the
    owner was written by whom (campaigns.py).
    """

    as_of: pd.Timestamp
    owner: str
    ties: pd.DataFrame
    structure: network.Structure
    human: pd.Series[str]
    layers: tuple[LayerCount, ...]
    meaningful: Meaningful
    curve: Curve
    history_days: int
    nameless: int
    pending: pd.DataFrame
    callers: pd.DataFrame
    introductions: pd.DataFrame
    automation: campaigns.Automation
    channels: dict[str, int]
    broadcasts: dict[str, int]
    links: pd.DataFrame
    ask: Callable[[], pd.DataFrame]
    draw: Callable[[], Any]
    coverage: pd.DataFrame

    @property
    def graph(self) -> Any:
        """The ego network as a `networkx.Graph` (network.py), with the ties' columns on its ego–alter edges."""
        return self.draw()

    @property
    def proposals(self) -> pd.DataFrame:
        """Pairs of mentions that may be one human, to ask the owner about (identity.Identity.proposals)."""
        return self.ask()

    @property
    def connections(self) -> pd.DataFrame:
        """The ties to people on a connection list; everybody, where no such list was read."""
        listed = self.ties["connection"]
        return self.ties[listed] if listed.any() else self.ties

    @property
    def kinds(self) -> dict[str, int]:
        """How many connections there are of each kind, most first."""
        return {str(k): int(n) for k, n in self.connections["kind"].value_counts().items()}

    @property
    def unnamed(self) -> int:
        """How many of those in touch are but a number, an address or a handle: counted, never guessed."""
        bare = self.ties.index.str.startswith(("phone:", "email:", "handle:"))
        return int((bare & (self.ties["name"] == self.ties.index)).sum())

    @property
    def observed(self) -> bool:
        """Whether these files show any contact at all; where they show none, nothing is known of any tie's depth."""
        return bool((self.ties["contact_days"] > 0).any())

    @property
    def lower_bound(self) -> bool:
        """Whether one channel is all there is, so that every count is a lower bound."""
        return len(_CONVERSATIONS.intersection(self.channels)) <= 1

    @property
    def score_version(self) -> str:
        return str(model()["version"])


_A_YEAR = pd.Timedelta(days=365)
_CONVERSATIONS = frozenset("message email sms chat call meeting meal".split())


def audit(
    records: Records,
    as_of: date | pd.Timestamp | None = None,
    marks: Marks | None = None,
    personal: Personal | None = None,
) -> Audit:
    """The audit of `records` as of the end of a day (by default the last day in the data): nothing later exists.

    `marks`, the owner's own word, hold on whatever day, being no events: ratings decide state and count, while depth
    and its parts stay the machine's; decisions say who is who. `personal` is what ratings move for all others.
    """
    now = end_of_day(as_of or last_day(records))
    marks = marks or Marks()
    records = past.known(records, now)
    with ThreadPoolExecutor(1) as beside:
        copies = beside.submit(automation.marked, records.interactions)
        people = identity.resolve(records, marks.decisions)
    exchanges = copies.result()
    exchanges = exchanges.assign(**{who: people.of(exchanges[who]) for who in ("person", "introduced_by")})
    alters = _alters(records.people, exchanges, people)
    introduced = introductions.find(exchanges, alters["connected_on"])
    structure = network.Structure(
        _name(records), records.owner.companies, alters, network.shared_threads(exchanges), introduced
    )

    days = signals.contacts(exchanges)
    measured = signals.measure(days, exchanges, now)
    since = exchanges["at"].min() if len(exchanges) else None
    history = signals.history_days(since, now)
    grain = depth.Grain.of(since or now, now)
    factors = personal.channel_factors if personal else {}
    by_day = grain.unit_seconds == days.unit_seconds and not factors
    contacts = days if by_day else signals.contacts(exchanges, grain.unit_seconds, factors)
    chances = depth.own_past(contacts, grain, past_years(now))
    scored = depth.score(contacts, grain, now, chances)
    layer = dunbar.layer_of(measured, history)

    ties = _joined(alters, measured, scored, layer)
    ties["covered"] = _covered(ties, records.coverage)
    ties["told"] = told(ties.index, marks.ratings, people.human)
    ties["state"] = _state(ties, personal)
    ties["kind"] = kinds.classify(ties)
    ties["reason"] = reasons.explain(ties)
    ties = ties.sort_values(["depth", "name", "human"], ascending=[False, True, True])

    who_calls = callers.classify(exchanges, records.people, people.human, marks.family)
    machines = who_calls.index[who_calls["likely_automated"]]
    unowned = records.coverage["what"].eq(UNKNOWN_OWNER).any()
    return Audit(
        as_of=now,
        owner=_name(records),
        ties=ties,
        structure=structure,
        human=people.human,
        layers=dunbar.count_layers(ties),
        meaningful=dunbar.count_meaningful(taken_at_word(ties), history, chances.both.doubt, unowned=bool(unowned)),
        curve=chances.both,
        history_days=history,
        nameless=_nameless(records.coverage),
        pending=_pending(exchanges, alters),
        introductions=introduced,
        callers=who_calls,
        automation=campaigns.find(exchanges, ties.index[ties["two_way"]], machines),
        channels={str(c): int(n) for c, n in exchanges["channel"].value_counts().items() if n},
        broadcasts={str(k): int(n) for k, n in records.broadcasts["kind"].value_counts().items()},
        links=people.links,
        ask=people.ask,
        draw=cache(partial(_drawn, structure, ties)),
        coverage=records.coverage,
    )


def past_years(now: pd.Timestamp) -> list[Split]:
    """The last five years over on 1 January: chances are learnt once a year, so that weeks can be compared."""
    new_year = pd.Timestamp(now.year, 1, 1, tz="UTC")
    return [(new_year - (n + 1) * _A_YEAR, new_year - n * _A_YEAR) for n in range(5)]


def end_of_day(day: date | pd.Timestamp) -> pd.Timestamp:
    """The last moment of a UTC day."""
    start = pd.Timestamp(day)
    start = start.tz_localize("UTC") if start.tzinfo is None else start.tz_convert("UTC")
    return start.normalize() + pd.Timedelta(days=1) - pd.Timedelta(microseconds=1)


def last_day(records: Records, default: date = date(1970, 1, 1)) -> pd.Timestamp:
    """The last day that the data knows of: of an exchange, of connecting, or of what the owner sent to nobody.

    `default` where the data knows no day at all.
    """
    known = [records.interactions["at"].max(), records.people["connected_on"].max(), records.broadcasts["at"].max()]
    return max((pd.Timestamp(t) for t in known if pd.notna(t)), default=pd.Timestamp(default, tz="UTC"))


def _alters(people: pd.DataFrame, exchanges: pd.DataFrame, who: identity.Identity) -> pd.DataFrame:
    """One row a human who is a connection or had an exchange with the owner; the connection list's word comes first."""
    named = people["name"].mask(people["name"] == "")  # a phone without a name does not hide the name on its card
    known = people.assign(human=who.of(people["person"]), name=named)
    known = known.sort_values("connection", ascending=False, kind="stable")
    merged = known.groupby("human", sort=False).agg(
        name=("name", "first"),
        company=("company", "first"),
        position=("position", "first"),
        connected_on=("connected_on", "min"),
        connection=("connection", "any"),
    )
    merged["name"] = merged["name"].fillna(merged.index.to_series())
    present = pd.Index(exchanges["person"].cat.remove_unused_categories().cat.categories)
    nameless = present.difference(merged.index)
    merged = pd.concat([merged, pd.DataFrame({"name": nameless, "connection": False}, index=nameless)])
    return merged[merged["connection"].astype(bool) | merged.index.isin(present)].astype({"connection": bool})


def _joined(alters: pd.DataFrame, measured: pd.DataFrame, scored: pd.DataFrame, layer: pd.Series[str]) -> pd.DataFrame:
    """Alters, measurements and scores side by side. Who had no contact has depth 0 and no contributions."""
    ties = alters.join(measured).join(scored).join(layer.rename("layer"))
    counts = [c for c in measured.columns if pd.api.types.is_numeric_dtype(measured[c]) and not c.startswith("quiet")]
    zero = [*counts, *scored.select_dtypes("number").columns]
    ties[zero] = ties[zero].fillna(0)
    whole = measured[counts].select_dtypes("integer").columns
    ties[whole] = ties[whole].astype("int64")
    ties["two_way"] = ties["two_way"].fillna(value=False).astype(bool)
    return ties.rename_axis("human")


def _covered(ties: pd.DataFrame, coverage: pd.DataFrame) -> pd.Series[bool]:
    """Whether some file of LinkedIn's messages would show any contact since connecting on LinkedIn."""
    spans = coverage[coverage["since"].notna()]
    since = ties["connected_on"].dt.as_unit("us")
    covered = pd.Series(False, index=ties.index)
    rows: Iterable[Any] = spans.itertuples()
    for span in rows:
        covered |= since.isna() | ((since >= span.since) & (since <= span.until))
    on_linkedin = ties.index.str.startswith("linkedin:") | ties.index.str.endswith("@linkedin")
    return covered & (on_linkedin | ~ties["connection"])


def is_deep(ties: pd.DataFrame, personal: Personal | None) -> pd.Series[bool]:
    """Which ties are deep: told so, or two-way evidence and an even chance of more (or the owner's cut)."""
    enough = ties["raw"] >= personal.cut if personal else ties["p_two_way"] >= 0.5
    return (ties["two_way"] & enough & ties["told"].isna()) | ties["told"].isin(WELL)


def _state(ties: pd.DataFrame, personal: Personal | None) -> pd.Series[str]:
    """Deep, light (some contact), or unobserved."""
    state = pd.Series("unobserved", index=ties.index, dtype="str")
    state[ties["contact_days"] > 0] = "light"
    state[is_deep(ties, personal)] = "deep"
    return state


def taken_at_word(ties: pd.DataFrame) -> pd.DataFrame:
    """The ties for counting: who was rated counts 1 or 0, without doubt."""
    told, well = ties["told"].notna(), ties["told"].isin(WELL)
    if not told.any():
        return ties
    return ties.assign(
        two_way=ties["two_way"].mask(told, well), p_two_way=ties["p_two_way"].mask(told, well.astype(float))
    )


def _nameless(coverage: pd.DataFrame) -> int:
    rows = coverage[coverage["kind"].eq("connections") & coverage["what"].str.startswith("nameless")]
    return int(rows["rows"].sum())


def _pending(exchanges: pd.DataFrame, alters: pd.DataFrame) -> pd.DataFrame:
    """Invitations whose other side is no connection: still open, ignored or declined; the file cannot tell which."""
    connected = alters.index[alters["connection"]]
    invited = exchanges[(exchanges["channel"] == "invitation") & ~exchanges["person"].isin(connected)]
    pending = (
        invited[["person", "at", "direction"]].sort_values(["at", "direction"]).drop_duplicates("person", keep="last")
    )
    names = pending["person"].astype("str").map(alters["name"])
    return pending.assign(name=names).sort_values(["at", "person"], ascending=[False, True], ignore_index=True)


def _drawn(structure: network.Structure, ties: pd.DataFrame) -> Any:
    """The network, what was measured and scored on its ego–alter edges; the kind of tie as `tie_kind`, beside the
    edge's own.
    """
    graph = network.build(structure)
    columns = [c for c in ties.columns if c not in ("name", "company", "position", "connection")]
    values_of = ties[columns].rename(columns={"kind": "tie_kind"}).to_dict("records")
    for human, values in zip(ties.index, values_of, strict=True):
        graph.edges[network.EGO, human].update(values)
    return graph


def _name(records: Records) -> str:
    return records.owner.names[0] if records.owner.names else ""
