import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import {
	ReproductionAreas,
	type ReproductionRow,
} from "../../core/api/reproduction.ts";
import { day, isoFromDay } from "../../core/series/day.ts";
import { VIEWS } from "../../renderer/screens/epidemi/views.ts";
import { writeMadeFile } from "../fixtures/spring-2020.ts";
import { type OpenSystem, openSystem } from "../fixtures/system.ts";

/** Two provinces with many cases, one with few, and one that is silent in the last week, in the form of the national portal. */
function provinces() {
	const first = day("2020-03-20");
	const rows = (
		[
			["JAWA TIMUR", 60],
			["DKI JAKARTA", 110],
			["BALI", 1],
			["SULAWESI SELATAN", 40],
		] as const
	).flatMap(([name, most]) => {
		let total = 0;
		return Array.from({ length: 81 }, (_, at) => {
			total += Math.round(most * (1 + 0.4 * Math.sin(at / 9)));
			return name === "SULAWESI SELATAN" && at > 66
				? []
				: [`${name},${isoFromDay(first + at)},${total},0,0`];
		}).flat();
	});
	return {
		path: "vintages/prov_as-of_2020-06-08.csv",
		bytes: Buffer.from(
			`${["provinsi,tanggal,AKUMULASI_KASUS,AKUMULASI_SEMBUH,AKUMULASI_MENINGGAL", ...rows].join("\n")}\n`,
		),
	};
}

test.describe("Epidemi", () => {
	let system: OpenSystem;
	let page: Page;
	const complaints: string[] = [];

	test.beforeAll(async ({ browser }) => {
		test.setTimeout(300_000);
		system = await openSystem(browser, (folder) => [
			["ingest", "covid19goid-provinsi", writeMadeFile(folder, provinces())],
		]);
		page = system.page;
		page.on("pageerror", ({ message }) => complaints.push(message));
	});
	test.afterAll(() => system?.close());

	const go = (more: string, language = "id") =>
		page.evaluate((hash) => {
			location.hash = hash;
		}, `#/epidemi?day=2020-06-01&lang=${language}&${more}`);

	test("the ranking writes what the backend answers: R with its interval, or why there is none", async () => {
		await go("");
		await expect(page.getByTestId("reproduction-table")).toBeVisible();
		const answer = ReproductionAreas.parse(
			await page.evaluate(() =>
				fetch("/api/reproduction/areas?level=province&day=2020-06-01").then(
					(found) => found.json(),
				),
			),
		);
		const told = answer.rows.filter(({ mean }) => mean !== null);
		const masked = answer.rows.filter(({ reason }) => reason !== null);
		expect(told.length).toBeGreaterThan(1);
		expect(masked.length).toBeGreaterThan(0);
		// Nothing is both.
		expect(told.length + masked.length).toBe(answer.rows.length);
		const write = (value: number | null) =>
			(value ?? Number.NaN).toFixed(2).replace(".", ",");
		const shown = (row: ReproductionRow) =>
			`${write(row.mean)} (${write(row.low)}–${write(row.high)})`;
		const [highest] = told.toSorted((a, b) => (b.mean ?? 0) - (a.mean ?? 0));
		await expect(
			page.getByTestId("reproduction-table").locator("[row-index='0']").last(),
		).toContainText(shown(highest as ReproductionRow));
		const legend = page.getByTestId("reproduction-legend");
		await expect(legend).toContainText("Yang tanpa Rt tidak berarti rendah");
		await expect(legend).toContainText("kasus terlalu sedikit");
	});

	test("a measure is added, moved by keyboard and stands in the address", async () => {
		await go("view=proyeksi&area=35");
		await page.getByTestId("measure-add").click();
		const measures = page.getByTestId("measures");
		await expect(measures).toContainText("Rt −30 %");
		await expect
			.poll(() => new URL(page.url()).hash)
			.toContain("measures=2020-06-");
		await measures.getByRole("slider").last().focus();
		await page.keyboard.press("ArrowLeft");
		await expect(measures).toContainText("Rt −35 %");
		await page.getByTestId("projection-as").getByText("Tabel").click();
		await expect(
			page.getByTestId("projection-days").locator("tbody tr"),
		).toHaveCount(28);
		await expect(page.getByTestId("projection-logistics")).toHaveAttribute(
			"href",
			/#\/logistik\?.*census=renewal/,
		);
	});

	test("every view of it opens in both languages without a finding of axe or an error", async () => {
		test.setTimeout(240_000);
		for (const language of ["id", "en"])
			for (const { key: view } of VIEWS) {
				await go(`area=35&view=${view}`, language);
				await expect(page.locator("html")).toHaveAttribute("lang", language);
				await expect(page.locator("main")).not.toContainText(
					/Memuat|Loading|Menghitung|Computing/,
					{ timeout: 30_000 },
				);
				const { violations } = await new AxeBuilder({ page }).analyze();
				expect(
					violations.map(
						({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`,
					),
					`${view} ${language}`,
				).toEqual([]);
			}
		expect(complaints).toEqual([]);
	});
});
