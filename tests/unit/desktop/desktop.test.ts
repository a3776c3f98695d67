import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { DESKTOP_CHANNELS } from "../../../core/api/desktop-channels.ts";
import { onDisk } from "../../../main/desktop/on-disk.ts";
import { display, electronDouble } from "../../fixtures/electron-double.ts";

const EVENTS = ["uncaughtException", "SIGINT", "SIGTERM"] as const;
const ORIGIN = "http://127.0.0.1:4321";

let data: string;
let electron: ReturnType<typeof electronDouble>;
let before: Map<string, Set<unknown>>;

beforeEach(() => {
	data = mkdtempSync(join(tmpdir(), "blc-desktop-"));
	vi.stubEnv("BLC_DATA", data);
	vi.stubEnv("BLC_HUB_URL", undefined);
	vi.stubEnv("BLC_HUB_KEY", undefined);
	electron = electronDouble();
	before = new Map(
		EVENTS.map((event) => [event, new Set(process.listeners(event as never))]),
	);
	vi.resetModules();
	vi.doMock("electron", () => electron.module);
});
afterEach(() => {
	for (const event of EVENTS)
		for (const listener of process.listeners(event as never))
			if (!before.get(event)?.has(listener))
				process.removeListener(event, listener as never);
	vi.useRealTimers();
	vi.unstubAllEnvs();
	vi.doUnmock("electron");
	rmSync(data, { recursive: true, force: true });
});

/** Starts the application as Electron does. */
async function start(): Promise<void> {
	await import("../../../main/desktop/desktop.ts");
	await settle();
}
const settle = async () => {
	for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};
const backend = () => electron.backends[electron.backends.length - 1];
const window = () => electron.windows[0];
const log = () => readFileSync(join(data, "desktop.log"), "utf8");
const shown = () => decodeURIComponent(window().webContents.url);

async function ready(port = 4321): Promise<void> {
	backend().emit("message", {
		ready: true,
		origin: `http://127.0.0.1:${port}`,
		token: "t",
	});
	await settle();
}
/** The page is there, as after its entry. */
function arrived(): void {
	window().webContents.url = `${ORIGIN}/#/situasi`;
}

describe("starting", () => {
	test("a window opens on the backend's entry, and crash reports stay on this machine", async () => {
		await start();
		expect(electron.windows).toHaveLength(0);
		await ready();
		expect(window().webContents.url).toBe(`${ORIGIN}/enter?token=t`);
		expect(electron.said).toEqual(["crashes: upload false"]);
		expect(electron.app.done).toContain("3d");
	});

	test("the screens have the same address after the next start", async () => {
		await start();
		await ready();
		vi.resetModules();
		await start();
		const [, , options] = backend().given;
		const { BLC_BACKEND } = (options?.env ?? {}) as NodeJS.ProcessEnv;
		expect(JSON.parse(BLC_BACKEND ?? "")).toMatchObject({
			port: 4321,
			otherPortIfTaken: true,
		});
	});

	test("a second start of the application opens nothing and shows the first", async () => {
		await start();
		await ready();
		electron.app.emit("second-instance");
		expect(window().done).toEqual(["restore", "focus"]);
		electron.app.first = false;
		vi.resetModules();
		await start();
		expect(electron.app.done).toContain("quit");
		expect(electron.windows).toHaveLength(1);
	});

	test("a hub.json that cannot be read is said in a window with file and line, and read again until it can be", async () => {
		const path = join(data, "hub.json");
		writeFileSync(path, '{\n "url": "https://hub.example",\n}\n');
		vi.useFakeTimers();
		await start();
		expect(shown()).toContain(`${path}, 3: found `);
		expect(shown()).toContain("tidak dapat dibaca");
		expect(shown()).toContain("cannot be read");
		expect(electron.backends).toHaveLength(0);
		writeFileSync(path, '{"url": "https://hub.example", "publicKey": "AAAA"}');
		await vi.advanceTimersByTimeAsync(2_000);
		expect(shown()).toContain("publicKey: found 3 bytes in base64");
		const publicKey = Buffer.alloc(32, 7).toString("base64");
		writeFileSync(
			path,
			JSON.stringify({ url: "https://hub.example", publicKey }),
		);
		await vi.advanceTimersByTimeAsync(2_000);
		expect(electron.backends).toHaveLength(1);
		await ready();
		backend().emit("message", { token: "fresh" });
		await settle();
		expect(window().webContents.url).toBe(`${ORIGIN}/enter?token=fresh`);
		expect(electron.windows).toHaveLength(1);
		expect(electron.app.done).not.toContain("exit 1");
	});
});

