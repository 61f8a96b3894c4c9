/** Where a rule comes from. */
export interface Reference {
  readonly standard: string;
  readonly id: string;
  readonly url: string;
}

/** A control of AWS Security Hub: `securityHub("ELB.1")`. */
export function securityHub(id: string): Reference {
  const [service = "", number = ""] = id.toLowerCase().split(".");
  const url = `https://docs.aws.amazon.com/securityhub/latest/userguide/${service}-controls.html#${service}-${number}`;
  return { standard: "Security Hub", id, url };
}

/** A recommendation of the CIS AWS Foundations Benchmark. */
export function cis(id: string): Reference {
  return { standard: "CIS AWS Foundations", id, url: "https://www.cisecurity.org/benchmark/amazon_web_services" };
}

/** A check of checkov: `checkov("CKV_AWS_2")`. */
export function checkov(id: string): Reference {
  return { standard: "checkov", id, url: "https://www.checkov.io/5.Policy%20Index/terraform.html" };
}

/** A rule of cdk-nag, with the prefix of its pack: `cdkNag("AwsSolutions-ELB2")`; NIST rules have none. */
export function cdkNag(id: string): Reference {
  return { standard: "cdk-nag", id, url: "https://github.com/cdklabs/cdk-nag/blob/main/RULES.md" };
}

/** A check of trivy: `trivy("AWS-0054")`. */
export function trivy(id: string): Reference {
  return { standard: "trivy", id, url: `https://avd.aquasec.com/misconfig/${id.toLowerCase()}` };
}

/** A rule of AWS's own registry of rules for templates: `guard("rds_master_user_password_no_plaintext")`. */
export function guard(id: string): Reference {
  return { standard: "AWS Guard rules", id, url: "https://github.com/aws-cloudformation/aws-guard-rules-registry" };
}

/** A policy of Pulumi's own pack for AWS. */
export function awsguard(id: string): Reference {
  return { standard: "AWSGuard", id, url: "https://github.com/pulumi/pulumi-policy-aws" };
}

const PILLARS = {
  REL: "reliability",
  SEC: "security",
  OPS: "operational-excellence",
  PERF: "performance-efficiency",
  COST: "cost-optimization",
} as const;

/** A question of the Well-Architected Framework: `wellArchitected("REL", 10)`. */
export function wellArchitected(pillar: keyof typeof PILLARS, question: number): Reference {
  const url = `https://docs.aws.amazon.com/wellarchitected/latest/${PILLARS[pillar]}-pillar/welcome.html`;
  return { standard: "Well-Architected", id: `${pillar}${String(question).padStart(2, "0")}`, url };
}

/** A page of AWS's documentation: `aws("ALB access logs", "elasticloadbalancing/latest/application/...")`. */
export function aws(title: string, path: string): Reference {
  return { standard: "AWS documentation", id: title, url: `https://docs.aws.amazon.com/${path}` };
}
