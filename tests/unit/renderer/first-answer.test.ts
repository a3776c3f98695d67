import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import { QUERIES } from "../../../core/api/all.ts";
import { keyOf } from "../../../renderer/state/answer-key.ts";
import { CLIENT_DEFAULTS } from "../../../renderer/state/answers.ts";
import { ask } from "../../../renderer/state/ask.ts";
import { makeOld } from "../../../renderer/state/seat-anew.ts";

afterEach(() => vi.unstubAllGlobals());

test("what is asked for the first time while a publication comes is asked again: an answer read before it is never taken for the new one", async () => {
	const areas = keyOf(QUERIES.areas, {});
	let published: unknown[] = [];
	let asked = 0;
	const answers: (() => void)[] = [];
	vi.stubGlobal("fetch", async (_: string, init?: RequestInit) => {
		asked += 1;
		// Read when it is asked; a busy reader brings it later.
		const read = published;
		await new Promise<void>((resolve) => answers.push(resolve));
		init?.signal?.throwIfAborted();
		return Response.json(read);
	});
	const queries = new QueryClient({ defaultOptions: CLIENT_DEFAULTS });
	const stop = new QueryObserver<unknown>(queries, {
		queryKey: areas,
		queryFn: ({ signal }) => ask(QUERIES.areas, {}, signal),
	}).subscribe(() => {});
	await vi.waitFor(() => expect(answers).toHaveLength(1));
	published = [
		{
			...{ id: 32, code: "32", name: "Jawa Barat", level: "province" },
			...{ parent: 0, lat: null, lng: null, unknownPlace: false },
			...{ population: null, populationYear: null, populationSource: null },
		},
	];
	makeOld(queries, ["area"]);
	await vi.waitFor(() => expect(asked).toBe(2));
	for (const answer of answers) answer();
	await vi.waitFor(() => expect(queries.getQueryData(areas)).toHaveLength(1));
	stop();
	queries.clear();
});
