"""The little words of six languages: by them a language is told, "I" from "you", and a word that means something.

Lower case; what differs by typographic apostrophe stands here with the plain one. A word may belong to several
languages. Inflected forms are listed, since nothing here knows grammar.
"""

from __future__ import annotations

LANGUAGES = ("English", "German", "Spanish", "French", "Portuguese", "Italian")

FIRST = {
    "English": "i i'm i've i'd i'll me my mine myself",
    "German": "ich mich mir mein meine meinen meinem meiner meines",
    "Spanish": "yo me mi mis mí mío mía míos mías conmigo",
    "French": "je j'ai j'étais j'aimerais j'espère me m'a moi mon ma mes mien mienne",
    "Portuguese": "eu me mim meu minha meus minhas comigo",
    "Italian": "io mi me mio mia miei mie",
}
"""Words by which who writes speaks of themselves. "We" is not among them: it has the other in it as often as not."""

SECOND = {
    "English": "you you're you've you'd you'll your yours yourself yourselves u ur",
    "German": "du dich dir dein deine deinen deinem deiner deines ihr euch euer eure euren eurem ihnen ihren",
    "Spanish": "tú tu tus te ti contigo tuyo tuya usted ustedes vos vosotros vosotras os vuestro vuestra",
    "French": "tu te t'as toi ton ta tes vous votre vos tien tienne",
    "Portuguese": "tu te ti teu tua teus tuas contigo você vocês vc vcs",
    "Italian": "tu te ti tuo tua tuoi tue voi vi vostro vostra vostri vostre lei",
}
"""Words by which they speak to the other."""

FUNCTION = {
    "English": (
        "we we're we've we'd we'll us our ours ourselves "
        "the and to of a in is it for that with was have this are not be on at so what how if will can do but as from "
        "they he she his her there when just about would been has had were or an it's that's don't did does by who "
        "which where why then than some any could should more very them their into out up all am here let let's"
    ),
    "German": (
        "wir uns unser unsere unseren unserem unserer "
        "der die das und ist nicht ein eine einen einem einer zu den dem mit auf für von im in es sie er wie was auch "
        "so aber wenn dass noch nur schon sich war hat habe haben bin sind wird kann oder als bei nach aus um am zum "
        "zur über doch mal denn weil wo wer warum sehr gut hast bist kannst habt"
    ),
    "Spanish": (
        "nosotros nosotras nos nuestro nuestra nuestros nuestras "
        "el la los las de que y en un una es no por con para lo se su al del como más pero está este esta muy ya si "
        "sí cuando qué cómo hay son fue ha he has ser estar todo todos eso esto sobre también sin hasta desde dónde "
        "quién estás estoy tengo tienes"
    ),
    "French": (
        "nous notre nos "
        "le la les de des et en un une est que qui pas pour dans ce cette sur au aux avec il elle on ne se du plus "
        "mais ou où si c'est d'un d'une qu'il l'on n'est comme tout bien été sont ont ai as avez êtes suis fait très "
        "aussi quand comment quoi leur sans"
    ),
    "Portuguese": (
        "nós nos nosso nossa nossos nossas "
        "o a os as de que e em um uma é não por com para se do da dos das no na nos nas ao mais mas está este esta "
        "muito já sim quando como são foi tem ser estar tudo isso isto sobre também sem até desde onde quem estou "
        "pelo pela foram estava num numa"
    ),
    "Italian": (
        "noi ci nostro nostra nostri nostre "
        "il lo la i gli le di che e in un una è non per con del della dei delle al alla nel nella sul sono ho ha hai "
        "come più ma se questo questa molto già quando cosa anche tutto su da dal dalla perché dove chi stai sto era "
        "essere fatto abbiamo siamo"
    ),
}
"""The commonest words of each language that stand for no thing."""

EVERYDAY = (
    "thanks thank hello dear best regards hope great good well really like know think want need make made take come "
    "going back over only also other much many time today week next last year been being still even sure okay "
    "sounds please soon right thing things something anything everything lots work working "
    "danke hallo liebe lieber grüße gruß viele vielen bitte gerne heute woche nächste jahr zeit wieder immer mehr ganz "
    "hola gracias saludos espero bueno buena bien mucho mucha hoy semana año tiempo algo hacer tener puedo "
    "bonjour merci bonne beaucoup semaine année temps faire avoir peux cordialement salut alors encore "
    "olá obrigado obrigada abraço espero bom boa hoje semana tempo fazer posso ainda "
    "ciao grazie buona buongiorno saluti spero oggi settimana anno tempo fare posso ancora allora"
)
"""Words that everybody writes to everybody: two texts that share one of them need not be about the same."""

INTRODUCING = (
    "introduce introducing intro introduction meet connect connecting putting put "
    "vorstellen vorstelle bekannt bekanntmachen kontakt "
    "presento presentar presentarte presentarle presentaros contacto "
    "présente présenter contact relation "
    "apresento apresentar contato "
    "presentarti presentarvi presentarle contatto"
)
"""One of them is in every text that introduces somebody (introducing.py)."""
