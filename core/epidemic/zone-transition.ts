import { found } from "../series/found.ts";

/**
 * How areas moved between official risk zones from one publication to the next. The zones are data, imported as the
 * task force published them; nothing here computes one.
 */

/**
 * Official zones from worst to best. "tidak terdampak" (never a case) and "tidak ada kasus" (no new one in four weeks) are both green and
 * of one risk.
 */
export const ZONES = [
	"tinggi",
	"sedang",
	"rendah",
	"tidak-ada-kasus",
	"tidak-terdampak",
] as const;

export type Zone = (typeof ZONES)[number];

/** Risk of each zone, 0 the highest; the two green ones are equal: a change between them is neither worse nor better. */
const RANK: Record<Zone, number> = {
	tinggi: 0,
	sedang: 1,
	rendah: 2,
	"tidak-ada-kasus": 3,
	"tidak-terdampak": 3,
};

/** The number by which a zone is stored as a value of the indicator `zone`, 5 the highest risk; stored in feed and replica: never reuse one. */
export function zoneNumber(zone: Zone): number {
	return ZONES.length - ZONES.indexOf(zone);
}

/** The zone of a stored number; undefined for any other number. */
export function zoneOfNumber(value: number): Zone | undefined {
	return ZONES[ZONES.length - value];
}

/** Whether the second zone is of higher risk than the first. */
export function isWorse(from: Zone, to: Zone): boolean {
	return RANK[to] < RANK[from];
}

const PUBLISHED_WORDS: Record<string, Zone> = {
	"RESIKO TINGGI": "tinggi",
	"RESIKO SEDANG": "sedang",
	"RESIKO RENDAH": "rendah",
	"TIDAK ADA KASUS": "tidak-ada-kasus",
	"TIDAK TERDAMPAK": "tidak-terdampak",
};

/** Reads the zone as published ("RESIKO RENDAH", "Risiko Sedang"); undefined for other words. */
export function zoneFromPublished(text: string): Zone | undefined {
	return PUBLISHED_WORDS[
		text.trim().toUpperCase().replace(/\s+/g, " ").replace("RISIKO", "RESIKO")
	];
}

export interface ZoneTransitions<Area = string> {
	/** counts[from][to] of areas, over zones in the order of ZONES. */
	counts: number[][];
	/** The areas of each cell, laid out as `counts`. */
	areas: Area[][][];
	worsened: { area: Area; from: Zone; to: Zone }[];
	improved: { area: Area; from: Zone; to: Zone }[];
	/** Areas of the same risk as before, also from one green zone to the other. */
	unchanged: number;
	/** Areas with a zone in only one of the two publications: not a transition. */
	onlyBefore: Area[];
	onlyAfter: Area[];
}

/**
 * Transition matrix between two publications.
 * @param before zone by area (its code or id), of the earlier publication
 */
export function zoneTransitions<Area>(
	before: ReadonlyMap<Area, Zone>,
	after: ReadonlyMap<Area, Zone>,
): ZoneTransitions<Area> {
	const areas: Area[][][] = ZONES.map(() => ZONES.map(() => []));
	const worsened: ZoneTransitions<Area>["worsened"] = [];
	const improved: ZoneTransitions<Area>["improved"] = [];
	let unchanged = 0;
	for (const [area, from] of before) {
		const to = after.get(area);
		if (to === undefined) continue;
		found(
			areas[ZONES.indexOf(from)]?.[ZONES.indexOf(to)],
			`zones ${from} and ${to}`,
		).push(area);
		if (isWorse(from, to)) worsened.push({ area, from, to });
		else if (isWorse(to, from)) improved.push({ area, from, to });
		else unchanged++;
	}
	return {
		counts: areas.map((row) => row.map((cell) => cell.length)),
		areas,
		worsened,
		improved,
		unchanged,
		onlyBefore: [...before.keys()].filter((area) => !after.has(area)),
		onlyAfter: [...after.keys()].filter((area) => !before.has(area)),
	};
}
