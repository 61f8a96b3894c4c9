import { pictureOf } from "../review/picture/draw.ts";
import { svgOf } from "../review/picture/svg.ts";
import { type Architecture, planOf, standing } from "../tests/review/picture/programs.ts";

/** The picture of an architecture with the settings that it has by default: of a stack that stands, which nothing changes. */
export async function imageOf(architecture: Architecture): Promise<string> {
  const plan = standing(await planOf(architecture));
  return svgOf(pictureOf(plan), { title: `The ${architecture} architecture` });
}
