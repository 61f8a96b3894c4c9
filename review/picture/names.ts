import type { Resource } from "../../policy/model/resource.ts";
import { TYPES } from "../../policy/model/types.ts";
import { titleOf } from "./facts.ts";
import { changeOfAll, type PictureEdge, type PictureNode } from "./picture.ts";
import { type Scene, told } from "./scene.ts";
import type { Standing } from "./standing.ts";

/** The public names that lead to what stands in the stack: a node for each zone of DNS, whose records count as parts of it. */
export function namesOf(
  standing: readonly Standing[],
  scene: Scene,
): { readonly nodes: readonly PictureNode[]; readonly edges: readonly PictureEdge[] } {
  const leads = scene.model.all(TYPES.record).flatMap((record) => {
    const targets = ["aliases", "records"].flatMap((property) => record.references(property));
    const to = standing.find(({ parts, resource }) =>
      targets.some((target) => target === resource || (target.type === TYPES.eip && parts.includes(target))),
    );
    return to && !isPrivate(record) ? [{ record, to: to.resource.urn, zone: zoneOf(record) }] : [];
  });
  const byZone = [...Map.groupBy(leads, ({ zone }) => zone?.urn ?? OUR_NAMES)];
  return {
    nodes: byZone.map(([id, same]): PictureNode => {
      const [zone] = same.map((each) => each.zone);
      const records = [...new Set(same.map(({ record }) => record))];
      const parts = [...(zone ? [zone] : []), ...records];
      return {
        id,
        role: "names",
        name: namesIn(records),
        title: titleOf("names"),
        facts: [],
        zones: [],
        columns: [],
        change:
          zone && scene.changeOf(zone) !== "unchanged"
            ? scene.changeOf(zone)
            : changeOfAll(records.map(scene.changeOf)),
        parts: parts.map(({ urn }) => urn),
        copies: 1,
      };
    }),
    edges: byZone.flatMap(([from, same]) =>
      [...Map.groupBy(same, ({ to }) => to)].map(
        ([to, records]): PictureEdge => ({
          from,
          to,
          kind: "name",
          ways: [],
          change: changeOfAll(records.map(({ record }) => scene.changeOf(record))),
        }),
      ),
    ),
  };
}

/** Records of a zone that is none of the stack's. */
const OUR_NAMES = "names";

const zoneOf = (record: Resource): Resource | undefined => record.references("zoneId", TYPES.zone)[0];

/** Names of a zone that only a network asks. */
const isPrivate = (record: Resource): boolean => zoneOf(record)?.isSet("vpcs") ?? false;

function namesIn(records: readonly Resource[]): string {
  const names = records.map((record) => told(() => record.text("name"), undefined) ?? record.name);
  return [...new Set(names)].join(", ");
}
