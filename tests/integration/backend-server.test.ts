import { randomUUID } from "node:crypto";
import {
	closeSync,
	fstatSync,
	mkdirSync,
	openSync,
	readdirSync,
	writeFileSync,
	writeSync,
} from "node:fs";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AreaRow, GeographyInfo } from "../../core/api/areas.ts";
import { Explanation } from "../../core/api/explain.ts";
import { CubeHeader, Kpi, Series } from "../../core/api/figures.ts";
import { Freshness, QuarantineRow } from "../../core/api/sources.ts";
import { State } from "../../core/api/state.ts";
import { Digest } from "../../core/feed/publication.ts";
import { newSecret } from "../../main/backend/server/session.ts";
import {
	startWorkstation,
	type Workstation,
} from "../../main/backend/workstation.ts";
import { onePicture, pmtiles } from "../fixtures/pmtiles.ts";
import {
	AREA,
	asExercise,
	FIRST,
	LAST,
	temporaryFolder,
	twoProvinces,
	writeReplica,
} from "./backend-fixture.ts";

const home = temporaryFolder();
const data = join(home.folder, "data");
const screens = join(home.folder, "screens");
const geography = join(home.folder, "indonesia.topojson");
const secret = newSecret();
const topology = {
	type: "Topology",
	source: "Natural Earth",
	licence: "public domain",
	objects: { regencies: { type: "GeometryCollection", geometries: [] } },
	arcs: [],
	filler: "x".repeat(20_000),
};
const start = (folder = data): Promise<Workstation> =>
	startWorkstation(
		{
			data: folder,
			hub: null,
			port: 0,
			otherPortIfTaken: false,
			secret,
			screens,
			geography,
			parent: null,
		},
		() => {},
	);

let workstation: Workstation;
let port: number;
let cookie: string;

interface Answer {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	body: Buffer;
	json: unknown;
}

/** A request as a program may send it: any path, any header, nothing added or tidied. */
function ask(
	path: string,
	headers: Record<string, string> = { cookie },
	method = "GET",
	onPart?: () => void,
	content?: string,
): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const request = httpRequest(
			{ host: "127.0.0.1", port, path, method, headers },
			(response) => {
				const parts: Buffer[] = [];
				response.on("error", reject);
				response.on("data", (part) => {
					parts.push(part);
					onPart?.();
				});
				response.on("end", () => {
					const body = Buffer.concat(parts);
					resolve({
						status: response.statusCode ?? 0,
						headers: response.headers,
						body,
						get json() {
							return JSON.parse(body.toString());
						},
					});
				});
			},
		);
		request.on("error", reject);
		request.end(content);
	});
}

/** A folder is for one workstation: what a second one beside it may have. */
function copyOfData(name: string): string {
	const copy = join(home.folder, name);
	mkdirSync(join(copy, "replica"), { recursive: true });
	writeReplica(join(copy, "replica"), twoProvinces(), 3);
	return copy;
}

/** Orders the backend to ask the hub again: the smallest command there is. */
function order(headers: Record<string, string>): Promise<Answer> {
	return ask(
		"/api/command",
		headers,
		"POST",
		undefined,
		JSON.stringify({
			id: randomUUID(),
			name: "retry-sync",
			basedOn: null,
			request: {},
		}),
	);
}

async function enter(of: Workstation): Promise<string> {
	const { headers } = await ask(`/enter?token=${of.newToken()}`, {});
	return String(headers["set-cookie"]).split(";")[0];
}

beforeAll(async () => {
	mkdirSync(join(data, "replica"), { recursive: true });
	mkdirSync(join(screens, "assets"), { recursive: true });
	writeFileSync(join(screens, "index.html"), "<!doctype html><title>BLC");
	writeFileSync(join(screens, "assets", "index-Bk3f9xQa.js"), "export {}");
	writeFileSync(join(home.folder, "secret.txt"), "not for the web");
	writeFileSync(geography, JSON.stringify(topology));
	writeReplica(join(data, "replica"), asExercise(twoProvinces()), 3);
	workstation = await start();
	port = Number(new URL(workstation.origin).port);
	cookie = await enter(workstation);
});
afterAll(async () => {
	await workstation.close();
	home.remove();
});

