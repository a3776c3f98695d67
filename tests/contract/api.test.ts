/**
 * Every route and command of the contract, from its table: what is not asked rightly, by whom or from where it may not be, is refused; what
 * is answered has the shape that is stated.
 */
import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Person } from "../../core/access/person.ts";
import { DEVICE_ROLES, ROLES } from "../../core/access/role.ts";
import { Scope } from "../../core/access/scope.ts";
import { COMMANDS, QUERIES } from "../../core/api/all.ts";
import { routesOfScenes } from "../../core/api/panel-routes.ts";
import {
	BYTES_HEADER,
	type Command,
	isBytes,
	type Query,
} from "../../core/api/route.ts";
import { SHIPPED_RULES } from "../../core/epidemic/alert-rule.ts";
import { zoneNumber } from "../../core/epidemic/zone-transition.ts";
import { ruleId } from "../../core/quality/rule.ts";
import { monthOf } from "../../core/series/day.ts";
import { indicatorByKey } from "../../core/series/indicator.ts";
import { NEW_GRID } from "../../core/wall/grid.ts";
import { readyScenes } from "../../core/wall/ready-scenes.ts";
import { sealOf } from "../../main/backend/files/seal.ts";
import type { HubAccess } from "../../main/backend/hub/hub-access.ts";
import { createSignIns } from "../../main/backend/hub/sign-in.ts";
import { openKeptDevices } from "../../main/backend/lan/kept-devices.ts";
import { openOutbox } from "../../main/backend/outbox/outbox-database.ts";
import { ofProvince } from "../../main/backend/replica/replica-database.ts";
import { newSecret } from "../../main/backend/server/session.ts";
import {
	startWorkstation,
	type Workstation,
} from "../../main/backend/workstation.ts";
import {
	AREA,
	asExercise,
	LAST,
	type Row,
	type Rows,
	temporaryFolder,
	twoProvinces,
	writeReplica,
} from "../integration/backend-fixture.ts";

const home = temporaryFolder();
const data = join(home.folder, "data");
let workstation: Workstation;

/** A PNG of one pixel, with nothing in it but that. */
const PICTURE = Buffer.from(
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==",
	"base64",
);

