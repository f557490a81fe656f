"""Addresses of people inside the app: which person a link means, without a name or a key in the address."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import streamlit as st

from auditor.ui.text import md, short

if TYPE_CHECKING:
    from auditor.audit import Audit

PARAMETER = "person"
"""The query parameter of the page Person."""


def ref(human: str) -> str:
    """A short name for a human that tells nobody who it is, the same on every visit; ten letters and digits."""
    return blake2b(human.encode(), digest_size=5, person=b"auditor-ref").hexdigest()


def named(audit: Audit, wanted: str) -> str | None:
    """The human whom such a short name means, among the ties of this audit.

    One made of a mention that was merged since means the human it was merged into, so that old links go on working.
    """
    if human := next((str(human) for human in audit.ties.index if ref(str(human)) == wanted), None):
        return human
    merged = audit.links[audit.links["human"].isin(audit.ties.index)]
    pairs = zip(merged["mention"], merged["human"], strict=True)
    return next((str(human) for mention, human in pairs if ref(str(mention)) == wanted), None)


def link(human: str, label: str, icon: str | None = None) -> None:
    """A link to the page of this person; the label may be any words, a name too."""
    st.page_link("views/person.py", label=md(short(label)), icon=icon, query_params={PARAMETER: ref(human)})


def show(human: str) -> None:
    """Goes to the page of this person (from the page's own run, not from a callback)."""
    st.switch_page("views/person.py", query_params={PARAMETER: ref(human)})
