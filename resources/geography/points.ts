import type { AreaTree } from "../../core/areas/tree.ts";
import { codeOf2020, readRecoding } from "../areas/make-areas.ts";
import { idnAreaData, type Place, parseTable } from "../areas/packages.ts";
import { divisionOf } from "./divisions.ts";
import { KILOMETRES } from "./plane.ts";

/** A position known to belong to a kabupaten/kota. */
export interface Point {
	/** Code of the kabupaten/kota in 2020. */
	owner: string;
	x: number;
	y: number;
	kind: "seat" | "kecamatan" | "village" | "island" | "ring";
	/** For a ring point: the kota that it keeps small. */
	around?: string;
}

export interface Islands {
	all: Point[];
	inhabited: Point[];
}

/** The seats of the 514. */
export function seatPoints(tree: AreaTree): Point[] {
	return tree.at("regency").map(({ code, lng, lat }) => ({
		owner: code,
		x: lng,
		y: lat,
		kind: "seat",
	}));
}

/** The division of a position; undefined at sea. */
export type DivisionAt = (x: number, y: number) => string | undefined;

/**
 * Seats of kecamatan: places of GeoNames that seat a third- or second-order division and bear the name of exactly one
 * kecamatan of their province. Names that a kabupaten or kota bears too say nothing (Binjai is a kota and a kecamatan
 * of another kabupaten) and are left out. Against the official boundaries 96 in 100 lie in the right kabupaten/kota.
 */
export function kecamatanPoints(
	tree: AreaTree,
	places: Place[],
	divisionAt: DivisionAt,
): Point[] {
	const regencies = new Set(
		tree
			.at("regency")
			.map(({ name }) =>
				plain(name.replace(/^(Kabupaten|Kota)( Administrasi)? /, "")),
			),
	);
	const owners = new Owners();
	for (const { code, name } of tree.at("district"))
		owners.add(name, code.slice(0, 5));
	return places.flatMap((place): Point[] => {
		if (!/^PPLA[23]$/.test(place.featureCode)) return [];
		const [x, y] = place.loc.coordinates;
		const found = owners.of(place.name, divisionAt(x, y));
		if (found.size !== 1 || regencies.has(plain(place.name))) return [];
		return [{ owner: [...found][0], x, y, kind: "kecamatan" }];
	});
}

/** How many known points around a place must name exactly one of the kabupaten/kota it may lie in. */
const AROUND = 4;

/**
 * Other places of GeoNames that bear the name of a kecamatan or village. Such names repeat, so a place counts only when
 * just one of the kabupaten/kota with that name holds any of the four nearest known points. 97 in 100 lie right.
 */
export function villagePoints(
	tree: AreaTree,
	places: Place[],
	known: Point[],
	divisionAt: DivisionAt,
): Point[] {
	const recoding = readRecoding();
	const owners = new Owners();
	for (const { code, name } of tree.at("district"))
		owners.add(name, code.slice(0, 5));
	for (const { code, name } of idnAreaData("villages")) {
		const owner = codeOf2020(code.slice(0, 5), recoding);
		if (owner) owners.add(name, owner);
	}
	const taken = new Set(known.map(({ x, y }) => `${x} ${y}`));
	return places.flatMap((place): Point[] => {
		const [x, y] = place.loc.coordinates;
		const division = divisionAt(x, y);
		const named = owners.of(place.name, division);
		if (named.size === 0 || taken.has(`${x} ${y}`)) return [];
		const near = known
			.filter(({ owner }) => divisionOf(owner) === division)
			.map((point) => ({
				owner: point.owner,
				distance: Math.hypot(point.x - x, point.y - y),
			}))
			.sort((a, b) => a.distance - b.distance)
			.slice(0, AROUND);
		const fitting = new Set(
			near.map(({ owner }) => owner).filter((owner) => named.has(owner)),
		);
		if (fitting.size !== 1) return [];
		return [{ owner: [...fitting][0], x, y, kind: "village" }];
	});
}

/** Which kabupaten/kota of a division have a part of a name. */
class Owners {
	#byName = new Map<string, Set<string>>();

	add(name: string, owner: string): void {
		const key = divisionOf(owner) + plain(name);
		this.#byName.set(key, (this.#byName.get(key) ?? new Set()).add(owner));
	}

	of(name: string, division: string | undefined): ReadonlySet<string> {
		return this.#byName.get(division + plain(name)) ?? new Set();
	}
}

function plain(name: string): string {
	return name
		.normalize("NFD")
		.replace(/[^A-Za-z]/g, "")
		.toUpperCase();
}