/** A question of each route that can be answered. */
const RIGHT: Record<keyof typeof QUERIES, string> = {
	areas: "",
	audit: "",
	basemap: "",
	conflicts: "?day=2020-04-04",
	cube: "?indicator=confirmed&measure=total&level=regency",
	alerts: "",
	alertDryRun: `?rule=growth&draft=${encodeURIComponent(JSON.stringify(SHIPPED_RULES[0]?.body))}`,
	alertEvidence: "?rule=growth&area=35.07&day=2020-04-04",
	alertRules: "",
	devices: "",
	diagnostics: "",
	demand: `?area=${AREA.jatim}&day=2020-04-04`,
	digest: "",
	districts: "",
	explain: `?indicator=confirmed&measure=total&area=${AREA.jatim}&day=2020-04-04`,
	facilities: "?kind=hospital",
	facilityCube: "?measure=bed-occupancy",
	facilityExplain: "?facility=1&measure=bed-occupancy&day=2020-04-04",
	facilitySeries: "?facility=1",
	facilityStates: `?kind=hospital&area=${AREA.jatim}&day=2020-04-04`,
	facilityStaff: "?facility=1&day=2020-04-04",
	facilitySupply:
		"?facility=1&day=2020-04-12&horizon=28&stratum=conventional&use=reported",
	file: "?file=1",
	figures: `?indicator=confirmed&area=${AREA.jatim}&day=2020-04-04`,
	freshness: "",
	districtGeography: "",
	geography: "",
	givenTables: "",
	releases: "",
	releasePreview: "?release=1",
	heldStock: `?area=${AREA.jatim}&day=2020-04-04`,
	hubKeyId: "?key=AAAA",
	installation: "",
	items: "?item=respirator",
	kpis: `?area=${AREA.jatim}&day=2020-04-04`,
	laboratories: `?area=${AREA.jatim}&day=2020-04-04`,
	mappings: "",
	mobility: "?level=regency",
	orderOf: `?order=${"0".repeat(8)}-0000-4000-8000-${"0".repeat(12)}`,
	orders: "?day=2020-04-04",
	needs: `?area=${AREA.jatim}&day=2020-04-04`,
	nowcast: `?area=${AREA.jatim}&indicator=confirmed&day=2020-04-04`,
	outbox: "",
	plan: `?area=${AREA.jatim}&day=2020-04-04&tier=province`,
	planValues: `?area=${AREA.jatim}&day=2020-04-04&tier=province`,
	projection: `?area=${AREA.jatim}&day=2020-04-04&measures=2020-04-10.-30`,
	projectionScores: `?area=${AREA.jatim}&day=2020-04-04`,
	quarantine: "?file=portal.csv",
	raisedTriggers: "",
	referral: `?area=${AREA.jatim}&bed=icu&show=all&only=any&day=2020-04-04`,
	reporting: "?day=2020-04-04",
	stated: "?term=confirmed",
	reproduction: `?area=${AREA.jatim}`,
	reproductionAreas: "?level=regency&day=2020-04-04",
	reproductionLines: `?level=regency&day=2020-04-04&areas=${AREA.tulungagung}.${AREA.badung}`,
	backendTime: "",
	gridVersions: "?grid=a",
	sceneVersions: "?scene=a",
	show: "",
	wallWindows: "",
	scenarioFile: "?id=a",
	scenarios: "",
	scenariosCompared: "?ids=a",
	series: `?indicator=confirmed&area=${AREA.jatim}`,
	session: "",
	settings: "",
	settingsExport: "",
	sourceScores: "?day=2020-04-04",
	specimenRoutes: `?area=${AREA.jatim}&day=2020-04-04&reach=250`,
	shortage: `?area=${AREA.jatim}&rows=regency&day=2020-04-12&horizon=28&stratum=conventional&use=reported`,
	spread: "?indicator=confirmed&level=regency&period=7d&scale=jenks",
	spreadAreasApart: `?indicator=confirmed&area=${AREA.jatim}&beside=${AREA.bali}&period=all`,
	spreadCells:
		"?indicator=confirmed&level=regency&period=7d&scale=log&width=60",
	spreadDifference:
		"?indicator=confirmed&level=regency&period=7d&scale=log&against=2020-04-01",
	spreadDifferenceSeries: `?indicator=confirmed&area=${AREA.jatim}&period=all&against=7d`,
	spreadSeries: `?indicator=confirmed&area=${AREA.jatim}&period=2020-04-01`,
	state: "",
	stockLedger: "?facility=1&item=respirator",
	stockOfFacility: "?facility=1&day=2020-04-04",
	stockFormulas: `?area=${AREA.jatim}&item=stock_gown&day=2020-04-12&horizon=28&stratum=conventional&use=reported`,
	sum: `?indicator=confirmed&areas=${AREA.tulungagung}.${AREA.malang}&period=7d`,
	sumExplain: `?indicator=confirmed&areas=${AREA.tulungagung}.${AREA.malang}&period=7d&day=2020-04-04`,
	table: `?indicator=confirmed&area=${AREA.jatim}&day=2020-04-04`,
	tablePreview: "?given=1",
	thisDevice: "",
	villages: "",
	walls: "",
	workspace: "",
	wallPicture: `?id=${createHash("sha256").update(PICTURE).digest("hex")}`,
	zoneCourse: `?area=${AREA.jatim}`,
	zoneHistory: `?area=${AREA.jatim}`,
	zones: "",
};
/** A hospital in each of the two provinces, with a report of one day. */
const HOSPITALS: Rows = {
	facility: [
		[1, "RS Malang", AREA.malang] as const,
		[2, "RS Badung", AREA.badung] as const,
	].map(([id, name, area]) => ({
		id,
		code: `${id}`,
		kind: "hospital",
		name,
		area,
		referral: 0,
		beds: "{}",
	})),
	facility_report: [1, 2].map((facility) => ({
		month: monthOf(LAST),
		day: LAST,
		facility,
		as_of: LAST,
		file: 1,
		beds: 10,
		beds_occupied: facility,
	})),
};
/** Official zones of an office of East Java that speaks of nothing else, and a label of its file that is held back. */
function withZones(rows: Rows): Rows {
	const [source] = rows.source ?? [];
	const [file] = rows.file ?? [];
	const cell = {
		indicator: indicatorByKey("zone").id,
		month: monthOf(LAST),
		area: AREA.malang,
		day: LAST,
		source: 9,
		as_of: LAST,
		marks: 0,
		value: zoneNumber("tinggi"),
	};
	const label = { label: "9 Mei 2019", rows: 3, after: null, before: null };
	return {
		...rows,
		source: [
			...(rows.source ?? []),
			{ ...source, id: 9, key: "zonasi-jatim", rank: 9, cadence: "irregular" },
		],
		file: [
			...(rows.file ?? []),
			{
				...file,
				id: 9,
				source: 9,
				name: "zonasi-jatim.csv",
				sha256: "9".repeat(64),
				remarks: JSON.stringify([{ ...label, possible: [] }]),
			} as Row,
		],
		fact: [...(rows.fact ?? []), { ...cell, rule: ruleId("only-source") }],
		claim: [...(rows.claim ?? []), { ...cell, file: 9, line: 2 }],
	};
}
const queries = Object.entries(QUERIES) as [keyof typeof QUERIES, Query][];
const commands = Object.values(COMMANDS) as Command[];
/** Asked of the hub, which is not here. */
const here = queries.filter(([, { from }]) => from !== "hub");

