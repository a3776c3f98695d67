import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import type { Person } from "../../../core/access/person.ts";
import { createHubAccess } from "../../../main/backend/hub/hub-access.ts";
import type { SignIns } from "../../../main/backend/hub/sign-in.ts";
import { createOutbox } from "../../../main/backend/outbox/outbox.ts";
import { openOutbox } from "../../../main/backend/outbox/outbox-database.ts";
import { createSender } from "../../../main/backend/outbox/sender.ts";

const NOW = 1_795_000_000_000;
const folder = mkdtempSync(join(tmpdir(), "blc-sender-"));
afterAll(() => rmSync(folder, { recursive: true }));

const rina: Person = {
	...{ name: "rina", display: "Rina S.", role: "planner" as const },
	scope: "ID" as Person["scope"],
};
const BAD = "00000000-0000-4000-8000-000000000001";
const GOOD = "00000000-0000-4000-8000-000000000002";

/** A hub that fails at the one command; `outcome` is how it answers when it is asked what became of it. */
async function sentTo(
	file: string,
	outcome: () => Response,
	least = 0,
): Promise<{ states: string[]; refusal: unknown; asked: number }> {
	const { database } = openOutbox(join(folder, file));
	const outbox = createOutbox(database, () => {});
	for (const id of [BAD, GOOD])
		outbox.add(
			{ id, name: "receive-order", basedOn: null, request: {} },
			rina,
			NOW,
		);
	let asked = 0;
	const hub = createHubAccess(async (path, { body }) => {
		if (path !== "/v1/command") return outcome();
		const { id } = JSON.parse(String(body));
		if (id === GOOD) return Response.json({ id, audit: 2, seq: 2 });
		asked++;
		return new Response("fault", { status: 500 });
	});
	const sender = createSender({
		outbox,
		hub,
		signIns: {
			tokens: () => ["token"],
			tokenOf: () => "token",
		} as unknown as SignIns,
		report: () => {},
		epoch: () => null,
		clock: () => NOW,
	});
	const states = () =>
		outbox
			.entries(NOW)
			.map(({ state }) => state)
			.reverse();
	while (states().includes("waiting") && (least === 0 || asked < least)) {
		sender.wake();
		await pause(2);
	}
	await sender.close();
	const refusal = outbox.entries(NOW).find(({ id }) => id === BAD)?.refusal;
	const found = { states: states(), refusal, asked };
	database.close();
	return found;
}

it("a command at which the hub fails by a fault of its own each time ends in the tray with words, and what waits behind it is sent", async () => {
	const never = () =>
		Response.json(
			{
				code: "not-found",
				reason: "never-performed",
				message: "",
				other: null,
			},
			{ status: 404 },
		);
	expect(await sentTo("never.db", never)).toMatchObject({
		states: ["refused", "done"],
		refusal: { reason: "hub-fault", parameters: { tries: 6 } },
	});
});

it("a command at which the hub failed after it had done it is done", async () => {
	const done = () => Response.json({ id: BAD, audit: 1, seq: 1 });
	expect(await sentTo("done.db", done)).toMatchObject({
		states: ["done", "done"],
	});
});

it("a hub that fails at all that it is asked is away, and nothing is given up", async () => {
	const fault = () => new Response("fault", { status: 500 });
	expect(await sentTo("away.db", fault, 9)).toMatchObject({
		states: ["waiting", "waiting"],
		refusal: null,
	});
});
