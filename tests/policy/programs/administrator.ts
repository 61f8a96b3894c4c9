import * as aws from "@pulumi/aws";

/** A role that may do everything, for everybody. */
const role = new aws.iam.Role("role", {
  assumeRolePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }],
  }),
});
new aws.iam.RolePolicy("everything", {
  role: role.name,
  policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }),
});
new aws.iam.RolePolicyAttachment("administrator", {
  role: role.name,
  policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
});