beforeAll(async () => {
	mkdirSync(join(data, "replica"), { recursive: true });
	mkdirSync(join(home.folder, "screens"));
	mkdirSync(join(data, "pictures"));
	const [, pictureId = ""] = RIGHT.wallPicture.split("=");
	writeFileSync(join(data, "pictures", pictureId), PICTURE);
	const geography = join(home.folder, "g.topojson");
	writeFileSync(
		geography,
		JSON.stringify({
			type: "Topology",
			source: "s",
			licence: "l",
			objects: {},
			arcs: [],
		}),
	);
	writeReplica(
		join(data, "replica"),
		{ ...withZones(twoProvinces()), ...HOSPITALS },
		3,
	);
	workstation = await startWorkstation(
		{
			data,
			hub: null,
			port: 0,
			otherPortIfTaken: false,
			secret: newSecret(),
			screens: join(home.folder, "screens"),
			geography,
			parent: null,
		},
		() => {},
	);
	// A device is paired only where the network is listened to.
	const window1 = await window(person("official"));
	const lan = { on: true, address: "127.0.0.1", port: 0 };
	expect((await order(window1, "listen-on-lan", lan)).status).toBe(200);
});
afterAll(async () => {
	await workstation.close();
	home.remove();
});

/** A window at which somebody has signed in; null: nobody. */
async function window(
	person: Person | null,
	at = { workstation, data },
): Promise<string> {
	const { origin } = at.workstation;
	const entered = await fetch(
		`${origin}/enter?token=${at.workstation.newToken()}`,
		{ redirect: "manual" },
	);
	const cookie = String(entered.headers.get("set-cookie")).split(";")[0] ?? "";
	if (person) {
		// As if the hub had confirmed the person; it is not here.
		const outbox = new Database(join(at.data, "outbox.db"));
		const session = cookie.split("=")[1]?.split(".")[0] ?? "";
		const values = [
			await sha256(session),
			JSON.stringify(person),
			null,
			Date.now() + 60_000,
		];
		outbox
			.prepare("INSERT INTO signed_in VALUES (?, ?, ?, ?, ?)")
			.run(...values, sealOf(...values));
		outbox.close();
	}
	return cookie;
}
async function sha256(text: string): Promise<string> {
	const bytes = await crypto.subtle.digest(
		"SHA-256",
		new TextEncoder().encode(text),
	);
	return Buffer.from(bytes).toString("hex");
}
const person = (role: string, scope = "ID"): Person =>
	({
		name: `${role}-${scope}`.toLowerCase(),
		display: role,
		role,
		scope: Scope.parse(scope),
	}) as Person;

const get = (path: string, cookie = "", { origin } = workstation) =>
	fetch(origin + path, { headers: { cookie } });
const order = (
	cookie: string,
	name: string,
	request: unknown,
	{ origin } = workstation,
) =>
	fetch(`${origin}/api/command`, {
		method: "POST",
		headers: {
			cookie,
			origin,
			"content-type": "application/json",
		},
		body: JSON.stringify({ id: randomUUID(), name, basedOn: null, request }),
	});
const refusal = async (response: Response) => [
	response.status,
	((await response.json()) as { code: string }).code,
];

const OF_BALI: ReadonlySet<number> = new Set([AREA.bali, AREA.badung]);

/** Every area that an answer speaks of by its number, and every value of one of raw bytes. */
async function numbersIn(
	query: Query,
	answer: Response,
): Promise<[areas: number[], values: number[]]> {
	if (isBytes(query.answer)) {
		const {
			areas = 0,
			days = 0,
			facilities,
			type,
		} = JSON.parse(answer.headers.get(BYTES_HEADER) ?? "{}") as {
			type?: string;
			areas?: number;
			days?: number;
			facilities?: number;
		};
		const body = await answer.arrayBuffer();
		// A picture that somebody gave is of no area.
		if (type !== undefined) return [[], []];
		if (facilities !== undefined) {
			// A value and its age for each facility and day: here those of the one hospital of Bali.
			expect([facilities, body.byteLength]).toEqual([1, days * (4 + 1)]);
			expect(new Float32Array(body, 0, days)[0]).toBeCloseTo(0.2);
			return [[], []];
		}
		// A value and its marks for each area and day, and nothing behind them.
		expect(body.byteLength).toBe(areas * days * (8 + 2));
		return [[], [...new Float64Array(body, 0, areas * days)]];
	}
	const found: number[] = [];
	const look = (value: unknown, name: string): void => {
		if (typeof value === "number" && name === "area") found.push(value);
		if (typeof value !== "object" || value === null) return;
		// A number called `areas` is how many; a list of that name is of areas.
		for (const [key, part] of Object.entries(value))
			look(
				part,
				!Array.isArray(value) ? key : name === "areas" ? "area" : name,
			);
	};
	// What holds nothing of an area may still count the rows of the table that is called so.
	if (query.keeps !== "open") look(await answer.json(), "");
	return [found, []];
}

