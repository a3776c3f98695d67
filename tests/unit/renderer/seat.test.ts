import {
	MutationObserver,
	onlineManager,
	QueryClient,
	QueryObserver,
} from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Person } from "../../../core/access/person.ts";
import { COMMANDS, QUERIES } from "../../../core/api/all.ts";
import { keyOf } from "../../../renderer/state/answer-key.ts";
import { CLIENT_DEFAULTS } from "../../../renderer/state/answers.ts";
import { ask, askForFile, order } from "../../../renderer/state/ask.ts";
import { orderSeat, seatAnew } from "../../../renderer/state/seat-anew.ts";

const AREAS = keyOf(QUERIES.areas, {});
const OUTBOX = keyOf(QUERIES.outbox, {});

/** Until this the backend carries out no order. */
let held: Promise<void>;
/** Who sits at the window, as the backend knows; what was asked for, and what the backend would not give. */
let sitting: Person | null;
let asked: string[];
let refused: string[];
let queries: QueryClient;

const person = (role: Person["role"], scope = "ID"): Person => ({
	name: `${role} ${scope}`,
	display: role,
	role,
	scope: scope as Person["scope"],
});

beforeEach(() => {
	sitting = person("official");
	asked = [];
	refused = [];
	held = Promise.resolve();
	queries = new QueryClient({ defaultOptions: CLIENT_DEFAULTS });
	vi.stubGlobal("fetch", async (path: string, init?: RequestInit) => {
		const command =
			typeof init?.body === "string" ? JSON.parse(init.body) : null;
		asked.push(command?.name ?? path);
		if (command) await held;
		if (command?.name === "take-role") sitting = person(command.request.role);
		if (command?.name === "sign-out") sitting = null;
		await new Promise((resolve) => setTimeout(resolve, 5));
		init?.signal?.throwIfAborted();
		if (path === "/api/session" || command)
			return Response.json(command ? { kind: "refused" } : session());
		const isFor =
			sitting && (path !== "/api/outbox" || sitting.role !== "wall");
		if (!isFor) refused.push(path);
		return isFor
			? Response.json([])
			: Response.json({ code: "not-allowed", message: "" }, { status: 403 });
	});
});
afterEach(() => {
	queries.clear();
	vi.unstubAllGlobals();
});

const session = () => ({
	person: sitting,
	offline: false,
	endsAt: null,
	ended: null,
	exercise: false,
	outbox: { kind: "kept" },
});

/** A panel that shows what is asked for. */
function show(query: typeof QUERIES.areas | typeof QUERIES.outbox) {
	const observer = new QueryObserver<unknown>(queries, {
		queryKey: keyOf(query, {}),
		queryFn: ({ signal }) => ask(query, {}, signal),
	});
	return observer.subscribe(() => {});
}

test("when somebody else sits down in this window nothing is sent that they may not have, though panels still show it", async () => {
	await seatAnew(queries, true);
	const stops = [show(QUERIES.areas), show(QUERIES.outbox)];
	await vi.waitFor(() => expect(queries.getQueryData(OUTBOX)).toEqual([]));
	asked.length = 0;

	const ordered = order(COMMANDS.takeRole, { role: "wall", scope: "ID" });
	const seated = seatAnew(queries, false, ordered);
	// Asked while it is not known who sits here, and only sent once it is.
	const meanwhile = ask(QUERIES.outbox, {}).catch(
		(reason: { code: string }) => reason.code,
	);
	// The backend tells every window of this workstation, this one too.
	await Promise.all([seated, seatAnew(queries, false)]);
	expect(await meanwhile).toBe("not-allowed");
	await vi.waitFor(() => expect(asked).toContain("/api/areas"));
	expect(asked[0]).toBe("take-role");
	expect(asked).not.toContain("/api/outbox");
	expect(queries.getQueryData(OUTBOX)).toBeUndefined();
	await expect(
		order(COMMANDS.changeWorkspace, { railCollapsed: true }),
	).rejects.toMatchObject({ code: "not-allowed" });

	const back = order(COMMANDS.takeRole, { role: "official", scope: "ID" });
	await seatAnew(queries, false, back);
	await vi.waitFor(() => expect(queries.getQueryData(OUTBOX)).toEqual([]));
	expect(refused).toEqual([]);
	for (const stop of stops) stop();
});

