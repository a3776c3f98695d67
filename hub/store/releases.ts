import { promisify } from "node:util";
import { zstdCompress, zstdDecompress } from "node:zlib";
import type pg from "pg";
import type {
	CountedArea,
	CountedTable,
} from "../../core/release/counted-table.ts";
import { Recipe } from "../../core/release/recipe.ts";
import {
	publicSince,
	type ReleaseStep,
} from "../../core/release/release-status.ts";
import type { ReleasedTable } from "../../core/release/shown-cell.ts";
import type { Day } from "../../core/series/day.ts";
import type { IndicatorKey } from "../../core/series/indicator.ts";
import { readDataset } from "./dataset-state.ts";
import type { Queryable } from "./publication.ts";

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** What the attack on a release found, as it is kept. */
export interface KeptAttack {
	/** Small counts and steps that were looked at, of this release and of all before it. */
	secrets: number;
	programs: number;
	tooClose: number;
	/** Withheld for being small, and so that others cannot be reckoned. */
	small: number;
	beside: number;
}

export interface StoredStep extends ReleaseStep {
	readonly display: string;
	readonly command: string;
}

/** A release without its table. */
export interface StoredRelease {
	readonly number: number;
	readonly epoch: string;
	readonly seq: number;
	readonly at: number;
	readonly person: string;
	readonly against: readonly number[];
	readonly corrects: number | null;
	readonly note: string;
	readonly exercise: boolean;
	readonly recipe: Recipe;
	readonly attack: KeptAttack;
	readonly steps: readonly StoredStep[];
}

export type ReleaseContent = ReleasedTable;

/** Adds a release under the next number. The caller holds the lock of the table. */
export async function addRelease(
	client: pg.PoolClient,
	release: Omit<StoredRelease, "number" | "steps">,
	content: ReleaseContent,
): Promise<number> {
	const { rows } = await client.query<{ number: number }>(
		`INSERT INTO open_release SELECT coalesce(max(number), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 FROM open_release
		 RETURNING number`,
		[
			...[release.epoch, release.seq, release.at, release.person],
			...[JSON.stringify(release.against), release.corrects, release.note],
			...[release.exercise, JSON.stringify(release.recipe)],
			...[JSON.stringify(release.attack), await packed(content)],
		],
	);
	return (rows[0] as { number: number }).number;
}

/** All releases, or one, in the order of their numbers. */
export async function storedReleases(
	client: Queryable,
	number: number | null = null,
): Promise<StoredRelease[]> {
	const { rows } = await client.query(
		`SELECT number, epoch, seq, at, person, against, corrects, note, exercise, recipe, attack, coalesce((
			SELECT json_agg(json_build_object('kind', kind, 'at', at, 'person', person, 'display', display, 'note', note, 'command', command) ORDER BY step.number)
			FROM open_release_step AS step WHERE step.release = open_release.number), '[]') AS steps
		 FROM open_release WHERE number = coalesce($1, number) ORDER BY number`,
		[number],
	);
	return rows.map((row) => ({
		...row,
		seq: Number(row.seq),
		at: Number(row.at),
		against: JSON.parse(row.against),
		recipe: Recipe.parse(JSON.parse(row.recipe)),
		attack: JSON.parse(row.attack),
	}));
}

/** Those that tell of the country that the hub holds now: the real one, or that of an exercise, in which anybody takes any role. */
export async function releasesOfDataset(
	client: pg.Pool | pg.PoolClient,
): Promise<StoredRelease[]> {
	const isExercise = (await readDataset(client)).exercise === true;
	return (await storedReleases(client)).filter(
		({ exercise }) => exercise === isExercise,
	);
}

export async function releaseContent(
	client: Queryable,
	number: number,
	recipe: Recipe,
): Promise<ReleaseContent> {
	const { rows } = await client.query<{ content: Buffer }>(
		"SELECT content FROM open_release WHERE number = $1",
		[number],
	);
	return unpacked((rows[0] as { content: Buffer }).content, recipe);
}

/**
 * Every release that anybody outside has ever seen, the withdrawn ones too.
 * @param exercise those of exercises, or else those of the country: neither tells anything of the other
 */
export async function everPublic(
	client: Queryable,
	exercise: boolean,
): Promise<{ numbers: number[]; statements: ReleaseContent[] }> {
	const seen = (await storedReleases(client)).filter(
		(one) => one.exercise === exercise && publicSince(one.steps) !== null,
	);
	const statements: ReleaseContent[] = [];
	for (const { number, recipe } of seen)
		statements.push(await releaseContent(client, number, recipe));
	return { numbers: seen.map(({ number }) => number), statements };
}

export async function addReleaseStep(
	client: pg.PoolClient,
	release: number,
	step: StoredStep,
): Promise<void> {
	await client.query(
		`INSERT INTO open_release_step SELECT $1, count(*) + 1, $2, $3, $4, $5, $6, $7 FROM open_release_step WHERE release = $1`,
		[
			...[release, step.kind, step.at, step.person, step.display],
			...[step.note, step.command],
		],
	);
}

interface Packed {
	indicators: IndicatorKey[];
	areas: CountedArea[];
	days: Day[];
	/** null: not reported. */
	values: (number | null)[];
	shown: string;
	partial: string;
	greatestParts: [number, number][];
	places: [string, readonly [number, number]][];
}

function packed({
	table,
	shown,
	partial,
	greatestParts,
	places,
}: ReleaseContent): Promise<Buffer> {
	const content: Packed = {
		indicators: [...table.indicators],
		areas: [...table.areas],
		days: [...table.days],
		values: Array.from(table.values, (value) =>
			Number.isNaN(value) ? null : value,
		),
		shown: shown.join(""),
		partial: partial.join(""),
		greatestParts: [...(greatestParts ?? [])],
		places: [...places],
	};
	return compress(Buffer.from(JSON.stringify(content)));
}

async function unpacked(
	content: Buffer,
	recipe: Recipe,
): Promise<ReleaseContent> {
	const read = JSON.parse((await decompress(content)).toString()) as Packed;
	const table: CountedTable = {
		indicators: read.indicators,
		areas: read.areas,
		days: read.days,
		values: Float64Array.from(read.values, (value) => value ?? Number.NaN),
	};
	return {
		...{ recipe, table, shown: Uint8Array.from(read.shown, Number) },
		partial: Uint8Array.from(read.partial, Number),
		greatestParts: new Map(read.greatestParts),
		places: new Map(read.places),
	};
}