describe("who may ask", () => {
	test("without the cookie nothing is told", async () => {
		for (const path of ["/api/state", "/api/events", "/", "/index.html"]) {
			const { status } = await ask(path, {});
			expect([path, status]).toEqual([path, 401]);
		}
		expect((await ask("/api/state", {})).json).toMatchObject({
			code: "no-session",
		});
	});

	test("a token opens once, and the cookie cannot be read by scripts or sent by other sites", async () => {
		const token = workstation.newToken();
		expect((await ask(`/enter?token=${token}`, {}, "HEAD")).status).toBe(405);
		const first = await ask(`/enter?token=${token}`, {});
		expect(first.status).toBe(303);
		expect(first.headers.location).toBe("/");
		expect(String(first.headers["set-cookie"])).toMatch(
			/^blc-session-\d+=[\w-]+\.[\w-]+;.*HttpOnly.*SameSite=Strict/,
		);
		const second = await ask(`/enter?token=${token}`, {});
		expect(second.status).toBe(401);
		expect(second.headers["set-cookie"]).toBeUndefined();
		expect((await ask("/enter", {})).status).toBe(401);
		// Led here from a file, a browser would not send the new cookie along a redirect.
		const led = await ask(`/enter?token=${workstation.newToken()}`, {
			"sec-fetch-site": "cross-site",
			"sec-fetch-mode": "navigate",
		});
		expect(led.status).toBe(200);
		expect(led.headers["set-cookie"]).toBeDefined();
		expect(led.body.toString()).toContain('content="0;url=/"');
	});

	test("a cookie that was changed is refused", async () => {
		const forged = cookie.replace(/=(..)/, "=AA");
		expect((await ask("/api/state", { cookie: forged })).status).toBe(401);
		expect((await ask("/api/state", { cookie: `${cookie}x` })).status).toBe(
			401,
		);
	});

	test("a name that only points to this machine is not this server", async () => {
		for (const host of [
			`evil.example:${port}`,
			"127.0.0.1",
			`127.0.0.1:${port + 1}`,
			`127.0.0.1.evil.example:${port}`,
		]) {
			const { status } = await ask("/api/state", { cookie, host });
			expect([host, status]).toEqual([host, 421]);
		}
		const host = `localhost:${port}`;
		expect((await ask("/api/state", { cookie, host })).status).toBe(200);
	});

	test("pages of other origins may neither write nor listen", async () => {
		const own = { cookie, origin: `http://127.0.0.1:${port}` };
		expect((await order(own)).status).toBe(200);
		const foreign: Record<string, string>[] = [
			{ origin: "https://evil.example" },
			{ origin: "null" },
			{ origin: `http://127.0.0.1:${port + 1}` },
			{ origin: `http://localhost:${port}` },
		];
		for (const headers of foreign) {
			const sent = { cookie, ...headers };
			expect((await order(sent)).status).toBe(403);
			expect((await ask("/api/events", sent)).status).toBe(403);
		}
		expect((await order({ cookie })).status).toBe(403);
		for (const site of ["cross-site", "same-site"])
			expect(
				(await ask("/api/events", { cookie, "sec-fetch-site": site })).status,
			).toBe(403);
	});

	test("a restarted backend with the same secret knows its windows", async () => {
		const again = await start(copyOfData("again"));
		const before = port;
		try {
			port = Number(new URL(again.origin).port);
			const renamed = cookie.replace(`-${before}=`, `-${port}=`);
			expect((await ask("/api/state", { cookie: renamed })).status).toBe(200);
		} finally {
			port = before;
			await again.close();
		}
	});
});

