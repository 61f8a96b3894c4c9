import { always, type Loss, type Losses, refusedUnlessOff, told, when } from "./loss.ts";

const MESSAGES: Loss = { lost: "All messages that nobody has read yet." };
const EVENTS: Loss = {
  lost: "All log events in it.",
  safeguards: [when("skipDestroy", true, "skipDestroy is on: it stays in the account.")],
};

/** Queues and streams, and the names under which all of it is found. */
export const MESSAGING: Losses = {
  "aws:sqs/queue:Queue": MESSAGES,
  "aws:kinesis/stream:Stream": {
    ...MESSAGES,
    safeguards: [
      (stream) =>
        told(stream, "enforceConsumerDeletion") === true
          ? undefined
          : "enforceConsumerDeletion is off: AWS refuses to delete it while consumers are registered.",
    ],
  },
  "aws:kinesis/videoStream:VideoStream": { lost: "All video in it." },
  "aws:msk/cluster:Cluster": { lost: "All messages in its topics." },
  "aws:msk/serverlessCluster:ServerlessCluster": { lost: "All messages in its topics." },
  "aws:msk/topic:Topic": { lost: "All messages in it." },
  "aws:mq/broker:Broker": MESSAGES,
  "aws:kinesisanalyticsv2/application:Application": { lost: "The state of the application, with its snapshots." },
  "aws:route53/zone:Zone": {
    lost: "Its name servers, and with them every name in it until the domain is delegated to the new ones.",
    safeguards: [
      (zone) =>
        told(zone, "forceDestroy") === true
          ? undefined
          : "forceDestroy is off: AWS refuses to delete a zone with records of others.",
    ],
  },
  "aws:route53domains/domain:Domain": { lost: "The registration of the name, which others may take." },
  "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": { lost: "Every name in it." },
  "aws:servicediscovery/publicDnsNamespace:PublicDnsNamespace": { lost: "Every name in it." },
};

/** What tells afterwards what happened. */
export const RECORDINGS: Losses = {
  "aws:cloudtrail/eventDataStore:EventDataStore": {
    lost: "All events in it.",
    safeguards: [refusedUnlessOff("terminationProtectionEnabled"), always("It can be restored for 7 days.")],
  },
  "aws:cloudwatch/logGroup:LogGroup": EVENTS,
  "aws:cloudwatch/logStream:LogStream": { lost: "All log events in it." },
  "aws:cloudwatch/eventArchive:EventArchive": { lost: "All events in it." },
  "aws:amp/workspace:Workspace": { lost: "All metrics in it." },
  "aws:grafana/workspace:Workspace": { lost: "All dashboards in it, and who may see them." },
  "aws:detective/graph:Graph": { lost: "All behavior that it has learned." },
  "aws:guardduty/detector:Detector": { lost: "All findings." },
  "aws:securityhub/account:Account": { lost: "All findings, and what was said of them." },
  "aws:mailmanager/archive:Archive": { lost: "All mails in it." },
  "aws:codebuild/reportGroup:ReportGroup": {
    lost: "All reports in it.",
    safeguards: [
      (group) =>
        told(group, "deleteReports") === true
          ? undefined
          : "deleteReports is off: AWS refuses to delete what holds reports.",
    ],
  },
};
