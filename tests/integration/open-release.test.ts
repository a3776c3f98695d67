/** Open data, from the published dataset to the folder that leaves the house. */
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Person } from "../../core/access/person.ts";
import { Scope } from "../../core/access/scope.ts";
import type { Recipe } from "../../core/release/recipe.ts";
import { WEEKLY } from "../../core/release/recipe.ts";
import { releaseStatus } from "../../core/release/release-status.ts";
import { day } from "../../core/series/day.ts";
import { addPerson } from "../../hub/access/persons.ts";
import { personBy } from "../../hub/access/sessions.ts";
import { publishChanges } from "../../hub/publish/publish.ts";
import { attackAgain, buildRelease } from "../../hub/release/build.ts";
import { writeRelease } from "../../hub/release/write.ts";
import { inTransaction } from "../../hub/store/database.ts";
import { releaseContent, storedReleases } from "../../hub/store/releases.ts";
import { emptyStore } from "../../hub/store/reset.ts";
import { PERFORMERS } from "../../hub/write/all.ts";
import { auditRows, verifyAudit } from "../../hub/write/audit.ts";
import { perform, Refused } from "../../hub/write/perform.ts";
import { givenKey, isSignedBy } from "../../machine/signing/signing-key.ts";
import {
	changing,
	type FeedHub,
	fact,
	openFeedHub,
	temporaryFolder,
} from "./feed-fixture.ts";

const SUNDAYS = ["2020-04-05", "2020-04-12", "2020-04-19"].map(day);
/** Kabupaten/kota of Jawa Timur on three Sundays; null: silent. */
const COUNTS: Record<string, (number | null)[]> = {
	"35.01": [2, 2, 30],
	"35.02": [40, 60, 90],
	"35.03": [0, 0, 0],
	"35.04": [50, null, 80],
	"35.05": [70, 90, 120],
};
const recipe: Recipe = {
	...WEEKLY,
	...{ name: "uji", indicators: ["confirmed"], delay: 0 },
};

