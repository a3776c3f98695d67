import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { VIEWS } from "../../renderer/screens/integrasi/views.ts";
import {
	jawaTimurFile,
	provincesFile,
	writeMadeFile,
} from "../fixtures/spring-2020.ts";
import {
	type OpenScreens,
	openScreens,
	type RunningHub,
	signIn,
	startHub,
	temporaryFolder,
} from "../fixtures/system.ts";

/** The desk of integration, seen from the screen: a table is mapped, a drifted one is asked about, a conflict is opened, and others are refused. */
test.describe("the desk of integration", () => {
	test.describe.configure({ mode: "serial" });

	const folder = temporaryFolder();
	let hub: RunningHub;
	let screens: OpenScreens;
	let page: Page;

	test.beforeAll(async ({ browser }) => {
		test.setTimeout(300_000);
		hub = await startHub(`${folder.path}/hub`);
		const province = writeMadeFile(folder.path, jawaTimurFile());
		const nation = writeMadeFile(folder.path, provincesFile("2020-06-08"));
		await hub.command("ingest", "jatim-kabkota", province);
		await hub.command("ingest", "covid19goid-provinsi", nation);
		await hub.command("publish");
		await hub.addPerson("dian", "data-manager");
		await hub.addPerson("ana", "analyst");
		screens = await openScreens(browser, `${folder.path}/workstation`, hub);
		page = screens.page;
		await become("dian");
	});
	test.afterAll(async () => {
		await screens?.close();
		await hub?.stop();
		folder.remove();
	});

	async function become(name: string): Promise<void> {
		await page.getByTestId("person").click();
		await page.getByTestId("sign-out").click();
		await signIn(page, name);
		await expect(page.getByTestId("person")).toBeVisible();
	}
	async function go(view: string): Promise<void> {
		await page.evaluate((hash) => {
			location.hash = hash;
		}, `#/integrasi?view=${view}&day=2020-04-12`);
	}
	const give = (name: string, lines: string[]) =>
		page.locator('input[type="file"]').setInputFiles({
			name,
			mimeType: "text/csv",
			buffer: Buffer.from(`${lines.join("\n")}\n`),
		});
	const order = async (open: string, form: string) => {
		await page.getByTestId(open).click();
		// The box puts the focus into its first field in a moment: what is typed before that goes there.
		await expect(page.getByTestId(form).locator(":focus")).toHaveCount(1);
		await page.getByTestId(`${form}-reason`).fill("surat dinkes no. 7");
		await page.getByTestId(`${form}-order`).click();
	};
	const stateOf = (name: string) =>
		page
			.getByTestId("tables-table")
			.getByRole("row")
			.filter({ hasText: name })
			.locator('[col-id="state"]');

	test("who reported is counted by source and day, and a conflict leads to what each source says", async () => {
		await go("kelengkapan");
		await expect(
			page.getByTestId("matrix-table").getByText("●").first(),
		).toBeVisible();
		await go("konflik");
		const row = page
			.getByTestId("conflict-table")
			.getByRole("row")
			.filter({ hasText: "(35)" })
			.first();
		await row.click();
		await expect(page.getByTestId("explain-value")).toBeVisible();
		await page.keyboard.press("Escape");
	});

	test("of another day of knowledge it claims nothing: it tells what is known now, and says so", async () => {
		await page.evaluate(() => {
			location.hash =
				"#/integrasi?view=konflik&day=2020-04-12&known=2020-06-01";
		});
		await expect(page.getByTestId("as-known-banner")).toContainText(
			"menurut yang diketahui sekarang",
		);
		await expect(page).not.toHaveTitle(/Diketahui/);
		await page.getByTestId("as-known-banner").getByRole("button").click();
		await expect(page.getByTestId("as-known-banner")).toBeHidden();
	});

	test("a table is mapped and taken in; one that drifted is held, asked about, and taken in once it is answered", async () => {
		await go("tabel");
		await give("dinkes.csv", [
			"Kode;Tanggal;Positif",
			"32.73;25/04/2020;1.103",
			"32.04;25/04/2020;40",
		]);
		await page.getByTestId("source-name-id").fill("Dinkes Jawa Barat");
		await expect(page.getByTestId("mapping-trial")).toContainText("2");
		// What is typed of a source that is not known yet is not lost by a look at another part of the desk.
		await page.getByTestId("integration-views").getByText("Konflik").click();
		await page.getByTestId("draft-stay").click();
		await expect(page.getByTestId("source-name-id")).toHaveValue(
			"Dinkes Jawa Barat",
		);
		await order("save-mapping", "saving-mapping");
		await order("take-table", "taking-table");
		await expect(stateOf("dinkes.csv")).toHaveText("masuk");

		await give("dinkes-2.csv", [
			"Kode;Tanggal;Positif total",
			"32.73;26/04/2020;1.110",
		]);
		await expect(page.getByTestId("mapping-questions")).toBeVisible();
		await order("take-table", "taking-table");
		await expect(stateOf("dinkes-2.csv")).toContainText("ditahan");
		await page.getByTestId("answer-Positif-Positif total").click();
		await expect(page.getByTestId("mapping-questions")).toBeHidden();
		await order("save-mapping", "saving-mapping");
		await order("take-table", "taking-table");
		await expect(stateOf("dinkes-2.csv")).toHaveText("masuk");

		// A column that is not sent any more is taken out of the mapping, and the rest is read.
		await give("dinkes-3.csv", ["Kode;Positif;ODP", "32.73;1.111;7"]);
		await expect(page.getByTestId("absent-Tanggal")).toContainText(
			"tidak ada di berkas ini",
		);
		await page.getByTestId("not-sent-Tanggal").click();
		await expect(page.getByTestId("mapping-questions")).toBeHidden();
		await expect(page.getByTestId("mapping-trial")).toContainText(
			"0 baris masuk, 1 ke karantina",
		);
		await page.getByTestId("table-as-of").fill("2020-04-27");
		await expect(page.getByTestId("mapping-trial")).toContainText(
			"1 baris masuk, 0 ke karantina",
		);
		await page.getByTestId("integration-views").getByText("Konflik").click();
		await page.getByTestId("draft-leave").click();
		await expect(page.getByTestId("conflict-table")).toBeVisible();
	});

	test("every view of it opens in both languages without a finding of axe", async () => {
		for (const language of ["id", "en"])
			for (const { key: view } of VIEWS) {
				await page.evaluate((hash) => {
					location.hash = hash;
				}, `#/integrasi?view=${view}&day=2020-04-12&lang=${language}`);
				await expect(page.locator("html")).toHaveAttribute("lang", language);
				await expect(page.locator("main")).not.toContainText(/Memuat|Loading/);
				const { violations } = await new AxeBuilder({ page }).analyze();
				expect(
					violations.map(
						({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`,
					),
					`${view} ${language}`,
				).toEqual([]);
			}
		await page.evaluate(() => {
			location.hash = "#/integrasi?lang=id";
		});
	});

	test("who is no data manager is told so, and refused by what answers", async () => {
		await become("ana");
		await go("tabel");
		await expect(page.getByRole("alert")).toContainText("hanya untuk");
		await expect(page.getByTestId("integration-views")).toBeHidden();
		const statuses = await page.evaluate(() =>
			Promise.all([
				fetch("/api/given-tables").then(({ status }) => status),
				fetch("/api/conflicts?day=2020-04-12").then(({ status }) => status),
				fetch("/api/given-table?name=a.csv", {
					method: "POST",
					body: "a",
				}).then(({ status }) => status),
			]),
		);
		expect(statuses).toEqual([403, 403, 403]);
	});
});
