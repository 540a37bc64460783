import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "happy-dom",
    include: ["packages/*/tests/**/*.test.{ts,tsx}", "apps/*/tests/**/*.test.{ts,tsx}"],
    benchmark: { include: ["packages/*/bench/**/*.bench.ts"] },
    testTimeout: 20_000,
    // They import style sheets, which Node cannot.
    server: { deps: { inline: [/@copilotkit\/react-core/, /katex/, /streamdown/] } },
  },
});
