import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import type { Person } from "../../../core/access/person.ts";
import { QUERIES } from "../../../core/api/all.ts";
import { keyOf } from "../../../renderer/state/answer-key.ts";
import { CLIENT_DEFAULTS } from "../../../renderer/state/answers.ts";
import { ask } from "../../../renderer/state/ask.ts";
import { seatAnew } from "../../../renderer/state/seat-anew.ts";

afterEach(() => vi.unstubAllGlobals());

test("in a window that was open before the first publication the first who sits down is given what is theirs, and not what was shown before", async () => {
	let sitting: Person | null = null;
	vi.stubGlobal("fetch", async (path: string) =>
		Response.json(
			path === "/api/session"
				? {
						...{ person: sitting, exercise: true, ended: null },
						...{ offline: false, endsAt: null, outbox: { kind: "kept" } },
					}
				: [],
		),
	);
	const queries = new QueryClient({ defaultOptions: CLIENT_DEFAULTS });
	const watched = [QUERIES.session, QUERIES.areas].map((query) => {
		const told = vi.fn();
		new QueryObserver<unknown>(queries, {
			queryKey: keyOf(query, {}),
			queryFn: () => ask(query as typeof QUERIES.areas, {}),
		}).subscribe(told);
		return told;
	});
	const areas = keyOf(QUERIES.areas, {});
	await vi.waitFor(() => expect(queries.getQueryData(areas)).toBeDefined());
	const asked = vi.spyOn(globalThis, "fetch");
	sitting = {
		...{ name: "wati", display: "Wati", role: "planner" },
		scope: "65" as Person["scope"],
	};
	await seatAnew(queries, false);
	await vi.waitFor(() =>
		expect(asked.mock.calls.map(([path]) => path)).toContain("/api/areas"),
	);
	expect(watched).toHaveLength(2);
	queries.clear();
});
