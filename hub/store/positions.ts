import type pg from "pg";

/** Where a file says that an area lies. */
export interface PositionRow {
	file: number;
	area: number;
	lat: number;
	lng: number;
}

export async function storePositions(
	client: pg.PoolClient,
	rows: readonly PositionRow[],
): Promise<void> {
	if (rows.length === 0) return;
	await client.query(
		`INSERT INTO area_position (file, area, lat, lng)
		 SELECT * FROM json_to_recordset($1) AS row (file integer, area integer, lat double precision, lng double precision)`,
		[JSON.stringify(rows)],
	);
	await settlePositions(client, [...new Set(rows.map(({ file }) => file))]);
}

/**
 * Gives the areas of which these files state a position the one of the newest file that is known (of two received together, of the one taken in
 * last); none where all of them are withdrawn.
 */
export async function settlePositions(
	client: pg.PoolClient,
	files: readonly number[],
): Promise<void> {
	await client.query(
		`WITH asked AS (SELECT DISTINCT area FROM area_position WHERE file = ANY ($1)),
		newest AS (
			SELECT DISTINCT ON (position.area) position.area, position.lat, position.lng
			FROM area_position AS position JOIN asked ON asked.area = position.area JOIN file ON file.id = position.file
			WHERE file.withdrawn IS NULL ORDER BY position.area, file.received_at DESC, file.id DESC
		), moved AS (
			UPDATE area SET lat = newest.lat, lng = newest.lng FROM asked LEFT JOIN newest ON newest.area = asked.area
			WHERE area.id = asked.area AND (area.lat, area.lng) IS DISTINCT FROM (newest.lat, newest.lng) RETURNING area.id
		)
		INSERT INTO dirty SELECT 'area', id::text FROM moved ON CONFLICT DO NOTHING`,
		[files],
	);
}
