/** Requests of the JSON interface, with failures as ApiError. */
import { ApiError } from "./api";

const TIMEOUT = 15_000; // milliseconds until a request that got no answer has failed

type Code = ApiError["code"];
const CODES: Record<Code, true> = {
  notFound: true,
  passwordNeeded: true,
  passwordWrong: true,
  unauthorized: true,
  locked: true,
  full: true,
  expired: true,
  usedUp: true,
  revoked: true,
  forbidden: true,
  exists: true,
  invalid: true,
  tooMany: true,
  unavailable: true,
};
const isCode = (code: unknown): code is Code => typeof code === "string" && code in CODES;

/** What stands for a failure that the server did not word: of a proxy, or of no server at all. */
function codeOf(status: number): Code {
  if (status === 401) return "unauthorized";
  if (status === 403) return "forbidden";
  if (status === 404) return "notFound";
  if (status === 409) return "exists";
  if (status === 429) return "tooMany";
  return status >= 400 && status < 500 ? "invalid" : "unavailable";
}

export interface Request {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  body?: unknown;
  token?: string;
  /** Ends the request; without one it ends by itself after a while. */
  signal?: AbortSignal;
}

/** The answer to a request, when it is a success. */
export async function send(path: string, { method = "GET", body, token, signal }: Request = {}): Promise<Response> {
  const timeout = signal ? undefined : new AbortController();
  const timer = timeout && setTimeout(() => timeout.abort(), TIMEOUT);
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      cache: "no-store",
      signal: signal ?? timeout?.signal ?? null,
      headers: {
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (error) {
    throw new ApiError(0, "unavailable", error instanceof Error ? error.message : String(error));
  } finally {
    clearTimeout(timer);
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** The body of the answer. The server is trusted to answer what docs/api.md says. */
export async function ask<T>(path: string, request?: Request): Promise<T> {
  const response = await send(path, request);
  try {
    return (await response.json()) as T;
  } catch {
    throw new ApiError(response.status, "unavailable", "The answer is no JSON.");
  }
}

/** RFC 9457 */
async function problemOf(response: Response): Promise<ApiError> {
  const problem: unknown = await response.json().catch(() => undefined);
  const member = (name: string): unknown =>
    typeof problem === "object" && problem !== null ? (problem as Record<string, unknown>)[name] : undefined;
  const code = member("code");
  const words = [member("detail"), member("title"), response.statusText].find((text) => typeof text === "string" && text !== "");
  return new ApiError(response.status, isCode(code) ? code : codeOf(response.status), String(words ?? response.status));
}
