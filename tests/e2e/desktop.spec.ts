import { expect, type Page, test } from "@playwright/test";
import { provincesFile, writeMadeFile } from "../fixtures/spring-2020.ts";
import { type OpenSystem, openSystem } from "../fixtures/system.ts";

/** What the screens do with what the desktop application tells them; its bridge is played by the test. */
test.describe("what the desktop hands to the screens", () => {
	test.describe.configure({ mode: "serial" });
	let system: OpenSystem;
	let page: Page;
	const dialog = () => page.getByTestId("opened-file");

	test.beforeAll(async ({ browser }) => {
		test.setTimeout(240_000);
		system = await openSystem(browser, (folder) => [
			[
				"ingest",
				"covid19goid-provinsi",
				writeMadeFile(folder, provincesFile("2020-06-08")),
			],
		]);
		page = system.page;
		await page.addInitScript(() => {
			const asked = { file: null as unknown, tell: () => {} };
			Object.assign(window, {
				opened: asked,
				blc: {
					displays: async () => [],
					fillDisplay: async () => {},
					save: async () => ({ saved: true, problem: null }),
					print: async () => {},
					keepAwake: async () => {},
					openedFile: async () => {
						const { file } = asked;
						asked.file = null;
						return file;
					},
					onOpenedFile: (listener: () => void) => {
						asked.tell = listener;
					},
				},
			});
		});
		await page.reload();
		await page.getByTestId("rail").waitFor();
	});
	test.afterAll(() => system?.close());

	/** A person opens a file with the application. */
	const open = (name: string, text: string | null, problem: string | null) =>
		page.evaluate(
			(file) => {
				const { opened } = window as unknown as {
					opened: { file: unknown; tell(): void };
				};
				opened.file = file;
				opened.tell();
			},
			{ name, text, problem },
		);
	const scenes = (more: object) =>
		JSON.stringify({ kind: "blc-scenes", version: 1, ...more });

	test("a file that is opened is asked about, and brought in by the import of its screen", async () => {
		const text = await page.evaluate(async () => {
			const answer = await fetch("/api/settings/export");
			return ((await answer.json()) as { text: string }).text;
		});
		await open("ruang kendali.blc", text, null);
		await expect(dialog()).toContainText("ruang kendali.blc");
		await expect(dialog()).toContainText("diganti");
		await page.screenshot({ path: "test-results/screens/opened-file.png" });
		await dialog()
			.getByRole("button", { name: "Masukkan", exact: true })
			.click();
		await expect(dialog().getByRole("status")).toBeVisible();
		await dialog().getByRole("button", { name: "Tutup" }).last().click();
		await expect(dialog()).toHaveCount(0);
	});

	test("one that is damaged, of a later version, or none of ours changes nothing and says so", async () => {
		await open("rusak.blc", scenes({ scenes: "?" }), null);
		await dialog()
			.getByRole("button", { name: "Masukkan", exact: true })
			.click();
		await expect(dialog().getByRole("alert")).toContainText("rusak");
		// Another in its place is asked about anew.
		await open("besok.blc", scenes({ version: 99 }), null);
		await expect(dialog().getByRole("alert")).toHaveCount(0);
		await dialog()
			.getByRole("button", { name: "Masukkan", exact: true })
			.click();
		await expect(dialog().getByRole("alert")).toContainText("lebih baru");
		await open("lain.blc", "<html>", null);
		await expect(dialog()).toContainText("bukan");
		await expect(
			dialog().getByRole("button", { name: "Masukkan", exact: true }),
		).toHaveCount(0);
		await open("hilang.blc", null, "hilang.blc tidak dapat dibaca");
		await expect(dialog()).toContainText("tidak dapat dibaca");
		await page.keyboard.press("Escape");
		await expect(dialog()).toHaveCount(0);
	});

	test("a newer version is named in About with where its installer lies, and what was refused with its reason", async () => {
		let update: object = {
			kind: "ready",
			version: "0.2.0",
			path: "C:\\Users\\rina\\AppData\\Local\\blc-command\\updates\\blc-command-0.2.0-win-x64.exe",
		};
		await page.route("**/api/installation*", async (route) => {
			const answer = await route.fetch();
			await route.fulfill({
				response: answer,
				json: { ...((await answer.json()) as object), update },
			});
		});
		const about = page.getByTestId("about");
		const look = async () => {
			await page.reload();
			await page.getByTestId("rail").waitFor();
			await page.keyboard.press("Control+K");
			const palette = page.getByTestId("palette");
			await palette.getByRole("combobox").fill("Tentang aplikasi");
			await page
				.getByRole("option", { name: "Tentang aplikasi" })
				.first()
				.click();
			await expect(about).toBeVisible();
		};
		await look();
		await expect(about.getByRole("status")).toContainText("0.2.0");
		await expect(about.getByRole("status")).toContainText(
			"blc-command-0.2.0-win-x64.exe",
		);
		await page.screenshot({ path: "test-results/screens/about-update.png" });
		update = {
			kind: "fault",
			message: "\\\\server\\blc: it is not signed by the key 0011223344556677",
		};
		await look();
		await expect(about.getByRole("status")).toContainText("not signed");
		await page.screenshot({ path: "test-results/screens/about-fault.png" });
		await page.unroute("**/api/installation*");
	});
});
