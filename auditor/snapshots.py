"""How the ties stand this week, kept for the record: what the score of the time said, whatever a later score says.

Past weeks can be rebuilt at any time (history.py), but only by the score of today.
"""

from __future__ import annotations

from auditor.answer import Answer
from auditor.audit import Audit
from auditor.history import iso_week
from auditor.store import Store


def take(store: Store, now: Audit) -> str:
    """Keep how every tie in touch stands in the week of `now`, in place of an earlier look at that week; which week.

    Its answer is kept beside it, for the app to open with.
    """
    week = iso_week(now.as_of)
    standing = now.ties[now.ties["contact_days"] > 0].rename_axis("person").reset_index()
    store.snapshot(week, now.score_version, standing)
    store.keep_answer(Answer.of(now).to_json())
    return week
