import { type Context, Hono } from "hono";
import type pg from "pg";
import { mayAs, type Person } from "../../core/access/person.ts";
import { refusalOf } from "../../core/api/command-message.ts";
import { RELEASERS } from "../../core/api/releasers.ts";
import type { ReleasePreview, ReleaseRow } from "../../core/api/releases.ts";
import type { Answered } from "../../core/api/route.ts";
import { NATION } from "../../core/areas/codes.ts";
import { compareReleases } from "../../core/release/compare.ts";
import { cellAt } from "../../core/release/counted-table.ts";
import {
	publicSince,
	releaseStatus,
} from "../../core/release/release-status.ts";
import { shownCell, withheldShares } from "../../core/release/shown-cell.ts";
import { dayFromIso } from "../../core/series/day.ts";
import { whoAsks } from "../access/routes.ts";
import {
	type ReleaseContent,
	releaseContent,
	releasesOfDataset,
	type StoredRelease,
} from "../store/releases.ts";

/**
 *   GET  /v1/releases               ReleaseRow[], newest first
 *   GET  /v1/release/{number}?on=   ReleasePreview
 * Both are for those who let data out, of the whole country. What is withheld is in neither.
 */
export function releaseRoutes(
	db: { pool: pg.Pool },
	clock: () => number = Date.now,
): Hono {
	const app = new Hono();
	const previewOf = createPreviews(db.pool);

	/** Whoever asks, if they may. */
	async function releasing(c: Context): Promise<Person | Response> {
		const session = await whoAsks(db.pool, c, clock());
		if (!session) return c.json(refusalOf("no-session", {}), 401);
		const { person } = session;
		if (!mayAs(person, RELEASERS))
			return c.json(
				refusalOf("role", {
					command: new URL(c.req.url).pathname,
					roles: RELEASERS.join(", "),
					role: person.role,
				}),
				403,
			);
		return person.scope === NATION
			? person
			: c.json(
					refusalOf("nation-only", {
						command: new URL(c.req.url).pathname,
						scope: person.scope,
					}),
					403,
				);
	}

	app.get("/v1/releases", async (c) => {
		const person = await releasing(c);
		if (person instanceof Response) return person;
		return c.json(rowsOf(await releasesOfDataset(db.pool)));
	});

	app.get("/v1/release/:number", async (c) => {
		const person = await releasing(c);
		if (person instanceof Response) return person;
		const all = await releasesOfDataset(db.pool);
		const number = Number(c.req.param("number"));
		const release = all.find((one) => one.number === number);
		if (!release)
			return c.json(refusalOf("unknown-release", { release: number }), 404);
		const stated = c.req.query("on");
		const on = stated === undefined ? null : dayFromIso(stated);
		if (on === undefined)
			return c.json(refusalOf("form", { fields: "on" }), 400);
		return c.json(await previewOf(all, release, on));
	});

	return app;
}

/** Whether anybody outside has ever seen it, and it tells of the same country. */
const isPublicBeside =
	({ exercise, number }: StoredRelease) =>
	(other: StoredRelease): boolean =>
		other.exercise === exercise &&
		other.number !== number &&
		publicSince(other.steps) !== null;

export function rowsOf(all: readonly StoredRelease[]): ReleaseRow[] {
	return [...all].reverse().map((release) => {
		const beside = all.filter(isPublicBeside(release));
		const status = releaseStatus(release.steps);
		const isOpen = status === "draft" || status === "approved-once";
		const { number, at, seq, corrects, note, exercise, recipe, attack } =
			release;
		return {
			...{ number, at, seq, status, corrects, note, exercise, recipe, attack },
			correctedBy:
				beside.findLast((one) => one.corrects === number)?.number ?? null,
			outdatedBy: isOpen
				? (beside.find((one) => !release.against.includes(one.number))
						?.number ?? null)
				: null,
			steps: release.steps.map(({ kind, at, person, display, note }) => ({
				...{ kind, at, person, display, note },
			})),
		};
	});
}

/** What is reckoned of a whole release: it never changes, and days of one are looked at one after the other. */
interface Reckoned {
	readonly content: ReleaseContent;
	readonly shares: Answered<typeof ReleasePreview>["shares"];
	readonly changes: Answered<typeof ReleasePreview>["changes"];
}

/** What the public sees of releases, and how each differs from the newest of those that were public before it; of the one looked at last it is kept. */
function createPreviews(pool: pg.Pool) {
	let kept: { of: string; reckoned: Promise<Reckoned> } | null = null;

	async function reckon(
		release: StoredRelease,
		before: StoredRelease | undefined,
	): Promise<Reckoned> {
		const content = await releaseContent(pool, release.number, release.recipe);
		const earlier =
			before && (await releaseContent(pool, before.number, before.recipe));
		return {
			content,
			shares: withheldShares(content) as Reckoned["shares"],
			changes:
				before && earlier
					? { against: before.number, ...compareReleases(content, earlier) }
					: null,
		};
	}

	return async (
		all: readonly StoredRelease[],
		release: StoredRelease,
		on: number | null,
	): Promise<Answered<typeof ReleasePreview>> => {
		const before = all
			.filter(isPublicBeside(release))
			.findLast(({ number }) => release.against.includes(number));
		const of = `${release.number} ${before?.number}`;
		if (kept?.of !== of) {
			const mine = { of, reckoned: reckon(release, before) };
			kept = mine;
			mine.reckoned.catch(() => {
				if (kept === mine) kept = null;
			});
		}
		const { content, shares, changes } = await kept.reckoned;
		const { table } = content;
		const last = table.days.length - 1;
		const found = on === null ? last : table.days.indexOf(on);
		// A day that the release has not: its newest, which the answer names.
		const at = found < 0 ? last : found;
		return {
			release: release.number,
			days: [...table.days],
			day: table.days[at] as number,
			indicators: [...table.indicators],
			rows: table.areas.map(({ code, name, level }, area) => ({
				...{ code, name, level: level as "nation" | "province" | "regency" },
				cells: table.indicators.map((_, indicator) =>
					shownCell(content, cellAt(table, indicator, area, at)),
				),
			})),
			shares,
			changes,
		};
	};
}
