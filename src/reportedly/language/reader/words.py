"""Words: the units that the reader labels. Contractions, hyphens and signs are words of their own.

The conventions are those of the treebanks that syntax is learnt from: "don't" is "do" and "n't", "Russian-made"
three words; a name with an article ("al-Shughur", "Deir-ez-Zor") and a designation ("T-72") are one.
"""

from __future__ import annotations

import re

from reportedly.model import Span

APOSTROPHE = "['’ʼ]"
# An Arabic article or a particle hyphenated to a name is one word.
ARTICLE_NAME = (
    r"(?:\w+-)?(?:al|el|ad|ash|as|an|ar|at|az|ul|ur|ud|us|ez|es|et|er|Al|El|Ad|Ash|As|An|Ar|At|Az|Ez|Es|Aal|Ala)"
    r"-[A-Z’'ʿ]\w[\w’']*(?:-[A-Z]\w*)*"
)
# A Persian or Urdu particle joins two parts of a name, which is one word, too: "Mazar-i-Sharif", "Lashkar-e-Taiba".
EZAFE_NAME = r"[A-Z]\w+-(?:[ie]|ye)-[A-Z]\w+"
ABBREVIATIONS = (
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Gen", "Col", "Lt", "Maj", "Capt", "Cpl", "Sgt", "Adm", "Brig", "Cmdr", "Pvt",
    "Rev", "Hon", "Sen", "Rep", "Gov", "Pres", "Amb", "St", "Mt", "Ft", "Jr", "Sr", "Inc", "Ltd", "Co", "Corp",
    "Bros", "vs", "etc", "approx", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov",
    "Dec", "Mon", "Tue", "Tues", "Wed", "Thu", "Thur", "Thurs", "Fri", "Sat", "Ave", "Blvd", "Rd", "No", "Nos",
)  # fmt: skip
_WORD = re.compile(
    "|".join(
        (
            r"(?:https?://|www\.)[^\s<>\"”’)\]]*[\w/]",
            r"[\w.+-]+@\w[\w.-]*\.\w{2,}",
            r"\b(?:[A-Za-z]\.){2,}(?!\w)",  # U.S., a.m.
            rf"\b(?:{'|'.join(ABBREVIATIONS[:-2])})\.(?=\s|$|[,;:)])",
            r"\bNos?\.(?= ?\d)",
            r"(?<![\w.])[A-Z]\.(?=\s?[A-Z][a-z])",  # an initial
            rf"(?<![\w]){ARTICLE_NAME}",
            rf"(?<![\w]){EZAFE_NAME}",
            r"\b[A-Za-z]{1,4}-\d+[A-Za-z]*\b",  # T-72, MiG-29, COVID-19
            r"\d+(?:[.,:/]\d+)*(?:st|nd|rd|th|s)?(?![\w])",
            r"\d+(?:[.,]\d+)*(?=[A-Za-z]{1,3}\b)",  # 10am, 5km
            r"\b[Cc]an(?=not\b)|(?<=[Cc]an)not\b",
            rf"\b\w+?(?=[nN]{APOSTROPHE}[tT]\b)",
            rf"[nN]{APOSTROPHE}[tT]\b",
            rf"(?<=\w){APOSTROPHE}(?:s|S|re|ve|ll|d|m|RE|VE|LL|D|M)\b",
            rf"{APOSTROPHE}(?:re|ve|ll)\b",
            rf"\w+(?:{APOSTROPHE}(?!(?:s|S|re|ve|ll|d|m|RE|VE|LL|D|M)\b)\w+)*",
            r"\.{2,}",
            r"-{2,}",
            r"[^\w\s]",
        )
    )
)


def find_words(text: str) -> list[Span]:
    """Return the spans of the words of ``text``, in order; what lies between them is white space.

    >>> [span.of("They didn't leave al-Bab.") for span in find_words("They didn't leave al-Bab.")]
    ['They', 'did', "n't", 'leave', 'al-Bab', '.']
    """
    return [Span(match.start(), match.end()) for match in _WORD.finditer(text)]
