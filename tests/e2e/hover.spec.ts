import { expect, type Page, type Request, test } from "@playwright/test";
import { jawaTimurFile, writeMadeFile } from "../fixtures/spring-2020.ts";
import { type OpenSystem, openSystem } from "../fixtures/system.ts";

/** What React tells a developer's tools of each commit; also in the built program, which knows nothing of this test. */
interface Fiber {
	tag: number;
	flags: number;
	alternate: Fiber | null;
	child: Fiber | null;
	sibling: Fiber | null;
	return: Fiber | null;
	memoizedProps: Record<string, unknown> | null;
}

/** Notes each component that is drawn: the panel it is in and the class of what it draws. The hover card is left out. */
function countDrawn(): void {
	const FUNCTION_TAGS = new Set([0, 1, 11, 14, 15]);
	const HOST = 5;
	const PERFORMED_WORK = 1;
	const drawn: { panel: string; what: string }[] = [];
	const idOf = (fiber: Fiber) => fiber.memoizedProps?.["data-testid"];
	const note = (fiber: Fiber) => {
		if (!FUNCTION_TAGS.has(fiber.tag)) return;
		let first: Fiber | null = fiber.child;
		while (first && first.tag !== HOST) first = first.child;
		// Nothing drawn, nothing to count: the hover card while there is nothing under the pointer.
		if (!first || idOf(first) === "hover-card") return;
		let panel = "";
		for (let up: Fiber | null = first; up; up = up.return) {
			if (up.tag !== HOST) continue;
			if (idOf(up) === "hover-card") return;
			if (typeof idOf(up) === "string") panel = String(idOf(up));
			if (/-panel$|^kpis$/.test(panel)) break;
		}
		drawn.push({ panel, what: String(first.memoizedProps?.className ?? "") });
	};
	const mounted = (fiber: Fiber | null) => {
		for (let one = fiber; one; one = one.sibling) {
			note(one);
			mounted(one.child);
		}
	};
	const changed = (now: Fiber, before: Fiber) => {
		if (now.flags & PERFORMED_WORK) note(now);
		if (now.child === before.child) return;
		for (let one = now.child; one; one = one.sibling) {
			if (!one.alternate) {
				note(one);
				mounted(one.child);
			} else changed(one, one.alternate);
		}
	};
	Object.assign(window, {
		drawn,
		__REACT_DEVTOOLS_GLOBAL_HOOK__: {
			supportsFiber: true,
			renderers: new Map(),
			inject: () => 1,
			checkDCE: () => {},
			onCommitFiberUnmount: () => {},
			onPostCommitFiberRoot: () => {},
			onScheduleFiberRoot: () => {},
			onCommitFiberRoot: (_: number, root: { current: Fiber }) => {
				const { current } = root;
				if (current.alternate) changed(current, current.alternate);
				else mounted(current.child);
			},
		},
	});
}

