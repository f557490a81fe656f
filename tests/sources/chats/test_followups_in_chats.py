"""Questions in chats, which come in order."""

from __future__ import annotations

from auditor.sources import Upload, read

CHAT = """\
12/01/2024, 10:00 - Messages and calls are end-to-end encrypted.
12/01/2024, 10:00 - Ada Adler: The harbour festival was lovely
12/01/2024, 10:01 - Alex Morgan: Which harbour was it?
12/01/2024, 10:02 - Ada Adler: The old one, near the lighthouse
12/01/2024, 10:03 - Alex Morgan: And how is your mother?
"""


def test_a_chat_knows_which_questions_follow_up() -> None:
    """The first takes up the harbour, the second nothing."""
    found = read([Upload("WhatsApp Chat with Ada Adler.txt", CHAT.encode())]).interactions
    assert found["follow_up"].fillna(value=False).tolist() == [False, True, False, False]
    assert found["follow_up"].isna().tolist() == [True, False, True, False]
    assert found["you_words"].tolist()[3] == 1
