import { join } from "node:path";
import Database from "better-sqlite3";
import { sealOf } from "../../main/backend/files/seal.ts";
import type { Workstation } from "../../main/backend/workstation.ts";

/** A window at which somebody has signed in, as if the hub had confirmed the person, and all that it is told of progress. */
export async function signedInWindow(
	workstation: Workstation,
	data: string,
	person = { name: "rina", display: "R", role: "analyst", scope: "ID" },
) {
	const entered = await fetch(
		`${workstation.origin}/enter?token=${workstation.newToken()}`,
		{ redirect: "manual" },
	);
	const cookie = String(entered.headers.get("set-cookie")).split(";")[0] ?? "";
	const session = cookie.split("=")[1]?.split(".")[0] ?? "";
	const digest = await crypto.subtle.digest(
		"SHA-256",
		new TextEncoder().encode(session),
	);
	const outbox = new Database(join(data, "outbox.db"));
	const values = [
		Buffer.from(digest).toString("hex"),
		JSON.stringify(person),
		null,
		Date.now() + 600_000,
	];
	outbox
		.prepare("INSERT INTO signed_in VALUES (?, ?, ?, ?, ?)")
		.run(...values, sealOf(...values));
	outbox.close();
	const leave = new AbortController();
	const told: { address: string; done: number; of: number }[] = [];
	const heard = Promise.withResolvers<void>();
	const events = await fetch(`${workstation.origin}/api/events`, {
		headers: { cookie },
		signal: leave.signal,
	});
	const listening = (async () => {
		let text = "";
		for await (const piece of events.body as ReadableStream<Uint8Array>) {
			text += Buffer.from(piece).toString();
			const whole = text.split("\n\n");
			text = whole.pop() ?? "";
			for (const event of whole)
				if (event.startsWith("event: progress")) {
					told.push(JSON.parse(event.split("data: ")[1] ?? ""));
					heard.resolve();
				}
		}
	})().catch(() => {});
	return {
		told,
		/** Resolves with the first progress. */
		heard: heard.promise,
		get: (address: string, signal?: AbortSignal) =>
			fetch(workstation.origin + address, { headers: { cookie }, signal }),
		order: (name: string, request: unknown) =>
			fetch(`${workstation.origin}/api/command`, {
				method: "POST",
				headers: {
					cookie,
					origin: workstation.origin,
					"content-type": "application/json",
				},
				body: JSON.stringify({
					id: crypto.randomUUID(),
					name,
					basedOn: null,
					request,
				}),
			}),
		async leave() {
			leave.abort();
			await listening;
		},
	};
}
