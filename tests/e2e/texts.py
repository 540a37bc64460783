"""What the agents said: as the page shows it, and as the server has it; letters only.

Layout adds blanks and takes the numbers of lists away, so nothing else can be compared.
"""

import re

from playwright.sync_api import Page

from tests.server import Server


def shown_texts(page: Page) -> list[str]:
    """Return the agents' turns on the page."""
    return [letters_of(text) for text in page.get_by_test_id("assistant-turn").all_inner_texts()]


def texts_of_thread(page: Page, server: Server) -> list[str]:
    """Return the agents' messages as the server has them."""
    messages = server.get(f"/api/copilotkit/threads/{thread_of(page)}/messages").json()["messages"]
    return [
        letters_of(m["content"]) for m in messages if m["role"] == "assistant" and m.get("content")
    ]


def letters_of(text: str) -> str:
    """Leave the letters of a text."""
    return re.sub(r"[^a-zA-Z]+", "", text)


def thread_of(page: Page) -> str:
    """Return the thread that the address names."""
    found = re.search(r"thread=([^&]+)", page.url)
    assert found is not None, page.url
    return found[1]
