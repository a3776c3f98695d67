import type pg from "pg";
import { levelOf } from "../../core/areas/codes.ts";
import {
	loadAreaTree,
	loadCensus,
	loadPopulation,
} from "../../resources/areas/load.ts";
import { putAreas } from "./areas.ts";
import { putDataset } from "./dataset.ts";
import { storePopulation } from "./population.ts";

/** Gives a new database what every dataset has before the first report: its areas, their people and its name. */
export async function seedReference(client: pg.PoolClient): Promise<void> {
	const { rows } = await client.query("SELECT 1 FROM area LIMIT 1");
	if (rows.length > 0) return;
	await client.query("BEGIN");
	try {
		await seedRows(client);
		await client.query("COMMIT");
	} catch (error) {
		await client.query("ROLLBACK");
		throw error;
	}
}

export async function seedRows(client: pg.PoolClient): Promise<void> {
	await putAreas(client, loadAreaTree());
	const { year } = loadCensus();
	const people = [...loadPopulation()];
	for (const [source, counted] of [
		["census-2020", true],
		["census-2020-divided", false],
	] as const)
		await storePopulation(
			client,
			new Map(
				people.filter(([code]) => (levelOf(code) !== "regency") === counted),
			),
			year,
			source,
		);
	await putDataset(client, {
		exercise: false,
		label: "",
		title: "BLC Command",
	});
}
