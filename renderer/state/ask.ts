import { config, z } from "zod";
import type { CommandMessage } from "../../core/api/command-message.ts";
import {
	type Answered,
	ApiError,
	type Asked,
	BYTES_HEADER,
	type Command,
	isBytes,
	type Query,
} from "../../core/api/route.ts";
import { CurrentSession, type Session } from "../../core/api/session.ts";
import { mayHereNow, sitsHere } from "./seat.ts";

// The page runs under a policy without eval; zod would otherwise try to compile its parsers.
config({ jitless: true });

/** A refusal by the backend, with the code that the contract gives it; `unreachable` when there was no answer at all. */
export class BackendError extends Error {
	readonly code: string;
	readonly status: number;
	constructor(status: number, code: string, message: string) {
		super(message);
		this.name = "BackendError";
		this.status = status;
		this.code = code;
	}
}

/** What has no answer yet. */
const underWay = new Set<Promise<unknown>>();
const PATIENCE_MILLISECONDS = 1_000;

/** What was ordered has its answer, or takes too long: the order that somebody else sits here could overtake it, and it be refused. */
export async function afterOrders(): Promise<void> {
	if (underWay.size === 0) return;
	await Promise.race([
		Promise.allSettled(underWay),
		new Promise((resolve) => setTimeout(resolve, PATIENCE_MILLISECONDS)),
		// Who signs out and closes the window has signed out.
		new Promise((resolve) =>
			globalThis.addEventListener?.("pagehide", resolve, { once: true }),
		),
	]);
}

function post(path: string, init: RequestInit): Promise<Response> {
	const answered = request(path, { ...init, method: "POST" });
	underWay.add(answered);
	const settled = () => underWay.delete(answered);
	answered.then(settled, settled);
	return answered;
}

/** A request to the own backend. @throws BackendError unless it is answered */
async function request(path: string, init?: RequestInit): Promise<Response> {
	let response: Response;
	try {
		response = await fetch(path, init);
	} catch (reason) {
		if (init?.signal?.aborted) throw reason;
		throw new BackendError(0, "unreachable", String(reason));
	}
	if (response.ok) return response;
	const body: unknown = await response.json().catch(() => null);
	const refusal = ApiError.safeParse(body);
	throw refusal.success
		? new BackendError(response.status, refusal.data.code, refusal.data.message)
		: new BackendError(response.status, "http", response.statusText);
}

/** The address of a query, as its schema writes it: the same for the same question. */
export function addressOf<Q extends Query>(query: Q, asked: Asked<Q>): string {
	const parameters = z.encode(query.request, asked) as Record<
		string,
		string | undefined
	>;
	const parts = new URLSearchParams();
	for (const [key, value] of Object.entries(parameters))
		if (value !== undefined) parts.set(key, value);
	return parts.size === 0 ? query.path : `${query.path}?${parts}`;
}

/** What whoever sits here may not have is refused here, before it is sent. @throws BackendError */
async function admit(route: Query | Command): Promise<void> {
	if (await mayHereNow(route)) return;
	const what = route.kind === "query" ? route.path : route.name;
	throw new BackendError(403, "not-allowed", `${what}: not for who sits here`);
}

/** A file that an answer names, for whoever may have that answer. @throws BackendError */
export async function askForFile(
	named: Query,
	path: string,
	signal?: AbortSignal,
): Promise<Response> {
	await admit(named);
	return request(path, { signal });
}

/** Gives a file to whoever answers a query about such files. @throws BackendError */
export async function giveFile(
	named: Query,
	path: string,
	file: Blob,
): Promise<Response> {
	await admit(named);
	return post(path, {
		headers: { "content-type": "application/octet-stream" },
		body: file,
	});
}

/** Asks the backend. @throws BackendError */
export async function ask<Q extends Query>(
	query: Q,
	asked: Asked<Q>,
	signal?: AbortSignal,
): Promise<Answered<Q>> {
	await admit(query);
	const response = await request(addressOf(query, asked), { signal });
	const { answer } = query as Query;
	if (!isBytes(answer)) {
		const answered = answer.parse(await response.json()) as Answered<Q>;
		if (answer === CurrentSession.answer) sitsHere(answered as Session);
		return answered;
	}
	const header = answer.header.parse(
		JSON.parse(response.headers.get(BYTES_HEADER) ?? "null"),
	);
	return { header, body: await response.arrayBuffer() } as Answered<Q>;
}

/**
 * Orders something. A command of this workstation is answered; one of the hub is kept in its outbox, and the answer is null.
 * @param basedOn the publication on the screen of the person who decided
 * @throws BackendError
 */
export async function order<C extends Command>(
	command: C,
	asked: Asked<C>,
	basedOn: number | null = null,
): Promise<z.output<C["answer"]> | null> {
	await admit(command);
	const message: CommandMessage = {
		id: crypto.randomUUID(),
		name: command.name,
		basedOn,
		request: asked,
	};
	const body = JSON.stringify(message);
	const response = await post("/api/command", {
		headers: { "content-type": "application/json" },
		body,
		// What was ordered is ordered, though the window is closed meanwhile; browsers let no more than 64 KB outlive it.
		keepalive: body.length < 10_000,
	});
	return command.whenOffline === "here"
		? (command.answer.parse(await response.json()) as z.output<C["answer"]>)
		: null;
}
