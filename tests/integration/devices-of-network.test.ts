/** Roads in from the network: what a device of the network gets before it is paired, as a display, as a remote, and after it was revoked. */
import { randomUUID, X509Certificate } from "node:crypto";
import {
	mkdirSync,
	readdirSync,
	readFileSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { request as httpRequest } from "node:http";
import { Agent, request as httpsRequest } from "node:https";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COMMANDS, QUERIES } from "../../core/api/all.ts";
import type { Devices, LanState } from "../../core/api/devices.ts";
import {
	ROUTES_OF_PANELS,
	ROUTES_OF_WALLS,
	routesOfScenes,
} from "../../core/api/panel-routes.ts";
import type { Query } from "../../core/api/route.ts";
import { NEW_GRID } from "../../core/wall/grid.ts";
import type { PanelKind, ScenePanel } from "../../core/wall/scene.ts";
import { newSecret } from "../../main/backend/server/session.ts";
import {
	startWorkstation,
	type Workstation,
} from "../../main/backend/workstation.ts";
import {
	AREA,
	asExercise,
	temporaryFolder,
	twoProvinces,
	writeReplica,
} from "./backend-fixture.ts";
import { signedInWindow } from "./signed-in-window.ts";

const home = temporaryFolder();
const data = join(home.folder, "data");
const secret = newSecret();
const start = (): Promise<Workstation> =>
	startWorkstation(
		{
			...{ data, hub: null, port: 0, otherPortIfTaken: false, secret },
			screens: join(home.folder, "screens"),
			geography: null,
			parent: null,
		},
		(message) => reports.push(message),
	);
const reports: string[] = [];

let workstation: Workstation;
let desk: Awaited<ReturnType<typeof signedInWindow>>;
let on: Extract<LanState, { kind: "on" }>;
const agent = new Agent({ rejectUnauthorized: false, keepAlive: true });

interface Answer {
	status: number;
	body: string;
	headers: Record<string, string | string[] | undefined>;
	/** SHA-256 of the certificate shown. */
	fingerprint: string;
}

/** A request as any program of the network may send it. */
function ask(
	path: string,
	headers: Record<string, string> = {},
	{ method = "GET", content = "", port = portOf(on) } = {},
): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const sent = httpsRequest(
			{ host: "127.0.0.1", port, path, method, agent, headers },
			(response) => {
				let body = "";
				const { socket } = response as unknown as {
					socket: { getPeerCertificate(): { fingerprint256: string } };
				};
				const fingerprint = socket.getPeerCertificate()?.fingerprint256 ?? "";
				response.on("data", (part) => {
					body += part;
				});
				response.on("end", () =>
					resolve({
						status: response.statusCode ?? 0,
						...{ body, headers: response.headers, fingerprint },
					}),
				);
				response.on("error", reject);
			},
		);
		sent.on("error", reject);
		sent.end(content);
	});
}
const portOf = ({ origins }: { origins: string[] }) =>
	Number(new URL(origins[0] ?? "").port);
const originOf = () => `https://127.0.0.1:${portOf(on)}`;
const own = () => ({ origin: originOf() });

function tryCode(code: string): Promise<Answer> {
	return ask(
		"/pair",
		{ ...own(), "content-type": "application/x-www-form-urlencoded" },
		{ method: "POST", content: new URLSearchParams({ code }).toString() },
	);
}
const ordered = async <T>(name: string, request: unknown): Promise<T> => {
	const answer = await desk.order(name, request);
	expect([name, answer.status]).toEqual([name, 200]);
	return (await answer.json()) as T;
};
const devices = async () =>
	(await (await desk.get("/api/devices")).json()) as Devices;
const code = (kind: string, name: string) =>
	ordered<{ code: string; endsAt: number; addresses: string[] }>(
		"pair-device",
		{ kind, name },
	);

/** Pairs a device as a browser does; its cookie and its id. */
async function pair(kind: string, name: string) {
	const { code: given } = await code(kind, name);
	const paired = await tryCode(given);
	expect(paired.status).toBe(303);
	const cookie = String(paired.headers["set-cookie"]).split(";")[0] ?? "";
	const { id = "" } = (await devices()).devices.at(-1) ?? {};
	return { cookie, id };
}
const post = (cookie: string, name: string, request: unknown) =>
	ask(
		"/api/command",
		{ cookie, ...own(), "content-type": "application/json" },
		{
			method: "POST",
			content: JSON.stringify({
				...{ id: randomUUID(), name, basedOn: null, request },
			}),
		},
	);