describe("what a page may do", () => {
	test("every answer carries the policy: own scripts only, framed by nobody, no referrer", async () => {
		for (const path of ["/", "/api/state", "/enter", "/api/nowhere"]) {
			const { headers } = await ask(path);
			const policy = String(headers["content-security-policy"]);
			expect(policy).toContain("default-src 'none'");
			expect(policy).toContain("script-src 'self';");
			expect(policy).toContain("worker-src 'self' blob:");
			expect(policy).toContain("connect-src 'self'");
			expect(policy).toContain("frame-ancestors 'none'");
			expect(headers["x-content-type-options"]).toBe("nosniff");
			expect(headers["referrer-policy"]).toBe("no-referrer");
		}
	});

	test("files outside the screens are not served, however the path is written", async () => {
		for (const path of [
			"/../secret.txt",
			"/..%2fsecret.txt",
			"/%2e%2e/secret.txt",
			"/%2e%2e%2fsecret.txt",
			"/assets/../../secret.txt",
			"/assets/..%5c..%5csecret.txt",
			"/..\\secret.txt",
			"//../secret.txt",
			"/assets/%00/../../secret.txt",
			`/${encodeURIComponent(join(home.folder, "secret.txt"))}`,
		]) {
			const { status, body } = await ask(path);
			expect([path, status]).not.toEqual([path, 200]);
			expect(body.toString()).not.toContain("not for the web");
		}
	});

	test("a path that the parser of HTTP would refuse is refused on the wire too", async () => {
		const text = await new Promise<string>((resolve) => {
			const socket = connect(port, "127.0.0.1", () =>
				socket.write(
					`GET /../../../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`,
				),
			);
			let heard = "";
			socket.on("data", (part) => {
				heard += part;
			});
			socket.on("close", () => resolve(heard));
		});
		expect(text).not.toContain("root:");
		expect(text).toMatch(/^HTTP\/1.1 40\d/);
	});

	test("files with a hash are kept for good, the page never", async () => {
		const page = await ask("/");
		expect(page.status).toBe(200);
		expect(page.headers["content-type"]).toContain("text/html");
		expect(page.headers["cache-control"]).toBe("no-store");
		const script = await ask("/assets/index-Bk3f9xQa.js");
		expect(script.headers["cache-control"]).toContain("immutable");
		expect(script.headers["content-type"]).toContain("javascript");
		const head = await ask("/assets/index-Bk3f9xQa.js", { cookie }, "HEAD");
		expect([head.status, head.body.length]).toEqual([200, 0]);
	});
});

