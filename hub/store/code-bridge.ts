import type pg from "pg";
import type { BpsCode, KemendagriCode } from "../../core/areas/codes.ts";

/** The imported bridge from BPS to Kemendagri codes; null while none was imported. */
export async function readBridge(client: pg.ClientBase): Promise<{
	toKemendagri(code: BpsCode): KemendagriCode | undefined;
} | null> {
	const { rows } = await client.query<{
		bps: BpsCode;
		kemendagri: KemendagriCode;
	}>("SELECT bps, kemendagri FROM code_bridge");
	if (rows.length === 0) return null;
	const codes = new Map(rows.map((row) => [row.bps, row.kemendagri]));
	return { toKemendagri: (code) => codes.get(code) };
}

/** Adds pairs to the bridge, a newer pair of the same BPS code taking the place of the older, and shows the codes with the areas. */
export async function storeBridge(
	client: pg.ClientBase,
	pairs: readonly { bps: BpsCode; kemendagri: KemendagriCode; name: string }[],
): Promise<void> {
	await client.query(
		`INSERT INTO code_bridge SELECT * FROM unnest($1::text[], $2::text[], $3::text[])
		 ON CONFLICT (bps) DO UPDATE SET kemendagri = excluded.kemendagri, name = excluded.name`,
		[
			pairs.map((pair) => pair.bps),
			pairs.map((pair) => pair.kemendagri),
			pairs.map((pair) => pair.name),
		],
	);
	await client.query(
		`WITH changed AS (
			UPDATE area SET bps_code = bps FROM code_bridge
			WHERE kemendagri = code AND bps_code IS DISTINCT FROM bps RETURNING area.id
		)
		INSERT INTO dirty SELECT 'area', id::text FROM changed ON CONFLICT DO NOTHING`,
	);
}
