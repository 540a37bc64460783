// A page with the stock `HttpAgent` of one version of @ag-ui/client, as for any AG-UI server.

import { offers, resultsOf } from "./page-tools.mjs";

export async function openHttpPage(packageName, { url, token, agent: agentId, threadId }) {
  const { HttpAgent, runHttpRequest, transformHttpEventStream } = await import(packageName);
  const address = `${url}/api/copilotkit/agent/${agentId}`;
  const authorization = { Authorization: `Bearer ${token}` };

  // The stock agent cannot join a thread; this is all that it takes.
  class JoiningAgent extends HttpAgent {
    connect(input) {
      const request = () => this.fetch(`${address}/connect`, this.requestInit(input));
      return transformHttpEventStream(runHttpRequest(request));
    }
  }

  // The stock agent runs no tools either: the page does, and says the results in another run.
  async function run({ tools = [], ...parameters }) {
    await agent.runAgent({ ...parameters, tools: offers(tools) });
    const results = await resultsOf(agent.messages, tools);
    for (const result of results) agent.addMessage(result);
    if (results.length) await run({ tools });
  }

  const agent = new JoiningAgent({ url: `${address}/run`, headers: authorization, threadId });
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
      const request = { method: "POST", headers: agent.headers };
      const answer = await fetch(`${url}/api/runs/${runId}/cancel`, request);
      if (!answer.ok) throw new Error(`cancel was answered with ${answer.status}`);
    },
    setToken(next) {
      agent.headers = { Authorization: `Bearer ${next}` };
    },
  };
}
