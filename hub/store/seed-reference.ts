import type pg from "pg";
import { levelOf } from "../../core/areas/codes.ts";
import {
	loadAreaTree,
	loadCensus,
	loadPopulation,
} from "../../resources/areas/load.ts";
import { loadItems } from "../../resources/catalogue/load.ts";
import { areAlertRulesSeeded, seedAlertRules } from "./alerts.ts";
import { LEVEL_NUMBER, putAreas } from "./areas.ts";
import { putDataset } from "./dataset.ts";
import { areItemsSeeded, seedItems } from "./items.ts";
import { storePopulation } from "./population.ts";

/**
 * Gives a new database what every dataset has before the first report: its areas, their people, the items of the catalogue, the rules of alerts
 * and its name; one
 * that was made before kecamatan, kelurahan, these items or these rules were counted in is given those.
 */
export async function seedReference(client: pg.PoolClient): Promise<void> {
	const { rows } = await client.query<{ level: number | null }>(
		"SELECT max(level) AS level FROM area",
	);
	const level = rows[0]?.level ?? null;
	const items = loadItems();
	if (
		level === LEVEL_NUMBER.village &&
		(await areItemsSeeded(client, items.version)) &&
		(await areAlertRulesSeeded(client))
	)
		return;
	await client.query("BEGIN");
	try {
		if (level === null) await seedRows(client);
		else {
			if (level !== LEVEL_NUMBER.village)
				await putAreas(client, loadAreaTree());
			if (!(await areItemsSeeded(client, items.version)))
				await seedItems(client, items);
			await seedAlertRules(client);
		}
		await client.query("COMMIT");
	} catch (error) {
		await client.query("ROLLBACK");
		throw error;
	}
}

export async function seedRows(client: pg.PoolClient): Promise<void> {
	await putAreas(client, loadAreaTree());
	await seedItems(client, loadItems());
	await seedAlertRules(client);
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
