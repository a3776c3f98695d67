import type pg from "pg";
import type { Population } from "../../core/areas/population.ts";
import type { KnownPeople } from "../../core/quality/possible-count.ts";

/** Writes the people of areas, with the year and source they are counted by. */
export async function storePopulation(
	client: pg.PoolClient,
	population: Population,
	year: number,
	source: string,
): Promise<void> {
	await client.query(
		`WITH given AS (
			SELECT * FROM unnest($1::text[], $2::integer[]) AS row (code, people)
		), changed AS (
			UPDATE area SET population = people, population_year = $3, population_source = $4 FROM given
			WHERE area.code = given.code AND (population, population_year, population_source) IS DISTINCT FROM (people, $3, $4)
			RETURNING area.id
		)
		INSERT INTO dirty SELECT 'area', id::text FROM changed ON CONFLICT DO NOTHING`,
		[[...population.keys()], [...population.values()], year, source],
	);
}

/** The people of each area by code; of cases without a place those of the area in which they are. */
export async function readPeople(
	client: pg.PoolClient,
): Promise<Map<string, KnownPeople>> {
	const { rows } = await client.query<KnownPeople & { code: string }>(
		`SELECT area.code, people.population AS people, people.population_source <> 'census-2020-divided' AS counted
		 FROM area JOIN area AS people ON people.id = CASE WHEN area.population > 0 THEN area.id ELSE area.parent END
		 WHERE people.population > 0`,
	);
	return new Map(
		rows.map(({ code, people, counted }) => [code, { people, counted }]),
	);
}
