/** The page of a release of open data, as any person opens it: from a plain web server, below any path, or from a folder. */
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { releaseFiles } from "../../core/release/release-files.ts";
import { numberWords } from "../../core/release/site-words.ts";
import { day } from "../../core/series/day.ts";
import { loadSiteFiles } from "../../resources/site/load.ts";
import { openRelease, SECRET } from "../fixtures/open-release.ts";
import { temporaryFolder } from "../fixtures/system.ts";

const TYPES: Record<string, string> = {
	html: "text/html",
	js: "text/javascript",
	css: "text/css",
	csv: "text/csv",
};
const BELOW = "/data/covid/rilis-3/";

test.describe("the page of a release of open data", () => {
	const folder = temporaryFolder();
	const files = new Map([
		...releaseFiles(openRelease().content, openRelease().facts),
		...loadSiteFiles(),
	]);
	let server: Server;
	let base = "";

	test.beforeAll(async () => {
		mkdirSync(folder.path, { recursive: true });
		for (const [name, text] of files)
			writeFileSync(join(folder.path, name), text);
		server = createServer((request, response) => {
			const path = decodeURIComponent((request.url ?? "").split("?")[0] ?? "");
			const name = path.slice(BELOW.length) || "index.html";
			if (!path.startsWith(BELOW) || !files.has(name))
				return response.writeHead(404).end();
			response.setHeader(
				"content-type",
				TYPES[name.split(".").at(-1) as string] ?? "application/octet-stream",
			);
			return response.end(readFileSync(join(folder.path, name)));
		});
		await new Promise<void>((done) => {
			server.listen(0, "127.0.0.1", done);
		});
		base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	test.afterAll(() => {
		server?.close();
		folder.remove();
	});

	/** Opens a page; what it asked for comes back, by address. */
	const open = async (page: Page, address: string) => {
		const asked: string[] = [];
		const wrong: string[] = [];
		page.on("request", (request) => asked.push(request.url()));
		page.on("pageerror", (error) => wrong.push(error.message));
		page.on("console", (said) => {
			if (said.type() === "error") wrong.push(said.text());
		});
		await page.goto(address);
		await expect(page.locator("#keadaan")).toBeHidden();
		return { asked, wrong };
	};
	/** Rows of the CSV, by indicator, area and day. */
	const csv = new Map(
		(files.get("data.csv") as string)
			.trim()
			.split("\n")
			.slice(1)
			.map((line) => {
				const [, key, code, date, value, state] = line.match(
					/^([^,]*),([^,]*),.*,([^,]*),([^,]*),([^,]*)$/,
				) as string[];
				return [`${key} ${code} ${date}`, { value, state }] as const;
			}),
	);
	/** What the table of areas shows, by area; what the CSV says of it in the words of a language. */
	const inTable = (page: Page) =>
		page
			.locator("#wilayah tbody tr")
			.evaluateAll((rows) =>
				rows.map((row) => [
					row.getAttribute("data-kode") ?? "",
					...[...row.querySelectorAll("td")].map((cell) => cell.textContent),
				]),
			);
	const said = (code: string, date: string, language: "id" | "en") =>
		["confirmed", "recovered", "deaths"].map((key) => {
			const { value, state } = csv.get(`${key} ${code} ${date}`) ?? {};
			const [withheld, silent, part] =
				language === "id"
					? ["ditahan", "tidak dilaporkan", "sebagian"]
					: ["withheld", "not reported", "partial"];
			if (state === "dirahasiakan") return withheld;
			if (state === "tidak-dilaporkan") return silent;
			const number = numberWords(Number(value), language);
			return state === "sebagian" ? `${number} (${part})` : number;
		});

	for (const [language, name] of [
		["id", "index.html"],
		["en", "en.html"],
	] as const)
		test(`shows the counts of the CSV and no other, in ${language}, and asks nothing of anybody else`, async ({
			page,
		}) => {
			const { asked, wrong } = await open(page, `${base}${BELOW}${name}`);
			for (const [level, date] of [
				["province", "2021-06-27"],
				["regency", "2020-11-15"],
			] as const) {
				await page.goto(
					`${base}${BELOW}${name}#tingkat=${level}&tanggal=${date}`,
				);
				await expect(page.locator("#pilih-tingkat")).toHaveValue(level);
				const rows = await inTable(page);
				expect(rows).toHaveLength(level === "province" ? 35 : 514);
				for (const [code = "", ...cells] of rows)
					expect(cells, `${code} ${date}`).toEqual(said(code, date, language));
			}
			// What was new, from the two rows of the CSV.
			await page.goto(
				`${base}${BELOW}${name}#tingkat=province&tanggal=2020-11-15&ukuran=baru`,
			);
			await expect(page.locator("#pilih-ukuran")).toHaveValue("new");
			const [now, then] = ["2020-11-15", "2020-11-08"].map((date) =>
				csv.get(`confirmed 11 ${date}`),
			);
			const row = (await inTable(page)).find(([code]) => code === "11");
			expect([now?.state, then?.state]).toEqual(["tersedia", "tersedia"]);
			expect(row?.[1]).toBe(
				numberWords(Number(now?.value) - Number(then?.value), language),
			);
			// The trend's table has every day of the area.
			await page.goto(`${base}${BELOW}${name}#wilayah=35`);
			await page.locator("summary").click();
			const trend = page.locator("#tabel-tren tbody tr");
			await expect(trend).toHaveCount(69);
			expect(await trend.last().locator("td").allTextContents()).toEqual(
				said("35", "2021-06-27", language),
			);
			const content = await page.content();
			for (const form of [
				String(SECRET),
				numberWords(SECRET, "id"),
				numberWords(SECRET, "en"),
			])
				expect(content).not.toContain(form);
			expect(asked.filter((url) => !url.startsWith(base + BELOW))).toEqual(
				asked.filter((url) => url.startsWith("data:")),
			);
			expect(wrong).toEqual([]);
		});

	test("stands before its counts are here, in less than 500 kB", async ({
		page,
	}) => {
		let let_ = () => {};
		const held = new Promise<void>((done) => {
			let_ = done;
		});
		const asked = new Set<string>();
		page.on("request", (request) => asked.add(request.url()));
		await page.route("**/angka.js", async (route) => {
			await held;
			await route.continue();
		});
		await page.goto(base + BELOW, { waitUntil: "commit" });
		await expect(page.locator("dl.angka dd")).toHaveCount(3);
		await expect(page.locator("#wilayah tbody tr")).toHaveCount(35);
		await expect(page.locator("#keadaan")).toHaveText("Angka sedang dimuat …");
		const painted = await page.evaluate(
			() =>
				new Promise<number>((done) => {
					new PerformanceObserver((list) => {
						for (const { name, startTime } of list.getEntries())
							if (name === "first-contentful-paint") done(startTime);
					}).observe({ type: "paint", buffered: true });
				}),
		);
		console.log(`first picture of the page: ${Math.round(painted)} ms`);
		const weight = [...asked]
			.map((url) => url.slice((base + BELOW).length) || "index.html")
			.filter((name) => name !== "angka.js" && files.has(name))
			.reduce((sum, name) => sum + statSync(join(folder.path, name)).size, 0);
		expect(weight).toBeGreaterThan(100_000);
		expect(weight).toBeLessThan(500_000);
		let_();
		await expect(page.locator("#peta svg path[data-kode]")).toHaveCount(34);
	});

	test("says what to do where its counts do not come", async ({ page }) => {
		await page.route("**/angka.js", (route) => route.abort());
		await page.goto(base + BELOW);
		await expect(page.locator("#keadaan")).toContainText(
			"Muat ulang halaman ini, atau pakai berkas unduhan",
		);
	});

	for (const scheme of ["light", "dark"] as const)
		test(`has nothing that axe finds, ${scheme}, on a desk and on a telephone`, async ({
			page,
		}) => {
			await page.emulateMedia({ colorScheme: scheme });
			for (const [name, width] of [
				["index.html#wilayah=35&tanggal=2020-11-15", 1366],
				["en.html#ukuran=baru", 390],
			] as const) {
				await page.setViewportSize({ width, height: 844 });
				await open(page, `${base}${BELOW}${name}`);
				await page.locator("summary").click();
				const { violations } = await new AxeBuilder({ page }).analyze();
				expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual(
					[],
				);
				expect(
					await page.evaluate(
						() => document.documentElement.scrollWidth - innerWidth,
					),
				).toBeLessThanOrEqual(0);
			}
		});

	test("is used by keys alone, plays, and keeps what is looked at in its address", async ({
		page,
	}) => {
		await open(page, base + BELOW);
		const slider = page.getByRole("slider", { name: "Hari terakhir periode" });
		await slider.focus();
		await page.keyboard.press("ArrowLeft");
		await expect(slider).toHaveAttribute("aria-valuetext", "20 Jun 2021");
		await page.getByRole("button", { name: "Jawa Timur" }).focus();
		await page.keyboard.press("Enter");
		await expect(page.locator("#pilih-provinsi")).toHaveValue("35");
		await expect(page.locator("#wilayah tbody tr")).toHaveCount(38);
		await expect(page.locator("#tren h3")).toHaveText(
			"Jawa Timur: Konfirmasi (kumulatif)",
		);
		await page.locator("#bahasa").click();
		await expect(page.locator("#pilih-provinsi")).toHaveValue("35");
		await expect(page.locator("#tren h3")).toHaveText(
			"Jawa Timur: Confirmed (cumulative)",
		);
		await page.keyboard.press("Home");
		await page.getByRole("slider").fill("0");
		await page.getByRole("button", { name: "Play" }).click();
		await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
		await expect
			.poll(() => page.getByRole("slider").inputValue().then(Number))
			.toBeGreaterThan(2);
	});

	test("draws 0, withheld, not reported, partial and nothing to compare with differently, in shape and not by colour alone", async ({
		page,
	}) => {
		await open(page, `${base}${BELOW}#tingkat=province&tanggal=2020-03-08`);
		const fills = async () => {
			const all = await page
				.locator("#peta svg path[data-kode]")
				.evaluateAll((paths) =>
					paths.map(
						(path) =>
							`${path.getAttribute("class")} ${path.getAttribute("fill")}`,
					),
				);
			return [...new Set(all)].sort();
		};
		expect(await fills()).toEqual([
			"ditahan url(#peta-ditahan)",
			"kosong url(#peta-kosong)",
			"nol null",
			"sebagian-nol url(#peta-sebagian-nol)",
		]);
		await page.locator("#pilih-ukuran").selectOption("new");
		expect(await fills()).toEqual([
			"awal url(#peta-awal)",
			"ditahan url(#peta-ditahan)",
			"kosong url(#peta-kosong)",
		]);
		await page.getByRole("button", { name: "Periode berikutnya" }).click();
		expect(await fills()).toContain("tak-terhitung url(#peta-tak-terhitung)");
		// Each of them is told below, and has a pattern that is there.
		for (const of of ["tak-terhitung", "awal", "ditahan", "kosong"]) {
			await expect(page.locator(`.legenda rect.${of}`)).toHaveCount(1);
			await expect(page.locator(`pattern#peta-${of}`)).toHaveCount(1);
		}
		await expect(page.locator("#peta .hitungan")).toContainText(
			"tidak dapat dihitung: sebagian belum melapor",
		);
	});

	test("stands where somebody goes to the last day while it plays", async ({
		page,
	}) => {
		const { wrong } = await open(page, base + BELOW);
		await page.getByRole("slider").fill("3");
		await page.getByRole("button", { name: "Putar" }).click();
		await page.getByRole("slider").fill("68");
		await expect(page.getByRole("button", { name: "Putar" })).toBeVisible();
		await expect(page.getByRole("slider")).toHaveValue("68");
		expect(wrong).toEqual([]);
	});

	/** Opens the page of another release from a folder. */
	const openOther = (page: Page, ...of: Parameters<typeof openRelease>) => {
		const { content, facts } = openRelease(...of);
		const other = join(folder.path, content.recipe.name);
		mkdirSync(other, { recursive: true });
		for (const [name, text] of [
			...releaseFiles(content, facts),
			...loadSiteFiles(),
		])
			writeFileSync(join(other, name), text);
		return open(page, pathToFileURL(join(other, "index.html")).href);
	};

	test("has for a release of the nation alone its trend and table, and no map", async ({
		page,
	}) => {
		const { wrong } = await openOther(page, {
			...{ name: "nasional", levels: ["nation"] },
		});
		await expect(page.locator("#peta")).toBeHidden();
		await expect(page.locator("#wilayah tbody tr")).toHaveCount(1);
		await expect(page.locator("#tren h3")).toHaveText(
			"Indonesia: Konfirmasi (kumulatif)",
		);
		await page.locator("#pilih-ukuran").selectOption("new");
		await expect(page.locator("#tren h3")).toHaveText(
			"Indonesia: Konfirmasi (baru per pekan)",
		);
		expect(wrong).toEqual([]);
	});

	test("asks for an area where a release has no nation, says why a stock has nothing new, and does not play a single day", async ({
		page,
	}) => {
		const { wrong } = await openOther(
			page,
			{
				...{ name: "provinsi", levels: ["province"] },
				indicators: ["confirmed", "suspek"],
			},
			day("2020-03-08"),
		);
		await expect(page.locator("#peta svg path[data-kode]")).toHaveCount(34);
		await expect(page.locator("#tren h3")).toHaveText(
			"Pilih wilayah untuk melihat trennya.",
		);
		await expect(page.getByRole("button", { name: "Putar" })).toBeDisabled();
		await page.getByRole("button", { name: "Periode berikutnya" }).click();
		await page.locator("#pilih-ukuran").selectOption("new");
		await page.getByRole("button", { name: "Jawa Timur" }).click();
		await expect(page.locator("#tren h3")).toHaveText(
			"Jawa Timur: Konfirmasi (baru per pekan)",
		);
		await expect(page.locator('#wilayah tr[data-kode="35"] td')).toHaveText([
			...["tanpa pembanding", "– (bukan angka kumulatif)"],
		]);
		expect(wrong).toEqual([]);
	});

	test("opens from a folder, without any server", async ({ page }) => {
		const { wrong } = await open(
			page,
			pathToFileURL(join(folder.path, "index.html")).href,
		);
		await expect(page.locator("#peta svg path[data-kode]")).toHaveCount(34);
		expect(wrong).toEqual([]);
	});
});
