import { existsSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import Database from "better-sqlite3";
import { MARKS } from "../../core/quality/rule.ts";
import { indicatorByKey } from "../../core/series/indicator.ts";
import { currentReplica } from "../../main/backend/replica/location.ts";
import {
	type OpenScreens,
	openScreens,
	type RunningHub,
	startHub,
	temporaryFolder,
} from "../fixtures/system.ts";

const SHARED = "../shared/data";
const VINTAGES = `${SHARED}/02-covid19goid-provinsi/vintages`;
const DAILY = `${SHARED}/02-covid19goid-provinsi/daily_to_2020-09-21`;

/** From the real files to the screen, in the order a task force would take them in. */
test.describe("the real files, from the hub to the screen", () => {
	test.skip(
		!existsSync(SHARED),
		"the real files (../shared/data) are not here",
	);
	test.describe.configure({ mode: "serial" });

	const folder = temporaryFolder();
	let hub: RunningHub;
	let screens: OpenScreens;
	let page: Page;

	test.beforeAll(async ({ browser }) => {
		test.setTimeout(300_000);
		hub = await startHub(`${folder.path}/hub`);
		await hub.command(
			"import",
			"boundaries",
			`${SHARED}/10-batas-wilayah/adm2_kabkota_514_kode2020.geojson`,
		);
		await hub.command(
			"ingest",
			"jatim-kabkota",
			`${SHARED}/05-jatim-kabkota/covid-jatim.csv`,
		);
		await hub.command(
			"ingest",
			"covid19goid-provinsi",
			`${VINTAGES}/prov_as-of_2020-06-08.csv`,
		);
		await hub.command("publish");
		screens = await openScreens(browser, `${folder.path}/workstation`, hub);
		page = screens.page;
		await expect(page.getByTestId("kpis")).toBeVisible({ timeout: 60_000 });
	});
	test.afterAll(async () => {
		await screens?.close();
		await hub?.stop();
		folder.remove();
	});

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
			await expect(page.getByTestId("explain-marks")).toContainText(/koreksi/i);
			await closeExplanation();
		}
	});

	test("the map shows the official boundaries once they are imported", async () => {
		await show("ID", "2020-04-12");
		await expect(page.getByTestId("geography-notice")).not.toContainText(
			/perkiraan/i,
		);
	});

	test("a later vintage reaches the open screen by itself, and the older answer stays", async () => {
		await show("31", "2020-04-29");
		await expect(page.getByTestId("kpi-value-confirmed")).toHaveText("3.496");
		await expect(page.getByTestId("timeline")).toContainText("dari 99");
		await hub.command(
			"ingest",
			"covid19goid-provinsi",
			`${VINTAGES}/prov_as-of_2020-06-14.csv`,
		);
		await hub.command("publish");
		// nobody reloads the page: the new days and the new value arrive in it
		await expect(page.getByTestId("timeline")).toContainText("dari 105");
		await expect(page.getByTestId("kpi-value-confirmed")).toHaveText("3.512");
		await explain("confirmed");
		await expect(page.getByTestId("explain-marks")).toContainText(
			/ubah|ralat|revisi/i,
		);
		await expect(page.getByTestId("explain-revisions")).toContainText("3.496");
		await closeExplanation();
		await show("31", "2020-04-29", "&known=2020-06-08");
		await expect(page.getByTestId("as-known-banner")).toBeVisible();
		await expect(page.getByTestId("kpi-value-confirmed")).toHaveText("3.496");
		await explain("confirmed");
		await expect(page.getByTestId("explain-value")).toHaveText("3.496");
		await closeExplanation();
	});

	test("762 cumulative cells of the portal are restated, each reachable in the replica", () => {
		const replica = new Database(
			currentReplica(`${folder.path}/workstation/replica`) as string,
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
			{ indicator: indicatorByKey("confirmed").id, cells: 213 },
			{ indicator: indicatorByKey("recovered").id, cells: 360 },
			{ indicator: indicatorByKey("deaths").id, cells: 189 },
		]);
	});

	test("a zero in place of a missing report is flagged and not shown as zero", async () => {
		for (const province of ["BENGKULU", "JAMBI", "NUSA_TENGGARA_TIMUR"])
			await hub.command(
				"ingest",
				"covid19goid-provinsi",
				`${DAILY}/${province}.csv`,
			);
		await hub.command("publish");
		await expect(page.getByTestId("timeline")).toContainText("dari 205");
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
