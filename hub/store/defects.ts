/** What is wrong in what files say, told from claims and facts: counts, and of each kind the one that weighs most. */
import type pg from "pg";

type Queryable = pg.Pool | pg.PoolClient;

interface Cell {
	/** Id of the indicator. */
	indicator: number;
	code: string;
	name: string;
	day: number;
}

/** How often a file said something of a kind of one indicator, and the instance that weighs most. */
export interface Instances extends Cell {
	count: number;
	was: number;
	value: number;
}

/** Values of a file that bear a mark, by indicator, beside what stood before: on the day before, or of the same day as known before. */
export async function markedClaims(
	client: Queryable,
	file: number,
	{ mark, against }: { mark: number; against: "day" | "knowledge" },
): Promise<Instances[]> {
	const { rows } = await client.query(
		`WITH said AS (
			SELECT claim.*, lag(value) OVER (PARTITION BY indicator, area, source${against === "day" ? "" : ", day"}
				ORDER BY ${against === "day" ? "day, as_of" : "as_of"}) AS was
			FROM claim WHERE source = (SELECT source FROM file WHERE id = $1)
		), marked AS (
			SELECT said.*, count(*) OVER (PARTITION BY indicator)::integer AS count,
				row_number() OVER (PARTITION BY indicator ORDER BY abs(value - was) DESC NULLS LAST, day, area) AS place
			FROM said WHERE file = $1 AND marks & $2 > 0
		)
		SELECT indicator, code, name, day, was, value, count FROM marked JOIN area ON area.id = area WHERE place = 1 ORDER BY indicator`,
		[file, mark],
	);
	return rows;
}

/** Areas of which a file counts more recovered and dead than confirmed on one day, on how many, and the deepest of them. */
export async function belowZero(
	client: Queryable,
	file: number,
): Promise<
	{ code: string; name: string; count: number; day: number; active: number }[]
> {
	const { rows } = await client.query(
		`WITH active AS (
			SELECT area, day, (stated->>'confirmed')::float8 - (stated->>'recovered')::float8 - (stated->>'deaths')::float8 AS active
			FROM report WHERE file = $1
		)
		SELECT code, name, count(DISTINCT day)::integer AS count, (array_agg(day ORDER BY active, day))[1] AS day, min(active) AS active
		FROM active JOIN area ON area.id = area WHERE active < 0 GROUP BY code, name ORDER BY count(DISTINCT day) DESC, code`,
		[file],
	);
	return rows;
}

/** Of how many areas of each level a file speaks, of how many days, and the longest times between two of them. */
export async function reachOfFile(
	client: Queryable,
	file: number,
): Promise<{
	levels: { level: number; areas: number }[];
	days: number[];
}> {
	const { rows: levels } = await client.query(
		`SELECT level, count(DISTINCT area.id)::integer AS areas FROM report JOIN area ON area.id = area WHERE file = $1 GROUP BY level ORDER BY level`,
		[file],
	);
	const { rows: days } = await client.query(
		"SELECT DISTINCT day FROM report WHERE file = $1 ORDER BY day",
		[file],
	);
	return { levels, days: days.map(({ day }) => day) };
}

/** Areas that were expected to report and did not, by level and day, with those of each day. */
export async function silences(
	client: Queryable,
	mark: number,
): Promise<{ day: number; indicators: number[]; areas: string[] }[]> {
	const { rows } = await client.query(
		`WITH silent AS (
			SELECT day, array_agg(DISTINCT indicator ORDER BY indicator) AS indicators, code, name
			FROM fact JOIN area ON area.id = area WHERE marks & $1 > 0 AND value IS NULL GROUP BY day, code, name
		)
		SELECT day, indicators, array_agg(code || ' ' || name ORDER BY code) AS areas FROM silent GROUP BY day, indicators ORDER BY day, indicators`,
		[mark],
	);
	return rows;
}

/** Where what a source says of the nation is not what it says of its provinces: the newest day, and the day of the widest gap. */
export async function nationGaps(
	client: Queryable,
	/** With fewer provinces there is no sum of a nation. */
	leastProvinces: number,
): Promise<
	{
		source: string;
		indicator: number;
		days: number;
		day: number;
		nation: number;
		sum: number;
		widestDay: number;
		widest: number;
	}[]
> {
	const { rows } = await client.query(
		// In one pass: a join of the claims with themselves takes minutes as soon as there are some years of them.
		`WITH newest AS (
			SELECT DISTINCT ON (source, indicator, area, day) source, indicator, day, value, level
			FROM claim JOIN area ON area.id = area WHERE level <= 1
			ORDER BY source, indicator, area, day, as_of DESC, file DESC
		), sums AS (
			SELECT source, indicator, day, max(value) FILTER (WHERE level = 0) AS nation, sum(value) FILTER (WHERE level = 1) AS sum
			FROM newest GROUP BY 1, 2, 3
			HAVING count(*) FILTER (WHERE level = 0) > 0 AND count(*) FILTER (WHERE level = 1) >= $1
		)
		SELECT source.key AS source, indicator, count(*) FILTER (WHERE nation <> sum)::integer AS days, max(day) AS day,
			(array_agg(nation ORDER BY day DESC))[1] AS nation, (array_agg(sum ORDER BY day DESC))[1] AS sum,
			(array_agg(day ORDER BY abs(nation - sum) DESC, day))[1] AS "widestDay", max(abs(nation - sum)) AS widest
		FROM sums JOIN source ON source.id = source GROUP BY 1, 2 HAVING count(*) FILTER (WHERE nation <> sum) > 0 ORDER BY 1, 2`,
		[leastProvinces],
	);
	return rows;
}

/** On how many cells of an indicator and level sources differ, on which days, and where by most. */
export async function conflictCounts(
	client: Queryable,
	mark: number,
): Promise<
	{
		indicator: number;
		level: number;
		count: number;
		first: number;
		last: number;
	}[]
> {
	const { rows } = await client.query(
		`SELECT indicator, level, count(*)::integer AS count, min(day) AS first, max(day) AS last
		 FROM fact JOIN area ON area.id = area WHERE marks & $1 > 0 GROUP BY indicator, level ORDER BY level, indicator`,
		[mark],
	);
	return rows;
}