describe("a machine that hangs on a wall", () => {
	const written = (more: object) =>
		writeFileSync(
			join(data, "hub.json"),
			JSON.stringify({
				url: "https://hub.example",
				publicKey: Buffer.alloc(32, 7).toString("base64"),
				...more,
			}),
		);
	test("opens its page filling the screen, left by no key, when its account signs in", async () => {
		written({ wall: { page: "#/situasi?wall=1" } });
		electron.app.isPackaged = true;
		vi.spyOn(process, "platform", "get").mockReturnValue("win32");
		await start();
		vi.restoreAllMocks();
		await ready();
		expect(window().given.kiosk).toBe(true);
		expect(window().webContents.url).toBe(
			`${ORIGIN}/enter?token=t#/situasi?wall=1`,
		);
		expect(electron.app.done).toContain("at sign-in: true");
	});
	test("is none where nobody says so", async () => {
		written({});
		await start();
		await ready();
		expect(window().given.kiosk).toBe(false);
		expect(electron.app.done).not.toContain("at sign-in: true");
	});
	test("whose page is written wrongly says so with its file, as of the hub", async () => {
		written({ wall: { page: "https://elsewhere.example" } });
		await start();
		expect(shown()).toContain("hub.json: wall: page: expected");
	});
	test("hands its backend where updates are offered", async () => {
		const updates = {
			folder: "\\\\server\\blc",
			publicKey: Buffer.alloc(32, 9).toString("base64"),
		};
		written({ updates });
		await start();
		const env = backend().given[2]?.env as Record<string, string>;
		expect(JSON.parse(env.BLC_BACKEND)).toMatchObject({ updates });
	});
});

describe("a backend that dies", () => {
	test("three times before it is ready is said in a page of the host, never in a dialog, and goes on", async () => {
		vi.useFakeTimers();
		await start();
		for (let life = 0; life < 6; life++) {
			backend().emit("exit", 1);
			await vi.advanceTimersByTimeAsync(30_000);
		}
		expect(electron.backends).toHaveLength(7);
		expect(electron.windows).toHaveLength(1);
		expect(shown()).toContain("terus mencoba sendiri");
		expect(shown()).toContain(join(data, "backend.log"));
		await ready();
		backend().emit("message", { token: "fresh" });
		await settle();
		expect(window().webContents.url).toBe(`${ORIGIN}/enter?token=fresh`);
		expect(electron.said).toEqual(["crashes: upload false"]);
	});

	test("of an error of V8 opens no dialog: it is heard, logged and restarted", async () => {
		await start();
		await ready();
		expect(() =>
			backend().emit("error", "FatalError", "heap", "{}"),
		).not.toThrow();
		backend().stderr.emit("data", Buffer.from("out of memory\n"));
		vi.useFakeTimers();
		backend().emit("exit", 5);
		await vi.advanceTimersByTimeAsync(1);
		expect(electron.backends).toHaveLength(2);
		expect(log()).toMatch(/FatalError at heap[\s\S]*out of memory/);
	});

	test("while a page is shown leaves it its last picture", async () => {
		await start();
		await ready();
		arrived();
		vi.useFakeTimers();
		for (let life = 0; life < 5; life++) {
			backend().emit("exit", 1);
			await vi.advanceTimersByTimeAsync(30_000);
		}
		expect(window().webContents.url).toBe(`${ORIGIN}/#/situasi`);
	});

	test("and had to take another port brings its windows there, to the same place", async () => {
		await start();
		await ready();
		arrived();
		backend().emit("exit", 1);
		await vi.waitFor(() => expect(electron.backends).toHaveLength(2));
		await ready(5555);
		backend().emit("message", { token: "fresh" });
		await settle();
		expect(window().webContents.url).toBe(
			"http://127.0.0.1:5555/enter?token=fresh#/situasi",
		);
	});
});