describe.each(queries)("GET %s", (name, query) => {
	const right = query.path + RIGHT[name];

	test("tells nothing without the cookie of this server", async () => {
		expect(await refusal(await get(right))).toEqual([401, "no-session"]);
	});

	test("refuses a parameter that it does not have", async () => {
		const path = `${right}${right.includes("?") ? "&" : "?"}nonsense=1`;
		const answer = await get(path, await window(person("administrator")));
		expect(await refusal(answer)).toEqual([400, "parameters"]);
	});

	test("is answered only after somebody has signed in, unless anyone may ask", async () => {
		const answer = await get(right, await window(null));
		if (query.role === "anyone") expect(answer.status).toBe(200);
		else expect(await refusal(answer)).toEqual([401, "no-person"]);
	});

	test("refuses every role that it does not name", async () => {
		if (query.role === "anyone") return;
		for (const role of ROLES) {
			const answer = await get(right, await window(person(role)));
			// A device is held against the panels of its walls besides; all kinds are in the scenes that ship.
			const needed =
				!DEVICE_ROLES.includes(role) ||
				routesOfScenes(readyScenes("id")).has(name);
			if (query.role.includes(role) && needed)
				expect(answer.status).not.toBe(403);
			else expect(await refusal(answer)).toEqual([403, "not-allowed"]);
		}
	});
});

describe.each(here)("GET %s", (name, query) => {
	test("answers in the shape that is stated, at a named publication", async () => {
		const answer = await get(
			query.path + RIGHT[name],
			await window(person("administrator")),
		);
		expect(answer.status).toBe(200);
		if (query.from === "replica" || name === "state")
			expect(answer.headers.get("x-blc-seq")).toBe("3");
		expect(answer.headers.get("cache-control")).toBe("no-store");
		if (isBytes(query.answer))
			query.answer.header.parse(
				JSON.parse(answer.headers.get("x-blc-header") ?? "null"),
			);
		else query.answer.parse(await answer.json());
	});

	test("gives somebody of a province nothing of another", async () => {
		const bali = await window(person("administrator", "51"));
		await isOfBaliAlone(name, await get(query.path + RIGHT[name], bali));
	});

	test("gives somebody of a province their own", async () => {
		if (query.keeps !== "area") return;
		const bali = await window(person("administrator", "51"));
		const own = RIGHT[name]
			.replace(`area=${AREA.jatim}`, `area=${AREA.bali}`)
			.replace(/areas=[\d.]+/, `areas=${AREA.badung}`);
		expect((await get(query.path + own, bali)).status).toBe(200);
	});
});

/** An answer to the right question about East Java, as somebody of Bali may have it. */
async function isOfBaliAlone(
	name: keyof typeof QUERIES,
	answer: Response,
): Promise<void> {
	const query = QUERIES[name] as Query;
	// Everything of East Java in the fixture has a name or a code that nothing else has; its health office spoke of Badung once.
	const [numbers, values] = await numbersIn(query, answer.clone());
	expect(numbers.filter((area) => !OF_BALI.has(area))).toEqual([]);
	// Of its only kabupaten/kota nobody reported.
	expect(values.filter((value) => !Number.isNaN(value))).toEqual([]);
	const text = (await answer.text()).replace(
		/"source":\{"key":"jatim"[^}]*\}|"name":"jatim.csv"/g,
		"",
	);
	if (query.keeps === "area")
		expect([answer.status, JSON.parse(text).code]).toEqual([
			403,
			"not-allowed",
		]);
	else {
		expect(answer.status).toBe(200);
		expect(text).not.toMatch(
			/Jawa Timur|Tulungagung|Malang|Lamongan|"35(\.\d\d)?"|Indonesia|jatim/,
		);
	}
	if (["cube", "spread", "spreadDifference"].includes(name))
		expect(
			JSON.parse(answer.headers.get("x-blc-header") ?? "null"),
		).toMatchObject({ areas: 1 });
}

test("zones that are kept from somebody of another province are given to the country, with the label that is held back", async () => {
	const country = await window(person("administrator"));
	expect(await (await get(QUERIES.zones.path, country)).json()).toMatchObject({
		publications: [{ day: LAST }],
		held: [{ label: "9 Mei 2019", file: "zonasi-jatim.csv" }],
	});
});

