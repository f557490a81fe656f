"""The files that name people: connections, invitations, endorsements, recommendations, notes, the address book."""

from collections.abc import Iterator
from pathlib import Path

from sample_exports.dice import Dice
from sample_exports.noise import scaled
from sample_exports.people import DAY, LIVING, OWNER, YEAR, Person, stranger
from sample_exports.sheets import day, moment, padded_pacific, sheet, short_pacific, slashed
from sample_exports.texts import Speech
from sample_exports.threads import World, note
from sample_exports.vocabulary import SKILLS

PREAMBLE = (
    'Notes:\n"When exporting your connection data, you may notice that some of the email addresses are missing. '
    "You will only see email addresses for connections who have allowed their connections to see or download their "
    "email address using this setting https://www.linkedin.com/psettings/privacy/email. You can learn more here "
    'https://www.linkedin.com/help/linkedin/answer/261"\n\n'
)
CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
INVITATIONS = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl"
RECEIVED = "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,Endorsement Status"
GIVEN = "Endorsement Date,Skill Name,Endorsee First Name,Endorsee Last Name,Endorsee Public Url,Endorsement Status"
RECOMMENDATIONS = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status"
NOTES = "Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,Edited On"
CONTACTS = (
    "Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt,Addresses,Sites,InstantMessageHandles,FullName,"
    "Birthday,Location,BookmarkedAt,Profiles"
)
FOLLOWS = "Date,Status,FullName"
WINDOW = 274 * DAY  # Invitations.csv reaches back about nine months


def write_exchanges(out: Path, world: World) -> None:
    """Writes every file of the folder that names people, except messages.csv."""
    write_connections(out, newest_first(world))
    sheet(out / "Invitations.csv", INVITATIONS, invitations(world))
    sheet(out / "Endorsement_Received_Info.csv", RECEIVED, endorsements(world, "received"))
    sheet(out / "Endorsement_Given_Info.csv", GIVEN, endorsements(world, "given"))
    sheet(out / "Recommendations_Received.csv", RECOMMENDATIONS, recommendations(world, "received", 6))
    sheet(out / "Recommendations_Given.csv", RECOMMENDATIONS, recommendations(world, "given", 4))
    sheet(out / "Notes.csv", NOTES, notes(world))
    sheet(out / "ImportedContacts.csv", CONTACTS, contacts(world))
    sheet(out / "Member_Follows.csv", FOLLOWS, follows(world))


def write_connections(out: Path, people: list[Person]) -> None:
    """Writes Connections.csv of these people, in their order."""
    rows = ([*connection(p), day(p.connected)] for p in people)
    sheet(out / "Connections.csv", CONNECTIONS, rows, above=PREAMBLE, final_newline=False)


def newest_first(world: World) -> list[Person]:
    """Who is connected at the cut."""
    return sorted((p for p in world.people if p.connected <= world.cut), key=lambda p: (-p.connected, p.number))


def connection(p: Person) -> list[str]:
    """The row without its date; closed profiles have nothing else."""
    return [""] * 6 if p.role == "hidden" else [p.first, p.last, p.encoded_url, p.email, p.company, p.position]


def invitations(world: World) -> Iterator[list[str]]:
    """What was sent in the nine months before the cut: accepted ones and pending ones, in no order of time."""
    for p in world.people:
        sent = p.connected - int(Dice(world.seed, "sent", p.number).roll() ** 3 * 20 * DAY) - 300
        if p.connected <= world.cut and sent > world.cut - WINDOW and p.role != "hidden":
            yield invitation(p, sent, note(world, p) if p.note else "")
    for number in range(scaled(world, 75 * 12)):  # over nine years; the window shows a tenth of them
        dice = Dice(world.seed, "pending", number)
        sent = int(dice.between(world.start, world.end))
        if world.cut - WINDOW < sent <= world.cut:
            p = stranger(world.seed, "invited", number)
            p.invited = dice.chance(0.7)
            yield invitation(p, sent, note(world, p) if dice.chance(0.08) else "")


def invitation(p: Person, sent: int, text: str) -> list[str]:
    first, second = (OWNER, p) if p.invited else (p, OWNER)
    direction = "OUTGOING" if p.invited else "INCOMING"
    return [first.name, second.name, short_pacific(sent), text, direction, first.raw_url, second.raw_url]