describe("a page", () => {
	test("that does not load, or whose renderer is gone, is loaded again", async () => {
		await start();
		await ready();
		arrived();
		vi.useFakeTimers();
		const { webContents } = window();
		for (const happen of [
			() =>
				webContents.emit("did-fail-load", {}, -102, "refused", ORIGIN, true),
			() =>
				webContents.emit(
					"render-process-gone",
					{},
					{ reason: "oom", exitCode: 9 },
				),
		]) {
			const loads = webContents.done.length;
			happen();
			await vi.advanceTimersByTimeAsync(500);
			backend().emit("message", { token: "fresh" });
			await settle();
			expect(webContents.done).toHaveLength(loads + 1);
		}
		expect(log()).toMatch(/did not load: refused[\s\S]*renderer oom/);
	});

	test("on a wall that does not answer for half a minute is loaded again without a question", async () => {
		await start();
		await ready();
		arrived();
		electron.call(DESKTOP_CHANNELS.keepAwake, true, window());
		vi.useFakeTimers();
		window().emit("unresponsive");
		await vi.advanceTimersByTimeAsync(20_000);
		window().emit("responsive");
		await vi.advanceTimersByTimeAsync(60_000);
		expect(window().webContents.done).not.toContain("crash");
		window().emit("unresponsive");
		await vi.advanceTimersByTimeAsync(30_001);
		expect(window().webContents.done).toContain("crash");
		expect(electron.said).not.toContain("asked");
	});

	test("before a person that does not answer is asked about, and stays when they wait", async () => {
		await start();
		await ready();
		arrived();
		vi.useFakeTimers();
		window().emit("unresponsive");
		await vi.advanceTimersByTimeAsync(30_001);
		expect(electron.said).toContain("asked");
		expect(window().webContents.done).not.toContain("crash");
		electron.answers.button = 1;
		window().emit("unresponsive");
		await vi.advanceTimersByTimeAsync(30_001);
		expect(window().webContents.done).toContain("crash");
	});

	test("goes nowhere but to its own origin, and opens only listed sites outside", async () => {
		await start();
		await ready();
		const prevented = (url: string): boolean => {
			let is = false;
			window().webContents.emit("will-navigate", {
				url,
				preventDefault: () => {
					is = true;
				},
			});
			return is;
		};
		expect(prevented(`${ORIGIN}/#/sebaran`)).toBe(false);
		expect(prevented("https://evil.example/")).toBe(true);
		for (const url of ["https://evil.example/", "https://covid19.go.id/x"])
			expect(window().webContents.openHandler({ url } as never)).toEqual({
				action: "deny",
			});
		expect(electron.opened).toEqual(["https://covid19.go.id/x"]);
	});
});

describe("the bridge", () => {
	test("answers only the main frame of our own pages", async () => {
		await start();
		await ready();
		arrived();
		for (const frame of [
			{ url: "https://evil.example/", parent: null },
			{ url: `${ORIGIN}/`, parent: {} },
			{ url: "data:text/html,x", parent: null },
		])
			expect(() =>
				electron.call(DESKTOP_CHANNELS.displays, undefined, window(), frame),
			).toThrow(/refused/);
	});

	test("saves where the person says, and says nothing of what they cancelled", async () => {
		await start();
		await ready();
		arrived();
		const request = { name: "a.csv", bytes: new Uint8Array([65]) };
		const save = () => electron.call(DESKTOP_CHANNELS.save, request, window());
		expect(await save()).toEqual({ saved: false, problem: null });
		electron.answers.savePath = join(data, "a.csv");
		expect(await save()).toEqual({ saved: true, problem: null });
		expect(readFileSync(join(data, "a.csv"), "utf8")).toBe("A");
		electron.answers.savePath = join(data, "none", "a.csv");
		expect(await save()).toMatchObject({ saved: false });
		expect(() =>
			electron.call(
				DESKTOP_CHANNELS.save,
				{ ...request, name: "../a.csv" },
				window(),
			),
		).toThrow();
	});

	test("prints, and says itself when it cannot", async () => {
		await start();
		await ready();
		arrived();
		await electron.call(DESKTOP_CHANNELS.print, undefined, window());
		expect(window().webContents.done).toContain("print");
		window().webContents.printer = "no paper";
		await electron.call(DESKTOP_CHANNELS.print, undefined, window());
		expect(electron.said.join()).toContain("no paper");
	});

	test("keeps the screen awake until the last window that asked for it is closed", async () => {
		await start();
		await ready();
		arrived();
		const awake = (on: boolean) =>
			electron.call(DESKTOP_CHANNELS.keepAwake, on, window());
		awake(true);
		awake(true);
		expect(electron.blockers.size).toBe(1);
		awake(false);
		expect(electron.blockers.size).toBe(0);
		awake(true);
		window().close();
		expect(electron.blockers.size).toBe(0);
	});
});