test("an area of one's own is not held against one of another province", async () => {
	const bali = await window(person("administrator", "51"));
	const against = (beside: number) =>
		get(
			`${QUERIES.spreadAreasApart.path}?indicator=confirmed&period=all&area=${AREA.bali}&beside=${beside}`,
			bali,
		);
	expect(await refusal(await against(AREA.jatim))).toEqual([
		403,
		"not-allowed",
	]);
	expect((await against(AREA.badung)).status).toBe(200);
});

test("the kecamatan of an area of another province are refused, those of one's own are given", async () => {
	const bali = await window(person("administrator", "51"));
	const within = (area: number) =>
		get(
			`${QUERIES.spread.path}?indicator=confirmed&level=district&period=all&scale=log&within=${area}`,
			bali,
		);
	expect(await refusal(await within(AREA.malang))).toEqual([
		403,
		"not-allowed",
	]);
	expect((await within(AREA.badung)).status).toBe(200);
});

describe.each(commands)("POST $name", (command) => {
	test("is refused without the cookie, and from a page of another origin", async () => {
		expect((await order("", command.name, {})).status).toBe(401);
		const foreign = await fetch(`${workstation.origin}/api/command`, {
			method: "POST",
			headers: {
				cookie: await window(person("administrator")),
				origin: "https://evil.example",
			},
			body: "{}",
		});
		expect(foreign.status).toBe(403);
	});

	test("is refused with what is not of its form", async () => {
		const cookie = await window(person("administrator"));
		expect(
			await refusal(await order(cookie, command.name, { nonsense: 1 })),
		).toEqual([400, "parameters"]);
		expect(await refusal(await order(cookie, command.name, "x"))).toEqual([
			400,
			"parameters",
		]);
	});
});

const SCENARIO = {
	area: "35",
	day: "2020-04-12",
	asKnown: null,
	weeks: 4,
	census: { method: "held" },
	beds: false,
	use: "reported",
	stratum: "conventional",
	reuse: 1,
	warehousesLost: [],
	laboratoriesStopped: [],
	shipmentsLateDays: 0,
	shipments: [],
};

const SCENE = {
	id: "a",
	name: "Pagi",
	panels: [
		{
			id: "p1",
			kind: "clock",
			address: "",
			text: "",
			staleAfter: null,
			place: { x: 0, y: 0, width: 4, height: 2 },
		},
	],
	notes: "",
};
const PLAYLIST = {
	id: "a",
	name: "Pagi",
	entries: [{ scene: "a", seconds: 30 }],
	transition: "cut",
	hours: [],
	triggers: [],
};

const atWork = commands.filter(
	({ whenOffline, role }) => whenOffline === "here" && role !== "anyone",
);

describe.each(atWork)("POST $name", (command) => {
	const requests: Record<string, unknown> = {
		"change-settings": { density: "desk" },
		"change-workspace": { railCollapsed: true },
		"import-settings": { text: "no file" },
		"import-scenario": { id: "a", text: "no file" },
		"keep-scenario": {
			id: "a",
			name: "Dua kali",
			inputs: SCENARIO,
		},
		"keep-scene": SCENE,
		"remove-scene": { id: "a" },
		"keep-picture": { data: PICTURE.toString("base64") },
		"keep-playlist": PLAYLIST,
		"remove-playlist": { id: "a" },
		"keep-grid": { id: "a", name: "a", ...NEW_GRID },
		"remove-grid": { id: "a" },
		"import-scenes": { text: "no file" },
		"hold-off-trigger": { playlist: "a", trigger: "t", off: true },
		"take-back-wall-change": {},
		"order-show": { do: "black", on: true },
		"tell-beat": {
			...{ window: "a", name: "", show: "", scene: null, frames: 1 },
			...{ stale: 0, trouble: null },
			...{ width: 1920, height: 1080, turn: 0, closing: false },
		},
		"tell-ready": { window: "a", scene: "a", due: 0 },
		"remove-scenario": { id: "a" },
		"take-back-scenario-change": {},
		"remove-from-outbox": { id: randomUUID() },
		"take-back-import": {},
		"listen-on-lan": { on: true, address: "127.0.0.1", port: 0 },
		"pair-device": { kind: "display", name: "TV" },
		"change-device": { id: "0".repeat(16), name: "TV", show: "" },
		"revoke-device": { id: "0".repeat(16) },
	};

	test("is carried out here for every role that it names and refused to every other", async () => {
		for (const role of ROLES) {
			const answer = await order(
				await window(person(role)),
				command.name,
				requests[command.name],
			);
			if (command.role.includes(role)) {
				expect(answer.status).toBe(200);
				command.answer.parse(await answer.json());
			} else expect(await refusal(answer)).toEqual([403, "not-allowed"]);
		}
	});
});

