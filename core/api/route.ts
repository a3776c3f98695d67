import { z } from "zod";
import type { Role } from "../access/role.ts";
import type { FeedTableName } from "../feed/table.ts";

/**
 * Contract 2 is a table (core/api/all): what a screen may ask, each a `query`, and what a person may order, each a `command`. From one
 * entry come the backend's route, the screen's call, what makes an answer old, the tests of the contract and docs/api.md.
 */

/** What an answer is made from: tables of the feed, or what the workstation itself knows. */
export type Reads =
	| FeedTableName
	| "sync"
	| "outbox"
	| "session"
	| "settings"
	| "devices"
	| "show"
	| "wall-windows"
	| "workspace";

/**
 * How an answer keeps to a person's part of the country. "open": it holds nothing of any area. "area": it is about the area asked for, or
 * about several, and refused when one lies outside. "narrowed": what lies outside is left out of it.
 */
export type Keeps = "open" | "area" | "narrowed";

/** Beside each answer of the dataset: the publication it was read at. */
export const SEQ_HEADER = "x-blc-seq";
/** Beside an answer of raw bytes: what describes them, as JSON. */
export const BYTES_HEADER = "x-blc-header";

/** An answer of raw bytes, described by JSON in `BYTES_HEADER`. */
export interface BytesAnswer<Header extends z.ZodType = z.ZodType> {
	readonly kind: "bytes";
	readonly header: Header;
}

export interface Query<
	Path extends `/api/${string}` = `/api/${string}`,
	Request extends z.ZodType = z.ZodType,
	Answer extends z.ZodType | BytesAnswer = z.ZodType | BytesAnswer,
> {
	readonly kind: "query";
	readonly path: Path;
	/** One line of what it answers, for docs/api.md. */
	readonly about: string;
	/** Who may ask; "anyone": also before somebody has signed in. */
	readonly role: readonly Role[] | "anyone";
	readonly keeps: Keeps;
	/** Who knows: the replica on this machine, the backend itself, or the hub (not offline). */
	readonly from: "replica" | "backend" | "hub";
	/** A publication that changes one of these makes the answer old. */
	readonly reads: readonly Reads[];
	/** Both ways: from the text of an address to values, and back. */
	readonly request: Request;
	readonly answer: Answer;
}

/** States a query. */
export function query<
	const Path extends `/api/${string}`,
	Request extends z.ZodType,
	Answer extends z.ZodType | BytesAnswer,
>(
	entry: Omit<Query<Path, Request, Answer>, "kind">,
): Query<Path, Request, Answer> {
	return { kind: "query", ...entry };
}

export interface Command<
	Name extends string = string,
	Request extends z.ZodType = z.ZodType,
	Answer extends z.ZodType = z.ZodType,
	WhenOffline extends "wait" | "refuse" | "here" = "wait" | "refuse" | "here",
> {
	readonly kind: "command";
	readonly name: Name;
	/** One line of what it does, for docs/api.md. */
	readonly about: string;
	/** Who may order it; "anyone": also before somebody has signed in. */
	readonly role: readonly Role[] | "anyone";
	/**
	 * Whose area it must be. "nation": only somebody of the nation; "areas": every area that it changes must lie in the person's scope;
	 * "none": it changes nothing of any area.
	 */
	readonly scope: "nation" | "areas" | "none";
	/**
	 * "wait": kept on the workstation and sent when the hub can be reached; "refuse": only while it can; "here": carried out on the
	 * workstation, the hub has no part in it.
	 */
	readonly whenOffline: WhenOffline;
	readonly request: Request;
	/** What the audit trail keeps of the state before and after, and a screen shows. */
	readonly answer: Answer;
}

/** States a command. */
export function command<
	const Name extends string,
	Request extends z.ZodType,
	Answer extends z.ZodType,
	const WhenOffline extends "wait" | "refuse" | "here",
>(
	entry: Omit<Command<Name, Request, Answer, WhenOffline>, "kind">,
): Command<Name, Request, Answer, WhenOffline> {
	return { kind: "command", ...entry };
}

/** An answer of raw bytes. */
export function bytes<Header extends z.ZodType>(
	header: Header,
): BytesAnswer<Header> {
	return { kind: "bytes", header };
}

/** Whether an answer is raw bytes. */
export function isBytes(
	answer: z.ZodType | BytesAnswer,
): answer is BytesAnswer {
	return "kind" in answer && answer.kind === "bytes";
}

/** What is asked, as values. */
export type Asked<Q extends { request: z.ZodType }> = z.output<Q["request"]>;
/** What is answered, as values; of bytes the header and the body. */
export type Answered<Q extends { answer: z.ZodType | BytesAnswer }> =
	Q["answer"] extends z.ZodType
		? z.output<Q["answer"]>
		: Q["answer"] extends BytesAnswer<infer Header>
			? { header: z.output<Header>; body: ArrayBuffer }
			: never;

/** The one form of a refusal. */
export const ApiError = z.object({ code: z.string(), message: z.string() });
export type ApiError = z.infer<typeof ApiError>;
