import type Database from "better-sqlite3";
import type { Freshness } from "../../../core/api/sources.ts";
import type { Cadence } from "../../../core/quality/cadence.ts";
import { perPublication } from "./per-publication.ts";
import { statement } from "./statement.ts";

export interface Source {
	id: number;
	rank: number;
	name: Freshness["source"];
	id_order: string;
	en_order: string;
	cadence: Cadence;
}

/** The names of the sources, by id. */
export const sourceNames = perPublication(
	() => "",
	(db) =>
		new Map<number, Source["name"]>(
			sourcesInOrder(db).map(({ id, name }) => [id, name]),
		),
);

/** Ids of the sources that decide by hand. */
export const decisionSources = sourcesThatReport("once");

/** Ids of the sources that speak on days of their own choosing. */
export const irregularSources = sourcesThatReport("irregular");

/** Ids of the sources of which a report is expected every day. */
export const dailySources = sourcesThatReport("daily");

function sourcesThatReport(how: Cadence) {
	return perPublication(
		() => "",
		(db) =>
			new Set(
				sourcesInOrder(db).flatMap(({ id, cadence }) =>
					cadence === how ? [id] : [],
				),
			),
	);
}

/** The sources in their stated order, the one that is asked first at the head. */
export function sourcesInOrder(db: Database.Database): Source[] {
	const rows = statement(
		db,
		"SELECT id, rank, key, id_name, en_name, id_order, en_order, cadence FROM source ORDER BY rank, id",
	).all() as (Omit<Source, "name"> & Source["name"])[];
	return rows.map(({ key, id_name, en_name, ...source }) => ({
		...source,
		name: { key, id_name, en_name },
	}));
}
