import { readFile, stat } from "node:fs/promises";
import { z } from "zod";
import { type Geography, versionOf } from "../query/geography.ts";

/** What the built-in boundaries say of themselves, as foreign members of the TopoJSON. */
const Origin = z.object({ source: z.string(), licence: z.string() });

const kept = new Map<string, { time: number; geography: Geography }>();

/**
 * A map that comes with the application: the boundaries, which are approximate, or the land around.
 * @returns null when the file is not there
 */
export async function builtInGeography(
	path: string | null,
): Promise<Geography | null> {
	if (path === null) return null;
	const time = await stat(path).then(
		({ mtimeMs }) => mtimeMs,
		() => null,
	);
	if (time === null) return null;
	const known = kept.get(path);
	if (known?.time === time) return known.geography;
	const topojson = await readFile(path, "utf8");
	const origin = Origin.safeParse(JSON.parse(topojson));
	const geography: Geography = {
		info: {
			approximate: true,
			source: origin.data?.source ?? "",
			licence: origin.data?.licence ?? "",
			version: versionOf(topojson),
		},
		topojson,
	};
	kept.set(path, { time, geography });
	return geography;
}
