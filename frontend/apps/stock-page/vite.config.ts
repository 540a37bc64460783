import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  base: "/stock/",
  plugins: [react()],
  resolve: {
    alias: [
      { find: /^shiki(\/.*)?$/, replacement: plain("shiki") },
      { find: /^mermaid$/, replacement: plain("mermaid") },
    ],
  },
  build: { outDir: "dist", emptyOutDir: true, minify: false, chunkSizeWarningLimit: 6000 },
});

/** What stands in for CopilotKit's renderers of diagrams and code; the console has the same. */
function plain(name: string): string {
  return fileURLToPath(new URL(`../console/plain/${name}.ts`, import.meta.url));
}
