import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readJson } from "../../core/reading/json.ts";
import { replaceFile } from "../../machine/files/durable-file.ts";
import { HubSetting, UpdateSetting } from "./options.ts";

/** A setting of the hub that cannot be read, or says too little: it must not pass for "no hub". */
export class SettingFault extends Error {
	override readonly name = "SettingFault";
	/** The file, and the line in it where that is known; or the names of variables. */
	readonly place: string;

	constructor(place: string, what: string) {
		super(`${place}: ${what}`);
		this.place = place;
	}
}

/** Of an object of `hub.json`: a misspelt name would be passed over without a word. The name is not repeated: it may be a secret in the wrong place. */
function written<S extends z.ZodRawShape>(
	shape: S,
	known: object = shape,
): z.ZodObject<S, z.core.$strict> {
	return z.strictObject(shape, {
		error: ({ code }) =>
			code === "unrecognized_keys"
				? `expected no other names than ${Object.keys(known).join(", ")}`
				: undefined,
	});
}

/** What a machine's administrator may say in `hub.json` beside the hub. */
const policy = {
	/** Where newer versions are offered, and whose signature counts. */
	updates: written(UpdateSetting.shape).optional(),
	/** What a proxy on the way to the hub wants to hear, where it does not take the sign-in of Windows. */
	proxy: written({ user: z.string().min(1), password: z.string() }).optional(),
	/** This machine hangs on a wall: it fills the screen, cannot be left by a key, and starts when its account signs in. */
	wall: written({
		/** What it shows: what stands behind the address of the screens. */
		page: z.string().max(1000).regex(/^#\//, 'expected "#/…"'),
	}).optional(),
};
export type MachinePolicy = z.infer<z.ZodObject<typeof policy>>;

const whole = { ...HubSetting.shape, ...policy };
const HubFile = written(whole);
const HublessFile = written(policy, whole);

/** What stands in a `hub.json`. */
export interface ReadHubFile {
	/** Null: it says nothing of a hub. */
	readonly hub: HubSetting | null;
	readonly policy: MachinePolicy;
}

/** @returns undefined where there is no file. @throws SettingFault where there is something that cannot be read */
export function hubFileBytes(path: string): Uint8Array | undefined {
	return ifThere(path, () => readFileSync(path));
}

/** What the file system says of a `hub.json`. @returns undefined where there is none. @throws SettingFault where it says nothing */
export function ifThere<T>(path: string, ask: () => T): T | undefined {
	try {
		return ask();
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		if (code === "ENOENT") return undefined;
		throw new SettingFault(
			path,
			code === "EBUSY"
				? "expected a file that can be read, it is open in another program"
				: `expected a file that can be read (${code ?? message})`,
		);
	}
}

/** Reads a `hub.json`, as an administrator's editor left it. @throws SettingFault, with the line where that is known */
export function readHubFile(path: string, bytes: Uint8Array): ReadHubFile {
	const value = writtenIn(path, bytes);
	const says = (shape: object) => Object.keys(shape).some((at) => at in value);
	// A file that says nothing we know is no "no hub" either.
	if (says(policy) && !says(HubSetting.shape))
		return { hub: null, policy: checked(HublessFile, path, value) };
	const { updates, proxy, wall, ...hub } = checked(HubFile, path, value);
	return { hub, policy: { updates, proxy, wall } };
}

/** @throws SettingFault that says what was expected, and nothing of what was found */
export function checked<T>(
	schema: z.ZodType<T>,
	place: string,
	given: unknown,
): T {
	const read = schema.safeParse(given);
	if (read.success) return read.data;
	throw new SettingFault(
		place,
		read.error.issues
			.map(({ path, message }) => [...path, message].join(": "))
			.join("; "),
	);
}

function writtenIn(path: string, bytes: Uint8Array): object {
	const read = readJson(bytes);
	if ("fault" in read) {
		// Nothing of what was found: it is shown on a wall and logged, and a secret may stand under any name, also a misspelt one.
		const { line, found, expected } = read.fault;
		const encoding = found.startsWith("UTF-16") ? "not UTF-16, but " : "";
		throw new SettingFault(
			line === null ? path : `${path}, ${line}`,
			`expected ${encoding}${expected}`,
		);
	}
	if (
		typeof read.value !== "object" ||
		read.value === null ||
		Array.isArray(read.value)
	)
		throw new SettingFault(
			path,
			'expected {"url": "https://…", "publicKey": "…"}',
		);
	return read.value;
}

const fileOf = (data: string): string => join(data, "hub.json");

/** The hub that was chosen on the screen of this workstation; null: none was. @throws SettingFault */
export function chosenHub(data: string): HubSetting | null {
	const path = fileOf(data);
	const bytes = hubFileBytes(path);
	return bytes === undefined ? null : readHubFile(path, bytes).hub;
}

/** Keeps the hub that was chosen, beside what else the file says, for this account alone: its credential is in it. @throws SettingFault */
export function keepHub(data: string, hub: HubSetting): void {
	const path = fileOf(data);
	const bytes = hubFileBytes(path);
	const before = bytes && readHubFile(path, bytes).policy;
	replaceFile(path, `${JSON.stringify({ ...before, ...hub }, null, "\t")}\n`);
}