describe("what is answered", () => {
	test("every route answers in the shape of its contract, at a named publication", async () => {
		const shapes: [string, { parse(value: unknown): unknown }][] = [
			["/api/state", State],
			["/api/areas", AreaRow.array()],
			[`/api/series?indicator=confirmed&area=${AREA.jatim}`, Series],
			[`/api/kpis?area=${AREA.jatim}&day=2020-04-12`, Kpi.array()],
			[
				`/api/explain?indicator=confirmed&measure=total&area=${AREA.jatim}&day=2020-04-04&as_known=2020-04-05`,
				Explanation,
			],
			["/api/freshness", Freshness.array()],
			["/api/quarantine?file=portal.csv", QuarantineRow.array()],
			["/api/digest", Digest],
		];
		for (const [path, shape] of shapes) {
			const { status, json, headers } = await ask(path);
			expect([path, status]).toEqual([path, 200]);
			shape.parse(json);
			expect(headers["x-blc-seq"]).toBe("3");
			expect(headers["cache-control"]).toBe("no-store");
		}
	});

	test("a cube is values, then marks, as its header says", async () => {
		const { headers, body } = await ask(
			"/api/cube?indicator=confirmed&measure=total&level=regency",
		);
		const header = CubeHeader.parse(
			JSON.parse(String(headers["x-blc-header"])),
		);
		expect(header).toMatchObject({
			firstDay: FIRST,
			days: LAST - FIRST + 1,
			areas: 5,
			seq: 3,
		});
		expect(headers["content-type"]).toBe("application/octet-stream");
		expect(body.length).toBe(header.areas * header.days * 10);
		expect(body.readDoubleLE(0)).toBe(0);
		expect(body.readDoubleLE((header.days - 1) * 8)).toBe(10);
	});

	test("hostile and mistaken requests are told what was found and what was expected", async () => {
		const refused: [string, RegExp][] = [
			["/api/cube", /indicator: found nothing, expected one of confirmed, /],
			[
				"/api/cube?indicator=confirmed&measure=total&level=desa",
				/level: found "desa", expected one of nation, province, regency/,
			],
			[
				"/api/cube?indicator=active&measure=new7&level=province",
				/found new7 of active/,
			],
			[
				"/api/kpis?area=2&day=2020-02-30",
				/day: found "2020-02-30", expected a day of the calendar/,
			],
			[
				"/api/kpis?area=35.07&day=2020-04-01",
				/area: found "35.07", expected the id of an area/,
			],
			[
				`/api/kpis?area=${encodeURIComponent("1 OR 1=1")}&day=2020-04-01`,
				/area: found "1 OR 1=1"/,
			],
			[
				"/api/kpis?area=1&area=2&day=2020-04-01",
				/area: found \["1","2"\], expected it once/,
			],
			[
				"/api/kpis?area=1&day=2020-04-01&as_knwon=2020-04-01",
				/"as_knwon": not a parameter here/,
			],
			[
				"/api/series?indicator=__proto__&area=1",
				/indicator: found "__proto__"/,
			],
			[
				`/api/series?indicator=${"x".repeat(5000)}&area=1`,
				/indicator: found "x{100,}…/,
			],
			["/api/state?x=1", /"x": not a parameter here/],
		];
		for (const [path, message] of refused) {
			const { status, json } = await ask(path);
			expect([path, status]).toEqual([path, 400]);
			expect((json as { message: string }).message).toMatch(message);
		}
		expect((await ask("/api/kpis?area=99&day=2020-04-01")).status).toBe(404);
		expect((await ask("/api/nowhere")).json).toMatchObject({
			code: "no-route",
		});
	});

	test("built-in boundaries say where they come from, and are sent once", async () => {
		const { json } = await ask("/api/geography");
		expect(GeographyInfo.parse(json)).toMatchObject({
			approximate: true,
			source: "Natural Earth",
			licence: "public domain",
		});
		const first = await ask("/api/geography.topojson", {
			cookie,
			"accept-encoding": "gzip",
		});
		expect(first.headers["content-encoding"]).toBe("gzip");
		expect(first.body.length).toBeLessThan(2000);
		const second = await ask("/api/geography.topojson", {
			cookie,
			"if-none-match": String(first.headers.etag),
		});
		expect([second.status, second.body.length]).toEqual([304, 0]);
	});

	test("the land around lies beside the boundaries: sent to who is known, and its absence is said", async () => {
		expect((await ask("/api/basemap")).json).toMatchObject({ land: null });
		expect(await ask("/api/basemap.topojson")).toMatchObject({
			status: 404,
			json: { code: "no-basemap" },
		});
		const land = { ...topology, source: "Natural Earth", arcs: [[[0, 0]]] };
		writeFileSync(
			join(home.folder, "neighbours.topojson"),
			JSON.stringify(land),
		);
		expect((await ask("/api/basemap")).json).toMatchObject({
			land: { source: "Natural Earth", licence: "public domain" },
		});
		expect((await ask("/api/basemap.topojson")).json).toEqual(land);
		expect((await ask("/api/basemap.topojson", {})).status).toBe(401);
	});

	test("a PMTiles file that is chosen is sent by ranges to who is known, and no other file of the machine ever is", async () => {
		const choose = (basemap: string | null) =>
			ask(
				"/api/command",
				{ cookie, origin: `http://127.0.0.1:${port}` },
				"POST",
				undefined,
				JSON.stringify({
					id: randomUUID(),
					name: "change-settings",
					basedOn: null,
					request: { basemap },
				}),
			);
		const part = (
			range: string,
			headers: Record<string, string> = { cookie },
		) => ask("/api/basemap.pmtiles", { ...headers, range });
		expect(await part("bytes=0-9")).toMatchObject({ status: 404 });
		const path = join(home.folder, "map.pmtiles");
		const bytes = pmtiles({ kind: "png", tile: onePicture(9, 9, 9) });
		writeFileSync(path, bytes);
		await choose(path);
		expect((await ask("/api/basemap")).json).toMatchObject({
			archive: { kind: "raster", path },
			given: false,
		});
		const first = await part("bytes=0-126");
		expect(first.status).toBe(206);
		expect(first.headers["content-range"]).toBe("bytes 0-126/*");
		expect(first.headers.etag).toBeTruthy();
		expect(
			Buffer.compare(Buffer.from(first.body), bytes.subarray(0, 127)),
		).toBe(0);
		expect((await part("bytes=0-")).status).toBe(400);
		// Beyond the end there is no part: `bytes 9000000-8999999` would be no range.
		expect(await part("bytes=9000000-9000126")).toMatchObject({
			status: 400,
			json: { code: "bad-range" },
		});
		expect((await part("bytes=0-126", {})).status).toBe(401);
		await choose(join(home.folder, "secret.txt"));
		expect(await part("bytes=0-9")).toMatchObject({
			status: 404,
			json: { code: "no-basemap" },
		});
		expect((await ask("/api/basemap")).json).toMatchObject({
			archive: { kind: "unusable", why: "not-pmtiles" },
		});
		await choose(null);
		expect((await ask("/api/basemap")).json).toMatchObject({ archive: null });
	});

	test("before the first snapshot the state says so and questions wait", async () => {
		const empty = temporaryFolder();
		const waiting = await startWorkstation(
			{
				data: empty.folder,
				hub: null,
				port: 0,
				otherPortIfTaken: false,
				secret,
				screens,
				geography,
				parent: null,
			},
			() => {},
		);
		const before = [port, cookie] as const;
		try {
			port = Number(new URL(waiting.origin).port);
			cookie = await enter(waiting);
			expect((await ask("/api/state")).json).toEqual({
				dataset: null,
				sync: { kind: "none" },
			});
			const { status, json } = await ask("/api/areas");
			expect(status).toBe(503);
			expect(json).toMatchObject({ code: "no-replica" });
			expect((await ask("/api/geography")).status).toBe(200);
			// The first replica arrives while the server runs.
			writeReplica(
				join(empty.folder, "replica"),
				asExercise(twoProvinces()),
				1,
			);
			expect((await ask("/api/areas")).status).toBe(200);
			// The next one brings official boundaries.
			const official = {
				id: "regencies",
				approximate: 0,
				source: "BIG",
				licence: "official",
				topojson: '{"type":"Topology"}',
			};
			writeReplica(
				join(empty.folder, "replica"),
				{
					...asExercise(twoProvinces()),
					geography: [
						{ ...official, id: "districts-35", topojson: '{"of":"35"}' },
						official,
					],
				},
				2,
			);
			expect(await ask("/api/areas")).toMatchObject({
				status: 200,
				headers: { "x-blc-seq": "2" },
			});
			expect((await ask("/api/geography")).json).toMatchObject({
				approximate: false,
				source: "BIG",
			});
			expect((await ask("/api/geography.topojson")).json).toEqual({
				type: "Topology",
			});
			// Of kecamatan each province is a file of its own.
			const { json: districts } = await ask("/api/geography/districts");
			expect(districts).toMatchObject([
				{ province: AREA.jatim, source: "BIG", bytes: 11 },
			]);
			expect(
				(await ask(`/api/geography.topojson?province=${AREA.jatim}`)).json,
			).toEqual({ of: "35" });
			expect(
				await ask(`/api/geography.topojson?province=${AREA.nation}`),
			).toMatchObject({ status: 404, json: { code: "no-geography" } });
		} finally {
			[port, cookie] = before;
			await waiting.close();
			empty.remove();
		}
	});

	test("a replica damaged on the disk is set aside: no wrong numbers, and the screens are told there are none", async () => {
		const damaged = temporaryFolder();
		mkdirSync(join(damaged.folder, "replica"));
		const path = writeReplica(
			join(damaged.folder, "replica"),
			asExercise(twoProvinces()),
		);
		const other = await startWorkstation(
			{
				data: damaged.folder,
				hub: null,
				port: 0,
				otherPortIfTaken: false,
				secret,
				screens,
				geography,
				parent: null,
			},
			() => {},
		);
		const before = [port, cookie] as const;
		try {
			port = Number(new URL(other.origin).port);
			cookie = await enter(other);
			// Everything after the first page.
			const file = openSync(path, "r+");
			writeSync(
				file,
				Buffer.alloc(fstatSync(file).size - 8192, 0xff),
				0,
				null,
				8192,
			);
			closeSync(file);
			let status = 0;
			for (let tries = 0; tries < 200 && status !== 503; tries++) {
				({ status } = await ask("/api/areas"));
				expect([500, 503]).toContain(status);
				await new Promise((resolve) => setTimeout(resolve, 50));
			}
			expect(status).toBe(503);
			expect((await ask("/api/state")).json).toMatchObject({ dataset: null });
			expect(
				readdirSync(join(damaged.folder, "replica")).some((name) =>
					name.includes(".aside-"),
				),
			).toBe(true);
		} finally {
			[port, cookie] = before;
			await other.close();
			damaged.remove();
		}
	});

	test("the event stream begins with the state and ends with the server", async () => {
		const other = await start(copyOfData("other"));
		const before = [port, cookie] as const;
		try {
			port = Number(new URL(other.origin).port);
			cookie = await enter(other);
			let stream: Promise<Answer> | undefined;
			await new Promise<void>((resolve) => {
				stream = ask("/api/events", { cookie }, "GET", resolve);
			});
			await other.close();
			const { headers, body } = (await stream) as unknown as Answer;
			expect(headers["content-type"]).toContain("text/event-stream");
			const [event, text] = body.toString().split("\n");
			expect(event).toBe("event: state");
			expect(
				State.parse(JSON.parse(text.replace("data: ", ""))).dataset?.seq,
			).toBe(3);
		} finally {
			[port, cookie] = before;
			await other.close();
		}
	});
});
