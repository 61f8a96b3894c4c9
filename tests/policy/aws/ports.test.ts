import test from "ava";
import { isWholeRange } from "../../../policy/aws/addresses.ts";
import { portsOf, portsWithin, tellPorts } from "../../../policy/aws/ports.ts";
import { Values } from "../../../policy/model/values.ts";

const rule = (bag: Readonly<Record<string, unknown>>) => new Values(bag, "", () => undefined);
const ports = (ipProtocol: string, fromPort?: number, toPort?: number) =>
  portsOf(rule({ ipProtocol, fromPort, toPort }));

test("a rule for TCP or UDP opens its range, by the name or the number of the protocol", (t) => {
  t.deepEqual(ports("tcp", 80, 443), { from: 80, to: 443 });
  t.deepEqual(ports("TCP", 80), { from: 80, to: 80 });
  t.deepEqual(ports("17", 53, 53), { from: 53, to: 53 });
});

test("a rule for every protocol, or for every port, opens all", (t) => {
  const all = { from: 0, to: 65_535 };
  t.deepEqual(ports("-1"), all);
  t.deepEqual(ports("all", 22, 22), all);
  t.deepEqual(ports("6"), all);
  t.deepEqual(ports("tcp", -1, -1), all);
  t.deepEqual(portsOf(rule({})), all);
});

test("a protocol without ports opens none", (t) => {
  t.is(ports("icmp", 8, 0), undefined);
  t.is(ports("50"), undefined);
});

test("the protocol of a network ACL is called otherwise", (t) => {
  t.deepEqual(portsOf(rule({ protocol: "tcp", fromPort: 22, toPort: 22 }), "protocol"), { from: 22, to: 22 });
});

test("both ends of a range are within it", (t) => {
  t.deepEqual(portsWithin({ from: 22, to: 80 }, [21, 22, 80, 81]), [22, 80]);
});

test("a range is told in words", (t) => {
  t.is(tellPorts({ from: 22, to: 22 }), "port 22");
  t.is(tellPorts({ from: 22, to: 80 }), "ports 22 to 80");
});

test("every address is a range without a prefix, of IPv4 and IPv6", (t) => {
  t.true(isWholeRange("0.0.0.0/0"));
  t.true(isWholeRange("::/0"));
  t.true(isWholeRange("0:0:0:0:0:0:0:0/0"));
  t.false(isWholeRange("10.0.0.0/8"));
  t.false(isWholeRange("0.0.0.0/32"));
  t.false(isWholeRange(undefined));
});
