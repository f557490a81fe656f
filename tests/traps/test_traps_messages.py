"""Traps of messages.csv and Invitations.csv: who wrote, to whom, when, and what is no message at all."""

from __future__ import annotations

import pytest

C7 = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
M2 = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER"
M3 = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER"
M8 = f"{M3},ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT"
INVITATIONS = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl"
IN = "https://www.linkedin.com/in/"
ME = f"Robin Hart,{IN}robin-hart"
KIM = f"Kim Oak,{IN}kim-oak"
PROFILE = {"Profile.csv": ["First Name,Last Name,Maiden Name,Headline,Summary,Industry", "Robin,Hart,,,,"]}
FROM_KIM = f"2-a==,,{KIM},{ME},2026-03-01 10:00:00 UTC,,Shall we meet?,INBOX"
TO_KIM = f"2-a==,,{ME},{KIM},2026-03-02 11:00:00 UTC,,Gladly,INBOX"


def test_trap_28_sponsored_and_campaigns(read_export):
    """Sponsors, InMail campaigns, LinkedIn's own senders and spam are counted and are nobody's tie."""
    spin = '"<p class=""spinmail-quill-editor__spin-break"">Hi %FIRSTNAME%</p>"'
    reading = read_export(
        PROFILE
        | {
            "messages.csv": [
                M3,
                f"2-s==,Sponsored Conversation,LinkedIn Member,,{ME},2026-02-01 10:00:00 UTC,,Win a car,ARCHIVE",
                f"2-t==,Sponsored Conversation,LinkedIn Member,,{ME},2026-02-02 10:00:00 UTC,,Win a boat,ARCHIVE",
                f"2-u==,A seat for you,Gil Brandt,,{ME},2026-02-03 10:00:00 UTC,,{spin},INBOX",
                f"2-v==,An offer,Vera Pitch,,{ME},2026-02-04 10:00:00 UTC,,We help firms like yours,INBOX",
                f"2-w==,,LinkedIn Talent Solutions,,{ME},2026-02-05 10:00:00 UTC,,Hire faster,INBOX",
                f"2-x==,,Pia Spam,{IN}pia-spam,{ME},2026-02-06 10:00:00 UTC,,Buy now,SPAM",
                FROM_KIM,
            ]
        }
    )
    assert reading.exchanges() == [("linkedin:kim-oak", "2026-03-01 10:00:00", "in")]
    assert reading.kept("messages.csv") == 1
    assert reading.aside("messages.csv") == 6
    assert reading.aside("messages.csv", "sponsor") >= 2
    assert reading.aside("messages.csv", "spam") >= 1
    assert list(reading.ties("2026-06-01")["name"]) == ["Kim Oak"]


def test_trap_29_sent_messages_are_in_the_inbox(read_export):
    """Direction comes from the sender: what the owner wrote is outgoing although its folder is INBOX."""
    reading = read_export(PROFILE | {"messages.csv": [M3, TO_KIM, FROM_KIM]})
    assert reading.exchanges("message") == [
        ("linkedin:kim-oak", "2026-03-01 10:00:00", "in"),
        ("linkedin:kim-oak", "2026-03-02 11:00:00", "out"),
    ]
    assert list(reading.records.interactions["others"]) == [0, 0]


def test_trap_30_recipients_with_commas(read_export):
    """`Jane Doe, PhD,Max Iller` are two recipients, by URL as by name."""
    by_url = (
        f'2-a==,,{ME},"Jane Doe, PhD,Max Iller","{IN}jane-doe,{IN}max-iller",2026-03-01 10:00:00 UTC,,Hi both,INBOX'
    )
    by_name = f'2-a==,,{ME},"Jane Doe, PhD,Max Iller",2022-03-01 10:00:00 UTC,,Hi both,INBOX'
    for header, row, keys in [
        (M3, by_url, ["linkedin:jane-doe", "linkedin:max-iller"]),
        (M2, by_name, ["name:jane doe@linkedin", "name:max iller@linkedin"]),
    ]:
        reading = read_export(PROFILE | {"messages.csv": [header, row]})
        assert [(person, way) for person, _, way in reading.exchanges()] == [(keys[0], "out"), (keys[1], "out")]
        assert list(reading.records.interactions["others"]) == [1, 1]
        assert sorted(reading.records.people.drop_duplicates("person")["name"]) == ["Jane Doe, PhD", "Max Iller"]
        assert reading.kept("messages.csv") == 1


def test_trap_30_recipient_without_url(read_export):
    """Where a recipient has no URL, names and URLs are not matched by position."""
    row = f'2-a==,,{ME},"LinkedIn Member,Jane Doe, PhD",{IN}jane-doe,2026-03-01 10:00:00 UTC,,Hi both,INBOX'
    direct = f'2-b==,,"Jane Doe, PhD",{IN}jane-doe,{ME},2026-03-02 10:00:00 UTC,,Hi Robin,INBOX'
    reading = read_export(PROFILE | {"messages.csv": [M3, row, direct]})
    assert reading.exchanges() == [
        ("linkedin:jane-doe", "2026-03-01 10:00:00", "out"),
        ("linkedin:jane-doe", "2026-03-02 10:00:00", "in"),
    ]
    assert set(reading.records.people["name"]) == {"Jane Doe, PhD"}


