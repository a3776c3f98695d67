import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { day, dayInWib, isoFromDay } from "../../../core/series/day.ts";

const FIRST = day("2020-03-01");

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
	it("what a file holds does not steer the terminal of whoever reads it", async () => {
		const { code, err } = await model(
			"rt",
			await file(
				"steering.csv",
				growing().replace("2020-04-05", "\u001b[2J\u001b]0;x\u0007"),
			),
			"--area",
			"area",
		);
		expect(code).toBe(3);
		expect(err).toContain("row 6");
		expect(err).not.toMatch(/[^\P{Cc}\n\t]/u);
	});

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
			"area,first,last,local_cases,infectiousness,status,reason,mean,sd,above_one,q0.025,q0.5,q0.975",
		);
		expect(lines.at(-1)).toMatch(
			/^"Malang, kota",2020-04-14,2020-04-20,,[\d.]+,not-estimable,day-not-reported,,,,,,$/,
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
		expect(code).toBe(3);
		expect(err).toContain(
			`${path}, row 3, column cases: found "x7", expected a number such as 1103 or 0.5, or nothing`,
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
		expect(code).toBe(3);
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

	it("rt --imported: a total and a local series give the same R, and nobody guesses which it is", async () => {
		// Forty days of 20 local and 20 imported cases; the mean of the last window by a separate program: 0.5032.
		const days = (cases: number, imported: number) =>
			[
				"date,cases,imported",
				...Array.from(
					{ length: 40 },
					(_, day) => `${isoFromDay(FIRST + day)},${cases},${imported}`,
				),
			].join("\n");
		const total = await file("total.csv", days(40, 20));
		const local = await file("local.csv", days(20, 20));
		const rt = (path: string, ...more: string[]) =>
			model("rt", path, "--imported", "imported", ...more);
		const [asTotal, asLocal, unsaid, above] = await Promise.all([
			rt(total, "--cases-are", "total"),
			rt(local, "--cases-are", "local"),
			rt(total),
			rt(await file("above.csv", days(20, 25)), "--cases-are", "total"),
		]);
		expect(asTotal.out).toBe(asLocal.out);
		const mean = asTotal.out.trim().split("\n").at(-1)?.split(",")[6];
		expect(Number(mean)).toBeCloseTo(0.5032, 4);
		expect(unsaid).toMatchObject({ code: 2, out: "" });
		expect(unsaid.err).toContain("--cases-are total");
		expect(above).toMatchObject({ code: 3, out: "" });
		expect(above.err).toMatch(
			/row 2: found 25 imported of 20 cases on 2020-03-01/,
		);
	});

	it.each([
		["05/04/2020", "a date YYYY-MM-DD"],
		["2020-02-31", "a day of the calendar"],
		["2020-03-02GARBAGE", "a date YYYY-MM-DD"],
		["2020-03-02 13:00", "a date YYYY-MM-DD"],
	])("rt: %s is no day", async (found, expected) => {
		const path = await file("day.csv", `date,cases\n${found},3\n`);
		const { code, err } = await model("rt", path);
		expect({ code, err }).toEqual({
			code: 3,
			err: `${path}, row 2, column date: found "${found}", expected ${expected}\n`,
		});
	});

	it.each(["0x1F", "1.103", "-3", "1e308", "5 000", "Infinity"])(
		"rt: %s is no number of cases",
		async (found) => {
			const path = await file(
				"number.csv",
				`date,cases\n2020-03-01,${found}\n`,
			);
			const { code, out, err } = await model("rt", path);
			expect({ code, out }).toEqual({ code: 3, out: "" });
			expect(err).toContain(`row 2, column cases: found "${found}"`);
		},
	);

	it("rt: names the rows of another encoding, and writes no name that it could not read", async () => {
		const path = join(folder, "latin.csv");
		await writeFile(
			path,
			Buffer.from(
				"date,area,cases\n2020-03-01,Kédiri,3\n2020-03-01,Kôdiri,4\n",
				"latin1",
			),
		);
		const { code, out, err } = await model("rt", path, "--area", "area");
		expect({ code, out }).toEqual({ code: 3, out: "" });
		expect(err).toContain(
			"row 2: found bytes e9 64 69 72, expected text in UTF-8",
		);
		expect(err).toContain("row 3: found bytes f4 64 69 72");
		await writeFile(
			path,
			Buffer.from("\ufeffdate,cases\n2020-03-01,3\n", "utf16le"),
		);
		expect((await model("rt", path)).err).toContain("found UTF-16");
	});

	it("rt: refuses two spellings of one name, a name twice in the header, a column for two things", async () => {
		const spelled = await file(
			"spelled.csv",
			"date,area,cases\n2020-03-01,Kediri,3\n2020-03-02,KEDIRI,4\n",
		);
		expect((await model("rt", spelled, "--area", "area")).err).toContain(
			'rows 2 and 3, column area: found "Kediri" and "KEDIRI"',
		);
		const twice = await file(
			"header.csv",
			"date,cases,cases\n2020-03-01,3,4\n",
		);
		expect((await model("rt", twice)).err).toContain("cases twice");
		const json = await file(
			"twice.json",
			'[{"date": "2020-03-01", "cases": 3, "cases": 4}]',
		);
		expect((await model("rt", json)).err).toContain('found "cases" twice');
		const one = await file("one.csv", "date,cases\n2020-03-01,3\n");
		expect(
			(await model("rt", one, "--imported", "cases", "--cases-are", "total"))
				.err,
		).toContain("named for two things");
	});

	it.each([
		["--probabilities", "0.5,2"],
		["--pairs", "1e9"],
		["--pairs", "1000000000"],
		["--window", "0"],
		["--window", "7.5"],
		["--si-mean", "1e308"],
		["--si-mean", "0x5"],
		["--prior-mean", "1e308"],
	])(
		"rt %s %s is refused with a name, and no empty column comes of it",
		async (option, value) => {
			const { code, out, err } = await model(
				"rt",
				await file("limits.csv", growing()),
				"--area",
				"area",
				option,
				value,
			);
			expect(code).not.toBe(0);
			expect(out).toBe("");
			expect(err.toLowerCase()).toMatch(
				option === "--si-mean" && value === "1e308"
					? /si-mean|serial interval mean/
					: new RegExp(option.replace("--", "").replace("-", "[- ]")),
			);
		},
	);

	it("nowcast: the same count twice is once, two counts and new reports twice are refused by row and date", async () => {
		const rows = (repeat: number) =>
			Array.from({ length: 12 }, (_, event) =>
				[20, 20].flatMap((count, delay) =>
					Array<string>(repeat).fill(
						`${isoFromDay(FIRST + event)},${isoFromDay(FIRST + event + delay)},${count}`,
					),
				),
			).flat();
		const header = "event_date,as_of,count";
		const run = async (name: string, lines: string[], ...more: string[]) =>
			model(
				"nowcast",
				await file(name, [header, ...lines].join("\n")),
				"--longest-delay",
				"2",
				...more,
			);
		const once = await run("once.csv", rows(1));
		expect(once.code).toBe(0);
		expect((await run("all-twice.csv", rows(2))).out).toBe(once.out);
		const reports = await run("reports-twice.csv", rows(2), "--reports");
		expect(reports).toMatchObject({ code: 3, out: "" });
		expect(reports.err).toMatch(
			/rows 2 and 3: found 20 and 20 for 2020-03-01 reported on 2020-03-01, expected one/,
		);
		const different = await run("different.csv", [
			...rows(1),
			"2020-03-01,2020-03-02,25",
		]);
		expect(different.code).toBe(3);
		expect(different.err).toMatch(
			/rows 3 and 26: found 20 and 25 for 2020-03-01 as known on 2020-03-02, expected one/,
		);
	});

	it("refuses by row a day after today, where cases were counted or reports known", async () => {
		const tomorrow = isoFromDay(dayInWib(Date.now()) + 1);
		const cases = await file(
			"future.csv",
			`date,cases\n2020-04-01,5\n${tomorrow},7\n`,
		);
		for (const command of ["rt", "project", "score"]) {
			const { code, out, err } = await model(command, cases);
			expect([command, code, out]).toEqual([command, 3, ""]);
			expect(err).toMatch(
				new RegExp(
					`future.csv, row 3, column date: found "${tomorrow}", expected 20\\d\\d-\\d\\d-\\d\\d, today, or earlier`,
				),
			);
		}
		const reports = await file(
			"future-report.csv",
			`event_date,as_of,count\n2020-04-01,2020-04-02,5\n2020-04-01,${tomorrow},7\n`,
		);
		expect((await model("nowcast", reports)).err).toMatch(
			/row 3, column as_of: found .* today, or earlier/,
		);
		expect((await model("nowcast", reports, "--now", tomorrow)).err).toMatch(
			/--now.* expected .* today, or earlier/s,
		);
	}, 60_000);

	it("refuses by row more cases than there are people: of the area where its code or name is known, else on earth", async () => {
		const row = async (area: string, cases: string) =>
			(
				await model(
					"rt",
					await file(
						"many.csv",
						`date,area,cases\n2020-04-01,${area},5\n2020-04-02,${area},${cases}\n`,
					),
					"--area",
					"area",
				)
			).err;
		expect(await row("Wakanda", "8300000001")).toContain(
			'many.csv, row 3, column cases: found "8300000001", expected at most 8300000000, the people on earth',
		);
		expect(await row("35", "40665697")).toContain(
			'row 3, column cases: found "40665697", expected at most 40665696, the people of Jawa Timur (35)',
		);
		expect(await row("DKI Jakarta", "20000000")).toContain(
			"the people of DKI Jakarta (31)",
		);
		expect(await row("Kota Surabaya", "40000000")).toContain(
			"the people of Kota Surabaya (35.78)",
		);
		expect(await row("Wakanda", "40665697")).not.toContain("people");
	}, 60_000);

	it("where nothing can be told writes no empty table, says why and fails", async () => {
		const silent = await file(
			"silent.csv",
			"date,cases\n2020-04-01,\n2020-04-02,\n",
		);
		const unreported = await file(
			"unreported.csv",
			"event_date,as_of,count\n2020-04-01,2020-04-02,\n",
		);
		for (const [command, path, why] of [
			["rt", silent, "no window of 7 days"],
			["score", silent, "no day after 30 days"],
			["project", silent, "nothing of"],
			["nowcast", unreported, "no count in column count"],
		] as const)
			for (const form of ["csv", "json"]) {
				const { code, out, err } = await model(command, path, "--format", form);
				expect([command, code, out]).toEqual([command, 1, ""]);
				expect(err).toMatch(new RegExp(`no rows: .*${why}`));
			}
	}, 60_000);

	it("a wrong command line ends with 2, as the hub's does, and a file that cannot be used with 3", async () => {
		const path = await file("usage.csv", growing());
		for (const words of [
			["no-such-command"],
			["rt", path, "--no-such-option"],
			["rt", path, "--window", "seven"],
			["rt"],
			["project", path, "--area", "area", "--si-mean-range", "1,2"],
			["nowcast", path, "--longest-delay", "0.5"],
			["allocate", "--detail", "nothing"],
			["allocate"],
			[],
		]) {
			const { code, out, err } = await model(...words);
			expect([words, code, out]).toEqual([words, 2, ""]);
			expect(err).not.toBe("");
			// What is wrong is said once.
			const [first] = err.split("\n");
			expect(err.split(first ?? "")).toHaveLength(2);
		}
		const { code } = await model("rt", join(folder, "nowhere.csv"));
		expect(code).toBe(3);
	}, 60_000);

	it("every command explains itself", async () => {
		for (const command of ["rt", "nowcast", "project", "verify"]) {
			const { code, out } = await model(command, "--help");
			expect(code).toBe(0);
			expect(out).toContain("Usage: model");
		}
	});
});