def endorsements(world: World, way: str) -> Iterator[list[str]]:
    """One-click endorsements: several skills within a minute, from living ties mostly."""
    rows = []
    for p in world.people:
        dice = Dice(world.seed, "endorsement", way, p.number)
        if dice.chance({"ritual": 0.15, "brief": 0.04}.get(p.role, 0.3 if p.role in LIVING else 0.0)):
            at = int(dice.between(p.connected, max(world.end - 30 * DAY, p.connected + 60)))
            url = p.raw_url.removeprefix("https://")
            who = [p.first, p.last, url, "ACCEPTED" if dice.chance(0.98) else "PENDING"]
            rows += [(at + 4 * i, skill, who) for i, skill in enumerate(dice.sample(SKILLS, dice.whole(1, 5)))]
    return ([slashed(at), skill, *who] for at, skill, who in sorted(rows, reverse=True) if at <= world.cut)


def recommendations(world: World, way: str, count: int) -> Iterator[list[str]]:
    """Recommendations by and for close people; name and company only, no address."""
    dice = Dice(world.seed, "recommendation", way)
    close = [p for p in world.people if p.role in LIVING[:3]]
    for p in dice.sample(close, scaled(world, count)):
        at = int(dice.between(p.connected + 30 * DAY, max(world.end - 20 * DAY, p.connected + 31 * DAY)))
        speech = Speech(dice, p.called if way == "given" else OWNER.first, world.friends)
        text = speech.fill(
            "I worked with {name} on {topic} in {place} for {few} months and would do it again at once. "
        )
        text += speech.fill("When {who} left, {name} took over {thing} and nobody noticed the gap.")
        if at <= world.cut:
            yield [
                p.first,
                p.last,
                p.company,
                p.position,
                text,
                padded_pacific(at),
                dice.pick(("VISIBLE", "VISIBLE", "HIDDEN")),
            ]


def notes(world: World) -> Iterator[list[str]]:
    """The owner's private notes on a few connections."""
    dice = Dice(world.seed, "notes")
    for p in dice.sample([p for p in world.people if p.role in LIVING], scaled(world, 5)):
        at = int(dice.between(max(p.connected, world.end - YEAR), world.end))
        text = Speech(dice, p.called, world.friends).fill(
            "Met {name} in {place}. Ask about {topic}; knows {who} at {firm}."
        )
        if at <= world.cut:
            yield [p.first, p.last, p.encoded_url, text, moment(at), moment(at)]


def contacts(world: World) -> Iterator[list[str]]:
    """The address book as it was uploaded in one go; a third of it are connections, the others friends and family."""
    uploaded = world.start + 2 * YEAR
    if uploaded > world.cut:
        return
    known = [p for p in world.people if p.role in LIVING and p.connected < uploaded]
    others = [stranger(world.seed, "family", n) for n in range(scaled(world, 60))]
    for number, p in enumerate([*known[: scaled(world, 30)], *others]):
        dice = Dice(world.seed, "contact", number)
        line = f"{dice.pick((202, 303, 415, 617))}-555-01{dice.whole(0, 99):02d}"
        phones = f" +1 {line}, +1{line.replace('-', '')}" if dice.chance(0.9) else ""
        mail = f"contact{number}@example.org" if dice.chance(0.5) else ""
        source = dice.pick(("MOBILE_CONTACTS", "MOBILE_CONTACTS", "MOBILE_CONTACTS", "GOOGLE_CONTACTS"))
        employer = dice.pick(("", "", "null", p.company))
        first, last = p.first.strip(), p.last.strip()
        fixed = [
            source,
            first,
            last,
            employer,
            "",
            mail,
            phones,
            short_pacific(uploaded),
            "",
            "",
            "",
            f"{first} {last}",
        ]
        yield [*fixed, "", "", "", ""]


def follows(world: World) -> Iterator[list[str]]:
    """Members the owner follows, by name only."""
    for number in range(scaled(world, 12)):
        dice = Dice(world.seed, "follow", number)
        at = int(dice.between(world.start, world.end))
        if at <= world.cut:
            yield [
                moment(at),
                dice.pick(("Active", "Active", "Unfollow")),
                stranger(world.seed, "followed", number).name,
            ]
