/**
 * A wall that hangs for hours: a playlist of a map and panels, with time of the page and of the backend's answer about it sped up, publications that
 * arrive and graphics contexts that are lost on purpose. What it holds (heap, nodes, listeners, objects and contexts of the graphics card) must not
 * grow. `npm test` runs a few rounds of it, `npm run soak -- walls` hours of its time.
 */
import { expect, type Page, test } from "@playwright/test";
import { day as dayOf, isoFromDay } from "../../core/series/day.ts";
import { growth, median } from "../fixtures/slope.ts";
import { provincesFile, writeMadeFile } from "../fixtures/spring-2020.ts";
import { type OpenSystem, openSystem } from "../fixtures/system.ts";

/** How long it runs at least (minutes of the machine), how many rounds of the playlist it sees at least, and by how much faster time of the wall goes. */
const MINUTES = Number(process.env.WALL_MINUTES ?? 0);
const ROUNDS = 6;
const SPEED = Number(process.env.WALL_SPEED ?? 12);
/** How long each of the two scenes stands: seconds of the wall. */
const STANDS = 60;
/** Rounds of the playlist from one loss of a context to the next, and from one publication to the next. */
const LOSE_EVERY = 2;
const PUBLISH_EVERY = 4;
/** By how much of itself a count may seem to grow from first to last: few rounds are few samples. */
const ALLOWED = MINUTES >= 10 ? 0.1 : 0.25;

declare global {
	interface Window {
		blcHeld?: {
			/** Live objects of contexts that are not lost, and the contexts. */
			count(): { objects: number; contexts: number };
			loseOne(): boolean;
		};
	}
}

/** Counts what is made on the graphics card; in the page, before anything of it. */
function countGraphics(): void {
	const contexts = new Map<WeakRef<WebGL2RenderingContext>, { live: number }>();
	const of = new WeakMap<WebGL2RenderingContext, { live: number }>();
	const getContext = HTMLCanvasElement.prototype.getContext;
	HTMLCanvasElement.prototype.getContext = function (
		this: HTMLCanvasElement,
		...asked: unknown[]
	) {
		const made = getContext.apply(this, asked as never);
		if (made instanceof WebGL2RenderingContext && !of.has(made)) {
			const count = { live: 0 };
			of.set(made, count);
			contexts.set(new WeakRef(made), count);
		}
		return made;
	} as typeof getContext;
	type Made = Record<string, (...given: unknown[]) => unknown>;
	const prototype = WebGL2RenderingContext.prototype as unknown as Made;
	for (const what of [
		"Buffer",
		"Texture",
		"Program",
		"Shader",
		"Framebuffer",
		"Renderbuffer",
		"VertexArray",
		"Sampler",
		"TransformFeedback",
		"Query",
	]) {
		const make = prototype[`create${what}`];
		const remove = prototype[`delete${what}`];
		if (!make || !remove) continue;
		const gone = new WeakSet<object>();
		prototype[`create${what}`] = function (this: WebGL2RenderingContext, ...a) {
			const count = of.get(this);
			if (count) count.live++;
			return make.apply(this, a);
		};
		prototype[`delete${what}`] = function (this: WebGL2RenderingContext, ...a) {
			const [object] = a;
			const count = of.get(this);
			if (count && object && !gone.has(object)) {
				gone.add(object);
				count.live--;
			}
			return remove.apply(this, a);
		};
	}
	window.blcHeld = {
		count() {
			let objects = 0;
			let live = 0;
			for (const [reference, count] of contexts) {
				const context = reference.deref();
				if (!context || context.isContextLost()) {
					contexts.delete(reference);
					continue;
				}
				live++;
				objects += count.live;
			}
			return { objects, contexts: live };
		},
		loseOne() {
			const canvas = document.querySelector<HTMLCanvasElement>(
				'[data-phase="shown"] canvas.maplibregl-canvas',
			);
			const lose = canvas
				?.getContext("webgl2")
				?.getExtension("WEBGL_lose_context");
			lose?.loseContext();
			return lose != null;
		},
	};
}

