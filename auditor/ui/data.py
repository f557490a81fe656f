"""Data & method on screen: what was read, what is kept and how to be rid of it, how depth is measured, and the help."""

from __future__ import annotations

import streamlit as st

from auditor.ui import empty, header, keeping, kept, manual, state

TITLE = "Data & method"
PART = "part"
"""The query parameter that names the part to open."""

STRIPS = 3
"""Into how many strips the receipt is cut where the screen is wide; a phone shows them under each other."""

PARTS = ("Receipt", keeping.TITLE, *(page.title for page in manual.PAGES))


def show(found: state.Export | None) -> None:
    """The page, with or without an export; each part has an address of its own."""
    if found:
        header.show(found, TITLE)
    else:
        st.title(TITLE)
    if found and not kept.mask():
        st.button(
            "Replace every name (for screenshots)", icon=":material/theater_comedy:", key="mask", on_click=state.mask,
            kwargs={"on": True}, help="People, employers and files get made-up names on every page, the same each "
            "time; numbers stay. What is kept is neither shown nor changed meanwhile.",
        )  # fmt: skip
    receipt, held, *helps = st.tabs(PARTS, key=PART, bind="query-params", on_change="rerun")
    with receipt:
        _receipt(found)
    with held:
        if kept.mask():
            st.info("What is kept is not shown while names are replaced.", icon=":material/theater_comedy:")
        else:
            keeping.show()
    for tab, page in zip(helps, manual.PAGES, strict=True):
        with tab:
            if page is manual.DEPTH and found:
                _version(found)
            st.markdown(manual.text(page))


def _receipt(found: state.Export | None) -> None:
    if found is None:
        empty.invite("What was read, kept and set aside stands here once files were read.")
        return
    from auditor import deliver
    from auditor.ui import receipt

    files = deliver.receipt(found.records.coverage)
    st.markdown("Every row of every file is either kept or set aside with the reason.")
    st.text(receipt.in_a_line(files))
    strips = receipt.strips(receipt.lines(files), STRIPS)
    for place, strip in zip(st.columns(STRIPS), strips, strict=False):
        place.code("\n".join(strip), language=None, wrap_lines=True)


def _version(found: state.Export) -> None:
    """Which score this is, and on what its chances were learnt."""
    audit = state.audited(found)
    own = (
        f"{audit.curve.ties:,} ties of your own past" if audit.curve.ties else "other people's ties, for want of yours"
    )
    st.caption(f"Depth, version {audit.score_version}. The chances of this audit were learnt from {own}.")
