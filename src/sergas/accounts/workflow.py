"""The account review: scout and memory side by side, then the author with what both found."""

from collections.abc import Sequence

from sergas import Agent, RunInput, Work, Workflow


def account_review(*, scout: Agent, memory: Agent, author: Agent) -> Workflow:
    """Build the workflow from its three agents.

    A client that names some of the three gets these; other names are not this workflow's to judge.
    """
    agents = (scout, memory, author)

    def plan(run_input: RunInput) -> Sequence[Agent]:
        chosen = tuple(agent for agent in agents if agent.name in run_input.agents)
        return chosen or agents

    async def run(work: Work) -> None:
        planned = [agent.name for agent in plan(work.input)]
        readers = [name for name in planned if name != author.name]
        results = await work.parallel(readers)
        if author.name in planned:
            await work.agent(author.name, dict(zip(readers, results, strict=True)))

    return Workflow(
        name="account_review",
        title="Account review",
        description="Reads an account in the CRM and in memory, and writes a brief with evidence.",
        plan=plan,
        run=run,
    )