def test_trap_30_empty_slot(read_export):
    """An empty slot among the recipients is nobody, and does not shift the others."""
    row = f'2-a==,,{ME},"Jane Doe, PhD,",{IN}jane-doe,2026-03-01 10:00:00 UTC,,Hi,INBOX'
    reading = read_export(PROFILE | {"messages.csv": [M3, row]})
    assert reading.exchanges() == [("linkedin:jane-doe", "2026-03-01 10:00:00", "out")]
    assert set(reading.records.people["person"]) == {"linkedin:jane-doe"}


@pytest.mark.parametrize(
    ("header", "urls"), [(M2, ("", "")), (M3, (f",{IN}robin-hart", f",{IN}kim-oak"))], ids=["without URLs", "with URLs"]
)
def test_trap_31_comma_in_the_owners_name(read_export, header, urls):
    """An owner called `Robin Hart, PhD` has chats of two, not groups of three."""
    mine, kims = urls
    reading = read_export(
        {
            "Profile.csv": ["First Name,Last Name,Maiden Name,Headline,Summary,Industry", 'Robin,"Hart, PhD",,,,'],
            "messages.csv": [
                header,
                f'2-a==,,Kim Oak,{IN}kim-oak,"Robin Hart, PhD"{mine},2022-03-01 10:00:00 UTC,,Hi,INBOX',
                f'2-a==,,"Robin Hart, PhD",{IN}robin-hart,Kim Oak{kims},2022-03-02 10:00:00 UTC,,Hi,INBOX',
            ],
        }
    )
    assert [way for _, _, way in reading.exchanges()] == ["in", "out"]
    assert list(reading.records.interactions["others"]) == [0, 0]
    assert list(reading.ties("2022-06-01")["name"]) == ["Kim Oak"]


@pytest.mark.parametrize("flag", ["Yes", "TRUE", "1"])
def test_trap_32_drafts(read_export, flag):
    """What was never sent is no contact: drafts are counted and set aside."""
    reading = read_export(
        PROFILE
        | {
            "messages.csv": [
                M8,
                f",,{ME},{KIM},2026-03-05 10:00:00 UTC,,Dear Kim,,,{flag},No",
                f"{FROM_KIM},,No,No",
            ]
        }
    )
    assert reading.exchanges() == [("linkedin:kim-oak", "2026-03-01 10:00:00", "in")]
    assert reading.aside("messages.csv", "draft") == 1


def test_trap_32_draft_without_flag(read_export):
    """A file from before the flag shows a draft by its missing conversation and folder."""
    draft = f",,{ME},{KIM},2026-03-05 10:00:00 UTC,,Dear Kim,"
    reading = read_export(PROFILE | {"messages.csv": [M3, draft, FROM_KIM]})
    assert reading.exchanges() == [("linkedin:kim-oak", "2026-03-01 10:00:00", "in")]
    assert reading.aside("messages.csv", "draft") == 1


def test_trap_34_rows_grouped_by_conversation(read_export):
    """Rows come by conversation, newest first inside it: the last contact is the latest time, not the first row."""
    rows = [
        f"2-old==,,{KIM},{ME},2024-05-02 10:00:00 UTC,,Yes,INBOX",
        f"2-old==,,{ME},{KIM},2024-05-01 10:00:00 UTC,,Are you there?,INBOX",
        f"2-new==,,{KIM},{ME},2026-03-01 10:00:00 UTC,,Hi again,INBOX",
        f"2-older==,,{KIM},{ME},2021-01-01 10:00:00 UTC,,Welcome,INBOX",
    ]
    reading = read_export(PROFILE | {"messages.csv": [M3, *rows]})
    kim = reading.ties("2026-06-01").loc["Kim Oak"]
    assert (str(kim["last_contact"])[:10], kim["days_out"], kim["days_in"]) == ("2026-03-01", 1, 3)
    assert str(reading.receipt("messages.csv")["until"].max())[:10] >= "2026-03-01"


def test_trap_35_blank_sender_and_recipient(read_export):
    """A row from nobody to nobody is counted, and ties the owner neither to '' nor to themselves."""
    reading = read_export(PROFILE | {"messages.csv": [M3, "2-b==,,,,,,2026-03-05 10:00:00 UTC,,Lost,INBOX", FROM_KIM]})
    assert reading.exchanges() == [("linkedin:kim-oak", "2026-03-01 10:00:00", "in")]
    assert (reading.kept("messages.csv"), reading.aside("messages.csv")) == (1, 1)
    graph = reading.audit("2026-06-01").graph
    assert [edge for edge in graph.edges if edge[0] == edge[1]] == []
    assert sorted(n for n, data in graph.nodes(data=True) if data["kind"] == "alter") == ["linkedin:kim-oak"]


