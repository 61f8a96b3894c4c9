import { type CertificateDetail, DescribeCertificateCommand, paginateListCertificates } from "@aws-sdk/client-acm";
import {
  DescribeListenerAttributesCommand,
  DescribeLoadBalancerAttributesCommand,
  type Listener as ElbListener,
  type LoadBalancer,
  paginateDescribeListenerCertificates,
  paginateDescribeListeners,
  paginateDescribeLoadBalancers,
  paginateDescribeRules,
  type Rule,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Balancer, Certificate, Listener, Unsupported } from "./account.ts";
import { all } from "./clients.ts";
import { rulesOf } from "./listener-rules.ts";
import { type Found, found, type Source } from "./source.ts";

/** ACM tells of certificates with other keys than RSA of 2048 bits only if it is asked for them. */
const EVERY_KEY = [
  "RSA_1024",
  "RSA_2048",
  "RSA_3072",
  "RSA_4096",
  "EC_prime256v1",
  "EC_secp384r1",
  "EC_secp521r1",
] as const;

export async function readBalancers(source: Source): Promise<Found<Balancer>> {
  const { elb } = source.clients;
  const [balancers, certificates] = await Promise.all([
    all(paginateDescribeLoadBalancers({ client: elb }, {}), ({ LoadBalancers }) => LoadBalancers),
    readCertificates(source),
  ]);
  const ours = balancers.filter(({ VpcId = "" }) => source.networkIds.includes(VpcId));
  const read = await Promise.all(
    ours.map(async (balancer): Promise<readonly (Balancer | Unsupported)[]> => {
      const { LoadBalancerArn = "", Type } = balancer;
      if (Type !== "application")
        return [
          {
            what: `load balancer ${LoadBalancerArn}`,
            why: `it is of type ${Type}, and here only those of type application are`,
          },
        ];
      const [attributes, listeners] = await Promise.all([
        elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn })),
        all(paginateDescribeListeners({ client: elb }, { LoadBalancerArn }), ({ Listeners }) => Listeners),
      ]);
      const made = await Promise.all(listeners.map((listener) => readListener(source, listener, certificates)));
      return [
        balancerOf(
          balancer,
          byKey(attributes.Attributes),
          made.flatMap(({ items }) => items),
        ),
        ...made.flatMap(({ unsupported }) => unsupported),
      ];
    }),
  );
  return found(read.flat());
}

type Certificates = ReadonlyMap<string, Certificate>;

/** Their names are kept for as long as nothing else of them changes. */
async function readCertificates({ clients: { acm }, kept }: Source): Promise<Certificates> {
  const Includes = { keyTypes: [...EVERY_KEY] };
  const listed = await all(
    paginateListCertificates({ client: acm }, { Includes }),
    ({ CertificateSummaryList }) => CertificateSummaryList,
  );
  const read = listed
    .filter(({ Status }) => Status === "ISSUED")
    .map(async (summary): Promise<[string, Certificate]> => {
      const CertificateArn = summary.CertificateArn ?? "";
      const { CertificateArn: arn, NotBefore, NotAfter, ImportedAt } = summary;
      const key = `certificate ${JSON.stringify({ arn, NotBefore, NotAfter, ImportedAt })}`;
      const described = await kept.get(key, () => acm.send(new DescribeCertificateCommand({ CertificateArn })));
      return [CertificateArn, certificateOf(described.Certificate ?? {})];
    });
  return new Map(await Promise.all(read));
}

export function certificateOf(detail: CertificateDetail): Certificate {
  const names = [detail.DomainName ?? "", ...(detail.SubjectAlternativeNames ?? [])];
  return {
    arn: detail.CertificateArn ?? "",
    type: detail.Type === "IMPORTED" ? "IMPORTED" : "AMAZON_ISSUED",
    names: [...new Set(names)].filter((name) => name !== ""),
  };
}

interface ReadListener {
  readonly items: readonly Listener[];
  readonly unsupported: readonly Unsupported[];
}

async function readListener(
  { clients: { elb } }: Source,
  listener: ElbListener,
  certificates: Certificates,
): Promise<ReadListener> {
  const ListenerArn = listener.ListenerArn ?? "";
  const isHttps = listener.Protocol === "HTTPS";
  const [attributes, rules, further] = await Promise.all([
    elb.send(new DescribeListenerAttributesCommand({ ListenerArn })),
    all(paginateDescribeRules({ client: elb }, { ListenerArn }), ({ Rules }) => Rules),
    isHttps
      ? all(paginateDescribeListenerCertificates({ client: elb }, { ListenerArn }), (page) => page.Certificates)
      : [],
  ]);
  const arns = [...(listener.Certificates ?? []), ...further].map(({ CertificateArn = "" }) => CertificateArn);
  const used = [...new Set(arns)].map((arn) => certificates.get(arn) ?? missing(arn, ListenerArn));
  const made = found(used);
  const { listener: item, unsupported } = listenerOf(listener, byKey(attributes.Attributes), rules, made.items);
  return { items: [item], unsupported: [...made.unsupported, ...unsupported] };
}

const missing = (arn: string, listenerArn: string): Unsupported => ({
  what: `certificate ${arn} of listener ${listenerArn}`,
  why: "it is not one that was issued by ACM or imported to it",
});

export function listenerOf(
  listener: ElbListener,
  attributes: Readonly<Record<string, string>>,
  rules: readonly Rule[],
  certificates: readonly Certificate[],
): { readonly listener: Listener; readonly unsupported: readonly Unsupported[] } {
  const arn = listener.ListenerArn ?? "";
  const made = rulesOf(arn, rules);
  const protocol = listener.Protocol === "HTTPS" ? "HTTPS" : "HTTP";
  const mode = listener.MutualAuthentication?.Mode ?? "off";
  return {
    listener: {
      arn,
      port: listener.Port ?? 0,
      protocol,
      // The emulator has one for listeners of HTTP, too.
      ...(protocol === "HTTPS" && listener.SslPolicy && { sslPolicy: listener.SslPolicy }),
      certificates,
      attributes,
      rules: made.items,
    },
    unsupported: [
      ...made.unsupported,
      ...(mode === "off" ? [] : [{ what: `mutual TLS of listener ${arn}`, why: "clients show no certificates here" }]),
    ],
  };
}

function balancerOf(
  balancer: LoadBalancer,
  attributes: Readonly<Record<string, string>>,
  listeners: readonly Listener[],
): Balancer {
  return {
    arn: balancer.LoadBalancerArn ?? "",
    name: balancer.LoadBalancerName ?? "",
    dnsName: balancer.DNSName ?? "",
    hostedZoneId: balancer.CanonicalHostedZoneId ?? "",
    scheme: balancer.Scheme === "internal" ? "internal" : "internet-facing",
    networkId: balancer.VpcId ?? "",
    subnetIds: (balancer.AvailabilityZones ?? []).map(({ SubnetId = "" }) => SubnetId),
    securityGroupIds: balancer.SecurityGroups ?? [],
    idleTimeoutSeconds: Number(attributes["idle_timeout.timeout_seconds"] ?? 60),
    attributes,
    listeners: [...listeners].sort((one, other) => one.port - other.port),
  };
}

const byKey = (attributes: readonly { Key?: string; Value?: string }[] = []): Readonly<Record<string, string>> =>
  Object.fromEntries(attributes.map(({ Key = "", Value = "" }) => [Key, Value]));