/** A scene of one panel of a kind. */
const scene = (id: string, kind: PanelKind) => ({
	...{ id, name: id, notes: "" },
	panels: [
		{
			...{ id: "p", kind, staleAfter: null },
			...{ address: "#/situasi", text: "Halo" },
			...(kind === "image" && { picture: "0".repeat(64) }),
			place: { x: 0, y: 0, width: 12, height: 8 },
		} satisfies ScenePanel,
	],
});

/** A WebP that states its size and nothing else, in Base64. */
function pictureOf(width: number): string {
	const file = Buffer.from(
		"RIFF\0\0\0\0WEBPVP8L\x06\0\0\0/\0\0\0\0\0",
		"latin1",
	);
	file.writeUInt32LE(file.length - 8, 4);
	file.writeUInt32LE(width - 1, 21);
	return file.toString("base64");
}

async function open() {
	workstation = await start();
	desk = await signedInWindow(workstation, data, {
		...{ name: "rina", display: "Rina", role: "official", scope: "ID" },
	});
}

beforeAll(async () => {
	mkdirSync(join(data, "replica"), { recursive: true });
	mkdirSync(join(home.folder, "screens"));
	writeFileSync(join(home.folder, "screens", "index.html"), "<title>BLC");
	writeReplica(join(data, "replica"), asExercise(twoProvinces()), 3);
	await open();
});
afterAll(async () => {
	agent.destroy();
	await desk.leave();
	await workstation.close();
	home.remove();
});

describe("the line to the network", () => {
	test("is off until somebody switches it on, and refuses an address that is none of this machine", async () => {
		expect((await devices()).state).toEqual({ kind: "off" });
		const there = { on: true, address: "192.0.2.1", port: 0 };
		expect((await desk.order("listen-on-lan", there)).status).toBe(400);
		const refused = await desk.order("pair-device", {
			kind: "display",
			name: "TV",
		});
		expect(refused.status).toBe(409);
		expect(readdirSync(data).filter((name) => name.startsWith("lan-"))).toEqual(
			[],
		);
	});

	test("shows the fingerprint of the certificate that it uses; its key is readable by its own account alone", async () => {
		const state = await ordered<LanState>("listen-on-lan", {
			...{ on: true, address: "127.0.0.1", port: 0 },
		});
		if (state.kind !== "on") throw new Error(JSON.stringify(state));
		on = state;
		const page = await ask("/pair");
		expect([page.status, page.fingerprint]).toEqual([200, on.fingerprint]);
		expect(statSync(join(data, "lan-key.pem")).mode & 0o777).toBe(0o600);
		const x509 = new X509Certificate(
			readFileSync(join(data, "lan-certificate.pem")),
		);
		expect(x509.checkIP("127.0.0.1")).toBe("127.0.0.1");
		expect(x509.ca).toBe(false);
		expect((await devices()).setting.port).toBe(portOf(on));
	});

	test("gives whoever is not paired the page on which one is, and nothing else", async () => {
		const root = await ask("/");
		expect([root.status, root.headers.location]).toEqual([303, "/pair"]);
		for (const path of [
			...Object.values(QUERIES).map((query) => query.path),
			"/api/events",
			"/api/geography.topojson",
			"/api/basemap.pmtiles",
			"/index.html",
			"/enter?token=x",
		])
			expect([path, (await ask(path)).status]).toEqual([path, 401]);
		expect((await post("", "retry-sync", {})).status).toBe(401);
	});

	test("refuses another name and pages of another origin, whatever else is right", async () => {
		const { cookie } = await pair("display", "TV nama");
		const at = (headers: Record<string, string>, method = "GET") =>
			ask("/api/walls", { cookie, ...headers }, { method });
		expect((await at({})).status).toBe(200);
		// A name server of somebody else's that points here.
		expect((await at({ host: "evil.example" })).status).toBe(421);
		expect((await at({ host: `evil.example:${portOf(on)}` })).status).toBe(421);
		expect((await at({ host: "127.0.0.1" })).status).toBe(421);
		expect((await at({ origin: "https://evil.example" })).status).toBe(403);
		// The same address over another scheme is another origin.
		expect(
			(await at({ origin: `http://127.0.0.1:${portOf(on)}` })).status,
		).toBe(403);
		expect((await at({ "sec-fetch-site": "cross-site" })).status).toBe(403);
		const { code: given } = await code("display", "TV asing");
		const foreign = await ask(
			"/pair",
			{
				origin: "https://evil.example",
				"content-type": "application/x-www-form-urlencoded",
			},
			{ method: "POST", content: `code=${given}` },
		);
		expect(foreign.status).toBe(403);
		expect((await tryCode(given)).status).toBe(303);
	});
});

