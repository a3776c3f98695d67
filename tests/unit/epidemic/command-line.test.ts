import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "model-cli-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function model(
	...args: string[]
): Promise<{ code: number; out: string; err: string }> {
	return new Promise((resolve) => {
		execFile(
			process.execPath,
			["main/analyst/model.ts", ...args],
			(error, out, err) =>
				resolve({ code: error ? Number(error.code) : 0, out, err }),
		);
	});
}

async function file(name: string, text: string): Promise<string> {
	const path = join(folder, name);
	await writeFile(path, text);
	return path;
}

const growing = (silentDay?: number) =>
	[
		"date,area,cases",
		...Array.from({ length: 20 }, (_, day) => {
			const cases = day === silentDay ? "" : Math.round(5 * 1.1 ** day);
			return `2020-04-${String(day + 1).padStart(2, "0")},"Malang, kota",${cases}`;
		}),
	].join("\n");

describe("the analysts' command line", () => {
	it("rt: CSV in, CSV out, an empty cell is a reason and not a zero", async () => {
		const { code, out } = await model(
			"rt",
			await file("cases.csv", growing(18)),
			"--area",
			"area",
		);
		expect(code).toBe(0);
		const lines = out.trim().split("\n");
		expect(lines[0]).toBe(
			"area,first,last,local_cases,infectiousness,status,reason,mean,sd,q0.025,q0.5,q0.975",
		);
		expect(lines.at(-1)).toMatch(
			/^"Malang, kota",2020-04-14,2020-04-20,,[\d.]+,not-estimable,day-not-reported,,,,,$/,
		);
		expect(out).toMatch(/,2020-04-17,\d+,[\d.]+,estimated,,/);
	});

	it("rt: an area whose name is a formula is written so that no spreadsheet runs it", async () => {
		for (const name of ["=1+1", "@SUM(1)"]) {
			const { code, out } = await model(
				"rt",
				await file("formula.csv", growing().replaceAll('"Malang, kota"', name)),
				"--area",
				"area",
			);
			expect(code).toBe(0);
			const [, ...lines] = out.trim().split("\n");
			expect(lines.every((line) => line.startsWith(`'${name},2020-`))).toBe(
				true,
			);
		}
	});

	it("rt: names file, row, column, what was found and what is expected", async () => {
		const path = await file(
			"bad.csv",
			"date,cases\n2020-04-01,3\n2020-04-02,x7\n",
		);
		const { code, err } = await model("rt", path);
		expect(code).toBe(2);
		expect(err).toContain(
			`${path}, row 3, column cases: found "x7", expected a number or nothing`,
		);
	});

	it("rt --cumulative: a report after silence says nothing of the single days", async () => {
		let total = 0;
		const rows = Array.from({ length: 30 }, (_, day) => {
			total += Math.round(5 * 1.1 ** day);
			const silent = day === 15 ? "" : total;
			return `2020-04-${String(day + 1).padStart(2, "0")},${silent}`;
		});
		const { out } = await model(
			"rt",
			await file("cumulative.csv", ["date,cases", ...rows].join("\n")),
			"--cumulative",
		);
		// Both the silent day and the day after it are unknown.
		expect(out).toMatch(/2020-04-09,2020-04-15,\d+,.*,estimated/);
		expect(out).toMatch(/2020-04-10,2020-04-16,,.*day-not-reported/);
		const unknown = out
			.split("\n")
			.filter((line) => line.includes("day-not-reported"));
		expect(unknown).toHaveLength(8);
	});

	it("rt: names two rows for one date", async () => {
		const path = await file(
			"twice.csv",
			"date,cases\n2020-04-01,3\n2020-04-01,4\n",
		);
		const { code, err } = await model("rt", path);
		expect(code).toBe(2);
		expect(err).toContain(`${path}, rows 2 and 3: two rows for 2020-04-01`);
	});

	it("nowcast --reports: newly reported events give the same as counts known by then", async () => {
		const known = ["event_date,as_of,count"];
		const fresh = ["event_date,as_of,count"];
		for (let event = 1; event <= 20; event++)
			for (let delay = 0; delay <= 2 && event + delay <= 20; delay++) {
				const dates = `2020-04-${String(event).padStart(2, "0")},2020-04-${String(event + delay).padStart(2, "0")}`;
				known.push(`${dates},${[5, 8, 10][delay]}`);
				fresh.push(`${dates},${[5, 3, 2][delay]}`);
			}
		const [asKnown, asReports] = await Promise.all([
			model("nowcast", await file("known.csv", known.join("\n"))),
			model("nowcast", await file("fresh.csv", fresh.join("\n")), "--reports"),
		]);
		expect(asReports.code).toBe(0);
		expect(asReports.out).toBe(asKnown.out);
	});

	it("nowcast: revisions in, JSON out to a file", async () => {
		const rows = ["event_date,as_of,count"];
		for (let event = 1; event <= 20; event++)
			for (let delay = 0; delay <= 2 && event + delay <= 20; delay++)
				rows.push(
					`2020-04-${String(event).padStart(2, "0")},2020-04-${String(event + delay).padStart(2, "0")},${[5, 8, 10][delay]}`,
				);
		const output = join(folder, "nowcast.json");
		const { code } = await model(
			"nowcast",
			await file("revisions.csv", rows.join("\n")),
			"--longest-delay",
			"2",
			"--output",
			output,
		);
		expect(code).toBe(0);
		const result = JSON.parse(await readFile(output, "utf8"));
		expect(result.at(-1)).toMatchObject({
			date: "2020-04-20",
			observed: 5,
			status: "estimated",
			estimate: expect.closeTo(10, 9),
		});
	});

	it("project: the same seed gives the same bands", async () => {
		const path = await file("project.csv", growing());
		const run = () =>
			model("project", path, "--horizon", "3", "--draws", "50", "--seed", "9");
		const [first, second] = await Promise.all([run(), run()]);
		expect(first.code).toBe(0);
		expect(first.out).toBe(second.out);
		expect(first.out.split("\n")[0]).toBe(
			"date,quantity,median,low50,high50,low80,high80,low95,high95",
		);
	});

	it("project --model chime: refuses a false minimum with the reason and exit code 1", async () => {
		const { code, out, err } = await model(
			"project",
			await file(
				"chime.json",
				JSON.stringify({
					current_date: "2020-03-28",
					current_hospitalized: 640,
					date_first_hospitalized: "2020-01-27",
					infectious_days: 14,
					market_share: 0.15,
					mitigation_date: "2020-03-28",
					n_days: 60,
					population: 4119405,
					relative_contact_rate: 0.3,
					hospitalized: { rate: 0.025, length_of_stay_days: 7 },
					icu: { rate: 0.0075, length_of_stay_days: 9 },
					ventilated: { rate: 0.005, length_of_stay_days: 10 },
				}),
			),
			"--model",
			"chime",
		);
		expect({ code, out }).toEqual({ code: 1, out: "" });
		expect(err).toMatch(/refused: peak-before-today\..*doubles every/);
	});

	it("every command explains itself", async () => {
		for (const command of ["rt", "nowcast", "project", "verify"]) {
			const { code, out } = await model(command, "--help");
			expect(code).toBe(0);
			expect(out).toContain("Usage: model");
		}
	});
});
