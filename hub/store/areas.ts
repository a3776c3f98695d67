import type pg from "pg";
import {
	APART_LEVELS,
	type AreaCode,
	isUnknownPlace,
	type Level,
	NATION,
	UNKNOWN_PROVINCE,
	unknownRegencyOf,
} from "../../core/areas/codes.ts";
import type { AreaTree } from "../../core/areas/tree.ts";

export const LEVEL_NUMBER: Record<Level, number> = {
	nation: 0,
	province: 1,
	regency: 2,
	district: 3,
	village: 4,
};

/** An area as the store keys it. */
export interface StoredArea {
	id: number;
	code: AreaCode;
	level: number;
	parent: number | null;
	/** Cases without a place: counted in a sum, never expected to report. */
	unknownPlace: boolean;
}

/**
 * Writes the areas in which the hub counts and which have no row yet: nation, provinces, kabupaten/kota and kecamatan of the order of 2020, the
 * kelurahan of Jakarta, and beside them one area for the cases of the nation and of each province without a place. An id, once given, stays.
 * A kelurahan has no position until a source states one (./positions).
 */
export async function putAreas(
	client: pg.PoolClient,
	tree: AreaTree,
): Promise<void> {
	const provinces = tree.at("province");
	const codes: AreaCode[] = [
		NATION,
		...provinces.flatMap(({ code }) => [
			code,
			...tree.children(code).map((area) => area.code),
		]),
		UNKNOWN_PROVINCE,
		...provinces.map(({ code }) => unknownRegencyOf(code)),
		...APART_LEVELS.flatMap((level) => tree.at(level).map(({ code }) => code)),
	];
	const { rows } = await client.query<{ id: number; code: AreaCode }>(
		"SELECT id, code FROM area",
	);
	const ids = new Map(rows.map((row) => [row.code, row.id]));
	if (codes.every((code) => ids.has(code))) return;
	let next = Math.max(0, ...ids.values());
	const added = [];
	for (const code of codes) {
		if (ids.has(code)) continue;
		const area = tree.get(code);
		if (!area) throw new Error(`no area ${code}`);
		ids.set(code, ++next);
		added.push({
			id: next,
			code,
			level: LEVEL_NUMBER[area.level],
			name: area.name,
			parent: area.parent === null ? null : ids.get(area.parent),
			lat: area.level === "village" ? null : area.lat,
			lng: area.level === "village" ? null : area.lng,
			valid_from: area.validFrom,
			valid_to: area.validTo,
			successors: JSON.stringify(area.successors),
		});
	}
	await client.query(
		`INSERT INTO area (id, code, level, name, parent, lat, lng, valid_from, valid_to, successors)
		 SELECT * FROM json_to_recordset($1) AS row (id integer, code text, level integer, name text, parent integer,
			lat double precision, lng double precision, valid_from text, valid_to text, successors text)`,
		[JSON.stringify(added)],
	);
	await client.query(
		"INSERT INTO dirty SELECT 'area', id::text FROM area WHERE id = ANY ($1) ON CONFLICT DO NOTHING",
		[added.map((area) => area.id)],
	);
}

export async function readAreas(client: pg.PoolClient): Promise<StoredArea[]> {
	const { rows } = await client.query<Omit<StoredArea, "unknownPlace">>(
		"SELECT id, code, level, parent FROM area ORDER BY id",
	);
	return rows.map((row) => ({
		...row,
		unknownPlace: isUnknownPlace(row.code),
	}));
}