/** The islands of the official list with the kabupaten/kota each belongs to. */
export function islandPoints(): Islands {
	const recoding = readRecoding();
	const islands: Islands = { all: [], inhabited: [] };
	for (const row of idnAreaData("islands")) {
		const owner = codeOf2020(row.regency_code, recoding);
		const position = fromDegrees(row.coordinate);
		if (!owner || !position) continue;
		const point: Point = { owner, ...position, kind: "island" };
		islands.all.push(point);
		if (row.is_populated === "1") islands.inhabited.push(point);
	}
	return islands;
}

const DEGREES = /^(\d+)°(\d+)'([\d.]+)" ([NS])\s+(\d+)°(\d+)'([\d.]+)" ([EW])$/;

/** Reads `03°19'03.44" N 097°07'41.73" E`. */
export function fromDegrees(
	text: string,
): { x: number; y: number } | undefined {
	const match = DEGREES.exec(text.trim());
	if (!match) return undefined;
	const [, latD, latM, latS, ns, lngD, lngM, lngS, ew] = match;
	const lat = +latD + +latM / 60 + +latS / 3600;
	const lng = +lngD + +lngM / 60 + +lngS / 3600;
	return { x: ew === "W" ? -lng : lng, y: ns === "S" ? -lat : lat };
}

/** Positions of our own in large kabupaten that GeoNames' excerpt knows too few places of, from `guides.csv`. */
export function guidePoints(): Point[] {
	return parseTable(new URL("guides.csv", import.meta.url)).map((row) => ({
		owner: row.code,
		x: +row.lng,
		y: +row.lat,
		kind: "village",
	}));
}

const RING = 10;

/**
 * Keeps every kota at about its area: without this a kota among few known points would take half its province.
 * A ring of points of its neighbours at twice the radius of a disc leaves the kota a cell of about that disc. The disc
 * has as much land as the kota has (`kota.csv`, square kilometres), so one on the coast is wider.
 * @param points the other points; a ring point belongs to whom the nearest of them that is of no kota belongs.
 */
export function ringPoints(
	tree: AreaTree,
	points: Point[],
	divisionAt: DivisionAt,
): Point[] {
	const areas = new Map(
		parseTable(new URL("kota.csv", import.meta.url)).map((row) => [
			row.code,
			+row.km2,
		]),
	);
	const kota = tree.at("regency").flatMap((area) => {
		const km2 = areas.get(area.code);
		if (km2 === undefined) return [];
		return [{ ...area, radius: radiusOf(area, km2, divisionAt) }];
	});
	const rings: Point[] = [];
	for (const { code, lng, lat, radius } of kota) {
		const near = points.filter(
			({ owner, x, y }) =>
				!isKota(owner) &&
				divisionOf(owner) === divisionOf(code) &&
				Math.hypot(x - lng, y - lat) < 3,
		);
		for (let i = 0; i < RING; i++) {
			const angle = (i * 2 * Math.PI) / RING;
			const x = lng + 2 * radius * Math.cos(angle);
			const y = lat + 2 * radius * Math.sin(angle);
			const inOther = kota.some(
				(other) =>
					other.code !== code &&
					Math.hypot(other.lng - x, other.lat - y) < 1.8 * other.radius,
			);
			if (inOther || near.length === 0) continue;
			const { owner } = near.reduce((a, b) =>
				Math.hypot(a.x - x, a.y - y) <= Math.hypot(b.x - x, b.y - y) ? a : b,
			);
			rings.push({ owner, x, y, kind: "ring", around: code });
		}
	}
	return rings;
}

/** The radius in degrees of a disc around a seat that has this much land of its own province. */
function radiusOf(
	{ code, lng, lat }: { code: string; lng: number; lat: number },
	km2: number,
	divisionAt: DivisionAt,
): number {
	const least = Math.sqrt(km2 / Math.PI) / KILOMETRES;
	let radius = least;
	for (; radius < 2 * least; radius *= 1.1) {
		let land = 0;
		let all = 0;
		for (let i = -8; i <= 8; i++)
			for (let j = -8; j <= 8; j++) {
				if (i * i + j * j > 64) continue;
				all++;
				const x = lng + (i * radius) / 8;
				const y = lat + (j * radius) / 8;
				if (divisionAt(x, y) === divisionOf(code)) land++;
			}
		const enough = (land / all) * Math.PI * (radius * KILOMETRES) ** 2;
		if (enough >= km2) break;
	}
	return radius;
}

/** Kota have the numbers 71 and up in Kemendagri's scheme. */
export function isKota(code: string): boolean {
	return code[3] >= "7";
}