/** A count of masks at a hospital of Bali, in boxes. */
const COUNT = {
	facility: 2,
	item: "mask-health-worker",
	day: 18_363,
	stated: 8,
};

const decisions = commands.filter(({ whenOffline }) => whenOffline === "wait");

describe.each(decisions)("POST $name", (command) => {
	const reason = "because of a letter";
	const written = randomUUID();
	const day = 18_363;
	const lots = [{ item: "respirator", lot: "A1", expires: null, units: 5 }];
	const seen = [{ id: written, seen: 1 }];
	const requests: Record<string, unknown> = {
		"draft-order": {
			day,
			plan: null,
			orders: [
				{
					...{ id: written, seen: 0, from: "GUDANG-ID", to: "GUDANG-51" },
					...{ handover: "pushed", carriage: "air" },
					lines: [{ item: "respirator", units: 5 }],
				},
			],
			reason,
		},
		"approve-order": { day, orders: seen, reason },
		"send-order": { day, order: written, seen: 2, lots, due: day + 2, reason },
		"receive-order": { day, order: written, seen: 3, lots, reason },
		"close-order": { day, order: written, seen: 4, reason },
		"cancel-order": { day, orders: seen, reason },
		"take-back-order-step": { day, order: written, seen: 4, reason },
		"withdraw-file": { file: 1, reason },
		"restore-file": { file: 1, reason },
		undo: { audit: 1, reason },
		"approve-release": { release: 1, reason },
		"discard-release": { release: 1, reason },
		"withdraw-release": { release: 1, reason },
		"name-source": {
			source: "jatim",
			names: { id: "Dinkes Jatim", en: "East Java" },
			reason,
		},
		"override-value": {
			indicator: "confirmed",
			area: "51.03",
			day: 18_363,
			value: 7,
			source: "surat 12",
			until: null,
			reason,
		},
		"change-item": {
			item: "respirator",
			change: { packSize: 25 },
			source: "Gudang Halim",
			status: "press",
			reason,
		},
		"restore-item": { item: "respirator", version: 1, reason },
		"save-mapping": {
			source: "dinkes-jabar",
			register: null,
			mapping: null,
			reason,
		},
		"take-in-table": {
			...{ table: 1, source: "dinkes-jabar", version: 1, asOf: null, reason },
		},
		"save-alert-rule": {
			...{ rule: "growth", body: SHIPPED_RULES[0]?.body, from: day, reason },
		},
		"handle-alert": {
			...{ rule: "growth", area: "51.03", day },
			seen: { version: 1, value: 2, threshold: 1.5 },
			...{ change: { kind: "acknowledge" }, reason },
		},
		"accept-stock": { ...COUNT, value: 400, reason },
		"refuse-stock": { ...COUNT, reason },
		"reopen-stock": { ...COUNT, reason },
	};

	test("waits for the hub when it may be ordered, and is refused to every other role and to nobody", async () => {
		const request = requests[command.name];
		expect(
			await refusal(await order(await window(null), command.name, request)),
		).toEqual([403, "not-allowed"]);
		for (const role of ROLES) {
			const cookie = await window(person(role));
			const answer = await order(cookie, command.name, request);
			if (command.role === "anyone" || command.role.includes(role)) {
				expect(answer.status).toBe(202);
				const { id } = (await answer.json()) as { id: string };
				const tray = (await (
					await get(QUERIES.outbox.path, cookie)
				).json()) as { id: string; state: string }[];
				expect(tray).toContainEqual(
					expect.objectContaining({ id, state: "waiting" }),
				);
			} else expect(await refusal(answer)).toEqual([403, "not-allowed"]);
		}
	});
});

/*
 * At the workstation of a province, whoever sits there: somebody signed in, who may have been let in before it became one, a guest of an
 * exercise, a device, nobody. Its replica here holds the whole country's rows all the same: nothing but its name says whose it is.
 */
