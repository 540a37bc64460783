import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const SERVER = "http://127.0.0.1:8008";

export default defineConfig({
  base: "/",
  plugins: [react(), tailwindcss()],
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