test.describe("the pointer moves", () => {
	let system: OpenSystem;
	let page: Page;

	test.beforeAll(async ({ browser }) => {
		test.setTimeout(300_000);
		system = await openSystem(browser, (folder) => [
			["ingest", "jatim-kabkota", writeMadeFile(folder, jawaTimurFile())],
		]);
		page = system.page;
		await page.addInitScript(countDrawn);
	});
	test.afterAll(() => system?.close());
	test.beforeEach(async () => {
		await page.evaluate(() => {
			location.hash = "#/situasi?area=35&day=2020-04-12";
		});
		await page.reload();
	});

	const panels = ["kpis", "map-panel", "trend-panel", "table-panel"];
	const drawnIn = (): Promise<{ panel: string; what: string }[]> =>
		page.evaluate(
			(names) =>
				(
					window as unknown as { drawn: { panel: string; what: string }[] }
				).drawn
					.splice(0)
					.filter(({ panel }) => names.includes(panel)),
			panels,
		);

	test("over the map and over the table: the hover card is drawn, and nothing else", async () => {
		await expect(page.getByTestId("map")).toHaveAttribute(
			"data-ready",
			"true",
			{
				timeout: 60_000,
			},
		);
		await expect(page.locator(".ag-row").first()).toBeVisible();
		// What is still on its way is drawn first.
		await expect
			.poll(async () => {
				await page.waitForTimeout(2_000);
				return drawnIn();
			})
			.toEqual([]);

		const box = await page.getByTestId("map").boundingBox();
		if (!box) throw new Error("the map has no place");
		const said = new Set<string>();
		for (let step = 1; step < 12; step++) {
			await page.mouse.move(
				box.x + (box.width * step) / 12,
				box.y + box.height * (step % 2 ? 0.45 : 0.55),
			);
			await page.waitForTimeout(150);
			const card = page.getByTestId("hover-card");
			if (await card.isVisible())
				said.add(await card.locator("strong").innerText());
		}
		expect(said.size, [...said].join(", ")).toBeGreaterThan(2);
		expect(await drawnIn()).toEqual([]);

		for (const at of [0, 1, 2, 3]) {
			await page.locator("[data-testid=area-table] .ag-row").nth(at).hover();
			await expect(
				page.locator("[data-testid=area-table] .ag-row").nth(at),
			).toHaveClass(/hovered/);
		}
		expect(await drawnIn()).toEqual([]);

		// Nor does anything that shows no word of it when the hub was asked again and had nothing new.
		const checked = await page.evaluate(async () => {
			const checkedAt = async () =>
				(await (await fetch("/api/state")).json()).sync.checkedAt as number;
			const before = await checkedAt();
			await fetch("/api/command", {
				method: "POST",
				headers: { "content-type": "application/json" },
				body: JSON.stringify({
					id: crypto.randomUUID(),
					name: "retry-sync",
					basedOn: null,
					request: {},
				}),
			});
			for (let tries = 0; tries < 100; tries++) {
				if ((await checkedAt()) > before) return true;
				await new Promise((resolve) => setTimeout(resolve, 100));
			}
			return false;
		});
		expect(checked).toBe(true);
		await page.waitForTimeout(500);
		expect(await drawnIn()).toEqual([]);

		// The counter counts: another day draws each panel.
		await page.mouse.move(0, 0);
		await page.getByTestId("timeline").getByRole("button").nth(1).click();
		await expect
			.poll(async () => {
				const seen = new Set((await drawnIn()).map(({ panel }) => panel));
				return seen.size;
			})
			.toBeGreaterThan(0);
	});

	test("another day makes no row of the table again, and nothing is drawn when the place has been kept", async () => {
		const rows = page.locator("[data-testid=area-table] .ag-row");
		const back = page.getByTestId("timeline").getByRole("button").nth(1);
		const day = () => page.getByTestId("kpis").getAttribute("data-day");
		const keeps = (request: Request) =>
			request.postData()?.includes("change-workspace") ?? false;
		await expect(rows.first()).toBeVisible();

		await expect(async () => {
			await rows.evaluateAll((all) => {
				for (const row of all) row.setAttribute("data-met", "");
			});
			const before = await day();
			const subtitle = page.getByTestId("table-panel").locator("header");
			const said = await subtitle.innerText();
			let kept = false;
			const hear = (request: Request) => {
				kept ||= keeps(request);
			};
			page.on("request", hear);
			try {
				await back.click();
				await page.mouse.move(0, 0);
				await expect.poll(day).not.toBe(before);
				await expect(subtitle).not.toHaveText(said);
				await page.waitForTimeout(300);
				await drawnIn();
				// On a slow machine the figures of the day come after the place is kept: then once more.
				expect(kept).toBe(false);
				await expect.poll(() => kept).toBe(true);
				await page.waitForTimeout(300);
			} finally {
				page.off("request", hear);
			}
			expect(await drawnIn()).toEqual([]);
			const made = await rows.evaluateAll(
				(all) => all.filter((row) => !row.hasAttribute("data-met")).length,
			);
			// Only what comes into sight because the order changed.
			expect(made).toBeLessThan((await rows.count()) / 2);
		}).toPass({ timeout: 120_000 });
	});
});
