/** CopilotKit as anybody would use it, with `runtimeUrl` and nothing of ours: for browser tests. */
import "@copilotkit/react-core/v2/styles.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { z } from "zod";
import { Page } from "./page";

const asked = new URLSearchParams(window.location.search);
const workSchema = z.record(z.unknown()).catch({});

const root = document.getElementById("root");
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <Page
        threadId={asked.get("thread") ?? "stock"}
        work={workSchema.parse(JSON.parse(asked.get("work") ?? "{}"))}
      />
    </StrictMode>,
  );
}