describe("a code", () => {
	test("works once, is not used up by looking at its address, and does not care for case or dash", async () => {
		const { code: given, addresses } = await code("display", "TV sekali");
		expect(given).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/);
		const address = new URL(addresses[0] ?? "");
		expect(address.origin).toBe(originOf());
		const looked = await ask(address.pathname + address.search);
		expect(looked.body).toContain(given);
		expect(looked.headers["set-cookie"]).toBeUndefined();
		const taken = await tryCode(given.toLowerCase().replace("-", " "));
		expect(taken.status).toBe(303);
		const cookie = String(taken.headers["set-cookie"]);
		for (const part of ["HttpOnly", "Secure", "SameSite=Strict", "Path=/"])
			expect(cookie).toContain(part);
		expect(cookie).toMatch(/^__Host-blc-device-\d+=/);
		expect(cookie).not.toMatch(/Domain/i);
		expect((await tryCode(given)).status).toBe(403);
	});

	test("is asked for on a page whose form states its origin: under no-referrer browsers send it as null, which is refused", async () => {
		const { body, headers } = await ask("/pair");
		expect(headers["referrer-policy"]).toBe("no-referrer");
		expect(body).toContain('<meta name="referrer" content="same-origin">');
		const { code: given } = await code("display", "TV tanpa asal");
		const nameless = await ask(
			"/pair",
			{
				origin: "null",
				"content-type": "application/x-www-form-urlencoded",
			},
			{ method: "POST", content: `code=${given}` },
		);
		expect(nameless.status).toBe(403);
	});

	test("writes nothing into the page but a code", async () => {
		const page = await ask(
			`/pair?code=${encodeURIComponent('"><script>alert(1)</script>')}`,
		);
		expect(page.body).not.toContain("<script>");
		expect(page.body).toContain('value=""');
	});
});

