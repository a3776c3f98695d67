import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { SCREENS } from "../../renderer/screens/all.ts";
import { type Launched, launch } from "../fixtures/launched.ts";
import { temporaryFolder } from "../fixtures/system.ts";

/** The ways through the house, on the simulated country: by address, by key, by name, and back. */
test.describe("finding one's way", () => {
	test.describe.configure({ mode: "serial" });

	const folder = temporaryFolder();
	const complaints: string[] = [];
	let launched: Launched;
	let page: Page;

	const at = (hash: string) => new URL(hash, page.url()).href;
	const palette = () => page.getByTestId("palette");
	const breadcrumb = () => page.getByTestId("breadcrumb");
	const area = () => new URL(page.url()).hash.match(/area=([^&]+)/)?.[1];
	const shot = (name: string) =>
		page.screenshot({ path: `test-results/screens/navigation-${name}.png` });
	const find = async (typed: string) => {
		await page.keyboard.press("Control+k");
		await palette().getByRole("combobox").fill(typed);
	};

	async function open(browser: Browser): Promise<void> {
		launched = launch(folder.path);
		// Axe opens a page of its own beside this one, in its context.
		page = await (await browser.newContext()).newPage();
		page.on("console", (message) => {
			if (message.type() === "error")
				complaints.push(`${message.text()} ${message.location().url}`);
		});
		page.on("pageerror", (error) => complaints.push(error.message));
		await page.goto(await launched.address());
	}

	test.beforeAll(async ({ browser }) => {
		test.setTimeout(300_000);
		await open(browser);
	});
	test.afterAll(async () => {
		await page?.context().close();
		await launched?.interrupt();
		folder.remove();
	});

	test("while the exercise is being made the card counts its days and says what comes next", async () => {
		test.setTimeout(300_000);
		const progress = page.getByTestId("preparing");
		await expect(progress).toContainText(/\d+ dari 300/, { timeout: 120_000 });
		await shot("first-start");
		await expect(page.getByTestId("kpis")).toBeVisible({ timeout: 240_000 });
		await launched.complete();
		await expect(page.getByTestId("exercise-follows")).toHaveCount(0, {
			timeout: 120_000,
		});
	});

	test("the palette leads to an area by another name, a code and a misspelt name; Back and Forward go through them, and a reload stays", async () => {
		await find("jatim");
		await shot("palette");
		await page.keyboard.press("Enter");
		await expect(breadcrumb()).toContainText("Jawa Timur");
		await find("3524");
		await page.keyboard.press("Enter");
		await expect(breadcrumb()).toContainText("Kabupaten Lamongan");
		await find("surabya");
		await page.keyboard.press("Enter");
		await expect(breadcrumb()).toContainText("Kota Surabaya");

		await page.goBack();
		await expect(breadcrumb()).toContainText("Kabupaten Lamongan");
		await page.goBack();
		await expect(breadcrumb()).not.toContainText("Kabupaten Lamongan");
		expect(area()).toBe("35");
		await page.goForward();
		await expect(breadcrumb()).toContainText("Kabupaten Lamongan");
		await expect(page).toHaveTitle(
			/^Kabupaten Lamongan · \d{1,2} \w{3} 20\d\d · Situasi · BLC Command$/,
		);
		await page.reload();
		await expect(breadcrumb()).toContainText("Kabupaten Lamongan");
	});

	test("an address that is chosen while the window opens is where it opens", async () => {
		const held = Promise.withResolvers<void>();
		await page.route("**/api/areas", async (route) => {
			await held.promise;
			await route.continue();
		});
		await page.reload({ waitUntil: "commit" });
		// By now it has read its address, and draws nothing yet: the areas are missing.
		await page.waitForFunction(() => document.documentElement.dataset.density);
		await page.evaluate(() => {
			location.hash = "#/situasi?area=33";
		});
		held.resolve();
		await expect(breadcrumb()).toContainText("Jawa Tengah");
		expect(area()).toBe("33");
		await page.unroute("**/api/areas");
	});

	test("the days that pass while time plays are no entries of the history", async () => {
		const entries = await page.evaluate(() => history.length);
		await find("1 Jun 2020");
		await page.keyboard.press("Enter");
		await expect.poll(() => page.url()).toContain("day=2020-06-01");
		await page.keyboard.press("Space");
		await expect.poll(() => page.url()).not.toContain("day=2020-06-01");
		await page.keyboard.press("Space");
		await page.keyboard.press("[");
		expect(await page.evaluate(() => history.length)).toBe(entries);
	});

	test("a reload shows the day of the address, whoever watches the newest has none in it, and a day that is not there is said in words", async () => {
		const shown = () => page.getByTestId("kpis").getAttribute("data-day");
		const dayOf = (iso: string) => String(Date.parse(iso) / 86_400_000);
		await find("1 Jun 2020");
		await page.keyboard.press("Enter");
		await expect.poll(() => page.url()).toContain("day=2020-06-01");
		await page.reload();
		await expect.poll(shown).toBe(dayOf("2020-06-01"));
		await page.keyboard.press("End");
		await expect.poll(() => page.url()).not.toContain("day=");
		await expect.poll(shown).toBe(dayOf("2020-12-26"));
		await page.goto(at("#/situasi?area=35.24&day=2035-01-01"));
		await expect(page.getByTestId("refused")).toContainText("1 Jan 2035");
		await expect.poll(shown).toBe(dayOf("2020-12-26"));
		await page.getByTestId("refused").getByRole("button").click();
		await expect.poll(() => page.url()).not.toContain("day=");
	});

	test("an indicator and a command are found by their words in the other language too", async () => {
		await find("deaths");
		await page.keyboard.press("Enter");
		await expect.poll(() => page.url()).toContain("indicator=deaths");
		await find("all of indonesia");
		await page.keyboard.press("Enter");
		await expect.poll(area).toBeUndefined();
		await page.goBack();
		await page.goBack();
		expect(area()).toBe("35.24");
		await expect.poll(() => page.url()).not.toContain("indicator=deaths");
		// From a screen without figures it leads to where they are seen.
		await page.goto(at("#/pengaturan"));
		await find("sembuh");
		await page.keyboard.press("Enter");
		await expect.poll(() => page.url()).toContain("indicator=recovered");
		await expect(page.getByTestId("kpis")).toBeVisible();
		await page.goto(at("#/situasi?area=35.24"));
	});

	test("an area or a screen that is not there is said in words and does not stay in the address", async () => {
		await page.goto(at("#/situasi?area=99.99"));
		await expect(page.getByTestId("refused")).toContainText("99.99");
		await expect(breadcrumb()).toContainText("Indonesia");
		expect(area()).toBeUndefined();
		await shot("refused");
		await page.goto(at("#/cuaca?area=35"));
		await expect(page.getByTestId("refused")).toContainText("cuaca");
		await expect(breadcrumb()).toContainText("Jawa Timur");
		expect(page.url()).toContain("#/situasi");
	});

	test("? shows the keys, Escape closes what is open, and only then leads up", async () => {
		await page.goto(at("#/situasi?area=35"));
		await page.locator("body").press("?");
		await expect(page.getByTestId("key-help")).toContainText("Ctrl");
		// Of the screens those that the guest of an exercise may open.
		await expect(page.getByTestId("key-help")).toContainText("g p");
		await expect(page.getByTestId("key-help")).not.toContainText("g j");
		await shot("keys");
		await page.keyboard.press("Escape");
		await expect(page.getByTestId("key-help")).toBeHidden();
		await find("bali");
		await page.keyboard.press("Escape");
		await expect(palette()).toBeHidden();
		for (const opener of ["as-known", "sync-state", "person"]) {
			await page.getByTestId(opener).click();
			const opened = page.locator("[role=dialog]:visible, [role=menu]:visible");
			await expect(opened.first(), opener).toBeVisible();
			await page.keyboard.press("Escape");
			await expect(opened, opener).toHaveCount(0);
		}
		expect(area()).toBe("35");
		await page.locator("body").press("Escape");
		await expect(breadcrumb()).not.toContainText("Jawa Timur");
	});

	test("the rail narrows to icons; a wall has none", async () => {
		const rail = page.getByTestId("rail");
		const wide = (await rail.boundingBox())?.width ?? 0;
		await rail.getByRole("button").click();
		await expect
			.poll(async () => (await rail.boundingBox())?.width ?? 0)
			.toBeLessThan(wide);
		await rail.getByRole("button").click();
		await page.goto(at("#/situasi?wall=1"));
		await expect(rail).toBeHidden();
		await expect(page.getByTestId("palette-open")).toBeHidden();
		await page.goto(at("#/situasi"));
		await expect(rail).toBeVisible();
		// So has a window with the role of a wall, whatever its address says.
		for (const [role, rails] of [
			["wall", 0],
			["official", 1],
		] as const) {
			await page.getByTestId("person").click();
			await page.getByTestId(`role-${role}`).click();
			await expect(rail).toHaveCount(rails);
			// There the palette offers none of what only whoever sits may have.
			await page.keyboard.press("Control+k");
			const offers = palette().getByRole("option");
			await expect(offers.filter({ hasText: "Cetak" })).toHaveCount(1);
			for (const seated of ["Pengaturan", "menu layar", "Susunan layar"])
				await expect(offers.filter({ hasText: seated }), seated).toHaveCount(
					rails,
				);
			await page.keyboard.press("Escape");
			// A language chosen where nobody may keep it holds for this window.
			const language = page.getByTestId("language");
			await language.getByText("EN").click();
			await page.keyboard.press("Control+k");
			await expect(offers.filter({ hasText: "Print" })).toHaveCount(1);
			await page.keyboard.press("Escape");
			await language.getByText("ID").click();
			await expect(page.locator("html")).toHaveAttribute("lang", "id");
		}
	});

	test("what a figure means is one press away, and leads to its term in the dictionary, where stands who states it", async () => {
		await page.goto(at("#/situasi?area=35&lang=id"));
		await page
			.getByTestId("trend-panel")
			.getByTestId("meaning-of-confirmed")
			.click();
		const meaning = page.getByTestId("meaning-confirmed");
		await expect(meaning).toContainText("RT-PCR");
		// Closed by keys it leaves whoever works by them where they were.
		await page.keyboard.press("Escape");
		await expect(meaning).toHaveCount(0);
		await expect(
			page.getByTestId("trend-panel").getByTestId("meaning-of-confirmed"),
		).toBeFocused();
		await page.keyboard.press("Enter");
		await meaning.getByRole("button", { name: "Buka di Kamus data" }).click();
		await expect.poll(() => new URL(page.url()).hash).toContain("#/kamus?");
		await expect(
			page.getByTestId("dictionary-sources").locator("tbody tr"),
		).not.toHaveCount(0);
		await page.keyboard.press("/");
		await page.keyboard.type("under monitoring");
		const found = page
			.getByRole("navigation", { name: "Istilah" })
			.getByRole("button");
		await expect(found).toHaveText(["ODP"]);
		await found.click();
		await expect(page.getByTestId("dictionary")).toContainText("13 Jul 2020");
		expect(new URL(page.url()).hash).toContain("entry=odp");
	});

	test("every screen opens at its address in both languages, named in the title, without a finding of axe", async () => {
		test.setTimeout(300_000);
		// Those that the guest of an exercise may open; the others are opened in writes.spec and integration.spec.
		for (const { key } of SCREENS.filter(({ role }) =>
			role.includes("official"),
		))
			for (const language of ["id", "en"]) {
				await page.goto(at(`#/${key}?area=35&lang=${language}`));
				await expect(page.getByTestId(`rail-${key}`)).toHaveAttribute(
					"aria-current",
					"page",
				);
				await expect(page.locator("html")).toHaveAttribute("lang", language);
				await expect(page).toHaveTitle(/^Jawa Timur · .+ · BLC Command$/);
				await expect(page.locator("main")).toBeVisible();
				await page.waitForLoadState("networkidle").catch(() => {});
				const { violations } = await new AxeBuilder({ page }).analyze();
				expect(
					violations.map(
						({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`,
					),
					`${key} ${language}`,
				).toEqual([]);
			}
	});

	test("nothing of the frame is cut from a laptop to a wall", async () => {
		await page.goto(at("#/situasi?lang=id"));
		for (const [width, height] of [
			[1366, 768],
			[1920, 1080],
			[3840, 2160],
		] as const) {
			await page.setViewportSize({ width, height });
			await page.waitForTimeout(1500);
			await shot(`${width}`);
			const cut = await page.evaluate(() =>
				[
					...document.querySelectorAll<HTMLElement>(
						"header:has([data-testid=header]) *, nav *",
					),
				]
					.filter(
						(one) =>
							one.childElementCount === 0 &&
							one.tagName !== "INPUT" &&
							one.scrollWidth > one.clientWidth + 1 &&
							getComputedStyle(one).display !== "inline",
					)
					.map((one) => one.outerHTML),
			);
			expect(cut, `${width}x${height}`).toEqual([]);
		}
		await page.setViewportSize({ width: 1366, height: 768 });
	});

	test("nothing of all this was an error in the console", () => {
		expect(complaints).toEqual([]);
	});

	test("a screen that fails says so in its own frame, and everything around it lives", async () => {
		const chunk = /\/assets\/screen-[^/]*\.js$/;
		await page.route(chunk, (route) =>
			route.fulfill({
				contentType: "text/javascript",
				body: "export default function Broken() { throw new Error('a broken screen') }",
			}),
		);
		await page.goto("about:blank");
		await page.goBack();
		await page.reload();
		await expect(page.getByTestId("screen-failed")).toContainText(
			"a broken screen",
		);
		await shot("failed");
		await expect(page.getByTestId("rail")).toBeVisible();
		await expect(page.getByTestId("exercise-banner")).toBeVisible();
		await find("bali");
		await page.keyboard.press("Enter");
		await expect(breadcrumb()).toContainText("Bali");
		await page.unroute(chunk);
		await page
			.getByTestId("screen-failed")
			.getByRole("button", { name: "Muat ulang" })
			.click();
		await expect(page.getByTestId("kpis")).toBeVisible();
		await expect(breadcrumb()).toContainText("Bali");
	});
});
