import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { registerLogisticsCommands } from "../../../main/analyst/logistics-commands.ts";

const folder = mkdtempSync(join(tmpdir(), "logistics-commands-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
	vi.restoreAllMocks();
	process.exitCode = undefined;
});

function file(name: string, text: string): string {
	const path = join(folder, name);
	writeFileSync(path, text);
	return path;
}

async function run(...words: string[]): Promise<string> {
	const told: string[] = [];
	vi.spyOn(process.stderr, "write").mockImplementation((text) => {
		told.push(String(text));
		return true;
	});
	const program = new Command("model").exitOverride();
	registerLogisticsCommands(program);
	await program.parseAsync(words, { from: "user" });
	return told.join("");
}

const series = (days: number, silent?: number) =>
	`date,cases\n${Array.from({ length: days }, (_, index) => {
		const date = new Date(Date.UTC(2020, 8, 7 + index))
			.toISOString()
			.slice(0, 10);
		return `${date},${index === silent ? "" : 100}`;
	}).join("\n")}\n`;

test("needs goes from daily cases to weekly amounts, with packs and cost", async () => {
	const out = join(folder, "needs.json");
	await run("needs", file("cases.csv", series(35)), "--output", out);
	const rows = JSON.parse(readFileSync(out, "utf8"));
	const gowns = rows.filter(
		(row: { item: string }) => row.item === "gown-protective",
	);
	expect(gowns).toHaveLength(2);
	expect(gowns[0].amount).toBeGreaterThan(0);
	expect(gowns[0].packs).toBe(Math.ceil(gowns[0].amount / 10));
	// An item without a published rate is nothing, not zero.
	expect(
		rows.find((row: { item: string }) => row.item === "thermocycler").amount,
	).toBeNull();
});

test("a week with a silent day is refused by name, or scaled up when asked", async () => {
	const path = file("silent.csv", series(35, 10));
	await expect(run("needs", path)).rejects.toThrow(
		/week of 2020-09-14: 6 of 7 days reported/,
	);
	const out = join(folder, "filled.json");
	await run("needs", path, "--fill", "--detail", "patients", "--output", out);
	const full = join(folder, "full.json");
	await run(
		"needs",
		file("whole.csv", series(35)),
		"--detail",
		"patients",
		"--output",
		full,
	);
	expect(JSON.parse(readFileSync(out, "utf8"))).toEqual(
		JSON.parse(readFileSync(full, "utf8")),
	);
});

const tables = () => [
	"--items",
	file("items.csv", "item,volume_m3,pack\nmask,0.00006,50\n"),
	"--supply",
	file(
		"supply.csv",
		"depot,item,units,reserve\nA,mask,1000,100\nB,mask,300,0\n",
	),
	"--demand",
	file("demand.csv", "place,item,units,penalty\nX,mask,800,1\nY,mask,900,2\n"),
	"--routes",
	file(
		"routes.csv",
		"depot,place,cost_per_m3,lead_days\nA,X,10,1\nA,Y,12,2\nB,Y,3,1\n",
	),
];

test("allocate goes from tables to shipments in whole packs, on given routes only", async () => {
	const out = join(folder, "shipments.json");
	await run("allocate", ...tables(), "--output", out);
	const rows = JSON.parse(readFileSync(out, "utf8"));
	expect(rows.length).toBeGreaterThan(0);
	for (const row of rows) {
		expect(row.units % 50).toBe(0);
		expect(`${row.depot}${row.place}`).not.toBe("BX");
	}
	const fromA = rows
		.filter((row: { depot: string }) => row.depot === "A")
		.reduce((sum: number, row: { units: number }) => sum + row.units, 0);
	expect(fromA).toBe(900);
});

test("stock that cannot be used is named beside the plan, whatever is asked of it", async () => {
	const given = tables();
	given[3] = file(
		"idle.csv",
		"depot,item,units\nA,mask,1000\nB,mask,300\nC,mask,40\n",
	);
	given[7] = file(
		"idle-routes.csv",
		"depot,place,cost_per_m3\nA,X,10\nA,Y,12\nB,Y,3\n",
	);
	for (const detail of ["shipments", "shortages", "items"])
		expect(
			await run(
				"allocate",
				...given,
				"--detail",
				detail,
				"--output",
				join(folder, "idle.out.csv"),
			),
		).toContain(
			"stock that stays unused, because no open route leads to a place that asks for it: C (mask) 40\n",
		);
});

