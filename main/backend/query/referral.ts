import type Database from "better-sqlite3";
import {
	MOST_REFERRALS,
	type Referral,
	type ReferralRow,
} from "../../../core/api/referral.ts";
import { greatCircle } from "../../../core/areas/great-circle.ts";
import {
	type BedKind,
	freeBeds,
	OLD_AFTER_DAYS,
} from "../../../core/facilities/free-bed.ts";
import type { Day } from "../../../core/series/day.ts";
import { areas } from "./areas.ts";
import { facilities, facilityStates } from "./facilities.ts";
import { knownArea } from "./known-area.ts";

/** Hospitals by their distance from where a bed of a kind is needed. */
export function referral(
	db: Database.Database,
	asked: {
		area: number;
		at: { lat: number; lng: number } | null;
		bed: BedKind;
		show: "free" | "all";
		only: "referral" | "any";
		day: Day;
		asKnownOn: Day | null;
		/** Ids of the areas that the person may see; null: all. */
		inside: readonly number[] | null;
	},
): Referral {
	const area = knownArea(db, asked.area);
	const { lat, lng } = asked.at ?? area;
	const from = lat === null || lng === null ? null : { lat, lng };
	const nation = areas(db).find(({ level }) => level === "nation") ?? area;
	const states = new Map(
		facilityStates(db, {
			kind: "hospital",
			area: nation.id,
			day: asked.day,
			asKnownOn: asked.asKnownOn,
		}).map((state) => [state.facility, state]),
	);
	const seen = asked.inside && new Set(asked.inside);
	const counts = { free: 0, full: 0, unknown: 0 };
	let withoutPlace = 0;
	const rows: ReferralRow[] = [];
	for (const one of facilities(db, { kind: "hospital" })) {
		if (seen && !seen.has(one.area)) continue;
		if (asked.only === "referral" && !one.referral) continue;
		if (one.lat === null || one.lng === null) {
			withoutPlace++;
			continue;
		}
		const told = states.get(one.id);
		const beds = freeBeds(asked.bed, (column) => told?.values[column]);
		const state =
			beds.free === null ? "unknown" : beds.free > 0 ? "free" : "full";
		counts[state]++;
		if (!from || (asked.show === "free" && state !== "free")) continue;
		const age = told?.age ?? null;
		rows.push({
			facility: one.id,
			area: one.area,
			km: greatCircle(from, { lat: one.lat, lng: one.lng }),
			atSeat: one.placed === "area",
			state,
			free: beds.free,
			of: beds.of,
			queue: told?.values.emergency_queue ?? null,
			day: told?.day ?? null,
			age,
			old: age !== null && age >= OLD_AFTER_DAYS,
			source: told?.sources[0] ?? null,
		});
	}
	rows.sort((a, b) => a.km - b.km || a.facility - b.facility);
	return {
		from,
		day: asked.day,
		counts,
		withoutPlace,
		rows: rows.slice(0, MOST_REFERRALS),
	};
}
