import test from "ava";
import { architectureOf } from "../../../stacks/settings/machines.ts";

for (const [architecture, types] of [
  [
    "arm64",
    [
      "a1.medium",
      "t4g.nano",
      "m6gd.large",
      "c7gn.xlarge",
      "im4gn.large",
      "is4gen.large",
      "x2gd.medium",
      "g5g.xlarge",
      "hpc7g.4xlarge",
      "r8g.metal-24xl",
    ],
  ],
  [
    "x86_64",
    [
      "t2.micro",
      "t3a.small",
      "m5zn.large",
      "g4dn.xlarge",
      "g6e.xlarge",
      "gr6.4xlarge",
      "i7ie.large",
      "u7i-12tb.224xlarge",
      "inf2.xlarge",
      "c7i-flex.large",
    ],
  ],
] as const) {
  for (const type of types) {
    test(`${type} is ${architecture}`, (t) => {
      t.is(architectureOf(type), architecture);
    });
  }
}