test("while it is ordered that somebody else sits here nothing is sent for who sat here, though an event says meanwhile who still does", async () => {
	await seatAnew(queries, true);
	let carryOut = () => {};
	held = new Promise((resolve) => {
		carryOut = resolve;
	});
	const ordered = order(COMMANDS.takeRole, { role: "wall", scope: "ID" });
	const seated = seatAnew(queries, false, ordered);
	// The event of the change before comes late: whoever is asked about now is the one who leaves.
	await seatAnew(queries, false);
	asked.length = 0;
	const meanwhile = ask(QUERIES.outbox, {}).catch(
		(reason: { code: string }) => reason.code,
	);
	await new Promise((resolve) => setTimeout(resolve, 20));
	expect(asked).toEqual([]);
	carryOut();
	await seated;
	expect(await meanwhile).toBe("not-allowed");
	expect(refused).toEqual([]);
});

test("an order that is under way has its answer before the order is sent that somebody else sits here, unless it takes too long", async () => {
	await seatAnew(queries, true);
	let carryOut = () => {};
	held = new Promise((resolve) => {
		carryOut = resolve;
	});
	const keep = () =>
		order(COMMANDS.changeWorkspace, { railCollapsed: true }).catch(() => {});
	const kept = keep();
	await new Promise((resolve) => setTimeout(resolve));
	const seated = orderSeat(queries, COMMANDS.takeRole, {
		role: "official",
		scope: "ID",
	});
	await new Promise((resolve) => setTimeout(resolve, 20));
	expect(asked).not.toContain("take-role");
	carryOut();
	await Promise.all([kept, seated]);
	expect(asked).toContain("take-role");

	// Who leaves and closes the window at once has left.
	asked.length = 0;
	held = new Promise((resolve) => {
		carryOut = resolve;
	});
	let close = () => {};
	vi.stubGlobal("addEventListener", (of: string, heard: () => void) => {
		if (of === "pagehide") close = heard;
	});
	const waiting = keep();
	await vi.waitFor(() => expect(asked).toContain("change-workspace"));
	const left = orderSeat(queries, COMMANDS.takeRole, {
		role: "official",
		scope: "ID",
	});
	close();
	await new Promise((resolve) => setTimeout(resolve, 50));
	expect(asked).toContain("take-role");
	carryOut();
	await Promise.all([waiting, left]);

	// One that is never answered keeps nobody from leaving.
	asked.length = 0;
	held = new Promise((resolve) => {
		carryOut = resolve;
	});
	const never = keep();
	await vi.waitFor(() => expect(asked).toContain("change-workspace"));
	const again = orderSeat(queries, COMMANDS.takeRole, {
		role: "official",
		scope: "ID",
	});
	await vi.waitFor(() => expect(asked).toContain("take-role"), 10_000);
	carryOut();
	await Promise.all([never, again]);
});

test("when the person signs out, here or in another window, nothing more is asked for them", async () => {
	await seatAnew(queries, true);
	const stops = [show(QUERIES.areas), show(QUERIES.outbox)];
	await vi.waitFor(() => expect(queries.getQueryData(AREAS)).toEqual([]));
	sitting = null;
	asked.length = 0;
	await seatAnew(queries, false);
	await new Promise((resolve) => setTimeout(resolve, 30));
	// A file that an answer named is as much a person's as the answer.
	await expect(
		askForFile(QUERIES.geography, "/api/geography.topojson?v=1"),
	).rejects.toMatchObject({ code: "not-allowed" });
	expect(asked).toEqual(["/api/session"]);
	expect(queries.getQueryData(AREAS)).toBeUndefined();
	for (const stop of stops) stop();
});

test("what was answered for one part of the country is gone when somebody of another sits down, and stays for a colleague", async () => {
	await seatAnew(queries, true);
	queries.setQueryData(AREAS, ["of the nation"]);
	sitting = person("analyst");
	await seatAnew(queries, false);
	expect(queries.getQueryData(AREAS)).toEqual(["of the nation"]);
	sitting = person("analyst", "35");
	await seatAnew(queries, false);
	expect(queries.getQueryData(AREAS)).toBeUndefined();
});

test("a machine without a network asks its own backend all the same, and orders there", async () => {
	await seatAnew(queries, true);
	onlineManager.setOnline(false);
	try {
		const stop = show(QUERIES.areas);
		const ordering = new MutationObserver(queries, {
			mutationFn: () => order(COMMANDS.retrySync, {}),
		});
		void ordering.mutate().catch(() => {});
		await vi.waitFor(() => expect(queries.getQueryData(AREAS)).toEqual([]));
		await vi.waitFor(() => expect(asked).toContain("retry-sync"));
		stop();
	} finally {
		onlineManager.setOnline(true);
	}
});
