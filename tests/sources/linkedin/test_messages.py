"""What messages.csv becomes, in every form it has had."""

from __future__ import annotations

import pandas as pd

from sources.conftest import lines

M3 = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n"
)
IN = "https://www.linkedin.com/in"
PROFILE = "First Name,Last Name,Headline\nAlex,Doe,Engineer\n"


def table(records):
    """The exchanges as tuples: person, direction, others, words."""
    rows = records.interactions
    return list(zip(rows["person"], rows["direction"], rows["others"], rows["words"], strict=True))


def test_directions_and_groups(export):
    """A message to three is three rows, one from a group is one row; the sender decides, and the folder does not."""
    records = export(
        {
            "Profile.csv": PROFILE,
            "messages.csv": M3
            + f"2-a==,,Alex Doe,{IN}/alex-doe,Bea Roe,{IN}/bea-roe,2024-03-01 10:00:00 UTC,,How are you?,INBOX\n"
            + f"2-a==,,Bea Roe,{IN}/bea-roe,Alex Doe,{IN}/alex-doe,2024-03-01 11:00:00 UTC,,Fine thank you and yourself,INBOX\n"
            + f'2-b==,,Alex Doe,{IN}/alex-doe,"Bea Roe,Cy Poe, PhD,Di Loe","{IN}/bea-roe,{IN}/cy-poe,{IN}/di-loe",2024-03-02 10:00:00 UTC,,Hello all,ARCHIVE\n'
            + f'2-b==,,"Cy Poe, PhD",{IN}/cy-poe,"Bea Roe,Alex Doe,Di Loe","{IN}/bea-roe,{IN}/alex-doe,{IN}/di-loe",2024-03-03 10:00:00 UTC,,,INBOX\n',
        }
    )
    assert table(records) == [
        ("linkedin:bea-roe", "out", 0, 3),
        ("linkedin:bea-roe", "in", 0, 5),
        ("linkedin:bea-roe", "out", 2, 2),
        ("linkedin:cy-poe", "out", 2, 2),
        ("linkedin:di-loe", "out", 2, 2),
        ("linkedin:cy-poe", "in", 2, 0),
    ]
    assert records.interactions["questions"].tolist() == [1, 0, 0, 0, 0, 0]
    assert records.interactions["thread"].tolist() == ["linkedin:2-a=="] * 2 + ["linkedin:2-b=="] * 4
    assert records.interactions["row"].tolist() == [1, 2, 3, 3, 3, 4]
    assert records.owner.names == ("Alex Doe",)
    assert "linkedin:alex-doe" in records.owner.keys
    assert lines(records, "messages.csv", "kept") == {"messages": 4}
    assert set(records.people["person"]) == {"linkedin:bea-roe", "linkedin:cy-poe", "linkedin:di-loe"}
    assert records.people.set_index("person").loc["linkedin:cy-poe", "name"] == "Cy Poe, PhD"
    kept = records.coverage[records.coverage["kind"] == "messages"].iloc[0]
    assert (kept["since"], kept["until"]) == (
        pd.Timestamp("2003-05-05", tz="UTC"),
        pd.Timestamp("2024-03-03 10:00", tz="UTC"),
    )


