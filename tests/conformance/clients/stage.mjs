// Plays the steps of one scenario with the pages of one kind of client, and tells what came of them.
//
// A page is a browser tab; it opens when it is first named, for a thread and an agent.
//
// step: {do, page?, thread?, agent?, during?, ...}, where `do` is one of
//   run      {run, props, text?, tools?}   say something, and run; the page has these tools
//   answer   {run, how, payload?}   answer the interrupts of the page (or of the page `asked`)
//   connect  {}                     join the thread, as after a reload
//   stop     {run}                  stop the run in the way this client has
//   expire   {}                     wait until the page's interrupts have expired
//   token    {token}                go on with another token
//   steps    {steps}                these steps, in order
//   post     {path, body?}          send a request of the server's own API
// `run` and `thread` are names, and `id` makes the ids. `{soon}` in `props` becomes a time.
// `during` has steps that begin when this step's stream has shown `after: [type, count]`.
// Outcomes stand in the order of the steps, each before those within it, whatever ended first.

import { setTimeout as sleep } from "node:timers/promises";

const STREAMING = new Set(["run", "answer", "connect"]);
const TERMINAL = new Set(["RUN_FINISHED", "RUN_ERROR"]);
const PATIENCE_MS = 20_000;
const SOON_MS = 300;

export class Stage {
  constructor(order, openPage) {
    this.order = order;
    this.openPage = openPage;
    this.pages = new Map();
    this.seen = {};
  }

  async play() {
    const outcomes = await this.performAll(this.order.steps);
    const pages = {};
    for (const [name, page] of this.pages) {
      pages[name] = { thread: page.threadId, messages: page.messages, state: page.state };
    }
    const streams = [...this.pages.values()].flatMap((page) => page.streams ?? []);
    return { outcomes, seen: this.seen, pages, streams };
  }

  id(name) {
    return `${this.order.thread}.${name}`;
  }

  async page({ page: name = "tab", thread = "t", agent = this.order.agent }) {
    if (!this.pages.has(name)) {
      const { url, token } = this.order;
      this.pages.set(name, await this.openPage({ url, token, agent, threadId: this.id(thread) }));
    }
    return this.pages.get(name);
  }

  async performAll(steps) {
    const outcomes = [];
    for (const step of steps) outcomes.push(...(await this.perform(step)));
    return outcomes;
  }

  async perform(step) {
    if (step.do === "steps") return ["done", ...(await this.performAll(step.steps))];
    const watch = new Watch(step, (next) => this.perform(next));
    try {
      const page = await this.page(step);
      const unwatch = page.watch((event) => watch.see(event));
      watch.told = await withinPatience(actions[step.do](this, page, step)).finally(unwatch);
    } catch (failure) {
      watch.failure = failure;
    }
    const begun = await watch.begunOutcomes();
    this.count(step, watch);
    return [watch.outcome(step), ...begun];
  }

  count(step, { seen }) {
    if (!STREAMING.has(step.do)) return;
    for (const [type, count] of Object.entries(seen)) {
      this.seen[type] = (this.seen[type] ?? 0) + count;
    }
  }
}

// What one step's stream shows, and the steps that begin because of it.
class Watch {
  constructor({ during = [] }, begin) {
    this.waiting = during;
    this.begin = begin;
    this.begun = new Map();
    this.seen = {};
    this.ends = [];
  }

  see(event) {
    this.seen[event.type] = (this.seen[event.type] ?? 0) + 1;
    if (TERMINAL.has(event.type)) this.ends.push(event);
    for (const step of this.waiting) {
      const [type, count] = step.after;
      if (event.type === type && this.seen[type] === count) this.begun.set(step, this.begin(step));
    }
  }

  async begunOutcomes() {
    const begun = this.waiting.filter((step) => this.begun.has(step));
    return (await Promise.all(begun.map((step) => this.begun.get(step)))).flat();
  }

  outcome(step) {
    if (this.failure) return refusal(this.failure);
    if (!STREAMING.has(step.do)) return this.told ?? "done";
    return this.ends.map(ending).join(", ") || "no end";
  }
}

const actions = {
  async run(stage, page, { run, props, tools, text = "Go." }) {
    page.say({ id: stage.id(`${run}-said`), role: "user", content: text });
    await page.run({ runId: stage.id(run), forwardedProps: withTimes(props), tools });
  },
  async answer(stage, page, { run, how, asked, payload = "Yes." }) {
    const { interrupts } = asked ? stage.pages.get(asked) : page;
    const answer = how === "resolved" ? { status: how, payload } : { status: how };
    const resume = interrupts.map(({ id }) => ({ interruptId: id, ...answer }));
    await page.run({ runId: stage.id(run), resume });
  },
  async connect(_stage, page) {
    await page.connect();
  },
  async stop(stage, page, { run }) {
    await page.stop(stage.id(run));
  },
  async expire(_stage, page) {
    const latest = Math.max(...page.interrupts.map(expiryOf));
    while (Date.now() <= latest) await sleep(latest - Date.now() + 1);
  },
  async token(_stage, page, { token }) {
    page.setToken(token);
  },
  async post(stage, _page, { path, body = {} }) {
    const { url, token } = stage.order;
    const answer = await fetch(url + path.replace(/\{(\w+)\}/g, (_, name) => stage.id(name)), {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return String(answer.status);
  },
};

// A client of 0.0.59 is told the time of expiry in `metadata`.
function expiryOf({ expiresAt, metadata }) {
  return Date.parse(expiresAt ?? metadata.expiresAt);
}

function ending({ type, outcome, metadata, code }) {
  if (type === "RUN_ERROR") return `error ${code}`;
  return metadata?.cancelled ? "cancelled" : (outcome?.type ?? "success");
}

// The stock clients parse no `application/problem+json`; they hand its text on.
function refusal({ status, payload, message }) {
  if (!Number.isInteger(status)) return `rejected: ${message}`;
  const problem = typeof payload === "string" ? JSON.parse(payload) : payload;
  return `${status} ${problem.code}`;
}

function withTimes(props) {
  const soon = new Date(Date.now() + SOON_MS).toISOString();
  return JSON.parse(JSON.stringify(props).replaceAll("{soon}", soon));
}

function withinPatience(work) {
  const late = sleep(PATIENCE_MS, undefined, { ref: false }).then(() => {
    throw new Error(`nothing came of it within ${PATIENCE_MS} ms`);
  });
  return Promise.race([work, late]);
}
