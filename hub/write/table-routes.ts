import { createHash } from "node:crypto";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type pg from "pg";
import { mayAs, type Person } from "../../core/access/person.ts";
import { liesIn } from "../../core/access/scope.ts";
import { refusalOf } from "../../core/api/command-message.ts";
import { DATA_MANAGERS } from "../../core/api/data-managers.ts";
import {
	LARGEST_TABLE,
	LONGEST_DRAFT,
	MappingDraft,
	type TablePreview,
} from "../../core/api/tables.ts";
import { NATION } from "../../core/areas/codes.ts";
import { fitTable } from "../../core/mapping/fit.ts";
import { guessColumns } from "../../core/mapping/guess.ts";
import { faultsOf, type TableMapping } from "../../core/mapping/mapping.ts";
import { excerpt } from "../../core/reading/fault.ts";
import { type Day, dayFromIso } from "../../core/series/day.ts";
import { loadAreaTree } from "../../resources/areas/load.ts";
import { provinceAsking, whoAsks } from "../access/routes.ts";
import { mappedTable, openTable } from "../connectors/mapped-table.ts";
import { contextIn } from "../intake/ingest.ts";
import { groupedFaults } from "../intake/store-reports.ts";
import { isUtf8 } from "../reports/decode-text.ts";
import { mayNamePatients } from "../reports/fhir-bundle.ts";
import { inTransaction } from "../store/database.ts";
import {
	areasOfSource,
	givenTables,
	type KeptTable,
	keepTable,
	keptTable,
	knownSources,
	mappingVersions,
	registeredSource,
	standingMapping,
} from "../store/tables.ts";

/** Rows and faults of a preview; of a table of a thousand columns a row is as long as a page. */
const ROWS = 20;
const FAULTS = 40;

const tableBody = bodyLimit({
	maxSize: LARGEST_TABLE,
	onError: (c) =>
		c.json(
			{ error: `expected at most ${LARGEST_TABLE / 1024 / 1024} MB` },
			413,
		),
});

/**
 *   POST /v1/table?name=            the bytes of a table -> {table}; the same bytes under the same name are the same table
 *   GET  /v1/tables                 GivenTable[], newest first
 *   GET  /v1/mappings               versions of all mappings, and the sources
 *   GET  /v1/table/{id}?source=&as_of=&draft=   TablePreview
 * All of them are for data managers; whoever answers for one province is shown the tables that they gave themselves.
 */
export function tableRoutes(
	db: { pool: pg.Pool },
	clock: () => number = Date.now,
): Hono {
	const app = new Hono();

	/** Whoever asks, if they may. */
	async function managing(c: Context): Promise<Person | Response> {
		const session = await whoAsks(db.pool, c, clock());
		if (!session) return c.json(refusalOf("no-session", {}), 401);
		const { person } = session;
		return mayAs(person, DATA_MANAGERS)
			? person
			: c.json(
					refusalOf("role", {
						command: new URL(c.req.url).pathname,
						roles: DATA_MANAGERS.join(", "),
						role: person.role,
					}),
					403,
				);
	}

	async function speaksOfScope(
		keys: readonly string[],
		{ scope }: Person,
	): Promise<(key: string) => boolean> {
		const ours = new Set<string>();
		for (const key of new Set(keys)) {
			const spoken = await areasOfSource(db.pool, key);
			if (spoken.length === 0 || spoken.some((area) => liesIn(area, scope)))
				ours.add(key);
		}
		return (key) => ours.has(key);
	}

	// Nothing is read of what somebody sends who may not.
	const managersOnly: MiddlewareHandler = async (c, next) => {
		const person = await managing(c);
		if (person instanceof Response) return person;
		await next();
	};
	app.post("/v1/table", managersOnly, tableBody, async (c) => {
		const person = await managing(c);
		if (person instanceof Response) return person;
		const name = plainName(c.req.query("name") ?? "");
		const bytes = new Uint8Array(await c.req.arrayBuffer());
		const empty = [
			...(name === "" ? ["name"] : []),
			...(bytes.length === 0 ? ["body"] : []),
		];
		if (empty.length > 0)
			return c.json(refusalOf("form", { fields: empty.join(", ") }), 400);
		// Its name may be somebody's too.
		if (mayNamePatients(bytes))
			return c.json(refusalOf("names-patients", {}), 400);
		const table = await keepTable(db.pool, {
			...{ name, bytes, at: clock(), person: person.name },
			sha256: createHash("sha256").update(bytes).digest("hex"),
		});
		return c.json({ table });
	});

	app.get("/v1/tables", async (c) => {
		const person = await managing(c);
		if (person instanceof Response) return person;
		return c.json(
			await givenTables(db.pool, person.scope === NATION ? null : person.name),
		);
	});

	app.get("/v1/mappings", async (c) => {
		const person = await managing(c);
		if (person instanceof Response) return person;
		const versions = await mappingVersions(db.pool);
		const sources = await knownSources(db.pool);
		// At the workstation of one province only those who speak of it, or of nobody yet.
		const isOurs = provinceAsking(c)
			? await speaksOfScope(
					[
						...versions.map(({ source }) => source),
						...sources.map(({ key }) => key),
					],
					person,
				)
			: () => true;
		return c.json({
			versions: versions.filter(({ source }) => isOurs(source)),
			sources: sources.filter(({ key }) => isOurs(key)),
		});
	});

	app.get("/v1/table/:id", async (c) => {
		const person = await managing(c);
		if (person instanceof Response) return person;
		const id = Number(c.req.param("id"));
		const table = Number.isSafeInteger(id)
			? await keptTable(db.pool, id)
			: undefined;
		if (!table || (person.scope !== NATION && table.person !== person.name))
			return c.json(refusalOf("unknown-table", { table: id }), 404);
		const source = c.req.query("source");
		if (
			source !== undefined &&
			provinceAsking(c) &&
			!(await speaksOfScope([source], person))(source)
		)
			return c.json(
				refusalOf("source-elsewhere", { source, scope: person.scope }),
				403,
			);
		const written = c.req.query("draft");
		const draft =
			written === undefined || written.length > LONGEST_DRAFT
				? undefined
				: MappingDraft.safeParse(readJsonText(written));
		if (written !== undefined && !draft?.success)
			return c.json(refusalOf("form", { fields: "draft" }), 400);
		const stated = c.req.query("as_of");
		const asOf = stated === undefined ? null : dayFromIso(stated);
		if (asOf === undefined)
			return c.json(refusalOf("form", { fields: "as_of" }), 400);
		const standing =
			source === undefined ? undefined : await standingMapping(db.pool, source);
		const before = standing?.mapping ?? null;
		// By the names of all columns of the file on which the mapping was made it is seen that the order is another, and what came and went.
		const tried: TriedMapping | null = draft?.success
			? { ...draft.data, ...(before && { header: before.header }) }
			: before;
		return c.json(await previewOf(db.pool, table, tried, source, asOf));
	});

	return app;
}

