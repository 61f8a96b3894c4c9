import {
  type CertificateDetail,
  type CertificateExport,
  type CertificateTransparencyLoggingPreference,
  DeleteCertificateCommand,
  type DomainValidation,
  ImportCertificateCommand,
  KeyAlgorithm,
  paginateListCertificates,
  RequestCertificateCommand,
  UpdateCertificateOptionsCommand,
  type ValidationMethod,
} from "@aws-sdk/client-acm";
import type { CertificateArgs, CertificateState } from "@pulumi/aws/acm/certificate.js";
import { type Plain, resource } from "../../core/resource.ts";
import { until } from "../../core/wait.ts";
import type { Aws, AwsCall } from "../client.ts";
import { CREATING, isMarked } from "../creation.ts";
import { acm, dropTags, findCertificate, retag, tagsOf, toTags } from "./acm.ts";
import { namesOf, problems } from "./rules.ts";

type Args = Plain<CertificateArgs>;

const bytes = (text: string | undefined): Buffer | undefined => (text === undefined ? undefined : Buffer.from(text));
const time = (date: Date | undefined): string | undefined => date?.toISOString().replace(/\.\d+/, "");

function toOptions({ options }: Args) {
  return (
    options && {
      CertificateTransparencyLoggingPreference:
        options.certificateTransparencyLoggingPreference as CertificateTransparencyLoggingPreference,
      Export: options.export as CertificateExport,
    }
  );
}

const keyMaterial = ({ certificateBody, certificateChain, privateKey, privateKeyWo }: Args) => ({
  Certificate: bytes(certificateBody),
  CertificateChain: bytes(certificateChain),
  PrivateKey: bytes(privateKey ?? privateKeyWo),
});

async function request(call: AwsCall, inputs: Args): Promise<string> {
  const { CertificateArn } = await acm(call).send(
    new RequestCertificateCommand({
      DomainName: inputs.domainName,
      SubjectAlternativeNames: inputs.subjectAlternativeNames,
      ValidationMethod: inputs.validationMethod as ValidationMethod,
      DomainValidationOptions: inputs.validationOptions?.map(({ domainName, validationDomain }) => ({
        DomainName: domainName,
        ValidationDomain: validationDomain,
      })),
      KeyAlgorithm: inputs.keyAlgorithm as KeyAlgorithm,
      Options: toOptions(inputs),
      IdempotencyToken: call.token.replaceAll("-", ""),
      Tags: toTags({ ...inputs.tags, [CREATING]: call.token }),
    }),
  );
  return CertificateArn as string;
}

async function take(call: AwsCall, inputs: Args): Promise<string> {
  const { CertificateArn } = await acm(call).send(
    new ImportCertificateCommand({
      ...keyMaterial(inputs),
      Tags: toTags({ ...inputs.tags, [CREATING]: call.token }),
    }),
  );
  return CertificateArn as string;
}

/** ACM takes a moment to say how a requested certificate is to be validated. */
const canBeValidated = ({ Type, DomainValidationOptions = [] }: CertificateDetail): boolean =>
  Type !== "AMAZON_ISSUED" ||
  DomainValidationOptions.some(
    ({ ResourceRecord, ValidationEmails = [], ValidationStatus }) =>
      ResourceRecord !== undefined || ValidationEmails.length > 0 || ValidationStatus === "SUCCESS",
  );

const recordOf = ({ DomainName = "", ResourceRecord }: DomainValidation) =>
  ResourceRecord && {
    domainName: DomainName,
    resourceRecordName: ResourceRecord.Name as string,
    resourceRecordType: ResourceRecord.Type as string,
    resourceRecordValue: ResourceRecord.Value as string,
  };

/** The API writes RSA-2048, and its requests RSA_2048. */
const algorithmOf = ({ KeyAlgorithm }: CertificateDetail): string | undefined => KeyAlgorithm?.replaceAll("-", "_");

