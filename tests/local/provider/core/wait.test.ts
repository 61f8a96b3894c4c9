import test from "ava";
import { until } from "../../../../local/provider/core/wait.ts";

const patience = (timeout: number, signal = new AbortController().signal) => ({
  signal,
  timeout,
  deadline: Date.now() + timeout * 1000,
});

test("waiting ends with the first answer", async (t) => {
  const answers = [undefined, undefined, 0, 1];
  t.is(await until(patience(60), "an answer", async () => answers.shift()), 0);
  t.deepEqual(answers, [1]);
});

test("waiting that ends at its deadline says for what, and what it saw instead", async (t) => {
  const waiting = until(
    patience(0),
    "volume v-1 to be attached",
    async () => undefined,
    () => "attaching",
  );
  await t.throwsAsync(waiting, {
    name: "ProviderError",
    message: "waited for volume v-1 to be attached until the timeout of 0 s was over; it is still attaching",
  });
});

test("an error while waiting ends it", async (t) => {
  await t.throwsAsync(
    until(patience(60), "an answer", async () => {
      throw new Error("refused");
    }),
    { message: "refused" },
  );
});

test("cancelling ends a wait at once", async (t) => {
  const controller = new AbortController();
  const waiting = until(patience(60, controller.signal), "an answer", async () => {
    controller.abort();
    return undefined;
  });
  await t.throwsAsync(waiting, { name: "ProviderError", message: "cancelled while waiting for an answer" });
});
