import { z } from "zod";
import { PEOPLE } from "../access/role.ts";
import { HubAddress, HubCredential } from "../feed/hub-address.ts";
import { nothing } from "./parameter.ts";
import { command, query } from "./route.ts";

/** What a hub is known by, as people read it to each other: the first 16 hexadecimal digits of the SHA-256 of its public key. */
const keyId = z.string().regex(/^[0-9a-f]{16}$/);

export const Installation = query({
	path: "/api/installation",
	about: "What this program is, and which hub it follows by whose setting.",
	role: "anyone",
	keeps: "open",
	from: "backend",
	reads: ["sync"],
	request: nothing,
	answer: z.object({
		version: z.string(),
		/** Of the sources it was built from; null: built from no checkout. */
		commit: z.string().nullable(),
		/** Of the replica and the feed: a hub that publishes another asks for another version of this program. */
		schema: z.int(),
		node: z.string(),
		system: z.string(),
		/** Where data and logs of this workstation lie. */
		folder: z.string(),
		/** Null: none is followed, and one may be chosen here. */
		hub: z.object({ url: z.string(), keyId }).nullable(),
		/** A newer version that is offered in the folder of updates. */
		update: z.discriminatedUnion("kind", [
			z.object({ kind: z.literal("none") }),
			/** Its installer was found to be the one that was signed, and lies at `path`. */
			z.object({
				kind: z.literal("ready"),
				version: z.string(),
				path: z.string(),
			}),
			/** What is offered was refused, or the folder cannot be reached. */
			z.object({ kind: z.literal("fault"), message: z.string() }),
		]),
	}),
});
export type Installation = z.output<typeof Installation.answer>;

/** Before a hub is followed a person compares what its key is known by with what the hub's administrator reads aloud. */
export const HubKeyId = query({
	path: "/api/hub-key",
	about: "What a hub's public key is known by, or what is wrong with it.",
	role: "anyone",
	keeps: "open",
	from: "backend",
	reads: [],
	request: z.strictObject({ key: z.string().max(2000) }),
	answer: z.union([
		z.object({ keyId }),
		z.object({
			/** What was given is no public key; or it is the hub's private one, which nobody else may have. */
			fault: z.enum(["no-key", "private-key"]),
		}),
	]),
});

export const ChooseHub = command({
	name: "choose-hub",
	about:
		"Follow this hub from now on; only where none is followed yet. The backend starts again with it.",
	role: "anyone",
	scope: "none",
	whenOffline: "here",
	request: z.strictObject({
		url: HubAddress,
		publicKey: z.string().max(2000),
		/** What a hub on another machine wants to hear. */
		credential: HubCredential.nullable(),
		/** A folder of this machine, a USB stick's as a rule, in which somebody brought a snapshot of that hub. */
		snapshot: z.string().min(1).max(500).nullable(),
	}),
	answer: z.object({ keyId }),
});

export const Diagnostics = query({
	path: "/api/diagnostics",
	about:
		"The ends of the logs of this workstation, without secrets, and which crash reports it keeps, for whoever looks after it.",
	role: PEOPLE,
	keeps: "open",
	from: "backend",
	reads: ["sync"],
	request: nothing,
	answer: z.object({
		logs: z.array(z.object({ name: z.string(), text: z.string() })),
		/** Crashes of the desktop application, newest first; what is in them stays on this machine. */
		crashes: z.array(
			z.object({
				name: z.string(),
				/** ms since 1970 UTC */
				at: z.int(),
				bytes: z.int(),
			}),
		),
		/** MB of this process: all of it, and what is in use. */
		memory: z.object({ resident: z.number(), heap: z.number() }),
		/** Seconds since it was started. */
		running: z.number(),
	}),
});
