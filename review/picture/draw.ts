import type { Plan } from "../../plan/plan.ts";
import { zonesOf } from "../../policy/graph/places.ts";
import type { Resource } from "../../policy/model/resource.ts";
import { TYPES } from "../../policy/model/types.ts";
import { asideOf } from "./aside.ts";
import { compartmentOf } from "./compartments.ts";
import { factsOf, roleOf, titleOf } from "./facts.ts";
import { folded } from "./fold.ts";
import { namesOf } from "./names.ts";
import { INTERNET, pathsBetween } from "./paths.ts";
import { type Change, changeOfAll, type Picture, type PictureEdge, type PictureNode, type Place } from "./picture.ts";
import { sourceOf } from "./replication.ts";
import { type Scene, sceneOf, told } from "./scene.ts";
import { type Standing, standingIn } from "./standing.ts";
import { counted } from "./words.ts";

/** The picture of a plan: of what there will be, and of what is about to go. */
export function pictureOf(plan: Plan): Picture {
  const scene = sceneOf(plan);
  const standing = plan.linked ? standingIn(scene.model) : [];
  const replicas = standing.flatMap(({ resource }) => replicationTo(resource, scene));
  const paths = pathsBetween(standing, scene);
  const { nodes: names, edges: leads } = plan.linked ? namesOf(standing, scene) : { nodes: [], edges: [] };
  const compartments = new Map(standing.map((each) => [each, compartmentOf(each.subnets)]));
  const firewalls = firewallParts(standing);
  const nodes = standing.map((each): PictureNode => {
    const compartment = compartments.get(each);
    const role = roleOf(each.resource);
    const parts = [...each.parts, ...(firewalls.get(each) ?? [])];
    return {
      id: each.resource.urn,
      role,
      name: each.resource.name,
      title: titleOf(role),
      facts: factsOf(each, scene.model),
      zones: zonesFor(each),
      columns: compartment?.columns ?? [],
      ...(compartment && { place: compartment.place.id }),
      change: changeOf(each.resource, parts, scene),
      parts: [...new Set(parts.map(({ urn }) => urn))],
      copies: 1,
    };
  });
  const edges = [...leads, ...paths, ...replicas];
  const sheet = folded({
    nodes: inOrder([...outsiders(edges), ...names, ...nodes], edges),
    edges,
    places: placesOf([...compartments.values()].flatMap((each) => each ?? [])),
  });
  return {
    stack: plan.stack,
    ...sheet,
    aside: asideOf(plan, new Set(sheet.nodes.flatMap(({ parts }) => parts))),
    notes: notesOf(plan),
  };
}

function notesOf(plan: Plan): readonly string[] {
  return [
    ...(plan.linked
      ? []
      : ["The events of the engine do not say what comes from what, so there are no tiers and no paths."]),
    ...(plan.unlisted > 0
      ? [`${counted(plan.unlisted, "unchanged resource")} are not shown: the preview was made without --show-sames.`]
      : []),
    ...(plan.failure === undefined ? [] : ["The preview failed: this is not the whole stack."]),
  ];
}

function replicationTo(resource: Resource, scene: Scene): readonly PictureEdge[] {
  const source = resource.type === TYPES.database ? sourceOf(resource, scene.model) : undefined;
  if (source === undefined) return [];
  const change = scene.changeOf(resource);
  return [
    {
      from: source.urn,
      to: resource.urn,
      kind: "replication",
      ways: [],
      change: change === "changed" ? "unchanged" : change,
    },
  ];
}

/** The security groups and their rules, each with the first that is behind it. */
function firewallParts(standing: readonly Standing[]): ReadonlyMap<Standing, readonly Resource[]> {
  const taken = new Set<Resource>();
  return new Map(
    standing.map((each) => {
      const groups = each.firewalls.filter((group) => !taken.has(group));
      for (const group of groups) taken.add(group);
      const rules = groups.flatMap((group) =>
        [TYPES.ingressRule, TYPES.egressRule].flatMap((type) => group.usedBy(type, "securityGroupId")),
      );
      return [each, [...groups, ...rules]];
    }),
  );
}

function changeOf(resource: Resource, parts: readonly Resource[], scene: Scene): Change {
  const own = scene.changeOf(resource);
  if (own !== "unchanged") return own;
  return changeOfAll(parts.map(scene.changeOf)) === "unchanged" ? own : "changed";
}

/** A database says in which zone it is, or AWS chooses among those of its subnets: then they are known only where there is no choice. */
function zonesFor({ resource, subnets }: Standing): readonly string[] {
  const own = told(() => resource.text("availabilityZone"), undefined);
  if (own !== undefined) return [own];
  const zones = told(() => zonesOf(subnets), []);
  if (resource.type !== TYPES.database) return zones;
  const count = told(() => resource.flag("multiAz"), false) ? 2 : 1;
  return zones.length <= count ? zones : [];
}

/** The nodes that are no resources: the Internet, and the addresses that rules name. */
function outsiders(edges: readonly PictureEdge[]): readonly PictureNode[] {
  const ids = new Set(edges.flatMap(({ from }) => (from === INTERNET || from.startsWith("addresses ") ? [from] : [])));
  return [...ids].map((id) => {
    const role = id === INTERNET ? "internet" : "outside";
    const change = changeOfAll(edges.filter(({ from }) => from === id).map((edge) => edge.change));
    return {
      id,
      role,
      name: id === INTERNET ? "anybody" : id.replace("addresses ", ""),
      title: titleOf(role),
      facts: [],
      zones: [],
      columns: [],
      change: change === "removed" ? change : "unchanged",
      parts: [],
      copies: 1,
    };
  });
}

function placesOf(compartments: readonly { readonly network: Place; readonly place: Place }[]): readonly Place[] {
  const all = compartments.flatMap(({ network, place }) => [network, place]);
  return [...new Map(all.map((place) => [place.id, place])).values()].toSorted(
    (a, b) => Number(a.within !== undefined) - Number(b.within !== undefined),
  );
}

/** By the steps from the Internet; what it does not reach comes last. */
function inOrder(nodes: readonly PictureNode[], edges: readonly PictureEdge[]): readonly PictureNode[] {
  const starts = nodes.filter(({ id }) => edges.every((edge) => edge.to !== id)).map(({ id }) => id);
  const distances = new Map(starts.map((id) => [id, 0]));
  const nexts = Map.groupBy(edges, ({ from }) => from);
  for (const [id, distance] of distances) {
    for (const { to } of nexts.get(id) ?? []) if (!distances.has(to)) distances.set(to, distance + 1);
  }
  const place = ({ id, role }: PictureNode) =>
    role === "internet" ? -1 : (distances.get(id) ?? Number.POSITIVE_INFINITY);
  return nodes.toSorted((a, b) => (place(a) === place(b) ? (a.name < b.name ? -1 : 1) : place(a) - place(b)));
}
