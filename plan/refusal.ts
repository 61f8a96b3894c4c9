/** An error whose message is all that its reader needs: it is shown without a stack trace. */
export class Refusal extends Error {}
