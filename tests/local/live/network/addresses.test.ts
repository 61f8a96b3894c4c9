import test from "ava";
import {
  AWS,
  addressAt,
  contains,
  hexadecimal,
  ON_THE_INTERNET,
  PUBLIC_DNS,
  PUBLIC_POOL,
  prefixOf,
  VISITOR,
} from "../../../../local/live/network/addresses.ts";

test("addresses are counted from the start of their network", (t) => {
  t.is(addressAt("10.0.64.0/20", 1), "10.0.64.1");
  t.is(addressAt("10.0.64.0/20", 256), "10.0.65.0");
  t.is(addressAt("10.0.64.77/20", 1), "10.0.64.1");
  t.is(addressAt("223.255.255.0/24", 255), "223.255.255.255");
  t.is(prefixOf("10.0.64.0/20"), 20);
  t.is(prefixOf("0.0.0.0/0"), 0);
});

test("a network contains what lies between its first and its last address", (t) => {
  t.true(contains("10.0.64.0/20", "10.0.64.0"));
  t.true(contains("10.0.64.0/20", "10.0.79.255"));
  t.false(contains("10.0.64.0/20", "10.0.80.0"));
  t.false(contains("10.0.64.0/20", "10.0.63.255"));
  t.true(contains("0.0.0.0/0", "203.0.113.1"));
  t.true(contains("192.168.0.0/16", "192.168.255.1"));
});

test("an address is eight hexadecimal digits, the first ones too", (t) => {
  t.is(hexadecimal("10.0.64.11"), "0a00400b");
  t.is(hexadecimal("192.168.1.2"), "c0a80102");
});

test("whoever has a name on the internet has an address there once, outside the pool that load balancers are given from", (t) => {
  t.is(ON_THE_INTERNET[0], VISITOR);
  t.true([PUBLIC_DNS, "198.51.100.60", ...Object.values(AWS)].every((address) => ON_THE_INTERNET.includes(address)));
  t.is(new Set(ON_THE_INTERNET).size, 54);
  t.false(ON_THE_INTERNET.some((address) => contains(PUBLIC_POOL, address)));
});
