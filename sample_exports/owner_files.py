"""The files about the owner alone, and those an audit must leave closed."""

import csv
from collections.abc import Iterator
from pathlib import Path

from sample_exports.dice import Dice
from sample_exports.inbox import HEADER, conversation_id, stamp
from sample_exports.noise import scaled
from sample_exports.people import DAY, OWNER
from sample_exports.sheets import lines, moment, plain, sheet, short_pacific
from sample_exports.texts import Speech
from sample_exports.threads import World

PROFILE = (
    "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,"
    "Twitter Handles,Websites,Instant Messengers"
)
POSTS = {  # file: how many, header
    "Shares.csv": (40, "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility"),
    "Reactions.csv": (260, "Date,Type,Link"),
    "Votes.csv": (9, "Date,Link,OptionText"),
}
AD_TARGETING = "Member Age,Company Names,Company Names,Company Names,Job Titles,Job Titles,Job Titles,Member Skills"


def write_owner_files(out: Path, world: World) -> None:
    """Writes the profile, positions, addresses and posts of the owner, and the files that stay closed."""
    write_profile(out, world)
    for name, (count, header) in POSTS.items():
        sheet(out / name, header, posts(world, name, count))
    plain(out / "Comments.csv", "Date,Link,Message\n" + "".join(comments(world)))
    _write_closed(out, world)


def write_profile(out: Path, world: World) -> None:
    headline = "Head of Product at Palebrook Systems (fictional)"
    row = [
        OWNER.first,
        OWNER.last,
        "",
        "1 Example Street",
        "Mar 14",
        headline,
        "A fictional person for tests and demos.",
    ]
    row += ["Software Development", "00000", "Bristol, England", "", "[PORTFOLIO:https://alex.example.com]", ""]
    sheet(out / "Profile.csv", PROFILE, [row])
    added = short_pacific(world.start)
    mails = [("alex.morgan@example.com", "Yes", "Yes", added), ("alex@example.org", "Yes", "No", added)]
    sheet(out / "Email Addresses.csv", "Email Address,Confirmed,Primary,Updated On", mails, final_newline=False)
    sheet(out / "PhoneNumbers.csv", "Extension,Number,Type", [("", " +1 202-555-0147", "Mobile"), ("", "", "")])
    positions = [
        ("Palebrook Systems", "Head of Product", "Leads a team of nine.", "Bristol", "Feb 2022", ""),
        ("Thimblewick Learning", "Product Manager", "", "Leeds", "2018", "Jan 2022"),
        ("Cindervane Media", "Analyst", "", "Leeds", "Sep 2014", "Dec 2017"),
    ]
    sheet(out / "Positions.csv", "Company Name,Title,Description,Location,Started On,Finished On", positions)


def posts(world: World, name: str, count: int) -> Iterator[list[str]]:
    """What the owner shared, liked and voted on, newest first. No person is named in it."""
    made = [
        (int(world.end - Dice(world.seed, name, n).roll() * (world.end - world.start)), n)
        for n in range(scaled(world, count))
    ]
    for at, number in sorted(made, reverse=True):
        dice = Dice(world.seed, name, "text", number)
        link = _link("share" if name == "Shares.csv" else "activity", at)
        if at <= world.cut:
            yield [moment(at), *_post(Speech(dice, "all", world.friends), name, link)]


def _post(speech: Speech, name: str, link: str) -> list[str]:
    if name == "Reactions.csv":
        return [speech.dice.pick(("LIKE", "LIKE", "LIKE", "EMPATHY", "PRAISE", "INTEREST", "ENTERTAINMENT")), link]
    if name == "Votes.csv":
        return [link.replace("%3A", ":"), speech.fill("Yes, {time}")]
    # every line break inside a post is exported as a quote, a break and a quote
    return [
        link,
        '"\n""\n"'.join((speech.fill("{topic} taught me something"), speech.fill("Thank you, {who}."))),
        "",
        "",
        "MEMBER_NETWORK",
    ]


def comments(world: World) -> Iterator[str]:
    """Lines of Comments.csv; two lines without comma or quote stand unquoted, as LinkedIn has it."""
    for number in range(scaled(world, 45)):
        dice = Dice(world.seed, "comment", number)
        at = int(world.end - (number + dice.roll()) / scaled(world, 45) * (world.end - world.start))
        speech = Speech(dice, "all", world.friends)
        text = speech.fill(
            dice.pick(
                ("Well said {who}", "I saw the same in {place}\nand it worked", "Count me in, {time}", "{topic}? Yes!")
            )
        )
        if at <= world.cut:
            quoted = f'"{text}"' if "," in text else text
            yield f"{moment(at)},{_link('activity', at)},{quoted}\n"


def _link(kind: str, at: int) -> str:
    """A post's address; its number holds the time in milliseconds above 22 bits."""
    return f"https://www.linkedin.com/feed/update/urn%3Ali%3A{kind}%3A{at * 1000 << 22}"


def _write_closed(out: Path, world: World) -> None:
    """Files that name people or secrets an audit does not need: advertising, logins, searches, talks with machines."""
    targeting = ["30-39", "Palebrook", "Thimblewick", "Cindervane", "Product", "Analyst", "Manager", "Roadmapping; SQL"]
    sheet(out / "Ad_Targeting.csv", AD_TARGETING, [targeting])
    times = [world.cut - n * 9 * DAY for n in range(12)]
    logins = ([stamp(t), f"192.0.2.{n + 10}", "Example Browser/1.0", "ChallengeLogin"] for n, t in enumerate(times))
    sheet(out / "Logins.csv", "Login Date,IP Address,User Agent,Login Type", logins)
    searches = "".join(
        f"{moment(t).replace('-', '/')} UTC,product manager, Leeds\n" for t in times
    )  # commas are not quoted
    plain(out / "SearchQueries.csv", "Time,Search Query\n" + searches)
    for name, coach in (
        ("guide_messages.csv", "LinkedIn Guide"),
        ("learning_role_play_messages.csv", "Role Play Coach"),
    ):
        text = lines([HEADER, *_coaching(world, coach)], quoting=csv.QUOTE_ALL)
        plain(out / name, text)


def _coaching(world: World, coach: str) -> Iterator[list[str]]:
    """A talk with a machine, in the columns of messages.csv."""
    dice = Dice(world.seed, coach)
    for number in range(24):
        pair = (coach, OWNER.name) if number % 2 else (OWNER.name, coach)
        at = world.end - 40 * DAY - number * 70
        text = Speech(dice, "Alex", world.friends).turn("Alex", number, 24)
        url = OWNER.raw_url if pair[0] == OWNER.name else ""
        other = "" if url else OWNER.raw_url
        key = conversation_id(f"{world.seed} {coach}")
        if at <= world.cut:
            yield [key, "", pair[0], url, pair[1], other, stamp(at), "", text, "INBOX", "", "No", "No"]