describe("a display", () => {
	const kinds = Object.keys(ROUTES_OF_PANELS) as PanelKind[];
	const all = Object.entries(QUERIES) as [keyof typeof QUERIES, Query][];

	test.each(kinds)(
		"that shows a panel of kind %s is answered what that panel needs, and no other route of the contract",
		async (kind) => {
			await ordered("keep-scene", scene(`satu-${kind}`, kind));
			const { cookie, id } = await pair("display", `TV ${kind}`);
			await ordered("change-device", {
				...{ id, name: `TV ${kind}`, show: `scene.satu-${kind}` },
			});
			const let_in: string[] = [];
			for (const [name, query] of all) {
				const { status, body } = await ask(query.path, { cookie });
				// Without its parameters a route that is open says what is missing.
				if (status !== 401 && status !== 403) let_in.push(name);
				else
					expect([name, status, JSON.parse(body).code]).toEqual([
						name,
						403,
						"not-allowed",
					]);
			}
			expect(let_in.sort()).toEqual(
				[...routesOfScenes([scene("x", kind)])].sort(),
			);
			await ordered("revoke-device", { id });
		},
		30_000,
	);

	test("that shows one playlist is given the one that a presenter leads in its place, with what its panels need, and neither afterwards", async () => {
		for (const [id, kind] of [
			["sendiri", "text"],
			["dipimpin", "kpi"],
		] as const) {
			await ordered("keep-scene", scene(`adegan-${id}`, kind));
			await ordered("keep-playlist", {
				...{ id, name: id, transition: "fade", hours: [] },
				entries: [{ scene: `adegan-${id}`, seconds: 60 }],
			});
		}
		const { cookie, id } = await pair("display", "TV pembicara");
		await ordered("change-device", {
			...{ id, name: "TV pembicara", show: "playlist.sendiri" },
		});
		const given = async () => {
			const { body } = await ask("/api/walls", { cookie });
			const { playlists } = JSON.parse(body) as { playlists: { id: string }[] };
			const { status } = await ask("/api/kpis?area=ID&day=18353", { cookie });
			return [playlists.map((one) => one.id), status === 403];
		};
		expect(await given()).toEqual([["sendiri"], true]);
		await ordered("order-show", {
			...{ do: "run", playlist: "dipimpin", entry: 0, paused: true },
		});
		expect(await given()).toEqual([["sendiri", "dipimpin"], false]);
		await ordered("order-show", { do: "end" });
		expect(await given()).toEqual([["sendiri"], true]);
		await ordered("revoke-device", { id });
	});

	test("that is paired for a place of a grid reads what its place needs and nothing of the others; with a place that is gone it reads no panel at all", async () => {
		for (const kind of ["kpi", "text"] as const)
			await ordered("keep-scene", scene(`sel-${kind}`, kind));
		const grid = {
			...{ ...NEW_GRID, id: "aula", name: "Aula", spans: false },
			own: { "1-1": "scene.sel-text", "1-2": "scene.sel-kpi" },
		};
		await ordered("keep-grid", grid);
		const { code: given } = await ordered<{ code: string }>("pair-device", {
			...{ kind: "display", name: "TV kiri", show: "grid.aula.1-1" },
		});
		const cookie = String((await tryCode(given)).headers["set-cookie"]).split(
			";",
		)[0] as string;
		const { id = "", show } = (await devices()).devices.at(-1) ?? {};
		expect(show).toBe("grid.aula.1-1");
		const read = async () => {
			const { body } = await ask("/api/walls", { cookie });
			const { scenes, grids } = JSON.parse(body) as {
				scenes: { id: string }[];
				grids: { own: object }[];
			};
			const { status } = await ask("/api/kpis?area=ID&day=18353", { cookie });
			return [
				scenes.map((one) => one.id),
				grids.map(({ own }) => own),
				status === 403,
			];
		};
		expect(await read()).toEqual([
			["sel-text"],
			[{ "1-1": "scene.sel-text" }],
			true,
		]);
		// One scene over all is every display's.
		await ordered("keep-grid", {
			...grid,
			...{ spans: true, show: "scene.sel-kpi" },
		});
		expect(await read()).toEqual([["sel-kpi"], [{}], false]);
		await ordered("remove-grid", { id: "aula" });
		expect(await read()).toEqual([[], [], true]);
		await ordered("revoke-device", { id });
	});

	test("orders nothing, not even what anybody at a window may; it tells how many frames it drew, of itself alone", async () => {
		const { cookie, id } = await pair("display", "TV bisu");
		for (const { name } of Object.values(COMMANDS)) {
			const { status, body } = await post(cookie, name, {});
			// A request that is not of its form is refused before; never carried out.
			expect([name, status === 403 || status === 400]).toEqual([name, true]);
			if (status === 400) expect(JSON.parse(body).code).toBe("parameters");
		}
		const whole = { name: "rina", password: "x" };
		expect((await post(cookie, "sign-in", whole)).status).toBe(403);
		expect((await post(cookie, "retry-sync", {})).status).toBe(403);
		const role = { role: "administrator", scope: "ID" };
		expect((await post(cookie, "take-role", role)).status).toBe(403);
		const beat = {
			...{ window: "another", name: "Another", show: "", scene: null },
			...{ stale: 0, trouble: null },
			...{ frames: 1, turn: 0, width: 10, height: 10, closing: false },
		};
		expect((await post(cookie, "tell-beat", beat)).status).toBe(200);
		expect(await (await desk.get("/api/walls/windows")).json()).toMatchObject([
			{ window: id, name: "TV bisu" },
		]);
		// Sent away, it is none that stands still.
		await ordered("revoke-device", { id });
		expect(await (await desk.get("/api/walls/windows")).json()).toEqual([]);
	});

	test("is told no path of this machine, nobody's name and no scene that it does not show", async () => {
		await ordered("keep-scene", scene("rahasia", "text"));
		await ordered("keep-scene", scene("terbuka", "text"));
		const { cookie, id } = await pair("display", "TV buta");
		await ordered("change-device", {
			...{ id, name: "TV buta", show: "scene.terbuka" },
		});
		for (const name of ROUTES_OF_WALLS) {
			const { body } = await ask(QUERIES[name].path, { cookie });
			expect([name, body.includes(home.folder)]).toEqual([name, false]);
			expect([name, /rahasia|Rina|rina/.test(body)]).toEqual([name, false]);
		}
		const events = await ordersHeard(cookie, async () => {
			await ordered("order-show", { do: "black", on: true });
			await ordered("keep-scene", scene("rahasia", "clock"));
		});
		await ordered("order-show", { do: "end" });
		expect(events).toMatch(/^event: show/m);
		expect(events).toMatch(/^event: state/m);
		expect(events).toMatch(/^event: here/m);
		expect(events).not.toMatch(/rahasia|Rina/);
	});

	test("reads the pictures of its scenes and no other", async () => {
		const keep = async (width: number) =>
			(
				await ordered<{ id: string }>("keep-picture", {
					data: pictureOf(width),
				})
			).id;
		const [own, other] = [await keep(2), await keep(3)];
		const shows = (id: string, picture: string) => {
			const { panels, ...rest } = scene(id, "image");
			const panel = { ...panels[0], picture };
			return ordered("keep-scene", { ...rest, panels: [panel] });
		};
		await shows("gambar-sendiri", own);
		await shows("gambar-lain", other);
		const { cookie, id } = await pair("display", "TV gambar");
		await ordered("change-device", {
			...{ id, name: "TV gambar", show: "scene.gambar-sendiri" },
		});
		const status = async (picture: string) =>
			(await ask(`/api/walls/picture?id=${picture}`, { cookie })).status;
		expect([await status(own), await status(other)]).toEqual([200, 404]);
		await ordered("revoke-device", { id });
	});

	test("of somebody of a province is shown nothing of another", async () => {
		const bali = await signedInWindow(workstation, data, {
			...{ name: "made", display: "Made", role: "official", scope: "51" },
		});
		const given = (await (
			await bali.order("pair-device", { kind: "display", name: "TV Bali" })
		).json()) as { code: string };
		const paired = await tryCode(given.code);
		const cookie = String(paired.headers["set-cookie"]).split(";")[0] ?? "";
		const kpis = (area: number) =>
			ask(`/api/kpis?area=${area}&day=2020-04-04`, { cookie });
		expect((await kpis(AREA.bali)).status).toBe(200);
		expect((await kpis(AREA.jatim)).status).toBe(403);
		expect((await ask("/api/areas", { cookie })).body).not.toMatch(/Malang/);
		await bali.leave();
	});
});

