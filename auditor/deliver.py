"""An audit, written down: CSV, JSON, GraphML. Nothing that leaves here can act as a formula or break its format."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd

from auditor import callers, campaigns, dunbar
from auditor.audit import Audit
from auditor.dunbar import DUNBAR, compare
from auditor.literal import legible, spelled_out, visible
from auditor.mentions import profile_url
from auditor.spreadsheet import harmless
from auditor.workbook import workbook

TIE_COLUMNS = (
    "name profile_url company position connected_on state kind layer depth low high p_two_way lifetime_depth "
    "last_contact days_out days_in active_weeks reason".split()
)

_ONE_DECIMAL = ("depth", "low", "high", "lifetime_depth")


def tie_table(ties: pd.DataFrame) -> pd.DataFrame:
    """The ties as they are written and shown: `TIE_COLUMNS`, one row a tie, dates as days; of those whom no file could
    show no number is known, so it is missing.
    """
    urls: Any = [profile_url(str(human)) for human in ties.index]
    table = ties.assign(profile_url=urls)
    table = table[list(TIE_COLUMNS)].reset_index(drop=True)
    for column in _ONE_DECIMAL:
        table[column] = table[column].round(1)
    table["p_two_way"] = table["p_two_way"].round(3)
    scores = [*_ONE_DECIMAL, "p_two_way"]
    table[scores] = table[scores].mask(table["kind"] == "unobserved")
    for column in ("connected_on", "last_contact"):
        table[column] = table[column].dt.strftime("%Y-%m-%d")
    for column in ("days_out", "days_in", "active_weeks"):
        table[column] = table[column].astype("int64")
    return table


def ties_csv(ties: pd.DataFrame, path: Path | str | None = None) -> str | None:
    """The ties as CSV, to `path` or as text. A cell that a spreadsheet would run as a formula gets a leading quote."""
    table = harmless(tie_table(ties))
    return table.to_csv(path, index=False, lineterminator="\n")


def ties_xlsx(ties: pd.DataFrame) -> bytes:
    """The ties as a workbook: the columns of the CSV, profiles as links, no cell a formula."""
    widths = {"name": 26, "profile_url": 44, "company": 26, "position": 30, "layer": 18, "kind": 16, "reason": 60}
    return workbook(tie_table(ties), "Ties", widths)


def summary(audit: Audit) -> dict[str, Any]:
    """The audit in plain values, as `--json` prints it."""
    return {
        "as_of": f"{audit.as_of:%Y-%m-%d}",
        "owner": audit.owner or None,
        "connections": int(audit.ties["connection"].sum()),
        "nameless": audit.nameless,
        "others_in_touch": int((~audit.ties["connection"]).sum()),
        "unnamed": audit.unnamed,
        "pending_invitations": len(audit.pending),
        "history_days": audit.history_days,
        "meaningful": audit.meaningful.count,
        "meaningful_low": audit.meaningful.low,
        "meaningful_high": audit.meaningful.high,
        "meaningful_withheld": audit.meaningful.withheld,
        "lower_bound": audit.lower_bound,
        "calibrated_on_own_ties": audit.curve.ties,
        "dunbar": DUNBAR,
        "verdict": verdict(audit),
        "comparison": compare(audit.meaningful),
        "layers": [{"name": c.name, "size": c.size, "count": c.count, "meaning": c.meaning} for c in audit.layers],
        "kinds": audit.kinds,
        "states": {str(k): int(n) for k, n in audit.connections["state"].value_counts().items()},
        "channels": audit.channels,
        "callers": callers.counts(audit.callers) | {"likely_automated": int(audit.callers["likely_automated"].sum())},
        "automation": campaigns.summary(audit.automation),
        "broadcasts": audit.broadcasts,
        "coverage": receipt(audit.coverage),
        "score_version": audit.score_version,
    }


def to_json(audit: Audit, **more: Any) -> str:
    """`summary`, as JSON text of one line a key, and what else there is to say under names of its own."""
    said = (summary(audit) | more).items()
    lines = [f"  {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in said]
    return spelled_out("{\n" + ",\n".join(lines) + "\n}")


def receipt(coverage: pd.DataFrame) -> list[dict[str, Any]]:
    """The receipt, one entry a file: rows read, kept and set aside with the reasons, and notes."""
    files: dict[str, list[dict[Any, Any]]] = {}
    for line in coverage.astype(object).to_dict("records"):
        files.setdefault(line["file"], []).append(line)
    return [_of_file(file, lines) for file, lines in files.items()]


def _of_file(file: str, lines: list[dict[Any, Any]]) -> dict[str, Any]:
    aside: dict[str, dict[str, Any]] = {}
    for line in lines:
        if line["role"] == "set aside":
            reason = aside.setdefault(line["what"], {"reason": line["what"], "rows": 0, "first_row": None})
            reason["rows"] += int(line["rows"])
            known = [row for row in (reason["first_row"], line["line"]) if not pd.isna(row)]
            reason["first_row"] = int(min(known)) if known else None
    kept = sum(int(line["rows"]) for line in lines if line["role"] == "kept")
    return {
        "file": file,
        "kind": lines[0]["kind"],
        "read": kept + sum(reason["rows"] for reason in aside.values()),
        "kept": kept,
        "set_aside": [*aside.values()],
        "notes": [line["what"] for line in lines if line["role"] == "note"],
    }


def graphml(audit: Audit, path: Path | str) -> None:
    """The network as GraphML for Gephi. The format knows neither missing values nor times: the first are left out, the
    second written as days; characters that XML forbids are dropped.
    """
    graph: nx.Graph[str] = nx.Graph()
    for node, values in audit.graph.nodes(data=True):
        graph.add_node(_xml(str(node)), label=_xml(str(values.get("name") or node)), **_plain(values))
    for one, other, values in audit.graph.edges(data=True):
        graph.add_edge(_xml(str(one)), _xml(str(other)), **_plain(values))
    nx.write_graphml(graph, path)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {key: plain for key, value in values.items() if (plain := _value(value)) is not None}


def _value(value: Any) -> str | int | float | bool | None:
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, str):
        return _xml(value)
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    return value if isinstance(value, bool | int | float) else value.item()


def _xml(text: str) -> str:
    return _NOT_XML.sub("", legible(text))


_NOT_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def text(audit: Audit) -> str:
    """The audit as a newcomer reads it in a terminal."""
    lines = [headline(audit), ""]
    if audit.observed:
        lines += ["Layer (each includes the inner ones)      yours  Dunbar"]
        lines += [f"  {c.name:<16} {c.meaning:<37.37} {c.count:>6} {c.size:>7}" for c in audit.layers]
    else:
        lines += ["Layers are withheld: they go by days in touch, and no file here shows any."]
    lines += ["", "Kinds of connection"]
    lines += [f"  {kind:<16} {count:>6}" for kind, count in audit.kinds.items()]
    deepest = audit.connections.head(5)
    if (deepest["contact_days"] > 0).any():
        lines += ["", "Deepest"]
        lines += [_line(tie) for tie in deepest[deepest["contact_days"] > 0].itertuples()]
    if len(audit.callers):
        lines += ["", f"Callers: {visible(callers.describe(audit.callers))}"]
    if audit.automation.reached.size:
        lines += ["", f"What reached you: {campaigns.describe(audit.automation)}"]
    lines += ["", "Receipt"]
    lines += [_receipt_line(file) for file in receipt(audit.coverage)]
    return "\n".join(lines)


def headline(audit: Audit) -> str:
    """The answer in plain words: how many connections, how many meaningful ties, and how that compares."""
    return " ".join(part for part in (answer(audit), verdict(audit), basis(audit)) if part)


def verdict(audit: Audit) -> str | None:
    """What the numbers come to, in one plain sentence; None where the count is withheld."""
    said, listed = dunbar.verdict(audit.meaningful), audit.connections
    seen = listed[listed["kind"] != "unobserved"]
    if said and audit.lower_bound:
        said = f"By this one channel, {said[0].lower()}{said[1:]}"
    if said is None or seen.empty:
        return said and f"{said}."
    whom = "your connections" if len(seen) == len(listed) else "the connections that these files cover"
    return f"{said}; {_tenths(float((seen['state'] != 'deep').mean()))} of {whom} are shallow."


def _tenths(share: float) -> str:
    tenths = round(10 * share)
    return {0: "hardly any", 10: "nearly all" if share < 1 else "all"}.get(tenths, f"{tenths} in 10")


def basis(audit: Audit) -> str:
    """What the verdict rests on, and how far it carries; or why there is none."""
    bound = " Only one channel was read, so this is a lower bound." if audit.lower_bound else ""
    return compare(audit.meaningful) + ("" if audit.meaningful.withheld else bound)


def answer(audit: Audit) -> str:
    """How many connections, and how many meaningful ties."""
    count = int(audit.ties["connection"].sum())
    if not count and len(audit.ties):
        who = f"no list of connections was read; {len(audit.ties):,} people in the other files"
    else:
        who = f"{count:,} {'connection' if count == 1 else 'connections'}"
    start = f"As of {audit.as_of.day} {audit.as_of:%B %Y}: {who}"
    if audit.nameless:
        start += f" (and {audit.nameless:,} whose profile is closed)"
    found = audit.meaningful
    if found.count is None:
        return f"{start}."
    ties = "tie" if round(found.count) == 1 else "ties"
    return f"{start}, about {found.count:,.0f} meaningful {ties} ({found.low:,.0f} to {found.high:,.0f})."


def listing(ties: pd.DataFrame, of: int) -> str:
    """Ties as lines of a terminal: depth, kind, name, reason."""
    lines = [_line(tie) for tie in ties.itertuples()]
    none = (
        "" if lines else " A connection that no file could show is unobserved, which is not shallow: add messages.csv."
    )
    return "\n".join([*lines, "", f"{len(ties):,} of {of:,} connections.{none}"])


def _line(tie: Any) -> str:
    return visible(f"  {tie.depth:>3.0f}  {tie.kind:<15} {visible(tie.name):<28} {tie.reason}")


def _receipt_line(file: dict[str, Any]) -> str:
    aside = "; ".join(f"{a['rows']:,} {a['reason']}" for a in file["set_aside"])
    kept = f"{file['kept']:,} of {file['read']:,} rows kept" if file["read"] else ""
    notes = "; ".join(file["notes"])
    return visible(f"  {file['file']} ({file['kind']}): " + "; ".join(x for x in (kept, aside, notes) if x))
