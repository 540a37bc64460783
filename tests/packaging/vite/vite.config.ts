import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = process.env.SERGAS_URL;

export default defineConfig({
  plugins: [react()],
  build: { chunkSizeWarningLimit: 5000 },
  preview: { proxy: { "/api": { target: server, changeOrigin: true } } },
});
