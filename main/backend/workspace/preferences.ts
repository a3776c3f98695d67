import { join } from "node:path";
import type { CurrentSettings, SetAside } from "../../../core/api/workspace.ts";
import {
	afterImport,
	afterTakingBack,
	exported,
	type Kept,
	readExport,
} from "../../../core/workspace/exported.ts";
import {
	SETTINGS_FILE,
	type Settings,
	settingsOf,
	withSettings,
} from "../../../core/workspace/settings.ts";
import {
	beforeImport,
	WORKSPACE_FILE,
	type Workspace,
	type WorkspaceChange,
	withWorkspace,
	workspaceOf,
} from "../../../core/workspace/workspace.ts";
import { openKeptFile } from "./kept-file.ts";

/** How each person has this workstation drawn and arranged; people by the name with which they sign in. */
export interface Preferences {
	current(person: string): CurrentSettings;
	workspace(person: string): Workspace;
	/** @throws when it cannot be written; so do the others that change something */
	changeSettings(person: string, chosen: Partial<Settings>): Settings;
	changeWorkspace(person: string, change: WorkspaceChange): Workspace;
	export(person: string): string;
	import(person: string, text: string): "imported" | "damaged" | "newer";
	/** @returns false when there was no import to take back */
	takeBack(person: string): boolean;
}

/**
 * @param writable whether this process may write into the folder; else what is chosen holds until it ends
 * @param changed called after each change: of how somebody left a window alone, or of settings too
 */
export function openPreferences(
	folder: string,
	writable: () => boolean,
	report: (message: string) => void,
	changed: (what: "workspace" | "settings") => void,
	clock: () => number = Date.now,
): Preferences {
	const settings = openKeptFile(
		join(folder, "settings.json"),
		SETTINGS_FILE,
		writable,
		report,
		clock,
	);
	const workspace = openKeptFile(
		join(folder, "workspace.json"),
		WORKSPACE_FILE,
		writable,
		report,
		clock,
	);
	const kept = (): Kept => ({
		settings: settings.value,
		workspace: workspace.value,
	});
	/** The way back is written before what it leads back from. */
	const take = (next: Kept, first: "workspace" | "settings"): void => {
		if (first === "workspace") workspace.change(next.workspace);
		settings.change(next.settings);
		if (first === "settings") workspace.change(next.workspace);
		changed("settings");
	};
	return {
		current: (person) => ({
			settings: settingsOf(settings.value, person),
			importedAt: beforeImport(workspace.value, person)?.at ?? null,
			setAside: (
				[
					["settings", settings],
					["workspace", workspace],
				] as const
			).flatMap(([what, file]) =>
				file.putAside().map((aside): SetAside => ({ what, ...aside })),
			),
			kept: settings.kept && workspace.kept,
			folder,
		}),
		workspace: (person) => workspaceOf(workspace.value, person),
		changeSettings(person, chosen) {
			settings.change(withSettings(settings.value, person, chosen));
			changed("settings");
			return settingsOf(settings.value, person);
		},
		changeWorkspace(person, change) {
			workspace.change(withWorkspace(workspace.value, person, change));
			changed("workspace");
			return workspaceOf(workspace.value, person);
		},
		export: (person) => exported(kept(), person),
		import(person, text) {
			const read = readExport(text);
			if (read.kind !== "read") {
				if (read.kind === "damaged") report(`import: ${read.why}`);
				return read.kind;
			}
			take(afterImport(kept(), person, read, clock()), "workspace");
			return "imported";
		},
		takeBack(person) {
			const before = afterTakingBack(kept(), person);
			if (before) take(before, "settings");
			return before !== null;
		},
	};
}
