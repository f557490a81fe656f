"""The colours of our pictures, which hold on light and on dark ground (contrast of at least 3 on both)."""

from __future__ import annotations

TEAL, AMBER, GREY = "#12908a", "#c4741c", "#7f8a8d"
