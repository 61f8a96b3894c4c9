import { canonical } from "../model/types.ts";
import { AUTOSCALING } from "./autoscaling.ts";
import { EC2 } from "./ec2.ts";
import { LB } from "./lb.ts";
import { OTHERS } from "./others.ts";
import { RDS } from "./rds.ts";

/** For each type the values that AWS takes for properties that a program leaves out. Paths leave out indices of lists. */
export type Defaults = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const DEFAULTS: Defaults = { ...AUTOSCALING, ...EC2, ...LB, ...OTHERS, ...RDS };

/** AWS's default of a property, or undefined where there is none. */
export function defaultOf(type: string, path: string): unknown {
  return DEFAULTS[canonical(type)]?.[path.replace(/\.\d+(?=\.|$)/g, "")];
}
