"""What no person wrote for the owner: newsletters, lists, machines, and what was thrown away or never sent.

Told by headers alone (RFC 2369, 2919, 3834); labels and folders only tell spam, bin and drafts, in the language of the
account, and never which way a mail went.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from auditor.sources.envelope import Fields, text, words

LINKEDIN = "LinkedIn's own notification"
LIST = "mailing list"
BULK = "newsletter or automatic mail"
NO_REPLY = "from an address that nobody reads"
CALENDAR = "calendar invitation or its answer"
CHAT = "old Hangouts chat"

_SHELVES = {
    "spam": "spam|junk|junk e-mail|junk email|junk mail|junk-e-mail|bulk mail|spamverdacht|courrier indésirable|"
    "indésirables|pourriel|correo no deseado|correo basura|no deseado|posta indesiderata|lixo eletrónico|"
    "lixo eletrônico|ongewenste e-mail|ongewenst|skräppost|søppelpost|uønsket e-mail|uønsket|roskaposti|nevyžádaná "
    "pošta|nevyžiadaná pošta|wiadomości-śmieci|levélszemét|спам|ανεπιθύμητα|istenmeyen|gereksiz|ספאם|דואר זבל|"
    "الرسائل غير المرغوب فيها|स्पैम|thư rác|สแปม|迷惑メール|垃圾邮件|垃圾郵件|스팸함|스팸",
    "bin": "trash|bin|deleted|deleted items|deleted messages|papierkorb|gelöscht|gelöschte elemente|gelöschte objekte|"
    "corbeille|éléments supprimés|papelera|elementos eliminados|cestino|posta eliminata|lixeira|lixo|itens excluídos|"
    "itens eliminados|reciclagem|prullenbak|verwijderde items|papirkurv|papirkurven|slettet post|papperskorgen|"
    "papperskorg|roskakori|kosz|koš|kôš|lomtár|kuka|coș de gunoi|paperera|корзина|кошик|удаленные|κάδος|"
    "κάδος απορριμμάτων|çöp kutusu|çöp|פח אשפה|אשפה|المهملات|ट्रैश|thùng rác|ถังขยะ|sampah|ゴミ箱|垃圾箱|垃圾桶|"
    "已删除邮件|휴지통",
    "draft": "draft|drafts|entwurf|entwürfe|brouillon|brouillons|borrador|borradores|bozza|bozze|rascunho|rascunhos|"
    "concepten|kladde|kladder|utkast|luonnokset|wersje robocze|szkice|koncepty|piszkozatok|mesaje nefinalizate|"
    "schițe|esborranys|черновики|чернетки|πρόχειρα|taslaklar|טיוטות|المسودات|ड्राफ़्ट|thư nháp|ร่างจดหมาย|draf|"
    "下書き|草稿|草稿箱|임시보관함",
    CHAT: "chat|chats",
}
_BULK = frozenset([b"bulk", b"list", b"junk"])
_EXPUNGED = re.compile(rb"[0-9a-fA-F]*[89a-fA-F]")  # Thunderbird: deleted, and still in the file until it is compacted
_SILENT = re.compile(
    r"(?:^|-)(?:no-?reply|do-?not-?reply|dont-?reply|ne-?pas-?repondre|keine-?antwort|nicht-?antworten|no-?responder|"
    r"no-?responda|nao-?responda|nao-?responder|non-?rispondere|niet-?beantwoorden|mailer-?daemon)(?![a-z])"
)
_MACHINES = frozenset(
    "postmaster bounce bounces notification notifications notify newsletter newsletters alert alerts autoconfirm "
    "automailer automated unsubscribe".split()
)


def _folded(label: str) -> str:
    return unicodedata.normalize("NFKC", label).casefold().strip(' "')


_SHELF = {_folded(label): shelf for shelf, labels in _SHELVES.items() for label in labels.split("|")}


def shelved(labels: Iterable[str]) -> str | None:
    """Why mail under these labels, or in these folders, is set aside: spam, bin, draft, an old chat; or None."""
    return next((_SHELF[found] for label in labels if (found := _folded(label)) in _SHELF), None)


def reason(head: Fields, sender: str) -> str | None:
    """Why a mail from this mention key is set aside, or None for what a person may have written."""
    if (shelf := _labelled(head.get(b"x-gmail-labels", b""))) is not None:
        return shelf
    if b"x-unsent" in head:  # Outlook
        return "draft"
    if _EXPUNGED.fullmatch(head.get(b"x-mozilla-status", b"")):
        return "bin"
    if b"x-gm-thrid" in head and b"subject" not in head:
        return CHAT
    if _is_linkedin(sender):
        return LINKEDIN
    if _invites(head):
        return CALENDAR
    if b"list-id" in head or b"list-post" in head:
        return LIST
    automatic = head.get(b"auto-submitted", b"no").partition(b";")[0].strip().lower() != b"no"
    if automatic or b"list-unsubscribe" in head or head.get(b"precedence", b"").lower() in _BULK:
        return BULK
    return NO_REPLY if is_nobody(sender) else None


@lru_cache(maxsize=100_000)
def is_nobody(key: str) -> bool:
    """Whether a mail address is a machine's: of LinkedIn, or one that takes no answers."""
    local = re.sub(r"[._]", "-", key.removeprefix("email:").rpartition("@")[0].partition("+")[0])
    return _is_linkedin(key) or local.replace("-", "") in _MACHINES or _SILENT.search(local) is not None


def _is_linkedin(key: str) -> bool:
    return re.search(r"[@.]linkedin\.com$", key) is not None


@lru_cache(maxsize=10_000)
def _labelled(header: bytes) -> str | None:
    return shelved(words(text(header)).split(",")) if header else None


def _invites(head: Fields) -> bool:
    """Whether a calendar wrote the mail: Google names itself as sender or in the id, Outlook in the class."""
    return (
        head.get(b"content-type", b"").lower().startswith(b"text/calendar")
        or b"calendar" in head.get(b"content-class", b"").lower()
        or b"calendar-notification@google.com" in head.get(b"sender", b"")
        or head.get(b"message-id", b"").startswith(b"<calendar-")
    )
