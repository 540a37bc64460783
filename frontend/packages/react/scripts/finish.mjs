/** Makes `dist` what is published: its manifest, types that Node can resolve, README and licence. */
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";

const {
  private: _,
  scripts,
  devDependencies,
  exports,
  ...manifest
} = JSON.parse(readFileSync("package.json", "utf8"));
const published = {
  ...manifest,
  exports: {
    ".": { types: "./types/index.d.ts", default: "./index.js" },
    "./styles.css": "./styles.css",
    "./package.json": "./package.json",
  },
};
writeFileSync("dist/package.json", `${JSON.stringify(published, null, 2)}\n`);

// TypeScript leaves relative imports as they are written; Node's rules want the ending.
for (const name of readdirSync("dist/types", { recursive: true, encoding: "utf8" })) {
  if (!name.endsWith(".d.ts")) continue;
  const text = readFileSync(`dist/types/${name}`, "utf8");
  const finished = text.replaceAll(/(["'])(\.{1,2}\/[^"']+)\1/g, "$1$2.js$1");
  writeFileSync(`dist/types/${name}`, finished);
}
copyFileSync("README.md", "dist/README.md");
copyFileSync("../../../LICENSE", "dist/LICENSE");
