import { connect, type NetConnectOpts, type Socket } from "node:net";

/** Connects, or says why not. */
export function dial({ timeoutMs, ...options }: NetConnectOpts & { readonly timeoutMs: number }): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ ...options, allowHalfOpen: true });
    const timer = setTimeout(
      () => socket.destroy(new Error(`no answer within ${timeoutMs / 1000} seconds`)),
      timeoutMs,
    );
    socket.once("error", reject);
    socket.once("connect", () => {
      clearTimeout(timer);
      socket.off("error", reject);
      resolve(socket);
    });
    socket.once("close", () => clearTimeout(timer));
  });
}

/** The first line that comes, without its end. What comes after it stays to be read. */
export function readLine(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let sofar = Buffer.alloc(0);
    const failed = (error?: Error) => reject(error ?? new Error("the connection ended before a line was complete"));
    const read = () => {
      for (let chunk: Buffer | null = socket.read(); chunk !== null; chunk = socket.read()) {
        sofar = Buffer.concat([sofar, chunk]);
        const end = sofar.indexOf("\n");
        if (end === -1) continue;
        socket.off("readable", read).off("end", failed).off("error", failed).off("close", failed);
        if (end + 1 < sofar.length) socket.unshift(sofar.subarray(end + 1));
        resolve(sofar.subarray(0, end).toString());
        return;
      }
    };
    socket.on("readable", read).once("end", failed).once("error", failed).once("close", failed);
  });
}