export default resource<Aws, CertificateArgs, CertificateState>({
  check: (inputs, isGiven) => [...problems(inputs, isGiven)],

  /** The names are known beforehand, and which records validate them is not; the domain's own name is always among the names. */
  foresees(inputs, isGiven) {
    const { domainName, subjectAlternativeNames, validationMethod } = inputs;
    if (domainName === undefined || (isGiven("subjectAlternativeNames") && !subjectAlternativeNames)) return {};
    const names = namesOf(inputs);
    return {
      subjectAlternativeNames: names,
      ...(validationMethod === "DNS" ? { domainValidationOptions: names.map((name) => ({ domainName: name })) } : {}),
    } as Partial<Plain<CertificateState>>;
  },

  create: (call, inputs) => (inputs.domainName === undefined ? take(call, inputs) : request(call, inputs)),

  async complete(call, arn) {
    await dropTags(call, arn, [CREATING]);
    await until(call, `certificate ${arn} to say how it is validated`, async () => {
      const found = await findCertificate(call, arn);
      return (found && canBeValidated(found)) || undefined;
    });
  },

  async read(call, arn) {
    const found = await findCertificate(call, arn);
    if (!found) return undefined;
    const { DomainValidationOptions: validations = [], Options, RenewalSummary } = found;
    const { [CREATING]: _, ...tags } = await tagsOf(call, arn);
    // What was imported is not read back, as the official provider does not: dates and names show it when it is another.
    return {
      arn,
      domainName: found.DomainName,
      domainValidationOptions: validations.flatMap((validation) => recordOf(validation) ?? []),
      keyAlgorithm: algorithmOf(found),
      notAfter: time(found.NotAfter),
      notBefore: time(found.NotBefore),
      options: Options && {
        certificateTransparencyLoggingPreference: Options.CertificateTransparencyLoggingPreference,
        export: Options.Export,
      },
      pendingRenewal: false,
      renewalEligibility: found.RenewalEligibility,
      renewalSummaries: RenewalSummary
        ? [
            {
              renewalStatus: RenewalSummary.RenewalStatus as string,
              renewalStatusReason: RenewalSummary.RenewalStatusReason as string,
              updatedAt: time(RenewalSummary.UpdatedAt) as string,
            },
          ]
        : [],
      status: found.Status,
      subjectAlternativeNames: found.SubjectAlternativeNames,
      tags,
      type: found.Type,
      validationEmails: validations.flatMap(({ ValidationEmails = [] }) => ValidationEmails),
      validationMethod: (found.Type === "AMAZON_ISSUED" && validations[0]?.ValidationMethod) || "NONE",
    };
  },

  async update(call, arn, { news, changed }) {
    if (changed("certificateBody", "certificateChain", "privateKey", "privateKeyWoVersion"))
      await acm(call).send(new ImportCertificateCommand({ ...keyMaterial(news), CertificateArn: arn }));
    if (changed("options"))
      await acm(call).send(new UpdateCertificateOptionsCommand({ CertificateArn: arn, Options: toOptions(news) }));
  },

  retag,

  async delete(call, arn) {
    await acm(call).send(new DeleteCertificateCommand({ CertificateArn: arn }));
  },

  // ACM counts the domain's own name among the others, whether it was named there or not.
  tolerates(property, before, after, { domainName }) {
    if (property !== "subjectAlternativeNames" || !Array.isArray(before) || !Array.isArray(after)) return false;
    const [old, next] = [new Set(before), new Set([domainName, ...after])];
    return old.size === next.size && [...next].every((name) => old.has(name));
  },

  lost: {
    by: [],
    async find(call) {
      // Without a list of algorithms the API leaves out most.
      const Includes = { keyTypes: Object.values(KeyAlgorithm) };
      for await (const page of paginateListCertificates({ client: acm(call) }, { Includes }))
        for (const { CertificateArn = "" } of page.CertificateSummaryList ?? [])
          if (await isMarked(tagsOf(call, CertificateArn), call.token)) return CertificateArn;
      return undefined;
    },
  },
});
