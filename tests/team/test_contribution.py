"""Scores under hashes: what is in a contribution, what is not, and what can be asked of many."""

from __future__ import annotations

import json
from contextlib import nullcontext
from hashlib import sha256
from hmac import new as hmac
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from exports import TODAY, WORKS, called

from auditor.errors import InputError, UsageError
from auditor.team import Secret, ask, contribution, joined, report, run, to_json
from auditor.team.runs import RunFolder
from auditor.team.scores import SCHEMA, Scores

KEY, OTHER = Secret(b"k" * 32), Secret(b"o" * 32)


@pytest.fixture(name="plain")
def fixture_plain(before) -> dict[str, Scores]:
    """The three members' scores, in the clear."""
    opened = RunFolder.opened(before / "run")
    return {opened.names[ref]: Scores.unpacked(opened.part(ref), ref) for ref in opened.refs}


@pytest.fixture(name="handed")
def fixture_handed(plain, tmp_path) -> Path:
    """A folder with their contributions."""
    folder = tmp_path / "handed"
    folder.mkdir()
    for name, scores in plain.items():
        (folder / f"{name[0]}.parquet").write_bytes(contribution(scores, KEY).packed())
    return folder


def no_engine(jobs: int) -> nullcontext[None]:
    raise AssertionError("contributions need no cluster")


def over(folder: Path) -> RunFolder:
    return run(folder, folder.parent / "joint", (None, TODAY), no_engine)


def test_no_name_address_or_company_is_in_a_contribution(handed):
    """Neither in the bytes nor in what they unpack to: no slug, no name, no employer, of nobody, the member included."""
    slugs = [*WORKS, "robin-hart", "kim-lund"]
    words = {w.casefold() for s in slugs for w in (s, *called(s).split(), *WORKS.get(s, "Plover").split())}
    words = {word for word in words if len(word) > 4}  # a shorter one stands in hexadecimal by chance
    for file in handed.iterdir():
        table = pq.read_table(file)
        seen = repr(file.read_bytes()) + repr(table.schema.metadata) + table.to_pandas().to_string()
        assert [word for word in words if word in seen.casefold()] == []
        assert table["human"][0].as_py().startswith("hmac:")


def test_a_hash_is_that_of_the_canonical_profile(handed, plain):
    """HMAC-SHA256 of `linkedin:<slug>`, as anybody can compute who has the key."""
    expected = "hmac:" + hmac(b"k" * 32, b"linkedin:ada-marsh", sha256).hexdigest()
    assert expected in pq.read_table(handed / "r.parquet")["human"].to_pylist()


def test_the_team_of_hashes_says_what_the_team_of_names_says(handed, before):
    """Counts, overlap and paths are those of the exports; only what people are called is not there."""
    named, hashed = (joined(opened) for opened in (RunFolder.opened(before / "run"), over(handed)))
    one, other = report(named), report(hashed)
    assert (one.people, one.known_by, one.accounts, one.single) == (
        other.people,
        other.known_by,
        other.accounts,
        other.single,
    )
    assert [row.facts.meaningful for row in one.members] == [row.facts.meaningful for row in other.members]
    for asked in ("https://www.linkedin.com/in/dan-voss", "Wren Works GmbH"):
        theirs, ours = ask(named, asked), ask(hashed, asked, KEY)
        assert [t.p_two_way for t in theirs.strongest] == [t.p_two_way for t in ours.strongest]
        assert [p.chances for p in theirs.paths] == [p.chances for p in ours.paths]
    told = to_json(hashed, other)
    assert json.loads(told)["hashed"]
    assert [m["member"] for m in json.loads(told)["members"]] == ["c", "k", "r"]


def test_who_lacks_the_key_cannot_ask(handed):
    """Without it, or with another, nobody is found, and the reason is said."""
    union = joined(over(handed))
    with pytest.raises(UsageError, match="--key-file"):
        ask(union, "https://www.linkedin.com/in/ada-marsh")
    with pytest.raises(UsageError, match="not the team key"):
        ask(union, "https://www.linkedin.com/in/ada-marsh", OTHER)


def test_deleting_a_contribution_withdraws_it(handed):
    """At the next run, from the result and from the folder of the run."""
    assert len(over(handed).refs) == 3
    (handed / "c.parquet").unlink()
    after = over(handed)
    assert sorted(after.names.values()) == ["k.parquet", "r.parquet"]
    assert len(list((after.path / "ties").iterdir())) == 2


def test_what_is_no_contribution_is_missing(handed, plain):
    """Other tables, broken files, chances out of range, names, and another team's key: each named with the reason."""
    good = contribution(plain["kim-lund"], KEY)
    off = good.ties.set_column(10, SCHEMA.field("p_two_way"), pa.array([7.0] * good.ties.num_rows))
    (handed / "broken.parquet").write_bytes(b"PAR1 and no more")
    pq.write_table(pa.table({"x": [1]}), handed / "other.parquet")
    (handed / "seven.parquet").write_bytes(Scores(good.facts, off).packed())
    (handed / "named.parquet").write_bytes(plain["kim-lund"].packed())
    (handed / "stranger.parquet").write_bytes(contribution(plain["kim-lund"], OTHER).packed())
    joint = over(handed)
    assert {one.member: one.reason.split(".")[0] for one in joint.missing} == {
        "broken.parquet": "this is no file of scores",
        "other.parquet": "this is no file of scores",
        "seven.parquet": "its table is not one of scores",
        "named.parquet": "this has names in it, and is no contribution",
        "stranger.parquet": "it was made with another team key than most; make it again with theirs",
    }
    assert len(joint.refs) == 3


def test_the_same_contribution_twice_counts_once(handed):
    """A member's hash is known again."""
    (handed / "z.parquet").write_bytes((handed / "k.parquet").read_bytes())
    joint = over(handed)
    assert len(joint.refs) == 3
    assert len(joint.missing) == 1


def test_a_short_key_is_refused(tmp_path):
    """It could be guessed; white space around a key does not count."""
    (tmp_path / "short").write_text("secret\n", encoding="ascii")
    with pytest.raises(InputError, match="could be guessed"):
        Secret.of_file(tmp_path / "short")
    (tmp_path / "one").write_text("k" * 32 + "\r\n", encoding="ascii")
    assert Secret.of_file(tmp_path / "one") == KEY
    assert "kkk" not in repr(KEY)
