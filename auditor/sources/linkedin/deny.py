"""Files that are never opened: private matters, machines' chats, and what says nothing about anybody else."""

from __future__ import annotations

import re

from auditor.sources.peek import Peek

_PRIVATE = frozenset(
    "logins securitychallenges verifications receipts receiptsv2 adtargeting inferencesaboutyou adsclicked "
    "lanadsengagement "
    "searchqueries jobapplications savedjobs jobseekerpreferences jobapplicantsavedanswers onlinejobpostings "
    "savedjobalerts "
    "jobapplicantsavedscreeningquestionresponses privateidentityasset verifiedexternalcapability accountstatushistory "
    "registration savedanswers paymentinfo".split()
)
_CHAT = re.compile(r"(coach|guide|roleplay|learning).*messages?$")
_IDLE = frozenset(
    "skills education certifications languages projects honors volunteering organizations publications courses patents "
    "testscores profilesummary richmedia mediafiles videos learning companyfollows hashtagfollows saveditems events "
    "reviews causesyoucareabout providers".split()
)
_MAIL = (".eml", ".emlx", ".mbox")  # LinkedIn writes none, and people call their mail folders “Jobs” or “Events”
_FOLDERS = frozenset({"articles", "services marketplace", "media files"})


def reason(peek: Peek) -> str | None:
    """Why the file stays closed, told from its name alone, or None."""
    stem, folders = peek.stem, peek.file.name.lower().replace("\\", "/").split("/")[:-1]
    if peek.file.trouble:
        return peek.file.trouble
    if peek.file.name.lower().endswith(_MAIL):
        return None
    if _CHAT.search(stem):
        return "a chat with a machine"
    if stem in _PRIVATE or "verifications" in folders or "jobs" in folders:
        return "private, and of no use to an audit"
    if stem in _IDLE or not _FOLDERS.isdisjoint(folders):
        return "says nothing about your contacts"
    return None
