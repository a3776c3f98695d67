import { readFileSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { numberWords } from "../../core/release/site-words.ts";
import { isoFromDay } from "../../core/series/day.ts";
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

/** The screen on which two people let a release out: on a small real dataset of files that the test writes. */
test.describe("Data terbuka", () => {
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
		await hub.command("release", "build", "--note", "rilis pertama");
		await hub.addPerson("dian", "data-manager");
		await hub.addPerson("oki", "official");
		await hub.addPerson("ana", "analyst");
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

	const show = (more = "") =>
		page.evaluate((hash) => {
			location.hash = hash;
		}, `#/data-terbuka${more}`);
	const become = async (name: string) => {
		await page.getByTestId("person").click();
		await page.getByTestId("sign-out").click();
		await signIn(page, name);
		await expect(page.getByTestId("person")).toBeVisible();
	};
	const decide = async (step: string, reason: string) => {
		await page.getByTestId(`release-${step}`).click();
		await page.getByTestId(`release-${step}-form-reason`).fill(reason);
		await page.getByTestId(`release-${step}-form-order`).click();
		await expect(page.getByTestId(`release-${step}-form`)).toBeHidden();
	};
	const status = () => page.getByTestId("release-status-1");
	/** What this window is answered, as JSON or as the code of a refusal. */
	const asked = (path: string) =>
		page.evaluate(async (of) => {
			const answer = await fetch(of);
			return { status: answer.status, body: await answer.text() };
		}, path);

	test("is not for whoever may not let anything out, nor for a part of the country, and neither is answered", async () => {
		await become("ana");
		await show();
		await expect(page.getByRole("main")).toContainText("hanya untuk: Pejabat");
		expect((await asked("/api/releases")).status).toBe(403);
		expect((await asked("/api/release-preview?release=1")).status).toBe(403);
		await become("wati");
		await show();
		await expect(page.getByTestId("releases")).toContainText(
			"yang bertugas nasional",
		);
		expect((await asked("/api/releases")).status).toBe(403);
		expect((await asked("/api/release-preview?release=1")).status).toBe(403);
	});

	test("shows what the public sees of a draft, how much is withheld and what the attack found, and nothing that is withheld", async () => {
		await become("oki");
		await show("?release=1&level=regency");
		await expect(status()).toHaveText("rancangan");
		await expect(page.getByTestId("release-attack")).toContainText(
			": 0 terlalu dekat",
		);
		await expect(page.getByTestId("release-changes")).toContainText(
			"semua sel baru",
		);
		type Preview = {
			days: number[];
			indicators: string[];
			rows: {
				level: string;
				name: string;
				cells: { state: string; value: number | null }[];
			}[];
			shares: { indicator: string; level: string; withheld: number }[];
		};
		const previewOf = async (on = ""): Promise<Preview> => {
			const { status, body } = await asked(
				`/api/release-preview?release=1${on}`,
			);
			expect(status).toBe(200);
			return JSON.parse(body);
		};
		const { days, shares } = await previewOf();
		// A day on which a kabupaten/kota is withheld.
		let held: Preview["rows"][number] | undefined;
		let of = -1;
		for (const day of days) {
			const on = `&on=${isoFromDay(day)}`;
			const { rows, indicators } = await previewOf(on);
			for (const { cells } of rows)
				for (const { state, value } of cells)
					expect(value === null).toBe(
						!["tersedia", "sebagian"].includes(state),
					);
			held = rows.find((row) => {
				of = row.cells.findIndex(({ state }) => state === "dirahasiakan");
				return row.level === "regency" && of >= 0;
			});
			if (!held) continue;
			await show(`?release=1&level=regency${on}`);
			const table = page.getByTestId("release-preview-table");
			const row = table.getByRole("row").filter({ hasText: held.name });
			// Rows beyond what is seen are not in the page.
			const own = rows.filter(({ level }) => level === "regency");
			await table
				.locator(".ag-row")
				.first()
				.evaluate(
					(first, part) => {
						let box = first.parentElement;
						while (box && !/auto|scroll/.test(getComputedStyle(box).overflowY))
							box = box.parentElement;
						if (box) box.scrollTop = part * box.scrollHeight;
					},
					(own.indexOf(held) - 1) / own.length,
				);
			await expect(
				row.locator(`[col-id="${indicators[of]}"]`).first(),
			).toHaveText("ditahan");
			break;
		}
		expect(held).toBeDefined();
		// By indicator and level: how much of what was reported.
		const share = shares.find(
			({ indicator, level }) =>
				indicator === "confirmed" && level === "regency",
		);
		await expect(
			page
				.getByTestId("release-shares")
				.getByRole("row")
				.filter({ hasText: "Konfirmasi" })
				.filter({ hasText: "Kabupaten/kota" }),
		).toContainText(numberWords(share?.withheld ?? -1, "id"));
		const { violations } = await new AxeBuilder({ page })
			.include("main")
			.analyze();
		expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
	});

	test("two people let it out, neither alone, each with a reason, and both are in the trail", async () => {
		await decide("approve", "rapat Gugus Tugas");
		await expect(status()).toHaveText("disetujui satu orang");
		await expect(page.getByTestId("release-own")).toBeVisible();
		await expect(page.getByTestId("release-approve")).toBeHidden();
		await become("dian");
		await show("?release=1");
		await decide("approve", "angka sudah diperiksa");
		await expect(status()).toHaveText("terbuka");
		await expect(page.getByTestId("release-step")).toHaveCount(2);
		await expect(page.getByTestId("release-step").last()).toContainText(
			"angka sudah diperiksa",
		);
		const trail = JSON.parse((await asked("/api/audit")).body) as {
			name: string;
			person: { name: string };
		}[];
		expect(
			trail
				.filter(({ name }) => name === "approve-release")
				.map(({ person }) => person.name),
		).toEqual(["dian", "oki"]);
	});

	test("a later draft says what differs; it is discarded, and the public one withdrawn with a public reason", async () => {
		await hub.command(
			...["release", "build", "--note", "rilis kedua", "--corrects", "1"],
		);
		await page.reload();
		await show("?release=2");
		await expect(page.getByTestId("release-changes")).toContainText(
			"Terhadap rilis 1: 0 sel baru, 0 angka berubah",
		);
		await decide("discard", "tidak ada yang berubah");
		await expect(page.getByTestId("release-status-2")).toContainText("dibuang");
		await show("?release=1");
		await decide("withdraw", "salah satu kabupaten keliru");
		await expect(status()).toHaveText("ditarik");
		await hub.command("release", "write", "1", join(folder.path, "keluar"));
		expect(
			readFileSync(join(folder.path, "keluar", "index.html"), "utf8"),
		).toContain("salah satu kabupaten keliru");
	});
});
