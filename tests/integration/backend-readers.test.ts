import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { INDICATORS } from "../../core/series/indicator.ts";
import {
	createReaderPool,
	type ReaderPool,
} from "../../main/backend/query/reader-pool.ts";
import {
	AREA,
	LAST,
	temporaryFolder,
	twoProvinces,
	writeReplica,
} from "./backend-fixture.ts";

const PATIENT = { timeout: 20_000 };

const home = temporaryFolder();
afterAll(home.remove);

async function withPool(
	options: Partial<Parameters<typeof createReaderPool>[0]>,
	use: (pool: ReaderPool, reports: string[]) => Promise<void>,
): Promise<void> {
	const reports: string[] = [];
	const pool = createReaderPool({
		folder: home.folder,
		report: (message) => reports.push(message),
		...options,
	});
	try {
		await use(pool, reports);
	} finally {
		await pool.close();
	}
}

/** A reader that dies over its first question, or over every one, and otherwise answers 7. */
function dyingReader(times: "once" | "always"): URL {
	const died = join(home.folder, "died");
	rmSync(died, { force: true });
	const path = join(home.folder, `dying-${times}.mjs`);
	writeFileSync(
		path,
		`import { existsSync, writeFileSync } from "node:fs";
		import { parentPort } from "node:worker_threads";
		parentPort.postMessage({ kind: "there" });
		parentPort.on("message", ({ id }) => {
			if (${times === "always"} || !existsSync(${JSON.stringify(died)})) {
				writeFileSync(${JSON.stringify(died)}, "");
				throw new Error("out of luck");
			}
			parentPort.postMessage({ kind: "result", id, took: 41, value: { seq: 7, answer: 7 } });
		});`,
	);
	return pathToFileURL(path);
}

/** Readers of a replica that stands at the publication of the file `seq`; what they prepare is noted in the file `prepared`. */
function notingReader(): {
	worker: URL;
	publish: (seq: number) => void;
	prepared: () => string[];
} {
	const seq = join(home.folder, "seq");
	const noted = join(home.folder, "prepared");
	const path = join(home.folder, "noting.mjs");
	writeFileSync(noted, "");
	writeFileSync(
		path,
		`import { appendFileSync, readFileSync } from "node:fs";
		import { parentPort, threadId } from "node:worker_threads";
		parentPort.postMessage({ kind: "there" });
		parentPort.on("message", ({ id, method, argument }) => {
			const seq = Number(readFileSync(${JSON.stringify(seq)}, "utf8"));
			if (method === "prepare") appendFileSync(${JSON.stringify(noted)}, threadId + " " + seq + " " + argument + "\\n");
			parentPort.postMessage({ kind: "result", id, took: 1, value: method === "prepare" ? seq : { seq, answer: { by: threadId } } });
		});`,
	);
	return {
		worker: pathToFileURL(path),
		publish: (at) => writeFileSync(seq, String(at)),
		prepared: () =>
			readFileSync(noted, "utf8").split("\n").filter(Boolean).sort(),
	};
}