describe("the workstation of Bali", () => {
	const folder = join(home.folder, "bali");
	const CREDENTIAL = `province.bali.${"x".repeat(43)}`;
	const opened: Workstation[] = [];
	const rows = { ...withZones(twoProvinces()), ...HOSPITALS };

	async function open(
		name: string,
		held: Rows,
		{ snapshot = ofProvince("51"), credential = "", paired = false } = {},
	) {
		const own = join(folder, name);
		mkdirSync(join(own, "replica"), { recursive: true });
		await rememberThoseOfBefore(join(own, "outbox.db"));
		writeReplica(join(own, "replica"), held, 3, snapshot);
		const devices = openKeptDevices(
			own,
			() => true,
			() => {},
			() => {},
		);
		const credentials = Object.fromEntries(
			(paired ? (["ID", "35", "51"] as const) : []).map((code) => [
				code,
				devices.pair({
					...{ name: code, kind: "remote", show: "", by: "R" },
					scope: Scope.parse(code),
				})?.credential,
			]),
		);
		devices.close();
		const started = await startWorkstation(
			{
				...{ data: own, port: 0, otherPortIfTaken: false },
				hub: credential
					? {
							...{ url: "http://127.0.0.1:9", credential },
							publicKey: Buffer.alloc(32, 1).toString("base64"),
						}
					: null,
				secret: newSecret(),
				screens: join(home.folder, "screens"),
				...{ geography: join(home.folder, "g.topojson"), parent: null },
			},
			() => {},
		);
		opened.push(started);
		const at = { workstation: started, data: own };
		return {
			ask: (path: string, cookie: string) => get(path, cookie, started),
			seat: (who: Person | null) => window(who, at),
			order: (cookie: string, name: string, request: unknown) =>
				order(cookie, name, request, started),
			async asDevice(code: string, path: string) {
				const lan = { on: true, address: "127.0.0.1", port: 0 };
				const official = await window(person("official", "51"), at);
				const { origins } = (await (
					await order(official, "listen-on-lan", lan, started)
				).json()) as { origins: string[] };
				const [origin = ""] = origins;
				const cookie = `__Host-blc-device-${new URL(origin).port}=${credentials[code]}`;
				return askInsecurely(origin + path, cookie);
			},
		};
	}
	afterAll(async () => {
		for (const one of opened) await one.close();
	});

	/** The hub let them in while this was the workstation of the whole country. */
	async function rememberThoseOfBefore(path: string): Promise<void> {
		const { database } = openOutbox(path);
		for (const scope of ["ID", "51"]) {
			const { name, ...rest } = person("administrator", scope);
			const hub = {
				signIn: async () => ({
					...{ kind: "signed-in", token: scope, endsAt: Date.now() + 60_000 },
					person: { name, ...rest },
				}),
			} as unknown as HubAccess;
			const signIns = createSignIns(database, hub, () => {});
			await signIns.signIn(scope, name, "kata sandi");
		}
		database.close();
	}

	test("gives a guest of an exercise nothing of another province, by no question", async () => {
		const bali = await open("exercise", asExercise(rows));
		const guests = [
			await bali.seat(null),
			// Let in when it was the nation's, and another province's: guests now, like everybody.
			await bali.seat(person("administrator")),
			await bali.seat(person("official", "35")),
		];
		let asked = 0;
		for (const [name, query] of here)
			for (const guest of guests) {
				const answer = await bali.ask(query.path + RIGHT[name], guest);
				if (name === "wallPicture") expect(answer.status).toBe(404);
				else if (query.role === "anyone" || query.role.includes("official")) {
					await isOfBaliAlone(name, answer);
					asked++;
				} else expect(await refusal(answer)).toEqual([403, "not-allowed"]);
			}
		expect(asked).toBeGreaterThan(150);
		const [guest = ""] = guests;
		const areas = QUERIES.areas.answer.parse(
			await (await bali.ask(QUERIES.areas.path, guest)).json(),
		);
		expect(areas.map(({ code }) => code)).toEqual(["51", "51.03"]);
		const kpis = `${QUERIES.kpis.path}?day=2020-04-04&area=`;
		expect((await bali.ask(kpis + AREA.bali, guest)).status).toBe(200);
		expect((await bali.ask(kpis + AREA.nation, guest)).status).toBe(403);
		// Whoever was let in before orders nothing from a guest's seat.
		const { ok } = await bali.order(guests[1] ?? "", "withdraw-file", {
			...{ file: 1, reason: "alasan" },
		});
		expect(ok).toBe(false);
	}, 60_000);

	test("knows nobody who answers for another part of the country where data are real", async () => {
		const bali = await open("real", rows);
		for (const scope of ["ID", "35"]) {
			const cookie = await bali.seat(person("administrator", scope));
			for (const [name, query] of here)
				if (query.role !== "anyone")
					expect(
						await refusal(await bali.ask(query.path + RIGHT[name], cookie)),
					).toEqual([401, "no-person"]);
			const session = await bali.ask(QUERIES.session.path, cookie);
			expect(await session.json()).toMatchObject({ person: null });
		}
		const own = await bali.seat(person("administrator", "51"));
		expect((await bali.ask(QUERIES.areas.path, own)).status).toBe(200);
		// Remembered, and the hub is away.
		const seat = await bali.seat(null);
		const enter = async (name: string) => {
			const given = { name, password: "kata sandi" };
			return (await bali.order(seat, "sign-in", given)).json();
		};
		expect(await enter("administrator-id")).toEqual({ kind: "elsewhere" });
		expect((await bali.ask(QUERIES.areas.path, seat)).status).toBe(401);
		expect(await enter("administrator-51")).toMatchObject({
			kind: "signed-in",
		});
		expect((await bali.ask(QUERIES.areas.path, seat)).status).toBe(200);
	}, 60_000);

	test("is told whose it is in one place: nowhere else does the backend make anybody of the nation", () => {
		const making = (
			readdirSync("main/backend", { recursive: true }) as string[]
		)
			.filter((name) => name.endsWith(".ts"))
			.filter((name) =>
				/scope: (NATION|"ID")|scope \?\? NATION/.test(
					readFileSync(join("main/backend", name), "utf8"),
				),
			);
		expect(making.map((name) => name.replaceAll("\\", "/"))).toEqual([
			"server/part-of-country.ts",
		]);
	});

	test("lets in no device that was paired for another part of the country", async () => {
		const bali = await open("devices", rows, { paired: true });
		const kpis = `${QUERIES.kpis.path}?day=2020-04-04&area=${AREA.bali}`;
		for (const code of ["ID", "35"])
			for (const path of [kpis, QUERIES.state.path, "/api/events"]) {
				const { status, body } = await bali.asDevice(code, path);
				expect([status, JSON.parse(body).code]).toEqual([401, "no-device"]);
			}
		expect((await bali.asDevice("51", kpis)).status).toBe(200);
	}, 60_000);

	test("shows nobody what is left of the whole country's replica while its own has yet to come", async () => {
		const bali = await open("before", asExercise(rows), {
			...{ snapshot: "seq3", credential: CREDENTIAL },
		});
		for (const seat of [null, person("administrator"), person("official")]) {
			const cookie = await bali.seat(seat);
			for (const [name, query] of here) {
				const answer = await bali.ask(query.path + RIGHT[name], cookie);
				if (query.role !== "anyone")
					expect(await refusal(answer)).toEqual([503, "no-replica"]);
				else expect(await answer.text()).not.toContain("Jawa Timur");
			}
			const state = await bali.ask(QUERIES.state.path, cookie);
			expect(await state.json()).toMatchObject({ dataset: null });
		}
	}, 60_000);
});

