import type pg from "pg";
import type { CodeBridge } from "../../core/areas/bridge.ts";
import type { BpsCode, KemendagriCode } from "../../core/areas/codes.ts";

/** The imported bridge from BPS to Kemendagri codes; null while none was imported. */
export async function readStoredBridge(
	client: pg.Pool | pg.PoolClient,
): Promise<CodeBridge | null> {
	const { rows } = await client.query<{
		bps: BpsCode;
		kemendagri: KemendagriCode;
	}>("SELECT bps, kemendagri FROM code_bridge ORDER BY bps");
	if (rows.length === 0) return null;
	const pairs = rows.map((row) => [row.bps, row.kemendagri] as const);
	const toKemendagri = new Map(pairs);
	const toBps = new Map(pairs.map(([bps, code]) => [code, bps]));
	return {
		size: pairs.length,
		toKemendagri: (code) => toKemendagri.get(code),
		toBps: (code) => toBps.get(code),
		pairs,
	};
}

/** Adds pairs to the bridge, a newer pair of the same BPS code taking the place of the older, and shows the codes with the areas. */
export async function storeBridge(
	client: pg.PoolClient,
	pairs: CodeBridge["pairs"],
): Promise<void> {
	await client.query(
		`INSERT INTO code_bridge SELECT * FROM unnest($1::text[], $2::text[])
		 ON CONFLICT (bps) DO UPDATE SET kemendagri = excluded.kemendagri`,
		[pairs.map(([bps]) => bps), pairs.map(([, kemendagri]) => kemendagri)],
	);
	await client.query(
		`WITH changed AS (
			UPDATE area SET bps_code = bps FROM code_bridge
			WHERE kemendagri = code AND bps_code IS DISTINCT FROM bps RETURNING area.id
		)
		INSERT INTO dirty SELECT 'area', id::text FROM changed ON CONFLICT DO NOTHING`,
	);
}
