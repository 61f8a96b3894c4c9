import type { Watch } from "./definition.ts";
import type { Thresholds } from "./thresholds.ts";

/** Source: ACM user guide, supported CloudWatch metrics. */
export const watchCertificate = ({ certificateDays }: Pick<Thresholds, "certificateDays">): Watch => ({
  alarms: [
    {
      name: "expiry",
      means: "A certificate ends soon and has not been renewed, which AWS or an update should have done by now.",
      act: "Nothing at night while days are left. By day: see why it is not renewed; docs/certificates.md tells how.",
      measure: {
        namespace: "AWS/CertificateManager",
        name: "DaysToExpiry",
        statistic: "Minimum",
        dimensions: ["CertificateArn"],
      },
      comparison: "LessThanThreshold",
      threshold: certificateDays,
      // ACM reports twice a day, and no more when the certificate has ended.
      periodSeconds: 86_400,
      periods: 1,
      // So a new one stays without a verdict until the first report, and one that has ended stays bad.
      missing: "ignore",
    },
  ],
  gaps: [],
});
