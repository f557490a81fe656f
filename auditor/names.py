"""How names meet: the keys that two spellings of one name share, and what tells the names of two people apart.

A key is for matching only and never shown: it may be a transliteration, its words turned, its middle initials gone.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii
from cleanco import basename
from rapidfuzz import fuzz

from auditor.mentions import fold

_IDEOGRAPHS = "\u1100-\u11ff\u2e80-\u2fdf\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_EAST_ASIAN = re.compile(f"[{_IDEOGRAPHS}]+")
_ALPHABETIC = re.compile("[\u0000-\u058f\u1e00-\u1fff]+")
"""Latin, Greek, Cyrillic, Armenian: scripts whose transliteration keeps the whole name. Others keep some of it."""

_BRACKETED = re.compile(r"[(\[{「（“\"]\s*([^)\]}」）”\"]*?)\s*[)\]}」）”\"]")
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_PRONOUNS = frozenset("she he they her him his hers them their theirs".split())
_ALIKE = 75
"""A similarity (0–100) from which two words of two names may be one, spelt otherwise or mistyped."""

_NICKNAMES = """
abigail abby abbie gail
aleksandr aleksander alexander alexandre alejandro alessandro alex alec sandy sasha sascha sander xander
aleksandra alexandra alejandra alessandra alex sandra sasha lexi
aleksei alexei aleksey alyosha lyosha
anastasia anastasiya nastya stacy
andreas andrew andrei andrey andrea andre andy drew
ana anna anne ann hannah annie anya annika nan anouk
anthony antonio anton antonia tony toni
barbara barb babs barbie basia
benjamin ben benny benji
bernhard bernard bernd bernie
carlos carl karl charles charlie chuck carlo
catherine katherine kathryn katharina katarina caterina ekaterina yekaterina kate kathy katie katya cathy kat kit käthe
christian christopher christoph christina christine kristina chris kris christy tina topher stine
claudia claude claudi
daniel daniela danielle dan danny dani
david davide dave davey
deborah debra deb debbie
dmitri dmitry dmitriy dima mitya
dominic dominik dom nick
donald don donnie
dorothy dorothea dorothee dot dottie dora thea
edward eduard eduardo edouard ed eddie ted teddy ned lalo
eleanor elena helen helena ellen nell nora lena lenka elenka
elizabeth elisabeth elisabetta isabel isabella liz lizzie beth betty eliza elsa elise lisa libby bella isa betsy liesl
emily emilia emma em millie emmi
evgeny evgenii yevgeny evgeniya zhenya eugene gene
francisco francis francesco frances francesca franz frank fran paco pancho kiko fanny franzi franziska
frederick friedrich frederik frederic fred freddie fritz rick
gabriel gabriela gabriella gabe gabi gabby
george georg jorge giorgio georgios yuri yuriy jürgen schorsch yura
gerald gerard gerhard gerry jerry gerd
gregory gregor grigori greg grisha
guillermo william wilhelm guglielmo guillaume will bill billy willy willi liam memo
harold harry hal henry heinrich enrique enrico heinz heiner hank quique
ignacio ignatius nacho iggy
irina ira irene irinka
jacob jakob james jaime giacomo jacques jim jimmy jamie jake jay diego
jacqueline jackie jacky
jeffrey geoffrey jeff geoff
jennifer jenny jen jenna
jessica jess jessie
john johannes johann juan giovanni jean ivan joao jack johnny hans hannes vanya gianni sean ian jon jan juanito
jonathan jon jonny nathan
jose joseph josef giuseppe josephine joe joey pepe beppe peppe sepp jo josie
joshua josh
judith judy jutta
julia juliana julie julian julius yuliya yulia iuliia jules yulya
kenneth ken kenny
kimberly kim kimmy
konstantin constantine constantin kostya kostas konstantinos
lawrence laurence lorenz lorenzo larry lars laurie
leonard leonardo leonid leo lenny lyonya
louis luis ludwig luigi lou lewis lutz
ludmila lyudmila lyuda mila
manuel manuela emmanuel manolo manny manu
margaret margarita margarete margherita marguerite maggie meg peggy greta gretchen rita marge daisy
maria mary marie mariya marija mia mimi mary masha marisol molly polly mitzi maruja
mark marcus markus marco marc marcos
martin martina marty tina
matthew matthias matthieu matteo mateo matt matty mats
maximilian maxim maksim massimiliano max
melissa mel missy lissa
michael michel mikhail miguel michele michal mike mick micky misha mischa michi mikey
mohammed muhammad mohamed mohammad mo hamada
natalia natalya nataliya natalie nathalie natasha nat talia
nicholas nicolas nikolaus nikolai nikolay niccolo nicola nick nicky klaus niko nico kolya claus
olga olya olia
oliver olivier olivia ollie oli livvy
pamela pam pammy
patrick patricia patrizia pat paddy patty tricia trish
paul paula pablo paolo pavel pasha paulie
peter pedro pietro pierre petr pyotr pete petra petya perico
philip phillip felipe filippo philipp phil pip
rafael raphael raffaele rafa raf
rebecca rebekah becky becca
richard ricardo riccardo rick ricky dick rich richie
robert roberto roberta rob bob bobby robbie bert
roger rodger rog
ronald ron ronnie
rosario rosa rose rosie charo
samuel samantha sam sammy
sebastian sebastiano seb basti bastian
sergei sergey sergio serge seryozha
sofia sophia sofiya sophie sonya sonja sofi
stefan stephen steven stephan esteban stefano stephanie stefanie steffi steve stevie steph
susan susanne susanna susana suzanne sue susi suzy susie
svetlana sveta lana
tatiana tatyana tanya tania
theodor theodore teodoro fyodor fedor ted teddy theo teo
theresa teresa therese tess tessa terry resi tere
thomas tomas tommaso tom tommy
timothy timofey timo tim timmy
ulrich ulrike uli ulli
valentina valentin valya val
veronica veronika ronnie vero nika
victor viktor vittorio victoria viktoria vic vicky vika vitya
vincent vincenzo vicente vince vinny enzo
vladimir volodymyr vova volodya vlad
vladislav wladyslaw vlad slava
walter gualtiero walt wally
wolfgang wolf wolfi
xavier javier javi
yevgenia evgenia zhenya eugenia
zachary zachariah zach zack
"""
"""Given names that stand for each other, one group a line: common short forms and the same name in other languages."""

_GIVEN = [fold(line).split() for line in _NICKNAMES.strip().splitlines()]
_GROUPS: dict[str, frozenset[int]] = {}
for _number, _given in enumerate(_GIVEN):
    for _name in _given:
        _GROUPS[_name] = _GROUPS.get(_name, frozenset()) | {_number}

NO_EMPLOYER = frozenset(
    "self-employed selfemployed freelance freelancer independent confidential stealth retired unemployed "
    "none null n/a na student".split()
) | {"self employed", "stealth startup", "stealth mode", "stealth mode startup", "independent consultant"}
_FREE_MAIL = frozenset(
    "aol comcast free fastmail gmail gmx googlemail hotmail icloud libero live mac mail mailbox me msn naver orange "
    "outlook posteo proton protonmail qq t-online tutanota wanadoo web yahoo yandex ymail zoho 163 126".split()
)
_SECOND_LEVEL = frozenset("ac co com edu gov net org".split())
_OFFICES = frozenset(
    "abuse accounting accounts admin alerts billing bookings booking buero careers contact contacto contato customer "
    "customerservice events familie family familia feedback finance hallo hello help helpdesk hi hr info infos "
    "inquiries enquiries invoice invoices it jobs kontakt legal mail mailer mailbox marketing media news newsletter "
    "no noreply notifications office online orders order partners payments post postmaster praxis press presse "
    "privacy purchasing reception recruiting recruitment rechnung reply reservations sales secretary security "
    "sekretariat service services shop studio support team ventas verwaltung webmaster welcome".split()
)


@lru_cache(maxsize=200_000)
def readings(name: str) -> tuple[str, ...]:
    """The folded name, and what else the same words say: a nickname in brackets, a part in another script.

    >>> readings("Robert (Bob) Smith"), readings("Ming Li 李明")
    (('robert smith', 'bob smith'), ('ming li', '李明'))
    """
    folded = fold(name)
    if folded.isascii() and name.isascii() and "(" not in name and '"' not in name:
        return (folded,) if folded else ()
    found = _by_script(folded)
    for inside in map(fold, _BRACKETED.findall(unicodedata.normalize("NFKC", name))):
        first, _, rest = folded.partition(" ")
        if not inside or inside == first or not _PRONOUNS.isdisjoint(inside.split()):
            continue
        if _same_script(inside, folded) and rest and " " not in inside:
            found.append(f"{inside} {rest}")
        elif not _same_script(inside, folded) and _same_sound(inside, folded):
            found.append(inside)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=200_000)
def keys(name: str) -> tuple[str, ...]:
    """The keys of a full name: two spellings are the same name if they share one. A part of a name has none.

    It does not matter which word comes first ("Müller Jörg"); middle initials are left out; umlauts count both as
    spelt out and without their dots; alphabets are transliterated; East Asian names are joined in both orders.

    >>> keys("Müller, Jörg")
    ('jorg muller', 'joerg mueller')
    >>> keys("Ana M. Lima"), keys("Kim L."), keys("Анна Орлова")
    (('ana lima',), (), ('анна орлова', 'anna orlova'))
    """
    found = readings(name)
    if not name.isascii():
        spelled = unicodedata.normalize("NFC", name).translate(_SPELLED_OUT)
        found += readings(spelled)
        if all(map(_ALPHABETIC.fullmatch, found)):
            found += (*map(latin, found), *readings(anyascii(spelled)))
    return tuple(dict.fromkeys(key for reading in found for key in _keys(reading)))


@lru_cache(maxsize=200_000)
def latin(reading: str) -> str:
    """A folded name in plain Latin letters, as far as a table of letters can say it; surname first for 李明."""
    if reading.isascii():
        return reading
    written = unicodedata.normalize("NFC", reading)
    if _EAST_ASIAN.fullmatch(written) and 2 <= len(written) <= 4:
        written = f"{written[0]} {written[1:]}"
    return " ".join(re.sub("[^a-z]", "", anyascii(word).casefold()) for word in written.split()).strip()


def is_full(reading: str) -> bool:
    """Whether a folded name has more than a given name and an initial; 李明 has, though it is one word."""
    if not reading.isascii() and _EAST_ASIAN.fullmatch(reading.replace(" ", "")):
        return len(reading) > 1
    return len([w for w in reading.split() if len(w) > 1]) > 1


def are_nicknames(one: str, other: str) -> bool:
    """Whether two given names are known to stand for each other.

    >>> are_nicknames("bob", "robert"), are_nicknames("bob", "rosa")
    (True, False)
    """
    return not nickname_groups(one).isdisjoint(nickname_groups(other))


def nickname_groups(word: str) -> frozenset[int]:
    """The groups of given names that a word belongs to, mostly none."""
    return _GROUPS.get(word, frozenset())


def nicknames(word: str) -> set[str]:
    """The given names that a given name is known to stand for."""
    return {name for group in nickname_groups(word) for name in _GIVEN[group]} - {word}


@lru_cache(maxsize=200_000)
def contradict(one: str, other: str) -> bool:
    """Whether two folded names are of two people who may share a phone: the same surname is no agreement.

    Parts of names contradict nothing, nor do names in different scripts that have no word in common. Equal first words
    agree where they are known to be given names: else they may be the surname of a family, written surname first.

    >>> contradict("anna muller", "peter muller"), contradict("john a smith", "john b smith")
    (True, True)
    >>> contradict("bob smith", "robert smith"), contradict("anna muller", "anna schmidt"), contradict("ana", "bo li")
    (False, False, False)
    """
    a, b = latin(one).split(), latin(other).split()
    rest, others = sorted([[w for w in a if w not in b], [w for w in b if w not in a]], key=len)
    if min(len(a), len(b)) < 2 or not rest or (len(rest) == len(a) and not _same_script(one, other)):
        return False
    if all(any(_alike(v, w) for w in others) for v in rest):
        return False
    if max(map(len, rest + others)) == 1:
        return True
    return a[0] not in _GROUPS or not _alike(a[0], b[0])


def _alike(one: str, other: str) -> bool:
    """Whether two words may be one: an initial of it, a short form, mistyped."""
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return are_nicknames(one, other) or fuzz.ratio(one, other) >= _ALIKE


@lru_cache(maxsize=50_000)
def is_office(address: str) -> bool:
    """Whether a mail address is a desk's and no person's, whoever's name stands before it.

    >>> is_office("info@example.com"), is_office("sales-team+7@example.com"), is_office("ana.post@example.com")
    (True, True, False)
    """
    words = re.findall("[a-z]+", address.partition("@")[0].partition("+")[0].casefold())
    return bool(words) and all(w in _OFFICES for w in words)


def organisation(company: str) -> str | None:
    """The key of an employer: the name without case, legal form and punctuation; None for what is no employer.

    Equal keys only: comparing parts of names would merge "Plan A" with "Plan Aero".

    >>> organisation("Blue Heron GmbH & Co. KG") == organisation("blue heron")
    True
    >>> organisation("Freelance") is None
    True
    """
    plain = re.sub(r"\s+", " ", company).strip().casefold()
    if not plain or plain in NO_EMPLOYER:
        return None
    folded = re.sub(r"[^\w]+", " ", str(basename(plain)) or plain).strip()
    return f"organisation:{folded}" if folded else None


def employer_of_address(address: str) -> str | None:
    """The employer that a mail address names, without its spaces: "blueheron" for a@blueheron.example; or None.

    >>> employer_of_address("ana@mail.blue-heron.co.uk"), employer_of_address("ana@gmail.com")
    ('blueheron', None)
    """
    parts = address.partition("@")[2].split(".")[:-1]
    if len(parts) > 1 and parts[-1] in _SECOND_LEVEL:
        parts.pop()
    return re.sub(r"[\W_]", "", parts[-1]) if parts and parts[-1] not in _FREE_MAIL else None


def _keys(reading: str) -> list[str]:
    words = reading.split()
    if _EAST_ASIAN.fullmatch(reading.replace(" ", "")):
        return [reading.replace(" ", ""), *(["".join(reversed(words))] if len(words) == 2 else [])]
    words = [w for i, w in enumerate(words) if len(w) > 1 or i in (0, len(words) - 1)]
    if len(words) < 2 or min(map(len, words)) < 2:
        return []
    if len(words) == 2:
        return [" ".join(sorted(words))]
    return [" ".join(min(words[i:] + words[:i] for i in range(len(words))))]


def _by_script(folded: str) -> list[str]:
    """The name; or its Latin and its East Asian part, where somebody wrote the name in both beside each other."""
    words = folded.split()
    eastern = " ".join(w for w in words if _EAST_ASIAN.fullmatch(w))
    western = " ".join(w for w in words if not _EAST_ASIAN.fullmatch(w))
    if not western or not eastern:
        return [folded] if folded else []
    return [western, eastern] if _same_sound(western, eastern) else [max(western, eastern, key=is_full)]


def _same_sound(one: str, other: str) -> bool:
    return not set(latin(one).split()).isdisjoint(latin(other).split())


def _same_script(one: str, other: str) -> bool:
    return script(one) == script(other)


def script(folded: str) -> str:
    """The script that a folded name begins in; Chinese, Japanese and Korean are one."""
    first = folded.replace(" ", "")[:1]
    if first.isascii():
        return "latin"
    return "east asian" if _EAST_ASIAN.match(first) else unicodedata.name(first, "?").split()[0].casefold()
