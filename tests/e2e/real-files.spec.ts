import { existsSync } from "node:fs";
import { basename } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import Database from "better-sqlite3";
import { parse } from "csv-parse/sync";
import { type BridgeRow, readBridge } from "../../core/areas/bridge.ts";
import { indicatorByKey } from "../../core/series/indicator.ts";
import { MARKS } from "../../core/series/mark.ts";
import { currentReplica } from "../../main/backend/replica/location.ts";
import { loadAreaTree } from "../../resources/areas/load.ts";
import { bridgeFile } from "../fixtures/area-facts.ts";
import { FORMED, gadmLike } from "../fixtures/gadm-like.ts";
import {
	dailyFiles,
	jawaTimurFile,
	type MadeFile,
	provincesFile,
	RESTATED,
	writeMadeFile,
} from "../fixtures/spring-2020.ts";
import { type OpenSystem, openSystem } from "../fixtures/system.ts";

const tree = loadAreaTree();
const { bridge } = readBridge(
	tree,
	parse(bridgeFile(tree), { columns: true }) as BridgeRow[],
);

/** Where the files are, and what depends on how many of their rows there are. */
interface Files {
	/** What `import` is told, in this order. */
	imports: string[][];
	/** Areas without a polygon. */
	marks: number;
	jatim: string;
	vintages: [string, string];
	/** Bengkulu, Jambi and NTT to 21 September 2020. */
	daily: string[];
	/** Days of the dataset after each vintage, and after the files to September. */
	days: [number, number, number];
	restated: { confirmed: number; recovered: number; deaths: number };
}

const SHARED = "../shared/data";
const PLACES = ["BENGKULU", "JAMBI", "NUSA_TENGGARA_TIMUR"];

/** The same reports in the forms of the portals, restated in small: nothing but a clone is needed. */
function restatedInSmall(folder: string): Files {
	const write = (file: MadeFile): string => writeMadeFile(folder, file);
	return {
		// A map of an older order, as most programmers of the country have it.
		imports: [
			[
				"codes",
				write({ path: "bridge.csv", bytes: Buffer.from(bridgeFile(tree)) }),
			],
			[
				"boundaries",
				write({
					path: "older-order.json",
					bytes: Buffer.from(JSON.stringify(gadmLike(tree, bridge))),
				}),
				"--accept-gaps",
				"--source",
				"test",
			],
		],
		marks: Object.keys(FORMED).length + 1,
		jatim: write(jawaTimurFile()),
		vintages: [
			write(provincesFile("2020-06-08")),
			write(provincesFile("2020-06-14")),
		],
		daily: dailyFiles()
			.filter(({ path }) => PLACES.includes(basename(path, ".csv")))
			.map(write),
		days: [74, 83, 186],
		restated: RESTATED,
	};
}

function asPublished(): Files {
	const portal = `${SHARED}/02-covid19goid-provinsi`;
	return {
		imports: [
			[
				"boundaries",
				`${SHARED}/10-batas-wilayah/adm2_kabkota_514_kode2020.geojson`,
			],
		],
		marks: 0,
		jatim: `${SHARED}/05-jatim-kabkota/covid-jatim.csv`,
		vintages: [
			`${portal}/vintages/prov_as-of_2020-06-08.csv`,
			`${portal}/vintages/prov_as-of_2020-06-14.csv`,
		],
		daily: PLACES.map((place) => `${portal}/daily_to_2020-09-21/${place}.csv`),
		days: [99, 105, 205],
		restated: { confirmed: 213, recovered: 360, deaths: 189 },
	};
}

fromHubToScreen("the reports of 2020, restated in small", restatedInSmall);
if (existsSync(SHARED)) fromHubToScreen("the real files", asPublished);

