"""Accounts over HTTP, without a run."""

import httpx

from tests.server import Server


def test_accounts_are_listed_with_scores_and_read_by_number(server: Server) -> None:
    listed = server.get("/api/accounts?limit=200").json()
    first = listed["accounts"][0]

    brief = server.get(f"/api/accounts/{first['number']}").json()["brief"]

    assert listed["source"] == "sample CRM"
    assert brief["attention"]["score"] == first["score"]
    assert brief["method"] == "rules"
    assert {source["id"] for source in brief["sources"]} >= set(brief["headline"]["evidence"])


def test_an_unknown_account_is_a_problem_document(server: Server) -> None:
    answer = server.get("/api/accounts/ACC-999")

    assert answer.status_code == 404
    assert answer.json()["code"] == "account_not_found"


def test_accounts_need_a_token(server: Server) -> None:
    assert httpx.get(f"{server.url}/api/accounts").status_code == 401
