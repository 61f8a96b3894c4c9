import { closeSync, constants, openSync } from "node:fs";
import { connect } from "node:net";

const PATIENCE_MS = 5_000;

/**
 * Says something to a socket in a directory, and returns what it answers, until it is complete or the other side closes. The path of a socket has 107
 * bytes at most; the directory's may be longer.
 *
 * @throws Error where nobody listens, or answers within some seconds
 */
export async function converse(
  directory: string,
  socket: string,
  words: string | Uint8Array,
  isComplete: (answer: Buffer) => boolean = () => false,
): Promise<Buffer> {
  const descriptor = openSync(directory, constants.O_RDONLY | constants.O_DIRECTORY);
  const connection = connect(`/proc/self/fd/${descriptor}/${socket}`);
  connection.setTimeout(PATIENCE_MS, () => connection.destroy(new Error(`${socket} does not answer`)));
  try {
    connection.write(words);
    let answer = Buffer.alloc(0);
    for await (const part of connection) {
      answer = Buffer.concat([answer, part]);
      if (isComplete(answer)) break;
    }
    return answer;
  } finally {
    connection.destroy();
    closeSync(descriptor);
  }
}
