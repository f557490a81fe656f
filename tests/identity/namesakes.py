"""Five thousand fictional people in four scripts, as a connection list and two other sources would write their names.

Everything is drawn from one seed, and who is who is known: `World.truth` has the person behind each mention. Real
exports have 0 to 1 name with two profiles (formats.md §3.2); this one has some five, out of ten pairs of homonyms. The
shares of other noise are guesses on the high side.
"""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass, field

import pandas as pd
from anyascii import anyascii

from auditor.mentions import name_key
from auditor.records import Records, identifiers, interactions, people

LATIN_GIVEN = (
    "Anna Maria Jörg José Zoë Chloë Björn Łukasz Søren François Núria Ângela Jürgen Małgorzata Renée André Inês Jiří "
    "Robert William Elizabeth Margaret Thomas Katharina Stefan Michael Andreas Daniel Julia Laura Peter Christina Karl "
    "Sofia Elena Matteo Giulia Paolo Francesca Luis Carmen Pedro Lucía Javier Pilar Emma Lars Ingrid Håkon Astrid Erik "
    "Patrick Siobhán Niall Gareth Rhys Fiona Alasdair Heather Duncan Imogen Tobias Friederike Matthias Ulrike Rainer "
    "Nicholas Samuel Rebecca Jonathan Timothy Jennifer Edward Susan Richard Benjamin Alexander Philip Victoria Gregory "
    "Marek Zuzana Tomáš Eszter Gábor Zsófia Mihai Ioana Ştefan Maja Goran Dragan Ana Joana Tiago Beatriz Rui Wout Femke "
    "Sanne Joost Anouk Mathilde Benoît Hélène Étienne Aurélie Yann Solène Cédric Agnès Loïc Noémie"
).split()
LATIN_SURNAME = [
    a + i + b
    for i in ("", "er", "el", "ing", "en", "ol", "ar", "is")
    for b in "mann berg son ström ez ini escu ová ski hoff feld ard eau ley ton worth ić sen quist ães".split()
    for a in (
        "Müll Linde Stein Björk Vald Ros Mor Krist Grün Hav Sand Ek Wal Bern Cas Fer Pal Ness Tor Bran Hol Kol Dov Vin "
        "Mar Łas Jans Böhm Hart Ash Win Black Thorn Hal Rad Pop Nov Hor Sal Ver Gall Bel Cor Ter Lam Dun Sel Ost Rij Kal"
    ).split()
]
CYRILLIC_GIVEN = (
    "Анна Мария Юлия Ольга Наталья Татьяна Екатерина Елена Ирина Светлана Дарья Алексей Андрей Сергей Дмитрий Иван "
    "Михаил Николай Владимир Пётр Фёдор Евгений Юрий Игорь Олег Тимофей Ярослав Ксения Полина Вера"
).split()
CYRILLIC_SURNAME = [
    a + i + b
    for i in (
        "",
        "ик",
        "ан",
        "ер",
        "ош",
        "ич",
        "ел",
        "ат",
        "он",
        "ут",
        "иль",
        "ар",
        "ем",
        "ос",
        "ид",
        "ал",
        "ец",
        "уш",
        "ин",
        "яг",
    )
    for b in ("ов", "ин", "енко", "ский", "ук", "ев")
    for a in (
        "Щерб Ёлк Жук Хват Цвет Чайк Орл Зимин Лебед Сорок Кузн Мельн Гонч Бонд Ткач Шевч Рыбак Волк Медвед Соловь "
        "Журавл Синиц Ворон Голуб Дятл Ястреб Берёз Дуб Лип Ясен Тополь Рябин Калин Ольх Осин"
    ).split()
]
HAN_SURNAME = "王Wang 李Li 张Zhang 刘Liu 陈Chen 杨Yang 黄Huang 赵Zhao 吴Wu 周Zhou 徐Xu 孙Sun 马Ma 朱Zhu 胡Hu 郭Guo 何He 林Lin 罗Luo 高Gao 梁Liang 宋Song 郑Zheng 谢Xie 韩Han 唐Tang 冯Feng 董Dong 程Cheng 曹Cao 袁Yuan 邓Deng 许Xu 沈Shen 曾Zeng 彭Peng 吕Lü 苏Su 蒋Jiang 蔡Cai".split()
HAN_GIVEN = "伟wei 芳fang 娜na 敏min 静jing 丽li 强qiang 磊lei 军jun 洋yang 勇yong 艳yan 杰jie 涛tao 明ming 超chao 秀xiu 霞xia 平ping 刚gang 桂gui 英ying 华hua 玉yu 兰lan 春chun 红hong 文wen 建jian 国guo 志zhi 海hai 晓xiao 雪xue 梅mei 云yun 浩hao 宇yu 欣xin 怡yi 梓zi 涵han 晨chen 博bo 瑞rui 凯kai 思si 雨yu 佳jia 嘉jia".split()
ARABIC_GIVEN = "محمد=Mohammed أحمد=Ahmed علي=Ali حسن=Hassan حسين=Hussein خالد=Khaled عمر=Omar يوسف=Youssef إبراهيم=Ibrahim طارق=Tarek أنس=Anas بلال=Bilal وليد=Walid جمال=Jamal عادل=Adel فهد=Fahd زياد=Ziad هيثم=Haitham أيمن=Ayman رنا=Rana لمى=Lama غادة=Ghada سعاد=Suad آمنة=Amina سامي=Sami كريم=Karim نادر=Nader ماجد=Majed رامي=Rami فاطمة=Fatima مريم=Mariam ليلى=Layla سارة=Sara هدى=Huda نور=Nour زينب=Zainab سلمى=Salma دينا=Dina رانيا=Rania".split()
ARABIC_SURNAME = "الرشيد=Al-Rashid المصري=Al-Masri الحداد=Haddad النجار=Najjar خوري=Khoury منصور=Mansour سليمان=Suleiman داود=Daoud صالح=Saleh حمدان=Hamdan شاهين=Shaheen قاسم=Qasim فارس=Fares سالم=Salem بشير=Bashir غانم=Ghanem درويش=Darwish زيدان=Zidan نصر=Nasr عباس=Abbas مراد=Murad رحمن=Rahman طه=Taha يعقوب=Yaqub كنعان=Kanaan حسان=Hassan بركات=Barakat جابر=Jaber سعيد=Saeed هاشم=Hashem عطية=Attia مكي=Makki راضي=Radi شريف=Sherif لطفي=Lotfi فؤاد=Fouad عزيز=Aziz حبيب=Habib خليل=Khalil بدر=Badr".split()
SHORT = {
    "Robert": "Bob", "William": "Bill", "Elizabeth": "Liz", "Margaret": "Peggy", "Thomas": "Tom", "Katharina": "Kathi",
    "Stefan": "Steffen", "Michael": "Mike", "Andreas": "Andi", "Daniel": "Dan", "Christina": "Tina", "Nicholas": "Nick",
    "Samuel": "Sam", "Rebecca": "Becky", "Jonathan": "Jon", "Timothy": "Tim", "Jennifer": "Jenny", "Edward": "Ted",
    "Susan": "Sue", "Richard": "Dick", "Benjamin": "Ben", "Alexander": "Sasha", "Philip": "Phil", "Victoria": "Vicky",
    "Gregory": "Greg", "José": "Pepe", "Francesca": "Franca", "Patrick": "Paddy", "Matthias": "Matze",
}  # fmt: skip
COMPANIES = [f"{a} {b}" for a in "Blue Grey Red Swift Quiet Tall Bright Salt Iron Pine".split()
             for b in "Heron Plover Tern Wren Osprey Finch Crane Ibis Egret Lark Dunlin Curlew".split()]  # fmt: skip