/** Has time of the page go faster, and the backend's as far as the page asks for it. */
function hasten(speed: number): void {
	const real = { now: Date.now, own: performance.now.bind(performance) };
	const begun = { now: real.now(), own: real.own() };
	const since = () => (real.own() - begun.own) * speed;
	performance.now = () => begun.own + since();
	Date.now = () => Math.round(begun.now + since());
	const { setTimeout: timeout, setInterval: interval, fetch: get } = window;
	window.setTimeout = ((work: TimerHandler, after = 0, ...rest: unknown[]) =>
		timeout(work, after / speed, ...rest)) as typeof setTimeout;
	window.setInterval = ((work: TimerHandler, every = 0, ...rest: unknown[]) =>
		interval(work, every / speed, ...rest)) as typeof setInterval;
	window.fetch = (asked, how) =>
		String(asked) === "/api/time"
			? Promise.resolve(Response.json({ now: Date.now() }))
			: get(asked, how);
}

/** Orders something at the workstation, as the screen would. */
async function order(page: Page, name: string, request: object): Promise<void> {
	const data = { id: crypto.randomUUID(), name, basedOn: null, request };
	const origin = new URL(page.url()).origin;
	const answer = await page.request.post(`${origin}/api/command`, {
		headers: { origin },
		data,
	});
	expect(answer.status()).toBe(200);
}

