"""Bent files for every reader, the same every time: `AUDITOR_FUZZ_RUNS` each (1,000), by the plain mutator of chance.py.

`make fuzz` is the long run. What a run is, and what it may take, stands in fuzz.py and stack.py.
"""

from __future__ import annotations

import pytest

from auditor import sources
from auditor.errors import AuditorError
from auditor.records import Records

from .attempt import READ, RUNS, TOGETHER, Attempts
from .fuzz import by_chance
from .readers import readers


@pytest.mark.parametrize("name", readers())
def test_no_bent_file_breaks_its_reader(name: str) -> None:
    """Each is read or refused; `python tests/fire/fuzz.py` would write the one that is not to the corpus."""
    broken: list[tuple[str, bytes]] = []
    attempts = Attempts(readers()[name], lambda what, content: broken.append((what, content)))
    for number in range(RUNS):
        attempts.take(by_chance(name, number))
    attempts.finish()
    assert broken == []
    assert attempts.done.total() == RUNS
    assert attempts.done[READ] > RUNS / 20  # what is always refused tries nothing but the door


def test_what_breaks_a_reader_is_found_in_a_stack(monkeypatch: pytest.MonkeyPatch) -> None:
    """One file of many, which breaks only where tables are made of it: it alone is told of."""

    def breaking(records: Records) -> Records:
        if (records.people["name"] == "Wren Trap").any():
            raise KeyError
        return records

    monkeypatch.setattr(sources, "validate", breaking)
    trap = b"First Name,Last Name,URL,Connected On\nWren,Trap,https://www.linkedin.com/in/wren-trap,02 Jan 2024\n"
    broken: list[bytes] = []
    attempts = Attempts(readers()["connections"], lambda _, content: broken.append(content))
    for number in range(TOGETHER + 6):
        attempts.take(trap if number == 5 else trap.replace(b"Trap", b"Lark").replace(b"-trap", b"-lark"))
    attempts.finish()
    assert broken == [trap]
    assert attempts.done == {READ: TOGETHER + 6}


@pytest.mark.parametrize("name", [name for name, reader in readers().items() if reader.stack])
def test_a_stack_tells_of_every_record(name: str) -> None:
    """As many are kept or set aside as when each file is read alone."""
    reader, stack, alone = readers()[name], readers()[name].stack(), 0  # type: ignore[misc]
    for content in [*reader.seeds[:3], *(by_chance(name, number) for number in range(5))]:
        try:
            alone += records_told(reader.feed(reader.file, content))
        except AuditorError:
            continue
        stack.lay(reader.file, content)
    assert records_told(stack.made()) == alone > 0


def records_told(records: Records | None) -> int:
    assert records is not None
    receipt = records.coverage
    return int(receipt.loc[receipt["role"] != "note", "rows"].sum())
