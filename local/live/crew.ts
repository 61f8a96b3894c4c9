import { setTimeout as sleep } from "node:timers/promises";

/** How one kind of thing is started, changed and stopped. */
export interface Trade<Wanted, Member> {
  readonly start: (wanted: Wanted, name: string) => Promise<Member>;
  /** Makes a member what is wanted now. */
  readonly change: (member: Member, wanted: Wanted) => Promise<void>;
  /** Ends a member that is not wanted any more, in its own time. */
  readonly stop: (member: Member, name: string) => Promise<void>;
}

interface Post<Wanted, Member> {
  wanted: Wanted | undefined;
  done: Wanted | undefined;
  member: Member | undefined;
  failure: Error | undefined;
  working: Promise<void> | undefined;
}

/** How long after a failure the same is tried again. */
const PAUSE_MS = 1_000;

/**
 * Keeps what runs equal to what is wanted, by name. Each name is worked at on its own and one step at a time, so that a slow machine holds nobody up and
 * a change of mind halfway is followed by the right step. What fails is tried again for as long as it is wanted.
 */
export class Crew<Wanted, Member> {
  readonly #posts = new Map<string, Post<Wanted, Member>>();
  readonly #trade: Trade<Wanted, Member>;
  readonly #pauseMs: number;

  constructor(trade: Trade<Wanted, Member>, pauseMs = PAUSE_MS) {
    this.#trade = trade;
    this.#pauseMs = pauseMs;
  }

  /** Says what is wanted from now on. Returns at once. What is wanted is compared by identity: hand in the same object for no change. */
  want(wanted: ReadonlyMap<string, Wanted>): void {
    for (const [name, post] of this.#posts) if (!wanted.has(name)) post.wanted = undefined;
    for (const [name, each] of wanted) {
      const post = this.#posts.get(name);
      if (post) post.wanted = each;
      else
        this.#posts.set(name, {
          wanted: each,
          done: undefined,
          member: undefined,
          failure: undefined,
          working: undefined,
        });
    }
    for (const [name, post] of this.#posts) post.working ??= this.#work(name, post);
  }

  member(name: string): Member | undefined {
    return this.#posts.get(name)?.member;
  }

  /** What runs, also while it is being changed or stopped. */
  get members(): ReadonlyMap<string, Member> {
    return new Map([...this.#posts].flatMap(([name, { member }]) => (member === undefined ? [] : [[name, member]])));
  }

  /** Why the last step of each name failed, until it succeeds. */
  get failures(): readonly { readonly name: string; readonly error: Error }[] {
    return [...this.#posts].flatMap(([name, { failure }]) => (failure ? [{ name, error: failure }] : []));
  }

  /** Whether everything is as wanted. */
  get settled(): boolean {
    return [...this.#posts.values()].every(({ wanted, done }) => wanted !== undefined && wanted === done);
  }

  /** Names that are still there: wanted, or not stopped yet. */
  get names(): readonly string[] {
    return [...this.#posts.keys()];
  }

  /** Forgets a member that ended by itself, so that it is started anew where it is still wanted. */
  lose(name: string): void {
    const post = this.#posts.get(name);
    if (post === undefined) return;
    post.member = undefined;
    post.done = undefined;
    post.working ??= this.#work(name, post);
  }

  /** Stops all, and returns when nothing runs. Failures are thrown together, after everything was tried. */
  async stop(): Promise<void> {
    const failures: Error[] = [];
    await Promise.all(
      [...this.#posts].map(async ([name, post]) => {
        post.wanted = undefined;
        await post.working;
        if (post.member !== undefined) await this.#trade.stop(post.member, name).catch((error) => failures.push(error));
        this.#posts.delete(name);
      }),
    );
    if (failures.length > 0) throw new AggregateError(failures, failures.map(({ message }) => message).join("\n"));
  }

  async #work(name: string, post: Post<Wanted, Member>): Promise<void> {
    // Whoever starts the work has to put its promise in place before it can end.
    await undefined;
    while (post.wanted === undefined || post.wanted !== post.done) {
      const { wanted } = post;
      try {
        if (wanted !== undefined) await this.#bringAbout(name, post, wanted);
        else {
          post.done = undefined;
          if (post.member !== undefined) await this.#trade.stop(post.member, name);
          post.member = undefined;
          // Unless it was wanted again in the meantime.
          if (post.wanted === undefined) this.#posts.delete(name);
        }
        post.failure = undefined;
        if (!this.#posts.has(name)) break;
      } catch (error) {
        post.failure = error as Error;
        await sleep(this.#pauseMs);
        // What does not stop is left to the next time that somebody says what is wanted.
        if (wanted === undefined) break;
      }
    }
    post.working = undefined;
  }

  async #bringAbout(name: string, post: Post<Wanted, Member>, wanted: Wanted): Promise<void> {
    if (post.member === undefined) post.member = await this.#trade.start(wanted, name);
    else await this.#trade.change(post.member, wanted);
    post.done = wanted;
  }
}
