import * as aws from "@pulumi/aws";

/** Two alarms: one tells nobody, the other a topic that nobody hears. */
const topic = new aws.sns.Topic("topic");
const rules = { comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 1, threshold: 80 } as const;
const metric = { metricName: "CPUUtilization", namespace: "AWS/EC2", period: 60, statistic: "Average" } as const;
new aws.cloudwatch.MetricAlarm("mute", { ...rules, ...metric });
new aws.cloudwatch.MetricAlarm("unheard", { ...rules, ...metric, alarmActions: [topic.arn] });
