import { execFile, spawn } from "node:child_process";
import {
	chmodSync,
	copyFileSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { createConnection, createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { parse } from "csv-parse/sync";
import type { FeatureCollection, MultiPolygon } from "geojson";
import { feature } from "topojson-client";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { shapesOf } from "../../core/areas/boundary-topology.ts";
import { readBridge } from "../../core/areas/bridge.ts";
import { day } from "../../core/series/day.ts";
import { indicatorByKey } from "../../core/series/indicator.ts";
import { kabkotaCsv } from "../../hub/connectors/kabkota-csv.ts";
import { importBoundaries } from "../../hub/intake/import-boundaries.ts";
import {
	importCodes,
	importPopulation,
} from "../../hub/intake/import-reference.ts";
import { ingest } from "../../hub/intake/ingest.ts";
import { reconcile } from "../../hub/reconcile/reconcile.ts";
import {
	type HubDatabase,
	inTransaction,
	openHubDatabase,
} from "../../hub/store/database.ts";
import { boundaryRecords, undoGeography } from "../../hub/store/geography.ts";
import { readSealed, writeSealed } from "../../hub/store/remembered-file.ts";
import { putSource } from "../../hub/store/sources.ts";
import { auditRows, verifyAudit } from "../../hub/write/audit.ts";
import { noteBoundaries } from "../../hub/write/boundary-trail.ts";
import { loadAreaTree } from "../../resources/areas/load.ts";
import { loadMapShapes, MAP_FILE } from "../../resources/geography/load.ts";
import { bridgeFile, PEOPLE_2025 } from "../fixtures/area-facts.ts";
import {
	DISTRICT_FORMED,
	DISTRICT_WRONG_CODE,
	gadmLikeDistricts,
} from "../fixtures/gadm-like.ts";
import { NO_SIGNALS } from "../fixtures/processes.ts";
import { writeShapefile } from "../fixtures/shapefile.ts";

const run = promisify(execFile);
const DATA = path.resolve(import.meta.dirname, "../../../shared/data");
const ROOT = path.resolve(import.meta.dirname, "../..");
const tree = loadAreaTree();

function folder(): string {
	return mkdtempSync(path.join(os.tmpdir(), "blc-store-"));
}

/** The hub's command line, as a person calls it. */
async function hub(...args: string[]): Promise<{ code: number; out: string }> {
	try {
		const { stdout, stderr } = await run(
			process.execPath,
			["hub/cli.ts", ...args],
			{ cwd: ROOT, env: { ...process.env, DATABASE_URL: "" } },
		);
		return { code: 0, out: stdout + stderr };
	} catch (error) {
		const { code, stdout, stderr } = error as {
			code: number;
			stdout: string;
			stderr: string;
		};
		return { code, out: stdout + stderr };
	}
}

function csv(...lines: string[]): Uint8Array {
	return new TextEncoder().encode(`${lines.join("\n")}\n`);
}

describe("the local server", { timeout: 240_000 }, () => {
	it("is started once for all processes of a data folder, keeps its secret, and ends with its owner", async () => {
		const data = folder();
		try {
			const owner = await openHubDatabase({ dataFolder: data });
			const guest = await openHubDatabase({ dataFolder: data });
			const where = async (db: HubDatabase) =>
				(await db.pool.query("SELECT pg_postmaster_start_time() AS at")).rows[0]
					.at;
			expect(await where(guest)).toEqual(await where(owner));
			const state = path.join(data, "postgres.json");
			expect(statSync(state).mode & 0o077).toBe(0);
			const { port } = JSON.parse(readFileSync(state, "utf8"));
			const { out } = await hub("status", "--data", data);
			expect(out).toContain("facts        0");
			expect(out).not.toContain("follows");
			await owner.pool.query(
				`INSERT INTO dataset VALUES ('details_follow', '["kecamatan","facilities"]')`,
			);
			expect((await hub("status", "--data", data)).out).toContain(
				'follows      kecamatan, facilities: finish with "exercise start"',
			);
			// A guest's command has ended; the owner's server goes on.
			expect(await where(owner)).toBeDefined();
			await guest.stop();
			await owner.stop();
			expect(JSON.parse(readFileSync(state, "utf8")).port).toBe(0);
			const again = await openHubDatabase({ dataFolder: data });
			expect(JSON.parse(readFileSync(state, "utf8")).port).not.toBe(0);
			expect(port).not.toBe(0);
			await again.stop();
		} finally {
			rmSync(data, { recursive: true, force: true });
		}
	});

	it("ends with its owner also where somebody removed what the folder knows of it: it would run on for nobody", async () => {
		const data = folder();
		try {
			const owner = await openHubDatabase({ dataFolder: data });
			const { port, cluster } = JSON.parse(
				readFileSync(path.join(data, "postgres.json"), "utf8"),
			);
			rmSync(path.join(data, "postgres.json"));
			await owner.stop();
			expect(existsSync(path.join(cluster, "postmaster.pid"))).toBe(false);
			await expect(
				new Promise((done, failed) => {
					createConnection(port, "127.0.0.1", done as () => void).once(
						"error",
						failed,
					);
				}),
			).rejects.toMatchObject({ code: "ECONNREFUSED" });
		} finally {
			rmSync(data, { recursive: true, force: true });
		}
	});

	it("gives the empty sheet of stock, which is taken for one, and is never written over one that somebody filled in", async () => {
		const data = folder();
		const sheet = path.join(data, "lplpo_2020-12-26.csv");
		try {
			const owner = await openHubDatabase({ dataFolder: data });
			const write = () => hub("template", "stock", sheet, "--data", data);
			expect(await write()).toMatchObject({ code: 0 });
			const { out } = await hub(
				...["ingest", "stock-sheet", sheet, "--data", data],
			);
			expect(out).toMatch(
				/200 lines: 0 rows taken in, 0 in quarantine, 200 skipped/,
			);
			writeFileSync(sheet, "filled in");
			expect(await write()).toMatchObject({ code: 3 });
			expect(readFileSync(sheet, "utf8")).toBe("filled in");
			await owner.stop();
		} finally {
			rmSync(data, { recursive: true, force: true });
		}
	});

	it("begins anew in a folder that was removed and made again, also where its files lie elsewhere", async () => {
		// One that the server's account cannot reach, and one that it can.
		for (const mode of [0o700, 0o755]) {
			const above = folder();
			chmodSync(above, mode);
			const data = path.join(above, "hub");
			try {
				for (let life = 0; life < 2; life++) {
					const db = await openHubDatabase({ dataFolder: data });
					await db.pool.query("CREATE TABLE life ()");
					await db.stop();
					rmSync(data, { recursive: true });
				}
			} finally {
				rmSync(above, { recursive: true, force: true });
			}
		}
	});

	it("says which file is missing when its password is lost, and damages nothing", async () => {
		const data = folder();
		chmodSync(data, 0o755);
		try {
			const db = await openHubDatabase({ dataFolder: path.join(data, "hub") });
			await db.stop();
			const state = path.join(data, "hub", "postgres.json");
			const kept = readFileSync(state);
			rmSync(state);
			const { code, out } = await hub(
				"status",
				"--data",
				path.join(data, "hub"),
			);
			expect(code).toBe(3);
			expect(out).toMatch(
				/postgres\.json is missing beside the database .*put it back from a backup/,
			);
			writeFileSync(state, kept);
			expect((await hub("status", "--data", path.join(data, "hub"))).code).toBe(
				0,
			);
		} finally {
			rmSync(data, { recursive: true, force: true });
		}
	});

	it("is looked for again when a stranger has been given its port", async () => {
		const data = folder();
		const db = await openHubDatabase({ dataFolder: data, keep: true });
		// What a server says that knows nobody of this name.
		const fields =
			"SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed\0\0";
		const refusal = Buffer.alloc(5 + fields.length);
		refusal.write("E");
		refusal.writeInt32BE(4 + fields.length, 1);
		refusal.write(fields, 5);
		const stranger = createServer((socket) => {
			socket.on("error", () => {});
			socket.once("data", () => socket.end(refusal));
		});
		try {
			const { cluster, port } = JSON.parse(
				readFileSync(path.join(data, "postgres.json"), "utf8"),
			);
			const pid = readFileSync(path.join(cluster, "postmaster.pid"), "utf8");
			process.kill(Number(pid.split("\n")[0]), "SIGQUIT");
			await vi.waitFor(
				() =>
					new Promise<void>((done, fail) => {
						stranger.once("error", fail);
						stranger.listen(port, "127.0.0.1", done);
					}),
				{ timeout: 20_000, interval: 20 },
			);
			await vi.waitFor(
				async () =>
					expect((await db.pool.query("SELECT 1 AS one")).rows).toEqual([
						{ one: 1 },
					]),
				{ timeout: 60_000, interval: 200 },
			);
		} finally {
			stranger.close();
			await db.stop();
			rmSync(data, { recursive: true, force: true });
		}
	});

	it.skipIf(NO_SIGNALS)(
		"is taken over when its owner was killed, and is clean after an interrupt",
		async () => {
			const data = folder();
			try {
				const script = `
				import { openHubDatabase } from ${JSON.stringify(path.join(ROOT, "hub/store/database.ts"))};
				await openHubDatabase({ dataFolder: ${JSON.stringify(data)} });
				console.log("open");
				setInterval(() => {}, 1000);`;
				const child = spawn(
					process.execPath,
					["--input-type=module", "-e", script],
					{ cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] },
				);
				await new Promise((ready) => child.stdout.once("data", ready));
				child.kill("SIGKILL");
				await new Promise((gone) => child.once("exit", gone));
				const heir = await openHubDatabase({ dataFolder: data });
				const { rows } = await heir.pool.query("SELECT count(*) FROM area");
				expect(rows[0].count).toBe(8081);
				await heir.stop();

				const serve = spawn(
					process.execPath,
					["hub/cli.ts", "serve", "--port", "0", "--data", data],
					{
						cwd: ROOT,
						env: { ...process.env, DATABASE_URL: "" },
						stdio: ["ignore", "pipe", "ignore"],
					},
				);
				await new Promise((ready) => serve.stdout.once("data", ready));
				serve.kill("SIGINT");
				const code = await new Promise((gone) => serve.once("exit", gone));
				expect(code).toBe(0);
				expect(
					JSON.parse(readFileSync(path.join(data, "postgres.json"), "utf8"))
						.port,
				).toBe(0);
			} finally {
				rmSync(data, { recursive: true, force: true });
			}
		},
	);

	it("is taken over when the number of its killed owner is another program's by now", async () => {
		const data = folder();
		const stranger = spawn(process.execPath, ["-e", "process.stdin.resume()"], {
			stdio: ["pipe", "ignore", "ignore"],
		});
		try {
			const owner = await openHubDatabase({ dataFolder: data });
			const file = path.join(data, "postgres.json");
			const state = readSealed(file, z.looseObject({}), "");
			writeSealed(file, { ...state, owner: stranger.pid });
			const heir = await openHubDatabase({ dataFolder: data });
			await heir.stop();
			await owner.stop();
			expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({
				port: 0,
				owner: 0,
			});
			expect(
				readdirSync(data).filter((name) => name.includes("owner")),
			).toEqual([]);
		} finally {
			stranger.stdin.end();
			rmSync(data, { recursive: true, force: true });
		}
	});

	it.skipIf(process.getuid?.() !== 0)(
		"runs for root with a data folder that no other account can reach (needs root)",
		async () => {
			const home = folder();
			try {
				const data = path.join(home, "private", "hub");
				mkdirSync(path.dirname(data), { recursive: true });
				chmodSync(path.dirname(data), 0o700);
				const db = await openHubDatabase({ dataFolder: data });
				const { rows } = await db.pool.query("SHOW data_directory");
				expect(rows[0].data_directory).toMatch(/^\/var\/lib\/blc-command\//);
				await db.stop();
				rmSync(rows[0].data_directory, { recursive: true, force: true });
				rmSync(`${rows[0].data_directory}.data-folder`, { force: true });
			} finally {
				rmSync(home, { recursive: true, force: true });
			}
		},
	);
});

describe("a hub", { timeout: 240_000 }, () => {
	const data = folder();
	let db: HubDatabase;
	beforeAll(async () => {
		db = await openHubDatabase({ dataFolder: data });
	});
	afterAll(async () => {
		await db?.stop();
		rmSync(data, { recursive: true, force: true });
	});
	const NOW = Date.UTC(2020, 6, 1);
	const changes = () => inTransaction(db.pool, reconcile);
	let received = Date.UTC(2020, 4, 10);
	/** Each file comes a day after the one before. */
	const take = (name: string, ...lines: string[]) => {
		received += 86_400_000;
		return ingest(db, kabkotaCsv, tree, {
			path: `/in/${name}`,
			bytes: csv(...lines),
			receivedAt: received,
		});
	};

	it("has the people of the census in every area, and first publishes all reference rows", async () => {
		const { rows } = await db.pool.query(
			"SELECT sum(population) AS people, count(*) FROM area WHERE level = 2 AND population > 0",
		);
		expect(rows).toEqual([{ people: 270_203_917, count: 514 }]);
		const { tables, blocks } = await changes();
		expect(tables).toEqual(["dataset", "area", "item", "alert_rule"]);
		expect(
			blocks?.find((block) => block.table === "area")?.values[0],
		).toHaveLength(8081);
		expect(await changes()).toEqual({ rows: 0, tables: [], blocks: [] });
	});

	it("publishes what changed and nothing else", async () => {
		await take(
			"one.csv",
			"kode,tanggal,konfirmasi",
			"35.07,2020-05-01,4",
			"35.08,2020-05-01,6",
		);
		const first = await changes();
		expect(first.tables).toEqual([
			"dataset",
			"source",
			"file",
			"fact",
			"claim",
		]);
		await take(
			"two.csv",
			"kode,tanggal,konfirmasi",
			"35.07,2020-05-01,4",
			"35.07,2020-05-02,5",
		);
		const { blocks } = await changes();
		const days = (table: string, op = "U") =>
			blocks
				?.filter((block) => block.table === table && block.op === op)
				.flatMap((block) =>
					block.values[block.columns.indexOf("day")].map((on, at) => [
						block.values[block.columns.indexOf("area")][at],
						on,
					]),
				);
		const { rows } = await db.pool.query(
			"SELECT id FROM area WHERE code IN ('35.07', '35.08', '35', 'ID') ORDER BY code",
		);
		const [malang, lumajang] = [rows[1].id, rows[2].id];
		// The repetition of 1 May says nothing new; on 2 May 35.08 is silent, and the sums follow.
		expect(days("claim")).toEqual([[malang, day("2020-05-02")]]);
		expect(days("fact")).toHaveLength(4);
		expect(days("fact")).toContainEqual([lumajang, day("2020-05-02")]);
		expect(days("fact_revision")).toEqual([]);
	});

	it("puts BPS codes into quarantine until the bridge is there, then takes the same file in", async () => {
		const lines = ["kode_bps,tanggal,konfirmasi", "1107,2020-05-01,9"];
		expect(await take("bps.csv", ...lines)).toMatchObject({
			accepted: 0,
			quarantined: 1,
		});
		const { rows } = await db.pool.query("SELECT reason FROM quarantine");
		expect(rows).toEqual([{ reason: "no-bridge" }]);
		await changes();
		const bridge = path.join(data, "bridge.csv");
		writeFileSync(
			bridge,
			csv(
				"kode_bps,nama_bps,kode_dagri,nama_dagri",
				"1107,ACEH BARAT,1105,KAB. ACEH BARAT",
				"1199,X,1199,X",
			),
		);
		const imported = await importCodes(db, tree, bridge);
		expect(imported.done).toContain("1 pairs");
		expect(imported.errors).toEqual([
			expect.stringMatching(/^bridge\.csv, line 3/),
		]);
		expect(await take("bps.csv", ...lines)).toMatchObject({
			accepted: 1,
			quarantined: 0,
			duplicate: false,
		});
		const { blocks } = await changes();
		expect(blocks?.filter(({ op }) => op === "D")).toMatchObject([
			{ table: "quarantine", columns: ["id"], values: [[1]] },
		]);
		const { rows: claims } = await db.pool.query(
			"SELECT value FROM claim JOIN area ON area.id = area WHERE code = '11.05'",
		);
		expect(claims).toEqual([{ value: 9 }]);
		expect(await take("bps.csv", ...lines)).toMatchObject({ duplicate: true });
	});

	it("takes facts back that a source no longer stands for", async () => {
		const facts = async () =>
			(
				await db.pool.query(
					"SELECT day, rule FROM fact JOIN area ON area.id = area WHERE code = '35.08' AND indicator = 1 ORDER BY day",
				)
			).rows.map((row) => row.day);
		expect(await facts()).toEqual([day("2020-05-01"), day("2020-05-02")]);
		// A source that writes only changes is not missed on 2 May.
		await inTransaction(db.pool, (client) =>
			putSource(client, { ...kabkotaCsv.source, cadence: "on-change" }),
		);
		const { blocks } = await changes();
		expect(await facts()).toEqual([day("2020-05-01")]);
		expect(
			blocks?.filter(({ op, table }) => op === "D" && table === "fact"),
		).toHaveLength(1);
		await inTransaction(db.pool, (client) =>
			putSource(client, kabkotaCsv.source),
		);
		await changes();
		expect(await facts()).toHaveLength(2);
	});

	it("takes neither of two rows of one area and day that state other counts, and the first of those that say the same", async () => {
		const taken = await take(
			"dua.csv",
			"kode,tanggal,konfirmasi,meninggal",
			"35.01,2020-05-06,100,1",
			"35.02,2020-05-06,7,1",
			"35.01,2020-05-06,110,1",
			"35.02,2020-05-06,7,1",
			"35.03,2020-05-06,3,",
		);
		expect(taken).toMatchObject({ lines: 6, accepted: 2, quarantined: 3 });
		expect(
			taken.faults.flatMap(({ kept }) =>
				kept.map(({ line, reason, found }) => [line, reason, found]),
			),
		).toEqual([
			[
				2,
				"duplicate-row",
				"35.01 on 2020-05-06 in line 4 too, with other counts",
			],
			[
				4,
				"duplicate-row",
				"35.01 on 2020-05-06 in line 2 too, with other counts",
			],
			[5, "duplicate-row", "35.02 on 2020-05-06 in line 3 too"],
		]);
		const { rows } = await db.pool.query(
			"SELECT area.code FROM report JOIN area ON area.id = report.area WHERE report.file = $1 ORDER BY code",
			[taken.fileId],
		);
		expect(rows.map(({ code }) => code)).toEqual(["35.02", "35.03"]);
		await changes();
	});

	it("joins the rows of one area and day of which one states cases and another deaths, each with its line", async () => {
		const taken = await take(
			"dua-baris.csv",
			"kode,tanggal,konfirmasi,meninggal",
			"35.01,2020-05-07,100,",
			"35.01,2020-05-07,,2",
			"35.02,2020-05-07,7,",
			"35.02,2020-05-07,7,1",
			"35.03,2020-05-07,3,",
			"35.03,2020-05-07,4,1",
		);
		expect(taken).toMatchObject({ lines: 7, accepted: 4, quarantined: 2 });
		expect(
			taken.faults.flatMap(({ kept }) => kept.map(({ line }) => line)),
		).toEqual([6, 7]);
		const { rows } = await db.pool.query({
			text: "SELECT code, line, stated FROM report JOIN area ON area.id = report.area WHERE report.file = $1 ORDER BY code, line",
			values: [taken.fileId],
			rowMode: "array",
		});
		expect(rows).toEqual([
			["35.01", 2, { confirmed: 100 }],
			["35.01", 3, { deaths: 2 }],
			["35.02", 4, { confirmed: 7 }],
			["35.02", 5, { deaths: 1 }],
		]);
		await changes();
		const facts = await db.pool.query({
			text: "SELECT code, indicator, value FROM fact JOIN area ON area.id = fact.area WHERE day = $1 AND code IN ('35.01', '35.02') AND indicator IN ($2, $3) ORDER BY code, value",
			values: [
				day("2020-05-07"),
				indicatorByKey("confirmed").id,
				indicatorByKey("deaths").id,
			],
			rowMode: "array",
		});
		expect(facts.rows.map(([code, , value]) => [code, value])).toEqual([
			["35.01", 2],
			["35.01", 100],
			["35.02", 1],
			["35.02", 7],
		]);
	});

	it("undoes everything of a file that cannot be stored", async () => {
		const before = (await db.pool.query("SELECT name FROM file ORDER BY id"))
			.rows;
		await expect(
			inTransaction(db.pool, async (client) => {
				await client.query("UPDATE file SET name = 'x'");
				throw new Error("power cut");
			}),
		).rejects.toThrow("power cut");
		expect(
			(await db.pool.query("SELECT name FROM file ORDER BY id")).rows,
		).toEqual(before);
	});

	/** The built-in map as another program would hand it over, and the tables of codes and people beside it. */
	function referenceFiles() {
		const folder = path.join(data, "reference");
		mkdirSync(folder, { recursive: true });
		const write = (name: string, text: string) => {
			writeFileSync(path.join(folder, name), text);
			return path.join(folder, name);
		};
		const map = JSON.parse(readFileSync(MAP_FILE, "utf8"));
		const shapes = feature(
			map,
			map.objects.regencies,
		) as unknown as FeatureCollection<MultiPolygon>;
		for (const one of shapes.features)
			one.properties = { KODE: one.properties?.code };
		return {
			write,
			shapes,
			codes: write("bridge.csv", bridgeFile(tree)),
			people: write(
				"penduduk_2025.csv",
				`kode_kemendagri_2025,total\n${PEOPLE_2025.map(({ kode, total }) => `${kode},${total}`).join("\n")}\n`,
			),
			boundaries: write("batas.geojson", JSON.stringify(shapes)),
		};
	}

	it("imports official codes, people and boundaries", async () => {
		const files = referenceFiles();
		const codes = await importCodes(db, tree, files.codes);
		expect(codes.done).toContain("514 pairs");
		expect(codes.errors).toEqual([]);
		const people = await importPopulation(db, tree, files.people);
		expect(people).toMatchObject({
			done: "people of 76 kabupaten/kota (2025)",
			errors: [],
		});
		// Merauke: Papua Selatan in 2025, Papua in 2020; BPS numbers it otherwise.
		const { rows } = await db.pool.query(
			"SELECT population, population_year, bps_code FROM area WHERE code = '91.01'",
		);
		expect(rows).toEqual([
			{
				population: Number(
					PEOPLE_2025.find(({ kode }) => kode === "93.01")?.total,
				),
				population_year: 2025,
				bps_code: "9401",
			},
		]);
		const boundaries = await importBoundaries(db, tree, files.boundaries, {
			builtIn: loadMapShapes(),
		});
		expect(boundaries).toMatchObject({
			done: expect.stringContaining("514"),
			notes: [],
		});
		const { rows: shapes } = await db.pool.query(
			"SELECT approximate, topojson FROM geography",
		);
		expect(
			JSON.parse(shapes[0].topojson).objects.regencies.geometries,
		).toHaveLength(514);
		expect(shapes[0].approximate).toBe(0);
		expect((await changes()).tables).toEqual(["area", "geography"]);
	});

	it("brings the boundaries back that an import took the place of, and publishes that there are none any more", async () => {
		const { write, shapes } = referenceFiles();
		const stored = async () =>
			(await db.pool.query("SELECT id, source FROM geography")).rows;
		while (await undoGeography(db.pool, NOW));
		expect(await stored()).toEqual([]);
		await importBoundaries(
			db,
			tree,
			write("dahulu.geojson", JSON.stringify(shapes)),
		);
		await changes();
		const bali = {
			...shapes,
			features: shapes.features.filter(({ properties }) =>
				properties?.KODE.startsWith("51."),
			),
		};
		const file = write("bali.geojson", JSON.stringify(bali));
		await expect(importBoundaries(db, tree, file)).rejects.toThrow(
			/found nothing of 11 Aceh \(23 areas\); expected all → it stays as it was[\s\S]*With --accept-gaps/,
		);
		const { done } = await importBoundaries(db, tree, file, {
			acceptGaps: true,
			record: (client, change) =>
				noteBoundaries(client, "import-boundaries", NOW, change),
		});
		expect(done).toMatch(/boundaries of 9 kabupaten.*505 as they were/);
		expect(await stored()).toEqual([
			{ id: "regencies", source: "bali.geojson · dahulu.geojson" },
		]);
		expect(
			await undoGeography(db.pool, NOW, (client, change) =>
				noteBoundaries(client, "undo-boundaries", NOW, change),
			),
		).toMatchObject({
			file: "bali.geojson",
			undone: NOW,
		});
		// Who, when, which file with its differences, and what held before: in the trail, which stays whole.
		const trail = await auditRows(db.pool, { limit: 2 });
		expect(
			trail.map(({ name, at, person, before, after }) => [
				name,
				at,
				person.name,
				JSON.parse(before).boundaries.file,
				JSON.parse(after).boundaries.file,
			]),
		).toEqual([
			[
				"undo-boundaries",
				NOW,
				os.userInfo().username,
				"bali.geojson",
				"dahulu.geojson",
			],
			[
				"import-boundaries",
				NOW,
				os.userInfo().username,
				"dahulu.geojson",
				"bali.geojson",
			],
		]);
		const { boundaries } = JSON.parse(trail[1]?.after ?? "null");
		expect(boundaries.differences).toBe(33);
		expect(boundaries.named[0]).toMatch(/found nothing of 11 Aceh/);
		expect((await verifyAudit(db.pool, null)).faults).toEqual([]);
		expect(await stored()).toEqual([
			{ id: "regencies", source: "dahulu.geojson" },
		]);
		expect((await changes()).tables).toEqual(["geography"]);
		await undoGeography(db.pool, NOW);
		expect(await stored()).toEqual([]);
		const { tables, blocks } = await changes();
		expect(tables).toEqual(["geography"]);
		expect(blocks).toMatchObject([{ op: "D", values: [["regencies"]] }]);
		expect(await undoGeography(db.pool, NOW)).toBeUndefined();
		expect((await boundaryRecords(db.pool)).length).toBeGreaterThan(2);
	});

	it("imports kecamatan of a kabupaten into the map of their province, beside those of another that were there", async () => {
		const { write } = referenceFiles();
		const kecamatan = (regency: string) => {
			const { lng, lat } = tree.get(regency as never) ?? { lng: 0, lat: 0 };
			const features = tree.children(regency as never).map(({ code }, k) => ({
				type: "Feature",
				properties: { kode_kecamatan: code.replaceAll(".", "") },
				geometry: {
					type: "Polygon",
					coordinates: [
						[
							[lng + k * 0.01, lat],
							[lng + (k + 1) * 0.01, lat],
							[lng + (k + 1) * 0.01, lat + 0.01],
							[lng + k * 0.01, lat],
						],
					],
				},
			}));
			const file = { type: "FeatureCollection", features };
			return importBoundaries(
				db,
				tree,
				write(`${regency}.geojson`, JSON.stringify(file)),
				{ acceptGaps: true, builtIn: loadMapShapes() },
			);
		};
		const stored = async () => {
			const { rows } = await db.pool.query(
				"SELECT id, topojson FROM geography WHERE id LIKE 'districts%'",
			);
			return rows.map(({ id, topojson }) => [
				id,
				new Set(
					shapesOf(JSON.parse(topojson), "districts").map(
						({ properties: { code, before } }) =>
							`${code.slice(0, 5)} ${before ?? "of the file"}`,
					),
				),
			]);
		};
		expect((await kecamatan("51.71")).done).toMatch(
			/boundaries of 4 kecamatan \(property kode_kecamatan/,
		);
		await kecamatan("51.03");
		expect(await stored()).toEqual([
			["districts-51", new Set(["51.03 of the file", "51.71 imported"])],
		]);
		await undoGeography(db.pool, NOW);
		expect(await stored()).toEqual([
			["districts-51", new Set(["51.71 of the file"])],
		]);
		await undoGeography(db.pool, NOW);
		expect(await stored()).toEqual([]);
	});

	it("takes a map of kecamatan in the form of GADM: the refusal lists every difference, gaps accepted are marks, and an undo brings back what was there", async () => {
		const { write } = referenceFiles();
		while (await undoGeography(db.pool, NOW));
		const { bridge: regencies } = readBridge(
			tree,
			parse(bridgeFile(tree), { columns: true }),
		);
		const made = gadmLikeDistricts(tree, regencies);
		const file = write("gadm41_IDN_3.json", JSON.stringify(made.file));
		const bridge = write("kecamatan.csv", made.bridge);
		await expect(importBoundaries(db, tree, file)).rejects.toThrow(
			/CC_3.*--bridge FILE/,
		);
		const refusal = await importBoundaries(db, tree, file, { bridge }).then(
			() => "",
			(error) => error.message,
		);
		const [wrong = "", taken = ""] = DISTRICT_WRONG_CODE;
		const nameOf = (code: string) => tree.get(code as never)?.name;
		expect(refusal.split("\n").slice(1, 4)).toEqual([
			'feature 10 (DanauBatur): found CC_3 "NA"; expected a kecamatan (bps) → water, left out',
			`feature 2 (${nameOf(wrong)}): found CC_3 "5103010"; expected a code of its own → taken for ${wrong} ${nameOf(wrong)}, which has no other polygon, by its name`,
			`found no feature for ${DISTRICT_FORMED} ${nameOf(DISTRICT_FORMED)}; expected one → drawn as a mark beside the seat of its kabupaten/kota: where it lies is not known`,
		]);
		expect(
			refusal.match(/found nothing of .* → it stays as it was/g),
		).toHaveLength(33 + 7);
		expect(refusal).toMatch(/With --accept-gaps/);
		const { done, notes } = await importBoundaries(db, tree, file, {
			...{ bridge, acceptGaps: true, builtIn: loadMapShapes() },
		});
		expect(done).toMatch(/9 kecamatan \(property CC_3.*; 1 drawn as marks/);
		expect(notes).toEqual(
			expect.arrayContaining(refusal.split("\n").slice(1, -1)),
		);
		const stored = async () => {
			const { rows } = await db.pool.query(
				"SELECT topojson FROM geography WHERE id LIKE 'districts%'",
			);
			return rows.flatMap(({ topojson }) =>
				shapesOf(JSON.parse(topojson), "districts").map(
					({ properties: { code, mark } }) => [code, mark],
				),
			);
		};
		expect(await stored()).toHaveLength(10);
		expect((await stored()).filter(([, mark]) => mark)).toEqual([
			[DISTRICT_FORMED, "seat-of-parent"],
		]);
		expect((await stored()).map(([code]) => code)).toEqual(
			expect.arrayContaining([wrong, taken]),
		);
		await undoGeography(db.pool, NOW);
		expect(await stored()).toEqual([]);
	});

	it("says in words what a boundary file has in another way: islands as further rings, another size, open rings", async () => {
		const { shapes, write } = referenceFiles();
		for (const one of shapes.features) {
			if (one.properties?.KODE === "35.07")
				for (const [outer = []] of one.geometry.coordinates) outer.pop();
			Object.assign(one, {
				geometry: {
					type: "Polygon",
					coordinates: one.geometry.coordinates.flat(),
				},
			});
		}
		const file = write("rings.geojson", JSON.stringify(shapes));
		while (await undoGeography(db.pool, NOW));
		const { notes } = await importBoundaries(db, tree, file, {
			builtIn: loadMapShapes().map((shape) =>
				shape.properties.code === "35.07"
					? {
							...shape,
							geometry: {
								type: "MultiPolygon",
								coordinates: shape.geometry.coordinates.map((rings) =>
									rings.map((ring) =>
										ring.map(([x = 0, y = 0]) => [
											112.6 + 4 * (x - 112.6),
											-8.1 + 4 * (y + 8.1),
										]),
									),
								),
							},
						}
					: shape,
			),
		});
		expect(notes.join("\n")).toMatch(
			/35\.07 Kabupaten Malang: found .* square degrees of land on the map; expected about .*, as in the map that was there/,
		);
		expect(notes.join("\n")).toMatch(
			/\d{3,} further rings outside the first, read as polygons of their own: feature \d+ \(\d\d\.\d\d\), polygon 1, ring \d+/,
		);
		expect(notes.join("\n")).toMatch(
			/open rings, closed: feature \d+ \(35\.07\)/,
		);
	});

	it("names feature, code, ring, what was found and what was expected when it refuses a boundary file", async () => {
		const { shapes, write } = referenceFiles();
		const [first, second] = shapes.features;
		Object.assign(first?.geometry.coordinates[0]?.[0]?.[1] ?? {}, [4.1, 97.2]);
		const features = [...shapes.features.slice(0, 3), null, second];
		const file = write(
			"broken.geojson",
			JSON.stringify({ type: "FeatureCollection", features }),
		);
		await expect(importBoundaries(db, tree, file)).rejects.toThrow(
			/feature 1 \(11\.01\), polygon 1, ring 1: found position 2: 4\.1, 97\.2 \(latitude first\); expected degrees of WGS 84[\s\S]*feature 4: found null; expected a feature[\s\S]*features 2 [^\n]*and 5 [^\n]*found the code of 11\.02[\s\S]*found no feature for 11\.04/,
		);
	});

	it("imports boundaries from a Shapefile, and says what is missing or projected", async () => {
		const { shapes } = referenceFiles();
		writeShapefile(path.join(data, "batas"), shapes, "KODE");
		const file = path.join(data, "batas.shp");
		const { done } = await importBoundaries(db, tree, file, {
			property: "KODE",
			licence: "uji",
		});
		expect(done).toContain("514 kabupaten/kota (property KODE");
		const { rows } = await db.pool.query(
			"SELECT source, licence, topojson FROM geography",
		);
		expect(rows[0]).toMatchObject({ source: "batas.shp", licence: "uji" });
		expect(
			JSON.parse(rows[0].topojson).objects.regencies.geometries,
		).toHaveLength(514);
		writeFileSync(path.join(data, "batas.prj"), 'PROJCS["UTM 48S"]');
		await expect(importBoundaries(db, tree, file)).rejects.toThrow(
			"found the projection PROJCS",
		);
		rmSync(path.join(data, "batas.prj"));
		const half = path.join(data, "separuh.shp");
		const whole = readFileSync(file);
		writeFileSync(half, whole.subarray(0, whole.length / 2));
		copyFileSync(path.join(data, "batas.dbf"), path.join(data, "separuh.dbf"));
		await expect(importBoundaries(db, tree, half)).rejects.toThrow(
			/separuh\.shp, record \d+: found no Shapefile that can be read/,
		);
		rmSync(path.join(data, "batas.dbf"));
		await expect(importBoundaries(db, tree, file)).rejects.toThrow(
			"found no .dbf",
		);
	});

	if (existsSync(DATA))
		it("imports the codes, people and boundaries that were published", async () => {
			const codes = await importCodes(
				db,
				tree,
				path.join(DATA, "09-kode-wilayah/bridge_bps_kemendagri_kabkota.csv"),
			);
			expect(codes.done).toContain("514 pairs");
			expect(codes.errors).toEqual([]);
			const people = await importPopulation(
				db,
				tree,
				path.join(DATA, "09-kode-wilayah/penduduk_2025_kabkota.csv"),
			);
			expect(people).toMatchObject({
				done: "people of 514 kabupaten/kota (2025)",
				errors: [],
			});
			const boundaries = await importBoundaries(
				db,
				tree,
				path.join(DATA, "10-batas-wilayah/adm2_kabkota_514_kode2020.geojson"),
			);
			expect(boundaries.done).toContain("514");
			const kecamatan = await importBoundaries(
				db,
				tree,
				path.join(DATA, "10-batas-wilayah/adm3_kecamatan_all.geojson.gz"),
				{ acceptGaps: true },
			);
			expect(kecamatan.done).toMatch(/7229 kecamatan .*; 1 drawn as marks/);
			// Of 6,922 that are left where gaps are closed up to 150 m alone.
			const left = kecamatan.notes
				.map((note) => /^(\d+) gaps are left/.exec(note)?.[1])
				.find((count) => count !== undefined);
			expect(Number(left)).toBeLessThan(200);
		});

	it("guesses neither which column holds the people nor of which year they are", async () => {
		const people = (name: string, header: string, row: string) => {
			const file = path.join(data, name);
			writeFileSync(file, `${header}\n${row}\n`);
			return importPopulation(db, tree, file);
		};
		await expect(
			people(
				"wilayah_2020.csv",
				"kode,jumlah_kecamatan,jumlah_jiwa",
				"35.01,12,586110",
			),
		).rejects.toThrow("--total-column");
		await expect(
			people("penduduk_2020.csv", "kode_2025,total", "35.01,586110"),
		).rejects.toThrow("several are (2025, 2020); give --year");
		await expect(
			people(
				"wilayah_2020.csv",
				"kode,jumlah_kecamatan,Jumlah Penduduk",
				"35.01,12,586110.0",
			),
		).resolves.toMatchObject({
			done: "people of 1 kabupaten/kota (2020)",
			errors: [],
		});
	});

	it("refuses a boundary file of something else and keeps what it had", async () => {
		const file = path.join(data, "not.geojson");
		writeFileSync(
			file,
			JSON.stringify({ type: "FeatureCollection", features: [] }),
		);
		await expect(importBoundaries(db, tree, file)).rejects.toThrow(
			"not imported",
		);
		writeFileSync(file, "<kml/>");
		await expect(importBoundaries(db, tree, file)).rejects.toThrow(
			"expected GeoJSON",
		);
	});

	it("ends its commands with a code that says what happened", async () => {
		const file = path.join(data, "some.csv");
		writeFileSync(
			file,
			csv(
				"kode,tanggal,konfirmasi",
				"35.07,2020-05-03,7",
				"35.99,2020-05-03,7",
			),
		);
		const bad = await hub(
			"ingest",
			"kabkota-csv",
			file,
			"--as-of",
			"2020-05-04",
			"--data",
			data,
		);
		expect(bad).toMatchObject({
			code: 1,
			out: expect.stringContaining("1 rows taken in, 1 in quarantine"),
		});
		expect(bad.out).toContain("line 3, kode: unknown-area; found 35.99");
		expect(
			await hub("ingest", "kabkota-csv", file, "--data", data),
		).toMatchObject({
			code: 0,
			out: expect.stringContaining("nothing changed"),
		});
		expect(await hub("publish", "--data", data)).toMatchObject({
			code: 0,
			out: expect.stringMatching(/publication \d+: \d+ rows/),
		});
		expect(await hub("publish", "--data", data)).toMatchObject({
			code: 0,
			out: expect.stringContaining("nothing changed"),
		});
		expect((await hub("status", "--data", data)).out).toContain(
			"quarantine   unknown-area: 1",
		);
		expect((await hub("conflicts", "--data", data)).out).toContain(
			"no conflicts",
		);
		expect((await hub("ingest", "no-such", file, "--data", data)).code).toBe(2);
		expect((await hub("reset", "--data", data)).code).toBe(2);
		expect(
			await hub("ingest", "kabkota-csv", "/no/such.csv", "--data", data),
		).toMatchObject({
			code: 1,
			out: expect.stringContaining(
				"/no/such.csv: cannot be read (ENOENT); the other files go on",
			),
		});
		expect((await hub("reset", "--yes", "--data", data)).code).toBe(0);
		expect((await db.pool.query("SELECT count(*) FROM fact")).rows).toEqual([
			{ count: 0 },
		]);
		expect((await db.pool.query("SELECT count(*) FROM area")).rows).toEqual([
			{ count: 8081 },
		]);
	});
});
