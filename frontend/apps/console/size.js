/** Weighs what the browser has to load before the first screen, and fails above the limit. */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMITS_KB = { js: 350, css: 40 };
const dist = new URL("./dist/", import.meta.url);
const page = readFileSync(new URL("index.html", dist), "utf8");
const files = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(js|css))"/g)];

let isTooMuch = files.length === 0;
for (const [kind, limit] of Object.entries(LIMITS_KB)) {
  const names = files.filter(([, , ending]) => ending === kind).map(([, name]) => name);
  const sizes = names.map((name) => gzipSync(readFileSync(new URL(name, dist))).length);
  const kb = sizes.reduce((sum, size) => sum + size, 0) / 1000;
  isTooMuch ||= kb > limit;
  console.log(
    `first load, ${kind}: ${kb.toFixed(1)} kB gzip in ${names.length} files (limit ${limit})`,
  );
}
process.exit(isTooMuch ? 1 : 0);