FREE_MAIL = ["gmail.example", "outlook.example", "gmx.example"]
SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe"})
OTHER_CYRILLIC = [("ya", "ia"), ("yu", "iu"), ("kh", "h"), ("shch", "sch"), ("ey", "ei"), ("iy", "y")]


@dataclass(slots=True)
class Person:
    number: int
    script: str
    given: str
    surname: str
    roman: tuple[str, str]
    company: str
    closeness: float
    connected: bool


@dataclass(slots=True)
class World:
    """Records, and the number of the person behind each mention (several for a shared landline: nobody's)."""

    records: Records
    truth: dict[str, int]
    connections: dict[int, str]
    parts: set[str]  # mentions that give a part of a name only, and an office's addresses


@dataclass(slots=True)
class _Notes:
    people: list[dict[str, object]] = field(default_factory=list)
    identifiers: list[tuple[str, str, str]] = field(default_factory=list)
    events: list[dict[str, object]] = field(default_factory=list)
    truth: dict[str, int] = field(default_factory=dict)
    parts: set[str] = field(default_factory=set)

    def note(self, key: str, who: Person, name: str, source: str, *, company: str | None = None) -> None:
        self.people.append({"person": key, "name": name, "company": company, "source": source, "connection": False})
        self.truth.setdefault(key, who.number)
        kind, _, value = key.partition(":")
        if kind != "name":
            self.identifiers.append((key, kind, value))


