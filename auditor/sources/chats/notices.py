"""What Facebook and Instagram themselves write into a chat: reactions, attachments, changes of the group."""

from __future__ import annotations

import re

NOTICE, REACTION, ATTACHMENT, MISSED = "a line of the program", "a reaction only", "attachment", "missed"

_KINDS = {
    REACTION: (
        r"(?:hat mit )?(?:reacted|reagier\w*|reaccion\w*|a réagi|reagiu|ha reagito)\b.{0,20}"
        r"(?:to (?:your|a|their|the) (?:message|photo|video)|auf deine nachricht|a tu mensaje|à votre message"
        r"|à ton message|(?:à|a) sua mensagem|al tuo messaggio)"
        r"|(?:mit .{1,8} auf (?:deine|eine) nachricht reagiert)|liked (?:a|your) message|gefällt eine nachricht"
        r"|(?:indicó que )?le gusta un mensaje|a aimé un message|curtiu uma mensagem|ha messo mi piace a un messaggio"
    ),
    ATTACHMENT: (
        r"(?:sent|shared) (?:an attachment|a (?:photo|video|link|sticker|gif|voice message|live location|location|story"
        r"|post|reel))|hat einen anhang gesendet|hast einen anhang gesendet|(?:envió|enviaste) un archivo adjunto"
        r"|(?:a|avez) envoyé une pièce jointe|enviou um anexo|ha inviato un allegato"
    ),
    MISSED: (
        r"missed (?:your|a) (?:video |audio )?(?:call|chat)(?: from .{1,60})?|hat deinen (?:video)?anruf verpasst"
        r"|perdió tu (?:video)?llamada|a manqué votre appel"
    ),
    NOTICE: (
        r"(?:created|named|left|joined) (?:the |this )?(?:group|call|video chat).{0,80}|added .{1,80} to the group"
        r"|removed .{1,80} from the group|changed the (?:group photo|(?:chat )?theme|group name).{0,80}"
        r"|set (?:the|your|his own|her own) (?:nickname|emoji|quick reaction).{0,80}"
        r"|(?:started|ended) (?:a|an|the|sharing)(?: video| audio| voice)? ?(?:chat|call)"
        r"|(?:can now message and call each other|are now connected on messenger).{0,160}"
        r"|(?:turned (?:on|off)|pinned|unpinned|unsent) (?:a message|disappearing messages|vanish mode).{0,40}"
        r"|hat die gruppe .{1,80}|ha creado el grupo.{0,80}|a (?:créé|quitté|nommé) le groupe.{0,80}"
    ),
}
_PATTERNS = {kind: re.compile(rf"(?:{pattern})[.!]?", re.IGNORECASE) for kind, pattern in _KINDS.items()}
_YOU = ("you", "du", "tú", "vous", "você", "tu")
_NOBODY = re.compile(
    r"(?:facebook|instagram)(?:-| )?(?:user|nutzer|nutzerin|gebruiker|er)"
    r"|(?:usuario|usuário|utilisateur|utente)(?: de| do| di)? (?:facebook|instagram)",
    re.IGNORECASE,
)


def notice(text: str, sender: str) -> str | None:
    """What a text is, where it is the program's and not its sender's: one of the kinds here; None for a message.

    The program speaks of the sender in the third person, so a text like "they left the group" stays a message.
    """
    plain = " ".join(text.split())
    for subject in (sender, sender.partition(" ")[0], *_YOU, ""):
        if subject and not plain.casefold().startswith(subject.casefold() + " "):
            continue
        told = plain[len(subject) :].strip()
        for kind, pattern in _PATTERNS.items():
            if (subject or kind == REACTION) and pattern.fullmatch(told):
                return kind
    return None


def is_nobody(name: str) -> bool:
    """Whether a name is what stands for a deleted account."""
    return not name.strip() or _NOBODY.fullmatch(name.strip()) is not None
