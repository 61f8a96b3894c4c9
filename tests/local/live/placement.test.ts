import test from "ava";
import { AddressBook } from "../../../local/live/address-book.ts";
import { place } from "../../../local/live/placement.ts";
import { account, balancer, database, group, machine } from "./stacks.ts";

const everything = account({
  securityGroups: [group("sg-server")],
  machines: [machine("i-1", "10.0.1.4"), machine("i-2", "10.0.1.5", { publicAddress: "203.0.113.77" })],
  balancers: [balancer("public", "internet-facing"), balancer("inner", "internal")],
  databases: [database("primary"), database("open", { publiclyAccessible: true })],
  networks: account().networks.map((network) => ({
    ...network,
    endpoints: [
      {
        id: "vpce-1",
        service: "logs",
        subnetIds: ["subnet-app-b"],
        securityGroupIds: ["sg-endpoint"],
        privateDns: true,
      },
    ],
  })),
});

test("machines are where the account has them, and what AWS runs is at the end of its subnet", (t) => {
  const { plan } = place(everything, new AddressBook(), [], []);
  t.deepEqual(plan.interfaces, [
    { name: "i-1", subnetId: "subnet-app-b", address: "10.0.1.4", securityGroupIds: ["sg-server"] },
    {
      name: "i-2",
      subnetId: "subnet-app-b",
      address: "10.0.1.5",
      publicAddress: "203.0.113.77",
      securityGroupIds: ["sg-server"],
    },
    {
      name: "0123456789abcdef-eu-west-1a",
      subnetId: "subnet-public-a",
      address: "10.0.0.254",
      publicAddress: "203.0.113.1",
      securityGroupIds: ["sg-public"],
    },
    {
      name: "0123456789abcdef-eu-west-1b",
      subnetId: "subnet-app-b",
      address: "10.0.1.254",
      securityGroupIds: ["sg-inner"],
    },
    {
      name: "rds-primary",
      subnetId: "subnet-data-a",
      address: "10.0.2.254",
      securityGroupIds: ["sg-database", "replication-vpc-1"],
    },
    {
      name: "rds-open",
      subnetId: "subnet-data-a",
      address: "10.0.2.253",
      publicAddress: "203.0.113.2",
      securityGroupIds: ["sg-database", "replication-vpc-1"],
    },
    {
      name: "vpce-1-eu-west-1b",
      subnetId: "subnet-app-b",
      address: "10.0.1.253",
      securityGroupIds: ["sg-endpoint"],
    },
  ]);
});

test("a load balancer has a node in each of its subnets", (t) => {
  const wide = balancer("public", "internet-facing", { subnetIds: ["subnet-public-a", "subnet-app-b"] });
  const { balancers } = place(account({ balancers: [wide] }), new AddressBook(), [], []);
  t.deepEqual(
    [...balancers].map(([name, { subnet, interface: each }]) => [name, subnet.id, each.publicAddress]),
    [
      ["0123456789abcdef-eu-west-1a", "subnet-public-a", "203.0.113.1"],
      ["0123456789abcdef-eu-west-1b", "subnet-app-b", "203.0.113.2"],
    ],
  );
});

test("databases are known by the names of their interfaces, and endpoints too", (t) => {
  const { databases, endpoints } = place(everything, new AddressBook(), [], []);
  t.deepEqual(
    [...databases].map(
      ([
        name,
        {
          database: { identifier },
        },
      ]) => [name, identifier],
    ),
    [
      ["rds-primary", "primary"],
      ["rds-open", "open"],
    ],
  );
  t.deepEqual(
    [...endpoints].map(
      ([
        name,
        {
          endpoint: { service },
        },
      ]) => [name, service],
    ),
    [["vpce-1-eu-west-1b", "logs"]],
  );
});

test("networks, security groups and zones that are cut off are as they were given, with a group for replication", (t) => {
  const { plan } = place(everything, new AddressBook(), ["eu-west-1a"], []);
  const sql = [
    {
      protocol: "tcp" as const,
      ports: { from: 3306, to: 3306 },
      peer: { securityGroupId: "replication-vpc-1" },
    },
  ];
  t.deepEqual(plan.networks, [{ id: "vpc-1", cidrs: ["10.0.0.0/16"] }]);
  t.deepEqual(
    plan.subnets.map(({ id }) => id),
    ["subnet-public-a", "subnet-app-b", "subnet-data-a"],
  );
  t.deepEqual(plan.securityGroups, [
    group("sg-server"),
    { id: "replication-vpc-1", networkId: "vpc-1", ingress: sql, egress: sql },
  ]);
  t.deepEqual(plan.zonesCutOff, ["eu-west-1a"]);
});

test("replication goes by the ports of the databases, each once", (t) => {
  const at = (identifier: string, port: number) => database(identifier, { endpoint: { host: identifier, port } });
  const databases = [at("one", 3306), at("two", 3307), at("three", 3306)];
  const { plan } = place(account({ databases }), new AddressBook(), [], []);
  t.deepEqual(
    plan.securityGroups.flatMap(({ ingress }) => ingress.map(({ ports }) => ports?.from)),
    [3306, 3307],
  );
});

test("whoever stays keeps its address, and an address that the account gives to a machine is given up", (t) => {
  const book = new AddressBook();
  const address = (databases: string[], machines: string[] = []) => {
    const held = account({
      databases: databases.map((identifier) => database(identifier)),
      machines: machines.map((each, index) => machine(`i-${index}`, each, { subnetId: "subnet-data-a" })),
    });
    const { plan } = place(held, book, [], []);
    return Object.fromEntries(plan.interfaces.map((each) => [each.name, each.address]));
  };
  t.deepEqual(address(["a", "b"]), { "rds-a": "10.0.2.254", "rds-b": "10.0.2.253" });
  t.deepEqual(address(["b", "c"]), { "rds-b": "10.0.2.253", "rds-c": "10.0.2.252" });
  t.deepEqual(address(["b"], ["10.0.2.253"]), { "i-0": "10.0.2.253", "rds-b": "10.0.2.254" });
});

test("what leaves keeps its interface, unless its subnet has gone or its address is another's", (t) => {
  const left = (name: string, address: string, subnetId = "subnet-app-b") => ({
    name,
    subnetId,
    address,
    securityGroupIds: ["sg-server"],
  });
  const held = account({ machines: [machine("i-1", "10.0.1.4")] });
  const { plan } = place(
    held,
    new AddressBook(),
    [],
    [left("i-1", "10.0.1.4"), left("i-2", "10.0.1.4"), left("i-3", "10.0.1.5"), left("i-4", "10.9.9.9", "subnet-gone")],
  );
  t.deepEqual(
    plan.interfaces.map(({ name }) => name),
    ["i-1", "i-3"],
  );
});

test("an address is not given to another while whoever leaves has it", (t) => {
  const book = new AddressBook();
  const before = place(account({ databases: [database("a")] }), book, [], []);
  const during = place(account({ databases: [database("b")] }), book, [], before.plan.interfaces);
  t.deepEqual(
    during.plan.interfaces.map(({ name, address }) => [name, address]),
    [
      ["rds-b", "10.0.2.253"],
      ["rds-a", "10.0.2.254"],
    ],
  );
});

test("an account that contradicts itself is told of", (t) => {
  const lost = account({ databases: [database("a", { subnetId: "subnet-gone" })] });
  t.throws(() => place(lost, new AddressBook(), [], []), {
    message: "The account has something in the subnet subnet-gone, which it does not have.",
  });
});
