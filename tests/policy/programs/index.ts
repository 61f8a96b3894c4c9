import * as pulumi from "@pulumi/pulumi";

/** Each stack is a program that gets something wrong: the one that it is named after. */
export default async function wrong() {
  await import(`./${pulumi.getStack()}.ts`);
}