describe("a release of open data", { timeout: 240_000 }, () => {
	let hub: FeedHub;
	/** Number of the release that corrects the first. */
	let corrected = 0;
	const out = temporaryFolder("terbuka");
	let now = Date.UTC(2020, 3, 27, 3);

	const publishCounts = async (counts: typeof COUNTS) => {
		const { rows } = await hub.db.pool.query<{ id: number; code: string }>(
			"SELECT id, code FROM area",
		);
		const id = new Map(rows.map((row) => [row.code, row.id]));
		const total = (at: number, within = "") =>
			Object.entries(counts).reduce(
				(sum, [code, of]) =>
					sum + (code.startsWith(within) ? (of[at] ?? 0) : 0),
				0,
			);
		const all = {
			...counts,
			"35": SUNDAYS.map((_, at) => total(at, "35")),
			ID: SUNDAYS.map((_, at) => total(at) + 100),
		};
		await publishChanges(
			hub.db,
			changing({
				fact: Object.entries(all).flatMap(([code, values]) =>
					values.map((value, at) =>
						fact(id.get(code) as number, SUNDAYS[at] as number, value),
					),
				),
			}),
		);
	};
	const build = (
		more: { corrects?: number; note?: string; recipe?: Recipe } = {},
	) =>
		buildRelease(
			hub.db,
			more.recipe ?? recipe,
			{ corrects: more.corrects ?? null, note: more.note ?? "rilis mingguan" },
			{ at: ++now, person: "op@hub", record: async () => {} },
		);
	const who = (name: string, role = "official", scope = "ID"): Person =>
		({ name, display: name, role, scope: Scope.parse(scope) }) as Person;
	const decide = (name: string, release: number, person: Person) =>
		perform(
			hub.db,
			PERFORMERS,
			{
				...{ id: randomUUID(), name, basedOn: null },
				request: { release, reason: "rapat Gugus Tugas" },
			},
			{ person, now: ++now },
		);
	const refused = async (asked: Promise<unknown>) => {
		const error = await asked.then(
			() => null,
			(thrown: unknown) => thrown,
		);
		if (!(error instanceof Refused)) throw error ?? new Error("not refused");
		return error.refusal.reason;
	};
	const letOut = async (release: number) => {
		await decide("approve-release", release, who("rina"));
		await decide("approve-release", release, who("budi"));
	};
	const status = async (release: number) =>
		releaseStatus((await storedReleases(hub.db.pool, release))[0]?.steps ?? []);
	const bytesOf = (folder: string) =>
		Object.fromEntries(
			readdirSync(folder).map((name) => [
				name,
				readFileSync(join(folder, name), "utf8"),
			]),
		);
	const written = async (release: number, name: string) => {
		const folder = join(out.path, name);
		await writeRelease(hub.db, hub.dataFolder, release, folder);
		return bytesOf(folder);
	};
	const cell = (csv: string, area: string, date: string) =>
		csv
			.split("\n")
			.find((line) => line.includes(`,${area},`) && line.includes(date))
			?.split(",")
			.slice(-2);

	beforeAll(async () => {
		hub = await openFeedHub();
		await publishCounts(COUNTS);
	});
	afterAll(async () => {
		await hub?.remove();
		out.remove();
	});

	it("is a draft of which small counts are withheld, with as many beside them as it takes, and the attack comes to none", async () => {
		const { number, attack } = await build();
		expect(number).toBe(1);
		expect(attack).toMatchObject({ small: 2, tooClose: 0 });
		expect(attack.beside).toBeGreaterThan(0);
		expect(attack.secrets).toBeGreaterThan(1);
		const content = await releaseContent(hub.db.pool, 1, recipe);
		expect(await attackAgain(hub.db.pool, 1, true, content)).toMatchObject({
			secrets: attack.secrets,
			tooClose: 0,
		});
		expect(await status(1)).toBe("draft");
		await expect(
			writeRelease(hub.db, hub.dataFolder, 1, join(out.path, "early")),
		).rejects.toThrow("not public");
	});

	it("is as late as its recipe says, also where a report bears a year to come", async () => {
		const { rows } = await hub.db.pool.query(
			"SELECT id FROM area WHERE code = '51.02'",
		);
		await publishChanges(
			hub.db,
			changing({ fact: [fact(rows[0].id, day("2021-04-04"), 900)] }),
		);
		try {
			const { number } = await build({ recipe: { ...recipe, delay: 10 } });
			const { table } = await releaseContent(hub.db.pool, number, recipe);
			expect(table.days).toEqual(SUNDAYS.slice(0, 2));
			await decide("discard-release", number, who("rina"));
		} finally {
			await hub.db.pool.query("DELETE FROM fact WHERE day = $1", [
				day("2021-04-04"),
			]);
		}
	});

	it("is let out by two people who answer for the country, and by neither alone", async () => {
		expect(
			await refused(decide("approve-release", 1, who("joko", "planner"))),
		).toBe("role");
		expect(
			await refused(
				decide("approve-release", 1, who("wati", "official", "35")),
			),
		).toBe("nation-only");
		await decide("approve-release", 1, who("rina"));
		expect(await status(1)).toBe("approved-once");
		expect(await refused(decide("approve-release", 1, who("rina")))).toBe(
			"release-own",
		);
		expect(await refused(decide("withdraw-release", 1, who("rina")))).toBe(
			"release-status",
		);
		await decide("approve-release", 1, who("budi", "data-manager"));
		expect(await status(1)).toBe("public");
		expect(await refused(decide("approve-release", 1, who("sari")))).toBe(
			"release-status",
		);
		expect(await refused(decide("approve-release", 9, who("sari")))).toBe(
			"unknown-release",
		);
		expect((await auditRows(hub.db.pool, { limit: 1 }))[0]).toMatchObject({
			...{ name: "approve-release", subject: "release:1" },
			after: '{"release":1,"releaseStatus":"public"}',
		});
		expect((await verifyAudit(hub.db.pool, null)).faults).toEqual([]);
	});

	it("is written with the same bytes each time, whole and signed, and 0, withheld and not reported are three things", async () => {
		const files = await written(1, "satu");
		expect(await written(1, "satu-lagi")).toEqual(files);
		expect(
			JSON.parse(files["wilayah.geojson"] as string).features.length,
		).toBeGreaterThan(5);
		// Also where areas lie otherwise since, or are not there any more.
		await hub.db.pool.query("UPDATE area SET lat = lat + 1 WHERE level <= 2");
		expect(await written(1, "satu-pindah")).toEqual(files);
		const csv = files["data.csv"] as string;
		expect(cell(csv, "35.03", "2020-04-05")).toEqual(["0", "tersedia"]);
		expect(cell(csv, "35.01", "2020-04-05")).toEqual(["", "dirahasiakan"]);
		expect(cell(csv, "35.04", "2020-04-12")).toEqual(["", "tidak-dilaporkan"]);
		// Also who never reported has its rows, where its code held on these days; cases without an area have none where there are none.
		for (const silent of ["11", "35.06"])
			expect(cell(csv, silent, "2020-04-12"), silent).toEqual([
				...["", "tidak-dilaporkan"],
			]);
		for (const none of ["93", "94", "00", "35.00"])
			expect(cell(csv, none, "2020-04-12"), none).toBeUndefined();
		const sums = files.SHA256SUMS as string;
		const signed = JSON.parse(files["SHA256SUMS.sig.json"] as string);
		const key = givenKey(signed.key);
		expect(
			key && isSignedBy({ payload: sums, signature: signed.signature }, key),
		).toBe(true);
		expect(
			sums
				.trim()
				.split("\n")
				.map((line) => line.split("  ")[1]),
		).toEqual(
			Object.keys(files)
				.filter((name) => !name.startsWith("SHA256SUMS"))
				.sort(),
		);
		const described = JSON.parse(files["datapackage.json"] as string);
		expect(
			described.resources[0].schema.fields.map(
				({ name }: { name: string }) => name,
			),
		).toEqual((csv.split("\n")[0] as string).split(","));
		expect(Object.keys(files)).toEqual(
			expect.arrayContaining([
				...["index.html", "en.html", "situs.css", "situs.js"],
				...["peta.js", "angka.js"],
			]),
		);
		// Nothing of the house: no file, no source, nobody's name.
		for (const text of Object.values(files))
			expect(text).not.toMatch(/rina|budi|op@hub|\.csv \(|sha256":/);
	});

	it("is held against those before it: what was corrected by two people is withheld, and stale drafts go no further", async () => {
		await publishCounts({ ...COUNTS, "35.02": [42, 62, 92] });
		const second = await build({ note: "memperbaiki", corrects: 1 });
		const stale = await build();
		await letOut(second.number);
		corrected = second.number;
		expect(
			await refused(decide("approve-release", stale.number, who("rina"))),
		).toBe("release-outdated");
		await decide("discard-release", stale.number, who("rina"));
		const before = await written(1, "satu-nanti");
		expect(before).toEqual(bytesOf(join(out.path, "satu")));
		const files = await written(second.number, "dua");
		expect(cell(files["data.csv"] as string, "35.02", "2020-04-05")).toEqual([
			"",
			"dirahasiakan",
		]);
		expect(files["CATATAN.md"]).toContain("memperbaiki rilis 1");
	});

	it("a withdrawn release leaves a note in its place, is withdrawn once, and later ones are held against it still", async () => {
		await decide("withdraw-release", 1, who("rina"));
		expect(await refused(decide("withdraw-release", 1, who("budi")))).toBe(
			"release-status",
		);
		const files = await written(1, "ditarik");
		expect(Object.keys(files).sort()).toEqual([
			"CATATAN.md",
			"SHA256SUMS",
			"SHA256SUMS.sig.json",
			...["en.html", "index.html", "situs.css"],
		]);
		expect(files["index.html"]).toContain("rapat Gugus");
		expect(files["CATATAN.md"]).toMatch(/ditarik \/ withdrawn\. rapat Gugus/);
		// A recipe that withholds nothing tells nothing that the withdrawn one kept.
		const wide = await build({
			recipe: { ...recipe, version: 2, threshold: 1 },
		});
		const content = await releaseContent(hub.db.pool, wide.number, recipe);
		expect(
			await attackAgain(hub.db.pool, wide.number, false, content),
		).toMatchObject({ tooClose: 0 });
		await letOut(wide.number);
		const last = await written(wide.number, "tiga");
		expect(cell(last["data.csv"] as string, "35.01", "2020-04-05")).toEqual([
			"",
			"dirahasiakan",
		]);
		expect(last["CATATAN.md"]).toContain("rilis/release 1: ditarik");
	});

	it("what told too much already is said without a value, and nothing is kept", async () => {
		// As it stood before this program: a release that shows a small count.
		await publishCounts({ ...COUNTS, "51.01": [1, 33, 63] });
		const told = await build({
			recipe: {
				...{ ...recipe, name: "longgar", threshold: 1 },
				changes: "not-protected",
			},
		});
		await letOut(told.number);
		const kept = (await storedReleases(hub.db.pool)).length;
		await expect(build()).rejects.toThrow(
			/^refused: \d+ of \d+ small counts[\s\S]*51\.01 2020-04-05/,
		);
		expect(await storedReleases(hub.db.pool)).toHaveLength(kept);
	});

	it("of an exercise it is held against none of the country's, and neither speaks of the other in its notes", async () => {
		const { pool } = hub.db;
		const change = (value: string) =>
			pool.query("UPDATE dataset SET value = $1 WHERE key = 'exercise'", [
				value,
			]);
		await change("true");
		try {
			const drill = await build({ note: "rilis latihan" });
			await letOut(drill.number);
			// In an exercise anybody takes any role.
			for (const kind of ["approve", "discard", "withdraw"] as const)
				expect(
					await refused(decide(`${kind}-release`, corrected, who("rina"))),
				).toBe("unknown-release");
			const files = await written(drill.number, "latihan");
			expect(files["CATATAN.md"]).toMatch(
				/^# LATIHAN \/ EXERCISE: [^\n]*\n\n- [^\n]*rilis latihan\n$/,
			);
			expect(await written(corrected, "dua-lagi")).toEqual(
				bytesOf(join(out.path, "dua")),
			);
		} finally {
			await change("false");
		}
	});

	it("who decides at the terminal is who has the password", async () => {
		await addPerson(
			hub.db.pool,
			{ name: "sari", display: "Sari", role: "official", scope: "ID" },
			"sebuah kata sandi",
			now,
		);
		expect(
			await personBy(hub.db.pool, "sari", "sebuah kata sandi", now),
		).toMatchObject({ name: "sari", role: "official" });
		expect(
			await personBy(hub.db.pool, "sari", "lain sama sekali", now),
		).toBeNull();
	});

	it("what became public outlives a reset of the hub", async () => {
		const before = await storedReleases(hub.db.pool);
		await inTransaction(hub.db.pool, emptyStore);
		expect(await storedReleases(hub.db.pool)).toEqual(before);
		await expect(build()).rejects.toThrow("nothing to release");
	});
});
