"""Words of introduction: "Anna, meet Ben", "Darf ich vorstellen", "je te présente" … in six languages.

Only what introduces one person to another counts: who introduces themselves, asks for an introduction, or would like to
connect *with* somebody introduces nobody.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Array = np.ndarray[Any, Any]

_NAME = r"(?:my |our |the |your )?(?:[a-z]+ ){0,2}\p{Lu}\p{Ll}+"
_SENTENCE = r"(?:^|[.!?,:;–—-]|\band |\bplease |\bto |\bshould )\s*"
_NO_NAME = (
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr)uary|March|April|May|June|July|August|\w+ember|October"
)

_ANY_CASE = (
    r"\b(?:introduce|introducing|connect|connecting) (?:you|both of you|the two of you)"
    r"(?: both| two| guys| all)?(?:[,.!:]| to\b| with\b| and\b|$)"
    r"|\b(?:put|putting) (?:you|both of you|the two of you)(?: both| two| guys| all)? in (?:touch|contact)"
    r"|\b(?:let me|allow me to|i'd like to|i would like to|i want to|happy to|wanted to) introduce (?:the two|both)\b"
    r"|\b(?:making|making the|here is the|here's the|for the|with this) (?:e-?mail )?intro(?:duction)?(?:[.,!:]|$)"
    r"|\byou (?:two|both) (?:should|have to|must|need to) (?:meet|connect|talk)\b"
    r"|\bdarf ich (?:kurz |euch |dir |ihnen |einander )*(?:[^.!?]{1,60} )?(?:vorstellen|bekannt ?machen)"
    r"|\b(?:möchte|will|wollte|würde) (?:euch|dir|ihnen) (?:gerne? |kurz )*[^.!?]{1,60} vorstellen"
    r"|\bich stelle (?:euch|dir|ihnen) [^.!?]{1,60} vor\b"
    r"|\b(?:euch|sie beide|sie) (?:beide |zwei )?(?:gerne? |mal |kurz )*(?:miteinander )?"
    r"(?:bekannt ?machen|in kontakt bringen)"
    r"|\b(?:te|os|le|les) presento (?:a|al)\b|\b(?:presentarte|presentarle|presentaros|presentarles) (?:a|al)\b"
    r"|\b(?:te|os|los|les) (?:pongo|quiero poner) en contacto"
    r"|\bje (?:te|vous) mets en (?:contact|relation)|\bvous mettre en (?:contact|relation)"
    r"|\b(?:te|vous) présenter (?:mon|ma|un|une|mes) "
    r"|\bapresento-(?:te|lhe|lhes|vos)\b|\b(?:te|lhe|vos) apresento\b"
    r"|\b(?:apresentar-(?:te|lhe|vos)|te apresentar|lhe apresentar|apresentar vocês)\b"
    r"|\b(?:colocar|colocando|pôr) (?:vocês|vos|os dois) em conta(?:c)?to"
    r"|\b(?:ti|vi|le) presento\b|\bpresentar(?:ti|vi|le)\b|\b(?:ti|vi) metto in contatto"
)
_BY_NAME = (
    rf"{_SENTENCE}(?:[Mm]eet|[Ii]ntroducing) {_NAME}"
    r"|\b(?:te|vous) présente(?:r)? (?:mon |ma )?(?:[a-zéè]+ ){0,2}\p{Lu}\p{Ll}+"
)
_WHEN = rf"{_SENTENCE}[Mm]eet (?:on |in |next |this )?(?:{_NO_NAME})\b"


def introduces(texts: pa.StringArray, hints: Array) -> Array:
    """Marks the texts that introduce somebody to somebody; only those with a hint (voices.py) are looked at."""
    found = np.zeros(len(texts), bool)
    places = np.flatnonzero(hints)
    hopeful = pc.replace_substring(texts.take(pa.array(places, pa.int64())), "’", "'")
    plain, named, dated = (
        pc.match_substring_regex(hopeful, pattern, ignore_case=any_case).to_numpy(zero_copy_only=False)
        for pattern, any_case in ((_ANY_CASE, True), (_BY_NAME, False), (_WHEN, False))
    )
    found[places] = plain | (named & ~dated)
    return found
