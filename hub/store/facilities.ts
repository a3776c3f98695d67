import type pg from "pg";
import type { AreaCode } from "../../core/areas/codes.ts";

export interface Facility {
	code: string;
	kind: "hospital" | "laboratory";
	name: string;
	area: AreaCode;
	/** Hospital class A to D. */
	class: string | null;
	lat: number | null;
	lng: number | null;
}

/** Writes facilities by their code: new ones get an id, known ones keep theirs. Only those that changed are published again. */
export async function putFacilities(
	client: pg.PoolClient,
	facilities: readonly Facility[],
): Promise<void> {
	await client.query(
		`WITH given AS (
			SELECT row.*, area.id AS area_id, row_number() OVER (ORDER BY row.code) AS place
			FROM json_to_recordset($1) AS row (code text, kind text, name text, area text, class text, lat double precision, lng double precision)
			LEFT JOIN area ON area.code = row.area
		), written AS (
			INSERT INTO facility (id, code, kind, name, area, class, lat, lng)
			SELECT (SELECT coalesce(max(id), 0) FROM facility) + place, code, kind, name, area_id, class, lat, lng FROM given
			ON CONFLICT (code) DO UPDATE SET kind = excluded.kind, name = excluded.name, area = excluded.area, class = excluded.class,
				lat = excluded.lat, lng = excluded.lng
			WHERE (facility.kind, facility.name, facility.area, facility.class, facility.lat, facility.lng)
				IS DISTINCT FROM (excluded.kind, excluded.name, excluded.area, excluded.class, excluded.lat, excluded.lng)
			RETURNING id
		)
		INSERT INTO dirty SELECT 'facility', id::text FROM written ON CONFLICT DO NOTHING`,
		[JSON.stringify(facilities)],
	);
}
