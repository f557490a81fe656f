"""Saved answers of LinkedIn's Member Data Portability interface: each domain in them as the table it would be in the
archive, so that there is one way of reading it.

An answer is `{"paging": …, "elements": [{"snapshotDomain": "CONNECTIONS", "snapshotData": [{"First Name": …}, …]}]}`
(learn.microsoft.com, “Member Snapshot API”); the rows have the columns of the archive's files. People save one answer,
a list of them, or one below the other.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from auditor.errors import InputError, LimitError
from auditor.sources.archive import File
from auditor.sources.encoding import without_halves
from auditor.sources.linkedin import deny
from auditor.sources.peek import Peek

Row = Mapping[str, Any]

_MARK = re.compile(rb'"snapshot(?:Domain|Data)"\s*:')
_IN_THE_ARCHIVE = {
    "INBOX": "messages",
    "RECOMMENDATIONS": "all recommendations",  # given and received alike: nothing in a row tells which
    "LOGIN": "Logins",
    "SEARCHES": "SearchQueries",
    "INFERENCE_TAKEOUT": "Inferences_about_you",
    "ADS_LAN": "LAN Ads Engagement",
    "SECURITY_CHALLENGE_PIPE": "Security Challenges",
    "TRUSTED_GRAPH": "Verifications",
    "IDENTITY_CREDENTIALS_AND_ASSETS": "Private_identity_asset",
    "ACCOUNT_HISTORY": "Account Status History",
    "RECEIPTS_LBP": "Receipts_v2",
    "JOB_POSTINGS": "Online Job Postings",
    "TALENT_QUESTION_SAVED_RESPONSE": "Job Applicant Saved Screening Question Responses",
    "EASYAPPLY_BLOCKING": "Saved Answers",
    "LEARNING_COACH_AI_TAKEOUT": "coach_messages",
    "LEARNING_COACH_INBOX": "learning_coach_messages",
    "LEARNING_ROLEPLAY_INBOX": "learning_role_play_messages",
    "MARKETPLACE_ENGAGEMENTS": "Events",
    "MARKETPLACE_PROVIDERS": "Providers",
    "ACTOR_SAVE_ITEM": "Saved_Items",
    "VOLUNTEERING_EXPERIENCES": "Volunteering",
}
"""Domain → the file's name in the archive, where that is another: names tell what stays closed (deny.py)."""


def unfolded(file: File) -> list[File]:
    """The tables in saved answers, as CSV files; any other file as it is.

    Raises InputError, with the line, for answers that are no valid JSON, are nested too deeply or too large.
    """
    peek = Peek(file)
    if deny.reason(peek) or not peek.raw.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \r\n\t").startswith((b"{", b"[")):
        return [file]
    if not _MARK.search(peek.head):
        return [file]
    if file.size > file.limits.json:
        most = f"more than {file.limits.told('json')} of JSON in one file"
        how = f"save each page of the answer by itself, or set {file.limits.raised('json')}"
        raise LimitError(file.shown, f"{most}; {how}")
    return _files(file, _domains(peek)) or [file]


def _domains(peek: Peek) -> dict[str, list[Row]]:
    """Domain → its rows, over all answers in the file."""
    with peek.stream() as stream:
        text = without_halves(stream.read()).decode()
    found: dict[str, list[Row]] = {}
    try:
        for answer in _answers(text):
            for domain, rows in _elements(answer):
                found.setdefault(domain or PurePosixPath(peek.file.name).stem, []).extend(rows)
    except json.JSONDecodeError as problem:
        raise InputError(
            peek.file.shown, f"no valid JSON ({problem.msg}); save the answer again, as it came", problem.lineno
        ) from None
    except (RecursionError, ValueError):  # the latter: a number of thousands of digits
        raise InputError(peek.file.shown, "nested too deeply, or no answer of LinkedIn's; save it again") from None
    return found


def _answers(text: str) -> Iterator[Any]:
    """The JSON values in a text: one, or several below each other, each on a line or on many."""
    decoder, at = json.JSONDecoder(), 0
    while found := re.compile(r"[^\s,\x1e]").search(text, at):
        value, at = decoder.raw_decode(text, found.start())
        yield value


def _elements(value: Any) -> Iterator[tuple[str, list[Row]]]:
    """The elements in an answer, however it was wrapped: (domain, rows)."""
    if isinstance(value, list):
        for inner in value:
            yield from _elements(inner)
    elif isinstance(value, dict) and "snapshotData" in value:
        data = value["snapshotData"]
        rows = data if isinstance(data, list) else [data]
        yield str(value.get("snapshotDomain") or ""), [row if isinstance(row, dict) else {} for row in rows]
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _elements(inner)


def _files(file: File, domains: Mapping[str, list[Row]]) -> list[File]:
    found = []
    for domain, rows in domains.items():
        name = _IN_THE_ARCHIVE.get(domain.upper().replace("-", "_"), domain)
        closed = replace(file, name=name, shown=f"{file.shown} › {domain}", size=0, open=io.BytesIO)
        if deny.reason(Peek(closed)):
            found.append(closed)
            continue
        for number, content in enumerate(map(_as_csv, _tables(rows)), 1):
            shown = closed.shown if number == 1 else f"{closed.shown} ({number})"
            opened = lambda content=content: io.BytesIO(content)
            found.append(replace(closed, shown=shown, size=len(content), open=opened))
    return found


def _tables(rows: Iterable[Row]) -> list[tuple[dict[str, None], list[Row]]]:
    """The rows as tables of (columns, rows): endorsements given and received are one domain, but no one table.

    A row belongs to a table where one of the two has all the columns of the other: an empty cell may be left out.
    """
    tables: list[tuple[dict[str, None], list[Row]]] = []
    for row in rows:
        mine = row.keys()
        fitting = next((t for t in tables if mine <= t[0].keys() or mine >= t[0].keys()), None)
        if fitting is None:
            fitting = ({}, [])
            tables.append(fitting)
        fitting[0].update(dict.fromkeys(row))
        fitting[1].append(row)
    return tables


def _as_csv(table: tuple[dict[str, None], list[Row]]) -> bytes:
    columns, rows = table
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return out.getvalue().encode(errors="replace")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
