import { readFileSync, writeFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import {
	type Dialog,
	expect,
	type Page,
	type Request,
	test,
} from "@playwright/test";
import { PERSON_ROLES } from "../../core/access/role.ts";
import { SCREENS } from "../../renderer/screens/all.ts";
import { pointAt } from "../fixtures/inset.ts";
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

/** What people change, seen from the screen: on a small real dataset of files that the test writes. */
test.describe("what people change", () => {
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
		await hub.addPerson("oki", "official");
		await hub.addPerson("ana", "analyst");
		await hub.addPerson("pur", "planner");
		await hub.addPerson("adi", "administrator");
		await hub.addPerson("rina", "data-manager");
		await hub.addPerson("wati", "data-manager", "35");
		screens = await openScreens(browser, `${folder.path}/workstation`, hub);
		page = screens.page;
		await expect(page.getByTestId("kpis")).toBeVisible({ timeout: 60_000 });
	});
	test.afterAll(async () => {
		await screens?.close();
		await hub?.stop();
		folder.remove();
	});

	async function show(
		area: string,
		day = "2020-04-12",
		more = "",
	): Promise<void> {
		await page.evaluate((hash) => {
			location.hash = hash;
		}, `#/situasi?area=${area}&day=${day}${more}`);
		await expect(page.getByTestId("kpis")).toHaveAttribute(
			"data-day",
			String(Date.parse(day) / 86_400_000),
		);
	}
	async function become(name: string, at = page): Promise<void> {
		await at.getByTestId("person").click();
		await at.getByTestId("sign-out").click();
		await signIn(at, name);
		await expect(at.getByTestId("kpis")).toBeVisible();
	}
	const confirmed = () => page.getByTestId("kpi-value-confirmed");
	const explain = async () => {
		await page.getByTestId("kpi-confirmed").click();
		await expect(page.getByTestId("explain-value")).toBeVisible();
	};
	const close = async () => {
		await page.keyboard.press("Escape");
		await expect(page.getByTestId("explain-value")).toBeHidden();
	};
	const override = async (of: Page, value: string, reason: string) => {
		await of.getByTestId("override-value").fill(value);
		await of.getByTestId("override-source").fill("Telepon dinkes");
		await of.getByTestId("override-form-reason").fill(reason);
		await of.getByTestId("override-form-order").click();
		await expect(of.getByTestId("override-form")).toBeHidden();
	};
	const undo = async (reason: string) => {
		await page.getByTestId("undo-form-reason").fill(reason);
		await page.getByTestId("undo-form-order").click();
	};

	test("whoever only looks is offered nothing to change, and the server refuses it", async () => {
		for (const [name, role] of [
			["oki", "Pejabat"],
			["ana", "Analis"],
			["pur", "Perencana logistik"],
		] as const) {
			await become(name);
			await expect(page.getByTestId("person")).toHaveText(role);
			await show("35");
			await expect(page.getByTestId("tray")).toBeHidden();
			await explain();
			await expect(page.getByTestId("explain-sources")).toBeVisible();
			await expect(page.getByTestId("override-open")).toBeHidden();
			await expect(
				page.getByRole("button", { name: /Tarik berkas/ }),
			).toHaveCount(0);
			await close();
			const refused = await page.evaluate(async () => {
				const answer = await fetch("/api/command", {
					method: "POST",
					headers: { "content-type": "application/json" },
					body: JSON.stringify({
						id: crypto.randomUUID(),
						name: "withdraw-file",
						basedOn: null,
						request: { file: 1, reason: "because I can" },
					}),
				});
				return [answer.status, (await answer.json()).code];
			});
			expect(refused).toEqual([403, "not-allowed"]);
		}
	});

	test("every role that a person may have signs in, is named, and is led to the screens of its own and no other", async () => {
		const told: Record<string, [name: string, label: string]> = {
			official: ["oki", "Pejabat"],
			analyst: ["ana", "Analis"],
			planner: ["pur", "Perencana logistik"],
			"data-manager": ["dian", "Pengelola data"],
			administrator: ["adi", "Administrator"],
		};
		for (const role of PERSON_ROLES) {
			const [name = "", label = ""] = told[role] ?? [];
			await become(name);
			await expect(page.getByTestId("person")).toHaveText(label);
			for (const screen of SCREENS) {
				const open = screen.role.includes(role);
				await expect(
					page.getByTestId(`rail-${screen.key}`),
					`${role}: ${screen.key}`,
				).toHaveCount(open ? 1 : 0);
				await page.evaluate((key) => {
					location.hash = `#/${key}`;
				}, screen.key);
				if (open) await expect(page.locator("main")).toBeVisible();
				else await expect(page.locator("main")).toContainText("hanya untuk");
			}
			await page.evaluate(() => {
				location.hash = "#/situasi";
			});
			await expect(page.getByTestId("kpis")).toBeVisible();
		}
	});

	test("whoever signs out on any screen, here or in the window beside, leaves no question behind that is refused", async () => {
		const refused: string[] = [];
		const beside = await page.context().newPage();
		const underWay = new Set<Request>();
		let moved = Date.now();
		const asking = (one: Request) => {
			if (!one.url().endsWith("/api/events")) underWay.add(one);
			moved = Date.now();
		};
		const answered = (one: Request) => {
			underWay.delete(one);
			moved = Date.now();
		};
		for (const one of [page, beside]) {
			one.on("response", (response) => {
				if (response.status() >= 400)
					refused.push(`${response.status()} ${response.url()}`);
			});
			one.on("request", asking);
			one.on("requestfinished", answered);
			one.on("requestfailed", answered);
		}
		// A window cannot know of a person who leaves in another before it is told: what it had asked until then is refused by right.
		const atRest = async () => {
			// What lies below the figures is asked for once they are there, and a map may take its time without asking for anything.
			for (const either of [page, beside])
				for (const map of await either.getByTestId("map").all())
					await expect(map).toHaveAttribute("data-ready", "true");
			await expect
				.poll(() => underWay.size === 0 && Date.now() - moved > 1_000)
				.toBe(true);
		};
		await become("adi");
		await beside.goto(page.url());
		for (const [at, { key }] of SCREENS.entries()) {
			// In turn from this window and from the one beside it, which show the same screen.
			const one = at % 2 === 0 ? page : beside;
			for (const either of [page, beside]) {
				await either.evaluate((to) => {
					location.hash = `#/${to}`;
				}, key);
				await expect(either.locator("main").first()).toBeVisible();
			}
			await atRest();
			await one.getByTestId("person").click();
			await one.getByTestId("sign-out").click();
			for (const either of [page, beside])
				await expect(either.getByTestId("sign-in")).toBeVisible();
			await signIn(one, "adi");
			for (const either of [page, beside])
				await expect(either.getByTestId("person")).toBeVisible();
		}
		await beside.close();
		for (const event of [
			"response",
			"request",
			"requestfinished",
			"requestfailed",
		])
			page.removeAllListeners(event);
		await show("35");
		expect(refused).toEqual([]);
	});

	test("a value that a data manager sets is said before, shown after, and taken back", async () => {
		await become("dian");
		await show("35");
		await expect(confirmed()).toHaveText("386");
		await explain();
		await page.getByTestId("override-open").click();
		await expect(page.getByTestId("override-before")).toContainText("386");
		await page.getByTestId("override-value").fill("400");
		await expect(page.getByTestId("override-change")).toHaveText(
			"Akan tampil: 400, menggantikan 386.",
		);
		await page.getByTestId("override-source").fill("Surat Dinkes 12/2020");
		await page.getByTestId("override-form-reason").fill("Rekap malam menyusul");
		await page.getByTestId("override-form-order").click();
		await expect(page.getByTestId("decided")).toHaveAttribute(
			"data-stage",
			"shown",
			{ timeout: 30_000 },
		);
		await expect(page.getByTestId("explain-value")).toHaveText("400");
		await expect(page.getByTestId("pending-value")).toHaveCount(0);
		const claim = page.getByTestId("claim-decision");
		await expect(claim).toContainText("400");
		// What a person decided is a decision to them, and no file.
		await expect(claim).toContainText("Batalkan keputusan…");
		await expect(claim).not.toContainText("Tarik berkas");
		await close();
		await expect(confirmed()).toHaveText("400");
		await expect(page.getByTestId("trend-explain")).toContainText("400");
		await show("ID", "2020-04-12", "&map=province");
		await pointAt(page, "Jawa Timur", "java");
		await expect(page.getByTestId("hover-card")).toContainText("400");
		await expect(
			page.locator('.ag-row:has-text("35") .ag-cell[col-id="total"]').first(),
		).toBeVisible();
		await expect(
			page.locator('.ag-row:has-text("Jawa Timur") .ag-cell[col-id="total"]'),
		).toHaveText("400");
		await show("35");
		await explain();
		await page.getByTestId("decided").getByRole("button").click();
		await undo("Surat itu keliru");
		await expect(page.getByTestId("explain-value")).toHaveText("386", {
			timeout: 30_000,
		});
		await expect(page.getByTestId("decided")).toBeHidden();
		await close();
		await expect(confirmed()).toHaveText("386");
		await expect(page.getByTestId("trend-explain")).toContainText("386");
		await show("ID", "2020-04-12", "&map=province");
		await pointAt(page, "Jawa Timur", "java");
		await expect(page.getByTestId("hover-card")).toContainText("386");
		await show("35");
	});

	test("what is typed and not sent is kept from Escape, closing, another screen, Back and a reload, until a person says so", async () => {
		const question = page.getByText("Isian belum dikirim");
		const answer = (what: "stay" | "leave") =>
			page.getByTestId(`draft-${what}`).click();
		const stays = async (field: string, text: string) => {
			await expect(question).toBeVisible();
			await answer("stay");
			await expect(question).toBeHidden();
			await expect(page.getByTestId(field)).toHaveValue(text);
		};
		// The trail is the entry before, so that Back leads to another screen.
		await page.evaluate(() => {
			location.hash = "#/jejak-audit";
		});
		await expect(page.getByTestId("audit-table")).toBeVisible();
		await show("35");
		await explain();
		await page.getByTestId("override-open").click();
		// Nothing typed, nothing asked.
		await close();
		await explain();
		await page.getByTestId("override-open").click();
		await page.getByTestId("override-source").fill("Surat");
		await page.keyboard.press("Escape");
		await stays("override-source", "Surat");
		// The Escape that answers closes nothing behind the question.
		await page.keyboard.press("Escape");
		await expect(question).toBeVisible();
		await page.keyboard.press("Escape");
		await expect(question).toBeHidden();
		await expect(page.getByTestId("override-source")).toHaveValue("Surat");
		await page.getByTestId("explain").getByLabel("Tutup").click();
		await stays("override-source", "Surat");
		const address = page.url();
		await page.goBack();
		await stays("override-source", "Surat");
		await expect.poll(() => page.url()).toBe(address);
		await page.keyboard.press("Control+k");
		await page.getByTestId("palette").getByRole("combobox").fill("jejak audit");
		await page.keyboard.press("Enter");
		await stays("override-source", "Surat");
		const asked: string[] = [];
		const dismiss = (dialog: Dialog) => {
			asked.push(dialog.type());
			void dialog.dismiss();
		};
		page.on("dialog", dismiss);
		await page.evaluate(() => location.reload());
		await expect.poll(() => asked).toEqual(["beforeunload"]);
		page.off("dialog", dismiss);
		await expect(page.getByTestId("override-source")).toHaveValue("Surat");
		// A form in a box of its own is asked about alone: the one behind it loses nothing.
		await page.getByRole("button", { name: "Tarik berkas…" }).first().click();
		await page.keyboard.press("Escape");
		await expect(page.getByTestId("file-form-reason")).toBeHidden();
		await expect(question).toBeHidden();
		await page.getByRole("button", { name: "Tarik berkas…" }).first().click();
		await page.getByTestId("file-form-reason").fill("Salah");
		await page.keyboard.press("Escape");
		await stays("file-form-reason", "Salah");
		await page.getByTestId("explain-value").click();
		await expect(question).toBeVisible();
		await answer("leave");
		await expect(page.getByTestId("file-form-reason")).toBeHidden();
		await expect(page.getByTestId("override-source")).toHaveValue("Surat");
		await page.keyboard.press("Escape");
		await answer("leave");
		await expect(page.getByTestId("explain-value")).toBeHidden();
	});

	test("a file that is withdrawn speaks no more, and speaks again when it is brought back", async () => {
		// Of Surabaya nobody speaks but the province; of the province the nation does too.
		await show("35.78");
		const before = await confirmed().innerText();
		await explain();
		await page.getByRole("button", { name: "Tarik berkas…" }).click();
		await expect(page.getByTestId("file-reach")).toContainText(
			"Kabupaten Pacitan",
		);
		await page.getByTestId("file-form-reason").fill("Berkas salah kirim");
		await page.getByTestId("file-form-order").click();
		await expect(page.getByTestId("explain-value")).toHaveText(
			"tidak dilaporkan",
			{ timeout: 30_000 },
		);
		await close();
		await show("35");
		await expect(confirmed()).toHaveText("337");
		await show("35.78");
		await explain();
		await page
			.getByTestId("explain-sources")
			.locator("details > summary")
			.click();
		await page.getByRole("button", { name: "Kembalikan berkas…" }).click();
		await page.getByTestId("file-form-reason").fill("Berkas ternyata benar");
		await page.getByTestId("file-form-order").click();
		await expect(page.getByTestId("explain-value")).toHaveText(before, {
			timeout: 30_000,
		});
		await close();
		await show("35");
		await expect(confirmed()).toHaveText("386");
	});

	test("the trail says who did what, why, and what stood before and after; it is filtered, exported and leads back", async () => {
		await page.evaluate(() => {
			location.hash = "#/jejak-audit";
		});
		const table = page.getByTestId("audit-table");
		await expect(page.getByTestId("audit-count")).toContainText("4 dari 4");
		const row = (number: number) => table.locator(`[row-id="${number}"]`);
		const cell = (number: number, column: string) =>
			row(number).locator(`[col-id="${column}"]`);
		await expect(cell(1, "command")).toHaveText("Menetapkan nilai");
		await expect(cell(1, "subject")).toHaveText(
			"Konfirmasi · Jawa Timur (35) · 12 Apr 2020",
		);
		await expect(cell(1, "before")).toHaveText("386");
		await expect(cell(1, "after")).toHaveText("400");
		await expect(cell(1, "reason")).toHaveText("Rekap malam menyusul");
		await expect(cell(1, "person")).toHaveText("dian");
		await expect(cell(1, "at")).toContainText("WIB");
		await expect(cell(2, "command")).toHaveText("Membatalkan");
		await expect(cell(3, "command")).toHaveText("Menarik berkas");
		await expect(cell(4, "after")).toHaveText("berlaku");
		// Only the last change of a thing can be taken back.
		await expect(page.getByTestId("undo-3")).toHaveCount(0);
		await expect(page.getByTestId("undo-4")).toBeVisible();
		await page.getByTestId("audit-text").fill("keliru");
		await expect(page.getByTestId("audit-count")).toContainText("1 dari 4");
		await page.reload();
		await expect(page.getByTestId("audit-text")).toHaveValue("keliru");
		await expect(page.getByTestId("audit-count")).toContainText("1 dari 4");
		const download = page.waitForEvent("download");
		await page.getByTestId("audit-export").click();
		const file = await (await download).path();
		const text = readFileSync(file, "utf8");
		expect(text.split("\n")).toHaveLength(3);
		expect(text).toContain("Surat itu keliru");
	});

	test("what the trail is filtered by stands in its address: Back and Forward take it off and on, and a link brings it", async () => {
		const count = page.getByTestId("audit-count");
		await page.goBack();
		await expect(page.getByTestId("audit-text")).toHaveValue("");
		await expect(count).toContainText("4 dari 4");
		await page.goForward();
		await expect(page.getByTestId("audit-text")).toHaveValue("keliru");
		await expect(count).toContainText("1 dari 4");
		await page.getByTestId("audit-text").fill("");
		await expect.poll(() => page.url()).toMatch(/#\/jejak-audit$/);
		await page.getByTestId("audit-command").click();
		await page.getByRole("option", { name: "Menarik berkas" }).click();
		await expect(count).toContainText("1 dari 4");
		await expect.poll(() => page.url()).toContain("what=withdraw-file");
		await page.evaluate(() => {
			location.hash = "#/jejak-audit?who=dian&what=undo&place=Jawa+Timur";
		});
		await expect(count).toContainText("1 dari 4");
		await expect(page.getByTestId("audit-person")).toHaveValue("dian");
		await expect(page.getByTestId("audit-area")).toHaveValue("Jawa Timur");
		await page.evaluate(() => {
			location.hash = "#/jejak-audit?who=orang+lain";
		});
		await expect(count).toContainText("0 dari 4");
		await expect(page.getByTestId("audit-person")).toHaveValue("orang lain");
		await page.evaluate(() => {
			location.hash = "#/jejak-audit";
		});
		await expect(count).toContainText("4 dari 4");
	});

	test("the trail is a page of its own for whoever hears it, without a finding of axe or an error in either language", async () => {
		const complaints: string[] = [];
		page.on("console", (message) => {
			if (message.type() === "error")
				complaints.push(`${message.text()} ${message.location().url}`);
		});
		page.on("pageerror", (error) => complaints.push(error.message));
		for (const language of ["en", "id"]) {
			await page.evaluate((lang) => {
				location.hash = `#/jejak-audit?lang=${lang}`;
			}, language);
			await expect(page.locator("html")).toHaveAttribute("lang", language);
			await expect(page.locator("main")).toBeVisible();
			await expect(page.getByTestId("audit-count")).toContainText("4");
			const { violations } = await new AxeBuilder({ page }).analyze();
			expect(
				violations.map(
					({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`,
				),
				language,
			).toEqual([]);
		}
		expect(complaints).toEqual([]);
		page.removeAllListeners("console").removeAllListeners("pageerror");
	});

	test("somebody of a province sees it and no other, and the trail of it", async () => {
		await show("35");
		await become("wati");
		await expect(page.getByTestId("breadcrumb")).toContainText("Jawa Timur");
		await page.getByTestId("person").click();
		await expect(page.getByRole("menu")).toContainText("wati · Jawa Timur");
		await page.keyboard.press("Escape");
		await show("35");
		await expect(confirmed()).toHaveText("386");
		await show("35.78");
		await expect(page.getByTestId("breadcrumb")).toContainText("Kota Surabaya");
		await page.evaluate(() => {
			location.hash = "#/situasi?area=31";
		});
		await expect(page.getByTestId("refused")).toContainText("31");
		await expect(page.locator("body")).not.toContainText("DKI Jakarta");
		await page.evaluate(() => {
			location.hash = "#/jejak-audit";
		});
		await expect(page.getByTestId("audit-panel")).toContainText("Jawa Timur");
		await expect(page.getByTestId("audit-table")).toContainText("dian");
	});

	test("of two people who change one value, the one who had not seen the other's is told who it was, and when", async ({
		browser,
	}) => {
		await show("35");
		await become("dian");
		await show("35");
		const second = await openScreens(
			browser,
			`${folder.path}/second-workstation`,
			hub,
		);
		const other = second.page;
		await become("rina", other);
		await other.evaluate((hash) => {
			location.hash = hash;
		}, "#/situasi?area=35&day=2020-04-12");
		await expect(other.getByTestId("kpi-value-confirmed")).toHaveText("386");
		// She orders on what she saw then, before the other's change has come to her.
		const seen = await other.evaluate(async () => {
			const state = await (await fetch("/api/state")).json();
			return state.dataset.seq as number;
		});
		await other.route("**/api/command", (route) =>
			route.continue({
				postData: JSON.stringify({
					...route.request().postDataJSON(),
					basedOn: seen,
				}),
			}),
		);
		await other.getByTestId("kpi-confirmed").click();
		await other.getByTestId("override-open").click();
		await explain();
		await page.getByTestId("override-open").click();
		await override(page, "390", "Rekap dian");
		await expect(page.getByTestId("decided")).toHaveAttribute(
			"data-stage",
			"shown",
			{ timeout: 30_000 },
		);
		await override(other, "395", "Rekap rina");
		await other.keyboard.press("Escape");
		await expect(other.getByTestId("explain-value")).toBeHidden();
		await other.getByTestId("tray").click();
		await expect(other.getByTestId("tray-refusal")).toContainText(
			/^dian sudah mengubahnya pada \d{1,2} \w{3} \d{4} \d\d\.\d\d WIB \(Menetapkan nilai: “Rekap dian”\)/,
			{ timeout: 30_000 },
		);
		await second.close();
		await page.getByTestId("decided").getByRole("button").click();
		await undo("Kembali ke laporan");
		await expect(page.getByTestId("explain-value")).toHaveText("386", {
			timeout: 30_000,
		});
		await close();
	});

	test("what the hub refuses stays in the tray, in plain words, until it is cleared", async () => {
		await show("35");
		await explain();
		await page.getByTestId("override-open").click();
		await page.getByTestId("override-value").fill("999999999");
		await page.getByTestId("override-source").fill("Telepon");
		await page.getByTestId("override-form-reason").fill("Salah ketik nol");
		await page.getByTestId("override-form-order").click();
		await expect(page.getByTestId("override-form-order")).toBeHidden();
		await close();
		await page.getByTestId("tray").click();
		await expect(page.getByTestId("tray-counts")).toContainText("1 ditolak", {
			timeout: 30_000,
		});
		await expect(page.getByTestId("tray-refusal")).toHaveText(
			/^999\.999\.999 melebihi yang mungkin: paling banyak [\d.]+, menurut penduduk Jawa Timur \(35\)\.$/,
		);
		await page.getByTestId("tray-clear").click();
		await expect(page.getByTestId("tray-counts")).toHaveText(
			"tidak ada yang menunggu",
		);
		await page.keyboard.press("Escape");
	});

	test("an item of the catalogue is changed with its source and how sure that is, and is no longer marked as not verified", async () => {
		await page.evaluate(() => {
			location.hash = "#/logistik?view=barang&about=gown-protective";
		});
		const panel = page.getByTestId("item-panel");
		await expect(panel).toContainText("10 / pak belum diverifikasi");
		await page.getByTestId("item-change").click();
		await page.getByTestId("item-packSize").fill("25");
		await page.getByTestId("item-source").fill("Surat gudang nasional");
		await page.getByTestId("item-form-reason").fill("Karton dibuka");
		// A choice of the list is made in the box and is no leaving of it.
		await page.getByTestId("item-status").click();
		await page.getByRole("option", { name: "terbit", exact: true }).click();
		await expect(page.getByTestId("item-status")).toHaveValue("terbit");
		await expect(page.getByTestId("item-differences")).toHaveText(
			"kemasan: 10 → 25",
		);
		await page.getByTestId("item-form-order").click();
		await expect(page.getByTestId("item-form")).toBeHidden();
		await expect(page.getByTestId("item-history")).toContainText(
			"Karton dibuka",
			{ timeout: 60_000 },
		);
		await expect(panel).toContainText("25 / pak");
		await expect(panel).not.toContainText("belum diverifikasi");
	});

	test("a sign-in that the hub ended is told in plain words", async () => {
		await hub.command("person", "revoke", "dian");
		await expect(page.getByTestId("sign-in-ended")).toContainText("dian", {
			timeout: 60_000,
		});
	});

	test("a damaged file of commands is told, and put aside", async ({
		browser,
	}) => {
		await screens.close();
		writeFileSync(`${folder.path}/workstation/outbox.db`, "broken");
		screens = await openScreens(browser, `${folder.path}/workstation`, hub);
		page = screens.page;
		await expect(page.getByTestId("outbox-banner")).toContainText(
			"outbox.db.damaged-1",
		);
	});

	test("without the hub the trail says that it is read there, and the figures stay", async () => {
		await hub.stop();
		await page.evaluate(() => {
			location.hash = "#/jejak-audit";
		});
		await expect(
			page.getByTestId("audit-panel").getByRole("alert"),
		).toContainText("hub", { timeout: 60_000 });
		await page.evaluate(() => {
			location.hash = "#/situasi?area=35&day=2020-04-12";
		});
		await expect(confirmed()).toHaveText("386");
	});
});
