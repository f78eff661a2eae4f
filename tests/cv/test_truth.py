"""Only what the user's words hold is stored: no number, no name and no date that nobody said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cv.changes import Add, Put, Set
from app.cv.data import CvData, Data, Experience, LetterData, PersonalInfo, Skills
from app.cv.patch import apply
from app.cv.paths import PATHS
from app.cv.truth import Judgement, held, judge, said_key

CONTACT = "My email is sarah@datatech.com, phone is +1-555-9999, I'm in Boston, MA"
DEEDS = "I built the data pipeline in Python and cut reporting time by 40%. I managed a team of 5 engineers."
CORRECTION = "no, it's Acme Ltd, not Acme Inc"
PIPELINE = "Built a Python data pipeline, reducing reporting time by 40%"


def is_held(path: str, value: str, *said: str, data: Data | None = None) -> bool:
    """Whether a value is stored at a path as it is."""
    section, _, name = path.partition(".")
    cv = PATHS["cv"]
    patch: tuple[Set | Add | Put, ...]
    if path in cv.texts:
        patch = (Set(path=path, value=value),)
    elif path in cv.lists:
        patch = (Add(path=path, values=(value,)),)
    elif name in cv.sections[section].texts:
        patch = (Put(section=section, which="any", values={name: value}),)
    else:
        patch = (Put(section=section, which="any", lists={name: (value,)}),)
    kept, refused = held(patch, said, data=data)
    assert bool(kept) != bool(refused)
    return bool(kept)


HELD = [
    ("personal_info.full_name", "Sarah Johnson", "Hi! I am Sarah Johnson, a Senior Data Scientist"),
    ("personal_info.full_name", "José Muñoz", "jose munoz here"),
    ("personal_info.full_name", "Siobhán O'Reilly", "Siobhan O’Reilly"),
    ("personal_info.title", "Senior Data Scientist", "i'm a senior data scientist"),
    ("personal_info.email", "sarah@datatech.com", CONTACT),
    ("personal_info.email", "ada@example.org", "ada at example dot org"),
    ("personal_info.email", "ada@example.org", "ada [at] example [dot] org"),
    ("personal_info.phone", "+1-555-9999", CONTACT),
    ("personal_info.phone", "+1 555 9999", CONTACT),
    ("personal_info.phone", "+1 (555) 123-4567 ext. 12", "call +1 555 123 4567 x12"),
    ("personal_info.phone", "4471 2233", "For the order call my number 4471 2233, or my phone is 4471 2233"),
    ("personal_info.phone", "01.23.45.67.89", "01.23.45.67.89"),
    ("personal_info.website", "sarah.dev/cv?lang=en", "sarah.dev/cv?lang=en"),
    ("personal_info.location", "Boston, MA", CONTACT),
    ("personal_info.location", "Boston, Massachusetts", "Boston in Massachusetts"),
    ("personal_info.location", "東京", "私は東京に住んでいます"),
    ("personal_info.linkedin", "https://www.linkedin.com/in/sarah", "it's linkedin.com/in/sarah/."),
    ("personal_info.website", "sarah.dev", "see https://sarah.dev/, please"),
    ("experience.company", "Acme Ltd", CORRECTION),
    ("experience.company", "Acme Inc.", "At Acme, Inc. I was an engineer"),
    ("experience.company", "DataTech", "I work for data tech"),
    ("experience.company", "AT&T", "I was at AT&T"),
    ("experience.company", "McDonald's", "mcdonalds, part time"),
    ("experience.company", "Acme Inc", "I no longer work at Acme Inc"),
    ("experience.company", "Acme Inc", "I don't work at Acme Inc anymore"),
    ("experience.title", "Head of Marketing", "head of the marketing"),
    ("experience.start_date", "03/2021", "since March 2021"),
    ("experience.start_date", "March 2021", "Mar 21 until now"),
    ("experience.start_date", "03/2021", "since 2021-03"),
    ("experience.start_date", "03/2021", "from March to June 2021"),
    ("experience.end_date", "Present", "since 2021-03"),
    ("experience.end_date", "Present", "and I'm currently there"),
    ("experience.end_date", "2021", "2019-2021"),
    ("skills.core_competencies", "Node.js", "nodejs and such"),
    ("skills.software_proficiency", "REST API", "REST APIs, C++"),
    ("skills.software_proficiency", "C++", "REST APIs, C++"),
    ("skills.language_fluency", "Spanish (fluent)", "I speak fluent Spanish and basic French"),
    ("skills.language_fluency", "Spanish (Fluent)", "I speak Spanish fluently"),
    ("skills.certifications", "AWS", "Don't forget my AWS certification"),
    ("skills.certifications", "PMP (2020)", "I got my PMP in 2020"),
    ("skills.software_proficiency", "Excel", "I don't use Word but Excel"),
    ("skills.software_proficiency", "Excel", "I know Excel and Word is not something I know"),
    ("skills.software_proficiency", "Excel", "not Word, use Excel"),
    ("skills.core_competencies", "No-code development", "I do no-code development"),
    ("experience.company", "Doctors Without Borders", "I worked for Doctors Without Borders"),
    ("awards_and_recognitions", "Employee of the Year", "I was employee of the year"),
]


@pytest.mark.parametrize(("path", "value", "said"), HELD)
def test_what_somebody_said_is_held(path: str, value: str, said: str) -> None:
    assert is_held(path, value, said)
    assert is_held(path, value, said, "And now something else.")


REFUSED = [
    ("personal_info.full_name", "Sarah J. Johnson", "I am Sarah Johnson"),
    ("personal_info.full_name", "Johnson Sarah", "I am Sarah Johnson"),
    ("personal_info.full_name", "Sarah Johnson", "Sarah works with Johnson"),
    ("personal_info.email", "sarah@datatech.co", CONTACT),
    ("personal_info.email", "arah@datatech.com", CONTACT),
    ("personal_info.email", "sarah", CONTACT),
    ("personal_info.email", "a@b.org", "my email is not a@b.org but c@d.org"),
    ("personal_info.phone", "+1-555-9998", CONTACT),
    ("personal_info.phone", "555-9999", CONTACT),
    ("personal_info.phone", "+1-555-99", CONTACT),
    ("personal_info.phone", "+44 20 7946 0321", "020 7946 0321"),
    ("personal_info.phone", "+20 7946 0321", "20 7946 0321"),
    ("personal_info.phone", "2019-2021", "I was there 2019-2021"),
    ("personal_info.phone", "12.03.1985", "I was born 12.03.1985"),
    ("personal_info.phone", "12031985", "I was born 12.03.1985"),
    ("personal_info.phone", "3704 0044 0532 0130 00", "my IBAN is DE89 3704 0044 0532 0130 00"),
    ("personal_info.phone", "6016 1331 9268 19", "pay to GB29 NWBK 6016 1331 9268 19"),
    ("personal_info.phone", "4471 2233", "my order number is 4471 2233"),
    ("personal_info.phone", "4471 2233", "the customer number is 4471 2233"),
    ("personal_info.website", "ok", "ok"),
    ("personal_info.website", "apple", "I like apple"),
    ("personal_info.website", "datatech.com", CONTACT),
    ("personal_info.website", "linkedin.com", "linkedin.com/in/sarah"),
    ("personal_info.website", "javascript:alert(1)", "javascript:alert(1)"),
    ("personal_info.location", "Portland, OR", "I live in Portland"),
    ("personal_info.location", "Boston, MA, USA", CONTACT),
    ("experience.company", "Acme Corporation", "I work at Acme"),
    ("experience.company", "Acme", "I work at Acmeville"),
    ("experience.company", "Acme Boston", "I worked at Acme, Boston"),
    ("experience.company", "Acme 🎉", "I worked at Acme"),
    ("experience.company", "Ac\u200bme", "I worked at Acme"),
    ("experience.company", "Acme Inc", CORRECTION),
    ("experience.company", "Acme Inc", "No it's Acme Ltd not Acme Inc"),
    ("experience.company", "Acme Inc", "not Acme, Inc. but Acme Ltd"),
    ("experience.company", "Acme Inc", "Acme Ltd instead of Acme Inc"),
    ("experience.company", "Acme Inc", "Acme Inc is wrong, it's Acme Ltd"),
    ("experience.company", "Acme Inc", "Acme Inc should be Acme Ltd"),
    ("experience.company", "Acme Inc", "Acme Inc -> Acme Ltd"),
    ("experience.company", "Acme Inc", "change Acme Inc to Acme Ltd"),
    ("experience.company", "Acme Inc", "please remove Acme Inc"),
    ("experience.title", "Manager", "I'm not a manager, I'm an engineer"),
    ("experience.title", "Engineer", "I studied engineering"),
    ("experience.title", "Senior Engineer", "I'm an engineer"),
    ("experience.start_date", "03/2021", "in 2021"),
    ("experience.start_date", "03/2020", "in March 2021"),
    ("experience.end_date", "Present", "I left in 2020"),
    ("experience.end_date", "2019", "not 2019 but 2020"),
    ("skills.software_proficiency", "C++", "I know C"),
    ("skills.software_proficiency", "Java", "I know JavaScript"),
    ("skills.software_proficiency", "Python", "I don't know Python"),
    ("skills.software_proficiency", "Python", "I have no experience with Java or Python"),
    *(
        ("skills.software_proficiency", "Excel", said)
        for said in (
            "I don't use Excel",
            "I cannot use Excel",
            "I never use Excel",
            "I don't really use Excel",
            "Please don't add Excel",
            "don't put Excel in",
            "I hate Excel",
            "I lack Excel",
            "Excel is not something I know",
            "Excel I don't know",
        )
    ),
    ("personal_info.full_name", "Not John", "Not John"),
    ("personal_info.title", "Not a Doctor", "I am Not a Doctor"),
    ("education.degree", "No degree", "No degree"),
    ("skills.language_fluency", "French (fluent)", "I speak fluent Spanish and basic French"),
    ("skills.language_fluency", "Spanish (native)", "Native English, basic Spanish"),
    ("skills.certifications", "AWS Certified Architect", "I have an AWS certificate"),
    ("awards_and_recognitions", "Top 5%", "I was in the top 5"),
]


@pytest.mark.parametrize(("path", "value", "said"), REFUSED)
def test_what_nobody_said_is_refused(path: str, value: str, said: str) -> None:
    assert not is_held(path, value, said)


def test_nothing_is_held_where_nothing_was_said() -> None:
    assert not is_held("personal_info.full_name", "Sarah")


def test_a_correction_takes_back_what_an_older_message_said() -> None:
    assert is_held("experience.company", "Acme Inc", "I work at Acme Inc", "I like it there")
    assert not is_held("experience.company", "Acme Inc", "I work at Acme Inc", CORRECTION)
    assert is_held("experience.company", "Acme Inc", CORRECTION, "sorry, Acme Inc it is")


def test_a_part_of_a_name_is_corrected() -> None:
    data = CvData(personal_info=PersonalInfo(full_name="Katarina Nowak"))
    said = "you spelled my name wrong: it's Katarzyna, not Katarina"
    assert is_held("personal_info.full_name", "Katarzyna Nowak", said, data=data)
    assert not is_held("personal_info.full_name", "Katarzyna Kowalska", said, data=data)
    assert not is_held("personal_info.full_name", "Katarzyna Nowak", said)


def test_an_old_message_does_not_replace_what_a_newer_one_said() -> None:
    data = CvData(personal_info=PersonalInfo(email="new@x.org"))
    assert not is_held("personal_info.email", "old@x.org", "old@x.org", "use new@x.org", "hello", data=data)
    assert is_held("personal_info.email", "old@x.org", "use new@x.org", "no, old@x.org", data=data)


def test_what_the_data_holds_may_be_moved() -> None:
    data = CvData(experience=(Experience(company="Acme", location="Berlin"),))
    assert is_held("personal_info.location", "Berlin", "I live where I work", data=data)


def test_of_one_change_what_is_held_stays_and_the_rest_is_refused() -> None:
    put = Put(
        section="experience",
        values={"company": "Acme", "title": "Chief Engineer", "start_date": "March 2021"},
        lists={"description_bullets": ("Managed a team of 5 engineers", "Won three prizes")},
    )
    kept, refused = held((put,), [DEEDS, "I joined Acme in March 2021"])
    assert kept == (
        Put(
            section="experience",
            values={"company": "Acme", "start_date": "03/2021"},
            lists={"description_bullets": ("Managed a team of 5 engineers",)},
        ),
    )
    assert refused == (
        Put(
            section="experience",
            values={"title": "Chief Engineer"},
            lists={"description_bullets": ("Won three prizes",)},
        ),
    )


# Sentences


@pytest.mark.parametrize(
    "text",
    [
        "I managed a team of 5 engineers.",
        "managed a team of 5 engineers",
        "Managed five engineers",
        PIPELINE,
        "Reduced reporting time by 40% by building a Python data pipeline.",
        "Managed a team of 5 engineers and cut reporting time by 40%",
    ],
)
def test_a_sentence_may_be_reworded_while_its_facts_stay(text: str) -> None:
    assert is_held("experience.description_bullets", text, DEEDS)


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("Managed a team of 15 engineers", "a number"),
        ("Managed a team of 5+ engineers", "a sign"),
        ("Cut reporting time by 40", "a sign taken away"),
        ("Managed 40 engineers and cut reporting time by 5%", "numbers in each other's place"),
        ("Cut reporting time by 40% in 2021", "a date"),
        ("Built the Google data pipeline in Python", "a name"),
        ("Built a Python and Spark data pipeline", "a tool"),
        ("built a data pipeline in python and kubernetes", "a tool in small letters"),
        ("Led a team of 5 engineers", "a greater role"),
        ("Managed several teams of engineers", "a quantity"),
        ("Built a strong data pipeline in Python", "praise"),
        ("Built the data pipeline in Python for hospitals", "a purpose"),
        ("Google: built the data pipeline in Python", "a name at the start"),
        ("Built a 🚀 data pipeline in Python", "a sign of joy"),
        ("Worked", "next to nothing of what was said"),
    ],
)
def test_a_rewording_that_adds_or_changes_a_fact_is_refused(text: str, added: str) -> None:
    assert not is_held("experience.description_bullets", text, DEEDS), added


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Managed 5 engineers", "I did not manage 5 engineers"),
        ("Improved sales from 2019 to 2021", "I improved sales from 2019 to 2020"),
        ("Increased revenue by 40% and cut costs by 20%", "I increased revenue by 20%, and I cut costs by 40%"),
        ("Worked 8 months in sales", "I worked 8 years in sales"),
        ("Wrote to sarah@gmail.com about sales", "I wrote to Sarah about sales"),
        ("Built the shop with React", "I built the shop with Vue, not with React"),
    ],
)
def test_a_rewording_of_what_was_not_said_so_is_refused(text: str, said: str) -> None:
    assert not is_held("experience.description_bullets", text, said)


def test_a_sentence_that_denies_something_itself_keeps_its_denial() -> None:
    said = "we shipped our app without downtime"
    assert is_held("experience.description_bullets", "Shipped the app without downtime", said)
    assert not is_held("experience.description_bullets", "Shipped the app with downtime", said)


def polished(text: str, original: str, *said: str) -> Judgement:
    patch = (Put(section="experience", which="Acme", lists={"description_bullets": (text,)}),)
    return judge(patch, said, polished={text: original})


def test_a_polished_sentence_keeps_what_was_said_beside_it() -> None:
    original = "I built the data pipeline in Python and cut reporting time by 40%."
    key = said_key("experience.description_bullets", PIPELINE)
    assert polished(PIPELINE, original, DEEDS).said == {key: original}
    assert polished(PIPELINE, "I never said this", DEEDS).said == {key: original}, "what is claimed is not believed"
    assert polished("Managed a team of 5 engineers.", original, DEEDS).said == {}, "that is no polish"


def test_a_rewording_that_says_more_gives_way_to_the_users_own_sentence() -> None:
    said = "I helped with the payroll for 30 people"
    judgement = polished("Spearheaded payroll for 300 employees", said, said)
    (put,) = judgement.patch
    assert isinstance(put, Put)
    assert put.lists == {"description_bullets": (said,)}
    assert judgement.said == {}
    assert polished("Spearheaded payroll", "I ran the payroll", said).patch == ()


def test_a_summary_may_draw_on_all_that_was_said() -> None:
    said = ("I'm a senior data scientist. I have 8 years of experience", "I use python and sql")
    assert is_held("summary", "Senior data scientist with 8 years of experience in Python and SQL.", *said)
    assert not is_held("summary", "Passionate senior data scientist with 8 years of experience.", *said)


def test_a_letters_proofs_may_come_from_the_lines_of_a_resume() -> None:
    proof = (Add(path="proofs", values=("Cut the tracking API's p99 from 900 ms to 120 ms",)),)
    assert judge(proof, ["yes"], data=LetterData()).patch == ()
    lines = ["Cut the tracking API's p99 from 900 ms to 120 ms with PostgreSQL"]
    assert judge(proof, ["yes"], data=LetterData(), known=lines).patch == proof


# What holds for any message

words = st.sampled_from(
    ["Acme", "Ltd", "not", "no", "I", "Sarah", "5", "40%", "2021", "March", "at", "and", "C++", ",", "."]
)
messages = st.lists(words, max_size=12).map(" ".join) | st.text(max_size=40)
values = st.lists(words, max_size=4).map(" ".join) | st.text(max_size=12)
places = st.sampled_from([*PATHS["cv"].texts, *PATHS["cv"].lists, *PATHS["cv"].fields])


@given(places.filter(lambda path: not path.endswith("_date")), values, st.lists(messages, min_size=1, max_size=3))
def test_no_digit_survives_that_nobody_wrote(path: str, value: str, said: list[str]) -> None:
    if is_held(path, value, *said):
        assert set(value) & set("0123456789") <= set("".join(said))


@given(
    places,
    st.text(alphabet="xyzžж世789@#★", min_size=1, max_size=9),
    st.lists(st.text(alphabet="abc ABC.,;-123/\n"), min_size=1),
)
def test_a_value_of_characters_that_nobody_wrote_never_survives(path: str, value: str, said: list[str]) -> None:
    assert held((_change(path, value),), said)[0] == ()


@given(st.lists(st.sampled_from(["Acme", "Globex", "Initech", "Inc", "Ltd"]), min_size=1, max_size=3, unique=True))
def test_what_is_denied_is_never_held_and_what_is_said_instead_is(names: list[str]) -> None:
    old = " ".join(names)
    assert not is_held("experience.company", old, f"no, it's Northwind, not {old}")
    assert is_held("experience.company", "Northwind", f"no, it's Northwind, not {old}")
    assert is_held("experience.company", old, f"no, it's {old}, not Northwind")


@given(st.lists(st.tuples(places, values), max_size=4), st.lists(messages, max_size=3))
def test_what_is_kept_and_what_is_refused_are_all_of_it(changes: list[tuple[str, str]], said: list[str]) -> None:
    patch = tuple(_change(path, value) for path, value in changes)
    kept, refused = held(patch, said)
    assert len(kept) + len(refused) == len(patch)
    assert held(kept, said) == (kept, ())
    apply(CvData(skills=Skills()), kept)


def _change(path: str, value: str) -> Set | Add | Put:
    cv = PATHS["cv"]
    if path in cv.texts:
        return Set(path=path, value=value)
    if path in cv.lists:
        return Add(path=path, values=(value,))
    section, _, name = path.partition(".")
    if name in cv.sections[section].lists:
        return Put(section=section, lists={name: (value,)})
    return Put(section=section, values={name: value})
