"""People as LinkedIn's files mention them: keys, names, and the rows that give later stages a name to show."""

from __future__ import annotations

import pandas as pd

from auditor.mentions import fold, linkedin_key, name_key
from auditor.records import Owner, identifiers, people

LABEL = "linkedin"
"""The label of names that stand without an address: the same in all files of an export, so that they meet."""


def full_names(first: pd.Series, last: pd.Series) -> pd.Series:
    """First and last name as one, without outer spaces."""
    return (first.str.strip() + " " + last.str.strip()).str.strip()


def keys(urls: pd.Series, names: pd.Series) -> pd.Series:
    """The mention key of each person, by address or else by name; missing for nobody."""
    found = [key(url, name) for url, name in zip(urls.tolist(), names.tolist(), strict=True)]
    return pd.Series(found, index=urls.index, dtype="str")


def key(url: str, name: str) -> str | None:
    """The mention key of one person."""
    return linkedin_key(url) or name_key(name, LABEL)


def told_apart(frame: pd.DataFrame, owner: Owner, label: str = LABEL) -> pd.DataFrame:
    """Connections of the same name and no address get keys of their own, counted from the oldest."""
    by_name = frame["person"].str.startswith("name:")
    shared = by_name & (frame["name"].map(fold).duplicated(keep=False) | frame["person"].isin(owner.keys))
    namesakes = frame[shared].sort_values("connected_on", kind="stable")
    number = namesakes.groupby("person").cumcount() + 1
    folded = namesakes["name"].map(fold)
    frame.loc[namesakes.index, "person"] = "name:" + folded + "#" + number.astype("str") + f"@{label}"
    return frame


def mentioned(persons: pd.Series, names: pd.Series, shown: str) -> pd.DataFrame:
    """People rows, no connections, for the persons that occur: the first name each goes by."""
    frame = pd.DataFrame({"person": persons.astype("str"), "name": names.astype("str")}).dropna(subset=["person"])
    frame = frame.drop_duplicates("person", ignore_index=True)
    return people(frame.assign(source=shown, connection=False))


def slugs(persons: pd.Series) -> pd.DataFrame:
    """The identifiers of those whose key is a profile address."""
    linked = persons[persons.str.startswith("linkedin:", na=False)].drop_duplicates()
    rows = {"person": linked, "kind": "linkedin", "value": linked.str.removeprefix("linkedin:")}
    return identifiers(pd.DataFrame(rows).reset_index(drop=True))
