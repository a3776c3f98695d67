import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { inTurn } from "../../../renderer/screens/situasi/in-turn.ts";
import { askAhead } from "../../../renderer/state/ask-ahead.ts";
import { useConnection } from "../../../renderer/state/connection.ts";

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
		askAhead(new QueryClient());
		expect(asked).toEqual([]);
		useConnection.setState({ state: { dataset: DATASET } as never });
		await vi.waitFor(() => expect(asked).toContain("/api/session"));
		await new Promise((resolve) => setTimeout(resolve, 10));
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

	test("whoever has to sign in is asked for no areas, which would be refused", async () => {
		expect(await opened({ ...NOBODY, exercise: false })).toEqual([
			"/api/session",
		]);
	});
});
