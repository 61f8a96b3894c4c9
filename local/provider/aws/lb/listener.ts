import {
  CreateListenerCommand,
  DeleteListenerCommand,
  DescribeListenerAttributesCommand,
  DescribeListenersCommand,
  ModifyListenerAttributesCommand,
  ModifyListenerCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { ListenerArgs, ListenerState } from "@pulumi/aws/lb/listener.js";
import { UNSUPPORTED } from "../../core/check.ts";
import { type Plain, type Problem, resource } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { checkActions, fromActions, toActions } from "./actions.ts";
import { fromPairs, toPairs } from "./attributes.ts";
import { lb, markCreated, ofCreation, retag, tagsOf, tagsOnCreation } from "./lb.ts";
import { attributesOf } from "./listener/attributes.ts";

type Args = Plain<ListenerArgs>;

/** What AWS takes where the program names no policy. */
const USUAL_POLICY = "ELBSecurityPolicy-2016-08";

const isSecure = (protocol: string | undefined): boolean => /^(HTTPS|TLS)$/i.test(protocol ?? "");

function* problems(inputs: Partial<Args>, isGiven: (property: keyof ListenerArgs) => boolean): Iterable<Problem> {
  const { protocol, sslPolicy } = inputs;
  if (!isGiven("port"))
    yield { property: "port", reason: "port is required and missing: a listener of HTTP or TCP has one" };
  if (protocol && /^(GENEVE|QUIC|TCP_QUIC)$/i.test(protocol))
    yield { property: "protocol", reason: `protocol "${protocol}" ${UNSUPPORTED}` };
  else if (isSecure(protocol) && !isGiven("certificateArn"))
    yield { property: "certificateArn", reason: `certificateArn is required and missing for the protocol ${protocol}` };
  else if (protocol && !isSecure(protocol) && sslPolicy)
    yield { property: "sslPolicy", reason: `sslPolicy is only for the protocols HTTPS and TLS, got "${protocol}"` };
  yield* checkActions("defaultActions", inputs.defaultActions);
}

async function describe(call: AwsCall, arn: string) {
  const { Listeners } = await lb(call).send(new DescribeListenersCommand({ ListenerArns: [arn] }));
  return Listeners?.[0];
}

/** Without a protocol a listener speaks what its load balancer is for. */
function protocolOf({ protocol, loadBalancerArn }: Args): string {
  return protocol?.toUpperCase() ?? (loadBalancerArn.includes("loadbalancer/net/") ? "TCP" : "HTTP");
}

function requestOf(inputs: Args) {
  const Protocol = protocolOf(inputs);
  const { port, sslPolicy, certificateArn, defaultActions } = inputs;
  return {
    Port: port,
    Protocol: Protocol as "HTTP",
    SslPolicy: isSecure(Protocol) ? (sslPolicy ?? USUAL_POLICY) : undefined,
    Certificates: certificateArn ? [{ CertificateArn: certificateArn }] : undefined,
    DefaultActions: toActions(defaultActions),
  };
}

async function setAttributes(call: AwsCall, arn: string, inputs: Args): Promise<void> {
  const Attributes = toPairs(attributesOf(protocolOf(inputs)), inputs);
  if (Attributes.length > 0) await lb(call).send(new ModifyListenerAttributesCommand({ ListenerArn: arn, Attributes }));
}

export default resource<Aws, ListenerArgs, ListenerState>({
  check: (inputs, isGiven) => [...problems(inputs, isGiven)],

  async create(call, inputs) {
    const made = await lb(call).send(
      new CreateListenerCommand({
        LoadBalancerArn: inputs.loadBalancerArn,
        ...requestOf(inputs),
        Tags: tagsOnCreation(call, inputs.tags),
      }),
    );
    return made.Listeners?.[0]?.ListenerArn as string;
  },

  async complete(call, arn, inputs) {
    await markCreated(call, arn);
    await setAttributes(call, arn, inputs);
  },

  async read(call, arn, known) {
    const listener = await describe(call, arn);
    if (!listener) return undefined;
    const { Attributes } = await lb(call).send(new DescribeListenerAttributesCommand({ ListenerArn: arn }));
    return {
      ...fromPairs(attributesOf(listener.Protocol), Attributes),
      arn,
      loadBalancerArn: listener.LoadBalancerArn,
      port: listener.Port,
      protocol: listener.Protocol,
      // moto names a policy even where nothing is encrypted.
      sslPolicy: isSecure(listener.Protocol) ? listener.SslPolicy : undefined,
      certificateArn: listener.Certificates?.[0]?.CertificateArn,
      defaultActions: fromActions(listener.DefaultActions, known.defaultActions),
      tags: await tagsOf(call, arn),
    };
  },

  async update(call, arn, { news }) {
    await lb(call).send(new ModifyListenerCommand({ ListenerArn: arn, ...requestOf(news) }));
    await setAttributes(call, arn, news);
  },

  retag,

  async delete(call, arn) {
    await lb(call).send(new DeleteListenerCommand({ ListenerArn: arn }));
  },

  lost: {
    by: ["loadBalancerArn"],
    async find(call, { loadBalancerArn }) {
      const { Listeners = [] } = await lb(call).send(
        new DescribeListenersCommand({ LoadBalancerArn: loadBalancerArn }),
      );
      return ofCreation(
        call,
        Listeners.map(({ ListenerArn }) => ListenerArn),
      );
    },
  },
});