describe("displays", () => {
	const laptop = display(1, "Laptop", { x: 0, y: 0, width: 1366, height: 768 });
	const wall = display(2, "Wall", { x: 1366, y: 0, width: 3840, height: 2160 });

	test("a window fills a display of another scaling: out of full screen first, its bounds twice", async () => {
		electron.screen.displays = [laptop, wall];
		await start();
		await ready();
		arrived();
		window().full = true;
		await electron.call(DESKTOP_CHANNELS.fillDisplay, 2, window());
		expect(window().done).toEqual([
			"windowed",
			"bounds 1366,0",
			"bounds 1366,0",
			"full",
		]);
		await expect(
			electron.call(DESKTOP_CHANNELS.fillDisplay, 9, window()),
		).rejects.toThrow("no display 9");
		expect(
			electron.call(DESKTOP_CHANNELS.displays, undefined, window()),
		).toMatchObject([
			{ id: 1, primary: true },
			{ id: 2, label: "Wall", primary: false },
		]);
	});

	test("a window comes back to the display it filled when that is switched on again, under another number", async () => {
		electron.screen.displays = [laptop, wall];
		await start();
		await ready();
		arrived();
		await electron.call(DESKTOP_CHANNELS.fillDisplay, 2, window());
		vi.useFakeTimers();
		electron.screen.displays = [laptop];
		window().bounds = { ...laptop.bounds };
		electron.screen.emit("display-removed", {}, wall);
		await vi.advanceTimersByTimeAsync(2000);
		expect(window().bounds.x).toBe(0);
		electron.screen.displays = [laptop, { ...wall, id: 77 }];
		electron.screen.emit("display-added", {}, wall);
		await vi.advanceTimersByTimeAsync(2000);
		expect(window().bounds.x).toBe(1366);
		expect(window().full).toBe(true);
	});

	test("the next start fills the same display, and none once full screen was left", async () => {
		electron.screen.displays = [laptop, wall];
		await start();
		await ready();
		arrived();
		await electron.call(DESKTOP_CHANNELS.fillDisplay, 2, window());
		window().close();
		vi.resetModules();
		await start();
		await ready();
		const again = electron.windows[1];
		expect(again.done).toContain("bounds 1366,0");
		again.webContents.url = `${ORIGIN}/#/situasi`;
		await electron.call(DESKTOP_CHANNELS.fillDisplay, null, again);
		again.close();
		vi.resetModules();
		await start();
		await ready();
		expect(electron.windows[2].done).not.toContain("full");
	});

	test("a window fits a laptop of 1366 x 768 at 125 %", async () => {
		electron.screen.displays = [
			display(1, "Laptop", { x: 0, y: 0, width: 1093, height: 614 }),
		];
		await start();
		await ready();
		const { width, height, minWidth, minHeight } = window().given;
		expect({ width, height }).toEqual({ width: 1093, height: 574 });
		expect(minWidth).toBeLessThanOrEqual(1093);
		expect(minHeight).toBeLessThanOrEqual(574);
	});
});

test.each([
	[
		"/opt/BLC Command/resources/app.asar/out/main/backend.js",
		"/opt/BLC Command/resources/app.asar.unpacked/out/main/backend.js",
	],
	[
		"C:\\BLC\\resources\\app.asar\\out\\renderer",
		"C:\\BLC\\resources\\app.asar.unpacked\\out\\renderer",
	],
	["/home/rina/blc/out/main/backend.js", "/home/rina/blc/out/main/backend.js"],
])(
	"what a thread reads of a package lies beside its archive: %s",
	(path, beside) => {
		expect(onDisk(path)).toBe(beside);
	},
);