describe("reader threads", () => {
	test("once nobody asks every reader prepares each indicator, and again when there is another publication", async () => {
		const { worker, publish, prepared } = notingReader();
		publish(4);
		await withPool({ readers: 2, worker }, async (pool) => {
			const ask = () => pool.ask("position", undefined);
			await Promise.all([ask(), ask()]);
			const all = 2 * INDICATORS.filter(({ only }) => !only).length + 1;
			await expect.poll(() => prepared().length, PATIENT).toBe(all);
			expect(new Set(prepared()).size).toBe(all);
			// What answers about facilities are read from costs too much to be there more than once.
			expect(
				prepared().filter((line) => line.endsWith(" facilities")),
			).toHaveLength(1);
			await ask();
			publish(5);
			await ask();
			await expect.poll(() => prepared().length, PATIENT).toBe(2 * all);
			expect(prepared().filter((line) => / 5 /.test(line))).toHaveLength(all);
		});
	});

	test("questions about facilities are all answered by one reader, beside which the others stay free", async () => {
		const { worker, publish } = notingReader();
		publish(4);
		await withPool({ readers: 2, worker }, async (pool) => {
			const about = (facility: number) =>
				pool.ask("facilityStock", { facility, day: LAST, asKnownOn: null });
			const threads = await Promise.all([1, 2, 3, 4].map(about));
			const other = await Promise.all([
				about(5),
				pool.ask("position", undefined),
			]);
			const by = ({ answer }: { answer: unknown }) =>
				(answer as { by: number }).by;
			expect(new Set([...threads, other[0]].map(by)).size).toBe(1);
			expect(by(other[1])).not.toBe(by(other[0]));
		});
	});

	test("many questions at once are each answered with their own answer", async () => {
		writeReplica(home.folder, twoProvinces(), 4);
		await withPool({ readers: 2 }, async (pool) => {
			const asked = [AREA.jatim, AREA.bali, AREA.malang, AREA.lamongan];
			const answers = await Promise.all(
				[...asked, ...asked, ...asked].map((area) =>
					pool.ask("series", { indicator: "confirmed", area, asKnownOn: null }),
				),
			);
			expect(answers.map(({ answer }) => answer.area)).toEqual([
				...asked,
				...asked,
				...asked,
			]);
			expect(answers.every(({ seq }) => seq === 4)).toBe(true);
		});
	});

	test("a reader that dies over a question is replaced and the question asked again", async () => {
		await withPool(
			{ readers: 1, worker: dyingReader("once") },
			async (pool, reports) => {
				expect(await pool.ask("areas", undefined)).toEqual({
					seq: 7,
					answer: 7,
				});
				expect(existsSync(join(home.folder, "died"))).toBe(true);
				expect(reports[0]).toMatch(/^reader lost: .*out of luck/);
			},
		);
	});

	test("a question that waits for many others is answered, and only a reader that answers nothing is replaced", async () => {
		const path = join(home.folder, "slow.mjs");
		const hung = join(home.folder, "hung");
		writeFileSync(
			path,
			`import { existsSync, writeFileSync } from "node:fs";
			import { parentPort, threadId } from "node:worker_threads";
			parentPort.postMessage({ kind: "there" });
			parentPort.on("message", async ({ id, method, argument }) => {
				if (argument?.request?.facility === 99 && !existsSync(${JSON.stringify(hung)})) {
					writeFileSync(${JSON.stringify(hung)}, "");
					return;
				}
				await new Promise((done) => setTimeout(done, 250));
				parentPort.postMessage({ kind: "result", id, took: 1, value: { seq: 1, answer: threadId } });
			});`,
		);
		const about = (pool: ReaderPool, facility: number) =>
			pool.ask("facilityStock", { facility, day: LAST, asKnownOn: null });
		await withPool(
			{ readers: 1, worker: pathToFileURL(path), giveUp: 2000 },
			async (pool, reports) => {
				// All of them together take longer than one may.
				const answers = await Promise.all(
					Array.from({ length: 12 }, (_, facility) => about(pool, facility)),
				);
				expect(new Set(answers.map(({ answer }) => answer)).size).toBe(1);
				expect(reports).toEqual([]);
				await about(pool, 99);
				expect(reports.join()).toContain("reader replaced");
			},
		);
	});

	test("a question that kills every reader is given up, and the next pool is not harmed", async () => {
		await withPool(
			{ readers: 2, worker: dyingReader("always") },
			async (pool) => {
				await expect(pool.ask("areas", undefined)).rejects.toThrow(
					"reader ended during areas",
				);
			},
		);
	});

	test("a slow answer is reported with its question", async () => {
		await withPool(
			{ readers: 1, worker: dyingReader("once") },
			async (pool, reports) => {
				await pool.ask("quarantine", { file: "a.csv", sources: null });
				expect(reports).toContain(
					'slow: quarantine 41 ms {"file":"a.csv","sources":null}',
				);
			},
		);
	});

	test("readers let go of a file and open the one then in use", async () => {
		writeReplica(home.folder, twoProvinces(), 5);
		await withPool({ readers: 1 }, async (pool) => {
			expect((await pool.ask("dataset", undefined)).seq).toBe(5);
			writeReplica(home.folder, twoProvinces(), 6);
			await pool.letGo(home.folder);
			expect((await pool.ask("dataset", undefined)).seq).toBe(6);
		});
	});

	test("questions left when the pool closes are refused, not forgotten", async () => {
		let left: Promise<unknown> | undefined;
		await withPool({ readers: 1 }, async (pool) => {
			left = pool.ask("digest", undefined).then(
				() => "answered",
				(error: Error) => error.message,
			);
		});
		expect(await left).toMatch(/reader ended during digest|answered/);
	});
});
