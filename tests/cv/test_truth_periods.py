"""The dates of a job are its own: in their order, and said beside its name."""

import pytest

from app.cv.changes import Put
from app.cv.data import CvData, Experience
from app.cv.truth import held


def dates_of(said: list[str], *, start: str = "", end: str = "", data: CvData | None = None) -> dict[str, str]:
    """What is stored of the dates of a job at Acme."""
    dates = {name: date for name, date in (("start_date", start), ("end_date", end)) if date}
    kept, _ = held((Put(section="experience", values={"company": "Acme", **dates}),), said, data=data)
    (put,) = kept
    assert isinstance(put, Put)
    return {name: value for name, value in put.values.items() if name != "company"}


@pytest.mark.parametrize(
    "said",
    [
        ["I worked at Acme from 2019 to 2021"],
        ["From 2019 to 2021 I was a clerk. That was at Acme."],
        ["Acme\nClerk, Boston\n2019-2021\n\nGlobex\nClerk\n2015-2018"],
        ["I worked at Acme", "from 2019 to 2021"],
    ],
)
def test_dates_beside_the_name_are_of_it(said: list[str]) -> None:
    assert dates_of(said, start="2019", end="2021") == {"start_date": "2019", "end_date": "2021"}


@pytest.mark.parametrize(
    "said",
    [
        ["I worked at Acme. It was nice there. I bought my house in 2019 and sold it in 2021."],
        ["I worked at Acme", "I like it", "My degree is from 2019, my house from 2021"],
    ],
)
def test_dates_of_something_else_are_refused(said: list[str]) -> None:
    assert dates_of(said, start="2019", end="2021") == {}


def test_nothing_ends_before_it_begins() -> None:
    said = ["I worked at Acme from March 2019 to June 2021"]
    assert dates_of(said, start="06/2021", end="03/2019") == {}
    assert dates_of(said, start="2021", end="03/2019") == {}
    assert dates_of(said, start="03/2019", end="2019") == {"start_date": "03/2019", "end_date": "2019"}
    data = CvData(experience=(Experience(company="Acme", start_date="2022"),))
    assert dates_of(["at Acme until 2021"], end="2021", data=data) == {}