/** A name that is a name, whatever path a browser put before it. */
function plainName(given: string): string {
	const name = given.split(/[\\/]/).at(-1) ?? "";
	return excerpt(name.replace(/\p{Cc}/gu, "").trim());
}

function readJsonText(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

/** A mapping that is tried; where the source had none, without the names of the columns of a file before. */
type TriedMapping = MappingDraft & Partial<TableMapping>;

async function previewOf(
	pool: pg.Pool,
	given: KeptTable,
	mapping: TriedMapping | null,
	sourceKey: string | undefined,
	asOf: Day | null,
): Promise<TablePreview> {
	const { bytes } = given;
	// What is no UTF-8 is shown as the other encoding would read it; whether it is that, a person says.
	const encoding =
		mapping?.encoding ?? (isUtf8(bytes) ? "utf-8" : "windows-1252");
	const opened = openTable(
		bytes,
		encoding,
		mapping?.columns.flatMap(({ name, otherNames }) => [name, ...otherNames]),
	);
	const context = await inTransaction(pool, (client) =>
		contextIn(client, loadAreaTree(), {
			path: given.name,
			receivedAt: given.at,
			asOf,
		}),
	);
	const head = { table: given.id, name: given.name };
	if ("error" in opened)
		return {
			...head,
			...{ lines: 0, encoding, delimiter: "", titleLines: 0, header: [] },
			...{ sheetsUnread: [], faults: groupedFaults([opened.error]), rows: [] },
			guess: { level: "regency", thousands: "none", columns: [] },
			trial: null,
		};
	const header = opened.columns;
	const guess = guessColumns(header, opened.rows, context, opened.dayZero);
	return {
		...head,
		lines: opened.lines,
		encoding: opened.encoding,
		delimiter: opened.delimiter,
		titleLines: opened.titleLines,
		sheetsUnread: [...opened.sheetsUnread],
		faults: groupedFaults(opened.errors).slice(0, FAULTS),
		header,
		rows: opened.rows.slice(0, ROWS).map(({ line, cells }) => ({
			line,
			cells: header.map((name) => excerpt(cells[name] ?? "")),
		})),
		guess,
		trial: mapping && (await trialOf()),
	};

	async function trialOf(): Promise<TablePreview["trial"]> {
		if ("error" in opened || !mapping || faultsOf(mapping).length > 0)
			return null;
		const whole: TableMapping = { header: [...header], ...mapping };
		const known = sourceKey && (await registeredSource(pool, sourceKey));
		const { reports, errors, lines, skipped } = mappedTable(
			known || NOBODY,
			whole,
		).parse(bytes, context);
		const fit = fitTable(whole, header, opened.rows, opened.dayZero);
		const skips = Object.values(skipped).reduce((sum, count) => sum + count, 0);
		return {
			accepted: reports.length,
			quarantined: lines - reports.length - skips,
			skipped: skips,
			faults: groupedFaults(errors).slice(0, FAULTS),
			drift: fit.drift.map((one) => ({ ...one, found: excerpt(one.found) })),
			questions: fit.questions.map((one) => ({
				...one,
				found: excerpt(one.found),
			})),
			says: reports.slice(0, ROWS).map(({ line, area, day, values }) => ({
				...{ line, code: area, day, values },
				name: context.tree.get(area)?.name ?? area,
			})),
		};
	}
}

/** Whose a table is while nobody has said. */
const NOBODY = {
	...{ key: "nobody", idName: "", enName: "", idOrder: "", enOrder: "" },
	...{ rank: 99, cadence: "irregular" as const },
};
