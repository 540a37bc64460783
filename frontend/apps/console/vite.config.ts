import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const SERVER = "http://127.0.0.1:8008";

export default defineConfig({
  base: "/",
  plugins: [react(), tailwindcss(), compressed()],
  resolve: {
    alias: [
      { find: /^shiki(\/.*)?$/, replacement: plain("shiki") },
      { find: /^mermaid$/, replacement: plain("mermaid") },
    ],
  },
  build: { outDir: "dist", emptyOutDir: true, chunkSizeWarningLimit: 2500 },
  server: { host: "127.0.0.1", proxy: { "/api": SERVER, "/health": SERVER } },
});

function plain(name: string): string {
  return fileURLToPath(new URL(`./plain/${name}.ts`, import.meta.url));
}

/** Scripts and styles have a compressed twin, which the server gives to whoever takes it. */
function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    closeBundle() {
      const folder = fileURLToPath(new URL("./dist/assets/", import.meta.url));
      for (const name of readdirSync(folder).filter((file) => /\.(js|css)$/.test(file))) {
        writeFileSync(`${folder}${name}.gz`, gzipSync(readFileSync(`${folder}${name}`)));
      }
    },
  };
}
