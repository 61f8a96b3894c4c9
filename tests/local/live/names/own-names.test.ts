import test from "ava";
import { type Named, namesInTheNetwork, namesOnTheInternet } from "../../../../local/live/names/own-names.ts";
import { AWS } from "../../../../local/live/network/addresses.ts";

const HOST = "primary.abc.eu-west-1.rds.amazonaws.com";
const BALANCER = "site.eu-west-1.elb.amazonaws.com";

const named: Named = {
  region: "eu-west-1",
  balancers: [
    { dnsName: BALANCER.toUpperCase(), address: "10.0.0.254", publicAddress: "203.0.113.1", healthy: true },
    { dnsName: BALANCER, address: "10.0.1.254", publicAddress: "203.0.113.2", healthy: false },
    { dnsName: "internal-app.eu-west-1.elb.amazonaws.com", address: "10.0.2.254", healthy: true },
  ],
  databases: [
    { host: HOST, address: "10.0.3.254" },
    { host: `open-${HOST}`, address: "10.0.3.253", publicAddress: "203.0.113.3" },
  ],
  endpoints: [
    { service: "logs", address: "10.0.2.253" },
    { service: "logs", address: "10.0.2.252" },
  ],
  hosts: ["packages.example.org"],
};

const addresses = (names: ReturnType<typeof namesOnTheInternet>, name: string) =>
  names.get(name)?.map(({ address }) => address);

test("a load balancer is all of its nodes, each with whether it has somebody to send requests to", (t) => {
  const nodes = [
    { address: "203.0.113.1", healthy: true },
    { address: "203.0.113.2", healthy: false },
  ];
  t.deepEqual(namesOnTheInternet(named).get(BALANCER), nodes);
  t.deepEqual(namesInTheNetwork(named).get(BALANCER), nodes, "in the network too by its public addresses");
});

test("an internal load balancer is named everywhere, by its private address", (t) => {
  const inner = "internal-app.eu-west-1.elb.amazonaws.com";
  t.deepEqual(addresses(namesOnTheInternet(named), inner), ["10.0.2.254"]);
  t.deepEqual(addresses(namesInTheNetwork(named), inner), ["10.0.2.254"]);
});

test("a database is on the internet only by a public address, and in the network always by its private one", (t) => {
  const internet = namesOnTheInternet(named);
  t.is(addresses(internet, HOST), undefined);
  t.deepEqual(addresses(internet, `open-${HOST}`), ["203.0.113.3"]);
  const network = namesInTheNetwork(named);
  t.deepEqual(addresses(network, HOST), ["10.0.3.254"]);
  t.deepEqual(addresses(network, `open-${HOST}`), ["10.0.3.253"]);
});

test("a service with endpoints in the network is there in the network, and elsewhere on the internet", (t) => {
  t.deepEqual(addresses(namesInTheNetwork(named), "logs.eu-west-1.amazonaws.com"), ["10.0.2.253", "10.0.2.252"]);
  t.is(addresses(namesOnTheInternet(named), "logs.eu-west-1.amazonaws.com"), undefined);
});

test("an endpoint takes the place of the service's address on the internet", (t) => {
  const withS3 = { ...named, endpoints: [{ service: "s3", address: "10.0.2.253" }] };
  t.deepEqual(addresses(namesInTheNetwork(withS3), "s3.eu-west-1.amazonaws.com"), ["10.0.2.253"]);
  t.deepEqual(addresses(namesOnTheInternet(withS3), "s3.eu-west-1.amazonaws.com"), [AWS.s3]);
});

test("every other name of AWS is where its endpoints are, by a wildcard for each parent", (t) => {
  const nothing = { ...named, balancers: [], databases: [], endpoints: [] };
  const expected = {
    "s3.eu-west-1.amazonaws.com": [AWS.s3],
    "*.s3.eu-west-1.amazonaws.com": [AWS.s3],
    "s3.amazonaws.com": [AWS.s3],
    "*.s3.amazonaws.com": [AWS.s3],
    "s3.dualstack.eu-west-1.amazonaws.com": [AWS.s3],
    "*.s3.dualstack.eu-west-1.amazonaws.com": [AWS.s3],
    "*.amazonaws.com": [AWS.other],
    "*.eu-west-1.amazonaws.com": [AWS.other],
    "*.rds.amazonaws.com": [AWS.other],
    "*.pki.rds.amazonaws.com": [AWS.other],
    "packages.example.org": [AWS.other],
  };
  for (const names of [namesOnTheInternet(nothing), namesInTheNetwork(nothing)]) {
    t.deepEqual(
      Object.fromEntries([...names].map(([name, all]) => [name, all.map(({ address }) => address)])),
      expected,
    );
  }
});
