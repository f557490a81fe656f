"""What WhatsApp itself writes into a chat, in the languages of its phones: placeholders, notices, file names.

Where the form tells (angle brackets around a placeholder, the mark U+200E before what iOS writes), no word is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

_OMITTED = (
    r"omitted|weggelassen|ausgeschlossen|omitid[ao]s?|omise?s?|absente?s?|omess[aoi]|weggelaten|ocult(?:ad)?[ao]s?"
    r"|utelatt|udeladt|utelämnat|pominięt[eoy]|пропущен[оа]?|скрыт[оа]?|dahil edilmedi|省略|생략|略过|忽略"
)
_THING = (
    r"image|photo|video(?: message| note)?|audio|sticker|gif|document|contact card|media"
    r"|bild|foto|dokument|kontaktkarte|imagen|imagem|documento|figurinha|vídeo|áudio|immagine|afbeelding"
)
_ATTACHED_WORD = (
    r"file attached|datei angehängt|archivo adjunto|fichier joint|arquivo anexado|file allegato|bestand bijgevoegd"
    r"|файл добавлен|dosya ekli|添付ファイル|附件|文件附件|첨부 파일|bifogad fil|plik dołączony"
)
_MEDIA = re.compile(
    rf"\u200e?(?:<[^<>\n]{{3,200}}>|(?:{_THING}) (?:{_OMITTED})\.?|.{{1,200}}\.\w{{2,5}} \((?:{_ATTACHED_WORD})\)"
    r"|(?:location|standort|ubicación|localisation|localização|posizione|locatie)\s?: https?://\S+|null)"
    rf"|.*\u200e[^\u200e]{{0,30}}(?:{_OMITTED})\.?",
    re.IGNORECASE,
)
_HINT = re.compile(r"[\u200e<(]|: http")
_LONGEST = 60
"""Characters; what is longer and has none of the marks is no notice."""

_INLINE = re.compile(r"\s?\u200e<[^<>\n]{3,200}>")
_EDITED = re.compile(
    r"\s?\u200e?<[^<>]{0,80}(?:edited|bearbeitet|edit(?:ó|ado|ada)|modifi(?:é|cato)|bewerkt|изменено|düzenlendi)[^<>]{0,40}>$",
    re.IGNORECASE,
)
_DELETED = re.compile(
    r"(?:this message was deleted(?: by .{1,40})?|you deleted this message|diese nachricht wurde gelöscht"
    r"|du hast diese nachricht gelöscht|(?:se )?eliminó este mensaje|eliminaste este mensaje|este mensaje fue eliminado"
    r"|ce message a été supprimé|vous avez supprimé ce message|(?:essa|esta) mensagem foi apagada"
    r"|(?:você apagou|apagou) (?:essa|esta) mensagem|(?:questo messaggio è stato|hai) eliminato(?: questo messaggio)?"
    r"|dit bericht is verwijderd|(?:je|u) hebt dit bericht verwijderd"
    r"|это сообщение было удалено|данное сообщение удалено"
    r"|вы удалили (?:это|данное) сообщение|bu mesaj silindi|bu mesajı sildiniz|このメッセージは削除されました"
    r"|此訊息已刪除|此消息已删除|삭제된 메시지입니다|تم حذف هذه الرسالة)[.。]?",
    re.IGNORECASE,
)
_GROUP = re.compile(r"group|grup|групп|グループ|群组|群組|그룹", re.IGNORECASE)
_ENCRYPTED = re.compile(
    r"encr[iy]pt|verschlüssel|cifrad|chiffr|criptogra|crittogra|versleutel|шифр|暗号|加密", re.IGNORECASE
)
_TITLE = re.compile(
    r"^(?:.{0,20}\s)?whatsapp(?:[ -]?chat)?\s(?:with|mit|con|avec|com|met|с(?: контактом)?|[-–])\s+(.+)$", re.IGNORECASE
)
_UNCLOSED = re.compile(r"„[^“”]*$|«[^»]*$|^[^„]*“[^”]*$|^[^\"]*(?:\"[^\"]*\"[^\"]*)*\"[^\"]*$")

DELETED = "deleted by its author"
PROGRAM = "a line of the program"


@dataclass(frozen=True, slots=True)
class Said:
    """What stands behind a name: `text` (None for a picture and its like), or why it is no message."""

    text: str | None = None
    aside: str | None = None


def said(text: str) -> Said:
    """What somebody's line says, without placeholders and notices."""
    text = text.strip()
    if len(text) > _LONGEST and not _HINT.search(text):
        return Said(text)
    if _DELETED.fullmatch(text.strip("\u200e ")):
        return Said(aside=DELETED)
    first, _, caption = text.partition("\n")
    if not first or _MEDIA.fullmatch(first):
        return Said(caption.strip() or None)
    if text.startswith("\u200e") and not _INLINE.match(text):
        return Said(aside=PROGRAM)
    return Said(_EDITED.sub("", _INLINE.sub("", text)).strip() or None) if "<" in text else Said(text)


def tells_group(line: str) -> bool:
    """Whether a line of the program speaks of a group."""
    return _GROUP.search(line) is not None


def tells_encryption(line: str) -> bool:
    """Whether it is the notice that stands at the top of a chat, on iOS under the chat's own name."""
    return _ENCRYPTED.search(line) is not None


@lru_cache(10_000)
def is_cut(name: str) -> bool:
    """Whether what stands before a colon ends within a quotation: it is a notice that quotes a group's subject."""
    return _UNCLOSED.search(name) is not None


def title(shown: str) -> str:
    """With whom the chat is, or the group's name, by the name of the file, its ZIP or folder; "" where none tells.

    >>> title("WhatsApp Chat with Ada Adler.txt"), title("WhatsApp Chat - Ada Adler (1).zip/_chat.txt")
    ('Ada Adler', 'Ada Adler')
    """
    for part in reversed(PurePosixPath(shown).parts):
        plain = re.sub(r"(?:\.txt|\.zip|\s*\(\d+\))+$", "", part, flags=re.IGNORECASE)
        if found := _TITLE.match(plain.replace("\u200e", "")):
            return found[1].strip()
    return ""
