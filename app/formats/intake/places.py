"""Which words name a place: `Boston, MA`, `Paris, France`, `Remote`."""

import re

_COUNTRIES = """
    usa us u.s. united_states united_states_of_america uk u.k. united_kingdom england scotland wales ireland france
    germany deutschland allemagne spain espagne españa italy italie italia portugal belgium belgique switzerland suisse
    schweiz austria autriche netherlands the_netherlands pays-bas luxembourg denmark danemark sweden suède norway
    norvège
    finland finlande iceland poland pologne czechia czech_republic slovakia hungary hongrie romania roumanie bulgaria
    greece grèce turkey türkiye turquie ukraine russia russie estonia latvia lithuania croatia serbia slovenia canada
    québec quebec ontario mexico mexique brazil brésil brasil argentina argentine chile colombia peru india inde china
    chine japan japon south_korea korea singapore singapour hong_kong taiwan thailand vietnam indonesia malaysia
    philippines pakistan bangladesh sri_lanka nepal israel israël uae united_arab_emirates saudi_arabia qatar egypt
    égypte morocco maroc algeria algérie tunisia tunisie senegal sénégal nigeria ghana kenya south_africa ethiopia
    cameroon cameroun côte_d'ivoire australia australie new_zealand california texas florida washington massachusetts
    new_york illinois virginia ohio georgia colorado oregon pennsylvania arizona michigan
"""
COUNTRIES = frozenset(name.replace("_", " ") for name in _COUNTRIES.split())
_CITY = r"[^\W\d_][\w'’.-]*(?: [^\W\d_(][\w'’.-]*){0,3}"
_PAIR = re.compile(rf"(?:\d{{4,5}} )?({_CITY}), ({_CITY}|[A-Z]{{2}})(?:,? \d{{4,6}})?(?:, ({_CITY}))?")
_ALONE = re.compile(r"(?:fully )?remote|hybrid|télétravail|on-?site|worldwide", re.IGNORECASE)
_REMARK = re.compile(r" ?\((?:remote|hybrid|on-?site|télétravail|hybride)\)", re.IGNORECASE)
_PARTICLE = re.compile(r"\b(?:de|of|upon|am|an|the|la|les?|der|del|do|da|sur|en|on|and)\b")
_NO_TOWN = re.compile(
    r"""\b(?:team|department|division|group|unit|labs?|studios?|inc|ltd|llc|gmbh|(?:full|part)[-\ ]time|contract|
    freelance|permanent|temporary|internship|seasonal|volunteer|self[-\ ]employed|
    cdi|cdd|int[ée]rim|stage|alternance|[ée]quipe)\b""",
    re.IGNORECASE | re.VERBOSE,
)


def is_place(text: str, *, alone: bool = False) -> bool:
    """Whether a text names a place and nothing else, as far as its form says so.

    Of `Parcelwise, Leeds, UK` the first may be an employer, unless the text stands `alone` among contacts.
    """
    text = _REMARK.sub("", text).strip()
    if _ALONE.fullmatch(text) or text.casefold() in COUNTRIES:
        return True
    pair = _PAIR.fullmatch(text)
    if pair is None or (not text[0].isupper() and not text[0].isdigit()):
        return False
    if pair[3] and not alone and not re.fullmatch("[A-Z]{2}", pair[2]):
        return False
    last = pair[3] or pair[2]
    return bool(re.fullmatch("[A-Z]{2}", pair[2])) or last.casefold() in COUNTRIES


def may_be_town(text: str) -> bool:
    """Whether a text may be the name of a town, `Leeds` or `Rio de Janeiro`: only where it stands can say more."""
    parts = text.split(", ")
    if len(parts) > 3 or any(c.isdigit() for c in text) or _NO_TOWN.search(text):
        return False
    named = _PARTICLE.sub("", text).split()
    return all(re.fullmatch(_CITY, part) for part in parts) and not any(word[0].islower() for word in named)


def split_place(text: str) -> tuple[str, str]:
    """A text and the place at its end: `Acme Inc., Boston, MA` is `Acme Inc.` and `Boston, MA`."""
    parts = text.split(", ")
    for count in (3, 2, 1):
        place = ", ".join(parts[-count:])
        if len(parts) > count and is_place(place):
            return ", ".join(parts[:-count]), place
    return text, ""


def location_of(text: str) -> dict[str, str]:
    """A place as JSON Resume has it: a city and a region where the form says which is which, else an address."""
    pair = _PAIR.fullmatch(text)
    if pair and not pair[3] and not any(c.isdigit() for c in text):
        return {"city": pair[1], "region": pair[2]}
    return {"address": text}
