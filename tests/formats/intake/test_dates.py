"""Dates as resumes spell them."""

import pytest

from app.formats.intake.dates import span_in

SPANS = {
    "Jan 2023 - Present": ("2023-01", "", True),
    "Sept 2018 – May 2023": ("2018-09", "2023-05", False),
    "September, 2018 to May, 2023": ("2018-09", "2023-05", False),
    "03/2019 – 04/2020": ("2019-03", "2020-04", False),
    "03.2019-12.2020": ("2019-03", "2020-12", False),
    "2019-03 to 2020-04": ("2019-03", "2020-04", False),
    "2015-18": ("2015", "2018", False),
    "2015 — 2018": ("2015", "2018", False),
    "Jan – Mar 2020": ("2020-01", "2020-03", False),
    "Jan. '19 - Feb '21": ("2019-01", "2021-02", False),
    "May 5, 2019 - June 3, 2020": ("2019-05", "2020-06", False),
    "janvier 2020 à aujourd'hui": ("2020-01", "", True),
    "août 2017 - sept. 2018": ("2017-08", "2018-09", False),
    "de 2010 à 2015": ("2010", "2015", False),
    "2021 – en cours": ("2021", "", True),
    "Depuis mars 2021": ("2021-03", "", True),
    "Since 2019": ("2019", "", True),
    "2019 –": ("2019", "", True),
    "Expected May 2026": ("", "2026-05", False),
    "Summer 2019": ("", "2019", False),
    "Engineer, Acme (Jan 2021 – Present)": ("2021-01", "", True),
}


@pytest.mark.parametrize(("text", "wanted"), SPANS.items(), ids=SPANS.keys())
def test_a_span_is_read(text: str, wanted: tuple[str, str, bool]) -> None:
    span = span_in(text)
    assert span is not None
    assert (span.start, span.end, span.current) == wanted
    assert text[span.begins : span.ends].strip() == span.text


@pytest.mark.parametrize(
    "text", ["", "12/03/2020", "31.12.2020", "room 2100", "v2019.1", "neurips.2023.1234", "20190", "May"]
)
def test_what_may_be_something_else_is_no_date(text: str) -> None:
    assert span_in(text) is None
