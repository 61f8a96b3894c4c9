import { z } from "zod";
import { text } from "./scalars.ts";

export const release = z
  .strictObject({
    path: text((value) => value.trim() !== "" && !value.includes("\0"), {
      description:
        "What is deployed, relative to the project: a directory whose package.json names `main`, or a .tar.gz packed from one. " +
        "Naming an earlier one rolls back.",
      example: "app",
      rule: "a directory, or a .tar.gz file",
    }).default("app"),
  })
  .prefault({});
