"""Whom the title of an event names: “Lunch w/ Jörg”, “1:1 Kim”, “Ana <> Alex”.

In an event without guests that is all there is. A name is a few words that begin as names do; what follows it (a place,
an hour, a subject) is cut off, and common words that only look like names (“Team”, “Bank”) are none.
"""

from __future__ import annotations

import re

from auditor.mentions import fold
from auditor.records import Owner
from auditor.sources.calendar.meals import DRINKS, MEALS, PERHAPS, pattern, plain

_WITH = r"(?:\bw/|\b(?:with|mit|avec|con|com|med|met|with:|ze?|с|со)\s)\s*"
_ONE = r"(?:\b1\s?[:\-–]\s?1\b|\b1\s?on\s?1\b|\b1-on-1\b|\bone[\s-]on[\s-]one\b|\bo3\b)"
_BETWEEN = r"\s*(?:<[-=]*>|↔|⇄|⟷|\s[x×&+|]\s|\s/\s)\s*"
_TALKS = """call phone telefonat anruf appel llamada chiamata ligação zoom meet meeting sync catch-up catchup chat intro
    interview treffen walk spaziergang réunion reunión riunione reunião"""
_DOING = pattern(_TALKS, *MEALS.values(), *DRINKS.values(), *PERHAPS.values())

_AFTER_WITH = re.compile(_WITH + r"(?P<who>.+)$", re.IGNORECASE)
_AFTER_ONE = re.compile(_ONE + r"[\s:,–—-]*(?P<who>.+)$", re.IGNORECASE)
_BEFORE_ONE = re.compile(r"^(?P<who>.+?)[\s:,–—(-]*" + _ONE + r"\W*$", re.IGNORECASE)
_PAIR = re.compile(r"^(?:[^:<>]*:\s+)?(?P<one>.+?)" + _BETWEEN + r"(?P<other>.+)$", re.IGNORECASE)
_SURE_PAIR = re.compile(r"<[-=]*>|↔|⇄|⟷")
_AFTER_DOING = re.compile(r"^(?:" + _DOING + r")\s*[:–—-]?\s+(?P<who>.+)$")
_JAPANESE = re.compile(
    r"^(?P<who>[^\s、。]{1,12}?)(?:さん|様|くん|ちゃん|先生)?と(?:の)?(?:ランチ|ディナー|昼食|夕食|会食|食事|飲み|コーヒー|打ち合わせ|打合せ|ミーティング|面談|会議)"
)
_CHINESE = re.compile(
    r"^(?:和|与|與|跟)(?P<who>\w{2,4}?)(?:的|一起)?(?:午餐|晚餐|早餐|午饭|晚饭|吃饭|喝咖啡|咖啡|开会|会议|通话|见面)"
)

_CUT = re.compile(
    r"\s+(?:at|@|in|im|bei|beim|chez|à|au|en|on|am|um|re|about|über|to|for|für|pour|para|zum|zur|from|via|as|wegen|"
    r"regarding|после|в|na|w)\s.*|[(\[|;@#\"].*|\s[–—-]+\s.*|:\s.*|\s\d.*",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:\s[&+/]\s|\s(?:and|und|et|y|e|og|och|i|и|ve)\s)\s*", re.IGNORECASE)
_PARTICLES = frozenset("de da do di du del della dos das van von der den ten la le el al bin ibn zu y e".split())
_KIN = frozenset("mom mum mama mamá dad papa papá grandma grandpa oma opa maman".split())
_NOBODY = frozenset(
    map(
        fold,
        """team teams all everyone everybody client clients customer customers vendor hr it qa ceo cfo cto vp board
        legal finance marketing sales engineering product design ops recruiting recruiter lawyer lawyers bank doctor
        dentist accountant landlord friends family colleagues guests boss manager group class school company office
        staff kids children parents neighbours neighbors people someone tbd tba me myself us them her him you
        kunde kunden chef chefin anwalt arzt zahnarzt ärztin steuerberater kollegen freunde freunden familie eltern
        nachbarn vermieter mannschaft abteilung geschäftsführung
        équipe famille amis client banque équipo equipo familia amigos cliente banco famiglia amici squadra família
        monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag
        january february march april may june july august september october november december
        weekly monthly biweekly daily quarterly annual standup sync review planning retro status update kickoff project
        break party chat meeting call time pause center centre tasting club interview onboarding training workshop
        webinar demo discussion prep reminder hold block booked zoom skype google microsoft phone follow up
        room inc ltd llc gmbh ag sa bv corp university hotel airport restaurant lunch dinner breakfast
        coffee""".split(),
    )
)
_WORD = re.compile(r"[^\W\d_][\w’'.-]*$")


def named(title: str, owner: Owner) -> list[str]:
    """The people a title names, without the owner; none where it names nobody."""
    for found in (_JAPANESE.search(title), _CHINESE.search(title)):
        if found:
            return [found["who"]]
    pair = _pair(title, owner)
    if pair:
        return pair
    for who in _candidates(title):
        if names := [name for name in _names(who) if not owner.goes_by(name)]:
            return names
    return []


def _candidates(title: str) -> list[str]:
    """What may be names in it, the likeliest first."""
    found = [match["who"] for form in (_AFTER_WITH, _AFTER_ONE, _BEFORE_ONE) if (match := form.search(title))]
    doing = _AFTER_DOING.search(plain(title)) if not found else None
    if doing and len(plain(title)) == len(title):  # so that places in the plain text are places in the title
        found.append(title[doing.start("who") :])
    elif doing:
        found.append(title.split(maxsplit=1)[-1].lstrip(":–—- "))
    return found


def _pair(title: str, owner: Owner) -> list[str]:
    """The other of two, one of them the owner by full or by first name; both, where only an arrow joins them."""
    found = _PAIR.search(title)
    if not found:
        return []
    one = _names(re.sub(_ONE, "", found["one"], flags=re.IGNORECASE).strip(" :-–"))
    other = _names(re.sub(_ONE, "", found["other"], flags=re.IGNORECASE).strip(" :-–"))
    if len(one) != 1 or len(other) != 1:
        return []
    mine = {fold(name).split(" ")[0] for name in owner.names}
    strangers = [name for name in (*one, *other) if not owner.goes_by(name) and fold(name) not in mine]
    return strangers if len(strangers) == 1 or _SURE_PAIR.search(title) else []


def _names(text: str) -> list[str]:
    """The names at the start of a text: one, or several joined by `and`, with commas between where there is one."""
    text = _CUT.sub("", f"{text} ").strip()
    parts = _AND.split(text)
    parts = [piece for part in parts for piece in part.split(",")] if len(parts) > 1 else text.split(",")[:1]
    names = [re.sub(r"^[^\w]+|[^\w.]+$", "", part).strip() for part in parts]
    return [name for name in names if _is_name(name)]


def _is_name(text: str) -> bool:
    words = text.split()
    if len(words) == 1 and words[0].casefold() in _KIN:
        return True
    if not 1 <= len(words) <= 4 or not all(map(_WORD.match, words)) or not fold(text):
        return False
    if any(fold(word) in _NOBODY for word in words) or (len(text) <= 3 and text.isupper() and len(words) == 1):
        return False
    begins = [w[0].isupper() or w[0].lower() == w[0].upper() for w in words]
    return begins[0] and all(b or w in _PARTICLES for b, w in zip(begins, words, strict=True))
