// Holds events against the schema of the stock client 0.0.59, which rejects a whole run for one that does not fit.
//
// stdin: [event]; stdout: [what is wrong with it, or null]

import { text } from "node:stream/consumers";

import { EventSchemas } from "ag-ui-client-0";

const judged = JSON.parse(await text(process.stdin)).map((event) => {
  const { error } = EventSchemas.safeParse(event);
  return error === undefined ? null : JSON.stringify(error.issues[0]).slice(0, 400);
});
process.stdout.write(`${JSON.stringify(judged)}\n`);