test("a place whose name is a formula is harmless in the CSV, and its numbers are numbers", async () => {
	const given = tables();
	given[5] = file("formula.csv", "place,item,units\n=1+1,mask,100\n");
	given[7] = file(
		"formula-routes.csv",
		"depot,place,cost_per_m3\nA,=1+1,1\nB,=1+1,2\n",
	);
	const out = join(folder, "formula.out.csv");
	await run("allocate", ...given, "--output", out);
	const text = readFileSync(out, "utf8");
	expect(text).toMatch(/^[AB],'=1\+1,mask,100(,|$)/m);
	expect(text).not.toMatch(/(^|,)=/m);
});

test("a clash is told in words and ends with exit code 1", async () => {
	const told = await run(
		"allocate",
		...tables(),
		"--pins",
		file("pins.csv", "depot,place,item,at_least\nA,X,mask,800\nA,Y,mask,200\n"),
	);
	expect(told).toContain("stock of mask at A, 900: give 100");
	expect(process.exitCode).toBe(1);
});

test("a table with a name nobody knows says file, row and column", async () => {
	const given = tables();
	given[7] = file("routes2.csv", "depot,place,cost_per_m3\nA,Z,10\n");
	await expect(run("allocate", ...given)).rejects.toThrow(
		/routes2\.csv, row 2, column place: found "Z", expected a name of --demand/,
	);
});

/** One item from Jakarta to Bogor and Depok. */
const batches = (change: Record<string, string> = {}) => {
	const text = {
		items: "item,volume_m3\nN95,0.001\n",
		supply: "depot,item,units\nJakarta,N95,300\nJakarta,N95,700\n",
		demand: "place,item,units\nBogor,N95,600\nDepok,N95,200\nBogor,N95,100\n",
		routes: "depot,place,cost_per_m3\nJakarta,Bogor,10\nJakarta,Depok,5\n",
		...change,
	};
	return Object.entries(text).flatMap(([name, csv]) => [
		`--${name}`,
		file(`batches-${name}.csv`, csv),
	]);
};

test("two batches of a stock and two needs of a place add up", async () => {
	const out = join(folder, "batches.json");
	await run("allocate", ...batches(), "--output", out);
	expect(
		JSON.parse(readFileSync(out, "utf8")).map(
			(row: { place: string; units: number }) => [row.place, row.units],
		),
	).toEqual([
		["Bogor", 700],
		["Depok", 200],
	]);
	await run(
		"allocate",
		...batches({
			supply:
				"depot,item,units,reserve\nJakarta,N95,300,100\nJakarta,N95,700,200\n",
		}),
		"--detail",
		"items",
		"--output",
		out,
	);
	expect(JSON.parse(readFileSync(out, "utf8"))[0].shipped).toBe(700);
});

test("a penalty told for one of two needs of a place holds for both", async () => {
	const out = join(folder, "penalty.json");
	await run(
		"allocate",
		...batches({
			supply: "depot,item,units\nJakarta,N95,0\n",
			demand:
				"place,item,units,penalty\nBogor,N95,600,\nDepok,N95,200,2\nBogor,N95,100,3\n",
		}),
		"--detail",
		"shortages",
		"--output",
		out,
	);
	expect(
		JSON.parse(readFileSync(out, "utf8")).map(
			(row: { place: string; weight: number }) => [row.place, row.weight],
		),
	).toEqual([
		["Bogor", 2100],
		["Depok", 400],
	]);
});

test("rows for one key that cannot be added are refused by their numbers", async () => {
	const refused: [Record<string, string>, RegExp][] = [
		[
			{
				demand: "place,item,units,penalty\nBogor,N95,600,1\nBogor,N95,100,2\n",
			},
			/demand\.csv, rows 2 and 3, column penalty: found 1 and 2 for place Bogor, item N95/,
		],
		[
			{
				demand:
					"place,item,units,population\nBogor,N95,600,10\nDepok,N95,1,5\nBogor,N95,100,20\n",
			},
			/rows 2 and 4, column population: found 10 and 20 for place Bogor/,
		],
		[
			{
				routes:
					"depot,place,cost_per_m3\nJakarta,Bogor,10\nJakarta,Depok,5\nJakarta,Bogor,12\n",
			},
			/routes\.csv, rows 2 and 4: found depot Jakarta, place Bogor twice/,
		],
		[
			{ items: "item,volume_m3\nN95,0.001\nN95,0.002\n" },
			/items\.csv, rows 2 and 3: found item N95 twice/,
		],
		[
			{
				pins: "depot,place,item,at_least,at_most\nJakarta,Bogor,N95,5,\nJakarta,Bogor,N95,,9\nJakarta,Bogor,N95,7,\n",
			},
			/pins\.csv, rows 2 and 4, column at_least: found 5 and 7/,
		],
	];
	for (const [change, message] of refused)
		await expect(run("allocate", ...batches(change))).rejects.toThrow(message);
});

test("needs that are no whole number of packs: rounding and every table tell the same packs, and what is more than asked", async () => {
	const out = join(folder, "packs.json");
	const given = batches({
		items: "item,volume_m3,pack\nN95,0.001,10\n",
		supply: "depot,item,units\nJakarta,N95,100\n",
		demand: "place,item,units\nBogor,N95,17\nDepok,N95,8\n",
	});
	for (const how of [
		[],
		["--whole"],
		["--policy", "weighted"],
		["--policy", "weighted", "--whole"],
		["--policy", "by-demand"],
		["--policy", "by-demand", "--whole"],
	]) {
		const table = async (detail: string) => {
			const told = await run(
				"allocate",
				...given,
				...how,
				"--detail",
				detail,
				"--output",
				out,
			);
			expect(told).toContain("Depok (N95) 2 above 8");
			return JSON.parse(readFileSync(out, "utf8"));
		};
		expect(
			(await table("shipments")).map(({ units }: { units: number }) => units),
		).toEqual([20, 10]);
		expect(await table("shortages")).toEqual([]);
		expect(await table("items")).toMatchObject([
			{ shipped: 30, unmet: 0, more_than_asked: 5, lowest_coverage: 1 },
		]);
		expect(await table("surplus")).toMatchObject([
			{ place: "Bogor", more_than_asked: 3 },
			{ place: "Depok", more_than_asked: 2 },
		]);
	}
});

test("a plan whose rounds end early says which places are not settled", async () => {
	const told = await run(
		"allocate",
		...batches({
			supply: "depot,item,units\nA,N95,10\nB,N95,100\n",
			routes: "depot,place,cost_per_m3\nA,Bogor,10\nB,Depok,5\n",
		}),
		"--rounds",
		"1",
	);
	expect(told).toContain("settled for 1 rounds only");
	expect(told).toContain("Depok (N95)");
});

test("tables read amounts and names as strictly as the hub: nothing that may be two numbers or two places", async () => {
	const withRow = (at: number, name: string, text: string) => {
		const given = tables();
		given[at] = file(name, text);
		return run("allocate", ...given);
	};
	await expect(
		withRow(3, "s1.csv", "depot,item,units\nA,mask,1.000\n"),
	).rejects.toThrow(/s1\.csv, row 2, column units: found "1\.000"/);
	await expect(
		withRow(3, "s2.csv", "depot,item,units\nA,mask,0x1F\n"),
	).rejects.toThrow(/row 2, column units: found "0x1F"/);
	await expect(
		withRow(3, "s3.csv", "depot,item,units\nA,mask,1e308\n"),
	).rejects.toThrow(/row 2, column units: found "1e308"/);
	await expect(
		withRow(5, "d1.csv", "place,item,units\nX,mask,5\nx,mask,6\n"),
	).rejects.toThrow(/rows 2 and 3, column place: found "X" and "x"/);
	// In a table parted by commas the point of a price is its decimal sign; parted by semicolons it may be a thousand.
	const route = (text: string) =>
		withRow(7, "r.csv", `${text}\n`).then(() => "planned");
	await expect(
		route("depot,place,cost_per_m3\nA,X,10.125\nA,Y,9.500\nB,Y,3"),
	).resolves.toBe("planned");
	await expect(
		route("depot;place;cost_per_m3\nA;X;10.125\nA;Y;9,5\nB;Y;3"),
	).rejects.toThrow(/row 2, column cost_per_m3: found "10\.125"/);
});

test("a column of another name is said to be left out, since its rule is then not in the plan", async () => {
	const told = await run(
		"allocate",
		"--items",
		file("named-items.csv", "item,volume_m3,pack_size\nN95,0.01,10\n"),
		"--supply",
		file("named-supply.csv", "depot,item,units\nJakarta,N95,100\n"),
		"--demand",
		file("named-demand.csv", "place,item,units\nBogor,N95,17\n"),
		"--routes",
		file("named-routes.csv", "depot,place,cost_per_m3\nJakarta,Bogor,1\n"),
		"--output",
		join(folder, "named.csv"),
	);
	expect(told).toMatch(
		/named-items\.csv: not read: pack_size; known are item, volume_m3, pack,/,
	);
	expect(told).not.toMatch(/named-(supply|demand|routes)\.csv/);
});

test("needs takes no more cases than there are people, of a day or of a week, and takes days that are still to come", async () => {
	const with10 = (cases: string) => series(35).replaceAll(",100", `,${cases}`);
	await expect(
		run("needs", file("many.csv", with10("10000000000"))),
	).rejects.toThrow(
		/many.csv, row 2, column cases: found "10000000000", expected at most 8300000000, the people on earth/,
	);
	await expect(
		run("needs", file("more.csv", with10("300000000"))),
	).rejects.toThrow(
		/more.csv, row 2, column cases: found 300000000, expected at most 272222987, the people of IDN/,
	);
	await expect(
		run("needs", file("week.csv", with10("50000000"))),
	).rejects.toThrow(
		/week of 2020-09-07: found 350000000 cases, expected at most 272222987/,
	);
	const later = series(35).replaceAll("2020-", "2090-");
	await expect(
		run("needs", file("later.csv", later), "--output", join(folder, "l.json")),
	).resolves.toBe("");
});

test("a plan in which nothing is left over says so under the heads of its table, and no empty line", async () => {
	const out = join(folder, "none.csv");
	const told = await run(
		"allocate",
		"--items",
		file("i.csv", "item,volume_m3\ngown,0.01\n"),
		"--supply",
		file("s.csv", "depot,item,units\nA,gown,100\n"),
		"--demand",
		file("d.csv", "place,item,units\nP,gown,10\n"),
		"--routes",
		file("r.csv", "depot,place,cost_per_m3\nA,P,1\n"),
		"--detail",
		"surplus",
		"--output",
		out,
	);
	expect(told).toContain("no rows: no place gets more than it asked for");
	expect(readFileSync(out, "utf8").trim()).toBe(
		"place,item,demand,more_than_asked",
	);
});
