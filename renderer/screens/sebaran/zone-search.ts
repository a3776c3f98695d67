import { z } from "zod";
import { ZONES, type Zone } from "../../../core/epidemic/zone-transition.ts";
import { dayFromIso } from "../../../core/series/day.ts";

/** Areas that are looked at: those that went from one zone to another, or of which only one of the two publications speaks. */
export type ZoneCell = { from: Zone; to: Zone } | "before" | "after";

export function textOfCell(cell: ZoneCell | null): string {
	if (cell === null || typeof cell === "string") return cell ?? "";
	return `${cell.from}.${cell.to}`;
}

function cellFromText(text: string | undefined): ZoneCell | null {
	if (text === "before" || text === "after") return text;
	const [from, to] = (text ?? "").split(".") as [Zone, Zone];
	return ZONES.includes(from) && ZONES.includes(to) ? { from, to } : null;
}

const day = z
	.string()
	.refine((text) => text === "" || dayFromIso(text) !== undefined)
	.default("");

/** What of the zones stands in the address of the spread, besides that they are shown. */
export const zoneSearch = {
	/** The publications between which the transitions are; empty: that of the map, and the one before it. */
	zoneFrom: day,
	zoneTo: day,
	/** The zone that is shown alone. */
	zone: z.union([z.enum(ZONES), z.literal("none"), z.literal("")]).default(""),
	cell: z.codec(z.string().optional(), z.custom<ZoneCell | null>(), {
		decode: cellFromText,
		encode: (cell) => textOfCell(cell) || undefined,
	}),
};
