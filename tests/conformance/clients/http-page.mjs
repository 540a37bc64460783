// A page with the stock `HttpAgent` of one version of @ag-ui/client, as for any AG-UI server.

import { newJoiningAgent } from "./joining-agent.mjs";
import { offers, resultsOf } from "./page-tools.mjs";

export async function openHttpPage(packageName, { url, token, agent: agentId, threadId }) {
  const address = `${url}/api/copilotkit/agent/${agentId}`;
  const agent = await newJoiningAgent(packageName, {
    url: `${address}/run`,
    connectUrl: `${address}/connect`,
    headers: { Authorization: `Bearer ${token}` },
    threadId,
  });

  // The stock agent runs no tools: the page does, and says the results in another run.
  async function run({ tools = [], ...parameters }) {
    await agent.runAgent({ ...parameters, tools: offers(tools) });
    const results = await resultsOf(agent.messages, tools);
    for (const result of results) agent.addMessage(result);
    if (results.length) await run({ tools });
  }

  return {
    threadId,
    get messages() {
      return agent.messages;
    },
    get state() {
      return agent.state;
    },
    get interrupts() {
      return agent.pendingInterrupts;
    },
    watch(see) {
      const { unsubscribe } = agent.subscribe({ onEvent: ({ event }) => see(event) });
      return unsubscribe;
    },
    say: (message) => agent.addMessage(message),
    run,
    connect: () => agent.connectAgent(),
    // The stock agent can only hang up, which stops nothing.
    async stop(runId) {
      const answer = await fetch(`${address}/stop/${threadId}`, {
        method: "POST",
        headers: { ...agent.headers, "Content-Type": "application/json" },
        body: JSON.stringify({ runId }),
      });
      if (!answer.ok) throw new Error(`stop was answered with ${answer.status}`);
    },
    setToken(next) {
      agent.headers = { Authorization: `Bearer ${next}` };
    },
  };
}
