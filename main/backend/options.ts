import { z } from "zod";
import { HubAddress, HubCredential } from "../../core/feed/hub-address.ts";

/** What a host tells its backend, as JSON in the environment: arguments are for everybody on the machine to read. */
export const OPTIONS_VARIABLE = "BLC_BACKEND";

/**
 * What a host sets for the C library of its backend (glibc; others pass it over). Answers are arrays of megabytes, made in several threads: by
 * default each thread gets an arena of its own that keeps what it was given, and the size from which memory goes back to the system at
 * once grows with the largest array ever freed.
 */
export const MEMORY_SETTINGS = {
	MALLOC_ARENA_MAX: "2",
	MALLOC_MMAP_THRESHOLD_: "262144",
	MALLOC_TRIM_THRESHOLD_: "8388608",
} as const;

/**
 * What a host tells Node of its backend. Left alone, the heap of each thread grows with the garbage of every answer until a collection is
 * worth its while; a small young generation and a bound well above what a whole country needs keep it near what is in use.
 */
export const HEAP_ARGUMENTS = [
	"--max-semi-space-size=4",
	"--max-old-space-size=256",
];

/** The public key by which a hub is known: ed25519, 32 bytes in base64. What else is given for one is said for what it is. */
export const HubKey = z.string().superRefine((text, context) => {
	const found = notAKey(text);
	if (found !== null)
		context.addIssue({
			code: "custom",
			message: `found ${found}, expected the hub's public key: 44 characters, as \`hub serve\` prints them (32 bytes in base64)`,
		});
});

/** Whether somebody was given the hub's private key in the place of its public one. */
export function isPrivateKey(text: string): boolean {
	return /-----BEGIN [A-Z ]*PRIVATE KEY/.test(text);
}

function notAKey(text: string): string | null {
	if (isPrivateKey(text))
		return "a private key, which belongs to the hub alone";
	if (text.includes("-----BEGIN")) return "a key as a PEM file";
	if (text.startsWith("ssh-")) return "a key of SSH";
	if (!z.base64().safeParse(text).success) return "what is no base64";
	const { length } = Buffer.from(text, "base64");
	return length === 32 ? null : `${length} bytes in base64`;
}

/** The hub a workstation follows. */
export const HubSetting = z.object({
	url: HubAddress,
	publicKey: HubKey,
	/** What a hub on another machine wants to hear. */
	credential: HubCredential.optional(),
	/** A folder with a snapshot of that hub (core/feed/snapshot-folder), for a workstation that has none yet. */
	snapshot: z.string().min(1).max(500).optional(),
});
export type HubSetting = z.infer<typeof HubSetting>;

/** Where newer versions of this program are offered, and whose signature counts. */
export const UpdateSetting = z.object({
	/** A folder, of the office's network as a rule. */
	folder: z.string().min(1).max(500),
	publicKey: HubKey,
});

export const BackendOptions = z.object({
	/** Folder of this workstation's data; the replica lies below it. */
	data: z.string().min(1),
	/** The hub to follow; null: none, an existing replica is shown as it is. */
	hub: HubSetting.nullable(),
	/** 0: any free port. */
	port: z.int().min(0).max(65_535),
	/** Take another port when this one is taken, rather than end. */
	otherPortIfTaken: z.boolean(),
	/** Signs session cookies; the same over restarts keeps windows signed in. */
	secret: z.string().min(32),
	/** Folder of the built screens (`out/renderer`). */
	screens: z.string().min(1),
	/** The built-in boundaries (TopoJSON), the land around beside them; null: none. */
	geography: z.string().nullable(),
	/** A PMTiles file to draw below the figures, before any that is chosen in the settings. */
	basemap: z.string().min(1).optional(),
	/** Missing: newer versions are looked for nowhere. */
	updates: UpdateSetting.optional(),
	/** Ends with this process: the host's id. */
	parent: z.int().positive().nullable(),
});
export type BackendOptions = z.infer<typeof BackendOptions>;

/** What a backend tells its host. */
export const BackendMessage = z.union([
	z.object({
		ready: z.literal(true),
		/** `http://127.0.0.1:PORT` */
		origin: z.string(),
		/** For one entry: `{origin}/enter?token={token}`. */
		token: z.string(),
	}),
	z.object({ token: z.string() }),
	/** It will not start, whatever is tried, and why. */
	z.object({ refused: z.string() }),
]);
export type BackendMessage = z.infer<typeof BackendMessage>;

/** What a host asks of its backend: a token for one more entry, or to end in good order. */
export const HostMessage = z.enum(["token", "end"]);
export type HostMessage = z.infer<typeof HostMessage>;