/** From the files to the screen, in the order a task force would take them in. */
function fromHubToScreen(
	name: string,
	filesIn: (folder: string) => Files,
): void {
	test.describe(`${name}, from the hub to the screen`, () => {
		test.describe.configure({ mode: "serial" });

		let files: Files;
		let system: OpenSystem;
		let page: Page;

		test.beforeAll(async ({ browser }) => {
			test.setTimeout(300_000);
			system = await openSystem(browser, (folder) => {
				files = filesIn(folder);
				return [
					...files.imports.map((told) => ["import", ...told]),
					["ingest", "jatim-kabkota", files.jatim],
					["ingest", "covid19goid-provinsi", files.vintages[0]],
				];
			});
			page = system.page;
		});
		test.afterAll(() => system?.close());

		/** Shows an area on a day, as a link would. */
		async function show(area: string, day: string, more = ""): Promise<void> {
			await page.evaluate((hash) => {
				location.hash = hash;
			}, `#/situasi?area=${area}&day=${day}${more}`);
			await expect(page.getByTestId("kpis")).toHaveAttribute(
				"data-day",
				String(Date.parse(day) / 86_400_000),
			);
		}
		async function explain(indicator: string): Promise<void> {
			await page.getByTestId(`kpi-${indicator}`).click();
			await expect(page.getByTestId("explain-value")).toBeVisible();
		}
		const closeExplanation = async (): Promise<void> => {
			await page.keyboard.press("Escape");
			await expect(page.getByTestId("explain-value")).toBeHidden();
		};

		test("two sources that differ are both there, the province's own figure is shown and the gap is marked", async () => {
			await show("35", "2020-04-12");
			await expect(page.getByTestId("kpi-value-confirmed")).toHaveText("386");
			await expect(page.getByTestId("kpi-value-deaths")).toHaveText("29");
			await explain("confirmed");
			await expect(page.getByTestId("explain-value")).toHaveText("386");
			await expect(page.getByTestId("explain-rule")).toHaveAttribute(
				"data-rule",
				"sum-of-areas",
			);
			await expect(page.getByTestId("explain-marks")).toContainText(
				/beda|konflik/i,
			);
			await expect(page.getByTestId("claim-sum")).toContainText("386");
			await expect(page.getByTestId("explain-sources")).toContainText("337");
			await expect(page.getByTestId("explain-sources")).toContainText(
				"prov_as-of_2020-06-08.csv",
			);
			await closeExplanation();
			await explain("deaths");
			await expect(page.getByTestId("explain-value")).toHaveText("29");
			await expect(page.getByTestId("explain-sources")).toContainText("24");
			await closeExplanation();
		});

		test("a silent regency is named instead of showing a fall", async () => {
			await show("35", "2020-04-04");
			await expect(page.getByTestId("kpi-value-confirmed")).toHaveText("142");
			await expect(page.getByTestId("trend-silent")).toContainText(
				"Kab. Lamongan (35.24)",
			);
			await explain("confirmed");
			await expect(page.getByTestId("explain-completeness")).toContainText(
				"37 dari 38",
			);
			await expect(page.getByTestId("explain-completeness")).toContainText(
				"Lamongan (35.24)",
			);
			await closeExplanation();
			await show("35", "2020-03-24");
			await explain("confirmed");
			await expect(page.getByTestId("explain-completeness")).toContainText(
				"(35.14)",
			);
			await closeExplanation();
			await show("35.24", "2020-04-04");
			await expect(page.getByTestId("kpi-value-confirmed")).toHaveText(
				"tidak dilaporkan",
			);
		});

		test("a cumulative value that falls is a correction, never new cases", async () => {
			for (const [area, value] of [
				["35.04", "5"],
				["35.07", "7"],
			]) {
				await show(area, "2020-04-06");
				await expect(page.getByTestId("kpi-value-confirmed")).toHaveText(value);
				await explain("confirmed");
				await expect(page.getByTestId("explain-marks")).toContainText(
					/koreksi/i,
				);
				await closeExplanation();
			}
		});

		test("the map shows the boundaries once they are imported, and says which areas are only marks in the polygon of another", async () => {
			await show("64", "2020-04-12");
			const notice = page.getByTestId("geography-notice");
			await expect(notice).not.toContainText(/perkiraan/i);
			await expect(notice).toContainText("berkas impor");
			if (files.marks === 0) {
				await expect(notice).not.toContainText("tanpa poligon");
				return;
			}
			await expect(notice).toContainText(
				`${files.marks} wilayah tanpa poligon`,
			);
			await notice.click();
			const list = page.getByTestId("drawn-as-list");
			await expect(list).toContainText(
				"64.11 Kabupaten Mahakam Ulu: tanpa poligon: tanda di dalam poligon Kabupaten Kutai Barat",
			);
			await expect(list).toContainText(
				"64.07 Kabupaten Kutai Barat: poligonnya masih memuat Kabupaten Mahakam Ulu",
			);
			await page.keyboard.press("Escape");
			await expect(list).toBeHidden();
		});

		test("a later vintage reaches the open screen by itself, and the older answer stays", async () => {
			await show("31", "2020-04-29");
			await expect(page.getByTestId("kpi-value-confirmed")).toHaveText("3.496");
			await expect(page.getByTestId("timeline")).toContainText(
				`dari ${files.days[0]}`,
			);
			await system.hub.command(
				"ingest",
				"covid19goid-provinsi",
				files.vintages[1],
			);
			await system.hub.command("publish");
			// nobody reloads the page: the new days and the new value arrive in it
			await expect(page.getByTestId("timeline")).toContainText(
				`dari ${files.days[1]}`,
			);
			await expect(page.getByTestId("kpi-value-confirmed")).toHaveText("3.512");
			await explain("confirmed");
			await expect(page.getByTestId("explain-marks")).toContainText(
				/ubah|ralat|revisi/i,
			);
			await expect(page.getByTestId("explain-revisions")).toContainText(
				"3.496",
			);
			await closeExplanation();
			await show("31", "2020-04-29", "&known=2020-06-08");
			await expect(page.getByTestId("as-known-banner")).toBeVisible();
			await expect(page.getByTestId("kpi-value-confirmed")).toHaveText("3.496");
			await explain("confirmed");
			await expect(page.getByTestId("explain-value")).toHaveText("3.496");
			await closeExplanation();
		});

		test("every restated cell of the portal (762 of the whole files) is reachable in the replica", () => {
			const replica = new Database(
				currentReplica(`${system.folder}/workstation/replica`) as string,
				{ readonly: true },
			);
			const restated = replica
				.prepare(
					`SELECT indicator, count(*) AS cells FROM (
				 SELECT DISTINCT indicator, area, day FROM claim WHERE marks & ? <> 0
				) GROUP BY indicator ORDER BY indicator`,
				)
				.all(MARKS.restated);
			replica.close();
			expect(restated).toEqual([
				{
					indicator: indicatorByKey("confirmed").id,
					cells: files.restated.confirmed,
				},
				{
					indicator: indicatorByKey("recovered").id,
					cells: files.restated.recovered,
				},
				{
					indicator: indicatorByKey("deaths").id,
					cells: files.restated.deaths,
				},
			]);
		});

		test("a zero in place of a missing report is flagged and not shown as zero", async () => {
			await system.hub.command(
				"ingest",
				"covid19goid-provinsi",
				...files.daily,
			);
			await system.hub.command("publish");
			await expect(page.getByTestId("timeline")).toContainText(
				`dari ${files.days[2]}`,
			);
			for (const area of ["17", "15", "53"]) {
				await show(area, "2020-09-21");
				await expect(page.getByTestId("kpi-value-confirmed")).toHaveText(
					"tidak dilaporkan",
				);
				await explain("confirmed");
				await expect(page.getByTestId("explain-rule")).toHaveAttribute(
					"data-rule",
					"implausible-zero",
				);
				await closeExplanation();
			}
		});
	});
}