def test_everything_that_is_no_exchange_is_counted(export):
    """Drafts, campaigns, spam, deleted accounts, empty and lonely rows are set aside, each under its reason."""
    me = f"Alex Doe,{IN}/alex-doe"
    header = M3.strip() + ",IS MESSAGE DRAFT\n"
    records = export(
        {
            "Profile.csv": PROFILE,
            "messages.csv": header
            + f"2-a==,,Bea Roe,{IN}/bea-roe,{me},2024-03-01 10:00:00 UTC,,Hi,INBOX,No\n"
            + f",,{me},Bea Roe,{IN}/bea-roe,2024-03-01 10:00:00 UTC,,half a thought,,Yes\n"
            + f"2-c==,Sponsored Conversation,LinkedIn Member,,{me},2024-03-01 10:00:00 UTC,,Buy,ARCHIVE,No\n"
            + f'2-d==,Offer,Vic Vendor,,{me},2024-03-01 10:00:00 UTC,,"<p class=""spinmail-quill-editor__spin-break"">Hi</p>",INBOX,No\n'
            + f"2-e==,,Bea Roe,{IN}/bea-roe,{me},2024-03-02 10:00:00 UTC,,Hi %FIRSTNAME% are you there,INBOX,No\n"
            + f"2-f==,,LinkedIn Premium,,{me},2024-03-01 10:00:00 UTC,,Try it,INBOX,No\n"
            + f"2-g==,,Sue Spam,{IN}/sue,{me},2024-03-01 10:00:00 UTC,,Win,SPAM,No\n"
            + f"2-h==,,LinkedIn Member,,{me},2024-03-01 10:00:00 UTC,,Hi,INBOX,No\n"
            + f"2-h==,,{me},LinkedIn Member,,2024-03-01 10:00:00 UTC,,Hi,INBOX,No\n"
            + "2-i==,,,,,,2024-03-01 10:00:00 UTC,,Hi,INBOX,No\n"
            + f"2-j==,,{me},{me},2024-03-01 10:00:00 UTC,,Note to self,INBOX,No\n"
            + f"2-k==,,Vic Vendor,,{me},2024-03-01 10:00:00 UTC,,Buy now,INBOX,No\n"
            + f"2-a==,,Bea Roe,{IN}/bea-roe,{me},some day,,Hi,INBOX,No\n"
            + ",,,,,,,,,,\n"
            + f"2-a==,,Bea Roe,{IN}/bea-roe,{me},2024-03-01 10:00:00 UTC,,Hi,INBOX,No\n",
        }
    )
    assert lines(records, "messages.csv", "kept") == {"messages": 1}
    assert lines(records, "messages.csv", "set aside") == {
        "blank row": 1,
        "draft": 1,
        "sponsored, or from LinkedIn itself": 4,
        "spam": 1,
        "LinkedIn Member (deleted or hidden account)": 2,
        "neither sender nor recipient named": 1,
        "message to oneself, or to nobody": 1,
        "campaign (a named sender without a profile)": 1,
        "unreadable date": 1,
        "exact duplicate": 1,
    }
    assert "conversations with deleted or hidden accounts: 1" in lines(records, "messages.csv", "note")
    assert table(records) == [("linkedin:bea-roe", "in", 0, 1)]


def test_all_quoted_with_newlines(export):
    """Since 2026 every field is quoted, the header too, and texts keep their line breaks."""
    records = export(
        {
            "messages.csv": '"CONVERSATION ID","CONVERSATION TITLE","FROM","SENDER PROFILE URL","TO","RECIPIENT PROFILE URLS","DATE","SUBJECT","CONTENT","FOLDER","ATTACHMENTS"\n'
            f'"2-a==","","Bea Roe","{IN}/bea-roe","Alex Doe","{IN}/alex-doe","2026-03-01 10:00:00 UTC","","First line\n\nsecond ""quoted"" line","INBOX",""\n'
            f'"2-b==","","Cy Poe","{IN}/cy-poe","Alex Doe","{IN}/alex-doe","2026-03-02 10:00:00 UTC","","Hi","INBOX",""'
        }
    )
    assert table(records) == [("linkedin:bea-roe", "in", 0, 5), ("linkedin:cy-poe", "in", 0, 1)]


def test_without_recipient_addresses(export):
    """Until 2023 recipients have no address: it is learned from what they wrote themselves, and else the name stands."""
    records = export(
        {
            "Profile.csv": PROFILE,
            "messages.csv": "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n"
            f"2-a==,,Alex Doe,{IN}/alex-doe,Bea Roe,2021-06-01 10:00:00 UTC,,Hi,INBOX\n"
            f"2-a==,,Bea Roe,{IN}/bea-roe,Alex Doe,2021-06-01 11:00:00 UTC,,Hi,INBOX\n"
            f"2-b==,,Alex Doe,{IN}/alex-doe,Cy Poe,2021-06-01T12:00:00,,Hi,INBOX\n",
        }
    )
    assert table(records) == [
        ("linkedin:bea-roe", "out", 0, 1),
        ("linkedin:bea-roe", "in", 0, 1),
        ("name:cy poe@linkedin", "out", 0, 1),
    ]


def test_2018(export):
    """In 2018 there are no conversations and no addresses, but a direction; times are Pacific."""
    records = export(
        {
            "messages.csv": "From,To,Date,Subject,Content,Direction,Folder\n"
            'Alex Doe,Bea Roe,"1/31/18, 4:05 PM",,Hi,OUTGOING,SENT\n'
            'Bea Roe,Alex Doe,"7/1/18, 4:05 PM",,Hi,INCOMING,INBOX\n'
        }
    )
    assert table(records) == [("name:bea roe@linkedin", "out", 0, 1), ("name:bea roe@linkedin", "in", 0, 1)]
    assert [str(at) for at in records.interactions["at"]] == ["2018-02-01 00:05:00+00:00", "2018-07-01 23:05:00+00:00"]
    assert records.interactions["thread"].unique().tolist() == ["linkedin:name:bea roe@linkedin"]