def world(seed: int, size: int = 5000) -> World:
    """A network of `size` people as seen from a connection list, an address book, and mail with a calendar."""
    dice = random.Random(seed)
    return _seen(dice, folk(dice, size))


def folk(dice: random.Random, size: int) -> list[Person]:
    """So many people, each of a name of their own."""
    found: dict[tuple[str, ...], Person] = {}
    while len(found) < size:
        who = _person(dice, len(found))
        found.setdefault(who.roman, who)
    return list(found.values())


def written(who: Person) -> str:
    """The name as its bearer has it on the connection list: first name, last name."""
    return f"{who.given} {who.surname}" if _native(who) else " ".join(who.roman)


def _seen(dice: random.Random, folk: list[Person]) -> World:
    """What the owner's files have of these people, a few of whom get the name of another."""
    for twin in dice.sample(folk, len(folk) // 500):
        other = dice.choice(folk)
        twin.script, twin.given, twin.surname, twin.roman = other.script, other.given, other.surname, other.roman
    notes = _Notes()
    connections = _connection_list(dice, folk, notes)
    addresses = {who.number: _address(dice, who) for who in folk}
    _address_book(dice, folk, notes, addresses)
    _mail(dice, folk, notes, addresses)
    _calendar(dice, folk, notes)
    _contacts(dice, folk, notes, connections)
    table = pd.DataFrame(notes.identifiers, columns=["person", "kind", "value"]).drop_duplicates(ignore_index=True)
    records = Records(people(notes.people), identifiers(table), interactions(notes.events), Records.empty().coverage)
    return World(records, notes.truth, connections, notes.parts)


def _person(dice: random.Random, number: int) -> Person:
    script = dice.choices(["latin", "cyrillic", "han", "arabic"], [60, 15, 15, 10])[0]
    if script == "latin":
        given, surname = _often(dice, LATIN_GIVEN), _often(dice, LATIN_SURNAME)
        roman = (given, surname)
    elif script == "cyrillic":
        given, surname = _often(dice, CYRILLIC_GIVEN), _often(dice, CYRILLIC_SURNAME)
        roman = (_roman(dice, given), _roman(dice, surname))
    elif script == "han":
        one = _often(dice, HAN_SURNAME)
        two = [dice.choice(HAN_GIVEN) for _ in range(dice.choices([1, 2], [1, 9])[0])]
        given, surname = "".join(c[0] for c in two), one[0]
        roman = ("".join(c[1:] for c in two).capitalize(), one[1:])
    else:
        lists = (ARABIC_GIVEN, ARABIC_GIVEN, ARABIC_SURNAME)
        (given, a), (father, b), (family, c) = (_often(dice, names).split("=") for names in lists)
        surname, roman = f"{father} {family}", (a, f"{b} {c}")
    return Person(
        number, script, given, surname, roman, dice.choice(COMPANIES), dice.paretovariate(0.8), dice.random() < 0.8
    )


def _often(dice: random.Random, names: list[str]) -> str:
    """A name, the first of the list some times as often as the last."""
    return names[int(len(names) * dice.random() ** 1.2)]


def _roman(dice: random.Random, name: str) -> str:
    """A Cyrillic name as its bearer writes it in Latin letters: mostly by the usual table, else in one of many ways."""
    roman = anyascii(name).replace("'", "")
    if dice.random() < 0.25:
        for usual, other in OTHER_CYRILLIC:
            roman = roman.replace(usual, other)
    return roman


def _full(who: Person, native: bool) -> str:
    if not native or who.script == "latin":
        return " ".join(who.roman)
    return who.surname + who.given if who.script == "han" else f"{who.given} {who.surname}"


def _native(who: Person) -> bool:
    """Whether somebody writes their name in their own script on the connection list: the same wherever it is asked."""
    return random.Random(who.number).random() < 0.5


def _connection_list(dice: random.Random, folk: list[Person], notes: _Notes) -> dict[int, str]:
    connections = {}
    for who in folk:
        if not who.connected:
            continue
        key = connections[who.number] = (
            f"linkedin:{anyascii(' '.join(who.roman)).lower().replace(' ', '-')}-{who.number}"
        )
        notes.note(key, who, _decorated(dice, who, written(who)), "Connections.csv", company=who.company)
        notes.people[-1]["connection"] = True
    return connections


def _decorated(dice: random.Random, who: Person, name: str) -> str:
    """A name as people write it on their own profile."""
    first, _, last = name.partition(" ")
    return dice.choices(
        [name, f"{name}, PhD", f"{name} MBA", f"{name} 🚀", name.upper(), f"{first} K. {last}", f"{first} ({SHORT.get(first, 'she/her')}) {last}",
         f"{name} {who.surname}{who.given}" if who.script == "han" and name.isascii() else name, f"Dr. {name}"],
        [72, 5, 3, 4, 3, 4, 4, 3, 2],
    )[0]  # fmt: skip


def spelled(dice: random.Random, who: Person) -> tuple[str, bool]:
    """A name as somebody else writes it down, and whether it is all of it."""
    native = _native(who) if dice.random() < 0.85 else not _native(who)
    name = _full(who, native)
    first, _, last = name.partition(" ")
    how = dice.choices(
        "as is,lower,plain,spelled,comma,turned,short,typo,middle,initial".split(","), [76, 4, 5, 2, 3.5, 2, 1.5, 1.5, 1.5, 1.5]
    )[0]  # fmt: skip
    if how == "plain":
        name = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    elif how == "spelled":
        name = name.translate(SPELLED_OUT)
    elif how == "lower":
        name = name.lower()
    elif last:
        other = SHORT.get(first, first)
        at = dice.randrange(1, len(last))
        name = {
            "comma": f"{last}, {first}",
            "turned": f"{last} {first}",
            "short": f"{other} {last}",
            "typo": f"{first} {last[:at]}{dice.choice(['', 'e', last[at] * 2])}{last[at + 1:]}",
            "middle": f"{first} {dice.choice(['Noor', 'Lee', 'Marie'])} {last}",
            "initial": f"{first} {last[0]}.",
        }.get(how, name)  # fmt: skip
    return name, not (how == "initial" and last)


def _address(dice: random.Random, who: Person) -> str:
    domain = dice.choice(FREE_MAIL) if dice.random() < 0.5 else f"{who.company.replace(' ', '').lower()}.example"
    return f"{anyascii(who.roman[0]).lower()}.{who.number}@{domain}"


def _address_book(dice: random.Random, folk: list[Person], notes: _Notes, addresses: dict[int, str]) -> None:
    """A third of all people: a card with a phone, an address or both; some families share a landline."""
    cards = dice.sample(folk, len(folk) * 35 // 100)
    landlines: dict[str, str] = {}
    for who in cards:
        name, whole = spelled(dice, who)
        has_mail, has_phone = dice.choices([(True, True), (True, False), (False, True)], [40, 20, 40])[0]
        keys = [f"email:{addresses[who.number]}"] * has_mail + [f"phone:+1212555{who.number:04d}"] * has_phone
        company = dice.choices([None, who.company, dice.choice(COMPANIES)], [70, 22, 8])[0]
        notes.note(keys[0], who, name, "contacts.vcf", company=company)
        notes.identifiers += [(keys[0], *key.split(":", 1)) for key in keys]
        notes.truth.update(dict.fromkeys(keys, who.number))
        if dice.random() < 0.06:
            line = landlines.setdefault(who.surname, f"+44207946{len(landlines):04d}")
            notes.identifiers.append((keys[0], "phone", line))
        if not whole:
            notes.parts.add(keys[0])
        if has_mail and has_phone:  # the call log knows the number alone
            notes.people.append({"person": keys[1], "name": "", "source": "calls.xml", "connection": False})
            notes.truth[keys[1]] = who.number
            notes.parts.update([keys[1]] if not whole else [])
    for line in landlines.values():
        notes.people.append({"person": f"phone:{line}", "name": "", "source": "calls.xml", "connection": False})
        holders = [key for key, _, value in notes.identifiers if value == line]
        notes.truth.update({f"phone:{line}": notes.truth[key] for key in holders if len(holders) == 1})
        notes.parts.update([f"phone:{line}"] if notes.parts.intersection(holders) else [])


def _mail(dice: random.Random, folk: list[Person], notes: _Notes, addresses: dict[int, str]) -> None:
    """Two in five: the address that a card may have too; some write from a second one, or from an office's."""
    for who in dice.sample(folk, len(folk) * 40 // 100):
        name, whole = spelled(dice, who)
        key = f"email:{addresses[who.number]}"
        notes.note(key, who, name, "All mail.mbox")
        notes.parts.update([key] if not whole else [])
        if dice.random() < 0.04:
            notes.note(
                f"email:{who.number}.{addresses[who.number].split('@')[0]}@{dice.choice(FREE_MAIL)}",
                who,
                name,
                "All mail.mbox",
            )
        if dice.random() < 0.01:
            office = f"email:info@{who.number}.example"
            notes.note(office, who, name, "All mail.mbox")
            notes.parts.add(office)


def _calendar(dice: random.Random, folk: list[Person], notes: _Notes) -> None:
    """One in twelve by a full name, and of those whom the owner knows best some by their first name alone."""
    for who in dice.sample(folk, len(folk) // 12):
        name, whole = spelled(dice, who)
        _named(notes, who, name, whole)
    closest = sorted(folk, key=lambda who: -who.closeness)[: len(folk) // 25]
    for who in closest[::2]:
        given = who.given if _native(who) else who.roman[0]
        _named(notes, who, SHORT.get(given, given) if dice.random() < 0.2 else given, whole=False)


def _named(notes: _Notes, who: Person, name: str, whole: bool) -> None:
    key = name_key(name, "calendar")
    assert key is not None
    if notes.truth.get(key, who.number) != who.number:
        return  # one name, two people: whose the mention is, not even the owner could say
    notes.note(key, who, name, "calendar.ics")
    notes.parts.update([key] if not whole else [])


def _contacts(dice: random.Random, folk: list[Person], notes: _Notes, connections: dict[int, str]) -> None:
    """Days of messages on the network, the more the closer."""
    start = pd.Timestamp("2024-01-01T12:00Z")
    for who in folk:
        if who.connected:
            days = min(int(dice.gammavariate(2, who.closeness / 4)), 300)
            notes.events += [
                {"person": connections[who.number], "at": start + pd.Timedelta(days=day), "channel": "message", "direction": "in"}
                for day in range(days)
            ]  # fmt: skip