test.describe("a wall that hangs for hours", () => {
	let system: OpenSystem;
	let page: Page;
	/** The table of a portal as it stood some days after 14 June: one row more each day. */
	const file = (folder: string, days: number) => {
		const { path, bytes } = provincesFile("2020-06-14");
		const day = (at: number) => isoFromDay(dayOf("2020-06-14") + at);
		const rows = Array.from(
			{ length: days },
			(_, at) => `DKI JAKARTA,${day(at + 1)},${8_800 + 50 * at},4000,560\n`,
		);
		return writeMadeFile(folder, {
			path: path.replace("2020-06-14", day(days)),
			bytes: Buffer.from(`${bytes}${rows.join("")}`),
		});
	};

	test.skip(
		MINUTES === 0,
		"needs a machine with nothing else to do: `npm run soak -- walls`",
	);

	test.beforeAll(async ({ browser }) => {
		test.setTimeout(300_000);
		system = await openSystem(browser, (folder) => [
			["ingest", "covid19goid-provinsi", file(folder, 0)],
		]);
	});
	test.afterAll(() => system?.close());

	test("holds no more after hours than after minutes, and has its map back after every lost context", async () => {
		test.setTimeout(MINUTES * 60_000 + 600_000);
		const panel = (kind: string, x: number, address: string) => ({
			...{ id: `p${x}`, kind, address, text: "", staleAfter: null },
			place: { x, y: 0, width: 6, height: 8 },
		});
		const scenes = {
			satu: [
				panel("map", 0, "#/situasi?map=province"),
				panel("trend", 6, "#/situasi"),
			],
			dua: [
				panel("map", 0, "#/situasi?map=province&indicator=deaths"),
				panel("ranking", 6, "#/situasi?indicator=deaths"),
			],
		};
		for (const [id, panels] of Object.entries(scenes))
			await order(system.page, "keep-scene", {
				...{ id, name: id, notes: "", panels },
			});
		await order(system.page, "keep-playlist", {
			...{ id: "lama", name: "Lama", transition: "fade", hours: [] },
			entries: Object.keys(scenes).map((scene) => ({
				...{ scene, seconds: STANDS },
			})),
		});
		page = await system.page.context().newPage();
		const faults: string[] = [];
		page.on("pageerror", (error) => faults.push(error.message));
		await page.addInitScript(countGraphics);
		await page.addInitScript(hasten, SPEED);
		await page.goto(
			`${new URL(system.page.url()).origin}/#/dinding?wall=1&show=playlist.lama`,
		);
		await system.page.goto("about:blank");
		const devtools = await page.context().newCDPSession(page);
		await devtools.send("Performance.enable");
		const held = {
			heap: [] as number[],
			nodes: [] as number[],
			listeners: [] as number[],
			objects: [] as number[],
		};
		let most = 0;
		const recovered: number[] = [];
		let published = 0;
		const begins = Date.now();
		const lasts = () => Date.now() - begins;
		const shown = (scene: string) =>
			page.locator(`[data-phase="shown"][data-scene="${scene}"]`);
		const map = (scene: string) =>
			shown(scene).locator("[data-testid=map][data-ready]");
		for (
			let round = 1;
			round <= ROUNDS || lasts() < MINUTES * 60_000;
			round++
		) {
			await shown("dua").waitFor();
			await shown("satu").waitFor();
			await map("satu").waitFor();
			// All at the same place of the playlist.
			await devtools.send("HeapProfiler.collectGarbage");
			const { metrics } = await devtools.send("Performance.getMetrics");
			const metric = (name: string) =>
				metrics.find((one) => one.name === name)?.value ?? Number.NaN;
			const card = await page.evaluate(() => window.blcHeld?.count());
			if (!card) throw new Error("nothing is counted");
			held.heap.push(metric("JSHeapUsedSize") / 1e6);
			held.nodes.push(metric("Nodes"));
			held.listeners.push(metric("JSEventListeners"));
			held.objects.push(card.objects / Math.max(1, card.contexts));
			most = Math.max(most, card.contexts);
			if (MINUTES > 0)
				console.log(
					`${(lasts() / 60_000).toFixed(1)} min: ${Object.entries(held)
						.map(([what, all]) => `${what} ${all.at(-1)?.toFixed(1)}`)
						.join(", ")}; lost and back ${recovered.at(-1) ?? "–"} ms`,
				);
			if (round % LOSE_EVERY === 0) {
				const begun = Date.now();
				if (await page.evaluate(() => window.blcHeld?.loseOne())) {
					await page
						.locator('[data-phase="shown"] [data-testid=map]:not([data-ready])')
						.waitFor({ timeout: 5_000 })
						.catch(() => {});
					await page
						.locator('[data-phase="shown"] [data-testid=map][data-ready]')
						.waitFor();
					recovered.push(Date.now() - begun);
				}
			}
			if (round % PUBLISH_EVERY === 0) {
				published++;
				await system.hub.command(
					"ingest",
					"covid19goid-provinsi",
					file(system.folder, published),
				);
				await system.hub.command("publish");
			}
		}
		const rounds = held.heap.length;
		console.log(
			`${rounds} rounds in ${(lasts() / 60_000).toFixed(1)} min, ${((lasts() * SPEED) / 3.6e6).toFixed(1)} h of the wall; ${published} publications; at most ${most} contexts`,
		);
		// What is read and kept once is there after the first rounds.
		const settled = Math.floor(rounds / 4);
		const grown = Object.entries(held).map(([what, all]) => {
			const counted = all.slice(settled);
			const share = growth(counted);
			console.log(
				`${what}: first ${counted[0]?.toFixed(1)}, median ${median([...counted]).toFixed(1)}, last ${counted.at(-1)?.toFixed(1)}; grows by ${(share * 100).toFixed(2)} %`,
			);
			return [what, share] as const;
		});
		console.log(
			`map back after a lost context: ${recovered.length} times, median ${median([...recovered]).toFixed(0)} ms, longest ${Math.max(0, ...recovered)} ms`,
		);
		expect(faults).toEqual([]);
		expect(most).toBeLessThanOrEqual(2);
		for (const [what, share] of grown)
			expect(share, what).toBeLessThanOrEqual(ALLOWED);
		await page.close();
	});
});
