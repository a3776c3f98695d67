import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { QUERIES } from "../../../core/api/all.ts";
import type { AreaRow } from "../../../core/api/areas.ts";
import { Kpis } from "../../../core/api/figures.ts";
import { clock } from "../../../renderer/clock/use-clock.ts";
import {
	askFigures,
	figuresAsked,
} from "../../../renderer/screens/situasi/figures.ts";
import { inTurn } from "../../../renderer/screens/situasi/in-turn.ts";
import { keyOf } from "../../../renderer/state/answer-key.ts";
import { addressOf } from "../../../renderer/state/ask.ts";
import { askAhead } from "../../../renderer/state/ask-ahead.ts";
import { useConnection } from "../../../renderer/state/connection.ts";
import { DEFAULT_VIEW, useView } from "../../../renderer/state/view-state.ts";

describe("the parts of the first picture", () => {
	beforeEach(() => void vi.useFakeTimers());
	afterEach(() => void vi.useRealTimers());

	/** A screen whose parts note when their code is fetched; the table's comes when it is let. */
	function picture() {
		const fetched: string[] = [];
		const tableCode = Promise.withResolvers<string>();
		const turns = inTurn(1_000);
		const note = (part: string) => async () => void fetched.push(part);
		void turns.map(note("map"));
		void turns.trend(note("trend"));
		const table = turns.table(() => {
			fetched.push("table");
			return tableCode.promise;
		});
		table.catch(() => {});
		return { fetched, turns, tableCode };
	}
	const settle = () => vi.advanceTimersByTimeAsync(0);

	test("no code of table, trend and map is fetched before the figures are drawn, and the map's after the table's", async () => {
		const { fetched, turns, tableCode } = picture();
		await vi.advanceTimersByTimeAsync(900);
		expect(fetched).toEqual([]);
		turns.figuresDrawn();
		await settle();
		expect(fetched.toSorted()).toEqual(["table", "trend"]);
		tableCode.resolve("code");
		await settle();
		expect(fetched).toContain("map");
	});

	test("slow figures hold nothing up for longer than a second, and a table whose code cannot be had not the map", async () => {
		const { fetched, tableCode } = picture();
		await vi.advanceTimersByTimeAsync(1_000);
		expect(fetched.toSorted()).toEqual(["table", "trend"]);
		tableCode.reject(new Error("offline"));
		await settle();
		expect(fetched).toContain("map");
	});
});

const sources = readdirSync("renderer", { recursive: true, encoding: "utf8" })
	.filter((name) => /\.tsx?$/.test(name))
	.map((name) => join("renderer", name));

describe("the code of parts", () => {
	test("no part waits by React's lazy, which holds each further one back for 300 ms", () => {
		expect(sources.length).toBeGreaterThan(100);
		const waiting = sources.filter((name) =>
			/\b(lazy|Suspense)\b[^;]*from "react"/.test(readFileSync(name, "utf8")),
		);
		expect(waiting).toEqual([]);
	});
});

