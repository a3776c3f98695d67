import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readJson } from "../../core/reading/json.ts";
import { replaceFile } from "../../machine/files/durable-file.ts";
import { BackendOptions } from "./options.ts";

/** The hub a workstation follows. */
export type HubSetting = NonNullable<BackendOptions["hub"]>;

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

/** Checks a setting. @throws SettingFault */
export function checkedHub(place: string, given: unknown): HubSetting | null {
	const setting = BackendOptions.shape.hub.safeParse(given);
	if (setting.success) return setting.data;
	const [{ path, message }] = setting.error.issues;
	throw new SettingFault(place, [...path, message].join(": "));
}

/** What stands in a `hub.json`, as an administrator's editor left it. @throws SettingFault, with the line where that is known */
export function writtenHub(path: string, bytes: Uint8Array): object {
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
	let bytes: Uint8Array;
	try {
		bytes = readFileSync(path);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
		throw error;
	}
	return checkedHub(path, writtenHub(path, bytes));
}

/** Keeps the hub that was chosen, for this account alone: its credential is in it. */
export function keepHub(data: string, hub: HubSetting): void {
	replaceFile(fileOf(data), `${JSON.stringify(hub, null, "\t")}\n`);
}
