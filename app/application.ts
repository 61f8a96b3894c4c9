import type { IncomingMessage, RequestListener } from "node:http";
import { errorFields, type Log } from "./log.ts";
import { messagePage } from "./pages.ts";
import { json, page, type Reply, send } from "./reply.ts";
import { requestId } from "./request.ts";
import type { Routes } from "./routes.ts";

export interface ApplicationParts {
  readonly routes: Routes;
  readonly log: Log;
  readonly isDraining: () => boolean;
}

/** Answers every request by its route, and writes one line to the log for each. */
export function createApplication({ routes, log, isDraining }: ApplicationParts): RequestListener {
  return async (request, response) => {
    const started = performance.now();
    const id = requestId(request.headers);
    const url = parseUrl(request.url);
    response.on("close", () => {
      const about = { requestId: id, method: request.method, path: url?.pathname ?? "(not a path)" };
      const ms = Math.round(performance.now() - started);
      const cut = response.writableFinished ? {} : { aborted: true };
      log.info("request", { ...about, status: response.statusCode, ms, ...cut });
    });
    const fail = (error: unknown) => log.error("request failed", { requestId: id, ...errorFields(error) });
    const reply = await answer(routes, request, url, fail);
    response.setHeader("X-Request-Id", id);
    // Tells clients and web servers to go elsewhere with their next request.
    if (isDraining()) response.setHeader("Connection", "close");
    send(response, reply);
  };
}

async function answer(
  routes: Routes,
  request: IncomingMessage,
  url: URL | undefined,
  fail: (error: unknown) => void,
): Promise<Reply> {
  if (url === undefined) return page(400, messagePage("Bad request", "This is not an address."));
  const refuse = refusal(url);
  const methods = Object.hasOwn(routes, url.pathname) ? routes[url.pathname] : undefined;
  if (methods === undefined) return refuse(404, "Not found", "There is nothing at this address.");
  const method = request.method === "HEAD" ? "GET" : (request.method ?? "");
  const route = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (route === undefined) {
    const allowed = Object.keys(methods).flatMap((name) => (name === "GET" ? ["GET", "HEAD"] : [name]));
    const text = `This address takes ${allowed.join(" and ")} only.`;
    return refuse(405, "Method not allowed", text, { Allow: allowed.join(", ") });
  }
  try {
    return await route({ request, url, fail });
  } catch (error) {
    fail(error);
    return refuse(503, "Unavailable", "The request cannot be answered now. Try again in a moment.");
  }
}

/** Says no as data under `/api/`, else as a page. */
function refusal({ pathname }: URL) {
  return (status: number, title: string, text: string, headers: Record<string, string> = {}): Reply =>
    pathname.startsWith("/api/")
      ? json(status, { error: text }, headers)
      : page(status, messagePage(title, text), headers);
}

function parseUrl(target = "/"): URL | undefined {
  const base = "http://localhost";
  return URL.canParse(target, base) ? new URL(target, base) : undefined;
}
