/**
 * Answers that cannot change, kept from one reading of an account to the next: who is read every second is asked once for the user data of a machine.
 * What a reading did not need is forgotten with the one after it.
 */
export class Kept {
  #before = new Map<string, Promise<unknown>>();
  #now = new Map<string, Promise<unknown>>();

  /** Begins another reading. */
  turn(): void {
    this.#before = this.#now;
    this.#now = new Map();
  }

  /** The answer under a key, which names all that it depends on. One that fails is asked for again. */
  get<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const known = (this.#now.get(key) ?? this.#before.get(key)) as Promise<T> | undefined;
    const answer = known ?? ask();
    this.#now.set(key, answer);
    answer.catch(() => {
      if (this.#now.get(key) === answer) this.#now.delete(key);
    });
    return answer;
  }
}
