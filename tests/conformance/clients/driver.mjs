// One kind of client, for many scenarios: an order per line on stdin, a report per line on stdout.
//
//   node driver.mjs <kind>        kinds: see `kinds` below
//
// order:  {url, token, agent, thread, steps: [step]}; steps are explained in stage.mjs
// report: {outcomes, seen, pages, streams, warnings, errors, unhandled}

import { once } from "node:events";
import { createInterface } from "node:readline";
import { setImmediate } from "node:timers/promises";

import { listenForComplaints } from "./complaints.mjs";
import { openCorePage } from "./core-page.mjs";
import { openHttpPage } from "./http-page.mjs";
import { openRawPage } from "./raw-page.mjs";
import { Stage } from "./stage.mjs";

const kinds = {
  "ag-ui 1.0.0": (place) => openHttpPage("ag-ui-client-1", place),
  "ag-ui 0.0.59": (place) => openHttpPage("ag-ui-client-0", place),
  "core rest": (place) => openCorePage("rest", place),
  "core single": (place) => openCorePage("single", place),
  "core auto": (place) => openCorePage("auto", place),
  "bytes 1.0": (place) => openRawPage("1.0", place),
  "bytes 0.0.59": (place) => openRawPage(undefined, place),
};

const openPage = kinds[process.argv[2]];
if (!openPage) throw new Error(`There is no client ${process.argv[2]}; try ${Object.keys(kinds)}.`);
const complaints = listenForComplaints();
for await (const line of createInterface({ input: process.stdin })) {
  const stage = new Stage(JSON.parse(line), openPage);
  const report = await stage.play();
  // A rejection that nobody handles is told only after the loop has turned.
  await setImmediate();
  await setImmediate();
  await write({ ...report, ...complaints.take() });
}
process.exit(0);

async function write(report) {
  if (!process.stdout.write(`${JSON.stringify(report)}\n`)) await once(process.stdout, "drain");
}
