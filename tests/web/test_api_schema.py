"""The page's types of the API."""

from scripts.api_schema import main as api_schema


def test_the_page_knows_the_api_as_the_document_has_it() -> None:
    assert api_schema(["--check"]) == 0
