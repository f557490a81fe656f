"""The launcher: `python app.py`, `streamlit run app.py` or, installed, `auditor app`."""

import sys
from pathlib import Path

import streamlit as st

from auditor.ui import server

app = st.App(server.SCRIPT, **server.GUARDS)

if __name__ == "__main__":
    server.run(tuple(map(Path, sys.argv[1:])))
