import type pg from "pg";
import { loadAreaTree } from "../../resources/areas/load.ts";
import { putAreas } from "./areas.ts";
import { putDataset } from "./dataset.ts";

/** Gives a new database what every dataset has before the first report: its areas and its name. */
export async function seedReference(client: pg.PoolClient): Promise<void> {
	const { rows } = await client.query("SELECT 1 FROM area LIMIT 1");
	if (rows.length > 0) return;
	await client.query("BEGIN");
	try {
		await putAreas(client, loadAreaTree());
		await putDataset(client, {
			exercise: false,
			label: "",
			title: "BLC Command",
		});
		await client.query("COMMIT");
	} catch (error) {
		await client.query("ROLLBACK");
		throw error;
	}
}
