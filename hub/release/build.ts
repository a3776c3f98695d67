import type pg from "pg";
import { attack } from "../../core/release/attack.ts";
import { cellName } from "../../core/release/counted-table.ts";
import { disclosureOf } from "../../core/release/disclosure.ts";
import type { Recipe } from "../../core/release/recipe.ts";
import { withhold } from "../../core/release/withhold.ts";
import { dayInWib } from "../../core/series/day.ts";
import {
	loadSolver,
	openHighsSession,
} from "../../machine/solver/highs-session.ts";
import { reading } from "../publish/reading.ts";
import { inTransaction } from "../store/database.ts";
import { logHead } from "../store/publication.ts";
import {
	addRelease,
	everPublic,
	type KeptAttack,
	storedReleases,
} from "../store/releases.ts";
import { readCounts } from "./count.ts";

/** A release that is not made, and why. */
export class ReleaseError extends Error {
	override name = "ReleaseError";
}

export interface Built {
	readonly number: number;
	readonly attack: KeptAttack;
	readonly cells: number;
}

/**
 * Makes a release of the dataset as it was last published: withholds, attacks it with every release before, and keeps it as a draft.
 * @param by.record notes it in the audit trail, in the same transaction
 * @throws ReleaseError when there is nothing to release, and when something comes closer than the recipe lets it: then nothing is kept
 */
export async function buildRelease(
	db: { pool: pg.Pool },
	recipe: Recipe,
	{ corrects, note }: { corrects: number | null; note: string },
	by: {
		at: number;
		person: string;
		record: (client: pg.PoolClient, built: Built) => Promise<void>;
	},
): Promise<Built> {
	const { head, exercise, counted, before } = await reading(
		db.pool,
		async (client) => {
			const { rows } = await client.query(
				"SELECT 1 FROM dataset WHERE key = 'exercise' AND value = 'true'",
			);
			const exercise = rows.length > 0;
			return {
				head: await logHead(client),
				exercise,
				counted: await readCounts(client, recipe, dayInWib(by.at)),
				before: await everPublic(client, exercise),
			};
		},
	);
	if (!counted || counted.table.areas.length === 0)
		throw new ReleaseError(
			"nothing to release: the dataset has no whole period yet that is older than the delay of the recipe",
		);
	const broken = counted.table.values.findIndex(
		(value) => !Number.isNaN(value) && !Number.isInteger(value),
	);
	if (broken >= 0)
		throw new ReleaseError(
			`${cellName(counted.table, broken)} is no whole number of people: what others it hangs together with cannot be told`,
		);
	if (corrects !== null && !before.numbers.includes(corrects))
		throw new ReleaseError(
			`release ${corrects} was never public: there is nothing to correct`,
		);
	const highs = await loadSolver();
	const open = (program: Parameters<typeof openHighsSession>[1]) =>
		openHighsSession(highs, program);
	const made = withhold(
		recipe,
		counted.table,
		before.statements,
		open,
		counted.greatestParts,
	);
	const { found, solved } = attack(
		disclosureOf([...before.statements, made.statement]),
		open,
		{ others: made.others },
	);
	const close = found.filter(({ tooClose }) => tooClose);
	if (close.length > 0)
		throw new ReleaseError(
			[
				`refused: ${close.length} of ${found.length} small counts can be reckoned closer than the recipe lets them, from this release and those before it; nothing was kept`,
				// Never their values: whoever reads this need not know them.
				...close.slice(0, 10).map(({ secret: { kind, of, cells } }) => {
					const earlier = before.numbers[of];
					const { table } = before.statements[of] ?? made.statement;
					return `  ${kind} in ${earlier === undefined ? "this release" : `release ${earlier}`}: ${cellName(table, cells[0])}`;
				}),
			].join("\n"),
		);
	const kept: KeptAttack = {
		...{ secrets: found.length, programs: solved, tooClose: 0 },
		...{ small: made.small, beside: made.beside },
	};
	return inTransaction(db.pool, async (client) => {
		// Of two that are made at the same time one waits for its number.
		await client.query("LOCK TABLE open_release IN SHARE ROW EXCLUSIVE MODE");
		const number = await addRelease(
			client,
			{
				...{ epoch: head.epoch, seq: head.seq, at: by.at, person: by.person },
				...{ against: before.numbers, corrects, note, exercise, recipe },
				attack: kept,
			},
			{
				...made.statement,
				...{ partial: counted.partial, places: counted.places },
			},
		);
		const built = { number, attack: kept, cells: counted.table.values.length };
		await by.record(client, built);
		return built;
	});
}

/**
 * Attacks a kept release anew, with all others that anybody has seen.
 * @param all whether the very bounds are proved of every small count, and not only that each is safe
 */
export async function attackAgain(
	client: Pick<pg.Pool, "query">,
	number: number,
	all: boolean,
	content: Parameters<typeof disclosureOf>[0][number],
): Promise<{ secrets: number; solved: number; tooClose: number }> {
	const [one] = await storedReleases(client, number);
	const { numbers, statements } = await everPublic(
		client,
		one?.exercise ?? false,
	);
	const highs = await loadSolver();
	const { found, solved } = attack(
		// In the order in which they became public: what changed from one to the next hangs on it.
		disclosureOf(
			numbers.includes(number) ? statements : [...statements, content],
		),
		(program) => openHighsSession(highs, program),
		{ all },
	);
	return {
		...{ secrets: found.length, solved },
		tooClose: found.filter(({ tooClose }) => tooClose).length,
	};
}
