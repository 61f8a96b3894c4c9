import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import type { Database, Source } from "./database.ts";
import { parseEntry } from "./entry.ts";
import { type Entry, type GuestBook, PAGE_SIZE } from "./guest-book.ts";
import type { Health } from "./health.ts";
import { type Answerer, type BookPage, bookPage, messagePage } from "./pages.ts";
import { json, page, type Reply, seeOther } from "./reply.ts";
import { cookie, isCrossOrigin, isHttps, readBody, webHost } from "./request.ts";

export interface Visit {
  readonly request: IncomingMessage;
  readonly url: URL;
  /** Logs an error that the visitor is told of in other words. */
  readonly fail: (error: unknown) => void;
}

export type Route = (visit: Visit) => Promise<Reply>;

/** Routes by path, then by method; HEAD is answered as GET. */
export type Routes = Readonly<Record<string, Readonly<Record<string, Route>>>>;

export interface RouteParts {
  readonly release: string;
  readonly hostName: string;
  readonly database: Database;
  readonly guestBook: GuestBook;
  readonly checkHealth: () => Promise<Health>;
  readonly isDraining: () => boolean;
}

const BODY_LIMIT_BYTES = 8192;

/**
 * Names the entry that this browser wrote last. Reads go to the writer until the reader has that entry: whatever the
 * replica's lag, visitors see what they wrote, and no time has to be guessed.
 */
const LAST_ENTRY = "last-entry";
const LAST_ENTRY_SECONDS = 3600;
const ENTRY_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function createRoutes(parts: RouteParts): Routes {
  const { database, guestBook } = parts;

  async function sign(visit: Visit): Promise<Reply> {
    const { headers } = visit.request;
    if (isCrossOrigin(headers)) {
      return page(403, messagePage("Not accepted", "The entry was sent from a page of another site."));
    }
    if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(headers["content-type"] ?? "")) {
      return page(415, messagePage("Not accepted", "Send the entry as application/x-www-form-urlencoded."));
    }
    const body = await readBody(visit.request, BODY_LIMIT_BYTES);
    if (body === undefined) {
      return page(413, messagePage("Too large", `An entry may have ${BODY_LIMIT_BYTES} bytes in all. Shorten it.`));
    }
    const draft = parseEntry(new URLSearchParams(body));
    if (Object.keys(draft.problems).length > 0) return showBook(visit, 422, { draft });
    try {
      const id = await guestBook.write(draft.entry);
      return seeOther(`/#entry-${id}`, { "Set-Cookie": lastEntryCookie(visit.request, id, LAST_ENTRY_SECONDS) });
    } catch (error) {
      visit.fail(error);
      const failure = "Your entry was not saved, as the database takes no entries now. Send it again in a moment.";
      return showBook(visit, 503, { draft, failure });
    }
  }

  /** The page is made also when no database answers: it then says so, and which hosts did. */
  async function showBook(visit: Visit, status: number, extra: Partial<BookPage> = {}): Promise<Reply> {
    const read = await readEntries(visit).catch(visit.fail);
    const entries = read?.entries ?? [];
    const body = bookPage({
      ...answerer(visit.request),
      source: read?.source,
      entries,
      older: olderThan(entries),
      ...extra,
    });
    return page(read ? status : 503, body, read?.headers);
  }

  async function listEntries(visit: Visit): Promise<Reply> {
    const { entries, source, headers } = await readEntries(visit);
    return json(200, { entries, older: olderThan(entries) ?? null, readFrom: source }, headers);
  }

  async function readEntries({ request, url }: Visit): Promise<EntriesRead> {
    const last = cookie(request.headers, LAST_ENTRY);
    const mustInclude = last !== undefined && ENTRY_ID.test(last) ? last : undefined;
    const { value: entries, source } = await guestBook.list({ before: beforeOf(url), mustInclude });
    const isServedItsPurpose = last !== undefined && source.role === "reader";
    return { entries, source, headers: isServedItsPurpose ? { "Set-Cookie": lastEntryCookie(request, "", 0) } : {} };
  }

  async function showStatus({ request, fail }: Visit): Promise<Reply> {
    const [readFrom = null, writeTo = null] = await Promise.all([
      database.locate("read").catch(fail),
      database.locate("write").catch(fail),
    ]);
    return json(200, { ...answerer(request), draining: parts.isDraining(), readFrom, writeTo });
  }

  async function showHealth(): Promise<Reply> {
    const health = await parts.checkHealth();
    return json(health.status === "ok" ? 200 : 503, health);
  }

  function answerer(request: IncomingMessage): Answerer {
    return { release: parts.release, webHost: webHost(request.headers), appHost: parts.hostName };
  }

  return {
    "/": { GET: (visit) => showBook(visit, 200) },
    "/entries": { POST: sign },
    "/api/entries": { GET: listEntries },
    "/api/status": { GET: showStatus },
    "/healthz": { GET: showHealth },
    "/livez": { GET: async () => json(200, { status: "ok" }) },
  };
}

interface EntriesRead {
  readonly entries: readonly Entry[];
  readonly source: Source;
  readonly headers: OutgoingHttpHeaders;
}

function beforeOf(url: URL): number | undefined {
  const before = url.searchParams.get("before");
  return before !== null && /^\d{1,15}$/.test(before) ? Number(before) : undefined;
}

function olderThan(entries: readonly Entry[]): number | undefined {
  return entries.length === PAGE_SIZE ? entries.at(-1)?.number : undefined;
}

function lastEntryCookie(request: IncomingMessage, value: string, seconds: number): string {
  const secure = isHttps(request) ? "; Secure" : "";
  return `${LAST_ENTRY}=${value}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Lax${secure}`;
}
