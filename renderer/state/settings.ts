import {
	type QueryClient,
	useQuery,
	useQueryClient,
} from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { create } from "zustand";
import { useShallow } from "zustand/react/shallow";
import type { CurrentSettings } from "../../core/api/workspace.ts";
import {
	ChangeSettings,
	ChangeWorkspace,
	CurrentSettings as CurrentSettingsQuery,
	CurrentWorkspace,
} from "../../core/api/workspace.ts";
import {
	ANYBODY,
	DEFAULT_SETTINGS,
	type Settings,
} from "../../core/workspace/settings.ts";
import { readVersionedValue } from "../../core/workspace/versioned-file.ts";
import {
	changedWorkspace,
	EMPTY_WORKSPACE,
	WORKSPACE_FILE,
	type Workspace,
	type WorkspaceChange,
	workspaceOf,
} from "../../core/workspace/workspace.ts";
import type { Language } from "../i18n/language.ts";
import { keyOf } from "./answer-key.ts";
import { useAnswer } from "./answers.ts";
import { ask, order } from "./ask.ts";
import { mayHere } from "./seat.ts";
import { useView } from "./view-state.ts";

const SETTINGS = keyOf(CurrentSettingsQuery, {});
const WORKSPACE = keyOf(CurrentWorkspace, {});

/** How whoever sits here has this workstation drawn, and what became of its files. */
export function useCurrentSettings() {
	return useAnswer(CurrentSettingsQuery, {}, { keepLast: true });
}

/** What was changed in this window and is not kept yet: laid over what is, so that an older answer on its way undoes nothing. */
const useChanging = create<{
	settings: readonly Partial<Settings>[];
	workspace: readonly WorkspaceChange[];
}>()(() => ({ settings: [], workspace: [] }));

export function useSettings(): Settings {
	const kept = useCurrentSettings().data?.settings ?? DEFAULT_SETTINGS;
	const changing = useChanging(({ settings }) => settings);
	return useMemo(() => Object.assign({}, kept, ...changing), [kept, changing]);
}

/** A part of how whoever sits here left this program; drawn again only when that part changes. */
export function useWorkspace<Part extends keyof Workspace>(
	part: Part,
): Workspace[Part] {
	const { data: kept = EMPTY_WORKSPACE[part] } = useQuery({
		queryKey: WORKSPACE,
		queryFn: ({ signal }) => ask(CurrentWorkspace, {}, signal),
		select: (workspace) => workspace[part],
	});
	const changing = useChanging(
		useShallow(({ workspace }) => workspace.filter((one) => part in one)),
	);
	return useMemo(
		() =>
			changing.reduce(changedWorkspace, { ...EMPTY_WORKSPACE, [part]: kept })[
				part
			],
		[kept, changing, part],
	);
}

/** Under this name an earlier version kept a narrow rail, for as long as its window was. */
const NARROW = "rail-narrow";

/** Takes over what a window of an earlier version still holds. */
async function takeOver(): Promise<void> {
	const narrow = sessionStorage.getItem(NARROW);
	if (narrow === null) return;
	const { kind } = WORKSPACE_FILE;
	const read = readVersionedValue(WORKSPACE_FILE, {
		kind,
		version: 1,
		people: { [ANYBODY]: { [NARROW]: narrow } },
	});
	if (read.kind === "read") {
		const { railCollapsed } = workspaceOf(read.value, ANYBODY);
		await order(ChangeWorkspace, { railCollapsed });
	}
	sessionStorage.removeItem(NARROW);
}

/** What both files say, before the first picture; the defaults where the backend does not answer. */
export async function readSettings(
	queries: QueryClient,
): Promise<{ settings: Settings; workspace: Workspace }> {
	// Refused to whoever has not signed in: then the next window takes it over.
	await takeOver().catch(() => {});
	const [settings, workspace] = await Promise.allSettled([
		queries.fetchQuery({
			queryKey: SETTINGS,
			queryFn: ({ signal }) => ask(CurrentSettingsQuery, {}, signal),
		}),
		queries.fetchQuery({
			queryKey: WORKSPACE,
			queryFn: ({ signal }) => ask(CurrentWorkspace, {}, signal),
		}),
	]);
	return {
		settings:
			settings.status === "fulfilled"
				? settings.value.settings
				: DEFAULT_SETTINGS,
		workspace:
			workspace.status === "fulfilled" ? workspace.value : EMPTY_WORKSPACE,
	};
}

/** Chooses how everything is drawn: at once in this window, kept on the workstation. @returns a promise that fails when it is not kept */
export function useChangeSettings(): (
	chosen: Partial<Settings>,
) => Promise<void> {
	const queries = useQueryClient();
	return useCallback(
		async (chosen) => {
			useChanging.setState(({ settings }) => ({
				settings: [...settings, chosen],
			}));
			try {
				const settings = await order(ChangeSettings, chosen);
				await queries.cancelQueries({ queryKey: SETTINGS });
				queries.setQueryData<CurrentSettings>(
					SETTINGS,
					(was) => was && { ...was, settings: settings ?? was.settings },
				);
			} finally {
				useChanging.setState(({ settings }) => ({
					settings: settings.filter((one) => one !== chosen),
				}));
			}
		},
		[queries],
	);
}

/** Keeps how a window is arranged. What cannot be kept holds until the window is closed. */
export function useChangeWorkspace(): (change: WorkspaceChange) => void {
	const queries = useQueryClient();
	return useCallback(
		(change) => {
			useChanging.setState(({ workspace }) => ({
				workspace: [...workspace, change],
			}));
			order(ChangeWorkspace, change)
				.then(async (kept) => {
					await queries.cancelQueries({ queryKey: WORKSPACE });
					queries.setQueryData(WORKSPACE, kept);
					useChanging.setState(({ workspace }) => ({
						workspace: workspace.filter((one) => one !== change),
					}));
				})
				.catch(() => {});
		},
		[queries],
	);
}

/** Every divider and every table as they first stood. */
export function useStandardLayout(): { changed: boolean; restore: () => void } {
	const panels = useWorkspace("panels");
	const tables = useWorkspace("tables");
	const change = useChangeWorkspace();
	const restore = useCallback(() => {
		const none = (kept: object) =>
			Object.fromEntries(Object.keys(kept).map((name) => [name, null]));
		change({ panels: none(panels), tables: none(tables) });
	}, [change, panels, tables]);
	return {
		changed: Object.keys(panels).length + Object.keys(tables).length > 0,
		restore,
	};
}

/** Another language, for this window at once and for the person from now on; for this window alone where nobody sits who may keep it. */
export function useChooseLanguage(): (language: Language) => Promise<void> {
	const change = useChangeSettings();
	return useCallback(
		(language) => {
			useView.getState().change({ language, ownLanguage: language });
			return mayHere(ChangeSettings) ? change({ language }) : Promise.resolve();
		},
		[change],
	);
}