describe("a credential", () => {
	test("opens nothing on this machine's own line, and a window's cookie nothing on the network's", async () => {
		const { cookie } = await pair("display", "TV pintu");
		const local = Number(new URL(workstation.origin).port);
		const here = await new Promise<number>((resolve, reject) =>
			httpRequest(
				{
					...{ host: "127.0.0.1", port: local, path: "/api/walls" },
					headers: { cookie },
				},
				(response) => resolve(response.resume().statusCode ?? 0),
			)
				.on("error", reject)
				.end(),
		);
		expect(here).toBe(401);
		const entered = await fetch(
			`${workstation.origin}/enter?token=${workstation.newToken()}`,
			{ redirect: "manual" },
		);
		const [, value] = /=([^;]+)/.exec(
			String(entered.headers.get("set-cookie")),
		) as unknown as [string, string];
		for (const name of [
			`blc-session-${local}`,
			`blc-session-${portOf(on)}`,
			`__Host-blc-device-${portOf(on)}`,
			`blc-device-${portOf(on)}`,
		])
			expect(
				(await ask("/api/walls", { cookie: `${name}=${value}` })).status,
			).toBe(401);
		expect((await ask("/api/walls", { cookie })).status).toBe(200);
	});

	test("that is another's, cut, changed or without its prefix opens nothing; it does not stand in any file", async () => {
		const { cookie } = await pair("display", "TV kunci");
		const other = await pair("display", "TV kunci lain");
		const [name = "", value = ""] = cookie.split("=");
		const [id = "", key = ""] = value.split(".");
		for (const wrong of [
			`${name}=${id}.${key.slice(1)}`,
			`${name}=${id}.`,
			`${name}=${other.id}.${key}`,
			`${name}=${id}.${key}.x`,
			`${name.replace("__Host-", "")}=${value}`,
			`${name}=`,
		])
			expect([
				wrong,
				(await ask("/api/walls", { cookie: wrong })).status,
			]).toEqual([wrong, 401]);
		expect((await ask("/api/walls", { cookie })).status).toBe(200);
		for (const file of readdirSync(data, { withFileTypes: true }))
			if (file.isFile())
				expect([
					file.name,
					readFileSync(join(data, file.name)).includes(key),
				]).toEqual([file.name, false]);
		expect(reports.join("\n")).not.toContain(key);
	});

	test("that is revoked opens nothing any more, and the stream of its window ends at once", async () => {
		const { cookie, id } = await pair("display", "TV dicabut");
		const text = await ordersHeard(cookie, () =>
			ordered("revoke-device", { id }),
		);
		expect(text).toMatch(/^event: state/m);
		expect((await ask("/api/state", { cookie })).status).toBe(401);
		expect((await devices()).devices.map((one) => one.id)).not.toContain(id);
	});

	test("outlives the backend, with the same address and the same certificate", async () => {
		const { cookie, id } = await pair("display", "TV lama");
		await desk.leave();
		await workstation.close();
		const before = on;
		await open();
		await expect
			.poll(async () => (await devices()).state, { timeout: 20_000 })
			.toMatchObject({ kind: "on" });
		on = (await devices()).state as typeof on;
		expect([on.origins, on.fingerprint]).toEqual([
			before.origins,
			before.fingerprint,
		]);
		expect((await ask("/api/walls", { cookie })).status).toBe(200);
		const found = (await devices()).devices.find((one) => one.id === id);
		expect(found).toMatchObject({ name: "TV lama", address: "127.0.0.1" });
		expect(found?.seenAt).toBeGreaterThan(0);
	}, 40_000);
});

