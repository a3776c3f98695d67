import { z } from "zod";
import { parseSilently } from "../reading/broken-json.ts";
import { NO_SCENARIOS } from "./scenarios.ts";
import { ANYBODY, SETTINGS_FILE, type SettingsFile } from "./settings.ts";
import {
	readVersionedValue,
	type VersionedFile,
	writeVersioned,
} from "./versioned-file.ts";
import {
	beforeImport,
	EMPTY_WORKSPACE,
	scenariosOf,
	WORKSPACE_FILE,
	type WorkspaceFile,
	workspaceOf,
} from "./workspace.ts";

/** The two files of a workstation. */
export interface Kept {
	readonly settings: SettingsFile;
	readonly workspace: WorkspaceFile;
}

/** Says of a file that it is what a person took along. */
export const EXPORT_KIND = "blc-export";

/**
 * What a person takes along to another workstation: the two files, each as it lies on the disk, with nobody in them but the person,
 * without a name.
 */
const Exported = z.object({
	kind: z.literal(EXPORT_KIND),
	settings: z.unknown(),
	workspace: z.unknown(),
});

/** The text of an export of what a person has at a workstation. */
export function exported(kept: Kept, person: string): string {
	const { settings, workspace } = kept;
	const document = (file: VersionedFile, value: object) =>
		JSON.parse(writeVersioned(file as VersionedFile<object>, value));
	return `${JSON.stringify(
		{
			kind: EXPORT_KIND,
			settings: document(SETTINGS_FILE, {
				room: settings.room,
				people: {
					[ANYBODY]: {
						...settings.people[ANYBODY],
						...settings.people[person],
					},
				},
			}),
			workspace: document(WORKSPACE_FILE, {
				people: {
					[ANYBODY]: {
						...workspaceOf(workspace, person),
						beforeImport: null,
						// Scenarios leave in files of their own.
						scenarios: NO_SCENARIOS,
					},
				},
			}),
		},
		null,
		"\t",
	)}\n`;
}

/** What a file that a person wants to import holds. */
export type ReadExport =
	/** What is not in the file stays as it is. */
	| { kind: "read"; settings?: SettingsFile; workspace?: WorkspaceFile }
	| { kind: "newer" }
	| { kind: "damaged"; why: string };

/** Reads an export; or one of the two files of a workstation, such as one that was put aside. */
export function readExport(text: string): ReadExport {
	let parsed: unknown;
	try {
		parsed = parseSilently(text);
	} catch (error) {
		return { kind: "damaged", why: String(error) };
	}
	const both = Exported.safeParse(parsed);
	const kind = (parsed as { kind?: unknown } | null)?.kind;
	const parts = both.success
		? both.data
		: kind === WORKSPACE_FILE.kind
			? { workspace: parsed }
			: { settings: parsed };
	const result: { settings?: SettingsFile; workspace?: WorkspaceFile } = {};
	if (parts.settings !== undefined) {
		const settings = readVersionedValue(SETTINGS_FILE, parts.settings);
		if (settings.kind !== "read") return settings;
		result.settings = settings.value;
	}
	if ("workspace" in parts && parts.workspace !== undefined) {
		const workspace = readVersionedValue(WORKSPACE_FILE, parts.workspace);
		if (workspace.kind !== "read") return workspace;
		result.workspace = workspace.value;
	}
	return { kind: "read", ...result };
}

/** The two files after a person has imported something; what it replaces of theirs and of the room is kept to be taken back. */
export function afterImport(
	kept: Kept,
	person: string,
	read: Extract<ReadExport, { kind: "read" }>,
	at: number,
): Kept {
	const whose = (people: Record<string, unknown>) =>
		person in people ? person : ANYBODY;
	const before = {
		at,
		room: kept.settings.room,
		person: kept.settings.people[person] ?? {},
		workspace: workspaceOf(kept.workspace, person),
	};
	const own = read.workspace?.people;
	return {
		settings: read.settings
			? {
					room: read.settings.room,
					people: {
						...kept.settings.people,
						[person]: read.settings.people[whose(read.settings.people)] ?? {},
					},
				}
			: kept.settings,
		workspace: {
			people: {
				...kept.workspace.people,
				[person]: {
					...(own ? (own[whose(own)] ?? EMPTY_WORKSPACE) : before.workspace),
					beforeImport: before,
					scenarios: scenariosOf(kept.workspace, person),
				},
			},
		},
	};
}

/** The two files after a person has taken the last import back; null: there is none to take back. */
export function afterTakingBack(kept: Kept, person: string): Kept | null {
	const before = beforeImport(kept.workspace, person);
	if (!before) return null;
	return {
		settings: {
			room: before.room,
			people: {
				...kept.settings.people,
				[person]: before.person,
			},
		},
		workspace: {
			people: {
				...kept.workspace.people,
				[person]: {
					...before.workspace,
					beforeImport: null,
					scenarios: scenariosOf(kept.workspace, person),
				},
			},
		},
	};
}