def test_missing_addresses_count_as_others(export):
    """Where a recipient has no address, names and addresses do not belong together in order."""
    records = export(
        {
            "messages.csv": M3
            + f"2-a==,,Bea Roe,{IN}/bea-roe,Alex Doe,{IN}/alex-doe,2024-03-01 10:00:00 UTC,,Hi,INBOX\n"
            + f"2-b==,,Cy Poe,{IN}/cy-poe,Alex Doe,{IN}/alex-doe,2024-03-01 10:00:00 UTC,,Hi,INBOX\n"
            + f'2-c==,,Alex Doe,{IN}/alex-doe,"LinkedIn Member,Bea Roe,",{IN}/bea-roe,2024-03-02 10:00:00 UTC,,Hi,INBOX\n'
        }
    )
    assert table(records)[-1] == ("linkedin:bea-roe", "out", 2, 1)


def test_nobody_is_guessed(export):
    """With one conversation both sides are in all of them: without Profile.csv nothing is read, with it all."""
    one = M3 + f"2-a==,,Bea Roe,{IN}/bea-roe,Alex Doe,{IN}/alex-doe,2024-03-01 10:00:00 UTC,,Hi,INBOX\n"
    assert lines(export({"messages.csv": one}), "messages.csv", "set aside") == {
        "owner not recognised: add Profile.csv from the same export": 1
    }
    assert table(export({"messages.csv": one, "Profile.csv": PROFILE})) == [("linkedin:bea-roe", "in", 0, 1)]


def test_a_namesake_is_not_the_owner(export):
    """Somebody who has the owner's name and another address is another person."""
    records = export(
        {
            "Profile.csv": PROFILE,
            "messages.csv": M3
            + f"2-a==,,Alex Doe,{IN}/alex-doe-2,Alex Doe,{IN}/alex-doe,2024-03-01 10:00:00 UTC,,Hi,INBOX\n"
            + f"2-b==,,Bea Roe,{IN}/bea-roe,Alex Doe,{IN}/alex-doe,2024-03-01 10:00:00 UTC,,Hi,INBOX\n",
        }
    )
    assert table(records) == [("linkedin:alex-doe-2", "in", 0, 1), ("linkedin:bea-roe", "in", 0, 1)]


def test_headers_only(export):
    """A mailbox without a message is an empty mailbox."""
    records = export({"messages.csv": M3})
    assert lines(records, "messages.csv", "kept") == {"messages": 0}


def test_owner_with_a_comma_in_the_name(export):
    """An owner called `Doe, PhD` is one recipient, not two."""
    records = export(
        {
            "messages.csv": M3
            + f'2-a==,,Bea Roe,{IN}/bea-roe,"Alex Doe, PhD",{IN}/alex-doe,2024-03-01 10:00:00 UTC,,Hi,INBOX\n'
            + f'2-b==,,Cy Poe,{IN}/cy-poe,"Alex Doe, PhD",{IN}/alex-doe,2024-03-01 10:00:00 UTC,,Hi,INBOX\n'
        }
    )
    assert table(records) == [("linkedin:bea-roe", "in", 0, 1), ("linkedin:cy-poe", "in", 0, 1)]


def test_questions_that_follow_up(export):
    """In a conversation, newest first, a question follows up the other's last turn; elsewhere it is not known."""
    rows = [
        ("Bea Roe", "bea-roe", "Alex Doe", "alex-doe", "10:00:00", "The harbour festival was lovely"),
        ("Alex Doe", "alex-doe", "Bea Roe", "bea-roe", "10:00:00", "Which harbour?"),
        ("Alex Doe", "alex-doe", "Bea Roe", "bea-roe", "11:00:00", "And your mother?"),
    ]
    text = "".join(
        f"2-a==,,{a},{IN}/{b},{c},{IN}/{d},2024-03-01 {at} UTC,,{said},INBOX\n"
        for a, b, c, d, at, said in reversed(rows)
    )
    records = export({"Profile.csv": PROFILE, "messages.csv": M3 + text})
    assert records.interactions["follow_up"].tolist()[:2] == [False, True]
    assert pd.isna(records.interactions["follow_up"].iloc[2])
    unnamed = export({"Profile.csv": PROFILE, "messages.csv": M3 + text.replace("2-a==", "")})
    assert unnamed.interactions["follow_up"].isna().all()
