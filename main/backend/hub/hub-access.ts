import { z } from "zod";
import { PERSON_HEADER, Person } from "../../../core/access/person.ts";
import type { Role } from "../../../core/access/role.ts";
import type { Scope } from "../../../core/access/scope.ts";
import {
	CommandDone,
	type CommandMessage,
	CommandRefusal,
	Outcomes,
} from "../../../core/api/command-message.ts";
import { parseSilently } from "../../../core/reading/broken-json.ts";

/** The hub cannot be asked now. */
export class HubAway extends Error {
	override readonly name = "HubAway";
	/** The hub met a fault of its own at what it was asked: it may do so each time. */
	readonly failed: boolean;

	constructor(
		message: string,
		{ failed = false, ...options }: ErrorOptions & { failed?: boolean } = {},
	) {
		super(message, options);
		this.failed = failed;
	}

	/** Whether the request never left for the hub: it cannot have done anything. */
	get neverSent(): boolean {
		for (let at = this.cause; at instanceof Error; at = at.cause)
			if (NO_CONNECTION.test(String((at as { code?: unknown }).code)))
				return true;
		return false;
	}
}

/** What Node says when no connection was made. */
const NO_CONNECTION =
	/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENETDOWN|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_.+|CERT_.+|DEPTH_ZERO_.+|SELF_SIGNED_.+|UNABLE_TO_.+)$/;

const Signed = z.object({ person: Person, endsAt: z.number() });
const Token = Signed.extend({ token: z.string() });
export type HubSession = z.infer<typeof Token>;

export type HubSignIn =
	| ({ kind: "signed-in" } & HubSession)
	| { kind: "refused" }
	/** Not at this workstation, which is of another part of the country. */
	| { kind: "elsewhere" }
	| { kind: "wait"; milliseconds: number };

export type HubAnswer =
	| { kind: "done"; done: CommandDone }
	| { kind: "refused"; refusal: CommandRefusal };

/** What a person does at the hub, through this workstation. Every call throws `HubAway` when the hub does not answer as a hub. */
export interface HubAccess {
	signIn(name: string, password: string): Promise<HubSignIn>;
	signInToExercise(role: Role, scope: Scope): Promise<HubSignIn>;
	/** Null: the sign-in has ended. */
	session(token: string): Promise<z.infer<typeof Signed> | null>;
	signOut(token: string): Promise<void>;
	order(token: string, message: CommandMessage): Promise<HubAnswer>;
	/** What became of a command; null when it was never carried out. */
	outcome(token: string, id: string): Promise<CommandDone | null>;
	/** What became of those of some commands that were carried out, as far as the hub knows; null: the sign-in has ended. */
	outcomes(
		token: string,
		ids: readonly string[],
	): Promise<CommandDone[] | null>;
	/** Any other answer of the hub for a signed-in person, as JSON. */
	read(token: string, path: string): Promise<{ status: number; body: unknown }>;
	/** Gives the hub the bytes of a file. */
	give(
		token: string,
		path: string,
		bytes: Uint8Array,
	): Promise<{ status: number; body: unknown }>;
}

const TIMEOUT = 15_000;

/**
 * @param ask sends a request to a path of the hub, with whatever the hub asks of this workstation
 */
export function createHubAccess(
	ask: (path: string, init: RequestInit) => Promise<Response>,
): HubAccess {
	async function request(
		method: string,
		path: string,
		token: string | null,
		/** As JSON; bytes as they are. */
		body?: unknown,
	): Promise<{ status: number; body: unknown; retryAfter: number }> {
		try {
			const response = await ask(path, {
				method,
				headers: {
					...(token === null ? {} : { [PERSON_HEADER]: token }),
					...(body === undefined
						? {}
						: {
								"content-type":
									body instanceof Uint8Array
										? "application/octet-stream"
										: "application/json",
							}),
				},
				body:
					body === undefined
						? null
						: body instanceof Uint8Array
							? new Uint8Array(body)
							: JSON.stringify(body),
				redirect: "error",
				cache: "no-store",
				signal: AbortSignal.timeout(TIMEOUT),
			});
			const text = await response.text();
			// 426: this program is too old for the hub, which did nothing; what waits goes on waiting for a newer one.
			if (response.status >= 500 || response.status === 426)
				throw new HubAway(`${path}: the hub answers ${response.status}`, {
					// 502 to 504 are of what stands before the hub, or of a hub that is busy.
					failed: response.status === 500,
				});
			return {
				status: response.status,
				body: text === "" ? null : parseSilently(text),
				retryAfter: Number(response.headers.get("retry-after") ?? 0) * 1000,
			};
		} catch (error) {
			if (error instanceof HubAway) throw error;
			// A proxy's page in place of the hub is no answer either.
			throw new HubAway(`${path}: ${reason(error)}`, { cause: error });
		}
	}

	function expected<T>(schema: z.ZodType<T>, path: string, body: unknown): T {
		const read = schema.safeParse(body);
		if (!read.success)
			throw new HubAway(`${path}: not an answer of a hub of this version`);
		return read.data;
	}

	function signInOf(
		path: string,
		{
			status,
			body,
			retryAfter,
		}: { status: number; body: unknown; retryAfter: number },
	): HubSignIn {
		if (status === 200)
			return { kind: "signed-in", ...expected(Token, path, body) };
		if (status === 429) return { kind: "wait", milliseconds: retryAfter };
		if (status === 401 || status === 403) return { kind: "refused" };
		throw new HubAway(`${path}: the hub answers ${status}`);
	}

	/** An answer about another command is none: something between here and the hub repeats itself. */
	function about(id: string, path: string, body: unknown): CommandDone {
		const done = expected(CommandDone, path, body);
		if (done.id !== id)
			throw new HubAway(`${path}: the answer is about another command`);
		return done;
	}

	return {
		async signIn(name, password) {
			const path = "/v1/session";
			const answer = await request("POST", path, null, { name, password });
			// Any other 403 is of what stands before the hub.
			if (answer.status === 403 && isRefused(answer.body))
				return { kind: "elsewhere" };
			return signInOf(path, answer);
		},
		async signInToExercise(role, scope) {
			const path = "/v1/session/exercise";
			return signInOf(path, await request("POST", path, null, { role, scope }));
		},
		async session(token) {
			const path = "/v1/session";
			const { status, body } = await request("GET", path, token);
			return status === 401 ? null : expected(Signed, path, body);
		},
		async signOut(token) {
			await request("DELETE", "/v1/session", token);
		},
		async order(token, message) {
			const path = "/v1/command";
			const { status, body } = await request("POST", path, token, message);
			return status === 200
				? { kind: "done", done: about(message.id, path, body) }
				: { kind: "refused", refusal: expected(CommandRefusal, path, body) };
		},
		async outcome(token, id) {
			const path = `/v1/command/${id}`;
			const { status, body } = await request("GET", path, token);
			return status === 200 ? about(id, path, body) : null;
		},
		async outcomes(token, ids) {
			const path = "/v1/command/outcomes";
			const { status, body } = await request("POST", path, token, { ids });
			if (status === 401) return null;
			// A page that is no answer must not recall what was done.
			const { done } = expected(Outcomes, path, status === 200 ? body : null);
			return done;
		},
		async read(token, path) {
			const { status, body } = await request("GET", path, token);
			return { status, body };
		},
		async give(token, path, bytes) {
			const { status, body } = await request("POST", path, token, bytes);
			return { status, body };
		},
	};
}

const isRefused = (body: unknown): boolean =>
	z.object({ error: z.literal("refused") }).safeParse(body).success;

function reason(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	return error.cause instanceof Error ? error.cause.message : error.message;
}
