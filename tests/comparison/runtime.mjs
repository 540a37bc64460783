// CopilotKit's Node runtime with its in-memory runner, as its documentation starts it.
//
//   node runtime.mjs <port> [throw|supersede]      the second: the runner's `onConcurrentRun`

import { createServer } from "node:http";

import { CopilotRuntime, InMemoryAgentRunner } from "@copilotkit/runtime/v2";
import { createCopilotNodeListener } from "@copilotkit/runtime/v2/node";

import { ScriptedAgent } from "./scripted-agent.mjs";

const [port, onConcurrentRun = "throw"] = process.argv.slice(2);
const runtime = new CopilotRuntime({
  agents: { script: new ScriptedAgent() },
  runner: new InMemoryAgentRunner({ onConcurrentRun }),
});
createServer(createCopilotNodeListener({ runtime, basePath: "/api/copilotkit" })).listen(
  Number(port),
  "127.0.0.1",
);