/** As a device of the network does, which has agreed to the certificate. */
function askInsecurely(
	address: string,
	cookie: string,
): Promise<{ status: number; body: string }> {
	return new Promise((resolve, reject) => {
		const sent = request(
			address,
			{ headers: { cookie }, rejectUnauthorized: false, agent: false },
			(response) => {
				let body = "";
				response.on("data", (part) => {
					body += part;
				});
				response.on("end", () =>
					resolve({ status: response.statusCode ?? 0, body }),
				);
			},
		);
		sent.on("error", reject);
		sent.end();
	});
}

test("what a person chose for their windows is answered to them and to nobody else", async () => {
	const rina = await window(person("analyst"));
	await order(rina, "change-settings", { language: "en" });
	const languageAt = async (cookie: string) =>
		QUERIES.settings.answer.parse(
			await (await get(QUERIES.settings.path, cookie)).json(),
		).settings.language;
	expect(await languageAt(rina)).toBe("en");
	expect(await languageAt(await window(person("planner")))).toBe("id");
	expect(await languageAt(await window(null))).toBe("id");
});

test("what is asked for is said without the words of the library that found it missing", async () => {
	const cookie = await window(person("administrator"));
	const answer = await order(cookie, "withdraw-file", { file: "x", reason: 7 });
	const { message } = (await answer.json()) as { message: string };
	expect(message).toMatch(/file: found "x", expected number/);
	expect(message).toMatch(/reason: found 7, expected string/);
	expect(message).not.toMatch(/Invalid|received/);
});

test("what is no command of the contract is refused with those that are", async () => {
	const cookie = await window(person("administrator"));
	const answer = await order(cookie, "drop-table", {});
	expect(answer.status).toBe(400);
	expect(((await answer.json()) as { message: string }).message).toContain(
		"override-value",
	);
});

test("what is reckoned from stocks is asked anew when a sheet comes in, a count is decided of or an item changes", () => {
	const tables = ["stock_line", "stock_decision", "item", "facility_report"];
	const reckoned = Object.values(QUERIES).filter(({ path }) =>
		/^\/api\/(logistics\/(shortage|formula|facility)|plan|laboratories|scenarios\/(compare|file))/.test(
			path,
		),
	);
	expect(reckoned.length).toBe(9);
	for (const { path, reads } of reckoned)
		expect([path, ...reads]).toEqual(expect.arrayContaining(tables));
});
