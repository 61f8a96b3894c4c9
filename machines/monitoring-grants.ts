import { HOST_NAMESPACE } from "./monitoring.ts";

export interface Grant<Resource> {
  readonly action: string;
  readonly resource: Resource | "*";
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * What the monitoring client of a machine must be allowed to do, and no more. Neither metrics nor tags are resources that a grant could name, so those
 * are bound by a condition. Tags tell the agent which scaling group it is in. Source: service authorization reference of CloudWatch, EC2 and CloudWatch
 * Logs.
 *
 * @param streams the streams of each log group: its ARN and `:*`
 */
export function monitoringGrants<Arn>(region: string, streams: readonly Arn[]): Grant<Arn>[] {
  return [
    {
      action: "cloudwatch:PutMetricData",
      resource: "*",
      condition: { StringEquals: { "cloudwatch:namespace": HOST_NAMESPACE } },
    },
    { action: "ec2:DescribeTags", resource: "*", condition: { StringEquals: { "ec2:Region": region } } },
    ...streams.flatMap((resource) => [
      { action: "logs:CreateLogStream", resource },
      { action: "logs:PutLogEvents", resource },
    ]),
  ];
}
