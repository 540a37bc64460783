// A page with CopilotKit's own core, as its React package uses it, over one of its transports.

import { CopilotKitCore } from "@copilotkit/core";

import { registrations } from "./page-tools.mjs";

const FATAL = new Set(["agent_run_failed", "agent_connect_failed"]);

export async function openCorePage(runtimeTransport, { url, token, agent: agentId, threadId }) {
  // Without a window the core takes itself for server-side rendering and connects to nothing.
  globalThis.window ??= Object.assign(new EventTarget(), { location: new URL(url) });
  const core = new CopilotKitCore({
    runtimeUrl: `${url}/api/copilotkit`,
    runtimeTransport,
    headers: { Authorization: `Bearer ${token}` },
  });
  const failures = [];
  core.subscribe({ onError: ({ error, code }) => failures.push(Object.assign(error, { code })) });
  await connected(core);
  const { agent } = core.registerProxiedAgent({ agentId: "page", runtimeAgentId: agentId });
  agent.threadId = threadId;

  // The core tells failures to `onError` and resolves; a failed run is an event like any other.
  async function settled(work) {
    failures.length = 0;
    await work;
    const failure = failures.find(({ code }) => FATAL.has(code));
    if (failure) throw failure;
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
    run({ tools = [], ...parameters }) {
      core.setTools(registrations(tools));
      return settled(core.runAgent({ agent, ...parameters }));
    },
    connect: () => settled(core.connectAgent({ agent })),
    stop: async () => core.stopAgent({ agent }),
    setToken: (next) => core.setHeaders({ Authorization: `Bearer ${next}` }),
  };
}

async function connected(core) {
  const { promise, resolve, reject } = withResolvers();
  const { unsubscribe } = core.subscribe({
    onRuntimeConnectionStatusChanged: ({ status }) => {
      if (status === "connected") resolve();
      if (status === "error") reject(new Error("the core found no runtime"));
    },
  });
  await promise;
  unsubscribe();
}

function withResolvers() {
  let resolve;
  let reject;
  const promise = new Promise((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
