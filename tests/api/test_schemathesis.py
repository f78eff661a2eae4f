"""What the description says is what the routes do: for generated requests, right and wrong, of every operation."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.schemas import APIOperation

from tests.api_client import ApiUser, new_user
from tests.builders import a_job, a_resume
from tests.cvs import a_document

load_all_checks()
# A posting may be any text, a document may be extended and a name must show on a screen: no schema says all of that, so
# what is refused and what is kept is the other tests' matter.
UNDECIDABLE = CHECKS.get_by_names(["positive_data_acceptance"])
FREE_FORM = CHECKS.get_by_names(["negative_data_rejection"])
FREE_FORM_PATHS = ("/api/v1/resumes", "/api/v1/jobs")
bounded = settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def operations(app: Flask) -> Iterator[APIOperation[Any, Any, Any, Any]]:
    """Every operation that is described."""
    # An unknown query parameter is ignored, as everywhere on the web; it is not "wrong".
    # A wrong body may be too large before it is wrong.
    refusals = {"negative_data_rejection": {"expected-statuses": [400, 401, 404, 413, 415]}}
    config = SchemathesisConfig.from_dict({"generation": {"allow-extra-parameters": False}, "checks": refusals})
    schema = schemathesis.openapi.from_wsgi("/openapi.json", app, config=config)
    for operation in schema.get_all_operations():
        yield operation.ok()


def rows_of(user: ApiUser) -> dict[str, Any]:
    """What a path can name, by the name of its parameter."""
    resume = user.post("/api/v1/resumes", json=a_resume()).get_json()
    job = user.post("/api/v1/jobs", json=a_job()).get_json()
    started = user.post("/api/chat/start", json={"job_id": job["id"], "question": "What am I missing?"}).get_json()
    rows = {"resume_id": resume["uuid"], "job_id": job["uuid"], "session_id": started["session_id"]}
    return rows | {"document_id": str(a_document(user.client.application, user).document.uuid), "number": 1}


def a_body(operation: APIOperation[Any, Any, Any, Any], rows: dict[str, Any]) -> dict[str, Any]:
    """The body for an operation whose own must name a row, which no generator guesses."""
    if operation.path != "/api/chat/start":
        return {}
    return {"body": {"job_id": rows["job_id"], "question": "What am I missing?"}, "media_type": "application/json"}


def exercise(
    operation: APIOperation[Any, Any, Any, Any], user: ApiUser, headers: dict[str, str], **given_: Any
) -> None:
    """Call an operation with generated requests and check every answer against the description."""
    excluded = UNDECIDABLE + (FREE_FORM if operation.path.startswith(FREE_FORM_PATHS) else [])
    headers = {"Authorization": f"Bearer {user.access_token}", **headers}

    @bounded
    @given(case=operation.as_strategy(**given_))
    def run(case: schemathesis.Case) -> None:
        case.call_and_validate(headers=headers, excluded_checks=excluded)

    run()


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)  # a description is the same on every database
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
@pytest.mark.parametrize("real", [True, False], ids=["real ids", "any ids"])
@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_the_routes_do_what_the_description_says(app: Flask, mode: GenerationMode, real: bool, accept: str) -> None:
    failures = []
    for operation in operations(app):
        streams = "text/event-stream" in str(operation.definition.raw.get("responses"))
        if accept == "text/event-stream" and not (streams and real and mode is GenerationMode.POSITIVE):
            continue
        if not real and not operation.path_parameters:
            continue
        user = new_user(app)
        rows = rows_of(user) if real else {}
        named = {name: value for name, value in rows.items() if f"{{{name}}}" in operation.path}
        try:
            exercise(
                operation,
                user,
                {"Accept": accept},
                generation_mode=mode,
                **({"path_parameters": named} if named else {}),
                **(a_body(operation, rows) if real and mode is GenerationMode.POSITIVE else {}),
            )
        except Unsatisfiable:
            continue  # nothing can be wrong with a request that has neither parameters nor body
        except FailureGroup as failure:
            failures.append(f"{operation.label}:\n{failure}")
    assert failures == [], "\n\n".join(failures)
