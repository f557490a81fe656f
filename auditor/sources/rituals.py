"""Ritual phrases, sent with a button or by reflex, in English, German, Spanish, French, Portuguese and Italian.

A text is a ritual when it is short, asks nothing, holds a ritual phrase, and hardly anything is left when that phrase,
the usual wishes around it, and a name are taken away. "Happy birthday! How are the kids?" is no ritual.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST = 16  # words of a greeting; LinkedIn's own button texts have up to 12
_LONGEST_THANKS = 8
_LEFT = {"thanks": 2}  # words that may be left over: a name
_LEFT_ELSE = 4  # a name and an employer

_PHRASES = {
    "birthday": (
        r"(?:happy|belated|have a (?:great|happy|wonderful)) b(?:irth)?-?day|\bhbd\b|many happy returns"
        r"|(?:on|for) your birthday|birthday (?:wishes|greetings)"
        r"|(?:alles gute|herzlichen gluckwunsch|gluckwunsche?|alles liebe)(?: nachtraglich)? zum geburtstag"
        r"|(?:feliz|muy feliz) (?:cumpleanos|cumple)|joyeux anniversaire|bon anniversaire|buon compleanno"
        r"|feliz aniversario|parabens pelo (?:seu |teu )?aniversario|tanti auguri"
        r"|hartelijk gefeliciteerd met je verjaardag"
    ),
    "anniversary": (
        r"(?:work|job) ?-?anniversary|work ?-?iversary"
        r"|(?:congrat\w*|felicit\w*|felici\w*|\w*gluckwunsch\w*|parabens|congratulazioni)"
        r"[^.!?\d]{0,24}\d+ (?:years?|jahre|anos|ans|anni)(?: (?:at|with|bei|en|na|no|chez|in)\b[^.!,?]*)?"
        r"|(?:arbeits|dienst|firmen)jubilaum|aniversario (?:laboral|de trabajo|de empresa|profissional)"
        r"|anniversaire (?:professionnel|de travail)|anniversario (?:lavorativo|di lavoro)"
    ),
    "congratulations": (
        r"congrat(?:s|z|ulations)?|way to go|well deserved"
        r"|(?:herzlichen |meinen )?gluckwunsch(?:e)?|gratuliere|gratulation|(?:muchas )?felicidades"
        r"|felicitaciones|enhorabuena"
        r"|(?:toutes mes |mes )?felicitations|felicitation|parabens|congratulazioni|complimenti|gefeliciteerd"
    ),
    "holiday": (
        r"(?:merry|happy) (?:christmas|xmas|x-mas)"
        r"|happy (?:new year|holidays?|easter|thanksgiving|hanukkah|diwali|eid|ramadan|holi|nowruz)"
        r"|season'?s? greetings|(?:eid|ramadan) (?:mubarak|kareem)|(?:shubh )?diwali|happy lunar new year"
        r"|gong xi fa cai|shana tova"
        r"|frohe?s? (?:weihnachten|ostern|fest|neues jahr)|frohe? festtage|guten rutsch|gutes neues(?: jahr)?"
        r"|schone feiertage"
        r"|feliz (?:navidad|ano(?: nuevo| novo)?|natal|pascua)|(?:felices|boas) (?:fiestas|festas)|prospero ano"
        r"|joyeux noel|bonne annee|joyeuses fetes|bonnes fetes|meilleurs voeux|buon natale|buone feste"
        r"|(?:buon|felice) anno(?: nuovo)?"
    ),
    "thanks": (
        r"(?:many |big |so many )?thanks|thank (?:you|u)|\bth?a?n?x\b|\bty\b|\bthx\b|\btks\b|cheers|much appreciated"
        r"|(?:vielen |herzlichen |besten |tausend )?dank(?:e(?: schon| sehr)?)?|(?:muchas |mil )?gracias"
        r"|(?:mille )?merci(?: beaucoup| bien)?"
        r"|(?:muito )?obrigad[oa]|(?:mille )?grazie(?: mille)?|dank je(?: wel)?|bedankt"
    ),
}
_ORDER = ("birthday", "anniversary", "holiday", "congratulations", "thanks")
_FIND = {kind: re.compile(rf"(?<![a-z])(?:{phrase})(?![a-z])") for kind, phrase in _PHRASES.items()}

HINT = (
    "birth|b-?day|hbd|returns|geburtstag|cumple|annivers|anivers|compleanno|auguri|jubil|years|jahre|ans chez"
    "|a[nñ]os|anni"
    "|congrat|way to go|deserved|gl.ckw|gratul|feli[zc]|f.licit|enhorab|parab|compliment|merry|happy|season"
    "|mubarak|kareem|diwali"
    "|gong xi|tova|froh|rutsch|neues|feiertage|navidad|natal|no.l|ann.e|f.tes|boas|voeux|vœux|feste|anno|thank"
    "|thx|tnx|tks|\\bty\\b"
    "|cheers|appreciated|dank|gracias|merci|obrigad|grazie|verjaardag"
)
"""What every ritual has one of, for a first quick look."""

_FILLER = frozenset(
    """
    a all again also always am amazing an and another anniversary are as at be bday been best better big
    birthday blast bless blessings
    celebrate celebrating celebration come continued day days dear deserve deserved doing enjoy enjoying every
    everyone everything exciting
    family fab fabulous fantastic finds fine for forward friend from fun good great greetings had happiness
    happy have health healthy hello
    hey hi holiday holidays hope hopefully hoping how i in is it its job joy keep kind knowing lot lots love
    lovely loved luck man many mate
    may me milestone more much my new next of oh on ones one our peace position promotion prosperity prosperous
    role season several sir so
    special success successful super sure than that the there this time to today too tons up us very warm
    warmest was way we week welcome
    well wish wished wishes wishing with wonderful work xmas year years yet you your yours youre
    appreciate appreciated bunch connect connecting accepting connection endorsement help helping kindly
    kindness message nice note quick
    reaching reply request response sharing support words adding add out invite invitation really truly indeed
    congrats thanks thank
    alles gute liebe lieber neuen neue stelle position rolle fur viel erfolg freude dir dich ihnen sie ihre
    deine deinem ihrem deiner euch und
    ein eine einen schonen tag zum zur im ganz ganze beste besten wunsche wunsch gesundheit glucklich das die
    der den dem auch weiterhin spass job
    que tengas tenga un una gran dia lindo feliz disfruta mucho muchos exitos exito en el la tu su nuevo nueva
    puesto trabajo por los las saludos
    abrazo y para te deseo le bendiciones todo lo mejor mejores deseos hola
    bonne excellente journee tres bien beaucoup de bonheur sante pour ton votre ta nouveau poste nouvelle toi
    vous et reussite belle bon
    muito muita sucesso felicidade saude seu sua pelo pela novo cargo emprego tudo bom voce dia abraco
    tanti auguri di cuore per il lo nuovo lavoro ruolo buona giornata cara caro e tutto tutti bene grazie
    proud thrilled glad god cheers warmly regards happy cake year's
    """.split()
)


@lru_cache(maxsize=50_000)
def ritual(text: str) -> str | None:
    """The class of ritual that a text is, one of records.STOCK, or None.

    >>> ritual("Congrats on the new role! Hope you're doing well.")
    'congratulations'
    >>> ritual("Thanks for the contract draft, will sign on Monday")
    """
    plain = _plain(text)
    for kind in _ORDER:
        rest, found = _FIND[kind].subn(" ", plain)
        if found:
            return kind if _is_all(kind, plain, rest) else None
    return None


def _is_all(kind: str, plain: str, rest: str) -> bool:
    """Whether hardly anything is said besides the phrase."""
    if "?" in plain or len(plain.split()) > (_LONGEST_THANKS if kind == "thanks" else LONGEST):
        return False
    for phrase in _FIND.values():
        rest = phrase.sub(" ", rest)
    left = [word for word in re.findall(r"[^\W_]+", rest.replace("'", "")) if word not in _FILLER]
    return len(left) <= _LEFT.get(kind, _LEFT_ELSE) and not (kind == "thanks" and _for_something(plain, left))


def _for_something(plain: str, left: list[str]) -> bool:
    """Whether thanks are given for something of its own: then what is left over is no name."""
    return bool(left and re.search(r"\b(?:for|fur|por|pour|per|pelo|pela)\b", plain))


def _plain(text: str) -> str:
    """Lower case, no accents, no emoji, straight apostrophes."""
    text = unicodedata.normalize("NFKD", text.replace("’", "'").replace("ß", "ss").replace("œ", "oe")).casefold()
    return re.sub(
        r"\s+", " ", "".join(c if c.isalnum() or c in "'-?.,!/" else " " for c in text if not unicodedata.combining(c))
    )