test("a remote leads what the walls show, and orders nothing else", async () => {
	const { cookie } = await pair("remote", "Telepon");
	const led = await post(cookie, "order-show", { do: "black", on: true });
	expect(led.status).toBe(200);
	for (const { name, role } of Object.values(COMMANDS))
		if (!role.includes("remote")) {
			const { status, body } = await post(cookie, name, {});
			expect([name, status === 403 || /parameters/.test(body)]).toEqual([
				name,
				true,
			]);
		}
	expect((await ask("/api/audit", { cookie })).status).toBe(403);
	expect((await ask("/api/devices", { cookie })).status).toBe(403);
	expect((await ask("/api/walls", { cookie })).status).toBe(200);
});

test("codes that are guessed are halted, for the one who guesses", async () => {
	const { code: given } = await code("remote", "Telepon");
	const answers: number[] = [];
	for (let i = 0; i < 8; i++)
		answers.push((await tryCode(`AAAA-AA${i}A`)).status);
	expect(answers).toContain(429);
	expect(answers.filter((status) => status === 403).length).toBeLessThanOrEqual(
		5,
	);
	// The right one neither, from there.
	expect((await tryCode(given)).status).toBe(429);
});

/** What the event stream of a device says until it ends or has told of what is done meanwhile. */
async function ordersHeard(
	cookie: string,
	work: () => Promise<unknown>,
): Promise<string> {
	return new Promise((resolve, reject) => {
		let text = "";
		let worked = false;
		const request = httpsRequest(
			{
				...{ host: "127.0.0.1", port: portOf(on), path: "/api/events" },
				...{ agent, headers: { cookie } },
			},
			(response) => {
				response.on("data", (part) => {
					text += part;
					if (!worked) {
						worked = true;
						work().catch(reject);
					} else if (text.includes("event: here")) {
						// What follows at once is heard too.
						setTimeout(() => request.destroy(), 100);
					}
				});
				response.on("end", () => resolve(text));
				response.on("error", () => resolve(text));
			},
		);
		request.on("error", (error) => (text ? resolve(text) : reject(error)));
		request.end();
	});
}
