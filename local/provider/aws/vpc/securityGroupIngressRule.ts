import { securityGroupRule } from "./securityGroupRule.ts";

export default securityGroupRule("ingress");
