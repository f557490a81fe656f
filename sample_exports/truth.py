"""The truth file: who is what, as planted. It stands beside an export and is never read by an audit."""

from collections.abc import Iterator
from pathlib import Path

from sample_exports.people import LAYERS, REAL, YEAR, Person
from sample_exports.sheets import sheet
from sample_exports.threads import World, thread

HEADER = "profile_url,name,role,layer,meaningful,messages_out,messages_in"


def write_truth(path: Path, world: World, *, with_url: bool) -> None:
    """One row a person: role, planted layer, and whether the tie is living and meaningful at the cut.

    `profile_url` is spelt as in Connections.csv, and empty (`with_url` false) where that file has no such column.
    """
    sheet(path, HEADER, ([row[0] if with_url else "", *row[1:]] for row in rows(world)))


def rows(world: World) -> Iterator[list[object]]:
    for p in world.people:
        if p.connected <= world.cut:
            out, into, meaningful = _traffic(world, p)
            url, name = ("", "") if p.role == "hidden" else (p.encoded_url, p.name)
            layer = LAYERS.get(p.role, "") if meaningful else ""
            yield [url, name, p.role, layer, int(meaningful), out, into]
    yield ["", "LinkedIn Member", "sponsor", "", 0, "", ""]
    for coach in ("LinkedIn Guide", "Role Play Coach"):
        yield ["", coach, "coach", "", 0, "", ""]


def _traffic(world: World, person: Person) -> tuple[int, int, bool]:
    """Messages each way up to the cut, and whether a real tie was in contact both ways in the year before it."""
    if not world.plans[person.number]:
        return 0, 0, False
    known = [m for m in thread(world, person).messages if m.at <= world.cut]
    into = sum(m.sender is person for m in known)
    late = {m.sender is person for m in known if m.at > world.cut - YEAR}
    return len(known) - into, into, person.role in REAL and len(late) == 2