describe("what a window reads before it draws anything", () => {
	/** Everything that a file imports as it is read, and what that imports; not what is fetched later, nor types. */
	function readWith(file: string, found = new Set<string>()): Set<string> {
		if (found.has(file)) return found;
		found.add(file);
		if (!/\.tsx?$/.test(file)) return found;
		for (const [, kind, from] of readFileSync(file, "utf8").matchAll(
			/^(?:import|export) (?!type\b)(?:([^;"]*?) from )?"([^"]+)";/gm,
		)) {
			if (kind?.startsWith("type ")) continue;
			if (from?.startsWith(".")) readWith(join(dirname(file), from), found);
			else if (from) found.add(from);
		}
		return found;
	}
	const entry = [...readWith("renderer/main.tsx")];

	test("is no code that draws map, table or chart, no screen, and no package but those of the house around them", () => {
		expect(entry.length).toBeGreaterThan(100);
		expect(
			entry.filter((file) =>
				/^renderer\/(parts\/(map|table|chart|explain)|screens\/.*\.tsx)/.test(
					file,
				),
			),
		).toEqual([]);
		const packages = entry.filter(
			(file) => !/^(renderer|core)\//.test(file) && !file.endsWith(".css"),
		);
		expect(packages.toSorted()).toEqual([
			"@mantine/core",
			"@tanstack/react-query",
			"i18next",
			"lucide-react",
			"react",
			"react-dom/client",
			"react-i18next",
			"zod",
			"zustand",
			"zustand/react/shallow",
		]);
	});

	test("is not the whole contract: a file names the questions and commands that it asks, so that those of other screens come with them", () => {
		expect(
			sources.filter((name) =>
				/^import [^;]*core\/api\/all\.ts"/m.test(readFileSync(name, "utf8")),
			),
		).toEqual([]);
	});

	test("is at most 470 kB of our own as it is written, a fourth of it the texts of both languages: what grows beyond belongs to a screen or a part", () => {
		const own = entry.filter((file) =>
			/^(renderer|core)\/.*\.tsx?$/.test(file),
		);
		const bytes = own.reduce((sum, file) => sum + statSync(file).size, 0);
		expect(bytes).toBeLessThan(470_000);
	});
});

describe("what every screen begins with", () => {
	const DATASET = { exercise: true, seq: 1 };
	afterEach(() => {
		vi.unstubAllGlobals();
		useConnection.setState({ state: null });
	});

	/** Tells that there is a dataset, to a window that has drawn nothing yet. */
	async function opened(session: object): Promise<string[]> {
		const asked: string[] = [];
		vi.stubGlobal("fetch", async (path: string) => {
			asked.push(path);
			return Response.json(path === "/api/session" ? session : []);
		});
		let ahead = false;
		void askAhead(new QueryClient()).then(() => {
			ahead = true;
		});
		expect(asked).toEqual([]);
		useConnection.setState({ state: { dataset: DATASET } as never });
		await vi.waitFor(() => expect(asked).toContain("/api/session"));
		await vi.waitFor(() => expect(ahead).toBe(true));
		return asked;
	}

	const NOBODY = {
		person: null,
		offline: false,
		endsAt: null,
		ended: null,
		outbox: { kind: "kept" },
	};

	test("who sits here and the areas are asked for before anything is drawn", async () => {
		expect(await opened({ ...NOBODY, exercise: true })).toEqual([
			"/api/session",
			"/api/areas",
		]);
	});

	test("a window without a dataset waits for nothing: it says what is on its way", async () => {
		const ahead = askAhead(new QueryClient());
		useConnection.setState({ state: { dataset: null } as never });
		await ahead;
		// Heard at last, so that it listens no more.
		vi.stubGlobal("fetch", () => Promise.reject(new Error("not asked here")));
		useConnection.setState({ state: { dataset: DATASET } as never });
	});

	test("what the window asks first is on its way while its code is read, and is asked for in those words", () => {
		const page = readFileSync("renderer/index.html", "utf8");
		const early = [...page.matchAll(/as="fetch" crossorigin href="([^"]+)"/g)];
		const asked = [
			QUERIES.state,
			QUERIES.settings,
			QUERIES.workspace,
			QUERIES.session,
		].map((query) => addressOf(query, {}));
		expect(early.map(([, address]) => address)).toEqual(asked);
	});

	test("Situasi asks for its figures before anything is drawn, in the words in which its strip asks for them", async () => {
		const asked: string[] = [];
		vi.stubGlobal("fetch", async (path: string) => {
			asked.push(path);
			return Response.json([]);
		});
		const queries = new QueryClient();
		const nation = { id: 7, code: "ID", level: "nation", parent: null };
		await askFigures(queries, [nation as AreaRow]);
		const figures = figuresAsked(nation as AreaRow, {
			day: clock.day,
			asKnown: null,
		});
		expect(asked).toEqual([addressOf(Kpis, figures)]);
		expect(queries.getQueryData(keyOf(Kpis, figures))).toEqual([]);
		// The figures of the whole would be asked for in vain: there is another name on the strip.
		useView.getState().change({ area: "31.71.03" });
		await askFigures(queries, [nation as AreaRow]);
		useView.getState().change({ area: DEFAULT_VIEW.area });
		expect(asked).toHaveLength(1);
	});

	test("whoever has to sign in is asked for no areas, which would be refused", async () => {
		expect(await opened({ ...NOBODY, exercise: false })).toEqual([
			"/api/session",
		]);
	});
});
