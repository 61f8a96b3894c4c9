import test from "ava";
import { watchCertificate } from "../../../components/alarms/certificate.ts";
import { namesOf, numbersOf } from "./support.ts";

test("a certificate that ends soon is an alarm, and stays one when it has ended", (t) => {
  const watch = watchCertificate({ certificateDays: 21 });
  t.deepEqual(namesOf(watch), ["expiry"]);
  t.deepEqual(watch.gaps, []);
  t.deepEqual(numbersOf(watch, "expiry"), {
    measure: {
      namespace: "AWS/CertificateManager",
      name: "DaysToExpiry",
      statistic: "Minimum",
      dimensions: ["CertificateArn"],
    },
    comparison: "LessThanThreshold",
    threshold: 21,
    periodSeconds: 86_400,
    periods: 1,
    missing: "ignore",
  });
});
