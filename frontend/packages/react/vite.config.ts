import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";

/** One module for all, marked for the browser's side of Next.js, and one style sheet. */
export default defineConfig({
  plugins: [tailwindcss()],
  build: {
    outDir: "dist",
    sourcemap: true,
    minify: false,
    cssCodeSplit: true,
    lib: { entry: ["src/index.ts", "src/standalone.css"], formats: ["es"] },
    rolldownOptions: {
      external: /^(react|react-dom|@copilotkit|lucide-react|web-vitals|zod)(\/|$)/,
      output: {
        entryFileNames: "[name].js",
        assetFileNames: "styles.css",
        banner: ({ name }) => (name === "index" ? '"use client";' : ""),
      },
    },
  },
});
