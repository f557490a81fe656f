"""Writes a fictional LinkedIn export with known truth: the sample, weekly series, small old-era exports, benchmarks.

    python sample_exports/make.py --seed 7 --connections 1200 --out sample_exports/alex_morgan

Beside the folder stands `<folder>.truth.csv`: who is what, as planted. The same arguments write the same bytes, on any
machine and any day. Every person, company, number and address in it is invented.
"""

import argparse
import sys
from datetime import UTC, date, datetime
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]  # run as a script, or loaded by its path

from sample_exports.campaigns import write_campaigns  # noqa: E402
from sample_exports.channels import write_channels  # noqa: E402
from sample_exports.eras import write_2018, write_2021  # noqa: E402
from sample_exports.exchanges import write_exchanges  # noqa: E402
from sample_exports.habits import write_habits  # noqa: E402
from sample_exports.inbox import write_messages  # noqa: E402
from sample_exports.owner_files import write_owner_files  # noqa: E402
from sample_exports.people import LIVING, YEAR, network  # noqa: E402
from sample_exports.threads import World  # noqa: E402
from sample_exports.ties import stretched, talks  # noqa: E402
from sample_exports.truth import write_truth  # noqa: E402
from sample_exports.weeks import BEFORE, write_weeks  # noqa: E402

YEARS = {"today": 9, "2018": 6, "2021": 6}
LAST_DAYS = {"today": date(2026, 11, 20), "2018": date(2018, 10, 19), "2021": date(2021, 9, 14)}


def make(
    out: Path,
    seed: int = 7,
    connections: int = 1200,
    messages: int | None = None,
    era: str = "today",
    as_of: date | None = None,
) -> Path:
    """Writes the export folder `out` and `<out>.truth.csv` beside it; returns `out`.

    `messages` is how many rows messages.csv has, about: living ties then talk more (never less than two messages a
    conversation). Without it, as much as the planted ties need, some nine a connection. `era` is "today", "2018" or
    "2021". With `as_of`, the same life is exported on that day: nothing later exists.
    """
    world = imagine(seed, connections, messages, era, as_of or LAST_DAYS[era])
    out.mkdir(parents=True, exist_ok=True)
    _WRITERS[era](out, world)
    write_truth(out.with_name(out.name + ".truth.csv"), world, with_url=era == "today")
    return out


def imagine(seed: int, connections: int, messages: int | None, era: str, as_of: date) -> World:
    """The whole life: people and when they were in contact, known up to the evening of `as_of`."""
    end = _evening(LAST_DAYS[era])
    start = end - YEARS[era] * YEAR
    people = network(seed, connections, start, end)
    plans = {p.number: talks(seed, p, end) for p in people}
    if messages is not None:
        living = {p.number for p in people if p.role in LIVING}
        volume = sum(t.turns for n in living for t in plans[n])
        rest = sum(t.turns for n, plan in plans.items() if n not in living for t in plan)
        factor = (messages - rest) / volume
        plans = {p.number: [stretched(t, factor, p.role) for t in plans[p.number]] for p in people}
    return World(
        seed, people, plans, start, end, min(_evening(as_of), end), [p.called for p in people if p.called.isascii()]
    )


def _write_today(out: Path, world: World) -> None:
    write_messages(out / "messages.csv", world)
    write_exchanges(out, world)
    write_owner_files(out, world)


_WRITERS = {"today": _write_today, "2018": write_2018, "2021": write_2021}


def _evening(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC).timestamp())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Writes a fictional LinkedIn export and, beside it, the planted truth."
    )
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--connections", type=int, default=1200)
    parser.add_argument("--messages", type=int, help="about how many; by default what the planted ties need")
    parser.add_argument("--era", choices=LAST_DAYS, default="today")
    parser.add_argument(
        "--as-of", type=date.fromisoformat, metavar="DATE", help="export on this day: nothing later exists"
    )
    parser.add_argument(
        "--channels", action="store_true", help="the calendar, calls and address book of the same life instead"
    )
    parser.add_argument("--weeks", action="store_true", help="four weekly exports of a small life instead")
    parser.add_argument("--habits", action="store_true", help="the export in which every habit is planted instead")
    parser.add_argument(
        "--campaigns", action="store_true", help="campaigns among letters, and which message is which, instead"
    )
    parser.add_argument("--out", type=Path, required=True)
    return parser.parse_args()


if __name__ == "__main__":
    given = _arguments()
    if given.habits:
        write_habits(given.out)
    elif given.channels:
        write_channels(given.out, imagine(given.seed, given.connections, None, given.era, LAST_DAYS[given.era]))
    elif given.weeks:
        write_weeks(given.out, imagine(given.seed, given.connections, None, "today", BEFORE))
    elif given.campaigns:
        write_campaigns(given.out, imagine(given.seed, given.connections, None, given.era, LAST_DAYS[given.era]))
    else:
        make(given.out, given.seed, given.connections, given.messages, given.era, given.as_of)
