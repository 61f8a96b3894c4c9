import type { CertificateDetail } from "@aws-sdk/client-acm";
import type { CertificateValidationArgs, CertificateValidationState } from "@pulumi/aws/acm/certificateValidation.js";
import { ProviderError } from "../../core/errors.ts";
import { type Plain, resource } from "../../core/resource.ts";
import { until } from "../../core/wait.ts";
import type { Aws, AwsCall } from "../client.ts";
import { findCertificate } from "./acm.ts";
import { forgottenRecords, missing } from "./validation.ts";

/** The id is when the certificate was issued, in the official provider's way of writing; of one that was not yet, Go's first moment. */
function idOf({ IssuedAt }: CertificateDetail): string {
  const time =
    IssuedAt?.toISOString()
      .replace("T", " ")
      .replace(/\.\d+Z/, "") ?? "0001-01-01 00:00:00";
  return `${time} +0000 UTC`;
}

async function existing(call: AwsCall, arn: string): Promise<CertificateDetail> {
  const found = await findCertificate(call, arn);
  if (found) return found;
  throw new ProviderError(`certificateArn: there is no certificate ${arn}`);
}

function checkCertificate(
  certificate: CertificateDetail,
  { certificateArn, validationRecordFqdns = [] }: Plain<CertificateValidationArgs>,
): void {
  const { Type, DomainValidationOptions = [] } = certificate;
  if (Type !== "AMAZON_ISSUED")
    throw new ProviderError(
      `certificateArn: certificate ${certificateArn} is ${Type}, and so has no validation to wait for; remove the CertificateValidation`,
    );
  if (validationRecordFqdns.length === 0) return;
  const other = DomainValidationOptions.find(({ ValidationMethod }) => ValidationMethod !== "DNS");
  if (other)
    throw new ProviderError(
      `validationRecordFqdns: certificate ${certificateArn} is validated by ${other.ValidationMethod}, not by records; remove them`,
    );
  const forgotten = forgottenRecords(certificate, validationRecordFqdns);
  if (forgotten.length > 0)
    throw new ProviderError(
      `validationRecordFqdns lacks records that validate certificate ${certificateArn}: ${forgotten.join(", ")}; add them`,
    );
}

/** Says at the resource what it waits for, whenever that is less than before. */
async function waitUntilIssued(call: AwsCall, arn: string): Promise<void> {
  let said = "";
  await until(
    call,
    `certificate ${arn} to be issued`,
    async () => {
      const certificate = await existing(call, arn);
      const { Status, FailureReason, RevocationReason } = certificate;
      if (Status === "ISSUED") return true;
      if (Status !== "PENDING_VALIDATION")
        throw new ProviderError(
          `certificate ${arn} is not issued: it is ${[Status, FailureReason ?? RevocationReason].filter(Boolean).join(", ")}`,
        );
      const open = missing(certificate);
      if (open !== said && open !== "")
        call.log("info", `the certificate of ${certificate.DomainName} waits for ${open}`);
      said = open;
      return undefined;
    },
    () => `without ${said}`,
  );
}

export default resource<Aws, CertificateValidationArgs, CertificateValidationState>({
  /** Makes nothing but waits; so a wait that fails leaves nothing behind, and the next update waits again. */
  async create(call, inputs) {
    const certificate = await existing(call, inputs.certificateArn);
    checkCertificate(certificate, inputs);
    await waitUntilIssued(call, inputs.certificateArn);
    return idOf(certificate);
  },

  async read(call, _id, { certificateArn }) {
    const found = certificateArn === undefined ? undefined : await findCertificate(call, certificateArn);
    return found?.Status === "ISSUED" ? { certificateArn } : undefined;
  },

  delete: async () => {},
});
