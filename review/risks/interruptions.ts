import { type Safeguard, told, when } from "./loss.ts";

/** What serves or is reached: while it is replaced, or once it is gone, somebody waits. */
export interface Interruption {
  /** As a sentence. */
  readonly lost: string;
  readonly safeguards?: readonly Safeguard[];
}

const PROTECTED_BALANCER: Safeguard = when(
  "enableDeletionProtection",
  true,
  "enableDeletionProtection is on: AWS refuses to delete it.",
);
const BALANCER: Interruption = {
  lost: "The load balancer and its name: connections end.",
  safeguards: [PROTECTED_BALANCER],
};
const LISTENER: Interruption = { lost: "The port that is listened on." };
const API: Interruption = { lost: "The API and its name: calls of it fail." };
const DATABASE_INSTANCE: Interruption = { lost: "The instance: connections to it end. Its data is in the cluster." };
const NETWORK = "with all that stands in it";

export const INTERRUPTIONS: Readonly<Record<string, Interruption>> = {
  "aws:ec2/instance:Instance": {
    lost: "The machine, with what is on its root disk.",
    safeguards: [
      (machine) =>
        told(machine, "disableApiTermination") === true && told(machine, "forceDestroy") !== true
          ? "disableApiTermination is on: AWS refuses to end it."
          : undefined,
    ],
  },
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest": { lost: "The machine, with what is on its root disk." },
  "aws:ec2/fleet:Fleet": { lost: "All machines of the fleet, where it ends them." },
  "aws:ec2/spotFleetRequest:SpotFleetRequest": { lost: "All machines of the fleet, where it ends them." },
  "aws:autoscaling/group:Group": { lost: "All machines of the group." },
  "aws:lb/loadBalancer:LoadBalancer": BALANCER,
  "aws:alb/loadBalancer:LoadBalancer": BALANCER,
  "aws:elb/loadBalancer:LoadBalancer": { lost: "The load balancer and its name: connections end." },
  "aws:lb/listener:Listener": LISTENER,
  "aws:alb/listener:Listener": LISTENER,
  "aws:globalaccelerator/accelerator:Accelerator": {
    lost: "The addresses: whoever has been told them reaches nobody.",
  },
  "aws:ec2/eip:Eip": { lost: "The address: whoever has been told it reaches nobody." },
  "aws:ec2/eipAssociation:EipAssociation": { lost: "The way from the address: for a time it leads nowhere." },
  "aws:ec2/volumeAttachment:VolumeAttachment": { lost: "The way to the disk: the machine goes without it." },
  "aws:ec2/natGateway:NatGateway": {
    lost: "The way out of its subnets, and the address that others know them by.",
  },
  "aws:ec2/internetGateway:InternetGateway": { lost: "All ways between the network and the Internet." },
  "aws:ec2/vpc:Vpc": { lost: `The network ${NETWORK}.` },
  "aws:ec2/subnet:Subnet": { lost: `The subnet ${NETWORK}.` },
  "aws:ec2/vpcEndpoint:VpcEndpoint": { lost: "The way from the network to the service." },
  "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": { lost: "The way between the two networks." },
  "aws:ec2transitgateway/transitGateway:TransitGateway": { lost: "All ways between its networks." },
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment": { lost: "The way between the network and the gateway." },
  "aws:ec2/vpnConnection:VpnConnection": { lost: "The tunnels, with their addresses and keys." },
  "aws:ec2/vpnGateway:VpnGateway": { lost: "All tunnels that end at it." },
  "aws:ec2clientvpn/endpoint:Endpoint": { lost: "The endpoint: whoever is connected is not any more." },
  "aws:directconnect/connection:Connection": { lost: "The line." },
  "aws:networkfirewall/firewall:Firewall": { lost: "The firewall, with the ways through it." },
  "aws:rds/clusterInstance:ClusterInstance": DATABASE_INSTANCE,
  "aws:docdb/clusterInstance:ClusterInstance": DATABASE_INSTANCE,
  "aws:neptune/clusterInstance:ClusterInstance": DATABASE_INSTANCE,
  "aws:rds/proxy:Proxy": { lost: "The proxy: connections end." },
  "aws:redshiftserverless/workgroup:Workgroup": { lost: "What answers queries. The data is in the namespace." },
  "aws:dms/replicationInstance:ReplicationInstance": { lost: "The machine: its replications stop." },
  "aws:efs/mountTarget:MountTarget": { lost: "The way from its subnet to the files." },
  "aws:cloudfront/distribution:Distribution": { lost: "The distribution and its name." },
  "aws:apigateway/restApi:RestApi": API,
  "aws:apigateway/stage:Stage": API,
  "aws:apigatewayv2/api:Api": API,
  "aws:apigatewayv2/stage:Stage": API,
  "aws:appsync/graphQLApi:GraphQLApi": API,
  "aws:apprunner/service:Service": { lost: "The service and its name." },
  "aws:ecs/service:Service": { lost: "All tasks of the service." },
  "aws:ecs/cluster:Cluster": { lost: "All services in it." },
  "aws:eks/cluster:Cluster": {
    lost: "All that runs in it, and all that it has been told to run.",
    safeguards: [when("deletionProtection", true, "deletionProtection is on: AWS refuses to delete it.")],
  },
  "aws:eks/nodeGroup:NodeGroup": { lost: "All machines of the group, with what runs on them." },
  "aws:lambda/function:Function": { lost: "The function: calls of it fail." },
  "aws:lambda/functionUrl:FunctionUrl": { lost: "The address of the function, which is another afterwards." },
  "aws:sfn/stateMachine:StateMachine": { lost: "The state machine, with the executions that run." },
  "aws:sns/topic:Topic": { lost: "The topic with its subscriptions: what is sent to it reaches nobody." },
  "aws:cognito/userPoolClient:UserPoolClient": { lost: "The client: applications that know its id let nobody in." },
  "aws:cognito/userPoolDomain:UserPoolDomain": { lost: "The address at which users sign in." },
  "aws:transfer/server:Server": { lost: "The server and its name: transfers end." },
  "aws:route53/record:Record": { lost: "The name: for a time it leads nowhere." },
  "aws:route53/resolverEndpoint:ResolverEndpoint": { lost: "The way by which names are asked for." },
};

export const interruptionOf = (type: string): Interruption | undefined =>
  Object.hasOwn(INTERRUPTIONS, type) ? INTERRUPTIONS[type] : undefined;
