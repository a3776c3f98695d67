import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { Nowcast } from "../../core/api/nowcast.ts";
import {
	ReproductionAreas,
	type ReproductionRow,
} from "../../core/api/reproduction.ts";
import { day, isoFromDay, weekday } from "../../core/series/day.ts";
import { VIEWS } from "../../renderer/screens/epidemi/views.ts";
import { writeMadeFile } from "../fixtures/spring-2020.ts";
import { type OpenSystem, openSystem } from "../fixtures/system.ts";

/** Days of March the 20th to June the 8th, from which on day of them the portal is kept as it stood. */
const DAYS = 81;
const KEPT_FROM = 36;
/** Share of what Jawa Timur reports of a day that is known so many days later; on Saturdays and Sundays little is entered. */
function knownOf(count: number, at: number, asOf: number): number {
	let working = 0;
	for (let one = at; one <= asOf; one++)
		if (![0, 6].includes(weekday(FIRST + one))) working++;
	return Math.round(count * (1 - 0.45 ** (working + 0.6)));
}
const FIRST = day("2020-03-20");

/**
 * Two provinces with many cases, one with few, and one that is silent in the last week, in the form of the national portal, as it stood on
 * each day: Jawa Timur's reports are late.
 */
function portalAsOf(asOf: number) {
	const rows = (
		[
			["JAWA TIMUR", 60],
			["DKI JAKARTA", 110],
			["BALI", 1],
			["SULAWESI SELATAN", 40],
		] as const
	).flatMap(([name, most]) => {
		let total = 0;
		return Array.from({ length: asOf + 1 }, (_, at) => {
			const count = Math.round(most * (1 + 0.4 * Math.sin(at / 9)));
			total += name === "JAWA TIMUR" ? knownOf(count, at, asOf) : count;
			return name === "SULAWESI SELATAN" && at > 66
				? []
				: [`${name},${isoFromDay(FIRST + at)},${total},0,0`];
		}).flat();
	});
	return {
		path: `vintages/prov_as-of_${isoFromDay(FIRST + asOf)}.csv`,
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
			[
				"ingest",
				"covid19goid-provinsi",
				...Array.from({ length: DAYS - KEPT_FROM }, (_, at) =>
					writeMadeFile(folder, portalAsOf(KEPT_FROM + at)),
				),
			],
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

	test("a projection of the measures before is told as nothing of those that stand there now", async () => {
		await go("view=proyeksi&area=31&measures=");
		const panel = page.getByTestId("projection-panel");
		const told = page.getByTestId("projection-told");
		await page.getByTestId("projection-as").getByText("Grafik").click();
		const says = /\d+ J[a-z]+ 2020/;
		await expect(panel.locator("header")).toContainText(says);
		await expect(told).not.toHaveAttribute("data-of-before");
		const answered = Promise.withResolvers<void>();
		await page.route("**/api/projection?*measures=*", async (route) => {
			await answered.promise;
			await route.continue();
		});
		await page.getByTestId("measure-add").click();
		await expect(page.getByTestId("measures")).toContainText("Rt −30 %");
		await expect(told).toHaveAttribute("data-of-before");
		await expect(panel.locator("header")).not.toContainText(says);
		await expect(page.getByTestId("projection-export")).toBeDisabled();
		answered.resolve();
		await expect(told).not.toHaveAttribute("data-of-before");
		await expect(panel.locator("header")).toContainText(says);
		await page.unroute("**/api/projection?*measures=*");
	});

	test("the nowcast of late reports writes what the backend answers, in chart, tables and weekdays", async () => {
		const { outcome } = Nowcast.parse(
			await page.evaluate(async () => {
				const areas = await fetch("/api/areas").then((found) => found.json());
				const { id } = areas.find(
					({ code }: { code: string }) => code === "35",
				);
				return fetch(
					`/api/nowcast?area=${id}&indicator=confirmed&day=2020-06-08`,
				).then((found) => found.json());
			}),
		);
		if (outcome.status !== "told") throw new Error(`found ${outcome.reason}`);
		const last = outcome.days.at(-1);
		const whole = (value: number | null | undefined) =>
			String(Math.round(value ?? Number.NaN));
		expect(last?.estimate).toBeGreaterThan((last?.observed ?? 0) * 1.1);
		await page.evaluate(() => {
			location.hash = "#/epidemi?day=2020-06-08&lang=id&area=35&view=terkini";
		});
		const panel = page.getByTestId("nowcast-panel");
		await expect(panel).toContainText(
			`8 Jun 2020: diperkirakan ${whole(last?.estimate)} (${whole(last?.low)}–${whole(last?.high)}`,
		);
		await page.getByTestId("nowcast-as").getByText("Tabel").click();
		const rows = page.getByTestId("nowcast-days").locator("tbody tr");
		await expect(rows).toHaveCount(outcome.days.length);
		await expect(rows.first()).toContainText(
			`${whole(last?.estimate)} (${whole(last?.low)}–${whole(last?.high)})`,
		);
		await page.getByTestId("nowcast-as").getByText("Grafik").click();
		const score = outcome.score;
		await expect(page.getByTestId("nowcast-score")).toContainText(
			`${score?.scored} perkiraan`,
		);
		await expect(page.getByTestId("nowcast-score")).toContainText(
			`${Math.round((score?.coverage ?? 0) * 100)} % di dalam rentang 95 %`,
		);
		// Nothing in it follows the day of the week but how late it is.
		await expect(page.getByTestId("nowcast-under")).toContainText(
			"Tidak ada hari yang kurang dilaporkan",
		);
		const days = page.getByTestId("nowcast-weekdays").locator("tbody tr");
		await expect(days).toHaveCount(7);
		const saturday = outcome.weekdays[5];
		expect(saturday?.sameDay).toBeLessThan(
			(outcome.weekdays[2]?.sameDay ?? 0) / 1.5,
		);
		await expect(days.nth(5)).toContainText(
			`${whole((saturday?.sameDay ?? 0) * 100)} %`,
		);
		const [own] = outcome.delays.areas;
		const lateness = page.getByTestId("nowcast-lateness").locator("tbody tr");
		for (const mean of own?.mean ?? [])
			await expect(lateness.first()).toContainText(
				(mean ?? 0).toFixed(1).replace(".", ","),
			);
	});

	test("the nowcast says why it cannot be told, and leads to the day of knowledge on which it could", async () => {
		const at = (day: string, known = "") =>
			page.evaluate((hash) => {
				location.hash = hash;
			}, `#/epidemi?day=${day}&lang=id&area=35&view=terkini${known}`);
		const panel = page.getByTestId("nowcast-panel");
		await at("2020-05-10", "&known=2020-05-10");
		await expect(panel).toContainText("riwayat pengetahuan terlalu pendek");
		await at("2020-05-20");
		await expect(panel).toContainText("tidak ada lagi yang ditunggu");
		await page.getByTestId("nowcast-then").click();
		await expect(panel).toContainText("20 Mei 2020: diperkirakan");
		await expect.poll(() => page.url()).toContain("known=2020-05-20");
	});

	test("the nowcast can be stopped while it is computed, begun anew, and says when it failed", async () => {
		const go = page.evaluate.bind(page, () => {
			location.hash = "#/epidemi?day=2020-06-06&lang=id&area=31&view=terkini";
		});
		const waiting = Promise.withResolvers<void>();
		await page.route("**/api/nowcast*", async (route) => {
			await waiting.promise;
			await route.abort().catch(() => {});
		});
		const panel = page.getByTestId("nowcast-panel");
		await go();
		await panel.getByTestId("computing-stop").click();
		await expect(panel).toContainText("dihentikan");
		waiting.resolve();
		await page.unroute("**/api/nowcast*");
		await page.route("**/api/nowcast*", (route) =>
			route.fulfill({ status: 400, json: { error: "x", message: "salah" } }),
		);
		await panel.getByRole("button", { name: /lagi|ulang/i }).click();
		await expect(panel.getByRole("alert")).toBeVisible();
		await page.unroute("**/api/nowcast*");
		await panel.getByRole("alert").getByRole("button").click();
		// Jakarta's figures come on their day and are never amended.
		await expect(panel).toContainText(
			"6 Jun 2020: dilaporkan 140; menurut riwayat tidak ada laporan yang masih ditunggu",
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
