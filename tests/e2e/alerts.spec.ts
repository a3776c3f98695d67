import { expect, type Page, test } from "@playwright/test";
import { type OpenSystem, openSystem } from "../fixtures/system.ts";

/** The inbox of alerts and their rules on the simulated country, as whoever looks after them goes through it. */
test.describe("alerts", () => {
	test.describe.configure({ mode: "serial" });

	let system: OpenSystem;
	let page: Page;

	test.beforeAll(async ({ browser }) => {
		test.setTimeout(600_000);
		system = await openSystem(browser, () => [
			["exercise", "start", "--days", "70"],
		]);
		page = system.page;
	});
	test.afterAll(async () => {
		await system?.close();
	});

	const reason = async (form: string, text: string) => {
		await page.getByTestId(`${form}-reason`).fill(text);
		await page.getByTestId(`${form}-order`).click();
	};
	const steps = () => page.getByTestId("alert-steps").locator("li");

	test("an alert opens its evidence, is acknowledged by a key, assigned, let sleep and closed as a false alarm, which is counted and taken back", async () => {
		test.setTimeout(300_000);
		await page.evaluate(() => {
			location.hash = "#/epidemi?view=peringatan";
		});
		const table = page.getByTestId("alerts-table");
		await expect(table).toBeVisible({ timeout: 120_000 });
		await table.locator(".ag-cell").first().click();
		await expect(page.getByTestId("alert-course")).toBeVisible({
			timeout: 60_000,
		});
		await page.getByTestId("alert-evidence-table").click();
		await expect(page.getByTestId("alert-days")).toBeVisible();
		await page.getByTestId("alert-acknowledge").click();
		await expect(steps()).toHaveCount(1, { timeout: 60_000 });
		await page.getByTestId("alert-assign").click();
		await page.getByTestId("alert-assignee").fill("Tim Bandung");
		await reason("alert-assign-form", "tim terdekat");
		await expect(page.getByTestId("alert-standing")).toContainText(
			"Tim Bandung",
			{ timeout: 60_000 },
		);
		await page.getByTestId("alert-snooze").click();
		await reason("alert-snooze-form", "menunggu hasil lab");
		await expect(page.getByTestId("alert-standing")).toContainText("Ditunda", {
			timeout: 60_000,
		});
		await page.getByTestId("alert-close").click();
		await page.getByTestId("alert-verdict-false").click();
		await reason("alert-close-form", "laporan menumpuk");
		await expect(page.getByTestId("alert-standing")).toContainText(
			"Alarm palsu",
			{ timeout: 60_000 },
		);
		const [rule = ""] =
			new URLSearchParams(page.url().split("?")[1]).get("alert")?.split("/") ??
			[];
		await page.getByTestId("alert-parts").getByText("Aturan").click();
		await expect(page.getByTestId(`false-${rule}`)).toHaveText("1");
		await page.getByTestId("alert-parts").getByText("Kotak masuk").click();
		await page.locator('[data-testid^="undo-"]').first().click();
		await reason("undo-form", "ternyata gelombang");
		await expect(page.getByTestId("alert-standing")).not.toContainText(
			"Alarm palsu",
			{ timeout: 60_000 },
		);
	});

	test("a rule is drafted, tried on history before it can be saved, saved as a version and taken back; the audit trail has all of it", async () => {
		test.setTimeout(300_000);
		await page.getByTestId("alert-parts").getByText("Aturan").click();
		await page.getByTestId("alert-rule-rt").getByRole("button").click();
		await page.getByTestId("rule-threshold").fill("1,1");
		await expect(page.getByTestId("rule-save")).toHaveCount(0);
		await page.getByTestId("rule-try").click();
		await expect(page.getByTestId("dry-run")).toBeVisible({ timeout: 200_000 });
		await page.getByTestId("rule-save").click();
		await reason("rule-save-form", "terlalu banyak alarm");
		const versions = page.getByTestId("rule-versions").locator("li");
		await expect(versions).toHaveCount(2, { timeout: 60_000 });
		await page
			.getByTestId("rule-versions")
			.locator('[data-testid^="undo-"]')
			.click();
		await reason("undo-form", "ambang lama lebih baik");
		await expect(versions).toHaveCount(3, { timeout: 60_000 });
		await page.evaluate(() => {
			location.hash = "#/jejak-audit";
		});
		const main = page.getByRole("main");
		await expect(main).toContainText("Mengubah aturan peringatan");
		await expect(main).toContainText("Menangani peringatan");
		await expect(main).toContainText("alarm palsu");
	});
});
