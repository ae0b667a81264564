"""What no response to a made-up operation may be; schemathesis itself takes every error of a field for the server's."""

import schemathesis

# A client gets these for what it sent: a write to an object that does not exist, for example.
CLIENT_CODES = {
    "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT", "NOT_FOUND", "FORBIDDEN", "TOO_EXPENSIVE",
}


@schemathesis.check
def no_failure_of_the_gateway(context, response, case):
    """Every response is below 500, and every error has a code that blames the client."""
    assert response.status_code < 500, f"status {response.status_code}"
    for error in response.json().get("errors", []):
        code = error.get("extensions", {}).get("code")
        assert code in CLIENT_CODES, f"{code}: {error['message']}"
