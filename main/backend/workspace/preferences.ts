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
	changeTakenBack,
	type KeptScenario,
	type Scenarios,
	withoutScenario,
	withScenario,
} from "../../../core/workspace/scenarios.ts";
import {
	SETTINGS_FILE,
	type Settings,
	settingsOf,
	withSettings,
} from "../../../core/workspace/settings.ts";
import {
	beforeImport,
	scenariosOf,
	WORKSPACE_FILE,
	type Workspace,
	type WorkspaceChange,
	withScenarios,
	withWorkspace,
	workspaceOf,
} from "../../../core/workspace/workspace.ts";
import { openKeptFile } from "./kept-file.ts";
import { type KeptWalls, openKeptWalls } from "./kept-walls.ts";

/** How each person has this workstation drawn and arranged; people by the name with which they sign in. */
export interface Preferences {
	/** What the walls show, whoever sits there. */
	readonly walls: KeptWalls;
	current(person: string): CurrentSettings;
	workspace(person: string): Workspace;
	/** @throws when it cannot be written; so do the others that change something */
	changeSettings(person: string, chosen: Partial<Settings>): Settings;
	changeWorkspace(person: string, change: WorkspaceChange): Workspace;
	scenarios(person: string): Scenarios;
	keepScenario(person: string, scenario: KeptScenario): "kept" | "too-many";
	/** @returns false when there is none of this id */
	removeScenario(person: string, id: string): boolean;
	/** @returns false when there is no change to take back */
	takeBackScenarioChange(person: string): boolean;
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
	const walls = openKeptWalls(
		folder,
		writable,
		report,
		() => changed("workspace"),
		clock,
	);
	const kept = (): Kept => ({
		settings: settings.value,
		workspace: workspace.value,
	});
	const keepScenarios = (person: string, next: Scenarios): void => {
		workspace.change(withScenarios(workspace.value, person, next));
		changed("workspace");
	};
	/** The way back is written before what it leads back from. */
	const take = (next: Kept, first: "workspace" | "settings"): void => {
		if (first === "workspace") workspace.change(next.workspace);
		settings.change(next.settings);
		if (first === "settings") workspace.change(next.workspace);
		changed("settings");
	};
	return {
		walls,
		current: (person) => ({
			settings: settingsOf(settings.value, person),
			importedAt: beforeImport(workspace.value, person)?.at ?? null,
			setAside: (
				[
					["settings", settings],
					["workspace", workspace],
					["walls", walls],
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
		scenarios: (person) => scenariosOf(workspace.value, person),
		keepScenario(person, scenario) {
			const next = withScenario(scenariosOf(workspace.value, person), scenario);
			if (!next) return "too-many";
			keepScenarios(person, next);
			return "kept";
		},
		removeScenario(person, id) {
			const before = scenariosOf(workspace.value, person);
			const isKept = before.list.some((one) => one.id === id);
			if (isKept) keepScenarios(person, withoutScenario(before, id));
			return isKept;
		},
		takeBackScenarioChange(person) {
			const next = changeTakenBack(scenariosOf(workspace.value, person));
			if (next) keepScenarios(person, next);
			return next !== null;
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
