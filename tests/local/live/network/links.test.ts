import test from "ava";
import { linkInFabric, linkInNamespace, ownAddresses, removalInFabric } from "../../../../local/live/network/links.ts";
import { tiers } from "./plans.ts";

const [web, app] = tiers.interfaces;
if (!web || !app) throw new Error("The plan has no interfaces.");

test("an interface is a link between the fabric, which has a route to it alone, and a namespace as EC2 configures it", (t) => {
  t.deepEqual(linkInFabric(app, "w1-app-1"), [
    "link add v0a00400a type veth peer name eth0 netns w1-app-1",
    "ntable change name arp_cache dev v0a00400a proxy_delay 0",
    "link set v0a00400a up",
    "route add 10.0.64.10/32 dev v0a00400a",
  ]);
  t.deepEqual(linkInNamespace(app, "10.0.64.0/20"), [
    "link set lo up",
    "address add 10.0.64.10/20 broadcast + dev eth0",
    "link set eth0 up",
    "route add default via 10.0.64.1",
  ]);
});

test("interfaces that leave are removed together", (t) => {
  t.deepEqual(removalInFabric([web, app]), [
    "link set dev v0a00000a group 1",
    "link set dev v0a00400a group 1",
    "link delete group 1",
  ]);
});

test("the fabric is every subnet's router and every network's DNS server", (t) => {
  t.deepEqual(ownAddresses(tiers), ["10.0.0.1", "10.0.64.1", "10.0.144.1", "10.1.0.1", "10.0.0.2", "10.1.0.2"]);
});
