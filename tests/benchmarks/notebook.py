"""What a competent analyst would write in a notebook: for each connection messages in and out, days, last contact,
reciprocity, and Dunbar's layers. Prints as JSON how many ties are inside each layer.

    python tests/benchmarks/notebook.py EXPORT

It reads two of the export's files, takes who the owner is as given (here: whoever is in most conversations), joins by
profile address, and leaves out what the audit does beside: other spellings of an address, groups, templates, rituals,
receipts, depth, chances, habits. The seconds that the work took beyond imports are printed too.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

LAYERS = {"support clique": 52, "sympathy group": 12, "affinity group": 2, "active network": 1}


def counted(folder: Path) -> pd.DataFrame:
    """One row a connection."""
    connections = pd.read_csv(folder / "Connections.csv", skiprows=3, usecols=["URL", "First Name", "Last Name"])
    columns = ["CONVERSATION ID", "SENDER PROFILE URL", "RECIPIENT PROFILE URLS", "DATE"]
    messages = pd.read_csv(folder / "messages.csv", usecols=columns).dropna()
    messages["at"] = pd.to_datetime(messages["DATE"], format="%Y-%m-%d %H:%M:%S UTC")
    owner = messages.groupby("SENDER PROFILE URL")["CONVERSATION ID"].nunique().idxmax()
    out = messages["SENDER PROFILE URL"] == owner
    sent = messages[out].assign(url=messages["RECIPIENT PROFILE URLS"].str.split(",")).explode("url")
    came = messages[~out].assign(url=messages["SENDER PROFILE URL"])
    both = pd.concat([sent.assign(out=True), came.assign(out=False)])[["url", "at", "out"]]
    both["day"] = both["at"].dt.floor("D")
    year = both["at"] > both["at"].max() - pd.Timedelta(days=365)
    ties = both.groupby("url").agg(
        messages=("at", "size"), sent=("out", "sum"), days=("day", "nunique"), last=("at", "max")
    )
    ties["received"] = ties["messages"] - ties["sent"]
    ties["reciprocity"] = ties[["sent", "received"]].min(axis=1) / ties[["sent", "received"]].max(axis=1)
    ties["year_days"] = both[year].groupby("url")["day"].nunique()
    ties["year_ways"] = both[year].groupby("url")["out"].nunique()
    return connections.merge(ties, left_on="URL", right_index=True, how="left").sort_values("days", ascending=False)


def layers(ties: pd.DataFrame) -> dict[str, int]:
    """How many ties are inside each layer, inner ones included."""
    mutual = np.where(ties["year_ways"] == 2, ties["year_days"], 0)
    return {name: int((mutual >= days).sum()) for name, days in LAYERS.items()}


def main() -> None:
    """Counts and prints."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = layers(counted(Path(sys.argv[1])))
    print(json.dumps(found | {"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu}))


if __name__ == "__main__":
    main()
