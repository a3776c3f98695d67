import type { AreaRow } from "../../../core/api/areas.ts";
import type { FacilityRow } from "../../../core/api/facilities.ts";
import type { WrittenInputs } from "../../../core/logistics/scenario.ts";
import type { AreaIndex } from "../../state/area-index.ts";
import { facilitiesIn } from "./facilities-in.ts";

/** What is often asked "what if" of; each is changed further by hand. */
export const PRESETS = [
	"held",
	"double",
	"warehouse",
	"laboratory",
	"late",
	"crisis",
] as const;
export type Preset = (typeof PRESETS)[number];

/** The inputs of a new scenario: the state of today with one thing changed. */
export function presetInputs(
	preset: Preset,
	of: {
		area: AreaRow;
		areas: AreaIndex;
		facilities: readonly FacilityRow[];
		day: string;
		asKnown: string | null;
	},
): WrittenInputs {
	const inside = (kind: FacilityRow["kind"]) =>
		facilitiesIn(of.facilities, of.area, of.areas)
			.filter((one) => one.kind === kind)
			.slice(0, 1)
			.map(({ code }) => code);
	return {
		area: of.area.code,
		day: of.day,
		asKnown: of.asKnown,
		weeks: 4,
		census:
			preset === "double"
				? { method: "renewal", doublingDays: 9 }
				: { method: "held" },
		beds: false,
		use: "reported",
		stratum: preset === "crisis" ? "crisis" : "conventional",
		reuse: 1,
		warehousesLost: preset === "warehouse" ? inside("warehouse") : [],
		laboratoriesStopped: preset === "laboratory" ? inside("laboratory") : [],
		shipmentsLateDays: preset === "late" ? 14 : 0,
		shipments: [],
	};
}
