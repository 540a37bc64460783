"""The account review: scout and memory side by side, then the author with what both found."""

from sergas import Agent, Work, Workflow
from sergas.accounts.suggestions import next_requests


def account_review(*, scout: Agent, memory: Agent, author: Agent) -> Workflow:
    """Build the workflow from its three agents."""
    readers = (scout.name, memory.name)

    async def run(work: Work) -> None:
        results = await work.parallel(readers)
        await work.agent(author.name, dict(zip(readers, results, strict=True)))

    return Workflow(
        name="account_review",
        title="Account review",
        description="Reads an account in the CRM and in memory, and writes a brief with evidence.",
        plan=lambda _: (scout, memory, author),
        run=run,
        # A brief without the history is still a brief, and it says what is missing.
        optional=lambda _: (memory.name,),
        suggest=next_requests,
        owned_state=("brief", "memory", "matches", "attention"),
    )
