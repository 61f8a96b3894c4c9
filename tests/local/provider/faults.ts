/** A proxy before the emulated AWS API that answers chosen calls as AWS does on a bad day. */
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** What happens to a call: an error in the form of the call, a changed answer, or `undefined` to let it pass. */
export type Fault =
  | { readonly status: number; readonly code: string; readonly message?: string }
  | { readonly rewrite: (body: string) => string }
  | undefined;

export interface FaultyApi {
  readonly endpoint: string;
  /** Names of the calls that arrived, in order (`CreateVpc`). */
  readonly calls: string[];
  stop(): void;
}

/** `decide` gets the call's name and how often it came before. */
export async function startFaultyApi(
  target: string,
  decide: (action: string, before: number) => Fault,
): Promise<FaultyApi> {
  const calls: string[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming);
    const action = actionOf(incoming, body);
    const fault = decide(action, calls.filter((call) => call === action).length);
    calls.push(action);
    if (fault && "code" in fault) refuse(incoming, outgoing, fault);
    else forward(target, incoming, body, outgoing, fault?.rewrite);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls, stop };
}

/** Some services name a call in the form that is the body, the others in a header (`CertificateManager.DescribeCertificate`). */
function actionOf({ headers }: IncomingMessage, body: Buffer): string {
  return (
    new URLSearchParams(body.toString()).get("Action") ?? String(headers["x-amz-target"] ?? "").replace(/^.*\./, "")
  );
}

function refuse(
  { headers }: IncomingMessage,
  outgoing: ServerResponse,
  { status, code, message = "made by the test" }: { status: number; code: string; message?: string },
): void {
  if (headers["x-amz-target"]) {
    outgoing.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
    outgoing.end(JSON.stringify({ __type: code, message }));
    return;
  }
  outgoing.writeHead(status, { "content-type": "text/xml" });
  outgoing.end(
    `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors><RequestID>0</RequestID></Response>`,
  );
}

function forward(
  target: string,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  outgoing: ServerResponse,
  rewrite = (text: string) => text,
): void {
  const onward = request(new URL(url ?? "/", target), { method, headers }, async (answer) => {
    const text = rewrite((await buffer(answer)).toString());
    outgoing.writeHead(answer.statusCode ?? 500, { "content-type": answer.headers["content-type"] ?? "text/xml" });
    outgoing.end(text);
  });
  onward.end(body);
}
