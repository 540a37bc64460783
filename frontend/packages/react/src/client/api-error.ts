/** What the server says when it refuses (RFC 9457), or what we say when it does not answer. */
import { problemSchema } from "./api-schema";
import { retryAfterMs } from "./backoff";
import { parseJson } from "./json";

export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
}

export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title);
    this.name = "ApiError";
  }
}

// Who answers may be a proxy and not the server, so nothing of it is certain.
const bodySchema = problemSchema.partial();

/** Read a response that is not 2xx. */
export async function problemOf(response: Response, nowMs = Date.now()): Promise<Problem> {
  const parsed = bodySchema.safeParse(parseJson(await response.text().catch(() => "")));
  const body = parsed.success ? parsed.data : {};
  return {
    status: response.status,
    code: body.code ?? `http_${response.status}`,
    title: body.title ?? body.error ?? `The server answered ${response.status}`,
    detail: body.detail ?? body.message ?? "",
    requestId: body.requestId ?? response.headers.get("X-Request-ID") ?? undefined,
    retryAfterMs: retryAfterMs(response.headers.get("Retry-After"), nowMs),
  };
}

/** The request never got an answer. */
export function unreachable(): Problem {
  return {
    status: 0,
    code: "unreachable",
    title: "The server does not answer",
    detail: "",
    requestId: undefined,
    retryAfterMs: undefined,
  };
}

/** Turn whatever was thrown into a problem. */
export function problemFrom(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  if (error instanceof TypeError) return unreachable();
  const detail = error instanceof Error ? error.message : String(error);
  return { ...unreachable(), code: "unexpected", title: "Something went wrong", detail };
}
