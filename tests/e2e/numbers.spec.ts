import { expect, type Page, test } from "@playwright/test";
import { pdfText } from "../fixtures/pdf-text.ts";
import {
	jawaTimurFile,
	provincesFile,
	writeMadeFile,
} from "../fixtures/spring-2020.ts";
import { type OpenSystem, openSystem } from "../fixtures/system.ts";

/** The right values of April 2020 on the screen, from files that the test writes: nothing but a clone is needed. */
test.describe("one number, one value", () => {
	test.describe.configure({ mode: "serial" });

	let system: OpenSystem;
	let page: Page;

	test.beforeAll(async ({ browser }) => {
		test.setTimeout(300_000);
		system = await openSystem(browser, (folder) => [
			["ingest", "jatim-kabkota", writeMadeFile(folder, jawaTimurFile())],
			[
				"ingest",
				"covid19goid-provinsi",
				writeMadeFile(folder, provincesFile("2020-06-08")),
			],
		]);
		page = system.page;
	});
	test.afterAll(() => system?.close());

	async function show(area: string, day: string, more = ""): Promise<void> {
		await page.evaluate((hash) => {
			location.hash = hash;
		}, `#/situasi?area=${area}&day=${day}${more}`);
		await expect(page.getByTestId("kpis")).toHaveAttribute(
			"data-day",
			String(Date.parse(day) / 86_400_000),
		);
	}
	const head = (panel: string) =>
		page.getByTestId(panel).getByTestId("freshness");
	const closeExplanation = async (): Promise<void> => {
		await page.keyboard.press("Escape");
		await expect(page.getByTestId("explain-value")).toBeHidden();
	};

	/** The first of all: what is chosen later is a person's choice. */
	test("the first picture is of the provinces, which report to June, and not of kabupaten/kota that end in April", async () => {
		await expect(
			page.getByTestId("map-level").getByRole("radio", { name: "Provinsi" }),
		).toBeChecked();
		await expect(page.getByTestId("map-hint")).toBeHidden();
		await expect(page).toHaveTitle(
			/^Indonesia · \d{1,2} Jun 2020 · Situasi · BLC Command$/,
		);
	});

	test("on 12 April Jawa Timur has 386 confirmed and 29 deaths; the national portal's 337 and 24 stand beside them", async () => {
		await show("35", "2020-04-12");
		for (const [indicator, shown, other] of [
			["confirmed", "386", "337"],
			["deaths", "29", "24"],
		] as const) {
			await expect(page.getByTestId(`kpi-value-${indicator}`)).toHaveText(
				shown,
			);
			await page.getByTestId(`kpi-${indicator}`).click();
			await expect(page.getByTestId("explain-value")).toHaveText(shown);
			await expect(page.getByTestId("explain-sources")).toContainText(other);
			await closeExplanation();
		}
	});

	test("on 4 April tile, map, table, trend and drawer all say 37 of 38 and name Lamongan, whatever measure is coloured", async () => {
		for (const measure of ["total", "new7", "new7per100k"]) {
			await show("35", "2020-04-04", `&measure=${measure}`);
			await expect(page.getByTestId("kpi-value-confirmed")).toHaveText("142");
			await expect(page.getByTestId("kpi-missing-confirmed")).toHaveText(
				"37 dari 38 kab/kota; tanpa Kab. Lamongan",
			);
			for (const panel of ["map-panel", "table-panel", "trend-panel"])
				await expect(head(panel)).toContainText("37 dari 38 kab/kota");
		}
		await page.getByTestId("kpi-confirmed").click();
		await expect(page.getByTestId("explain-completeness")).toContainText(
			"Kabupaten Lamongan (35.24)",
		);
		await closeExplanation();
	});

	test("the silent area itself is not reported, and its neighbours are not said to be silent with it", async () => {
		await show("35.24", "2020-04-04");
		await expect(page.getByTestId("kpi-value-confirmed")).toHaveText(
			"tidak dilaporkan",
		);
		for (const panel of ["map-panel", "table-panel"])
			await expect(head(panel)).toContainText("37 dari 38 kab/kota");
		await expect(page.getByTestId("map-hint")).toBeHidden();
	});

	test("one province of 34 is not Indonesia: the tile says so in words of one size, and names who is missing", async () => {
		await show("ID", "2020-04-12");
		await expect(page.getByTestId("kpi-value-odp")).toHaveText(
			"1 dari 34 provinsi: 14.092",
		);
		await expect(page.getByTestId("kpi-missing-odp")).toContainText(
			"tanpa Aceh",
		);
		await show("ID", "2020-04-12", "&indicator=odp");
		await expect(page.getByTestId("trend-explain")).toContainText(
			"1 dari 34 provinsi: 14.092",
		);
	});

	test("the drawer is headed by the number that was clicked, and its days add up to it", async () => {
		await show("35", "2020-04-12");
		const cell = page
			.locator('.ag-row:has-text("35.78") .ag-cell[col-id="new7"]')
			.first();
		const clicked = await cell.innerText();
		await cell.click();
		await expect(page.getByTestId("explain-value")).toHaveText(clicked);
		await expect(page.getByTestId("proof-days")).toContainText(clicked);
		await closeExplanation();
	});

	test("active cases show their three parts, and no source that cannot speak of the area", async () => {
		await show("31", "2020-04-12", "&indicator=active");
		// 1,541 - 114 - 240
		await expect(page.getByTestId("kpi-value-active")).toHaveText("1.187");
		await page.getByTestId("kpi-active").click();
		await expect(page.getByTestId("proof-confirmed")).toContainText("1.541");
		await expect(page.getByTestId("proof-recovered")).toContainText("114");
		await expect(page.getByTestId("proof-deaths")).toContainText("240");
		await expect(page.getByTestId("explain")).not.toContainText(
			"Pemerintah Provinsi Jawa Timur",
		);
		await closeExplanation();
	});

	test("a change of source is named where the figure is missing for it", async () => {
		await show("35", "2020-04-13");
		await expect(page.getByTestId("kpi-value-confirmed")).toHaveText("389");
		await expect(page.getByTestId("kpi-confirmed")).toContainText(
			/Sumber berganti: .*Jawa Timur.* → .*covid19\.go\.id/,
		);
		await expect(page.getByTestId("trend-source")).toContainText("→");
	});

	test("what was not known yet is told from what was not reported, and a day before anything was known is refused", async () => {
		await show("35", "2020-04-15", "&known=2020-04-12");
		await expect(page.getByTestId("kpi-value-confirmed")).toHaveText(
			"belum diketahui",
		);
		await show("35", "2020-04-12", "&known=1990-01-01");
		await expect(page.getByTestId("known-refused")).toContainText("1 Jan 1990");
		await expect(page.getByTestId("kpi-value-confirmed")).toHaveText("386");
		await page.getByTestId("as-known").click();
		await page.getByTestId("as-known-input").fill("1990-01-01");
		await page.keyboard.press("Enter");
		await expect(page.getByText(/Data diketahui sejak/).last()).toBeVisible();
		await page.keyboard.press("Escape");
	});

	test("the day of knowledge is typed and picked as in Indonesia, and the control says what it does in both languages", async () => {
		await show("35", "2020-04-12");
		const control = page.getByTestId("as-known");
		await expect(control).toHaveText("Seperti diketahui sekarang");
		for (const typed of ["8-6-2020", "8 Jun 2020", "8 Juni 2020"]) {
			await control.click();
			await page.getByTestId("as-known-input").fill(typed);
			await page.keyboard.press("Enter");
			await expect(control).toHaveText("Seperti diketahui 8 Jun 2020");
			await expect(page).toHaveTitle(/Diketahui 8 Jun 2020/);
			await show("35", "2020-04-12");
			await expect(control).toHaveText("Seperti diketahui sekarang");
		}
		await show("35", "2020-04-12", "&lang=en");
		await control.click();
		await expect(page.getByTestId("calendar")).toContainText("June 2020");
		await page.getByTestId("calendar-2020-06-01").click();
		await expect(control).toHaveText("As known on 1 Jun 2020");
		await show("35", "2020-04-12", "&lang=id");
	});

	test("a filter stays in the area it was typed for, and / leads to it", async () => {
		await show("35", "2020-04-12");
		await page.locator("body").press("/");
		await page.keyboard.type("Kota");
		const filter = page.getByTestId("table-filter");
		await expect(filter).toHaveValue("Kota");
		await expect(page.locator(".ag-row")).toHaveCount(10);
		await show("ID", "2020-04-12");
		await expect(filter).toHaveValue("");
		await expect(page.locator('.ag-row:has-text("Bali")')).toBeVisible();
		await filter.fill("Bali");
		await filter.press("Escape");
		await expect(filter).toHaveValue("");
		await expect(filter).not.toBeFocused();
	});

	test("the silent come to the top by a button and by its key, and their order stays in another language", async () => {
		await show("35", "2020-04-04");
		const first = page.locator('.ag-row[row-index="0"]');
		await expect(first).not.toContainText("Lamongan");
		await page.locator("body").press("s");
		await expect(page.getByTestId("table-silent-first")).toHaveAttribute(
			"aria-pressed",
			"true",
		);
		await expect(first).toContainText("Lamongan");
		await page.getByTestId("table-silent-first").click();
		await expect(first).not.toContainText("Lamongan");
		const head = page.locator('.ag-header-cell[col-id="name"]');
		await head.click();
		await expect(head).toHaveAttribute("aria-sort", "ascending");
		await page.getByText("EN", { exact: true }).click();
		await expect(page.locator("html")).toHaveAttribute("lang", "en");
		await expect(head).toContainText("Area");
		await expect(head).toHaveAttribute("aria-sort", "ascending");
		await expect(first).toContainText("Bangkalan");
		await page.getByText("ID", { exact: true }).last().click();
		await expect(page.locator("html")).toHaveAttribute("lang", "id");
	});

	test("e explains the figure of the selected area, and the list of keys names it", async () => {
		await show("35", "2020-04-12", "&indicator=deaths");
		await page.locator("body").press("e");
		await expect(page.getByTestId("explain-value")).toHaveText("29");
		await closeExplanation();
		await page.locator("body").press("?");
		const keys = page.getByTestId("key-help");
		for (const text of [
			"Saring tabel di layar ini",
			"Dari mana angka wilayah terpilih?",
			"Yang diam di atas tabel",
		])
			await expect(keys).toContainText(text);
		await page.keyboard.press("Escape");
		await expect(keys).toBeHidden();
	});

	test("the notes of a column are signs throughout, with what they mean below", async () => {
		await show("35", "2020-04-12");
		await expect(
			page.locator(
				'.ag-cell[col-id="marks"] abbr > span:not([aria-hidden], .unseen)',
			),
		).toHaveCount(0);
		await expect(
			page.getByTestId("table-panel").getByTestId("mark-key"),
		).toContainText("koreksi");
	});

	test("a short series has an axis of its own, which is looked at closer by button, wheel, drag and key, and whole again", async () => {
		await show("35.78", "2020-04-12");
		const frame = page.getByTestId("trend-frame");
		const ends = async () =>
			(
				await Promise.all(
					["data-from", "data-to"].map((name) => frame.getAttribute(name)),
				)
			).map(Number);
		const day = (iso: string) => Date.parse(iso) / 86_400_000;
		const whole = [day("2020-03-20"), day("2020-04-12")];
		await expect.poll(ends).toEqual(whole);
		const width = async () => {
			const [from = 0, to = 0] = await ends();
			return to - from;
		};
		await page.getByTestId("trend-closer").click();
		await expect.poll(width).toBeLessThan(16);
		await page.getByTestId("trend-whole").click();
		await expect.poll(ends).toEqual(whole);
		const plot = page.locator("[data-testid=trend-chart] .u-over");
		await plot.hover();
		await page.mouse.wheel(0, -300);
		await expect.poll(width).toBeLessThan(22);
		await page.getByTestId("trend-closer").focus();
		await page.keyboard.press("0");
		await expect.poll(ends).toEqual(whole);
		const box = await plot.boundingBox();
		if (!box) throw new Error("no plot");
		const before = page.url();
		await page.mouse.move(box.x + box.width * 0.5, box.y + 20);
		await page.mouse.down();
		await page.mouse.move(box.x + box.width * 0.95, box.y + 20, { steps: 4 });
		await page.mouse.up();
		await expect.poll(width).toBeLessThan(13);
		// What ended the drag did not choose a day.
		expect(page.url()).toBe(before);
		await page.getByTestId("trend-whole").click();
		await expect.poll(ends).toEqual(whole);
	});

	test("the trend leaves as CSV with what it is of on every row, and as a picture", async () => {
		await show("35.78", "2020-04-12");
		const exported = (item: number) =>
			system.saved(async () => {
				await page.getByTestId("trend-export").click();
				await page.getByRole("menuitem").nth(item).click();
			});
		const csv = await exported(1);
		expect(csv.name).toBe("blc-tren_35.78_confirmed_2020-04-12.csv");
		const lines = csv.bytes.toString("utf8").split("\r\n");
		expect(lines[0]).toMatch(
			/^"Tanggal","Indikator","Diketahui per","Sumber","Wilayah","Kode","Jumlah"/,
		);
		expect(lines.find((line) => line.startsWith('"2020-04-12"'))).toMatch(
			/^"2020-04-12","confirmed","\d{4}-[^"]+Z","[^"]*Jawa Timur[^"]*","Kota Surabaya","35\.78","180",/,
		);
		const picture = await exported(2);
		expect(picture.name).toBe("blc-tren_35.78_confirmed_2020-04-12.png");
		expect(picture.bytes.subarray(1, 4).toString()).toBe("PNG");
		expect(picture.bytes.length).toBeGreaterThan(2_000);
	});

	test("a legend with nothing to class names no class", async () => {
		await show("35", "2020-04-12", "&indicator=tests");
		await expect(page.getByTestId("map-legend")).not.toContainText("NaN");
		await expect(page.getByTestId("map-legend")).toContainText(
			"Tidak ada laporan",
		);
	});

	test("a rate over estimated people is marked on map and table", async () => {
		await show("35", "2020-04-12", "&measure=per100k");
		await expect(page.getByTestId("legend-estimated")).toContainText(
			"perkiraan",
		);
		await expect(page.getByTestId("table-estimated")).toContainText(
			"perkiraan",
		);
		await expect(
			page.locator('.ag-row .ag-cell[col-id="per100k"]').first(),
		).toContainText("≈");
	});

	test("the plain CSV has a comma between cells and a decimal point", async () => {
		await show("35", "2020-04-12");
		const { bytes } = await system.saved(async () => {
			await page.getByTestId("table-export").click();
			await page.getByRole("menuitem").nth(1).click();
		});
		const text = bytes.toString("utf8");
		const surabaya = text.split(/\r?\n/).find((line) => line.includes("35.78"));
		expect(surabaya).toMatch(/^"Kota Surabaya","35\.78","180",/);
		expect(surabaya).toMatch(/"4\.\d+"/);
		// What it is of: day, indicator, as known when, whose figure, and the area above.
		expect(surabaya).toMatch(
			/"2020-04-12","confirmed","\d{4}-[^"]+Z","[^"]*Jawa Timur[^"]*","35"$/,
		);
		expect(text).toMatch(
			/^"Wilayah","Kode","Jumlah".*"Tanggal","Indikator","Diketahui per","Sumber","Kode wilayah induk"\r\n/,
		);
	});

	// In Electron the bridge is the real one (tests/electron), and only Chromium prints a page to a file.
	if (!process.env.BLC_ELECTRON) {
		test("in the desktop application the table is saved through its bridge, and what goes wrong is said", async () => {
			await show("35", "2020-04-12");
			// What preload/bridge hands to a page there.
			await page.evaluate(() => {
				const saved: { name: string; text: string }[] = [];
				Object.assign(window, {
					saved,
					blc: {
						save: async (request: { name: string; bytes: Uint8Array }) => {
							if (saved.length > 0) throw new Error("ENOSPC");
							saved.push({
								name: request.name,
								text: new TextDecoder().decode(request.bytes),
							});
							return true;
						},
					},
				});
			});
			const exportPlain = async () => {
				await page.getByTestId("table-export").click();
				await page.getByRole("menuitem").nth(1).click();
			};
			await exportPlain();
			const saved = await page.evaluate(
				() =>
					(window as unknown as { saved: { name: string; text: string }[] })
						.saved,
			);
			expect(saved).toHaveLength(1);
			expect(saved[0]?.name).toMatch(/^[\w .-]+\.csv$/);
			expect(saved[0]?.text).toContain('"Kota Surabaya","35.78","180"');
			await exportPlain();
			await expect(
				page.getByText("Tidak dapat menyimpan berkas"),
			).toContainText("ENOSPC");
			await page.evaluate(() => {
				delete (window as { blc?: unknown }).blc;
			});
		});

		test("every kabupaten/kota is on paper, the silent one and the trend too, on sheets that are numbered to their last", async () => {
			await show("35", "2020-04-04");
			const sheets = pdfText(
				await page.pdf({ preferCSSPageSize: true, printBackground: true }),
			);
			const codes = new Set(sheets.join("\n").match(/\b35\.(?!00)\d\d\b/g));
			expect(codes.size).toBe(38);
			expect(sheets.join("\n")).toContain("Tren");
			expect(sheets.join("\n")).toContain("Lamongan");
			// Chromium counts the sheets before it paints them: a page that grows afterwards is cut at the last one counted.
			const counted = sheets.map((sheet) =>
				Number(/ \/ ?\n?(\d+)/.exec(sheet)?.[1]),
			);
			expect(counted).toEqual(sheets.map(() => sheets.length));
		});

		test("names of missing areas are whole on paper", async () => {
			await show("ID", "2020-04-12", "&indicator=odp");
			await page.emulateMedia({ media: "print" });
			const cut = await page
				.locator("[data-testid^=kpi-missing-]")
				.evaluateAll((all) =>
					all.some((one) => one.scrollHeight > one.clientHeight + 1),
				);
			await page.emulateMedia({ media: null });
			expect(cut).toBe(false);
			await show("35", "2020-04-04");
		});

		test("a printed table keeps the person's filter and says what it leaves out", async () => {
			await page.getByTestId("table-filter").fill("Kota");
			await expect(page.locator(".ag-row")).toHaveCount(10);
			const paper = pdfText(
				await page.pdf({ preferCSSPageSize: true, printBackground: true }),
			).join("\n");
			expect(new Set(paper.match(/\b35\.7\d\b/g)).size).toBe(9);
			expect(paper).toContain("10 dari 39 baris; 29 tidak dicetak");
			expect(paper).toContain("Kota");
			// The screen is as it was: the filter is still there.
			await expect(page.getByTestId("table-filter")).toHaveValue("Kota");
			await expect(page.locator(".ag-row")).toHaveCount(10);
			await page.getByTestId("table-filter").fill("");
		});
	}
});