def test_trap_36_empty_content(read_export):
    """An attachment or a voice note has no text, and is an exchange all the same."""
    row = f"2-a==,,{KIM},{ME},2026-03-01 10:00:00 UTC,,,INBOX"
    reading = read_export(PROFILE | {"messages.csv": [M3, row, TO_KIM]})
    assert [way for _, _, way in reading.exchanges("message")] == ["in", "out"]
    kim = reading.ties("2026-06-01").loc["Kim Oak"]
    assert (kim["days_in"], kim["days_out"]) == (1, 1)


def test_trap_37_note_repeated_as_message(read_export):
    """An invitation's note comes back as a message at acceptance: it was said once."""
    note = "Hello Kim, we met at the fair. Shall we talk?"
    reading = read_export(
        PROFILE
        | {
            "Connections.csv": [C7, f"Kim,Oak,{IN}kim-oak,,,,05 Jul 2025"],
            "Invitations.csv": [
                INVITATIONS,
                f'Robin Hart,Kim Oak,"7/1/25, 5:30 PM","{note}",OUTGOING,{IN}robin-hart,{IN}kim-oak',
            ],
            "messages.csv": [
                M3,
                f"2-a==,,{KIM},{ME},2025-07-06 10:00:00 UTC,,Gladly,INBOX",
                f'2-a==,,{ME},{KIM},2025-07-05 08:00:00 UTC,,"{note}",INBOX',
            ],
        }
    )
    said = reading.records.interactions
    assert (said["words"] == 10).sum() == 1
    assert reading.kept("messages.csv") + reading.kept("Invitations.csv") == 2
    assert reading.aside("messages.csv", "invitation") + reading.aside("Invitations.csv", "message") == 1
    kim = reading.ties("2026-06-01").loc["Kim Oak"]
    assert (kim["days_out"], kim["days_in"]) == (1, 1)


def test_trap_38_invitations_are_a_window(read_export):
    """Invitations.csv holds less than a year: who is not in it did not therefore invite the owner, nor stay silent."""
    reading = read_export(
        PROFILE
        | {
            "Connections.csv": [
                C7,
                f"Kim,Oak,{IN}kim-oak,,,,05 Jul 2019",
                f"Bo,Lind,{IN}bo-lind,,,,10 Jan 2026",
                f"Dee,Fox,{IN}dee-fox,,,,11 Jan 2026",
            ],
            "Invitations.csv": [
                INVITATIONS,
                f'Robin Hart,Bo Lind,"1/4/26, 9:05 AM",,OUTGOING,{IN}robin-hart,{IN}bo-lind',
                f'Robin Hart,Cy Dahl,"9/4/25, 9:05 AM",,OUTGOING,{IN}robin-hart,{IN}cy-dahl',
                f'Robin Hart,Eve Gray,"3/4/26, 9:05 AM",,OUTGOING,{IN}robin-hart,{IN}eve-gray',
            ],
        }
    )
    assert [person for person, _, _ in reading.exchanges()] == [
        "linkedin:cy-dahl",
        "linkedin:bo-lind",
        "linkedin:eve-gray",
    ]
    ties = reading.ties("2026-06-01")
    assert list(ties.loc[["Kim Oak", "Bo Lind", "Dee Fox"], "kind"]) == ["unobserved"] * 3
    assert list(ties.loc["Kim Oak", ["days_out", "days_in"]]) == [0, 0]
    assert sorted(reading.audit("2026-06-01").pending["name"]) == ["Cy Dahl", "Eve Gray"]


def test_trap_38_only_messages_show_silence(read_export):
    """Without a file of messages nobody counts as never spoken to, whatever else covers the time since connecting."""
    connections = {
        "Connections.csv": [C7, f"Kim,Oak,{IN}kim-oak,,,,05 Jul 2019", f"Bo,Lind,{IN}bo-lind,,,,06 Jul 2019"]
    }
    endorsed = (
        "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,Endorsement Status"
    )
    endorsements = [endorsed, "2018/03/01 10:00:00 UTC,Editing,Bo,Lind,www.linkedin.com/in/bo-lind,ACCEPTED"]
    messages = [M3, f"2-a==,,Bo Lind,{IN}bo-lind,{ME},2018-03-01 10:00:00 UTC,,Hi,INBOX"]
    without = read_export(PROFILE | connections | {"Endorsement_Received_Info.csv": endorsements})
    assert without.ties("2026-06-01").loc["Kim Oak", "kind"] == "unobserved"
    assert (
        read_export(PROFILE | connections | {"messages.csv": messages}).ties("2026-06-01").loc["Kim Oak", "kind"]
        == "never-spoken"
    )
