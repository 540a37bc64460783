// Keeps stock AG-UI clients in their threads: one that is thrown out of a stream joins again at another server.
//
// stdin, one JSON a line: {id, version, urls, token, seed, outlivesQuestions, threadId,
//                          start?: {runId, messages, forwardedProps}}; with `start` the client starts the run,
//                          and answers what its agents ask; without, it joins the thread.
// stdout, one JSON a line: {id, heard: true} with the first event; {complaint} for what a client says on the console,
//                          or nobody catches; {id, done: {joins, cuts, answers, rejected, messages, state}}.

import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";

import { newJoiningAgent } from "./joining-agent.mjs";

const packages = { "1.0.0": "ag-ui-client-1", "0.0.59": "ag-ui-client-0" };
const cutsPerEvent = 0.004;
const patienceMs = 3000;
const pauseMs = 100;
// What Node says of a connection that was lost, or never came about.
const outages = ["terminated", "fetch failed"];

listenForComplaints();
for await (const line of createInterface({ input: process.stdin })) stay(JSON.parse(line));
process.exit(0);

async function stay(order) {
  const visit = { ...order, chance: chanceOf(order.seed), joins: 0, cuts: 0, answers: 0, rejected: [], heard: false, end: null };
  let agent = await newAgent(visit);
  while (!isOver(visit)) {
    await enter(agent, visit);
    if (isOver(visit)) break;
    await pause(pauseMs);
    // A page that did not ask has to be loaded again to see what comes after a question.
    if (asks(visit.end) && !visit.start) agent = await newAgent(visit);
  }
  const { joins, cuts, answers, rejected } = visit;
  tell({ id: visit.id, done: { joins, cuts, answers, rejected, messages: agent.messages, state: agent.state } });
}

function newAgent(visit) {
  return newJoiningAgent(packages[visit.version], {
    // `impatiently` says at which server.
    url: "run",
    connectUrl: "connect",
    headers: { Authorization: `Bearer ${visit.token}` },
    threadId: visit.threadId,
    initialMessages: visit.start?.messages ?? [],
    fetch: (path, init) => impatiently(visit, path, init),
  });
}

async function enter(agent, visit) {
  const { runId, forwardedProps } = visit.start ?? {};
  const subscriber = { onEvent: ({ event }) => note(visit, event) };
  visit.url = another(visit);
  try {
    if (visit.start && !visit.heard) {
      await agent.runAgent({ runId, forwardedProps }, subscriber);
    } else if (visit.start && asks(visit.end)) {
      await agent.runAgent({ runId, forwardedProps, resume: agent.pendingInterrupts.map(answer) }, subscriber);
    } else {
      visit.joins += 1;
      // What was answered in a stream that broke is pending for the client until it has seen the run's next end.
      await agent.connectAgent({ resume: agent.pendingInterrupts.map(answer) }, subscriber);
    }
  } catch (error) {
    const isOutage = error.status >= 500 || outages.includes(error.message);
    if (!isOutage) visit.rejected.push(String(error).slice(0, 500));
  } finally {
    clearTimeout(visit.timer);
  }
}

function impatiently(visit, path, init) {
  visit.cutter = new AbortController();
  restartTimer(visit);
  return fetch(`${visit.url}/api/copilotkit/agent/default/${path}`, { ...init, signal: visit.cutter.signal });
}

function restartTimer(visit) {
  clearTimeout(visit.timer);
  visit.timer = setTimeout(() => cut(visit), patienceMs);
}

function cut({ cutter }) {
  cutter.abort(new TypeError(outages[0]));
}

function note(visit, event) {
  restartTimer(visit);
  if (!visit.heard) tell({ id: visit.id, heard: true });
  if (visit.start && asks(visit.end)) visit.answers += 1;
  visit.heard = true;
  visit.end = event.type === "RUN_FINISHED" || event.type === "RUN_ERROR" ? event : null;
  if (!visit.end && visit.chance() < cutsPerEvent) {
    visit.cuts += 1;
    cut(visit);
  }
}

function isOver({ rejected, end, outlivesQuestions }) {
  return rejected.length > 0 || (end !== null && !(asks(end) && outlivesQuestions));
}

function asks(end) {
  return end?.outcome?.type === "interrupt";
}

function answer({ id }) {
  return { interruptId: id, status: "resolved", payload: "Yes." };
}

function another({ urls, url, chance }) {
  const others = urls.filter((other) => other !== url);
  return others[Math.floor(chance() * others.length)];
}

// Mulberry32: a small generator that a seed makes repeatable.
function chanceOf(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

// The clients tell of dropped fields, events and patches only on the console.
function listenForComplaints() {
  const complain = (...words) => {
    const complaint = words.map(String).join(" ").slice(0, 500);
    // A stream that broke is what this is about; `enter` sees it. Both versions leave one rejection of it unhandled.
    if (!outages.some((outage) => complaint.endsWith(`TypeError: ${outage}`))) tell({ complaint });
  };
  Object.assign(console, { warn: complain, error: complain, log: complain });
  process.on("unhandledRejection", (reason) => complain(reason));
}

function tell(line) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
