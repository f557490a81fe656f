"""Given names that stand for each other: short forms, and the same name in other languages. Never sure, only a hint."""

from __future__ import annotations

from auditor.mentions import fold

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


def are_nicknames(one: str, other: str) -> bool:
    """Whether two given names are known to stand for each other.

    >>> are_nicknames("bob", "robert"), are_nicknames("bob", "rosa")
    (True, False)
    """
    return not groups(one).isdisjoint(groups(other))


def groups(word: str) -> frozenset[int]:
    """The groups of given names that a word belongs to, mostly none."""
    return _GROUPS.get(word, frozenset())


def nicknames(word: str) -> set[str]:
    """The given names that a given name is known to stand for."""
    return {name for group in groups(word) for name in _GIVEN[group]} - {word}
