import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { day, isoFromDay, monthOf } from "../../core/series/day.ts";
import {
	BackendMessage,
	HEAP_ARGUMENTS,
	MEMORY_SETTINGS,
	OPTIONS_VARIABLE,
} from "../../main/backend/options.ts";
import { newSecret } from "../../main/backend/server/session.ts";
import {
	CONFIRMED,
	type Row,
	type Rows,
	temporaryFolder,
	writeReplica,
} from "../integration/backend-fixture.ts";

/** Requests to one backend; more for the long run: `npm run soak -- memory`. */
const REQUESTS = Number(process.env.MEMORY_REQUESTS ?? 2000);
const PATIENCE = 120_000 + REQUESTS * 60;
/** Requests under way at once, as of several screens. */
const SCREENS = 8;
/** The first of so many stretches fills caches and code; those after it must not need more. */
const STRETCHES = 8;
/** What garbage may come and go (MB), beside a tenth: two other test runs at once left 45 MB of it lying. */
const SLACK = 80;

const FIRST = day("2020-03-02");
const DAYS = 400;
const REGENCIES = 300;

const home = temporaryFolder();
let backend: ChildProcess | undefined;
afterAll(() => {
	backend?.kill("SIGKILL");
	home.remove();
});

/** A nation, ten provinces and their regencies, each reporting every day. */
function country(): Rows {
	const area: Row[] = [];
	const fact: Row[] = [];
	const put = (code: string, level: number, parent: number | null): void => {
		const id = area.length + 1;
		area.push({
			...{ id, code, level, parent, name: code },
			...{ population: 500_000, successors: "[]" },
		});
		for (let at = FIRST; at < FIRST + DAYS; at++)
			fact.push({
				...{ indicator: CONFIRMED, month: monthOf(at), area: id, day: at },
				...{ value: (at - FIRST) * id, source: 1, rule: 1, marks: 0 },
				...{ as_of: at, reporting: null, expected: null },
			});
	};
	put("ID", 0, null);
	for (let p = 0; p < 10; p++) put(String(11 + p), 1, 1);
	for (let r = 0; r < REGENCIES; r++)
		put(
			`${11 + (r % 10)}.${String(1 + Math.floor(r / 10)).padStart(2, "0")}`,
			2,
			2 + (r % 10),
		);
	return {
		dataset: [
			// Nobody has to sign in.
			{ key: "exercise", value: "true" },
			{ key: "first_day", value: String(FIRST) },
			{ key: "last_day", value: String(FIRST + DAYS - 1) },
		],
		area,
		source: [
			{
				...{ id: 1, key: "s", id_name: "S", en_name: "S" },
				...{ id_order: "", en_order: "", rank: 1, cadence: "daily" },
			},
		],
		fact,
	};
}

/** MB of the process that are in memory. */
function resident(pid: number): number {
	return (
		Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)]).toString()) /
		1024
	);
}

it(
	`the memory of a backend is flat over ${REQUESTS} requests`,
	async () => {
		mkdirSync(join(home.folder, "replica"));
		writeReplica(join(home.folder, "replica"), country());
		const root = join(import.meta.dirname, "../..");
		backend = fork(join(root, "main/backend/backend.ts"), [], {
			execArgv: HEAP_ARGUMENTS,
			stdio: ["ignore", "ignore", "inherit", "ipc"],
			env: {
				...process.env,
				// As every host starts it.
				...MEMORY_SETTINGS,
				[OPTIONS_VARIABLE]: JSON.stringify({
					data: home.folder,
					hub: null,
					port: 0,
					otherPortIfTaken: false,
					secret: newSecret(),
					screens: home.folder,
					geography: join(root, "resources/geography/indonesia.topojson"),
					parent: process.pid,
				}),
			},
		});
		const child = backend;
		const { origin, token } = await new Promise<{
			origin: string;
			token: string;
		}>((resolve, reject) => {
			child.once("exit", () => reject(new Error("the backend ended")));
			child.on("message", (message) => {
				const told = BackendMessage.parse(message);
				if ("ready" in told) resolve(told);
			});
		});
		const entered = await fetch(`${origin}/enter?token=${token}`, {
			redirect: "manual",
		});
		const headers = {
			cookie: String(entered.headers.get("set-cookie")).split(";")[0],
		};
		const at = isoFromDay(FIRST + 300);
		const paths = [
			() => "/api/state",
			() => "/api/areas",
			() => "/api/cube?indicator=confirmed&measure=total&level=regency",
			() => "/api/cube?indicator=confirmed&measure=new7&level=province",
			() => "/api/cube?indicator=confirmed&measure=per100k&level=regency",
			(area: number) => `/api/series?indicator=confirmed&area=${area}`,
			(area: number) => `/api/kpis?area=${area}&day=${at}`,
			() => "/api/freshness",
			() => "/api/geography",
			() => "/api/geography.topojson",
		];
		const stretch = Math.floor(REQUESTS / STRETCHES);
		/** The least of each stretch: garbage on top of it comes and goes. */
		const least: number[] = new Array(STRETCHES).fill(Number.POSITIVE_INFINITY);
		const refused: string[] = [];
		let asked = 0;
		const screen = async (): Promise<void> => {
			while (asked < stretch * STRETCHES) {
				const i = asked++;
				const path = paths[i % paths.length](2 + (i % (REGENCIES + 9)));
				const ask = (): Promise<Response> => fetch(origin + path, { headers });
				// Opened anew when the server ended it while it was idle, as a browser does.
				const response = await ask().catch(ask);
				await response.arrayBuffer();
				if (!response.ok) refused.push(`${path}: ${response.status}`);
				if (i % Math.max(1, stretch >> 4) === 0) {
					const now = Math.floor(i / stretch);
					least[now] = Math.min(least[now], resident(child.pid as number));
				}
			}
		};
		await Promise.all(Array.from({ length: SCREENS }, screen));
		console.log(
			`resident memory, least of each ${stretch} requests: ${least.map((mb) => mb.toFixed(0)).join(", ")} MB`,
		);
		expect(refused).toEqual([]);
		const settled = least[1];
		for (const mb of least.slice(2))
			expect(mb).toBeLessThan(settled * 1.1 + SLACK);
	},
	PATIENCE,
);
